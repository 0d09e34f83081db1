"""Bring commune codes told in another edition into the province's: a bare code is no place.

Between two editions a commune may have several counterparts. Which one a row means is told by the hamlet that
it names, or by the point that it gives; where neither tells, the code is left empty, never guessed.
"""

from __future__ import annotations

from typing import Final

import geopandas as gpd
import pandas as pd

from phusong.places.registers import Register
from phusong.vietnamese.keys import base_key

_WGS84: Final = 4326


def list_counterparts(rows: pd.DataFrame, *, edition: str, register: Register) -> pd.Series:
    """Return every commune of an edition in which the commune of each row lies, wholly or in part.

    Parameters
    ----------
    rows : with commune_code and edition; where no edition is stated, the code is of the asked one.
    edition : of the codes returned.
    register : of the editions.

    Returns
    -------
    commune codes; the label of a row repeats for each counterpart, and is absent where there is none.
    """
    stated = rows["edition"].fillna(edition)
    parts = []
    for source, codes in rows["commune_code"].dropna().groupby(stated):
        if str(source) == edition:
            parts.append(codes)
            continue
        trace = register.lineage(str(source), edition)
        moves = trace.groupby("from_code")["to_code"].agg(list)
        parts.append(codes.map(moves).dropna().explode())
    return pd.concat(parts).astype("str") if parts else pd.Series(dtype="str")


def convert_by_hamlets(
    rows: pd.DataFrame, hamlets: pd.DataFrame, *, name: str, register: Register
) -> pd.DataFrame:
    """Return rows with commune codes of the hamlets' edition; of several the one with a hamlet of the name.

    Parameters
    ----------
    rows : with commune_code, edition and the hamlet's name.
    hamlets : table `hamlets`, of one edition.
    name : column of `rows` with the hamlet's name.
    register : of the editions.
    """
    if rows.empty or hamlets.empty:
        return rows
    edition = str(hamlets["edition"].iloc[0])
    found = list_counterparts(rows, edition=edition, register=register)
    several = found[found.index.duplicated(keep=False)]
    called = pd.concat([hamlets["name"], hamlets["kind"] + " " + hamlets["name"]])
    known = set(hamlets["commune_code"].loc[called.index] + "/" + called.map(base_key))
    names = rows[name].fillna("").map(base_key).reindex(several.index)
    return _assign_codes(rows, found, several[(several + "/" + names).isin(known)], edition)


def convert_by_points(
    rows: pd.DataFrame, communes: gpd.GeoDataFrame, *, edition: str, register: Register
) -> pd.DataFrame:
    """Return rows with commune codes of an edition; of several the one in which the row's point lies.

    Parameters
    ----------
    rows : with commune_code, edition, lon and lat [°].
    communes : outlines of the edition: commune_code, geometry.
    edition : of the codes returned.
    register : of the editions.
    """
    found = list_counterparts(rows, edition=edition, register=register)
    several = found[found.index.duplicated(keep=False)]
    there = rows.loc[several.index.unique(), ["lon", "lat"]].dropna()
    points = gpd.GeoDataFrame(
        index=there.index, geometry=gpd.points_from_xy(there["lon"], there["lat"]), crs=_WGS84
    )
    outlines = communes.loc[communes["edition"] == edition, ["commune_code", "geometry"]]
    inside = points.sjoin(outlines, predicate="within")["commune_code"]
    pairs = pd.MultiIndex.from_arrays([several.index, several])
    indicated = several[pairs.isin(pd.MultiIndex.from_arrays([inside.index, inside]))]
    return _assign_codes(rows, found, indicated, edition)


def convert_changes(
    changes: pd.DataFrame, hamlets: pd.DataFrame, *, register: Register
) -> tuple[pd.DataFrame, pd.Series]:
    """Return changes of hamlets with commune codes of the hamlets' edition, and which lost one.

    Of several communes it is that of the hamlet named; a new hamlet that no list has yet is where the former
    one is, if that is among them.

    Parameters
    ----------
    changes : accepted_hamlet_lineage.
    hamlets : accepted_hamlets of every list, of one edition.
    register : of the editions.

    Returns
    -------
    changes, and for each whether a code was stated that nothing tells to be one commune.
    """
    if changes.empty or hamlets.empty:
        return changes, pd.Series(data=False, index=changes.index)
    listed = pd.DataFrame(hamlets.drop(columns="geometry", errors="ignore")).reset_index(drop=True)
    edition, converted = str(listed["edition"].iloc[0]), changes.reset_index(drop=True)
    lost = pd.Series(data=False, index=converted.index)
    before: pd.Series | None = None
    for end in ("from", "to"):
        names = {f"{end}_{n}": n for n in ("commune_code", "edition", "hamlet")}
        rows = converted[list(names)].rename(columns=names)
        own = convert_by_hamlets(rows, listed, name="hamlet", register=register)["commune_code"]
        if before is not None:
            own = own.fillna(_choose_same(rows, before, edition=edition, register=register))
        lost |= rows["commune_code"].notna() & own.isna()
        before = own
        columns = {f"{end}_commune_code": own, f"{end}_edition": own.notna().map({True: edition})}
        converted = converted.assign(
            **{name: values.astype("str") for name, values in columns.items()}
        )
    return converted, lost


def _choose_same(
    rows: pd.DataFrame, other: pd.Series, *, edition: str, register: Register
) -> pd.Series:
    """Return the commune of another column where it is one of those in which a row's commune lies."""
    found = list_counterparts(rows, edition=edition, register=register)
    same = found[found == other.reindex(found.index)]
    return same[~same.index.duplicated()].reindex(rows.index)


def _assign_codes(
    rows: pd.DataFrame, found: pd.Series, indicated: pd.Series, edition: str
) -> pd.DataFrame:
    """Return rows with the only counterpart of each, else the only one that something else tells."""
    single = found[~found.index.duplicated(keep=False)]
    assigned = pd.concat([single, indicated[~indicated.index.duplicated(keep=False)]])
    codes = assigned.reindex(rows.index).astype("str")
    return rows.assign(commune_code=codes, edition=edition)
