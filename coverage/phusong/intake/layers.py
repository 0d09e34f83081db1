"""Open a map layer with the one driver that fits its content, and nothing but the file itself."""

from __future__ import annotations

import os
from pathlib import Path

import geopandas as gpd
import pyogrio

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.rules import refuse
from phusong.vocabulary.errors import NeedsAnswer

#: First bytes → driver. The driver is forced, so that a file cannot choose to be something else.
DRIVERS: tuple[tuple[bytes, str], ...] = (
    (b"SQLite format 3\0", "GPKG"),
    (b"\x00\x00\x27\x0a", "ESRI Shapefile"),
    (b"fgb", "FlatGeobuf"),
    (b"<", "KML"),
    (b"{", "GeoJSON"),
    (b"[", "GeoJSON"),
)
PARQUET = b"PAR1"
#: What a shapefile cannot be read without.
SHAPEFILE_PARTS = (".shx", ".dbf")
#: GDAL drivers that reach beyond the file or run what it says; kept out of this process altogether.
SHUT = "OGR_VRT,GDALG,WFS,OAPIF,CSW,HTTP,Carto,Elasticsearch,AmigoCloud,NGW,PLSCENES,EEDA,OGCAPI,PDF,PGDUMP"

os.environ.setdefault("OGR_SKIP", SHUT)
os.environ.setdefault("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", ".none")
#: GDAL would leave a note (.aux.xml) beside each file, and read one that somebody else had left.
os.environ.setdefault("GDAL_PAM_ENABLED", "NO")


def find_layer_file(folder: Path, *, file: str) -> Path:
    """Return the one layer file among what an archive held.

    Raises
    ------
    SourceFault
        If there is none, or several.
    """
    endings = (".shp", ".gpkg", ".geojson", ".json", ".kml", ".fgb")
    found = sorted(p for p in folder.iterdir() if p.suffix.lower() in endings)
    if len(found) != 1:
        names = ", ".join(p.name for p in found) or "0"
        raise refuse("archive_layers", file=file, found=names)
    return found[0]


def open_layer(path: Path, options: ReadOptions, *, file: str) -> gpd.GeoDataFrame:
    """Return a layer with its attributes as they came.

    Parameters
    ----------
    path : the layer's file.
    options : which layer of a container.
    file : the file as the user named it.

    Raises
    ------
    SourceFault
        If the content is no layer, or a part of it is missing.
    NeedsAnswer
        If a container holds several layers and none was named.
    """
    with path.open("rb") as stream:
        head = stream.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(PARQUET):
        return gpd.read_parquet(path)
    driver = next((d for start, d in DRIVERS if head.startswith(start)), None)
    if driver is None:
        raise refuse("form_unknown", file=file)
    if driver == "ESRI Shapefile":
        _check_parts(path, file)
    layer = _choose_layer(path, driver, options, file)
    source = f"{driver}:{path}" if driver == "GeoJSON" else path
    return pyogrio.read_dataframe(source, layer=layer, encoding=_charset(path, driver, options))


def _check_parts(path: Path, file: str) -> None:
    """Refuse a shapefile of which a part is missing."""
    there = {p.suffix.lower() for p in path.parent.glob(f"{path.stem}.*")}
    missing = [part for part in SHAPEFILE_PARTS if part not in there]
    if missing:
        raise refuse("shapefile_part", file=file, missing=", ".join(missing))


def _choose_layer(path: Path, driver: str, options: ReadOptions, file: str) -> str:
    """Return the layer to read."""
    source = f"{driver}:{path}" if driver == "GeoJSON" else path
    names = [str(name) for name, kind in pyogrio.list_layers(source) if kind is not None]
    if not names:
        raise refuse("no_layer", file=file)
    if options.layer is not None:
        if options.layer not in names:
            raise refuse("no_such_layer", file=file, value=options.layer, choices=", ".join(names))
        return options.layer
    if len(names) > 1:
        why = "tệp có nhiều lớp · the file holds several layers"
        raise NeedsAnswer("layer", choices=names, why=why, file=file)
    return names[0]


def _charset(path: Path, driver: str, options: ReadOptions) -> str | None:
    """Return the encoding of a shapefile's text: what the user says, else its .cpg, else UTF-8 if it is that.

    Text that is none of these comes in letter by letter, so that a legacy font can be asked about.
    """
    if driver != "ESRI Shapefile":
        return None
    if any(p.suffix.lower() == ".cpg" for p in path.parent.glob(f"{path.stem}.*")):
        return None
    if options.encoding in ("utf-8", "cp1258"):
        return options.encoding
    table = next(p for p in path.parent.glob(f"{path.stem}.*") if p.suffix.lower() == ".dbf")
    try:
        table.read_bytes()[32:].decode("utf-8")
    except UnicodeDecodeError:
        return "iso-8859-1"
    return "utf-8"
