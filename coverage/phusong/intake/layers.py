"""Open a map layer with the one reader that fits its content, and nothing but the file itself."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import numpy as np
import pyogrio
from pyarrow import ArrowException
from pyarrow.parquet import ParquetFile
from pyogrio.errors import DataSourceError, FeatureError
from shapely.errors import GEOSException

from phusong.intake.definitions import set_shift_aside
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.features import Features, is_short, read_features, read_rows
from phusong.intake.findings import Findings
from phusong.intake.geojson import check_geojson
from phusong.intake.geopackages import check_geopackage
from phusong.intake.mapinfo import copy_mapinfo, detect_mapinfo_charset
from phusong.intake.markup import choose_folder, read_kml
from phusong.intake.rules import refuse
from phusong.intake.shapefiles import copy_shapefile, read_statement, tell_charset
from phusong.vocabulary.errors import NeedsAnswer, SourceFault

GEOPACKAGE, SHAPEFILE, GEOJSON, FLATGEOBUF = "GPKG", "ESRI Shapefile", "GeoJSON", "FlatGeobuf"
KML, PARQUET, MAPINFO = "KML", "Parquet", "MapInfo File"
#: First bytes → reader, and the ending under which a private copy is opened. The reader is forced, so that
#: a file cannot choose to be something else.
READERS: tuple[tuple[bytes, str, str], ...] = (
    (b"SQLite format 3\0", GEOPACKAGE, ".gpkg"),
    (b"\x00\x00\x27\x0a", SHAPEFILE, ".shp"),
    (b"fgb", FLATGEOBUF, ".fgb"),
    (b"PAR1", PARQUET, ".parquet"),
    (b"<", KML, ".kml"),
    (b"!table", MAPINFO, ".tab"),
    (b"version", MAPINFO, ".mif"),
    (b"{", GEOJSON, ".geojson"),
    (b"[", GEOJSON, ".geojson"),
)
HEAD_BYTES = 4096
#: How many different remarks of a reader are passed on.
REMARKS = 5

#: A port at which nothing answers: whatever a file may make the reader ask of a network stays unanswered.
OFFLINE = {"GDAL_HTTP_PROXY": "http://127.0.0.1:9"}

os.environ.setdefault("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", ".none")
#: GDAL would leave a note (.aux.xml) beside each file, and read one that somebody else had left.
os.environ.setdefault("GDAL_PAM_ENABLED", "NO")


@dataclass(frozen=True)
class Layer:
    """Hold a layer as it came, and what its container calls it.

    Parameters
    ----------
    frame : attributes and shapes.
    name : name of the layer in a container; of a file with one layer, the file's name without its ending.
    encoding : legacy encoding that the file states of its text, or None.
    shift : parameters of TOWGS84 that the file states of its coordinate system, as it writes them.
    broken : position of a row from 0 → rule, for rows of which the shape is none.
    closed : positions of rows of which a ring was closed.
    """

    frame: gpd.GeoDataFrame
    name: str
    encoding: str | None = None
    shift: str = ""
    broken: dict[int, str] = field(default_factory=dict)
    closed: list[int] = field(default_factory=list)


def open_layer(
    path: Path, kind: str, options: ReadOptions, findings: Findings, *, row_cap: int, file: str
) -> Layer:
    """Return a layer with its attributes as they came.

    Parameters
    ----------
    path : the layer's file.
    kind : source kind, whose things a network package holds.
    options : which layer of a container.
    findings : notebook of this reading; what the reader remarks on is warned of.
    row_cap : how many rows are read at most; one more is read, so that too many can be told.
    file : the file as the user named it.

    Raises
    ------
    SourceFault
        If the content is no layer, a part of it is missing, or it reaches beyond itself.
    NeedsAnswer
        If a container holds several layers and none was named.
    """
    reader, ending = _tell_reader(path, file)
    if reader == KML:
        frame, links = read_kml(path, file=file)
        findings.warn("kml_links_beside", "", [0] * bool(links), [str(links)] * bool(links))
        if options.layer in (None, path.stem, path.name):
            return Layer(frame, path.stem)
        return Layer(choose_folder(frame, options.layer, file=file), options.layer)
    if reader == PARQUET:
        return Layer(_read_parquet(path, row_cap, file), _check_name(path, options, file))
    private = _copy_privately(path, reader, ending, file=file)
    remarks: list[str] = []
    with warnings.catch_warnings(record=True) as caught, private as copy, _keep_offline():
        warnings.simplefilter("always")
        name = _choose_layer(copy, path, reader, options, file)
        shift = _set_shift_aside(copy, reader)
        features = _read_shapes(copy, reader, name, kind, row_cap, file, remarks)
        encoding = read_statement(copy) if reader == SHAPEFILE else None
    shown = list(dict.fromkeys([*remarks, *(str(w.message) for w in caught)]))[:REMARKS]
    findings.warn("reader_remark", "", [0] * len(shown), shown)
    return Layer(features.frame, name, encoding, shift, features.broken, features.closed)


def _read_shapes(
    copy: Path, reader: str, name: str, kind: str, row_cap: int, file: str, remarks: list[str]
) -> Features:
    """Return a layer read as a whole; where some shape of it is none, feature by feature.

    What the reader remarks on is added to a list, unless it is told of row by row instead.
    """
    source, layer = _name_source(copy, reader), name if reader == GEOPACKAGE else 0
    encoding = _state_encoding(copy, reader)
    try:
        with warnings.catch_warnings(record=True) as caught, np.errstate(invalid="ignore"):
            warnings.simplefilter("always")
            frame = pyogrio.read_dataframe(
                source, layer=layer, encoding=encoding, max_features=row_cap + 1
            )
    except (DataSourceError, FeatureError, GEOSException, ValueError) as error:
        features = read_features(copy, kind, row_cap=row_cap) if reader == GEOJSON else None
        if features is not None:
            return features
        if isinstance(error, GEOSException):
            return read_rows(source, layer=layer, encoding=encoding, row_cap=row_cap)
        if isinstance(error, DataSourceError):
            raise _unreadable(reader, error, file) from error
        raise
    again = None
    if reader == GEOJSON and is_short(copy, frame, row_cap=row_cap):
        again = read_features(copy, kind, row_cap=row_cap)
    if again is not None and (again.broken or len(again.frame) != len(frame)):
        return again  # GDAL leaves out what it does not understand, and whole features with it
    remarks += [str(w.message) for w in caught]
    return Features(frame)


def _state_encoding(copy: Path, reader: str) -> str | None:
    """Return the encoding in which the text of a layer is to be read, where its format does not say."""
    if reader == MAPINFO:
        return detect_mapinfo_charset(copy)
    return tell_charset(copy) if reader == SHAPEFILE else None


def _set_shift_aside(copy: Path, reader: str) -> str:
    """Take the parameters of TOWGS84 out of a private copy, and return them."""
    holder = copy.with_suffix(".prj") if reader == SHAPEFILE else copy
    if reader not in (SHAPEFILE, GEOPACKAGE, FLATGEOBUF) or not holder.exists():
        return ""
    return set_shift_aside(holder, database=reader == GEOPACKAGE)


def _read_parquet(path: Path, row_cap: int, file: str) -> gpd.GeoDataFrame:
    """Return a GeoParquet file, unless it holds too many rows to be read."""
    try:
        rows = ParquetFile(path).metadata.num_rows
        if rows > row_cap:
            raise refuse("too_many_rows", file=file, value=str(rows), cap=f"{row_cap:g}")
        with np.errstate(invalid="ignore"):  # a coordinate that is NaN is told of with its row
            return gpd.read_parquet(path)
    except ArrowException as error:
        raise refuse("damaged_file", file=file, detail=type(error).__name__) from error
    except ValueError as error:
        if isinstance(error, SourceFault):
            raise
        raise refuse("no_shapes", file=file) from error


def _unreadable(reader: str, error: Exception, file: str) -> Exception:
    """Return the refusal of a file that its reader could not open."""
    if reader == GEOJSON:
        return refuse("json_no_features", file=file, value=str(error).rpartition(";")[2].strip())
    return refuse("damaged_file", file=file, detail=f"{reader}: {type(error).__name__}")


def _tell_reader(path: Path, file: str) -> tuple[str, str]:
    """Return the reader that a file's first bytes call for, and the ending that it wants."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES).lstrip(b"\xef\xbb\xbf \t\r\n")
    for start, reader, ending in READERS:
        if head.lower().startswith(start.lower()):
            return reader, ending
    raise refuse("form_unknown", file=file)


@contextmanager
def _copy_privately(path: Path, reader: str, ending: str, *, file: str) -> Iterator[Path]:
    """Yield a copy in a folder of its own: nothing that lies beside the input is read or written."""
    with TemporaryDirectory(prefix="phusong-") as folder:
        copy = Path(folder) / f"layer{ending}"
        if reader == SHAPEFILE:
            copy_shapefile(path, copy, file=file)
        elif reader == MAPINFO:
            copy_mapinfo(path, copy, file=file)
        else:
            shutil.copyfile(path, copy)
        if reader == GEOPACKAGE:
            check_geopackage(copy, file=file)
        if reader == GEOJSON:
            check_geojson(copy, file=file)
        yield copy


@contextmanager
def _keep_offline() -> Iterator[None]:
    """Keep the reader from the network for as long as it reads, and no longer."""
    pyogrio.set_gdal_config_options(OFFLINE)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(dict.fromkeys(OFFLINE))


def _name_source(copy: Path, reader: str) -> str:
    """Return a source as GDAL is to open it: JSON as GeoJSON and as nothing else."""
    return f"{GEOJSON}:{copy}" if reader == GEOJSON else str(copy)


def _check_name(path: Path, options: ReadOptions, file: str) -> str:
    """Return the name of a file's only layer."""
    if options.layer not in (None, path.stem):
        raise refuse("no_such_layer", file=file, value=options.layer or "", choices=path.stem)
    return path.stem


def _choose_layer(copy: Path, path: Path, reader: str, options: ReadOptions, file: str) -> str:
    """Return the layer to read."""
    if reader != GEOPACKAGE:
        return _check_name(path, options, file)
    names = [str(name) for name, kind in pyogrio.list_layers(str(copy)) if kind is not None]
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
