"""Count the schools where they stand, and those without Internet."""

from __future__ import annotations

import pandas as pd

from phusong.vocabulary.pupils import CountedUnit, Level
from phusong.vocabulary.tables.pupils import ALL_LEVELS

SCHOOL_COUNTS = ("schools", "schools_without_internet", "schools_internet_unknown")


def count_schools(
    schools: pd.DataFrame,
    by_school: pd.DataFrame,
    district_of: pd.Series,
    *,
    levels: list[str],
    province: str,
) -> pd.DataFrame:
    """Return the schools of every unit by level; one that teaches two levels counts in both, once in `all`.

    A school teaches a level if its own list says so (`THCS`, `TH và THCS`) or if pupils of the level are
    counted there; one that says nothing and has no pupils counts in `all` alone.

    Parameters
    ----------
    schools : accepted schools with `commune`, the code in the edition reported.
    by_school : counts with unit_code (the school) and level.
    district_of : district of each commune; empty where the edition has none.
    levels : levels counted.
    province : its code.

    Returns
    -------
    schools, schools_without_internet, schools_internet_unknown by unit, unit_code and level.
    """
    there = pd.DataFrame(
        {
            "schools": 1,
            "schools_without_internet": (schools["has_internet"] == False).fillna(value=False),  # noqa: E712
            "schools_internet_unknown": schools["has_internet"].isna(),
        }
    ).astype("int64")
    units = {
        CountedUnit.PROVINCE: pd.Series(province, index=schools.index),
        CountedUnit.DISTRICT: schools["commune"].map(district_of),
        CountedUnit.COMMUNE: schools["commune"].where(schools["commune"] != ""),
        CountedUnit.SCHOOL: schools["school_id"],
    }
    teaches = find_teaching(schools, by_school, levels=levels)
    parts = [
        there[teaches[level] & code.notna()].assign(unit=str(unit), unit_code=code, level=level)
        for unit, code in units.items()
        for level in teaches
    ]
    lines = pd.concat(parts, ignore_index=True)
    return lines.groupby(["unit", "unit_code", "level"])[list(SCHOOL_COUNTS)].sum()


def find_teaching(
    schools: pd.DataFrame, by_school: pd.DataFrame, *, levels: list[str]
) -> dict[str, pd.Series]:
    """Return which schools teach each level, and which count at all.

    Parameters
    ----------
    schools, by_school, levels : as `count_schools` takes them.
    """
    said = schools["level"].fillna("").astype("str")
    busy = by_school[by_school["pupils"] > 0]
    teaches = {}
    for level in levels:
        pupils = set(busy.loc[busy["level"] == level, "unit_code"])
        word = said.str.contains(rf"\b{level}\b", regex=True)
        teaches[level] = (word | schools["school_id"].isin(pupils)).astype(bool)
    others = "|".join(str(n) for n in Level if str(n) not in levels)
    elsewhere = said.str.contains(rf"\b(?:{others})\b", regex=True) if others else said == "?"
    some = pd.concat(teaches, axis=1).any(axis=1) if teaches else said == "?"
    return teaches | {ALL_LEVELS: some | ~elsewhere}
