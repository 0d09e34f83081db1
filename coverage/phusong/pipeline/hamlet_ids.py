"""Find the present hamlets behind an id that somebody wrote down, and bring rows that name hamlets to them.

What is written down, in the ledger or beside the province file, keeps the id of its day for ever: it is
carried when it is read, so that it is found by the former id and by the present one.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from phusong.pipeline.former_explanation import read_changes
from phusong.places.hamlet_lineage import FormerHamlets, carry_rows
from phusong.store import read_table
from phusong.vocabulary.tables.book import BOOK

FORMER, PARTS, BETWEEN = "former_hamlet_id", "hamlet_parts", "|"
#: What identifies a row while it is carried, whatever its own key is.
_ROW = "_row"


def find_present_ids(folder: Path, hamlet_id: str) -> list[str]:
    """Return the present hamlets that an id means: itself, the one it went to, or the parts of a split one.

    Parameters
    ----------
    folder : output folder of a run.
    hamlet_id : present or former.

    Returns
    -------
    ids in order; none where nobody knows the id.
    """
    if (read_table(folder, "hamlets", columns=["hamlet_id"])["hamlet_id"] == hamlet_id).any():
        return [hamlet_id]
    changes = read_changes(folder)
    return sorted(FormerHamlets(changes).find(hamlet_id)) if len(changes) else []


def bring_to_present(
    rows: pd.DataFrame, folder: Path, *, day: str = "as_of", name: str = "hamlet"
) -> pd.DataFrame:
    """Return rows with the present hamlet of each, what it had named, and the parts where that was split.

    Parameters
    ----------
    rows : hamlet_id; perhaps commune_code and a name; perhaps `former_hamlet_id` that was written down.
    folder : output folder of a run.
    day : column of the day on which a row was written.
    name : column of the hamlet's name as written.

    Returns
    -------
    as many rows, with `former_hamlet_id` and `hamlet_parts` (ids by |; of a hamlet that was split, whose row
    then has no `hamlet_id`), both empty where nothing changed.
    """
    stated = rows.get(FORMER, pd.Series(None, index=rows.index, dtype="object"))
    plain = rows.drop(columns=FORMER, errors="ignore")
    changes = read_changes(folder)
    if changes.empty:
        empty = pd.Series(None, index=rows.index, dtype="str")
        return plain.assign(**{FORMER: stated.astype("str"), PARTS: empty})
    numbered = plain.assign(**{_ROW: [str(n) for n in range(len(plain))]})
    carried = carry_rows(numbered, changes, key=_ROW, day=day, name=name).drop(columns=_ROW)
    named = carried.get(FORMER, pd.Series(None, index=carried.index, dtype="object"))
    former = named.astype("object").where(named.notna(), stated.astype("object").to_numpy())
    split = carried["hamlet_id"].isna() & former.notna()
    found = FormerHamlets(changes)
    days = carried[day] if day in carried else pd.Series(pd.NaT, index=carried.index)
    parts = [
        BETWEEN.join(sorted(found.find(one, when))) if is_split else None
        for one, when, is_split in zip(former, days, split, strict=True)
    ]
    shown = former.where(former.notna() & (former != ""), None)
    listed = pd.Series(parts, index=carried.index, dtype="object")
    return carried.assign(**{FORMER: shown.astype("str"), PARTS: listed.astype("str")})


def is_about(rows: pd.DataFrame, hamlets: Iterable[str]) -> pd.Series:
    """Return which rows are about any of some hamlets, or about a split one of which these are parts.

    Parameters
    ----------
    rows : hamlet_id; perhaps `hamlet_parts`, see `bring_to_present`.
    hamlets : present ids.
    """
    wanted = set(hamlets)
    own = rows["hamlet_id"].isin(wanted)
    if PARTS not in rows:
        return own
    listed = rows[PARTS].fillna("").astype("object")
    return own | listed.map(lambda parts: bool(wanted & set(parts.split(BETWEEN)))).astype(bool)


def add_written(promises: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Return promises that call the hamlet also by what their operator wrote, where that was a former hamlet.

    Parameters
    ----------
    promises : commitment_id, and `hamlet`: what people call the present one.
    folder : output folder of a run.

    Returns
    -------
    the same rows; a promise for a hamlet that was split is called by the former id and name alone.
    """
    accepted = read_table(folder, BOOK["commitments"].name)
    if FORMER not in accepted:
        return promises
    changed = accepted[accepted[FORMER].notna()].set_index("commitment_id")
    written = changed["hamlet"].fillna("") + " " + changed[FORMER]
    former = promises["commitment_id"].map(written.str.strip())
    present = promises["hamlet"].astype("object")
    both = (present + " (" + former + ")").where(present.notna(), former)
    return promises.assign(hamlet=both.where(former.notna(), present))
