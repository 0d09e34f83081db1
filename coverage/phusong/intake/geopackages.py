"""Look into a GeoPackage before anything reads it: a database can be made to do more than hold shapes."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from phusong.intake.rules import refuse

#: The only kind of virtual table that a GeoPackage needs: the spatial index.
INDEX_MODULE = "rtree"
_MODULE = re.compile(r"\bUSING\s+[\"'`\[]?(\w+)", re.IGNORECASE)


def check_geopackage(path: Path, *, file: str) -> None:
    """Refuse a database that is no GeoPackage, or whose layers would run something when they are read.

    Parameters
    ----------
    path : a private copy; it is opened for reading only.
    file : the file as the user named it.

    Raises
    ------
    SourceFault
        If it is damaged, holds no list of layers, a layer that is a view, or a foreign virtual table.
    """
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            things = database.execute("SELECT name, type, sql FROM sqlite_master").fetchall()
            kinds = {str(name).lower(): kind for name, kind, _ in things}
            if kinds.get("gpkg_contents") != "table":
                raise refuse("form_database", file=file)
            layers = [r[0] for r in database.execute("SELECT table_name FROM gpkg_contents")]
    except sqlite3.Error as error:
        raise refuse("damaged_file", file=file, detail=error) from error
    _refuse_views(layers, kinds, file)
    _refuse_virtual(things, file)


def _refuse_views(layers: list[object], kinds: dict[str, str], file: str) -> None:
    """Refuse a layer that is worked out when it is read."""
    views = [str(name) for name in layers if kinds.get(str(name).lower()) == "view"]
    if views:
        raise refuse("layer_is_view", file=file, value=", ".join(views))


def _refuse_virtual(things: list[tuple[str, str, str | None]], file: str) -> None:
    """Refuse tables whose rows come from elsewhere."""
    for name, _, sql in things:
        if sql and re.match(r"\s*CREATE\s+VIRTUAL", sql, re.IGNORECASE):
            module = _MODULE.search(sql)
            if module is None or module[1].lower() != INDEX_MODULE:
                raise refuse("form_virtual", file=file, value=str(name))
