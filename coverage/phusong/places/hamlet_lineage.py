"""Follow hamlets through mergers, splits, renames and moves, and carry to the present what names former ones.

A change moves a share of a former hamlet's households to another one on a day. Changes of one day follow one
another: a hamlet that is made and ends on the same day is passed through, unless it has a line of its own
that says that it stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from phusong.vietnamese.keys import base_key
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables.places import HAMLET_LINEAGE
from phusong.vocabulary.terms import HamletChange

#: By how much each stated share may be off by rounding to two decimals.
ROUNDING = 0.005
KEY = ["from_hamlet_id", "changed_on", "to_hamlet_id"]


@dataclass(frozen=True)
class Destination:
    """Hold which share of a former hamlet is in a present one, and by which decisions.

    Parameters
    ----------
    share : 0..1, NaN where nobody stated it.
    decisions : numbers of the decisions, in order of time.
    """

    share: float
    decisions: tuple[str, ...] = ()


#: Present hamlet → which part of a former one it holds.
Destinations = dict[str, Destination]


def round_share_sums(shares: pd.Series, groups: list[pd.Series]) -> tuple[pd.Series, pd.Series]:
    """Return the sum of the shares of each row's group, and whether it is 1 but for rounding.

    Parameters
    ----------
    shares : 0..1, NaN where unstated; a group with an unstated share has no sum and is right.
    groups : what tells the groups apart, on the index of the shares.
    """
    grouped = shares.groupby(groups, dropna=False)
    total = grouped.transform(lambda s: s.sum(skipna=False))
    parts = grouped.transform("size")
    return total, total.isna() | ((total - 1).abs() <= ROUNDING * parts + 1e-9)


def find_cycles(changes: pd.DataFrame) -> pd.Series:
    """Return which rows lead, within one day, back to the hamlet they came from.

    Parameters
    ----------
    changes : from_hamlet_id, to_hamlet_id, changed_on. A hamlet with a line to itself stays and leads on to
        nobody.
    """
    found = pd.Series(data=False, index=changes.index)
    for _, day in changes.groupby("changed_on", sort=True):
        targets = _list_passed(day)
        cyclic = _list_cyclic(targets)
        found[day.index] = day["from_hamlet_id"].isin(cyclic) & day["to_hamlet_id"].isin(cyclic)
    return found


def _list_passed(day: pd.DataFrame) -> dict[str, list[str]]:
    """Return hamlet → where it went on one day, of those that did not stay."""
    targets: dict[str, list[str]] = {}
    for origin, target in zip(day["from_hamlet_id"], day["to_hamlet_id"], strict=True):
        targets.setdefault(origin, []).append(target)
    return {origin: went for origin, went in targets.items() if origin not in went}


def _list_cyclic(targets: Mapping[str, list[str]]) -> set[str]:
    """Return the hamlets that are left when whoever leads to nobody has been taken out again and again."""
    left = {origin: {t for t in went if t in targets} for origin, went in targets.items()}
    while ends := {origin for origin, went in left.items() if not went}:
        left = {o: went - ends for o, went in left.items() if o not in ends}
    return set(left)


def trace_hamlets(lineage: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return what became of every former hamlet until a day.

    Parameters
    ----------
    lineage : resolved changes: from_ and to_ hamlet_id, hamlet, kind, commune_code; share, decision,
        changed_on; optional households, population, lon, lat of the former hamlet.
    as_of : the day asked; later changes are not in force.

    Returns
    -------
    table `hamlet_lineage`: one row a former hamlet, day of a change and present hamlet.
    """
    valid = lineage[lineage["changed_on"] <= as_of]
    if valid.empty:
        return empty_table(HAMLET_LINEAGE)
    rows: list[tuple[object, ...]] = []
    present: dict[str, Destinations] = {}
    for day, changes in sorted(valid.groupby("changed_on"), key=lambda d: d[0], reverse=True):
        moved = _follow_day(changes, present)
        present.update(moved)
        rows += [
            (origin, day, target, d.share, "|".join(dict.fromkeys(d.decisions)) or None)
            for origin, destinations in moved.items()
            for target, d in destinations.items()
        ]
    traced = pd.DataFrame(rows, columns=[*KEY, "share", "decision"])
    described = _describe(traced, valid).sort_values(KEY, ignore_index=True)
    return conform_table(described[HAMLET_LINEAGE.names], HAMLET_LINEAGE)


def _follow_day(
    changes: pd.DataFrame, later: Mapping[str, Destinations]
) -> dict[str, Destinations]:
    """Return where each hamlet that changed on a day is at present, by where those of later days are."""
    steps: dict[str, list[tuple[str, float, str]]] = {}
    for row in changes.itertuples(index=False):
        decision = row.decision if isinstance(row.decision, str) else ""
        steps.setdefault(row.from_hamlet_id, []).append((row.to_hamlet_id, row.share, decision))
    staying = {origin for origin, went in steps.items() if any(t == origin for t, _, _ in went)}
    found: dict[str, Destinations] = {}
    for origin in _order_day(steps, staying):
        parts = []
        for target, share, decision in steps[origin]:
            passed = target in steps and target not in staying
            onward = found[target] if passed else later.get(target, {target: Destination(1.0)})
            parts += [
                (t, share * d.share, (decision, *d.decisions)) for t, d in onward.items()
            ]  # fmt: skip
        found[origin] = _unite_parts(parts)
    return found


def _order_day(
    steps: Mapping[str, list[tuple[str, float, str]]], staying: set[str]
) -> Iterable[str]:
    """Yield the hamlets that changed on a day, those first to which others were passed on."""
    waiting = {
        o: {t for t, _, _ in went if t in steps and t not in staying} for o, went in steps.items()
    }
    passing: dict[str, list[str]] = {}
    for origin, onward in waiting.items():
        for target in onward:
            passing.setdefault(target, []).append(origin)
    ready = [o for o, onward in waiting.items() if not onward]
    for origin in ready:
        yield origin
        for before in passing.get(origin, []):
            waiting[before].discard(origin)
            if not waiting[before]:
                ready.append(before)


def _unite_parts(parts: list[tuple[str, float, tuple[str, ...]]]) -> Destinations:
    """Return the parts of one former hamlet by where they are; all in one place is the whole of it."""
    united: Destinations = {}
    for target, share, decisions in parts:
        known = united.get(target, Destination(0.0))
        united[target] = Destination(
            known.share + share, (*known.decisions, *(d for d in decisions if d))
        )
    if len(united) == 1:
        return {target: Destination(1.0, d.decisions) for target, d in united.items()}
    return united


def _describe(traced: pd.DataFrame, lineage: pd.DataFrame) -> pd.DataFrame:
    """Return what became of former hamlets with names, facts and the kind of change."""
    facts = ("hamlet", "kind", "commune_code")
    own = ["households", "population", "lon", "lat"]
    stated = lineage.reindex(columns=[*lineage.columns, *(c for c in own if c not in lineage)])
    froms = stated.drop_duplicates(["from_hamlet_id", "changed_on"])
    froms = froms[["from_hamlet_id", "changed_on", *(f"from_{f}" for f in facts), *own]]
    tos = stated.sort_values("changed_on").drop_duplicates("to_hamlet_id", keep="last")
    tos = tos[["to_hamlet_id", *(f"to_{f}" for f in facts)]]
    described = traced.merge(froms, on=["from_hamlet_id", "changed_on"], how="left")
    described = described.merge(tos, on="to_hamlet_id", how="left")
    return described.assign(change=_name_changes(described))


def _name_changes(described: pd.DataFrame) -> np.ndarray:
    """Return what kind of change each row is: what it divided or united counts before what it renamed."""
    parts = described.groupby(["from_hamlet_id", "changed_on"])["to_hamlet_id"].transform("size")
    origins = described.groupby("to_hamlet_id")["from_hamlet_id"].transform("nunique")
    before, after = described["from_commune_code"], described["to_commune_code"]
    moved = before.notna() & after.notna() & (before != after)
    return np.select(
        [parts > 1, origins > 1, moved],
        [str(c) for c in (HamletChange.SPLIT, HamletChange.MERGED, HamletChange.MOVED)],
        str(HamletChange.RENAMED),
    )


class FormerHamlets:
    """Find what became of a hamlet that somebody named on a day.

    Parameters
    ----------
    traced : table `hamlet_lineage`.
    """

    def __init__(self, traced: pd.DataFrame) -> None:
        self._traced = traced
        self._changes: dict[str, list[tuple[pd.Timestamp, dict[str, float]]]] = {}
        for (origin, day), rows in traced.groupby(["from_hamlet_id", "changed_on"], sort=True):
            shares = dict(zip(rows["to_hamlet_id"], rows["share"], strict=True))
            self._changes.setdefault(origin, []).append((day, shares))
        self.present = set(traced["to_hamlet_id"])
        self._names = _index_names(traced, "from")
        self._present_names = _index_names(traced, "to")

    def find(self, hamlet_id: object, day: pd.Timestamp | None = None) -> dict[str, float]:
        """Return present hamlet → share for an id as it was meant on a day; nothing where it still holds.

        An id that holds no more means what it last meant, whenever it was named.

        Parameters
        ----------
        hamlet_id : as somebody named it.
        day : when; None: not known, then an id that still holds means the present hamlet.
        """
        changes = self._changes.get(hamlet_id, []) if isinstance(hamlet_id, str) else []
        known = day is not None and not pd.isna(day)
        later = [shares for changed, shares in changes if known and changed > day]
        if later:
            return later[0]
        return changes[-1][1] if changes and hamlet_id not in self.present else {}

    def find_named(self, commune: object, name: object, day: pd.Timestamp | None) -> str | None:
        """Return the id of the former hamlet that a name in a commune meant on a day; None where none did.

        Parameters
        ----------
        commune : code.
        name : with or without its kind.
        day : when; None: not known.
        """
        if not isinstance(commune, str) or not isinstance(name, str):
            return None
        key = f"{commune}/{base_key(name)}"
        ids = self._names.get(key, set())
        if len(ids) != 1:
            return None
        former = next(iter(ids))
        changed = self._changes[former][-1][0]
        before = day is not None and not pd.isna(day) and day < changed
        return former if before or key not in self._present_names else None


def _index_names(traced: pd.DataFrame, end: str) -> dict[str, set[str]]:
    """Return commune and name, with and without the kind, → ids of one end of the changes."""
    found: dict[str, set[str]] = {}
    columns = (f"{end}_hamlet_id", f"{end}_commune_code", f"{end}_hamlet", f"{end}_kind")
    for hamlet_id, commune, name, kind in zip(*(traced[c] for c in columns), strict=True):
        if isinstance(commune, str) and isinstance(name, str):
            words = [name, f"{kind} {name}"] if isinstance(kind, str) else [name]
            for text in words:
                found.setdefault(f"{commune}/{base_key(text)}", set()).add(hamlet_id)
    return found


def carry_rows(
    rows: pd.DataFrame,
    traced: pd.DataFrame,
    *,
    key: str,
    day: str = "as_of",
    name: str = "hamlet_name",
    repeat: bool = False,
    counts: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Return dated rows with the hamlet that holds at present where they name a former one.

    A row about a hamlet that went whole to another is about that one. Of a hamlet that was split, what holds
    of every part is repeated for each; what can be in one part alone has no hamlet any more, since nothing
    tells which. `former_hamlet_id` says what the row had named.

    Parameters
    ----------
    rows : hamlet_id, and perhaps commune_code and a name.
    traced : table `hamlet_lineage`.
    key : column that identifies a row.
    day : column of the day on which the row was true.
    name : column of the hamlet's name as written.
    repeat : whether a row about a hamlet that was split holds of each of its parts.
    counts : columns that are divided among the parts by their shares.
    """
    if traced.empty or rows.empty:
        return rows
    former = FormerHamlets(traced)
    ids = _identify(rows, former, day=day, name=name)
    days = rows[day] if day in rows else pd.Series(pd.NaT, index=rows.index)
    found = [former.find(i, d) for i, d in zip(ids, days, strict=True)]
    changed = np.array([bool(f) for f in found])
    if not changed.any():
        return rows
    parts = [_carry_row(f, repeat=repeat) for f in found]
    order = np.repeat(np.arange(len(rows)), [len(p) for p in parts])
    carried = rows.iloc[order].reset_index(drop=True)
    flat = [part for row in parts for part in row]
    moved = changed[order]
    present = pd.Series([p[0] for p in flat], dtype="object")
    share = np.array([p[1] for p in flat], dtype=float)
    named = ids.iloc[order].reset_index(drop=True)
    carried["hamlet_id"] = (
        carried["hamlet_id"].astype("object").where(~moved, present).astype("str")
    )
    carried["former_hamlet_id"] = named.where(moved, None).astype("str")
    for column in counts:
        carried[column] = _divide(carried[column], order, share)
    return _number_parts(carried, key, order)


def _identify(rows: pd.DataFrame, former: FormerHamlets, *, day: str, name: str) -> pd.Series:
    """Return the id that each row names, found by commune and name where it states none."""
    ids = rows["hamlet_id"].astype("object")
    if name not in rows or "commune_code" not in rows:
        return ids
    open_ones = rows[ids.isna()]
    days = open_ones[day] if day in rows else pd.Series(pd.NaT, index=open_ones.index)
    columns = (open_ones["commune_code"], open_ones[name], days)
    found = [former.find_named(*row) for row in zip(*columns, strict=True)]
    return ids.fillna(pd.Series(found, index=open_ones.index, dtype="object"))


def _carry_row(found: dict[str, float], *, repeat: bool) -> list[tuple[str | None, float]]:
    """Return hamlet and share of each row that one row becomes."""
    if len(found) <= 1 or repeat:
        return list(found.items()) or [(None, 1.0)]
    return [(None, 1.0)]


def divide_whole(whole: int, shares: Iterable[float]) -> list[int]:
    """Return a whole number in parts that sum to it, by largest remainder.

    Parameters
    ----------
    whole : what is divided.
    shares : sum to 1.
    """
    exact = whole * np.array(list(shares), dtype=float)
    parts = np.floor(exact + 1e-9).astype(int)
    rest = whole - int(parts.sum())
    largest = np.argsort(-(exact - parts), kind="stable")
    parts[largest[: max(rest, 0)]] += 1
    return [int(p) for p in parts]


def _divide(values: pd.Series, order: np.ndarray, share: np.ndarray) -> pd.Series:
    """Return counts of repeated rows divided among them; unknown where the shares are."""
    result = values.copy()
    repeated = pd.Series(order).duplicated(keep=False)
    for positions in pd.Series(order)[repeated].groupby(order[repeated]).groups.values():
        whole, shares = values.iloc[positions[0]], share[positions]
        known = pd.notna(whole) and not np.isnan(shares).any()
        result.iloc[positions] = divide_whole(int(whole), shares) if known else pd.NA
    return result


def _number_parts(rows: pd.DataFrame, key: str, order: np.ndarray) -> pd.DataFrame:
    """Return rows with a number behind the id of each repetition."""
    number = pd.Series(order).groupby(order).cumcount()
    ids = rows[key].where(number == 0, rows[key] + "/" + (number + 1).astype("str"))
    return rows.assign(**{key: ids})
