"""The sums by which published counts of pupils hang together: which line is part of which."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from phusong.gaps.pupils.counts import convert_safely
from phusong.gaps.pupils.measures import MEASURES
from phusong.places.registers import Register, read_register
from phusong.vocabulary.pupils import CountedUnit, MatchStatus
from phusong.vocabulary.tables.pupils import ALL_LEVELS

#: Units that are the same group of pupils in every edition.
LASTING = [str(u) for u in (CountedUnit.PROVINCE, CountedUnit.HAMLET, CountedUnit.SCHOOL)]
#: Units in the order in which they are divided: what is divided stands before its parts.
ORDER = (
    CountedUnit.PROVINCE,
    CountedUnit.DISTRICT,
    CountedUnit.COMMUNE,
    CountedUnit.HAMLET,
    CountedUnit.SCHOOL,
)
KEY = ["unit", "unit_code", "edition", "level"]


@dataclass(frozen=True)
class CountTable:
    """Hold every line once, and the sums that tie the lines.

    Parameters
    ----------
    value : counts, lines by measures; the last lines are the rests of sums whose parts are not all published.
    row : for each row of the table, which of the lines it is.
    first : for each line that the table holds, the row in which it stands first.
    step : for each line, when it is rounded; a total comes before its parts.
    sums : one row for each part of a sum: `sum`, `part`, `total`, the last two by line.
    """

    value: np.ndarray
    row: np.ndarray
    first: np.ndarray
    step: np.ndarray
    sums: pd.DataFrame


def tie_counts(
    counts: pd.DataFrame, hamlets: pd.DataFrame, register: Register | None = None
) -> CountTable:
    """Return the lines of a table of counts with their sums.

    Parameters
    ----------
    counts : rows of `pupil_counts`, index 0…n−1.
    hamlets : result table, which says what commune a hamlet belongs to.
    register : of the run; None: the packaged one.

    Raises
    ------
    ValueError
        If parts count more than their total: the table is none of `count_pupils`.
    """
    row, first = find_twins(counts)
    value = counts.loc[first, list(MEASURES)].to_numpy(dtype=np.int64)
    links = list_links(counts, hamlets, register)
    sums = pd.DataFrame(
        {"kind": links["kind"], "part": row[links["part"]], "total": row[links["total"]]}
    ).drop_duplicates()
    sums["sum"] = sums.groupby(["kind", "total"]).ngroup()
    step = _order_lines(counts.loc[first])
    return _add_rests(CountTable(value, row, first, step, sums[["sum", "part", "total"]]))


def find_twins(counts: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return which line each row is, and where each line stands first.

    Hamlets, schools, the province and unplaced outcomes are the same pupils in every edition.
    """
    lasting = counts["unit"].isin(LASTING) | _is_outcome(counts)
    edition = counts["edition"].mask(lasting, "")
    marks = [counts["unit"], counts["unit_code"], counts["level"], edition]
    keys = pd.concat([*marks, counts[list(MEASURES)]], axis=1)
    row = keys.groupby(list(keys.columns), sort=False).ngroup().to_numpy()
    return row, np.unique(row, return_index=True)[1]


def _is_outcome(counts: pd.DataFrame) -> pd.Series:
    """Return which lines count pupils whose commune is not known, by the outcome of their address."""
    return counts["unit_code"].isin([str(s) for s in MatchStatus])


def _order_lines(lines: pd.DataFrame) -> np.ndarray:
    """Return when each line is rounded: by edition and unit; a later edition regroups the first.

    The levels of a unit are rounded with it: so there are multiples that add up, whatever stands above.
    """
    place = {str(unit): n for n, unit in enumerate(ORDER)}
    place[str(CountedUnit.UNPLACED)] = place[str(CountedUnit.HAMLET)]
    unit = lines["unit"].map(place).mask(_is_outcome(lines), place[str(CountedUnit.DISTRICT)])
    edition = lines["edition"].rank(method="dense").astype(int) - 1
    unit = unit.mask(edition > 0, 0)
    order: np.ndarray = (edition * len(ORDER) + unit.astype(int)).to_numpy()
    return order


def _add_rests(table: CountTable) -> CountTable:
    """Return the table with the rest of each sum that is not made up of published parts as one more part."""
    number = int(table.sums["sum"].max()) + 1 if len(table.sums) else 0
    total = np.zeros(number, dtype=np.int64)
    total[table.sums["sum"]] = table.sums["total"]
    rest = table.value[total].copy()
    np.subtract.at(rest, table.sums["sum"].to_numpy(), table.value[table.sums["part"]])
    if (rest < 0).any():
        raise ValueError("parts of a sum count more pupils than their total")
    open_sums = np.flatnonzero(rest.any(axis=1))
    step = table.step[total].copy()
    np.maximum.at(step, table.sums["sum"].to_numpy(), table.step[table.sums["part"]])
    lines = len(table.value) + np.arange(len(open_sums))
    more = pd.DataFrame({"sum": open_sums, "part": lines, "total": total[open_sums]})
    return CountTable(
        value=np.vstack([table.value, rest[open_sums]]),
        row=table.row,
        first=table.first,
        step=np.concatenate([table.step, step[open_sums]]),
        sums=pd.concat([table.sums, more], ignore_index=True),
    )


def list_links(
    counts: pd.DataFrame, hamlets: pd.DataFrame, register: Register | None = None
) -> pd.DataFrame:
    """Return which row is part of which: kind of sum, part and total, by row number.

    Parameters
    ----------
    counts, hamlets, register : as `tie_counts` takes them.
    """
    held = register or read_register()
    rows = counts[KEY].assign(row=np.arange(len(counts)))
    parts = [_link_levels(rows), *_link_editions(rows, held)]
    for edition, group in rows.groupby("edition"):
        parts += _link_places(group, str(edition), hamlets, held)
    return pd.concat(parts, ignore_index=True)


def _link_levels(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each level as a part of `all`."""
    part = rows[rows["level"] != ALL_LEVELS].assign(parent=lambda r: r["unit_code"])
    return _join(part, rows[rows["level"] == ALL_LEVELS], "level", on=["unit", "edition"])


def _link_places(
    rows: pd.DataFrame, edition: str, hamlets: pd.DataFrame, register: Register
) -> list[pd.DataFrame]:
    """Return, in one edition, hamlets as parts of communes, and so on up to the province."""
    of = {str(unit): rows[rows["unit"] == unit] for unit in CountedUnit}
    commune_of = pd.Series(
        convert_safely(hamlets, edition=edition, register=register).to_numpy(),
        index=hamlets["hamlet_id"],
    )
    district_of = register.units(edition).set_index("code")["district_code"]
    province = of[CountedUnit.PROVINCE]
    communes, districts = of[CountedUnit.COMMUNE], of[CountedUnit.DISTRICT]
    unplaced = of[CountedUnit.UNPLACED]
    outcome = _is_outcome(unplaced)
    nowhere, somewhere = unplaced[outcome], unplaced[~outcome]
    hamlet = of[CountedUnit.HAMLET]
    code = str(province["unit_code"].iloc[0]) if len(province) else ""
    top = [
        pd.concat([communes, nowhere]),
        pd.concat([districts, nowhere]) if len(districts) else districts,
        of[CountedUnit.SCHOOL],
    ]
    inside = pd.concat(
        [
            hamlet.assign(parent=hamlet["unit_code"].map(commune_of)),
            somewhere.assign(parent=somewhere["unit_code"]),
        ]
    )
    lying = communes.assign(parent=communes["unit_code"].map(district_of))
    whole = [_join(p.assign(parent=code), province, f"top{n}{edition}") for n, p in enumerate(top)]
    return [*whole, _join(inside, communes, "commune"), _join(lying, districts, "district")]


def _link_editions(rows: pd.DataFrame, register: Register) -> list[pd.DataFrame]:
    """Return communes, and what is unplaced in them, as parts of those of the next edition told."""
    editions = sorted(rows["edition"].unique())
    links = []
    for unit in (CountedUnit.COMMUNE, CountedUnit.UNPLACED):
        published = rows[rows["unit"] == unit]
        for old, new in zip(editions, editions[1:], strict=False):
            before = published[published["edition"] == old]
            parent = convert_safely(
                before.rename(columns={"unit_code": "commune_code"}),
                edition=str(new),
                register=register,
            )
            after = published[published["edition"] == new]
            links.append(_join(before.assign(parent=parent), after, f"{unit}{new}"))
    return links


def _join(
    part: pd.DataFrame, total: pd.DataFrame, kind: str, *, on: list[str] | None = None
) -> pd.DataFrame:
    """Return part and total by row number, where `parent` of the part is the code of the total."""
    names = on or ["level"]
    joined = part[[*names, "parent", "row"]].merge(
        total[[*names, "unit_code", "row"]].rename(columns={"unit_code": "parent"}),
        on=[*names, "parent"],
        suffixes=("_part", "_total"),
    )
    return pd.DataFrame({"kind": kind, "part": joined["row_part"], "total": joined["row_total"]})
