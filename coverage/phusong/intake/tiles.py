"""Read one tile of terrain: a GeoTIFF or an SRTM tile, with its voids and where it lies."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyproj
import rasterio
from rasterio.crs import CRS
from rasterio.errors import NotGeoreferencedWarning
from rasterio.transform import Affine, from_origin

from phusong.intake.definitions import describe_system
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
GRID_START = b"ncol"
#: Lines that head an ESRI ASCII grid: what each states, and which must be there.
GRID_HEAD = re.compile(
    rb"\s*(?P<key>ncols|nrows|xll(?:corner|center)|yll(?:corner|center)|cellsize|nodata_value)\s+"
    rb"(?P<value>[-+0-9.eE]+)[ \t]*(?:\r?\n|$)",
    re.IGNORECASE,
)
GRID_HEAD_BYTES = 1024
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


def read_tile(
    path: Path, *, crs: int | None = None, alone: bool = True, province: str = ""
) -> Tile:
    """Return one tile of terrain.

    Parameters
    ----------
    path : a GeoTIFF of one band of heights [m], an ESRI ASCII grid, or an SRTM tile named like
        ``N21E105.hgt``.
    crs : EPSG code where the file does not say.
    alone : whether nothing that lies beside the file is read; what came in one archive with it may be.
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
    if head in TIFF_STARTS:
        tile = _read_tiff(path, crs, province)
    elif head.lower() == GRID_START:
        tile = _read_grid(path, crs, province, None if alone else path.with_suffix(".prj"))
    else:
        tile = _read_srtm(path)
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


def _read_grid(path: Path, crs: int | None, province: str, projection: Path | None) -> Tile:
    """Return the heights of an ESRI ASCII grid: rows from the north, its system told by who sends it."""
    stated, at = _read_grid_head(path)
    rows, columns, cell = int(stated["nrows"]), int(stated["ncols"]), stated["cellsize"]
    if rows * columns > CELLS_CAP:
        size = f"{columns} × {rows}"
        raise refuse("raster_too_large", file=str(path), value=size, cap=f"{CELLS_CAP:g}")
    given = _read_numbers(path, at)
    if given.size != rows * columns:
        detail = f"{given.size} ≠ {rows} × {columns}"
        raise refuse("raster_cut", file=str(path), value=detail, detail=detail)
    west = stated.get("xllcorner", stated.get("xllcenter", 0.0) - cell / 2)
    south = stated.get("yllcorner", stated.get("yllcenter", 0.0) - cell / 2)
    void = stated.get("nodata_value", float(SRTM_VOID))
    heights = np.where(given == np.float32(void), np.nan, given).reshape(rows, columns)
    corner = from_origin(west, south + rows * cell, cell, cell)
    bounds = (west, south, west + columns * cell, south + rows * cell)
    written = _read_projection(projection)
    system = CRS.from_epsg(crs) if crs else written
    if system is None:
        raise _ask_system(bounds, path, province)
    overruled = written.to_string() if written is not None and written != system else ""
    return Tile(path.name, heights.astype("float32"), corner, system, overruled=overruled)


def _read_numbers(path: Path, at: int) -> np.ndarray:
    """Return the numbers of a text from a byte on, as far as they are numbers."""
    with path.open("rb") as stream, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        stream.seek(at)
        try:
            return np.fromfile(stream, dtype="float32", sep=" ")
        except (
            ValueError
        ):  # newer versions of the library give nothing where a text stops being numbers
            return np.array([], dtype="float32")


def _read_grid_head(path: Path) -> tuple[dict[str, float], int]:
    """Return what the head of an ESRI ASCII grid states, and where its heights begin."""
    with path.open("rb") as stream:
        head = stream.read(GRID_HEAD_BYTES)
    stated: dict[str, float] = {}
    at = 0
    while line := GRID_HEAD.match(head, at):
        stated[line["key"].decode().lower()] = float(line["value"])
        at = line.end()
    if not {"ncols", "nrows", "cellsize"} <= set(stated) or len(stated) < len(GRID_START) + 1:
        raise refuse("raster_nowhere", file=str(path))
    return stated, at


def _read_projection(path: Path | None) -> CRS | None:
    """Return the system that a file beside a grid describes; None where there is none that is known."""
    if path is None or not path.exists():
        return None
    try:
        written = pyproj.CRS.from_wkt(path.read_text("utf-8", errors="replace"))
    except pyproj.exceptions.CRSError:
        return None
    described = describe_system(written)
    return CRS.from_epsg(described.crs) if described is not None and described.crs else None


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
    raise _ask_system(raster.bounds, path, province)


def _ask_system(
    bounds: tuple[float, float, float, float], path: Path, province: str
) -> NeedsAnswer:
    """Return the question in which system a grid lies, to be raised."""
    west, south, east, north = bounds
    angles = max(map(abs, (west, south, east, north))) <= LARGEST_ANGLE
    box = f"x {west:g}…{east:g}, y {south:g}…{north:g}"
    why = add_to_both(describe_rule("raster_crs"), box)
    choices = [str(WGS84)] if angles else [str(code) for code in metric_choices(province)]
    return NeedsAnswer("crs", choices=choices, why=why, file=str(path))


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
