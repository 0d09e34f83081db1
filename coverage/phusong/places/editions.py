"""The editions of the administrative map: what a code meant, when, and what became of it.

All 36 codes of July 2025 reuse older codes, so the identity of a place is (code, edition). The register
holds Vĩnh Phúc from 2021 on and, from July 2025, the whole of the new Phú Thọ.
"""

from __future__ import annotations

import io
from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from phusong.vietnamese.keys import base_key, search_key, tone_key
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.packaged import read_packaged_text
from phusong.vocabulary.terms import Edition

#: The province's code and name, as the statistics office had them until June 2025.
PROVINCE_CODE, PROVINCE_NAME = "26", "Vĩnh Phúc"


@cache
def _register(name: str) -> pd.DataFrame:
    """Return one file of the register, codes as text."""
    text = read_packaged_text("places", "register", f"{name}.csv")
    numbers = {"area_km2": float, "lon": float, "lat": float, "vinh_phuc": "Int64"}
    counts = {"population": "Int64", "population_year": "Int64"}
    columns = pd.read_csv(io.StringIO(text), nrows=0).columns
    types = {c: (numbers | counts).get(c, "str") for c in columns}
    return pd.read_csv(
        io.StringIO(text), dtype=types, keep_default_na=False, na_values={c: [""] for c in types}
    )


def check_edition(edition: str) -> str:
    """Return the edition's id.

    Raises
    ------
    ParameterFault
        If the register holds no such edition.
    """
    if edition not in [str(e) for e in Edition]:
        raise ParameterFault(f"no edition “{edition}”; there are: {', '.join(Edition)}")
    return str(edition)


def edition_on(day: date) -> Edition:
    """Return the edition in force on a day; the first one for any day before it."""
    begun = [e for e in Edition if date.fromisoformat(e) <= day]
    return begun[-1] if begun else next(iter(Edition))


def _in_force(table: pd.DataFrame, edition: str) -> pd.DataFrame:
    """Return the rows that hold in an edition; dates are ISO, so they compare as text."""
    ended = table["valid_to"].fillna("9999") <= edition
    return table[(table["valid_from"] <= edition) & ~ended]


def list_units(edition: str, *, whole_province: bool = False) -> pd.DataFrame:
    """Return the communes, wards and townships of an edition, sorted by code.

    Parameters
    ----------
    edition : one of `Edition`.
    whole_province : from July 2025, also the 112 units of Phú Thọ outside former Vĩnh Phúc.

    Returns
    -------
    code, name (without kind), kind, parent_code, district_code, district, province_code, valid_from,
    valid_to, legal_basis, area_km2 [km²], area_source, population [persons], population_year, lon, lat
    (rough, to 0.01°).
    """
    return _list_units(check_edition(edition), whole_province).copy(deep=False)


@cache
def _list_units(edition: str, whole_province: bool) -> pd.DataFrame:
    """Return the units of an edition, worked out once; whoever hands them out hands out a copy."""
    units = _in_force(_register("units"), edition)
    if not whole_province:
        units = units[units["vinh_phuc"] == 1]
    districts = list_districts(edition).set_index("code")
    inside = units["parent_code"].isin(districts.index)
    full = (districts["kind"] + " " + districts["name"]).reindex(units["parent_code"]).to_numpy()
    result = units.assign(
        district_code=units["parent_code"].where(inside),
        district=pd.Series(full, index=units.index).where(inside),
        province_code=units["parent_code"].where(~inside, PROVINCE_CODE),
    )
    return result.drop(columns="vinh_phuc").sort_values("code").reset_index(drop=True)


def list_districts(edition: str) -> pd.DataFrame:
    """Return the districts of an edition: nine until June 2025, none after."""
    return _in_force(_register("districts"), check_edition(edition)).reset_index(drop=True)


def trace_lineage(source: str, target: str) -> pd.DataFrame:
    """Return what became of every unit between two editions.

    Parameters
    ----------
    source, target : editions, in either order.

    Returns
    -------
    from_code, to_code, share (of the older unit's ground that lies in the newer one; 1 throughout, since
    no commune of the province was split), basis.
    """
    order = [str(e) for e in Edition]
    first, last = order.index(check_edition(source)), order.index(check_edition(target))
    if first > last:
        back = trace_lineage(target, source)
        return back.rename(columns={"from_code": "to_code", "to_code": "from_code"})[
            list(back.columns)
        ]
    return _trace_forward(str(source), str(target)).copy(deep=False)


@cache
def _trace_forward(source: str, target: str) -> pd.DataFrame:
    """Return what became of every unit in a later edition, worked out once."""
    order = [str(e) for e in Edition]
    first, last = order.index(source), order.index(target)
    codes = list_units(source)["code"]
    trace = pd.DataFrame({"from_code": codes, "to_code": codes, "share": 1.0, "basis": "không đổi"})
    for begin in order[first:last]:
        step = _register("lineage")
        step = step[step["from_edition"] == begin].set_index("from_code")
        basis = step["basis"].reindex(trace["to_code"]).to_numpy()
        moved = step["to_code"].reindex(trace["to_code"]).to_numpy()
        trace = trace.assign(
            to_code=moved, basis=np.where(basis == "không đổi", trace["basis"], basis)
        )
    return trace


def convert_codes(codes: pd.Series, *, source: str, target: str) -> pd.Series:
    """Return commune codes of one edition as codes of another, on the same index.

    Towards a later edition every unit has exactly one successor. Towards an earlier one a merged unit has
    several predecessors, and only the hamlet knows which.

    Raises
    ------
    ParameterFault
        If a code is not in the source edition, or has several predecessors.
    """
    trace = trace_lineage(source, target)
    unknown = sorted(set(codes.dropna()) - set(trace["from_code"]))
    if unknown:
        raise ParameterFault(f"not in the list of {source}: commune codes {', '.join(unknown[:5])}")
    doubtful = trace.loc[trace["from_code"].duplicated(keep=False), "from_code"]
    split = sorted(set(codes.dropna()) & set(doubtful))
    if split:
        raise ParameterFault(
            f"{split[0]} of {source} was made of several communes of {target}: convert hamlet by hamlet"
        )
    return codes.map(trace.drop_duplicates("from_code").set_index("from_code")["to_code"])


def report_edition(table: pd.DataFrame, *, edition: str) -> pd.DataFrame:
    """Return a table whose `commune_code` and `edition` are those of another edition.

    Parameters
    ----------
    table : any frame with `commune_code` and `edition`; rows may be of several editions.
    edition : the edition to report in.

    Raises
    ------
    ParameterFault
        If a row has no edition, or its code cannot be converted.
    """
    codes = table["commune_code"].to_numpy(dtype=object, copy=True)
    editions = table["edition"].to_numpy(dtype=object)
    if pd.isna(editions).any():
        raise ParameterFault("a row without an edition cannot be reported: a bare code is no place")
    for source in sorted(set(editions) - {edition}):
        rows = editions == source
        codes[rows] = convert_codes(pd.Series(codes[rows]), source=str(source), target=edition)
    told = pd.Series(codes, index=table.index, dtype="str")
    return table.assign(commune_code=told, edition=check_edition(edition))


def find_commune(
    name: str, *, edition: str, kind: str | None = None, district: str | None = None
) -> list[str]:
    """Return the codes of the communes that a name may mean, exact spelling before accent-free.

    Parameters
    ----------
    name : with or without its kind, with or without diacritics.
    edition : one of `Edition`.
    kind : xã, phường or thị trấn, where the text says so; it chooses between homonyms and overrules no name,
        since kinds change (three communes became wards and townships in 2023).
    district : name or code of the district, where the text says so.
    """
    units = list_units(edition, whole_province=True)
    if district:
        wanted = search_key(_split_kind(district)[0])
        names = units["district"].fillna("").map(lambda d: search_key(_split_kind(d)[0]))
        units = units[(units["district_code"] == district.strip()) | (names == wanted)]
    bare, stated = _split_kind(name)
    for text, wanted_kind in ((bare, kind or stated), (name.strip(), kind)):
        for key in (tone_key, search_key):
            same = units[units["name"].map(key) == key(text)]
            if len(same):
                typed = same[same["kind"] == wanted_kind] if wanted_kind else same
                return sorted((typed if len(typed) else same)["code"])
    return []


_KINDS = {
    "xa": "xã",
    "x": "xã",
    "phuong": "phường",
    "p": "phường",
    "thi tran": "thị trấn",
    "tt": "thị trấn",
}
_ABOVE = ("thanh pho", "tp", "huyen", "h", "thi xa", "tx", "quan")


def _split_kind(name: str) -> tuple[str, str | None]:
    """Return a unit's name without its kind, and the kind if it was written.

    A first word counts as a kind where it carries the kind's own diacritics, or none:
    Phương Khoan is no ward.
    """
    words = name.replace(".", " ").split()
    for length in (2, 1):
        head = base_key(" ".join(words[:length]))
        written = " ".join(words[:length])
        kind = _KINDS.get(head)
        foreign = kind is not None and not written.isascii() and tone_key(written) != tone_key(kind)
        if len(words) > length and not foreign and (kind or head in _ABOVE):
            return " ".join(words[length:]), kind
    return " ".join(words), None


def province_box(province_code: str = PROVINCE_CODE) -> tuple[float, float, float, float]:
    """Return west, south, east, north of the province [°], to a hundredth of a degree outwards.

    Raises
    ------
    ParameterFault
        If the register does not hold the province.
    """
    boxes = {"26": (105.32, 21.15, 105.79, 21.58), "25": (104.81, 20.30, 105.87, 21.72)}
    if province_code not in boxes:
        raise ParameterFault(
            f"the register holds no province {province_code}; there are: {', '.join(boxes)}"
        )
    return boxes[province_code]
