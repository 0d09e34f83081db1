"""Tables and terrain as files: GeoParquet where there is geometry, Parquet elsewhere, GeoTIFF for terrain."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import rasterio
from rasterio.transform import Affine

from phusong.vocabulary.schema import check_table, empty_table
from phusong.vocabulary.tables import TABLES
from phusong.vocabulary.tables.pupils import CLOSED

if TYPE_CHECKING:
    from phusong.reach.terrain import Terrain

TERRAIN_NAME = "terrain.tif"
#: Mode of a file that its owner alone reads.
OWNER_ONLY = 0o600
#: So many rows stand together in a file, and are read together where one of them is asked for.
GROUP_ROWS = 16_384


def table_path(folder: Path, name: str) -> Path:
    """Return where a table lies in an output folder."""
    return folder / "tables" / f"{name}.parquet"


def has_table(folder: Path, name: str) -> bool:
    """Return whether the output folder holds the table."""
    return table_path(folder, name).exists()


def write_table(frame: pd.DataFrame, name: str, folder: Path) -> Path:
    """Write a table, after checking it against its schema; what tells of single pupils, for its owner alone.

    Raises
    ------
    TableFault
        If the frame breaks the schema: a bug of ours, stopped before it reaches the disk.
    """
    check_table(frame, TABLES[name])
    path = table_path(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    if name in CLOSED:
        path.unlink(missing_ok=True)
        path.touch(mode=OWNER_ONLY)
    if isinstance(frame, gpd.GeoDataFrame):
        frame.to_parquet(path, index=False, compression="zstd")
    else:
        options = {"compression": "zstd", "row_group_size": GROUP_ROWS}
        frame.to_parquet(path, index=False, engine="pyarrow", **options)
    return path


def read_table(folder: Path, name: str, *, columns: list[str] | None = None) -> pd.DataFrame:
    """Return a table of an output folder; an absent one comes back empty, with its columns.

    Parameters
    ----------
    folder : output folder.
    name : table name.
    columns : only these, where given.
    """
    path = table_path(folder, name)
    if not path.exists():
        return empty_table(TABLES[name])
    if b"geo" in (pq.read_schema(path).metadata or {}) and (
        columns is None or "geometry" in columns
    ):
        return gpd.read_parquet(path, columns=columns)
    return pd.read_parquet(path, columns=columns)


def read_rows(folder: Path, name: str, rows: Sequence[int]) -> pd.DataFrame:
    """Return some rows of a table without geometry, in their order in the file.

    Only the groups of rows in which they stand are read.

    Parameters
    ----------
    folder : output folder.
    name : table name.
    rows : places in the file, from 0; those behind its end are left out.
    """
    wanted = np.unique(np.asarray(rows, dtype=np.int64))
    with pq.ParquetFile(table_path(folder, name)) as file:
        sizes = [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
        first = np.concatenate([[0], np.cumsum(sizes)])
        groups = [
            n for n in range(len(sizes)) if np.any((wanted >= first[n]) & (wanted < first[n + 1]))
        ]
        table = file.read_row_groups(groups)
    starts = np.concatenate([np.arange(first[n], first[n + 1]) for n in groups] or [wanted[:0]])
    return table.take(np.flatnonzero(np.isin(starts, wanted))).to_pandas()


def write_terrain_grid(terrain: Terrain, folder: Path, *, crs: int) -> Path:
    """Write the terrain of a run as a GeoTIFF in the province's metric system.

    The file is made in memory first, since a half-written raster would look whole.
    """
    path = folder / "tables" / TERRAIN_NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    rows, columns = terrain.elevation.shape
    corner = Affine(terrain.cell_m, 0.0, terrain.west_m, 0.0, -terrain.cell_m, terrain.north_m)
    memory = io.BytesIO()
    with rasterio.open(
        memory,
        "w",
        driver="GTiff",
        height=rows,
        width=columns,
        count=1,
        dtype="float32",
        crs=f"EPSG:{crs}",
        transform=corner,
        nodata=np.nan,
        compress="deflate",
        predictor=3,
    ) as raster:
        raster.write(terrain.elevation.astype("float32"), 1)
    path.write_bytes(memory.getvalue())
    return path


def read_terrain_grid(folder: Path) -> Terrain | None:
    """Return the terrain of a run, or None where none was delivered."""
    path = folder / "tables" / TERRAIN_NAME
    if not path.exists():
        return None
    from phusong.reach.terrain import Terrain  # noqa: PLC0415  (compiles kernels, which few readers need)

    with rasterio.open(path) as raster:
        corner = raster.transform
        return Terrain(raster.read(1), west_m=corner.c, north_m=corner.f, cell_m=corner.a)
