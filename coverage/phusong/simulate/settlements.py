"""Hamlets: where people live, how many, and what their place is called."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy import ndimage

from phusong.reach.terrain import Terrain
from phusong.simulate.recipe import SettlementRecipe
from phusong.simulate.relief import steepness
from phusong.simulate.sharing import share_persons
from phusong.simulate.words import name_hamlets
from phusong.vocabulary.metres import WGS84, transform_xy
from phusong.vocabulary.terms import HamletKind, UnitKind

TOWN_KINDS = (str(UnitKind.WARD), str(UnitKind.TOWN))


@dataclass(frozen=True, eq=False)
class Lie:
    """Hold how the land lies, on the grid of a terrain: how steep, how far above the valley."""

    terrain: Terrain
    slope: np.ndarray
    above_valley_m: np.ndarray

    def at(self, values: np.ndarray, xy: np.ndarray) -> np.ndarray:
        """Return values of the grid at the cells in which points lie [n]."""
        ground = self.terrain
        row = ((ground.north_m - xy[:, 1]) / ground.cell_m).astype(int)
        column = ((xy[:, 0] - ground.west_m) / ground.cell_m).astype(int)
        return values[np.clip(row, 0, values.shape[0] - 1), np.clip(column, 0, values.shape[1] - 1)]


def read_lie(terrain: Terrain, *, valley_m: float) -> Lie:
    """Return how the land lies.

    Parameters
    ----------
    terrain : ground without unknown cells.
    valley_m : width over which a valley is felt [m].
    """
    heights = terrain.elevation.astype(float)
    lowest = ndimage.minimum_filter(heights, size=max(int(valley_m / terrain.cell_m), 1))
    floor = ndimage.uniform_filter(lowest, size=max(int(valley_m / terrain.cell_m), 1))
    return Lie(terrain, steepness(heights, cell_m=terrain.cell_m), heights - floor)


def settle_hamlets(
    communes: gpd.GeoDataFrame, lie: Lie, *, recipe: SettlementRecipe, rng: np.random.Generator
) -> gpd.GeoDataFrame:
    """Return the hamlets of every commune, their centres as geometry.

    Parameters
    ----------
    communes : code, name, kind, district, population, geometry [m].
    lie : how the land lies.
    recipe : where and how people live.
    rng : stream of random numbers.

    Returns
    -------
    hamlets : hamlet_id, commune_code, commune, commune_kind, district, kind, name, households,
        population, special_difficulty, grid_power, former_names, upland, x_m, y_m, lon, lat, geometry.
    """
    counts = share_hamlets(communes["population"].to_numpy(float), recipe)
    parts = [
        _settle_commune(communes.iloc[i], int(counts[i]), lie, recipe, rng)
        for i in range(len(communes))
    ]
    hamlets = pd.concat(parts, ignore_index=True)
    hamlets["grid_power"] = _power(hamlets, lie, recipe)
    lon, lat = transform_xy(
        hamlets["x_m"], hamlets["y_m"], source=communes.crs.to_epsg(), target=WGS84
    )
    points = gpd.points_from_xy(hamlets["x_m"], hamlets["y_m"])
    return gpd.GeoDataFrame(hamlets.assign(lon=lon, lat=lat), geometry=points, crs=communes.crs)


def share_hamlets(population: np.ndarray, recipe: SettlementRecipe) -> np.ndarray:
    """Return how many hamlets each commune has, in proportion to its people, by largest remainder."""
    floor = np.full(len(population), recipe.fewest)
    rest = max(recipe.hamlets - int(floor.sum()), 0)
    exact = np.maximum(recipe.hamlets * population / population.sum() - floor, 0)
    exact *= rest / max(exact.sum(), 1e-9)
    counts = floor + exact.astype(int)
    missing = int(floor.sum()) + rest - int(counts.sum())
    counts[np.argsort(exact.astype(int) - exact, kind="stable")[:missing]] += 1
    return counts


def _settle_commune(
    commune: pd.Series, count: int, lie: Lie, recipe: SettlementRecipe, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the hamlets of one commune."""
    xy, heights = choose_places(commune["geometry"], count, lie, recipe, rng)
    upland = bool(np.ptp(heights) > recipe.hill_relief_m)
    persons = share_persons(commune["population"], rng.lognormal(0.0, recipe.size_spread, count))
    kinds, names = _name_commune(commune["kind"], count, upland, recipe, rng)
    frame = pd.DataFrame(
        {
            "hamlet_id": [f"T{commune['code']}-{i + 1:02d}" for i in range(count)],
            "commune_code": commune["code"],
            "commune": commune["name"],
            "commune_kind": commune["kind"],
            "district": commune["district"],
            "kind": kinds,
            "name": names,
            "households": np.maximum(
                np.rint(persons / (recipe.household_persons * rng.uniform(0.93, 1.07, count))), 1
            ).astype(int),
            "population": persons,
            "upland": upland,
            "x_m": xy[:, 0],
            "y_m": xy[:, 1],
        }
    )
    frame["special_difficulty"] = upland & (rng.random(count) < recipe.special_share)
    frame["former_names"] = _former_names(frame["name"], recipe, rng)
    return frame


def choose_places(
    outline: shapely.Geometry,
    count: int,
    lie: Lie,
    recipe: SettlementRecipe,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Return places on gentle low ground that keep apart, and the heights of all ground looked at.

    Parameters
    ----------
    outline : polygon [m].
    count : how many places.
    lie : how the land lies.
    recipe : where people live.
    rng : stream of random numbers.
    """
    pool = scatter_points(outline, 60 * count, rng)
    comfort = -((lie.at(lie.slope, pool) / recipe.steep_slope) ** 2)
    comfort -= np.maximum(lie.at(lie.above_valley_m, pool), 0) / recipe.high_ground_m
    luck = comfort - np.log(-np.log(rng.uniform(1e-12, 1.0, len(pool))))
    order = pool[np.argsort(-luck, kind="stable")]
    apart = recipe.apart_share * np.sqrt(outline.area / count)
    chosen = _keep_apart(order, count, apart)
    return chosen, lie.at(lie.terrain.elevation, pool)


def scatter_points(outline: shapely.Geometry, count: int, rng: np.random.Generator) -> np.ndarray:
    """Return points spread evenly at random over a polygon, a little off its border [count, 2]."""
    inner = shapely.buffer(outline, -0.03 * np.sqrt(outline.area))
    shapely.prepare(inner)
    west, south, east, north = inner.bounds
    found = np.empty((0, 2))
    while len(found) < count:
        draw = rng.uniform((west, south), (east, north), (2 * count, 2))
        found = np.vstack([found, draw[shapely.contains_xy(inner, draw)]])
    return found[:count]


def _keep_apart(order: np.ndarray, count: int, apart_m: float) -> np.ndarray:
    """Return the first points that keep apart; nearer ones where there are too few."""
    while True:
        chosen = np.empty((0, 2))
        for point in order:
            if not len(chosen) or np.hypot(*(chosen - point).T).min() >= apart_m:
                chosen = np.vstack([chosen, point])
                if len(chosen) == count:
                    return chosen
        apart_m *= 0.8


def _name_commune(
    kind: str, count: int, upland: bool, recipe: SettlementRecipe, rng: np.random.Generator
) -> tuple[list[str], list[str]]:
    """Return kinds and names of a commune's hamlets: every commune has its own custom."""
    town = kind in TOWN_KINDS
    names_of, shares = zip(*(recipe.town_kinds if town else recipe.village_kinds), strict=True)
    custom = str(rng.choice(names_of, p=shares))
    numbered = bool(rng.random() < (0.5 if town else recipe.numbered_share))
    names = name_hamlets(count, upland=upland, numbered=numbered, taken=set(), rng=rng)
    if numbered and custom == str(HamletKind.TO_DAN_PHO):
        names = [f"Số {name}" for name in names]
    kinds = [custom] * count
    if upland and not town:
        kinds = [recipe.upland_kind if rng.random() < 0.25 else custom for _ in kinds]
    return kinds, names


def _former_names(
    names: pd.Series, recipe: SettlementRecipe, rng: np.random.Generator
) -> list[str | None]:
    """Return the two old names of the hamlets that were merged, separated by |."""
    merged = rng.random(len(names)) < recipe.renamed_share
    old = name_hamlets(2 * len(names), upland=False, numbered=False, taken=set(names), rng=rng)
    pairs = zip(old[::2], old[1::2], strict=True)
    return [f"{a}|{b}" if m else None for m, (a, b) in zip(merged, pairs, strict=True)]


def _power(hamlets: pd.DataFrame, lie: Lie, recipe: SettlementRecipe) -> np.ndarray:
    """Return whether the grid is there; not in the highest few hamlets of the hills."""
    high = np.where(
        hamlets["upland"], lie.at(lie.terrain.elevation, hamlets[["x_m", "y_m"]].to_numpy()), -1.0
    )
    without = np.argsort(-high, kind="stable")[: recipe.without_power]
    power = np.ones(len(hamlets), dtype=bool)
    power[without[high[without] > 0]] = False
    return power
