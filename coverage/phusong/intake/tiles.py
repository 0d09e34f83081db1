"""Read one tile of terrain: a GeoTIFF or an SRTM tile, with its voids and where it lies."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import rasterio
from rasterio.crs import CRS
from rasterio.errors import NotGeoreferencedWarning
from rasterio.transform import Affine, from_origin

from phusong.intake.rules import add_to_both, describe_rule, refuse
from phusong.intake.systems import LARGEST_ANGLE
from phusong.places.systems import metric_choices
from phusong.vocabulary.errors import NeedsAnswer
from phusong.vocabulary.metres import WGS84

#: Heights that no ground has [m]: below the Dead Sea's shore, above Everest.
LOWEST_M, HIGHEST_M = -500.0, 9000.0
SRTM_VOID = -32768
#: Cells along a side of an SRTM tile, the last row and column shared with the neighbour.
SRTM_SIDES = (1201, 3601)
TILE_NAME = re.compile(r"([NS])(\d{2})([EW])(\d{3})", re.IGNORECASE)
TIFF_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
#: What heights may be held in; a picture has 8 bits a cell.
HEIGHT_TYPES = ("int16", "uint16", "int32", "uint32", "float32", "float64")
#: More cells than a province has at 5 m, and as many as two gigabytes hold while they are moved.
CELLS_CAP = 200_000_000
#: Nothing beside the file is read: no world file, no overview, no statistics.
ALONE = {
    "GDAL_PAM_ENABLED": "NO",
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "GDAL_GEOREF_SOURCES": "INTERNAL",
}


@dataclass(frozen=True)
class Tile:
    """Hold one tile as it came: heights [m] with NaN for voids, where it lies, in which system.

    Parameters
    ----------
    name : of the file.
    heights : elevation [m], rows from the north, NaN for voids.
    corner : where its cells lie.
    crs : its coordinate system.
    voids : cells without a height.
    impossible : of these, cells whose height no ground has.
    overruled : the system that the file states, where the user states another.
    """

    name: str
    heights: np.ndarray
    corner: Affine
    crs: CRS
    voids: int = 0
    impossible: int = 0
    overruled: str = ""


def read_tile(path: Path, *, crs: int | None = None, province: str = "") -> Tile:
    """Return one tile of terrain.

    Parameters
    ----------
    path : a GeoTIFF of one band of heights [m], or an SRTM tile named like ``N21E105.hgt``.
    crs : EPSG code where the file does not say.
    province : code, whose systems are offered where nobody says; empty: all of the country.

    Raises
    ------
    SourceFault
        If it is a picture, lies nowhere, is too large, or holds no height.
    NeedsAnswer
        If nobody says in which coordinate system it is.
    """
    with path.open("rb") as stream:
        head = stream.read(4)
    tile = _read_tiff(path, crs, province) if head in TIFF_STARTS else _read_srtm(path)
    wild = (tile.heights < LOWEST_M) | (tile.heights > HIGHEST_M)
    heights = np.where(wild, np.nan, tile.heights)
    if np.isnan(heights).all():
        raise refuse("raster_void", file=str(path))
    voids, impossible = int(np.isnan(heights).sum()), int(wild.sum())
    return replace(tile, heights=heights, voids=voids, impossible=impossible)


def _read_tiff(path: Path, crs: int | None, province: str) -> Tile:
    """Return a GeoTIFF's heights, in metres where it scales them."""
    with _open_alone(path) as raster:
        if raster.count != 1:
            raise refuse("raster_bands", file=str(path), bands=raster.count)
        if raster.dtypes[0] not in HEIGHT_TYPES:
            raise refuse("raster_picture", file=str(path), value=raster.dtypes[0])
        if raster.width * raster.height > CELLS_CAP:
            size = f"{raster.width} × {raster.height}"
            raise refuse("raster_too_large", file=str(path), value=size, cap=f"{CELLS_CAP:g}")
        system = _settle_system(raster, crs, path, province)
        given = raster.read(1, masked=True)
        void = np.ma.getmaskarray(given) | (given.data == SRTM_VOID)
        heights = given.data.astype("float32") * raster.scales[0] + raster.offsets[0]
        overruled = "" if raster.crs in (None, system) else raster.crs.to_string()
        return Tile(
            path.name,
            np.where(void, np.nan, heights).astype("float32"),
            raster.transform,
            system,
            overruled=overruled,
        )


@contextmanager
def _open_alone(path: Path) -> Iterator[rasterio.DatasetReader]:
    """Yield an open GeoTIFF, nothing beside which is read; one that lies nowhere is told of by its corner."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.Env(**ALONE), rasterio.open(path, driver="GTiff") as raster:
            yield raster


def _settle_system(
    raster: rasterio.DatasetReader, crs: int | None, path: Path, province: str
) -> CRS:
    """Return the system of a GeoTIFF: what the user says, else what the file says; asks otherwise."""
    if raster.transform.is_identity:
        raise refuse("raster_nowhere", file=str(path))
    system = CRS.from_epsg(crs) if crs else raster.crs
    if system is not None:
        return system
    west, south, east, north = raster.bounds
    angles = max(map(abs, (west, south, east, north))) <= LARGEST_ANGLE
    box = f"x {west:g}…{east:g}, y {south:g}…{north:g}"
    why = add_to_both(describe_rule("raster_crs"), box)
    choices = [str(WGS84)] if angles else [str(code) for code in metric_choices(province)]
    raise NeedsAnswer("crs", choices=choices, why=why, file=str(path))


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
    return Tile(path.name, heights, corner, CRS.from_epsg(WGS84))
