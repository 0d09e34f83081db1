"""A made-up nation, only as far as tables go: hamlets and cells on a grid of square provinces."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from phusong.simulate.demonstration import open_demonstration
from phusong.simulate.masts import ON_AIR_FIRST, ON_AIR_LAST
from phusong.simulate.recipe import NationRecipe
from phusong.simulate.seeds import seed_part
from phusong.simulate.words import FIRST, SECOND
from phusong.vocabulary.metres import WGS84, transform_xy
from phusong.vocabulary.terms import (
    HamletKind,
    LocationQuality,
    NetworkStatus,
    Operator,
    Technology,
)

#: VN-2000 / UTM 48N, the system of small-scale national maps, and where the grid of provinces starts [m].
CRS = 3405
ORIGIN = (300_000.0, 1_800_000.0)

OPERATORS = (Operator.VIETTEL, Operator.VNPT, Operator.MOBIFONE, Operator.VIETNAMOBILE)
BANDS = {Technology.G2: 900.0, Technology.G3: 2100.0, Technology.G4: 1800.0}


@dataclass(frozen=True, eq=False)
class Nation:
    """Hold the tables of a made-up nation.

    Parameters
    ----------
    seed : by which seed.
    hamlets : columns of accepted_hamlets, then province_code; centres as points, in EPSG:4326.
    cells : columns of accepted_cells, then province_code.
    """

    seed: int
    hamlets: gpd.GeoDataFrame
    cells: pd.DataFrame


def make_nation(seed: int, recipe: NationRecipe) -> Nation:
    """Return the tables of a made-up nation.

    Parameters
    ----------
    seed : another seed makes another nation.
    recipe : how large it is.
    """
    hamlets = _settle_nation(recipe, seed_part(seed, "national hamlets"))
    return Nation(seed, hamlets, _build_nation(hamlets, recipe, seed_part(seed, "national cells")))


def _settle_nation(recipe: NationRecipe, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Return hamlets, crowded around the middle of their province."""
    count, across = recipe.hamlets, int(np.ceil(np.sqrt(recipe.provinces)))
    province = np.sort(rng.integers(0, recipe.provinces, count))
    within = rng.beta(1.4, 1.4, (count, 2))
    corner = np.column_stack([province % across, province // across])
    x, y = (np.array(ORIGIN) + (corner + within) * recipe.province_side_m).T
    lon, lat = transform_xy(x, y, source=CRS, target=WGS84)
    people = np.rint(recipe.persons * rng.lognormal(0.0, 0.45, count)).astype(int)
    first, second = rng.choice(FIRST, count), rng.choice(SECOND, count)
    commune = (
        province * 1000 + (within[:, 0] * 14).astype(int) * 14 + (within[:, 1] * 14).astype(int)
    )
    frame = pd.DataFrame(
        {
            "hamlet_id": [f"MP{i + 1:06d}" for i in range(count)],
            "kind": str(HamletKind.THON),
            "name": [f"{a} {b}" for a, b in zip(first, second, strict=True)],
            "commune_code": [f"MP{c:05d}" for c in commune],
            "edition": open_demonstration().edition,
            "households": np.maximum(np.rint(people / 3.7), 1).astype(int),
            "population": people,
            "lon": np.round(lon, 6),
            "lat": np.round(lat, 6),
            "location_quality": str(LocationQuality.SURVEYED_POINT),
            "province_code": [f"MP{p + 1:02d}" for p in province],
        }
    )
    points = gpd.points_from_xy(frame["lon"], frame["lat"])
    return gpd.GeoDataFrame(frame, geometry=points, crs=WGS84)


def _build_nation(
    hamlets: gpd.GeoDataFrame, recipe: NationRecipe, rng: np.random.Generator
) -> pd.DataFrame:
    """Return cells, three to a site, sites where people are."""
    technologies = list(BANDS)
    sites = -(-recipe.cells // len(technologies))
    weight = hamlets["population"].to_numpy(float)
    home = np.sort(rng.choice(len(hamlets), sites, p=weight / weight.sum()))
    offset = rng.normal(0, 0.004, (sites, 2))
    operator = rng.choice([str(o) for o in OPERATORS], sites, p=(0.36, 0.31, 0.25, 0.08))
    model = open_demonstration()
    first, last = (model.stamp(*day) for day in (ON_AIR_FIRST, ON_AIR_LAST))
    days = rng.integers(0, (last - first).days, sites)
    frame = pd.DataFrame(
        {
            "site_code": [f"MP{i + 1:06d}" for i in range(sites)],
            "operator": operator,
            "lon": np.round(hamlets["lon"].to_numpy()[home] + offset[:, 0], 6),
            "lat": np.round(hamlets["lat"].to_numpy()[home] + offset[:, 1], 6),
            "height_m": np.rint(rng.uniform(24, 46, sites)),
            "status": str(NetworkStatus.LIVE),
            "on_air": first + pd.to_timedelta(days, unit="D"),
            "complete": True,
            "province_code": hamlets["province_code"].to_numpy()[home],
        }
    )
    cells = frame.loc[frame.index.repeat(len(technologies))].reset_index(drop=True)
    cells["technology"] = np.tile([str(t) for t in technologies], sites)
    cells["band_mhz"] = cells["technology"].map({str(t): b for t, b in BANDS.items()})
    cells["cell_id"] = cells["site_code"] + "-" + cells["technology"]
    return cells.iloc[: recipe.cells]
