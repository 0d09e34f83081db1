"""Say why one pupil stands where they stand: place, identity, need, order; by pseudonym and never by name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from phusong.gaps.pupils.explaining import explain_pupil
from phusong.gaps.pupils.policy import load_policy
from phusong.persons.vault import Vault
from phusong.pipeline.result_files import PERSONAL_FOLDER
from phusong.store import read_table
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.pupils import Identity, MatchStatus, PlacedBy
from phusong.vocabulary.tables.pupils import PUPIL_LINKS, STUDENTS

#: Who looks at a terminal: the account's name would be a person's.
TERMINAL = "command line"


def explain_student(folder: Path, key: str) -> list[str]:
    """Return everything that decided about a pupil, a line each; the look is logged.

    Parameters
    ----------
    folder : output folder.
    key : `student_key`.

    Raises
    ------
    ParameterFault
        If no pupil has the key.
    """
    students = read_table(folder, STUDENTS.name)
    found = students[students["student_key"] == key]
    if found.empty:
        raise ParameterFault(f"no pupil has the key “{key}”")
    student = found.iloc[0]
    Vault(folder / PERSONAL_FOLDER).log_look(
        who=TERMINAL, why=f"explain {key}", table=STUDENTS.name, rows=1, when=datetime.now(UTC)
    )
    policy = load_policy(student["policy"])
    return [
        *_tell_place(student),
        *_tell_identity(student, read_table(folder, PUPIL_LINKS.name)),
        "",
        *explain_pupil(student, policy=policy, language="vi"),
        "",
        *explain_pupil(student, policy=policy, language="en"),
    ]


def _tell_place(student: pd.Series) -> list[str]:
    """Return where the pupil lives, by which key that was found, and what puts them there."""
    status, by = MatchStatus.of(student["match_status"]), PlacedBy.of(student["placed_by"])
    place = student["hamlet_id"] if pd.notna(student["hamlet_id"]) else "–"
    commune = student["commune_code"] if pd.notna(student["commune_code"]) else "–"
    flags = student["match_flags"] if pd.notna(student["match_flags"]) else ""
    return [
        f"{student['student_key']}: {student['records']} records, {student['as_of']:%d/%m/%Y}",
        f"address: {status.vi} · {status.en} ({flags or 'no flags'})",
        f"place: hamlet {place}, commune {commune}@{student['edition']}, by {by.vi} · {by.en}",
    ]


def _tell_identity(student: pd.Series, links: pd.DataFrame) -> list[str]:
    """Return how sure it is that the records are one pupil, and which other pupils may be the same."""
    key, identity = student["student_key"], Identity.of(student["identity"])
    lines = [f"identity: {identity.vi} · {identity.en}"]
    for link in links[(links["left_key"] == key) | (links["right_key"] == key)].itertuples():
        other = link.right_key if link.left_key == key else link.left_key
        lines.append(f"  {other}: {100 * link.probability:.1f} % ({link.reasons})")
    return lines
