"""Addresses that cannot be searched: a place counts where its code or name is written as it is listed."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from phusong.places.addresses import Gazetteer, make_gazetteer, match_addresses
from phusong.places.registers import UNASSIGNED, Register, name_fully
from phusong.vietnamese.keys import search_key
from phusong.vocabulary.editions import NO_PROVINCE
from phusong.vocabulary.pupils import MatchStatus

COLUMNS = ("status", "hamlet_id", "commune_code", "edition", "level", "flags", "candidates")
#: Says of an outcome that nothing was searched.
GIVEN = "given"


def can_search(province: str | None) -> bool:
    """Return whether addresses can be searched: ground without a register has no names to search among.

    Parameters
    ----------
    province : code; None: whichever holds the hamlets.
    """
    return province != NO_PROVINCE


def open_gazetteer(
    hamlets: pd.DataFrame, register: Register, province: str | None = None
) -> Gazetteer | None:
    """Return the dictionaries that addresses are matched against; None where they are not searched.

    Parameters
    ----------
    hamlets : see `make_gazetteer`.
    register : of the run.
    province : code; None: whichever holds the hamlets.
    """
    if not can_search(province):
        return None
    return make_gazetteer(hamlets, province=province, register=register)


def place_addresses(
    addresses: pd.DataFrame, gazetteer: Gazetteer | None, hamlets: pd.DataFrame, register: Register
) -> pd.DataFrame:
    """Return the hamlet of each address, or why there is none; by given codes and names without gazetteer.

    Parameters
    ----------
    addresses, gazetteer : see `match_addresses`.
    hamlets : the rows that the gazetteer was, or would have been, made of.
    register : of the run.
    """
    if gazetteer is not None:
        return match_addresses(addresses, gazetteer)
    return match_given(addresses, hamlets, register)


def match_given(addresses: pd.DataFrame, hamlets: pd.DataFrame, register: Register) -> pd.DataFrame:
    """Return the hamlet of each address whose columns name commune and hamlet exactly; a line is not read.

    Parameters
    ----------
    addresses : row_id; hamlet and commune, by code or name.
    hamlets : hamlet_id, kind, name, commune_code, edition.
    register : of the run.

    Returns
    -------
    the columns of `match_addresses`.
    """
    edition = str(hamlets["edition"].iloc[0]) if len(hamlets) else register.days[-1]
    units = register.units(edition).set_index("code")
    communes = _list_keys(units.index, [units["name"], name_fully(units)])
    communes |= {code: {code} for code in hamlets["commune_code"]}
    inside = {
        str(code): _list_keys(rows["hamlet_id"], [rows["name"], rows["kind"] + " " + rows["name"]])
        for code, rows in hamlets.groupby("commune_code")
    }
    answers = [
        _answer(str(commune).strip(), str(hamlet).strip(), communes, inside, edition)
        for commune, hamlet in zip(addresses["commune"], addresses["hamlet"], strict=True)
    ]
    result = pd.DataFrame(answers, columns=list(COLUMNS), index=addresses.index, dtype="str")
    result.insert(0, "row_id", addresses["row_id"])
    return result


def _list_keys(codes: Iterable[str], names: list[pd.Series]) -> dict[str, set[str]]:
    """Return the codes that a code or a name, as a key, may mean."""
    listed = [str(code) for code in codes]
    known: dict[str, set[str]] = {code: {code} for code in listed}
    for texts in names:
        for code, text in zip(listed, texts, strict=True):
            known.setdefault(search_key(str(text)), set()).add(code)
    return known


def _answer(
    commune: str,
    hamlet: str,
    communes: dict[str, set[str]],
    inside: dict[str, dict[str, set[str]]],
    edition: str,
) -> tuple[str, ...]:
    """Return what became of one commune and hamlet as written."""
    codes = communes.get(commune) or communes.get(search_key(commune), set()) if commune else set()
    if not commune and len(inside) == 1:
        codes = set(inside)  # ground of one unit, which nobody writes
    if len(codes) != 1:
        return (str(MatchStatus.EMPTY), "", "", "", "", GIVEN, "")
    code = next(iter(codes))
    known = inside.get(code, {})
    found = known.get(hamlet) or known.get(search_key(hamlet), set()) if hamlet else set()
    if len(found) == 1:
        return (str(MatchStatus.MATCHED), next(iter(found)), code, edition, "exact", GIVEN, "")
    status = MatchStatus.AMBIGUOUS if found else MatchStatus.COMMUNE_ONLY
    shown = "" if code == UNASSIGNED and not found else code
    if not shown:
        return (str(MatchStatus.EMPTY), "", "", "", "", GIVEN, "")
    return (str(status), "", shown, edition, "commune", GIVEN, "|".join(sorted(found)))
