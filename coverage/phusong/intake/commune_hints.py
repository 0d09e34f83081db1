"""Say which commune a code or name may mean that an edition does not know, and which edition a file means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from typing import Any

from phusong.places.editions import find_commune, list_districts, list_editions, list_units
from phusong.places.registers import Register
from phusong.vietnamese.keys import base_key

#: How many communes are suggested, and how alike their names must be (share of letters in common, 0..1).
SUGGESTED, ALIKE = 3, 0.7
CODE_DIGITS = 5
NO_HINT = {"hint_vi": "", "hint_en": ""}
Stated = tuple[str, str]


@cache
def suggest_communes(
    code: str,
    name: str,
    *,
    edition: str,
    province: str | None = None,
    register: Register | None = None,
) -> dict[str, str]:
    """Return what may be meant, as the end of a sentence in Vietnamese and in English.

    Parameters
    ----------
    code, name : as the row has them; either may be empty.
    edition : the edition that does not know them.
    province, register : in whose list it is looked; None: the default ones.

    Returns
    -------
    hint_vi, hint_en : empty where nothing comes near.
    """
    vi, en = [], []
    other = find_edition(code, name, edition=edition, province=province, register=register)
    if other:
        what_vi, what_en = _name_stated(code, name)
        vi.append(f"{what_vi} có trong danh mục {other}, nếu đúng hãy ghi --edition {other}")
        en.append(f"{what_en} in the list of {other}: if that is meant, state --edition {other}")
    near = _near_names(name, edition, province, register) if name else []
    if near:
        vi.append(f"gần giống: {', '.join(near)}")
        en.append(f"close to: {', '.join(near)}")
    return {"hint_vi": "".join(f"; {t}" for t in vi), "hint_en": "".join(f"; {t}" for t in en)}


def _name_stated(code: str, name: str) -> tuple[str, str]:
    """Return what a row states of its commune, in Vietnamese and as the subject of an English sentence."""
    if code and name:
        return "mã và tên này", "this code and name are"
    return ("mã này", "this code is") if code else ("tên này", "this name is")


@cache
def find_edition(
    code: str,
    name: str,
    *,
    edition: str,
    province: str | None = None,
    register: Register | None = None,
) -> str | None:
    """Return the edition nearest to another one that knows a code and a name, None where no other does.

    Parameters
    ----------
    code, name : as the row has them; either may be empty. Where both stand, both must be one commune's.
    edition : the edition that does not know them.
    """
    order = sorted({edition, *map(str, list_editions(province, register))})
    own = order.index(edition)
    others = sorted((e for e in order if e != edition), key=lambda e: abs(order.index(e) - own))
    return next(
        (
            e
            for e in others
            if knows_commune(code, name, edition=e, province=province, register=register)
        ),
        None,
    )


@cache
def knows_commune(
    code: str,
    name: str,
    *,
    edition: str,
    district: str = "",
    province: str | None = None,
    register: Register | None = None,
) -> bool:
    """Return whether an edition has a commune of this code, of this name, or of both where both stand.

    Parameters
    ----------
    code, name : as the row has them; either may be empty.
    edition : of the register.
    district : as the row has it; it is followed where the name occurs in it.
    """
    padded = code.zfill(CODE_DIGITS) if code else ""
    if not name:
        return padded in known_codes(edition, province, register)
    asked: dict[str, Any] = {"edition": edition, "province": province, "register": register}
    found = find_codes((name, district), **asked) or find_codes((name, ""), **asked)
    return padded in found if code else bool(found)


@cache
def find_codes(
    place: Stated, *, edition: str, province: str | None = None, register: Register | None = None
) -> tuple[str, ...]:
    """Return the codes of the communes that a name and a district may mean.

    A district that is still written beside a commune of an edition without districts tells nothing.
    """
    name, district = place
    known = district if len(list_districts(edition, province=province, register=register)) else ""
    return tuple(
        find_commune(
            name, edition=edition, district=known or None, province=province, register=register
        )
    )


@cache
def known_codes(
    edition: str, province: str | None = None, register: Register | None = None
) -> frozenset[str]:
    """Return every commune code of a province in an edition; None: the default province's."""
    return frozenset(
        list_units(edition, whole_province=True, province=province, register=register)["code"]
    )


@cache
def name_of_code(
    code: str, *, edition: str, province: str | None = None, register: Register | None = None
) -> str:
    """Return kind and name of a commune by its code; empty where the edition does not have it."""
    units = list_units(
        edition, whole_province=True, province=province, register=register
    ).set_index("code")
    if code not in units.index:
        return ""
    return f"{units.at[code, 'kind']} {units.at[code, 'name']}"


@cache
def spells_alike(
    code: str,
    name: str,
    *,
    edition: str,
    province: str | None = None,
    register: Register | None = None,
) -> bool:
    """Return whether a name that is no commune's may be a slip for that of its code."""
    own = base_key(
        name_of_code(code, edition=edition, province=province, register=register).partition(" ")[2]
    )
    written = base_key(name)
    return own in written or SequenceMatcher(None, own, written).ratio() >= ALIKE


def _near_names(
    name: str, edition: str, province: str | None, register: Register | None
) -> list[str]:
    """Return the communes whose names come near, each with its code."""
    units = list_units(edition, whole_province=True, province=province, register=register)
    keys = units["name"].map(base_key)
    close = get_close_matches(base_key(name), keys.unique().tolist(), n=SUGGESTED, cutoff=ALIKE)
    near = [unit for key in close for unit in units[keys == key].itertuples(index=False)]
    return [f"{unit.code} {unit.kind} {unit.name}" for unit in near[:SUGGESTED]]


def weigh_editions(
    rows: Iterable[Stated], province: str | None = None, register: Register | None = None
) -> dict[str, float]:
    """Return by edition the share of rows whose commune it knows, 0..1; by code and name where both stand.

    Parameters
    ----------
    rows : code and name of each row; either may be empty, rows of neither are left out.
    province : whose editions are weighed; None: the default one's.
    """
    counts = Counter((code, name) for code, name in rows if code or name)
    total = counts.total()
    if not total:
        return {}
    return {
        e: sum(
            n
            for pair, n in counts.items()
            if knows_commune(*pair, edition=e, province=province, register=register)
        )
        / total
        for e in map(str, list_editions(province, register))
    }


def share_of_any(
    rows: Iterable[Stated], province: str | None = None, register: Register | None = None
) -> float:
    """Return the share of rows whose commune any edition of a province knows, 0..1."""
    counts = Counter((code, name) for code, name in rows if code or name)
    editions = list(map(str, list_editions(province, register)))
    known = {
        pair: any(
            knows_commune(*pair, edition=e, province=province, register=register) for e in editions
        )
        for pair in counts
    }
    return sum(n for pair, n in counts.items() if known[pair]) / max(counts.total(), 1)
