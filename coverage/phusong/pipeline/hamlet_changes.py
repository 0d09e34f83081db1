"""Carry what is dated and names former hamlets to the hamlets that hold on the day the question is asked."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from phusong.intake.rules import describe_rule
from phusong.pipeline.carried_kinds import CARRIED
from phusong.pipeline.province import Source
from phusong.pipeline.stage_context import StageContext
from phusong.places.combining import combine_hamlets
from phusong.places.commune_codes import convert_changes
from phusong.places.former_hamlets import name_former
from phusong.places.hamlet_lineage import carry_rows
from phusong.places.hamlet_lists import DIVIDED, ENDED, UNKNOWN, HamletList, bring_to_day
from phusong.places.own_units import open_register
from phusong.vietnamese.keys import base_key
from phusong.vocabulary.schema import empty_table
from phusong.vocabulary.tables.accepted import ACCEPTED
from phusong.vocabulary.tables.results import HAMLET_LINEAGE

BYTE_ORDER_MARK = "\ufeff"
#: How the place of a measurement at a hamlet's centre begins.
CULTURE_HOUSE = base_key("nhà văn hóa")


def carry_kind(context: StageContext, kind: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return accepted rows of a kind with the hamlets that hold at present.

    Parameters
    ----------
    context : of the stage.
    kind : source kind; rows of one that names no hamlets stay as they are.
    rows : accepted.
    """
    if kind not in CARRIED:
        return rows
    traced = context.table(HAMLET_LINEAGE.name)
    if traced.empty:
        return rows
    carried = carry_rows(rows, traced, **vars(CARRIED[kind]))
    return name_places(carried, traced) if "place" in carried else carried


def name_places(rows: pd.DataFrame, traced: pd.DataFrame) -> pd.DataFrame:
    """Return measurements at the culture house of a former hamlet as made at the cluster that it is now.

    Parameters
    ----------
    rows : place, hamlet_id, former_hamlet_id.
    traced : table `hamlet_lineage`.
    """
    if "former_hamlet_id" not in rows:
        return rows
    former = traced.drop_duplicates("from_hamlet_id").set_index("from_hamlet_id")
    columns = (former["from_kind"], former["from_hamlet"], former.index)
    names = pd.Series([name_former(*f) for f in zip(*columns, strict=True)], index=former.index)
    keys = rows["place"].fillna("").map(base_key)
    central = (keys == "") | keys.str.startswith(CULTURE_HOUSE)
    known = rows["former_hamlet_id"].map(names).where(rows["hamlet_id"].notna() & central)
    return rows.assign(place=known.fillna(rows["place"]))


def combine_lists(
    context: StageContext, sources: Sequence[Source], frames: list[pd.DataFrame]
) -> pd.DataFrame:
    """Return the deliveries of hamlets as the one list of the day, and save what became of former hamlets.

    What the deliveries contradict each other in, changes of hamlets that nobody knows, and hamlets that a
    list still holds after their end, are left in the quarantine.

    Parameters
    ----------
    context : of the stage.
    sources : of the hamlets.
    frames : accepted rows of each.
    """
    changes = context.table(ACCEPTED["hamlet_lineage"].name)
    if changes.empty or not frames:
        hamlets, conflicts = combine_hamlets(frames)
        context.save_table(HAMLET_LINEAGE.name, empty_table(HAMLET_LINEAGE))
        _save_quarantine(context, "hamlets_conflicts.csv", conflicts)
        return hamlets
    register = open_register(context.units)
    changes, divided = convert_changes(changes, pd.concat(frames), register=register)
    astray = set(changes.loc[divided, "lineage_id"])
    days = [pd.Timestamp(s.as_of) if s.as_of else None for s in sources]
    lists = [HamletList(f, d) for f, d in zip(frames, days, strict=True)]
    present = bring_to_day(lists, changes, as_of=context.as_of)
    context.save_table(HAMLET_LINEAGE.name, present.traced)
    context.count("changes_of_unknown_hamlets", len(present.unknown))
    context.count("hamlets_listed_after_their_end", len(present.ended))
    _save_quarantine(context, "hamlets_conflicts.csv", present.conflicts)
    _save_quarantine(
        context, "hamlet_lineage_unknown.csv", _explain_unknown(present.unknown, astray)
    )
    _save_quarantine(context, "hamlets_ended.csv", _explain_ended(present.ended))
    return present.hamlets


def _explain_unknown(unknown: pd.DataFrame, astray: set[str]) -> pd.DataFrame:
    """Return changes that were set aside, each with what is wrong and what to do.

    Parameters
    ----------
    unknown : changes with `rule`.
    astray : ids of those whose commune, told in another edition, went to several.
    """
    divided = (unknown["rule"] == UNKNOWN) & unknown["lineage_id"].isin(astray)
    ruled = unknown.assign(rule=unknown["rule"].mask(divided, DIVIDED))
    return ruled.assign(reason=[describe_rule(rule) for rule in ruled["rule"]])


def _explain_ended(ended: pd.DataFrame) -> pd.DataFrame:
    """Return hamlets that a list holds after their end, each with what to do."""
    days = zip(ended["ended_on"], ended["listed_on"], strict=True)
    reasons = [describe_rule(ENDED, day=f"{e:%d/%m/%Y}", listed=f"{s:%d/%m/%Y}") for e, s in days]
    return ended.assign(reason=reasons)


def _save_quarantine(context: StageContext, name: str, rows: pd.DataFrame) -> None:
    """Leave rows that were set aside in the quarantine; no file where there are none."""
    if len(rows):
        path = context.open_quarantine("hamlets") / name
        path.write_text(BYTE_ORDER_MARK + rows.to_csv(index=False), encoding="utf-8")
