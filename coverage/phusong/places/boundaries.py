"""Repair a commune layer into a clean coverage, and say what that changed."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.places.editions import report_edition
from phusong.places.registers import UNASSIGNED, Register, read_register
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.metres import to_degrees, to_metres
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables.results import COMMUNES

HECTARE_M2, KM2_M2 = 1e4, 1e6


@dataclass(frozen=True)
class Repair:
    """Say what was wrong with a layer and what mending it changed.

    Parameters
    ----------
    invalid : outlines with crossing or repeated rings.
    overlap_ha : ground that two communes claimed [ha].
    slivers, sliver_ha : gaps between neighbours before the repair, and their ground [ha].
    holes, hole_ha : gaps that stay open because they are wider than a sliver [ha].
    area_before_km2, area_after_km2 : sum over the communes [km²].
    largest_change_share : largest change of one commune's area, relative.
    """

    invalid: int
    overlap_ha: float
    slivers: int
    sliver_ha: float
    holes: int
    hole_ha: float
    area_before_km2: float
    area_after_km2: float
    largest_change_share: float


def repair_communes(
    communes: gpd.GeoDataFrame, *, sliver_width_m: float, crs: int
) -> tuple[gpd.GeoDataFrame, Repair]:
    """Return the communes as a clean coverage, and what the repair changed.

    Crossing rings are made valid by structure; ground claimed twice goes to the neighbour with the longest
    common border; gaps up to `sliver_width_m` are closed the same way (GEOS coverage cleaner). Wider gaps
    stay, since they may be another province's land.

    Parameters
    ----------
    communes : accepted_communes of one edition.
    sliver_width_m : widest gap that is closed [m].
    crs : the province's metric system.

    Returns
    -------
    table `communes`, and the report.

    Raises
    ------
    SourceFault
        If nothing is left of a commune, because another's outline covers it.
    """
    if communes.empty:  # a province with a list of units may have no outlines yet
        return empty_table(COMMUNES), _report(*[np.array([], dtype=object)] * 3)
    delivered = to_metres(communes, crs=crs).geometry.to_numpy()
    valid = shapely.make_valid(delivered, method="structure", keep_collapsed=False)
    clean = shapely.coverage_clean(valid, gap_width=sliver_width_m)
    before, after = shapely.area(valid), shapely.area(clean)
    if (after == 0).any():
        lost = ", ".join(communes["commune_code"][after == 0])
        raise SourceFault(
            f"communes {lost} lie wholly inside another commune's outline",
            cure="draw each commune once",
        )
    result = to_degrees(communes.set_geometry(gpd.GeoSeries(clean, index=communes.index, crs=crs)))
    result = result.assign(area_km2=after / KM2_M2, area_delivered_km2=before / KM2_M2)
    return conform_table(result.sort_values("commune_code"), COMMUNES), _report(
        delivered, valid, clean
    )


def _report(delivered: np.ndarray, valid: np.ndarray, clean: np.ndarray) -> Repair:
    """Return what a repair changed, from outlines in metres."""
    before, after = shapely.area(valid), shapely.area(clean)
    slivers, holes = _gaps(valid), _gaps(clean)
    return Repair(
        invalid=int((~shapely.is_valid(delivered)).sum()),
        overlap_ha=float(before.sum() - shapely.union_all(valid).area) / HECTARE_M2,
        slivers=len(slivers),
        sliver_ha=float(sum(slivers)) / HECTARE_M2,
        holes=len(holes),
        hole_ha=float(sum(holes)) / HECTARE_M2,
        area_before_km2=float(before.sum()) / KM2_M2,
        area_after_km2=float(after.sum()) / KM2_M2,
        largest_change_share=float(np.abs(after / before - 1).max()) if len(before) else 0.0,
    )


def _gaps(outlines: np.ndarray) -> list[float]:
    """Return the areas of the holes in the union of outlines [m²]."""
    union = shapely.get_parts(shapely.union_all(outlines))
    return [shapely.Polygon(ring).area for part in union for ring in part.interiors]


def dissolve_communes(
    communes: gpd.GeoDataFrame, *, edition: str, register: Register | None = None
) -> gpd.GeoDataFrame:
    """Return the communes of a later edition, made of their members' outlines.

    Names, kinds and populations are the register's; a unit of which only some members were delivered
    shows only their ground, and the ground of a commune that went to several is left out.

    Parameters
    ----------
    communes : table `communes`, a clean coverage.
    edition : a later edition.
    register : of the run; None: the packaged one.
    """
    held = register or read_register()
    plain = pd.DataFrame(communes.drop(columns="geometry"))
    described = report_edition(plain, edition=edition, register=held)
    parts = gpd.GeoDataFrame(described, geometry=communes.geometry.to_numpy(), crs=communes.crs)
    groups = parts[parts["commune_code"] != UNASSIGNED].groupby("commune_code", sort=True)
    merged = gpd.GeoSeries(
        groups["geometry"].agg(lambda g: shapely.coverage_union_all(g.to_numpy()))
    )
    units = held.units(edition).set_index("code").reindex(merged.index)
    frame = gpd.GeoDataFrame(
        units[["name", "kind", "district_code", "district", "population"]].assign(
            commune_code=merged.index,
            edition=edition,
            area_km2=groups["area_km2"].sum(),
            area_delivered_km2=groups["area_delivered_km2"].sum(),
        ),
        geometry=merged.to_numpy(),
        crs=communes.crs,
    )
    return conform_table(frame, COMMUNES)
