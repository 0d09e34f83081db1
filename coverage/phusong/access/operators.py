"""Which operators somebody may choose from: those that are known, and those of the results."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from phusong.access.desk import Desk
from phusong.store import has_table, read_table
from phusong.vocabulary.terms import Operator

#: Tables that name operators, each with the column that does.
NAMED_IN = {
    "reach": "operator",
    "carriers": "operator",
    "accepted_packages": "operator",
    "commitments": "operator",
    "rollout": "operator",
}


def list_operators(desk: Desk) -> list[Operator]:
    """Return the known operators in order, then those of the results that no file knows, by name.

    Parameters
    ----------
    desk : over the results.
    """
    return Operator.list_with(_read_names(desk.folder, desk.stamp))


@lru_cache(maxsize=8)
def _read_names(folder: Path, stamp: str) -> tuple[str, ...]:  # noqa: ARG001
    """Return every name of an operator in the results, once."""
    found: set[str] = set()
    for table, column in NAMED_IN.items():
        if has_table(folder, table):
            found |= set(read_table(folder, table, columns=[column])[column].dropna().unique())
    return tuple(sorted(found))
