"""What is kept on disk: tables, terrain, manifest, and how results take their place at once."""

from phusong.store.commit import Commit, finish_commit, read_whole, stamp_results
from phusong.store.manifest import Manifest, StageRecord, read_manifest, write_manifest
from phusong.store.tables import (
    has_table,
    read_rows,
    read_table,
    read_terrain_grid,
    table_path,
    write_table,
    write_terrain_grid,
)

__all__ = [
    "Commit",
    "Manifest",
    "StageRecord",
    "finish_commit",
    "has_table",
    "read_manifest",
    "read_rows",
    "read_table",
    "read_terrain_grid",
    "read_whole",
    "stamp_results",
    "table_path",
    "write_manifest",
    "write_table",
    "write_terrain_grid",
]
