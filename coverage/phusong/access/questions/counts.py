"""How many pupils: exact for those whose pupils they are, rounded for others."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.permissions import Extent, find_extent
from phusong.access.principals import Principal
from phusong.pipeline.publication import keep_published
from phusong.store import read_table
from phusong.vocabulary.book import Role
from phusong.vocabulary.pupils import CountedUnit

_WIDE = [str(u) for u in (CountedUnit.PROVINCE, CountedUnit.DISTRICT)]


@authorise
def ask_counts(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return counts of pupils in the columns of table `pupil_counts_public`; a hidden one is empty.

    Offices: everything, under the k of offices. Operators: communes and up, under the public's k. Education
    officials and schools: exact counts of their own communes or schools, beside the public ones of
    district and province.

    Raises
    ------
    NotAllowed
        If the role sees no counts.
    """
    extent = find_extent(principal.role, "ask_counts")
    public = _read(desk.folder, desk.stamp, "pupil_counts_public")
    if extent == Extent.INSIDE:
        return _read(desk.folder, desk.stamp, "pupil_counts_offices").copy()
    if extent == Extent.OUTSIDE:
        return keep_published(public)
    own = _find_own(principal, desk)
    wide = public[public["unit"].isin(_WIDE)]
    return pd.concat([wide, own.assign(hidden="")[public.columns]], ignore_index=True)


def _find_own(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the exact counts of somebody's own communes or schools."""
    counts = _read(desk.folder, desk.stamp, "pupil_counts")
    narrow = counts[~counts["unit"].isin(_WIDE)]
    if principal.role == Role.SCHOOL:
        of_school = narrow["unit"] == CountedUnit.SCHOOL
        return narrow[of_school & narrow["unit_code"].isin(principal.schools)]
    if not principal.communes:
        return narrow
    own = narrow["unit_code"].isin(_own_units(desk, principal.communes))
    return narrow[own & (narrow["edition"] == _read_edition(desk))]


def _own_units(desk: Desk, communes: frozenset[str]) -> set[str]:
    """Return the codes of communes, with their hamlets and schools."""
    hamlets = _read(desk.folder, desk.stamp, "hamlets")
    schools = _read(desk.folder, desk.stamp, "accepted_schools")
    inside = hamlets.loc[hamlets["commune_code"].isin(communes), "hamlet_id"]
    taught = schools.loc[schools["commune_code"].isin(communes), "school_id"]
    return {*communes, *inside, *taught}


def _read_edition(desk: Desk) -> str:
    """Return the edition of the administrative map that communes of accounts are named in."""
    return str(_read(desk.folder, desk.stamp, "hamlets")["edition"].iloc[0])


@lru_cache(maxsize=8)
def _read(folder: Path, stamp: str, table: str) -> pd.DataFrame:
    """Return a table; `stamp` makes the cache forget when the results change."""
    return read_table(folder, table)
