"""Say which commune a code or name may mean that an edition does not know, and which edition a file means."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from phusong.places.editions import list_editions, list_units
from phusong.vietnamese.keys import base_key, search_key

#: How many communes are suggested, and how alike their names must be (share of letters in common, 0..1).
SUGGESTED, ALIKE = 3, 0.7
CODE_DIGITS = 5
NO_HINT = {"hint_vi": "", "hint_en": ""}
Stated = tuple[str, str]


@cache
def suggest_communes(
    code: str, name: str, *, edition: str, province: str | None = None
) -> dict[str, str]:
    """Return what may be meant, as the end of a sentence in Vietnamese and in English.

    Parameters
    ----------
    code, name : as the row has them; either may be empty.
    edition : the edition that does not know them.
    province : whose register is asked; None: the default one.

    Returns
    -------
    hint_vi, hint_en : empty where nothing comes near.
    """
    padded = code.zfill(CODE_DIGITS)
    others = list_editions(province) if code else []
    elsewhere = [str(e) for e in others if padded in known_codes(str(e), province)]
    near = _near_names(name, edition, province) if name else []
    vi = [f"mã này có trong danh mục {e}" for e in elsewhere[:1]]
    en = [f"this code is in the list of {e}" for e in elsewhere[:1]]
    if near:
        vi.append(f"gần giống: {', '.join(near)}")
        en.append(f"close to: {', '.join(near)}")
    return {"hint_vi": "".join(f"; {t}" for t in vi), "hint_en": "".join(f"; {t}" for t in en)}


@cache
def known_codes(edition: str, province: str | None = None) -> frozenset[str]:
    """Return every commune code of a province in an edition; None: the default one's."""
    return frozenset(list_units(edition, whole_province=True, province=province)["code"])


def _near_names(name: str, edition: str, province: str | None) -> list[str]:
    """Return the communes whose names come near, each with its code."""
    units = list_units(edition, whole_province=True, province=province)
    keys = units["name"].map(base_key)
    close = get_close_matches(base_key(name), keys.unique().tolist(), n=SUGGESTED, cutoff=ALIKE)
    near = [unit for key in close for unit in units[keys == key].itertuples(index=False)]
    return [f"{unit.code} {unit.kind} {unit.name}" for unit in near[:SUGGESTED]]


def weigh_editions(rows: Iterable[Stated], province: str | None = None) -> dict[str, float]:
    """Return by edition the share of rows whose code bears their name in it, 0..1.

    Parameters
    ----------
    rows : code and name of each row that states both.
    province : whose editions are weighed; None: the default one's.
    """
    stated = [(code, search_key(name)) for code, name in rows]
    if not stated:
        return {}
    names = {str(e): _keyed_names(str(e), province) for e in list_editions(province)}
    return {
        e: sum(key.endswith(known.get(code, "?")) for code, key in stated) / len(stated)
        for e, known in names.items()
    }


@cache
def _keyed_names(edition: str, province: str | None) -> dict[str, str]:
    """Return code → name as a key, without kind."""
    units = list_units(edition, whole_province=True, province=province)
    return dict(zip(units["code"], units["name"].map(search_key), strict=True))
