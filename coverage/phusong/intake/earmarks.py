"""For whom a lot is alone: the donor's wish and columns of conditions, as codes and levels."""

from __future__ import annotations

import re
from functools import partial

import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.values import read_texts
from phusong.intake.veiling import SEPARATOR
from phusong.intake.wishes import UnitList, Wish, parse_wish
from phusong.vietnamese.keys import base_key
from phusong.vocabulary.terms import Severity

WARNING = Severity.WARNING
#: Columns of conditions and what each names in a wish.
ONLY = {
    "only_district": "districts",
    "only_communes": "communes",
    "only_schools": "schools",
    "only_levels": "levels",
}
_CODE = re.compile(r"\d{5}")


def read_earmarks(table: MatchedTable, findings: Findings, units: UnitList) -> dict[str, pd.Series]:
    """Return for whom each lot is alone, and the wish as it is written.

    Parameters
    ----------
    table : the raw table, matched.
    findings : notebook of this reading; what no condition came out of is warned of.
    units : in which names are looked up.

    Returns
    -------
    only_district, only_communes, only_schools, only_levels (by |) and wish, on the index of the rows.
    """
    texts = read_texts(table, "wish", findings)
    wishes = {t: parse_wish(t, units) for t in texts.dropna().unique()}
    told = texts.map(wishes, na_action="ignore")
    for rest in sorted({w.rest for w in wishes.values() if w.rest}):
        mine = told.map(partial(_has_rest, rest=rest)).astype(bool)
        table.fault(findings, "wish_unread", "wish", mine, severity=WARNING, rest=rest)
    read: dict[str, pd.Series] = {}
    for name, what in ONLY.items():
        own = _read_only(table, name, what, units, findings)
        by_wish = told.map(partial(_join, what=what), na_action="ignore")
        read[name] = own.where(own.notna(), by_wish).astype("object")
    named = read["only_schools"].fillna("").str.contains(r"[^\W\d_]+ [^\W\d_]+", regex=True)
    by = "only_schools" if table.has("only_schools") else "wish"
    table.fault(findings, "school_named", by, named.astype(bool), severity=WARNING)
    return {**read, "wish": texts}


def _has_rest(wish: object, *, rest: str) -> bool:
    return isinstance(wish, Wish) and wish.rest == rest


def _join(wish: Wish, *, what: str) -> str | None:
    """Return one kind of condition by |; None where the wish has none."""
    return SEPARATOR.join(getattr(wish, what)) or None


def _read_only(
    table: MatchedTable,
    name: str,
    what: str,
    units: UnitList,
    findings: Findings,
) -> pd.Series:
    """Return a column of conditions as codes by |; a name that is not known turns the row away."""
    texts = read_texts(table, name, findings)
    parsed = {t: parse_codes(t, units, what=what) for t in texts.dropna().unique()}
    unknown = texts.map(lambda t: bool(parsed[t][1]), na_action="ignore").eq(other=True)
    choices = {"levels": "TH, THCS, THPT", "schools": ""}.get(what, units.edition)
    table.fault(findings, "unknown_term", name, unknown, choices=choices)
    return texts.map(lambda t: SEPARATOR.join(parsed[t][0]) or None, na_action="ignore").astype(
        "object"
    )


def parse_codes(text: str, units: UnitList, *, what: str) -> tuple[list[str], list[str]]:
    """Return what a column of conditions names, and what of it is not known.

    Parameters
    ----------
    text : codes or names by | or comma.
    units : in which names are looked up.
    what : ``communes``, ``districts``, ``schools`` or ``levels``.
    """
    found, unknown = [], []
    for part in filter(None, (p.strip() for p in re.split(r"[|,;\n]+", text))):
        codes = _codes_of(part, units, what)
        (found.extend(codes) if codes else unknown.append(part))
    return sorted(dict.fromkeys(found)), unknown


def _codes_of(part: str, units: UnitList, what: str) -> list[str]:
    """Return the codes that one word of a column of conditions means."""
    if what == "schools" or (what == "communes" and _CODE.fullmatch(part)):
        return [part]
    if what == "districts" and part.isdigit():
        return [part.zfill(3)]
    if what == "levels":
        return list(parse_wish(part, units).levels)
    head = {"communes": "xã", "districts": "huyện"}[what]
    wish = parse_wish(part, units)
    wish = wish if not wish.is_empty else parse_wish(f"{head} {part}", units)
    return list(wish.communes if what == "communes" else wish.districts)


def name_schools(lots: pd.DataFrame, schools: pd.DataFrame) -> pd.DataFrame:
    """Return lots with the schools of their conditions as ids, where one school has that name.

    A name that no school or several have stays as it is: the lot is for nobody until somebody says whom.

    Parameters
    ----------
    lots : the table `accepted_lots`.
    schools : the table `accepted_schools`.
    """
    known = set(schools["school_id"])
    keys = schools["name"].map(school_key)
    single = ~keys.duplicated(keep=False)
    ids = dict(zip(keys[single], schools.loc[single, "school_id"], strict=True))

    def _name(told: str) -> str:
        parts = [p if p in known else ids.get(school_key(p), p) for p in told.split("|")]
        return "|".join(dict.fromkeys(parts))

    return lots.assign(
        only_schools=lots["only_schools"].map(_name, na_action="ignore").astype("str")
    )


def school_key(name: str) -> str:
    """Return a school's name as a key: without the word school, its level as an abbreviation."""
    plain = f" {base_key(name)} ".replace(" truong ", " ")
    for long, short in (
        ("trung hoc co so", "thcs"), ("trung hoc pho thong", "thpt"), ("tieu hoc", "th"),
    ):  # fmt: skip
        plain = plain.replace(f" {long} ", f" {short} ")
    return " ".join(plain.split())
