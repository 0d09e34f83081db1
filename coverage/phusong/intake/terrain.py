"""Read terrain: GeoTIFF and SRTM tiles become one grid in the province's metric system, voids filled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import rasterio
from rasterio.crs import CRS
from rasterio.transform import Affine, array_bounds, from_origin
from rasterio.warp import Resampling, reproject, transform_bounds

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.rules import refuse
from phusong.reach.terrain import Terrain, fill_voids
from phusong.vocabulary.metres import WGS84
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.accepted import TERRAIN

Box = tuple[float, float, float, float]

#: Heights that no ground has [m]: below the Dead Sea's shore, above Everest.
LOWEST_M, HIGHEST_M = -500.0, 9000.0
SRTM_VOID = -32768
#: Cells along a side of an SRTM tile, the last row and column shared with the neighbour.
SRTM_SIDES = (1201, 3601)
TILE_NAME = re.compile(r"([NS])(\d{2})([EW])(\d{3})", re.IGNORECASE)
TIFF_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
DEGREE_M = 111_320.0


@dataclass(frozen=True)
class Tile:
    """Hold one tile as it came: heights [m] with NaN for voids, where it lies, in which system."""

    name: str
    heights: np.ndarray
    corner: Affine
    crs: CRS
    voids: int
    impossible: int


def read_tile(path: Path, *, crs: int | None = None) -> Tile:
    """Return one tile of terrain.

    Parameters
    ----------
    path : a GeoTIFF of one band of heights [m], or an SRTM tile named like ``N21E105.hgt``.
    crs : EPSG code where the file does not say.

    Raises
    ------
    SourceFault
        If it is a picture, does not say where it lies, or holds no height.
    """
    with path.open("rb") as stream:
        head = stream.read(4)
    tile = _read_tiff(path, crs) if head in TIFF_STARTS else _read_srtm(path)
    wild = (tile.heights < LOWEST_M) | (tile.heights > HIGHEST_M)
    heights = np.where(wild, np.nan, tile.heights)
    if np.isnan(heights).all():
        raise refuse("raster_void", file=str(path))
    return Tile(
        tile.name, heights, tile.corner, tile.crs, int(np.isnan(heights).sum()), int(wild.sum())
    )


def _read_tiff(path: Path, crs: int | None) -> Tile:
    """Return a GeoTIFF's heights."""
    with rasterio.Env(GDAL_PAM_ENABLED="NO"), rasterio.open(path, driver="GTiff") as raster:
        if raster.count != 1:
            raise refuse("raster_bands", file=str(path), bands=raster.count)
        if raster.dtypes[0] in ("uint8", "int8"):
            raise refuse("raster_picture", file=str(path))
        system = CRS.from_epsg(crs) if crs else raster.crs
        if system is None:
            raise refuse("raster_crs", file=str(path))
        heights = raster.read(1, masked=True).astype("float32").filled(np.nan)
        heights[heights == SRTM_VOID] = np.nan
        return Tile(path.name, heights, raster.transform, system, 0, 0)


def _read_srtm(path: Path) -> Tile:
    """Return an SRTM tile's heights: big-endian 16-bit, rows from the north, posts on whole seconds."""
    side = int(np.sqrt(path.stat().st_size / 2))
    found = TILE_NAME.search(path.stem)
    if found is None or side not in SRTM_SIDES:
        raise refuse("tile_name", file=str(path))
    south = int(found[2]) * (1 if found[1].upper() == "N" else -1)
    west = int(found[4]) * (1 if found[3].upper() == "E" else -1)
    step = 1 / (side - 1)
    raw = np.fromfile(path, dtype=">i2").reshape(side, side)
    heights = np.where(raw == SRTM_VOID, np.nan, raw).astype("float32")
    corner = from_origin(west - step / 2, south + 1 + step / 2, step, step)
    return Tile(path.name, heights, corner, CRS.from_epsg(WGS84), 0, 0)


def read_terrain(
    paths: Sequence[Path], *, crs: int, bounds: Box | None = None, source_crs: int | None = None
) -> tuple[Terrain, pd.DataFrame]:
    """Return the terrain of several tiles as one grid in metres, voids filled, and a row a tile.

    Each tile's voids are filled from their rim before it is moved; where tiles overlap, the first stands;
    what no tile covers stays unknown. Cells keep the size of the finest tile.

    Parameters
    ----------
    paths : tiles.
    crs : the province's metric system.
    bounds : west, south, east, north of what is wanted [m]; everything where None.
    source_crs : EPSG code of tiles that do not say.

    Returns
    -------
    terrain, and table accepted_terrain.
    """
    tiles = [read_tile(p, crs=source_crs) for p in paths]
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


def accept_tile(path: Path, options: ReadOptions, findings: Findings) -> pd.DataFrame:
    """Return one tile as the one row that it is at the door, its voids listed as a repair.

    Parameters
    ----------
    path : the tile.
    options : coordinate system, where the user states one.
    findings : notebook of this reading.

    Raises
    ------
    SourceFault
        If the tile is refused.
    """
    tile = read_tile(path, crs=options.crs)
    if tile.voids:
        filled, count = fill_voids(tile.heights)
        before, after = f"{tile.voids} × void", f"{np.nanmin(filled):.0f}…{np.nanmax(filled):.0f} m"
        findings.fix_shapes("voids_filled", "elevation", int(count), before, after)
    if tile.impossible:
        findings.warn(
            "raster_heights", "elevation", [1], [str(tile.impossible)], count=tile.impossible
        )
    return pd.DataFrame([_describe(tile)], index=pd.Index([1]))
