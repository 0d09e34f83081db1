"""The sums by which published counts of pupils hang together, as one sparse matrix."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from phusong.gaps.pupils.counts import convert_safely
from phusong.gaps.pupils.measures import MEASURES
from phusong.places.editions import list_units
from phusong.vocabulary.pupils import CountedUnit, MatchStatus
from phusong.vocabulary.tables.pupils import ALL_LEVELS

#: A count and the counts that are parts of it; where True, the parts make up the whole.
FAMILIES = (
    ("eligible", tuple(m for m in MEASURES if m.startswith("tier_")), True),
    ("without_device", tuple(m for m in MEASURES if m.startswith("without_device_")), False),
)

#: Units that hold others, by how much they hold; headlines are the last to be hidden.
RANKS = {str(CountedUnit.COMMUNE): 1, str(CountedUnit.DISTRICT): 2, str(CountedUnit.PROVINCE): 3}
#: Units that are the same group of pupils in every edition.
LASTING = [str(u) for u in (CountedUnit.PROVINCE, CountedUnit.HAMLET, CountedUnit.SCHOOL)]


@dataclass(frozen=True)
class Cells:
    """Hold every count once, and the sums that tie the counts.

    Parameters
    ----------
    value : the counts; cell r·M + m is measure m of the r-th different row.
    row : for each row of the table, which of the different rows it is.
    rank : how large the unit of each count is; what is small is hidden before what is large.
    sums : one row a sum: +1 at its parts, −1 at its total.
    slack : for each sum, whether a part of it is not published.
    """

    value: np.ndarray
    row: np.ndarray
    rank: np.ndarray
    sums: sparse.csr_array
    slack: np.ndarray

    @cached_property
    def parts(self) -> sparse.csr_array:
        """Return 1 where a count is a part of a sum."""
        return (self.sums > 0).astype(np.int64)

    @cached_property
    def totals(self) -> sparse.csr_array:
        """Return 1 where a count is the total of a sum."""
        return (self.sums < 0).astype(np.int64)


def tie_cells(counts: pd.DataFrame, hamlets: pd.DataFrame) -> Cells:
    """Return the counts with their sums.

    Parameters
    ----------
    counts : rows of `pupil_counts`, index 0…n−1.
    hamlets : result table, which says what commune a hamlet belongs to.
    """
    row, first = find_twins(counts)
    value = counts.loc[first, list(MEASURES)].to_numpy(dtype=np.int64)
    links = list_links(counts, hamlets)
    links = pd.DataFrame(
        {"kind": links["kind"], "part": row[links["part"]], "total": row[links["total"]]}
    ).drop_duplicates()
    sums = sparse.vstack([_spread_rows(links, len(value)), _tie_families(len(value))], format="csr")
    rest = -(sums @ value.ravel())
    loose = np.zeros(sums.shape[0], dtype=bool)
    loose[-len(value) :] = True
    rank = np.repeat(counts.loc[first, "unit"].map(RANKS).fillna(0).to_numpy(), len(MEASURES))
    slack = loose | (rest != 0)
    return Cells(value=value.ravel(), row=row, rank=rank, sums=sums, slack=slack)


def find_twins(counts: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return which different row each row is, and where each different row stands first.

    Hamlets, schools, the province and unplaced outcomes are the same pupils in every edition.
    """
    outcomes = [str(s) for s in MatchStatus]
    lasting = counts["unit"].isin(LASTING) | counts["unit_code"].isin(outcomes)
    edition = counts["edition"].mask(lasting, "")
    marks = [counts["unit"], counts["unit_code"], counts["level"], edition]
    keys = pd.concat([*marks, counts[list(MEASURES)]], axis=1)
    row = keys.groupby(list(keys.columns), sort=False).ngroup().to_numpy()
    return row, np.unique(row, return_index=True)[1]


def list_links(counts: pd.DataFrame, hamlets: pd.DataFrame) -> pd.DataFrame:
    """Return which row is part of which: kind of sum, part and total, by row number.

    Parameters
    ----------
    counts, hamlets : as `tie_cells` takes them.
    """
    rows = counts[["unit", "unit_code", "edition", "level"]].assign(row=np.arange(len(counts)))
    parts = [_link_levels(rows), *_link_editions(rows)]
    for edition, group in rows.groupby("edition"):
        parts += _link_places(group, str(edition), hamlets)
    return pd.concat(parts, ignore_index=True)


def _link_levels(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each level as a part of `all`."""
    part = rows[rows["level"] != ALL_LEVELS].assign(parent=lambda r: r["unit_code"])
    return _join(part, rows[rows["level"] == ALL_LEVELS], "level", on=["unit", "edition"])


def _link_places(rows: pd.DataFrame, edition: str, hamlets: pd.DataFrame) -> list[pd.DataFrame]:
    """Return, in one edition, hamlets as parts of communes, and so on up to the province."""
    of = {str(unit): rows[rows["unit"] == unit] for unit in CountedUnit}
    commune_of = pd.Series(
        convert_safely(hamlets, edition=edition).to_numpy(), index=hamlets["hamlet_id"]
    )
    district_of = list_units(edition).set_index("code")["district_code"]
    province = of[CountedUnit.PROVINCE]
    communes, districts = of[CountedUnit.COMMUNE], of[CountedUnit.DISTRICT]
    unplaced = of[CountedUnit.UNPLACED]
    outcome = unplaced["unit_code"].isin([str(s) for s in MatchStatus])
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


def _link_editions(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Return communes, and what is unplaced in them, as parts of those of the next edition told."""
    editions = sorted(rows["edition"].unique())
    links = []
    for unit in (CountedUnit.COMMUNE, CountedUnit.UNPLACED):
        told = rows[rows["unit"] == unit]
        for old, new in zip(editions, editions[1:], strict=False):
            before = told[told["edition"] == old]
            parent = convert_safely(
                before.rename(columns={"unit_code": "commune_code"}), edition=str(new)
            )
            after = told[told["edition"] == new]
            links.append(_join(before.assign(parent=parent), after, f"{unit}{new}"))
    return links


def _join(
    part: pd.DataFrame, total: pd.DataFrame, kind: str, *, on: list[str] | None = None
) -> pd.DataFrame:
    """Return part and total by row number, where `parent` of the part is the code of the total."""
    names = on or ["level"]
    told = part[[*names, "parent", "row"]].merge(
        total[[*names, "unit_code", "row"]].rename(columns={"unit_code": "parent"}),
        on=[*names, "parent"],
        suffixes=("_part", "_total"),
    )
    return pd.DataFrame({"kind": kind, "part": told["row_part"], "total": told["row_total"]})


def _spread_rows(links: pd.DataFrame, rows: int) -> sparse.csr_array:
    """Return the sums of rows as sums of cells, one for each measure."""
    keys, first = np.unique(links.groupby(["kind", "total"]).ngroup().to_numpy(), return_index=True)
    number = links.groupby(["kind", "total"]).ngroup().to_numpy()
    totals = links["total"].to_numpy()[first]
    height = len(keys)
    entries = [np.ones(len(links)), -np.ones(height)]
    lines = [number, np.arange(height)]
    columns = [links["part"].to_numpy(), totals]
    by_row = sparse.csr_array(
        (np.concatenate(entries), (np.concatenate(lines), np.concatenate(columns))),
        shape=(height, rows),
    )
    return sparse.kron(by_row, sparse.eye_array(len(MEASURES)), format="csr").astype(np.int64)


def _tie_families(rows: int) -> sparse.csr_array:
    """Return the sums within each row; those that have a part of no name come last."""
    place = {name: n for n, name in enumerate(MEASURES)}
    blocks = []
    for total, parts, _ in FAMILIES:
        line = np.zeros((1, len(MEASURES)), dtype=np.int64)
        line[0, [place[p] for p in parts]] = 1
        line[0, place[total]] = -1
        blocks.append(sparse.kron(sparse.eye_array(rows), sparse.csr_array(line)))
    return sparse.vstack(blocks, format="csr").astype(np.int64)
