"""Gather the parts of a MapInfo table, and refuse one that points to other files."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from phusong.intake.rules import refuse

#: What a table (.tab) and an exchange file (.mif) cannot be read without, and what they may bring besides.
NEEDED = {".tab": (".dat", ".map", ".id"), ".mif": ()}
OTHERS = {".tab": (".ind",), ".mif": (".mid",)}
#: Where the text of a table stands.
TEXTS = {".tab": ".dat", ".mif": ".mid"}
#: A table of its own, and words by which one is made of others.
_NATIVE = re.compile(rb"^\s*type\s+native\b", re.IGNORECASE | re.MULTILINE)
_LINKED = re.compile(
    rb"^\s*(?:open\s+table|create\s+view|begin_metadata.*linked|file\s+\"|type\s+(?!native))",
    re.IGNORECASE | re.MULTILINE,
)
_NEUTRAL = re.compile(rb"charset\s+\"neutral\"", re.IGNORECASE)
#: A reading that keeps every byte as a letter of its own, so that a legacy font can be told and mended.
UNICODE, BYTEWISE = "UTF-8", "ISO-8859-1"


def copy_mapinfo(path: Path, copy: Path, *, file: str) -> None:
    """Copy the parts of a MapInfo table under one name, whatever their case.

    Parameters
    ----------
    path : the table or exchange file.
    copy : where it goes; the other parts go beside it.
    file : the file as the user named it.

    Raises
    ------
    SourceFault
        If a part is missing that it cannot be read without, or it is made of other tables.
    """
    ending, head = copy.suffix, path.read_bytes()
    if ending == ".tab" and (_LINKED.search(head) or not _NATIVE.search(head)):
        raise refuse("form_virtual", file=file)
    stem = path.stem.casefold()
    beside = {p.suffix.lower(): p for p in path.parent.iterdir() if p.stem.casefold() == stem}
    missing = [part for part in NEEDED[ending] if part not in beside]
    if missing:
        raise refuse("mapinfo_part", file=file, missing=", ".join(missing))
    shutil.copyfile(path, copy)
    for part in (*NEEDED[ending], *OTHERS[ending]):
        if part in beside:
            shutil.copyfile(beside[part], copy.with_suffix(part))


def detect_mapinfo_charset(copy: Path) -> str | None:
    """Return the encoding in which the text of a table is to be read; None where the table itself says one.

    Parameters
    ----------
    copy : the table, its parts beside it.
    """
    texts = copy.with_suffix(TEXTS[copy.suffix])
    if not _NEUTRAL.search(copy.read_bytes()):
        return None
    try:
        (copy.read_bytes() + (texts.read_bytes() if texts.exists() else b"")).decode("utf-8")
    except UnicodeDecodeError:
        return BYTEWISE
    return UNICODE
