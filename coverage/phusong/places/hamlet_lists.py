"""Find the hamlets that a list of changes names, and bring lists of hamlets to the day that is asked of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd

from phusong.places.combining import combine_hamlets
from phusong.places.former_hamlets import add_former, merge_rows
from phusong.places.hamlet_lineage import FormerHamlets, find_cycles, trace_hamlets
from phusong.vietnamese.keys import base_key
from phusong.vocabulary.metres import WGS84
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables.accepted import HAMLETS

FACTS = ("hamlet", "kind", "commune_code")
OWN = ("households", "population", "lon", "lat")
#: Why a change is set aside, as rules of the intake name it.
DIVIDED = "lineage_commune_divided"
UNKNOWN, CYCLE, ENDED = "lineage_unknown_hamlet", "lineage_cycle", "lineage_ended_listed"


@dataclass(frozen=True)
class HamletList:
    """Hold one delivery of hamlets and the day of which it is.

    Parameters
    ----------
    rows : accepted_hamlets.
    day : as the province file states it; None where it does not.
    """

    rows: gpd.GeoDataFrame
    day: pd.Timestamp | None = None


@dataclass(frozen=True)
class PresentHamlets:
    """Hold the hamlets of a day, and what became of the former ones.

    Parameters
    ----------
    hamlets : accepted_hamlets of the day.
    traced : table `hamlet_lineage`.
    conflicts : see `combine_hamlets`.
    unknown : changes that name hamlets which nobody knows, or lead in a circle, with `rule`.
    ended : rows of hamlets that had ended before the day of their list.
    """

    hamlets: gpd.GeoDataFrame
    traced: pd.DataFrame
    conflicts: pd.DataFrame
    unknown: pd.DataFrame
    ended: pd.DataFrame


def bring_to_day(
    lists: Sequence[HamletList], accepted: pd.DataFrame, *, as_of: pd.Timestamp
) -> PresentHamlets:
    """Return the hamlets that hold on a day, whatever day each delivered list is of.

    A list with hamlets that ended is carried over: merged hamlets are made of their parts, with the former
    ones as residential clusters; what a later list says of them stands before. Nobody is lost.

    Parameters
    ----------
    lists : deliveries, in the order of the province file.
    accepted : accepted_hamlet_lineage.
    as_of : the day asked.
    """
    lineage, unknown = resolve_lineage(accepted, lists)
    valid = lineage[lineage["changed_on"] <= as_of]
    usable, ended = _take_out_ended(
        [_drop_unbegun(one, lineage, as_of, lists) for one in lists], valid
    )
    known = {i for one in lists for i in one.rows["hamlet_id"]}
    reached = trace_hamlets(valid, as_of)
    divided = set(reached.loc[~reached["to_hamlet_id"].isin(known), "from_hamlet_id"])
    before = [_is_before(one, valid, divided) for one in usable]
    groups = _group_lists([one for one, old in zip(usable, before, strict=True) if old])
    lineage = add_staying(valid, groups)
    lineage = state_facts(lineage, groups)
    traced = trace_hamlets(lineage, as_of)
    present = [one.rows for one, old in zip(usable, before, strict=True) if not old]
    listed = {i for rows in present for i in rows["hamlet_id"]}
    carried = [carry_list(group, traced, listed=listed) for group in reversed(groups)]
    hamlets, conflicts = combine_hamlets([*present, *carried])
    traced, unlisted = _drop_unlisted(traced, lineage, set(hamlets["hamlet_id"]))
    unknown = pd.concat([unknown, unlisted.reindex(columns=unknown.columns)], ignore_index=True)
    counted = (_list_counted([g.rows for g in groups]), _list_counted(present))
    named = add_former(hamlets, traced, lineage, counted=counted)
    return PresentHamlets(named, traced, conflicts, unknown, ended)


def _list_counted(lists: Sequence[pd.DataFrame]) -> frozenset[str]:
    """Return the hamlets of which a list says how many households each residential cluster has."""
    return frozenset(
        i for rows in lists for i in rows.loc[rows["cluster_households"].notna(), "hamlet_id"]
    )


def _drop_unlisted(
    traced: pd.DataFrame, lineage: pd.DataFrame, known: set[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what leads to hamlets of the day, and the changes that lead to others."""
    lost = set(traced.loc[~traced["to_hamlet_id"].isin(known), "from_hamlet_id"])
    astray = lineage[lineage["from_hamlet_id"].isin(lost)].assign(rule=UNKNOWN)
    return traced[~traced["from_hamlet_id"].isin(lost)].reset_index(drop=True), astray


def resolve_lineage(
    accepted: pd.DataFrame, lists: Sequence[HamletList]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return changes between hamlet ids, and those of which nobody knows the hamlets.

    A former hamlet that no list holds is taken as it is named, as long as the new one is known; and a new one
    that no list holds is made as it is named, as long as the former is known.

    Parameters
    ----------
    accepted : accepted_hamlet_lineage.
    lists : every delivery of hamlets.
    """
    index = _HamletIndex(lists)
    rows = accepted.reset_index(drop=True)
    for end in ("from", "to"):
        rows = _resolve_end(rows, index, end)
    start, goal = rows["from_hamlet_id"], rows["to_hamlet_id"]
    begins = start.isin(index.ids) | start.isin(goal[start != goal])
    goes = goal.isin(index.ids) | goal.isin(start[start != goal])
    right = goal.notna() & start.notna() & (goes | (begins & rows["to_hamlet"].notna()))
    cyclic = find_cycles(rows[right]).reindex(rows.index, fill_value=False)
    rule = np.where(cyclic, CYCLE, UNKNOWN)
    wrong = rows[~right | cyclic]
    return rows[right & ~cyclic].reset_index(drop=True), wrong.assign(rule=rule[wrong.index])


class _HamletIndex:
    """Find hamlets of several lists by id, or by commune and name."""

    def __init__(self, lists: Sequence[HamletList]) -> None:
        frames = [one.rows.assign(order=i) for i, one in enumerate(lists)]
        self.rows = pd.DataFrame(pd.concat(frames, ignore_index=True).drop(columns="geometry"))
        self.ids = set(self.rows["hamlet_id"])
        self.facts = self.rows.drop_duplicates("hamlet_id").set_index("hamlet_id")
        keys = self.rows["commune_code"] + "/" + self.rows["name"].map(base_key)
        self._named = self.rows.groupby(keys)

    def find(self, commune: object, name: object, kind: object, *, last: bool) -> str | None:
        """Return the id of the one hamlet of that name; empty where several are, None where none is.

        Parameters
        ----------
        commune, name, kind : as written.
        last : whether the last list that has it counts, and not the first.
        """
        if not isinstance(commune, str) or not isinstance(name, str):
            return ""
        key = f"{commune}/{base_key(name)}"
        if key not in self._named.indices:
            return None
        same = self.rows.iloc[self._named.indices[key]]
        same = same[same["order"] == (same["order"].max() if last else same["order"].min())]
        alike = same[same["kind"] == kind]
        ids = set((alike if len(alike) else same)["hamlet_id"])
        return ids.pop() if len(ids) == 1 else ""


def _resolve_end(rows: pd.DataFrame, index: _HamletIndex, end: str) -> pd.DataFrame:
    """Return changes with the id of each former or new hamlet, and with what the lists say of it."""
    names = [f"{end}_{fact}" for fact in ("commune_code", "hamlet", "kind")]
    ids = rows[f"{end}_hamlet_id"].astype("object")
    for position in ids.index[ids.isna()]:
        commune, name, kind = (rows.at[position, n] for n in names)
        found = index.find(commune, name, kind, last=end == "to")
        made = f"{commune}-{base_key(name)}" if found is None else found
        ids.at[position] = made or None
    listed = {"hamlet": "name", "kind": "kind", "commune_code": "commune_code"}
    stated = {
        f"{end}_{fact}": rows[f"{end}_{fact}"]
        .astype("object")
        .fillna(ids.map(index.facts[column]).astype("object"))
        for fact, column in listed.items()
    }
    resolved = rows.assign(**{f"{end}_hamlet_id": ids}, **stated)
    if end == "to":
        own = resolved["to_commune_code"].fillna(resolved["from_commune_code"])
        resolved = resolved.assign(to_commune_code=own)
    return resolved


def _drop_unbegun(
    one: HamletList, lineage: pd.DataFrame, as_of: pd.Timestamp, lists: Sequence[HamletList]
) -> HamletList:
    """Return a list without hamlets that begin after the day asked, if what they are made of is listed."""
    later = lineage[lineage["changed_on"] > as_of]
    known = {i for other in lists for i in other.rows["hamlet_id"]}
    earlier = set(lineage.loc[lineage["changed_on"] <= as_of, "to_hamlet_id"])
    begun = earlier | set(later["from_hamlet_id"])
    whole = later.groupby("to_hamlet_id")["from_hamlet_id"].agg(lambda ids: set(ids) <= known)
    unbegun = {i for i, listed in whole.items() if listed and i not in begun}
    return replace(one, rows=one.rows[~one.rows["hamlet_id"].isin(unbegun)])


def _take_out_ended(
    lists: Sequence[HamletList], lineage: pd.DataFrame
) -> tuple[list[HamletList], pd.DataFrame]:
    """Return lists without the hamlets that had ended before the day of the list, and those hamlets."""
    ends = _list_ended(lineage)
    usable, out = [], []
    for one in lists:
        day = pd.to_datetime(ends.reindex(one.rows["hamlet_id"])).set_axis(one.rows.index)
        wrong = day.notna() & (day <= one.day) if one.day is not None else day.notna() & False
        usable.append(replace(one, rows=one.rows[~wrong]))
        stated = one.rows.loc[wrong, ["hamlet_id", "kind", "name", "commune_code"]]
        out.append(pd.DataFrame(stated).assign(ended_on=day[wrong], listed_on=one.day))
    return usable, pd.concat(out, ignore_index=True)


def _list_ended(lineage: pd.DataFrame) -> pd.Series:
    """Return hamlet → last day on which it went elsewhere, of those that are no hamlet afterwards."""
    last = lineage.groupby("from_hamlet_id")["changed_on"].max()
    again = lineage.groupby("to_hamlet_id")["changed_on"].max().reindex(last.index)
    stays = lineage[lineage["from_hamlet_id"] == lineage["to_hamlet_id"]]
    stayed = stays.groupby("from_hamlet_id")["changed_on"].max().reindex(last.index)
    return last[~((again > last) | (stayed == last))]


def _is_before(one: HamletList, lineage: pd.DataFrame, divided: set[str]) -> bool:
    """Return whether a list is older than a change: by its day, else by the hamlets that it holds.

    A list without a day is older where it holds a hamlet that ended, or one of which a part is at present in
    a hamlet that stands in no list.
    """
    if one.day is not None:
        named = lineage["from_hamlet_id"].isin(one.rows["hamlet_id"])
        named |= lineage["to_hamlet_id"].isin(one.rows["hamlet_id"])
        return bool((named & (lineage["changed_on"] > one.day)).any())
    return bool(one.rows["hamlet_id"].isin(divided | set(_list_ended(lineage).index)).any())


def _group_lists(lists: Sequence[HamletList]) -> list[HamletList]:
    """Return the older lists, those of one day combined, the oldest first."""
    days = sorted({one.day for one in lists if one.day is not None})
    groups = []
    for day in (None, *days):
        rows = [one.rows for one in lists if one.day == day]
        if rows:
            groups.append(HamletList(combine_hamlets(rows)[0], day))
    return groups


def add_staying(lineage: pd.DataFrame, groups: Sequence[HamletList]) -> pd.DataFrame:
    """Return changes in which a hamlet that takes in another, and was there before, has a line of its own.

    Parameters
    ----------
    lineage : resolved changes.
    groups : lists from before. A hamlet whose former names hold those of who came is there as it is now.
    """
    if lineage.empty:
        return lineage
    first = lineage.groupby("to_hamlet_id")["changed_on"].min()
    leaves = set(zip(lineage["from_hamlet_id"], lineage["changed_on"], strict=True))
    added = []
    for (target, day), came in lineage.groupby(["to_hamlet_id", "changed_on"]):
        if (target, day) in leaves:
            continue
        row = _find_listed(target, day, groups)
        if first[target] < day or (row is not None and not _is_made(row, came)):
            added.append(_write_staying(came.iloc[0], target))
    if not added:
        return lineage
    extra = pd.DataFrame(added, columns=lineage.columns).astype(lineage.dtypes)
    return pd.concat([lineage, extra], ignore_index=True)


def _find_listed(
    hamlet_id: str, day: pd.Timestamp, groups: Sequence[HamletList]
) -> pd.Series | None:
    """Return the row of a hamlet in a list from before a day; None where there is none."""
    for group in groups:
        same = group.rows[group.rows["hamlet_id"] == hamlet_id]
        if len(same) and (group.day is None or group.day < day):
            return same.iloc[0]
    return None


def _is_made(row: pd.Series, came: pd.DataFrame) -> bool:
    """Return whether a listed hamlet names those that came to it among its former names."""
    former = row["former_names"] if isinstance(row["former_names"], str) else ""
    names = {base_key(name) for name in former.split("|") if name}
    return any(isinstance(n, str) and base_key(n) in names for n in came["from_hamlet"])


def _write_staying(change: pd.Series, hamlet_id: str) -> dict[str, object]:
    """Return the line of a hamlet that stays while another comes to it."""
    own = {f"from_{fact}": change[f"to_{fact}"] for fact in FACTS}
    ids = {"from_hamlet_id": hamlet_id, "to_hamlet_id": hamlet_id, "share": 1.0, "households": None}
    name = f"{hamlet_id}:{hamlet_id}-{change['changed_on']:%Y%m%d}"
    return {**change.to_dict(), **own, **ids, "lineage_id": name, "lon": None, "lat": None}


def state_facts(lineage: pd.DataFrame, groups: Sequence[HamletList]) -> pd.DataFrame:
    """Return changes with households, persons and position of each former hamlet before the change.

    Parameters
    ----------
    lineage : resolved changes; a position that they state stands before that of a list.
    groups : lists from before, the oldest first.
    """
    stated = lineage.drop(columns="households").assign(
        households=_sum_households(lineage), population=pd.NA
    )
    for group in reversed(groups):
        rows = group.rows.set_index("hamlet_id")
        known = stated["from_hamlet_id"].isin(rows.index)
        if group.day is not None:
            known &= stated["changed_on"] > group.day
        ids = stated["from_hamlet_id"].where(known)
        for name in OWN:
            listed = ids.map(rows[name])
            first = listed if name in ("households", "population") else stated[name]
            other = stated[name] if first is listed else listed
            stated[name] = first.astype("object").where(first.notna(), other.astype("object"))
    numbers = stated[list(OWN)].apply(pd.to_numeric)
    return stated.assign(**numbers.astype({"households": "Int64", "population": "Int64"}))


def _sum_households(lineage: pd.DataFrame) -> pd.Series:
    """Return the households of each former hamlet as its changes state them; empty where one does not."""
    groups = [lineage["from_hamlet_id"], lineage["changed_on"]]
    moved = lineage["households"].astype("float64")
    return moved.groupby(groups).transform(lambda h: h.sum(skipna=False)).astype("Int64")


def carry_list(
    group: HamletList, traced: pd.DataFrame, *, listed: set[str] | frozenset[str] = frozenset()
) -> gpd.GeoDataFrame:
    """Return an older list as it is at present.

    Parameters
    ----------
    group : the list.
    traced : table `hamlet_lineage`.
    listed : hamlets of which a present list speaks: of them only an outline is still needed.
    """
    former = FormerHamlets(traced)
    rows = group.rows.reset_index(drop=True)
    found = [_find_present(former, i, group.day) for i in rows["hamlet_id"]]
    changed = np.array([bool(f) for f in found], dtype=bool)
    if not changed.any():
        return rows
    parts: dict[str, list[tuple[int, dict[str, float]]]] = {}
    for position in np.flatnonzero(changed):
        for target in found[position]:
            parts.setdefault(target, []).append((int(position), found[position]))
    for position in np.flatnonzero(~changed & rows["hamlet_id"].isin(parts).to_numpy()):
        target = rows["hamlet_id"].iloc[position]
        parts[target].append((int(position), {target: 1.0}))
    names = traced.drop_duplicates("to_hamlet_id").set_index("to_hamlet_id")
    made = [
        merge_rows(rows, target, own, names.loc[target]) for target, own in sorted(parts.items())
    ]
    slim = [_select_outline(row) if row["hamlet_id"] in listed else row for row in made]
    whole = [row for row in slim if row is not None]
    frame = (
        gpd.GeoDataFrame(whole, geometry="geometry", crs=WGS84) if whole else empty_table(HAMLETS)
    )
    rest = rows[~changed & ~rows["hamlet_id"].isin(parts)]
    both = [f for f in (rest, frame) if len(f)]
    carried = pd.concat(both, ignore_index=True) if both else empty_table(HAMLETS)
    return conform_table(gpd.GeoDataFrame(carried, geometry="geometry", crs=WGS84), HAMLETS)


def _find_present(
    former: FormerHamlets, hamlet_id: str, day: pd.Timestamp | None
) -> dict[str, float]:
    """Return where a listed hamlet is at present; an older list without a day is of before any change."""
    return former.find(hamlet_id, pd.Timestamp.min if day is None else day)


def _select_outline(row: dict[str, object]) -> dict[str, object] | None:
    """Return of a hamlet that a present list has nothing but its outline; None where it has none."""
    if row["geometry"] is None:
        return None
    silent = ("households", "population", "lon", "lat", "grid_power", "special_difficulty")
    return {
        **row,
        **dict.fromkeys(silent),
        **dict.fromkeys(("clusters", "cluster_names", "cluster_households")),
    }
