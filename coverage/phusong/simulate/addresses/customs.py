"""How addresses of a province are written: what the province, its districts and its neighbours are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from phusong.places.addresses.provinces import read_former
from phusong.simulate.demonstration import Demonstration

#: Provinces next to a province, and communes of each, from which pupils come as well.
NEIGHBOURS, COMMUNES_EACH = 5, 3
#: Boxes that lie no farther apart than this are neighbours' [°].
NEAR_DEG = 0.02
#: A hamlet of another province, whose number is drawn.
HAMLET_OUTSIDE = "Thôn {n}"


@dataclass(frozen=True, eq=False)
class AddressCustoms:
    """Hold how addresses of a province are written.

    Parameters
    ----------
    province, full : the province's name, and with its kind.
    written : what it is called behind everything else.
    former, later : the province before and after, with its kind; empty: there is none.
    former_share : of the addresses in one line, those that name the unit before the last merger.
    outside : hamlet, commune, district and province of places in other provinces.
    initials : of districts in short.
    far : a district that no old map ever confused with another.
    year : of the records.
    has_districts : whether the map has a level between commune and province.
    code : of the province.
    """

    province: str
    full: str
    written: tuple[str, ...]
    former: str
    later: str
    former_share: float
    outside: tuple[tuple[str, str, str, str], ...]
    initials: Mapping[str, str]
    far: Mapping[str, str]
    year: int
    has_districts: bool
    code: str


@cache
def describe_customs(demonstration: Demonstration) -> AddressCustoms:
    """Return how addresses of a demonstration's province are written: as files say, else by the register."""
    stated, name = demonstration.stated.addresses, demonstration.name
    full = f"{demonstration.kind} {name}"
    return AddressCustoms(
        province=name,
        full=full,
        written=stated.written or (full, name, name, full[:1].upper() + full[1:], ""),
        former=stated.former or _find_former(demonstration),
        later=stated.later,
        former_share=stated.former_share,
        outside=stated.outside or _list_outside(demonstration),
        initials=stated.initials,
        far=stated.far,
        year=demonstration.day.year,
        has_districts=demonstration.has_districts,
        code=demonstration.code,
    )


def _find_former(demonstration: Demonstration) -> str:
    """Return the province of which this one was a part before the first list of the register."""
    rows = read_former("former_provinces")
    held = [row["name"] for row in rows if demonstration.code in row["successors"].split("|")]
    return f"tỉnh {held[0]}" if held else ""


def _list_outside(demonstration: Demonstration) -> tuple[tuple[str, str, str, str], ...]:
    """Return communes of neighbouring provinces by the register, none named as one of the own."""
    register, edition = demonstration.register, demonstration.edition
    own = set(demonstration.list_units()["name"])
    found = []
    for neighbour in _list_neighbours(demonstration).itertuples():
        units = register.units(edition, str(neighbour.code))
        strange = units[~units["name"].isin(own)]
        chosen = strange.iloc[:: max(len(strange) // COMMUNES_EACH, 1)].head(COMMUNES_EACH)
        for unit in chosen.itertuples():
            district = unit.district if isinstance(unit.district, str) else ""
            province = f"{neighbour.kind} {neighbour.name}"
            found.append((HAMLET_OUTSIDE, f"{unit.kind} {unit.name}", district, province))
    return tuple(found)


def _list_neighbours(demonstration: Demonstration) -> pd.DataFrame:
    """Return the rows of the provinces whose boxes touch the own, or of any where none does."""
    rows = demonstration.register.provinces(demonstration.edition)
    listed = set(demonstration.register.units(demonstration.edition)["province_code"])
    own = rows[rows["code"] == demonstration.code].iloc[0]
    others = rows[(rows["code"] != demonstration.code) & rows["code"].isin(listed)]
    near = others[
        (others["west"] < own["east"] + NEAR_DEG)
        & (others["east"] > own["west"] - NEAR_DEG)
        & (others["south"] < own["north"] + NEAR_DEG)
        & (others["north"] > own["south"] - NEAR_DEG)
    ]
    return (near if len(near) else others).head(NEIGHBOURS)
