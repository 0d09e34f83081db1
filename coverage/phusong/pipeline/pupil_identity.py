"""Who a pupil of a run is to the book: pseudonym and identities; and which schools there are."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from phusong.ledger.book import Ledger
from phusong.ledger.pupil_changes import Pupil
from phusong.ledger.queries import list_awards
from phusong.persons.vault import Vault
from phusong.pipeline.result_files import PERSONAL_FOLDER, PUPILS, TOKENS
from phusong.store import read_table
from phusong.vocabulary.book import PupilChange
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.tables.results import STUDENTS


def find_pupil(folder: Path, ledger: Ledger, student_key: str) -> Pupil:
    """Return a pupil with their identities.

    Parameters
    ----------
    folder : output folder of a run.
    ledger : the book, in which a pupil may stand who is on no list any more.
    student_key : the whole pseudonym.

    Raises
    ------
    ParameterFault
        If neither run nor book knows the pupil.
    """
    known = read_table(folder, STUDENTS.name, columns=["student_key"])["student_key"]
    if not (known == student_key).any():
        if not (list_awards(ledger)["student_key"] == student_key).any():
            cure = "write the whole pseudonym"
            raise ParameterFault(f"{folder}: there is no pupil {student_key} → {cure}")
        return Pupil(student_key)
    described = Vault(folder / PERSONAL_FOLDER).read(TOKENS, of=[student_key])
    return Pupil(student_key, tuple(described["token"]))


def find_school(folder: Path, school_id: str) -> str:
    """Return the id of a school of the run, as it stands there.

    Parameters
    ----------
    folder : output folder of a run.
    school_id : as somebody typed it.

    Raises
    ------
    ParameterFault
        If the run has schools, and none of this id.
    """
    schools = read_table(folder, "accepted_schools", columns=["school_id"])["school_id"]
    pupils = read_table(folder, STUDENTS.name, columns=["school_id"])["school_id"]
    known, asked = {*schools.dropna(), *pupils.dropna()}, school_id.strip()
    if asked not in known:
        some = ", ".join(sorted(known)[:3])
        raise ParameterFault(f"{folder}: there is no school {asked} → write its id, such as {some}")
    return asked


def find_moves(folder: Path, changes: pd.DataFrame) -> dict[str, str]:
    """Return to which school pupils have gone since the list that the run has of them: pseudonym → school.

    Parameters
    ----------
    folder : output folder of a run.
    changes : from `list_pupil_changes`.
    """
    moves = changes[(changes["kind"] == PupilChange.MOVED) & changes["ended_on"].isna()]
    if moves.empty:
        return {}
    told_on = read_school_days(folder, moves["student_key"].tolist())
    listed = pd.to_datetime(moves["student_key"].map(told_on))
    newest = moves[~(listed > pd.to_datetime(moves["dated"])).to_numpy(dtype=bool)]
    return dict(zip(newest["student_key"], newest["school_id"], strict=True))


def read_school_days(folder: Path, keys: list[str]) -> pd.Series:
    """Return the day of the list that says where each of some pupils learns: pseudonym → day.

    Parameters
    ----------
    folder : output folder of a run.
    keys : pseudonyms.
    """
    vault = Vault(folder / PERSONAL_FOLDER)
    if not keys or PUPILS not in vault.tables():
        return pd.Series(dtype="datetime64[us]")
    pupils = vault.read(PUPILS, of=keys)
    return pupils.set_index("student_key")["as_of"]
