"""Two kept plans beside each other: which hamlets one gains and loses against the other, and for how much."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from phusong.pipeline.kept_plans import find_question, read_kept_table, read_plan
from phusong.pipeline.plan_documents import name_hamlets
from phusong.pipeline.plan_shelf import list_plans
from phusong.store import read_whole
from phusong.vocabulary.options import PlanChange
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.plans import PLAN_DIFFERENCE

_COMPARED = ["wave", "option", "operator", "capex_vnd"]


def compare_tables(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Return what becomes of each hamlet from one plan to another.

    Parameters
    ----------
    first, second : tables `rollout` of plans A and B; they may be about other hamlets.

    Returns
    -------
    Table `plan_difference`, one row a hamlet of either, in order of hamlet_id; `more_vnd` adds up to the
    difference of what the plans cost.
    """
    both = (
        first.set_index("hamlet_id")[[*_COMPARED, "class", "pupils_connected"]]
        .add_suffix("_a")
        .join(
            second.set_index("hamlet_id")[[*_COMPARED, "class", "pupils_connected"]].add_suffix(
                "_b"
            ),
            how="outer",
        )
        .sort_index()
        .reset_index(names="hamlet_id")
    )
    capex = both[["capex_vnd_a", "capex_vnd_b"]].fillna(0).astype("int64")
    pupils = both[["pupils_connected_a", "pupils_connected_b"]].astype("Int64").max(axis=1)
    return conform_table(
        both.assign(
            change=_classify_changes(both),
            capex_a_vnd=capex["capex_vnd_a"],
            capex_b_vnd=capex["capex_vnd_b"],
            more_vnd=capex["capex_vnd_b"] - capex["capex_vnd_a"],
            pupils=pupils,
            **{"class": both["class_b"].fillna(both["class_a"])},
        )[PLAN_DIFFERENCE.names],
        PLAN_DIFFERENCE,
    )


def _classify_changes(both: pd.DataFrame) -> np.ndarray:
    """Return what becomes of each hamlet, a word of `PlanChange`."""
    wave_a, wave_b = both["wave_a"].astype("float64"), both["wave_b"].astype("float64")
    in_a, in_b = wave_a.notna(), wave_b.notna()
    alike = pd.Series(data=True, index=both.index)
    for name in ("option", "operator"):
        a, b = (both[f"{name}_{end}"].fillna("").astype(str) for end in ("a", "b"))
        alike &= a == b
    alike &= both["capex_vnd_a"].fillna(0) == both["capex_vnd_b"].fillna(0)
    conditions = {
        PlanChange.GAINED: in_b & ~in_a,
        PlanChange.LOST: in_a & ~in_b,
        PlanChange.EARLIER: wave_b < wave_a,
        PlanChange.LATER: wave_b > wave_a,
        PlanChange.OTHERWISE: in_a & in_b & ~alike,
    }
    words = [str(change) for change in conditions]
    return np.select([c.to_numpy() for c in conditions.values()], words, str(PlanChange.SAME))


def compare_kept(folder: Path, first: str, second: str) -> dict[str, Any]:
    """Return two kept plans with what was asked of each, and what differs from the first to the second.

    Parameters
    ----------
    folder : in which the plans are kept.
    first, second : names of plans A and B.

    Returns
    -------
    a, b (what `plan.json` says, with asked and outdated), gained, lost, changed (hamlets), more_vnd,
    more_weight, and `hamlets`: the rows of `plan_difference` that are not the same, with the hamlet's name.

    Raises
    ------
    ParameterFault
        If no plan of a name is kept.
    """
    return read_whole(folder, _compare_kept, folder, first, second)


def _compare_kept(folder: Path, first: str, second: str) -> dict[str, Any]:
    """Return what `compare_kept` does, of whatever lies there now."""
    a, b = (_describe(folder, name) for name in (first, second))
    table = compare_tables(*(read_kept_table(folder, name, "rollout") for name in (first, second)))
    counts = table["change"].value_counts()
    names = name_hamlets(folder)["hamlet"]
    changed = table[table["change"] != PlanChange.SAME]
    rows = changed.assign(hamlet=changed["hamlet_id"].map(names)).astype(object)
    return {
        "a": a,
        "b": b,
        "gained": int(counts.get(PlanChange.GAINED, 0)),
        "lost": int(counts.get(PlanChange.LOST, 0)),
        "changed": len(changed),
        "more_vnd": int(table["more_vnd"].sum()),
        "more_weight": int(b["weight_reached"]) - int(a["weight_reached"]),
        "hamlets": rows.where(rows.notna(), None).to_dict(orient="records"),
    }


def _describe(folder: Path, name: str) -> dict[str, Any]:
    """Return what a kept plan says of itself, what was asked of it, and whether it is out of date."""
    plan_data = read_plan(folder, name)
    return {**plan_data, "asked": find_question(plan_data), "outdated": list_plans(folder)[name]}
