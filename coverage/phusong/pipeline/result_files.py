"""Where the files of a results folder lie that are no table, no manifest and no map."""

from __future__ import annotations

from phusong.store.tables import TERRAIN_NAME
from phusong.vocabulary.tables.persons import PERSONAL

#: Folder of what names persons, closed to everybody but its owner.
PERSONAL_FOLDER = "personal"
QUARANTINE_FOLDER = "quarantine"
TERRAIN_FILE = f"tables/{TERRAIN_NAME}"
#: Kind of source → personal table of its records with the hamlet that was found for each.
PLACED = {kind: f"placed_{kind}" for kind in PERSONAL}
#: Personal tables: pupils, addresses that wait for a person, and marks by which the book knows a pupil.
PUPILS, REVIEW, TOKENS = "pupils", "review", "tokens"


def personal_name(name: str) -> str:
    """Return where a personal table lies in the output folder."""
    return f"{PERSONAL_FOLDER}/{name}.parquet"


def diagnoses_name(kind: str) -> str:
    """Return where the diagnoses of one kind lie in the output folder."""
    return f"{QUARANTINE_FOLDER}/diagnoses_{kind}.json"
