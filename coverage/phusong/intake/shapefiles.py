"""Gather the parts of a shapefile, and tell in which encoding its text is."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from phusong.intake.rules import refuse

#: What a shapefile cannot be read without, and what it may bring besides; nothing else of its name is read.
NEEDED_PARTS, OTHER_PARTS = (".shx", ".dbf"), (".prj", ".cpg")
#: dBASE III: where the head says how long it is, and how long a field's description and its name are [bytes].
HEAD_LENGTH = slice(8, 10)
FIELD_BYTES, NAME_BYTES = 32, 11
STATED_1258 = re.compile(r"1258")
#: A reading that keeps every byte as a letter of its own, so that a legacy font can be told and mended.
UNICODE, BYTEWISE = "UTF-8", "ISO-8859-1"


def copy_shapefile(path: Path, copy: Path, *, file: str) -> None:
    """Copy the parts of a shapefile under one name, whatever their case.

    Parameters
    ----------
    path : the part with the shapes.
    copy : where it goes; the other parts go beside it.
    file : the file as the user named it.

    Raises
    ------
    SourceFault
        If a part is missing that it cannot be read without.
    """
    if path.suffix.lower() == ".shx":
        raise refuse("shapefile_part", file=file, missing=".shp")
    stem = path.stem.casefold()
    parts = {p.suffix.lower(): p for p in path.parent.iterdir() if p.stem.casefold() == stem}
    parts |= {p.suffix.lower(): p for p in path.parent.iterdir() if p.stem == path.stem}
    missing = [part for part in NEEDED_PARTS if part not in parts]
    if missing:
        raise refuse("shapefile_part", file=file, missing=", ".join(missing))
    shutil.copyfile(path, copy)
    for ending in (*NEEDED_PARTS, *OTHER_PARTS):
        if ending in parts:
            shutil.copyfile(parts[ending], copy.with_suffix(ending))


def tell_charset(path: Path) -> str:
    """Return the encoding in which a shapefile's text is to be read, as GDAL calls it.

    Text that is UTF-8 is read as such, also where nothing says so. Any other is read byte by byte: a code
    page is often stated wrongly and a legacy font never, so both are weighed later, as text.

    Parameters
    ----------
    path : the shapes; the text lies beside them.
    """
    text = _list_text(path.with_suffix(".dbf").read_bytes())
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return BYTEWISE
    return UNICODE


def read_statement(path: Path) -> str | None:
    """Return the encoding that a shapefile states, where it is one that its text may really be in.

    Parameters
    ----------
    path : the shapes; the statement lies beside them.
    """
    statement = path.with_suffix(".cpg")
    stated = statement.read_text("ascii", errors="replace") if statement.exists() else ""
    return "cp1258" if STATED_1258.search(stated) else None


def _list_text(table: bytes) -> bytes:
    """Return the names of the fields and the records of a dBASE table, without what else its head holds."""
    length = int.from_bytes(table[HEAD_LENGTH], "little")
    starts = range(FIELD_BYTES, length - 1, FIELD_BYTES)
    names = [table[at : at + NAME_BYTES].split(b"\0")[0] for at in starts]
    return b"\n".join([*names, table[length:]])
