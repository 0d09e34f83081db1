"""Read terrain: tiles become one grid in the province's metric system, their voids filled."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from rasterio.crs import CRS
from rasterio.features import geometry_mask
from rasterio.transform import Affine, array_bounds, from_origin
from rasterio.warp import Resampling, reproject, transform_bounds

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.judge import Judge
from phusong.intake.source_file import SourceFile
from phusong.intake.tiles import Tile, read_tile
from phusong.reach.terrain import Terrain, fill_voids
from phusong.vocabulary.metres import WGS84
from phusong.vocabulary.parameters import Intake
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.accepted import TERRAIN

Box = tuple[float, float, float, float]

#: One degree of the meridian [m], and one kilometre.
DEGREE_M, KM_M = 111_320.0, 1000.0
#: A tile that covers this much of a province's box, which is drawn to a hundredth of a degree, covers it.
WHOLE = 0.99


def read_terrain(
    paths: Sequence[Path],
    *,
    crs: int,
    bounds: Box | None = None,
    stated_crs: Sequence[int | None] | None = None,
    findings: Findings | None = None,
    intake: Intake | None = None,
) -> tuple[Terrain, pd.DataFrame]:
    """Return the terrain of several tiles as one grid in metres, voids filled, and a row a tile.

    Each tile's voids are filled from their rim before it is moved; where tiles overlap, the first stands;
    what no tile covers stays unknown. Cells keep the size of the finest tile.

    Parameters
    ----------
    paths : tiles.
    crs : the province's metric system.
    bounds : west, south, east, north of what is wanted [m]; everything where None.
    stated_crs : by tile, the EPSG code that the user states where the file does not, or None.
    findings : notebook in which repairs are listed, or None.
    intake : caps on what a packed tile may hold; None where none is packed.

    Returns
    -------
    terrain, and table accepted_terrain.

    Raises
    ------
    SourceFault, NeedsAnswer
        As for `read_tile`.
    """
    stated = stated_crs if stated_crs is not None else [None] * len(paths)
    tiles = [_unpack_tile(p, c, intake) for p, c in zip(paths, stated, strict=True)]
    for tile in tiles if findings is not None else []:
        _list_repairs(tile, findings or Findings())
    target = CRS.from_epsg(crs)
    cell = min(_cell_m(t) for t in tiles)
    box = _snap(bounds or _union_bounds(tiles, target), cell)
    grid = np.full(
        (round((box[3] - box[1]) / cell), round((box[2] - box[0]) / cell)), np.nan, dtype="float32"
    )
    corner = from_origin(box[0], box[3], cell, cell)
    for tile in tiles:
        moved = _move_tile(tile, grid.shape, corner, target)
        grid = np.where(np.isnan(grid), moved, grid)
    table = conform_table(
        pd.DataFrame([_describe(t) for t in tiles]).drop_duplicates("tile"), TERRAIN
    )
    return Terrain(grid, west_m=box[0], north_m=box[3], cell_m=cell), table


def _unpack_tile(path: Path, crs: int | None, intake: Intake | None) -> Tile:
    """Return one tile, out of its archive where it is packed."""
    if intake is None:
        return read_tile(path, crs=crs)
    with closing(SourceFile("terrain", path, intake)) as source:
        return read_tile(source.content, crs=crs, alone=source.content == path)


def _move_tile(tile: Tile, shape: tuple[int, int], corner: Affine, target: CRS) -> np.ndarray:
    """Return a tile's heights on the common grid [m], bilinear; NaN outside the tile."""
    filled, _ = fill_voids(tile.heights)
    moved = np.full(shape, np.nan, dtype="float32")
    reproject(
        filled.astype("float32"),
        moved,
        src_transform=tile.corner,
        src_crs=tile.crs,
        dst_transform=corner,
        dst_crs=target,
        src_nodata=np.nan,
        dst_nodata=np.nan,
        resampling=Resampling.bilinear,
    )
    return moved


def _cell_m(tile: Tile) -> float:
    """Return the size of a tile's cells [m], to a tenth; along the meridian where they are degrees."""
    height = abs(tile.corner.e)
    return round(height * DEGREE_M if tile.crs.is_geographic else height, 1)


def _union_bounds(tiles: Sequence[Tile], target: CRS) -> Box:
    """Return the box around every tile [m]."""
    boxes = [
        transform_bounds(t.crs, target, *array_bounds(*t.heights.shape, t.corner)) for t in tiles
    ]
    west, south, east, north = np.array(boxes).T
    return float(west.min()), float(south.min()), float(east.max()), float(north.max())


def _snap(box: Box, cell: float) -> Box:
    """Return the box grown to whole cells."""
    west, south = np.floor(box[0] / cell) * cell, np.floor(box[1] / cell) * cell
    east, north = np.ceil(box[2] / cell) * cell, np.ceil(box[3] / cell) * cell
    return float(west), float(south), float(east), float(north)


def _describe(tile: Tile) -> dict[str, object]:
    """Return one tile as a row of accepted_terrain."""
    return {
        "tile": tile.name,
        "rows": tile.heights.shape[0],
        "columns": tile.heights.shape[1],
        "cell_m": _cell_m(tile),
        "voids": tile.voids,
        "lowest_m": float(np.nanmin(tile.heights)),
        "highest_m": float(np.nanmax(tile.heights)),
    }


def accept_tile(
    source: SourceFile, options: ReadOptions, findings: Findings, judge: Judge
) -> pd.DataFrame:
    """Return one tile as the one row that it is at the door, its voids listed as a repair.

    Parameters
    ----------
    source : the tile, packed or not.
    options : coordinate system, where the user states one.
    findings : notebook of this reading; a tile that misses the province is a fault of the file, unless it is
        judged together with others, and one that covers a part of it is warned of.
    judge : where the province lies.

    Raises
    ------
    SourceFault, NeedsAnswer
        As for `read_tile`.
    """
    content = source.content
    province = judge.province if judge.box else ""  # else no system of its own is on record
    tile = read_tile(content, crs=options.crs, alone=content == source.path, province=province)
    _list_repairs(tile, findings)
    if tile.overruled:
        findings.warn(
            "crs_overruled",
            "",
            [0],
            [tile.overruled],
            crs=tile.crs.to_string().removeprefix("EPSG:"),
        )
    _check_place(tile, options, findings, judge)
    return pd.DataFrame([_describe(tile)], index=pd.Index([1]))


def _check_place(tile: Tile, options: ReadOptions, findings: Findings, judge: Judge) -> None:
    """Record whether a tile lies elsewhere, misses the province, or covers only a part of it."""
    if judge.box is None:
        return
    away = _distance_m(tile, judge)
    nearest = f"{away / KM_M:.0f} km"
    if away > judge.margin_m:
        findings.fault("all_outside", "", [0], [1], province=judge.province, nearest=nearest)
    elif options.one_of_several:
        return
    elif away > 0:
        findings.fault(
            "tile_elsewhere", "", [0], [tile.name], province=judge.province, nearest=nearest
        )
    elif (share := _share_of_box(tile, judge.box)) < WHOLE:
        percent = f"{100 * share:.0f} %"
        findings.warn("tile_part", "", [0], [tile.name], province=judge.province, share=percent)


def _list_repairs(tile: Tile, findings: Findings) -> None:
    """List the voids of a tile that are filled, and warn of heights that cannot be."""
    if tile.voids:
        filled, count = fill_voids(tile.heights)
        before, after = f"{tile.voids} × void", f"{np.nanmin(filled):.0f}…{np.nanmax(filled):.0f} m"
        findings.fix_shapes("voids_filled", "elevation", int(count), before, after)
    if tile.impossible:
        findings.warn(
            "raster_heights", "elevation", [1], [str(tile.impossible)], count=tile.impossible
        )


def _distance_m(tile: Tile, judge: Judge) -> float:
    """Return how far a tile lies from the province's box [m]; 0 where they touch, or nothing is judged."""
    if judge.box is None:
        return 0.0
    west, south, east, north = _degrees(tile)
    lon = min(max(west, judge.box[0]), east)
    lat = min(max(south, judge.box[1]), north)
    return float(judge.outside_m(np.array([lon]), np.array([lat]))[0])


def _degrees(tile: Tile) -> Box:
    """Return the box around a tile [°]."""
    box = array_bounds(*tile.heights.shape, tile.corner)
    return transform_bounds(tile.crs, CRS.from_epsg(WGS84), *box)


def _share_of_box(tile: Tile, box: Box) -> float:
    """Return the share of the province's box that a tile covers, 0..1."""
    west, south, east, north = _degrees(tile)
    wide = max(min(east, box[2]) - max(west, box[0]), 0.0)
    high = max(min(north, box[3]) - max(south, box[1]), 0.0)
    return wide * high / ((box[2] - box[0]) * (box[3] - box[1]))


def count_ground(terrain: Terrain, areas: gpd.GeoSeries) -> tuple[int, int]:
    """Return how many cells of the grid lie in areas, and how many of these have no height.

    Parameters
    ----------
    terrain : the grid.
    areas : polygons in its metric system, such as communes.
    """
    if areas.empty:
        return 0, 0
    corner = from_origin(terrain.west_m, terrain.north_m, terrain.cell_m, terrain.cell_m)
    inside = geometry_mask(areas, terrain.elevation.shape, corner, all_touched=True, invert=True)
    return int(inside.sum()), int((inside & np.isnan(terrain.elevation)).sum())
