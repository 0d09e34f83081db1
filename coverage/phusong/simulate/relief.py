"""The made-up land: a delta, hills at its side, a ridge at its far end with valleys behind it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy import ndimage

from phusong.reach.terrain import Terrain
from phusong.simulate.noise import fractal_surface, rise_between, wander
from phusong.simulate.recipe import Point, ReliefRecipe
from phusong.vocabulary.metres import WGS84, transform_xy

#: Spacing of the tile: three arc seconds, as the radar tiles of the world have it.
STEP_DEG = 3.0 / 3600.0


def find_directions(recipe: ReliefRecipe) -> tuple[np.ndarray, np.ndarray]:
    """Return the directions across the ridge and along it."""
    east, north = recipe.towards
    return np.array([east, north]), np.array([-north, east])


@dataclass(frozen=True, eq=False)
class Relief:
    """Hold a tile of heights, as it will be delivered.

    Parameters
    ----------
    elevation : metres above sea level [rows, columns], whole numbers, north up.
    void : where the tile will be delivered empty [rows, columns].
    west_deg, north_deg : outer corner of the north-western cell [°].
    """

    elevation: np.ndarray
    void: np.ndarray
    west_deg: float
    north_deg: float


@dataclass(frozen=True, eq=False)
class Sheet:
    """Hold where the cells of a tile lie.

    Parameters
    ----------
    x_m, y_m : centres [rows, columns] [m].
    box : west, south, east, north of the province [m].
    """

    x_m: np.ndarray
    y_m: np.ndarray
    box: tuple[float, float, float, float]

    def project(self, direction: np.ndarray) -> np.ndarray:
        """Return the distance of each cell along a direction [rows, columns] [m]."""
        return self.x_m * direction[0] + self.y_m * direction[1]

    def point(self, share: Point) -> np.ndarray:
        """Return the point at shares of the province's box [m]."""
        west, south, east, north = self.box
        return np.array([west + share[0] * (east - west), south + share[1] * (north - south)])


def raise_relief(
    province: shapely.Geometry, *, crs: int, recipe: ReliefRecipe, rng: np.random.Generator
) -> Relief:
    """Return the made-up land under a province.

    Parameters
    ----------
    province : outline of the province [m].
    crs : its metric system.
    recipe : what the land looks like.
    rng : stream of random numbers.
    """
    west, north, lon, lat = _grid(province, crs, recipe.margin_m)
    x, y = transform_xy(lon.ravel(), lat.ravel(), source=WGS84, target=crs)
    sheet = Sheet(x.reshape(lon.shape), y.reshape(lon.shape), shapely.bounds(province).tolist())
    land = _delta(sheet, recipe, rng) + _hills(sheet, recipe, rng)
    land = _ridge(land, sheet, province, recipe, rng)
    for start, end in recipe.rivers:
        land = _carve(land, sheet, sheet.point(start), sheet.point(end), recipe, rng)
    elevation = np.rint(land).astype(np.int16)
    return Relief(elevation, _voids(elevation, recipe, rng), west, north)


def _grid(
    province: shapely.Geometry, crs: int, margin_m: float
) -> tuple[float, float, np.ndarray, np.ndarray]:
    """Return the corner of the tile, on whole steps, and the centres of its cells [°]."""
    box = shapely.bounds(shapely.buffer(shapely.box(*shapely.bounds(province)), margin_m))
    lon, lat = transform_xy(box[[0, 0, 2, 2]], box[[1, 3, 1, 3]], source=crs, target=WGS84)
    left, top = np.floor(lon.min() / STEP_DEG), np.ceil(lat.max() / STEP_DEG)
    columns = int(np.ceil(lon.max() / STEP_DEG) - left)
    rows = int(top - np.floor(lat.min() / STEP_DEG))
    across = (left + np.arange(columns) + 0.5) * STEP_DEG
    down = (top - np.arange(rows) - 0.5) * STEP_DEG
    lon, lat = np.meshgrid(across, down)
    return left * STEP_DEG, top * STEP_DEG, lon, lat


def _spacing_m(sheet: Sheet) -> float:
    """Return the usual side of a cell [m]."""
    return float(np.abs(np.diff(sheet.y_m[:, 0])).mean())


def _delta(sheet: Sheet, recipe: ReliefRecipe, rng: np.random.Generator) -> np.ndarray:
    """Return the flat land, rising gently towards the mountains."""
    inland = sheet.project(find_directions(recipe)[0])
    share = (inland - inland.min()) / np.ptp(inland)
    ripple = fractal_surface(
        inland.shape, cell_m=_spacing_m(sheet), length_m=1500.0, steepness=1.5, rng=rng
    )
    return recipe.delta_low_m + recipe.delta_rise_m * share + ripple


def _hills(sheet: Sheet, recipe: ReliefRecipe, rng: np.random.Generator) -> np.ndarray:
    """Return the rolling hills at one side, above the flat land."""
    inland = sheet.project(find_directions(recipe)[1])
    low, high = np.quantile(inland, [recipe.hills_from, recipe.hills_to])
    bumps = fractal_surface(
        inland.shape,
        cell_m=_spacing_m(sheet),
        length_m=recipe.hills_length_m,
        steepness=2.0,
        rng=rng,
    )
    return rise_between(inland, low, high) * recipe.hills_m * np.clip(0.35 + 0.32 * bumps, 0.0, 1.1)


def _ridge(
    land: np.ndarray,
    sheet: Sheet,
    province: shapely.Geometry,
    recipe: ReliefRecipe,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return the land with the ridge on it: crest, spurs, the valley behind and the hills beyond.

    The height falls as exp(−|d|/w) with the distance d from the crest; w swings along it, and so makes
    spurs and ravines. Behind, hills divide the long valley into pockets.
    """
    across, aside = find_directions(recipe)
    inland, along = sheet.project(across), sheet.project(aside)
    corners = shapely.get_coordinates(province)
    crest = (corners @ across).max() - recipe.ridge_inset_m
    length = recipe.spur_length_m
    beyond = (
        inland - crest + 0.35 * recipe.ridge_width_m * wander(along, length_m=2.5 * length, rng=rng)
    )
    width = recipe.ridge_width_m * (0.8 + 0.35 * wander(along, length_m=length, rng=rng))
    rough = fractal_surface(
        land.shape, cell_m=_spacing_m(sheet), length_m=length, steepness=1.9, rng=rng
    )
    crest_m = recipe.ridge_height_m * (0.82 + 0.12 * wander(along, length_m=3 * length, rng=rng))
    ridge = crest_m * np.exp(-np.abs(beyond) / width) * np.clip(1.0 + 0.16 * rough, 0.5, 1.5)
    hidden = rise_between(beyond, 0.3 * recipe.back_valley_m, recipe.back_valley_m)
    far = rise_between(beyond, 1.1 * recipe.back_valley_m, 2.4 * recipe.back_valley_m)
    dividers = np.clip(np.abs(wander(along, length_m=2.2 * length, rng=rng)) - 0.25, 0.0, 1.0)
    back = recipe.back_floor_m + recipe.back_relief_m * np.clip(
        0.9 * dividers + 1.1 * far + 0.14 * rough, 0.0, None
    )
    return np.maximum(land, 0.0) + ridge + hidden * back


def _carve(
    land: np.ndarray,
    sheet: Sheet,
    start: np.ndarray,
    end: np.ndarray,
    recipe: ReliefRecipe,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return the land with a river from one point to another, in wide bends, where it is low enough."""
    course = (end - start) / np.linalg.norm(end - start)
    along = (sheet.x_m - start[0]) * course[0] + (sheet.y_m - start[1]) * course[1]
    aside = (sheet.y_m - start[1]) * course[0] - (sheet.x_m - start[0]) * course[1]
    bends = recipe.meander_m * wander(along, length_m=recipe.meander_length_m, rng=rng)
    off = np.abs(aside - bends)
    bank = rise_between(off, recipe.river_width_m / 2, recipe.river_bank_m)
    length = np.linalg.norm(end - start)
    flows = (along > 0) & (along < length)
    bed = recipe.delta_low_m - 3.0 + 6.0 * (1.0 - along / length)
    return np.where(flows, np.minimum(land, bed + (land - bed) * bank), land)


def _voids(elevation: np.ndarray, recipe: ReliefRecipe, rng: np.random.Generator) -> np.ndarray:
    """Return a few unknown cells, in small clumps on the steepest ground."""
    steep = steepness(elevation.astype(float), cell_m=1.0)
    worst = np.flatnonzero(steep >= np.quantile(steep, 1.0 - recipe.void_steepness))
    void = np.zeros(elevation.shape, dtype=bool)
    heart = rng.choice(worst, size=max(recipe.voids // 3, 1), replace=False)
    void.ravel()[heart] = True
    around = np.flatnonzero(ndimage.binary_dilation(void) & ~void)
    more = max(recipe.voids - len(heart), 0)
    void.ravel()[rng.choice(around, size=min(more, len(around)), replace=False)] = True
    return void


def steepness(elevation: np.ndarray, *, cell_m: float) -> np.ndarray:
    """Return the slope of the ground, rise over run [rows, columns]."""
    down, across = np.gradient(elevation, cell_m)
    return np.hypot(down, across)


def level_terrain(relief: Relief, *, crs: int, cell_m: float) -> Terrain:
    """Return the land on a grid of metres, bilinear between the cells of the tile, without voids.

    Parameters
    ----------
    relief : the tile.
    crs : metric system.
    cell_m : side of a cell wanted [m].
    """
    rows, columns = relief.elevation.shape
    south, east = relief.north_deg - rows * STEP_DEG, relief.west_deg + columns * STEP_DEG
    x, y = transform_xy(
        [relief.west_deg, relief.west_deg, east, east],
        [south, relief.north_deg, south, relief.north_deg],
        source=WGS84,
        target=crs,
    )
    west, north = np.floor(x.min()), np.ceil(y.max())
    size = (int((north - y.min()) / cell_m) + 1, int((x.max() - west) / cell_m) + 1)
    across, down = np.meshgrid(
        west + (np.arange(size[1]) + 0.5) * cell_m, north - (np.arange(size[0]) + 0.5) * cell_m
    )
    lon, lat = transform_xy(across.ravel(), down.ravel(), source=crs, target=WGS84)
    at = [(relief.north_deg - lat) / STEP_DEG - 0.5, (lon - relief.west_deg) / STEP_DEG - 0.5]
    heights = ndimage.map_coordinates(
        relief.elevation.astype(np.float32), at, order=1, mode="nearest"
    )
    return Terrain(heights.reshape(size).astype(np.float32), float(west), float(north), cell_m)
