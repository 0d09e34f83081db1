"""Say what a hamlet was before, and which hamlet a former one is at present."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from phusong.store import has_table, read_table
from phusong.vietnamese.keys import base_key
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.schema import empty_table
from phusong.vocabulary.tables.places import HAMLET_LINEAGE
from phusong.vocabulary.terms import HamletChange


def read_changes(folder: Path) -> pd.DataFrame:
    """Return table `hamlet_lineage` of a run; empty in results from before there was one.

    Parameters
    ----------
    folder : output folder.
    """
    name = HAMLET_LINEAGE.name
    return read_table(folder, name) if has_table(folder, name) else empty_table(HAMLET_LINEAGE)


def find_successor(folder: Path, key: str) -> str | None:
    """Return the present hamlet of a former id or name; None where it is none.

    Parameters
    ----------
    folder : output folder.
    key : id, or name with or without kind and diacritics.

    Raises
    ------
    ParameterFault
        If the former hamlet is in several; then with them.
    """
    changes = read_changes(folder)
    full = changes["from_kind"].fillna("") + " " + changes["from_hamlet"].fillna("")
    named = changes["from_hamlet"].fillna("").map(base_key) == base_key(key)
    found = changes[
        (changes["from_hamlet_id"] == key) | named | (full.map(base_key) == base_key(key))
    ]
    present = sorted(set(found["to_hamlet_id"]))
    if len(present) > 1:
        parts = ", ".join(present)
        raise ParameterFault(
            f"“{key}” was split; at present it is in {parts} → give one of these ids"
        )
    return present[0] if present else None


def explain_former(folder: Path, hamlet_id: str) -> list[str]:
    """Return what a hamlet was before, a line for each former one; nothing where it was not changed.

    Parameters
    ----------
    folder : output folder.
    hamlet_id : present hamlet.
    """
    changes = read_changes(folder)
    own = changes[changes["to_hamlet_id"] == hamlet_id]
    if own.empty:
        return []
    return ["made of · trước đây là:", *(_write_change(row) for row in own.itertuples(index=False))]


def _write_change(row: Any) -> str:
    """Return one former hamlet: id, name, commune, share, households, change, day and decision."""
    change = HamletChange.of(row.change)
    name = " ".join(w for w in (row.from_kind, row.from_hamlet) if isinstance(w, str))
    commune = f", {row.from_commune_code}" if isinstance(row.from_commune_code, str) else ""
    count = f", {row.households} households · hộ" if pd.notna(row.households) else ""
    part = "?" if pd.isna(row.share) else f"{100 * row.share:.0f} %"
    share = f", {part} of it · phần chuyển sang {part}" if row.change == HamletChange.SPLIT else ""
    decision = f", {row.decision.replace('|', '; ')}" if isinstance(row.decision, str) else ""
    return (
        f"  {row.from_hamlet_id} {name}{commune}{count}{share}: {change.en} · {change.vi} "
        f"{row.changed_on:%d/%m/%Y}{decision}"
    )
