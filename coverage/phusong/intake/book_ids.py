"""Name the rows of a register without numbers of its own by what they say, not by where they stand."""

from __future__ import annotations

import hashlib

import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.values import read_texts

HASH_BYTES = 5


def read_ids(
    table: MatchedTable, name: str, findings: Findings, *, prefix: str, made_of: pd.DataFrame
) -> pd.Series:
    """Return the id of each row; one without is named by what it says, and so again when it comes again.

    Parameters
    ----------
    table : the raw table, matched.
    name : canonical column of the id.
    findings : notebook of this reading.
    prefix : how the made ids begin.
    made_of : the columns that tell a row from the others, on the same index.
    """
    stated = read_texts(table, name, findings)
    blank = stated.isna()
    if not blank.any():
        return stated
    plain = made_of[blank].astype("object").where(made_of[blank].notna(), "").astype("str")
    made = plain.agg("\x1f".join, axis=1).map(lambda text: prefix + _digest(text))
    findings.fix("id_made", table.heading(name), table.cells(name)[blank], made.head(1))
    return stated.where(~blank, made.reindex(stated.index))


def _digest(text: str) -> str:
    """Return ten signs that tell one text from another."""
    return hashlib.blake2s(text.encode(), digest_size=HASH_BYTES).hexdigest()
