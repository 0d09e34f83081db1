"""Unpack an archive safely, or refuse it whole."""

from __future__ import annotations

import gzip
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO, BinaryIO, cast

from phusong.intake.rules import refuse
from phusong.vietnamese.keys import search_key
from phusong.vocabulary.errors import NeedsAnswer
from phusong.vocabulary.parameters import Intake

MEGABYTE = 1_000_000
CHUNK = 1 << 16
#: Bit of a zip entry's flags that says it is encrypted (PKWARE APPNOTE §4.4.4).
ENCRYPTED_FLAG = 0x1
#: The head before an entry's bytes, which ends in the lengths of its name and of its extra field (§4.3.7).
ENTRY_HEAD = struct.Struct("<26x2H")
#: Endings by which the data in an archive are told from what comes along with them.
LAYER_ENDINGS = (".shp", ".gpkg", ".geojson", ".json", ".kml", ".fgb", ".parquet", ".tab", ".mif")
TABLE_ENDINGS = (".csv", ".tsv", ".xlsx", ".xls", ".xlsm", ".ods")
GRID_ENDINGS = (".tif", ".tiff", ".hgt", ".asc")
NOTE_ENDINGS = (".txt",)
NESTED_ENDINGS = {".zip", ".rar", ".7z", ".gz", ".tar", ".bz2", ".xz", ".kmz"}


@contextmanager
def unpack_archive(path: Path, intake: Intake, *, file: str) -> Iterator[Path]:
    """Yield a private folder with an archive's files; it is gone afterwards.

    Parameters
    ----------
    path : zip archive.
    intake : caps on entries, unpacked size and packing ratio.
    file : the file as the user named it.

    Raises
    ------
    SourceFault
        If the archive is nested, encrypted, holds a link, an absolute name or one that leaves its folder, has
        two entries over the same bytes, or is larger unpacked than it may be. Nothing of it is read then.
    """
    with zipfile.ZipFile(path) as archive, TemporaryDirectory(prefix="phusong-") as folder:
        entries = [e for e in archive.infolist() if not e.is_dir()]
        _check_entries(entries, path, intake, file)
        check_overlaps(archive, file=file)
        budget = intake.number("archive_total_cap_mb") * MEGABYTE
        for entry in entries:
            budget -= _unpack_entry(archive, entry, Path(folder), budget, file)
        yield Path(folder)


@contextmanager
def unpack_gzip(path: Path, intake: Intake, *, file: str) -> Iterator[Path]:
    """Yield a private folder with the one file that a gzip holds; it is gone afterwards.

    Parameters
    ----------
    path : the packed file; what it holds is named as it is, without the last ending.
    intake : caps on unpacked size and packing ratio.
    file : the file as the user named it.

    Raises
    ------
    SourceFault
        If it is damaged, holds another archive, or is larger unpacked than it may be.
    """
    name = path.stem if path.suffix.lower() == ".gz" else path.name
    if PurePosixPath(name).suffix.lower() in NESTED_ENDINGS:
        raise refuse("archive_nested", file=file, value=name)
    ratio_cap = intake.number("archive_ratio_cap")
    budget = intake.number("archive_total_cap_mb") * MEGABYTE
    with TemporaryDirectory(prefix="phusong-") as folder:
        try:
            with gzip.open(path) as source:
                size = _pour(cast("IO[bytes]", source), Path(folder) / name, budget, file)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise refuse("damaged_file", file=file, detail=error) from error
        if size > ratio_cap * path.stat().st_size:
            raise refuse("archive_ratio", file=file, cap=f"{ratio_cap:g}")
        yield Path(folder)


def choose_member(folder: Path, kind: str, layer: str | None, *, file: str) -> Path:
    """Return the one file of an archive that holds data; what comes along with it is left alone.

    Parameters
    ----------
    folder : what the archive held.
    kind : source kind: terrain wants a grid, anything else a layer or a table.
    layer : name of a file in the archive, with or without its ending, where the user says one.
    file : the archive as the user named it.

    Raises
    ------
    SourceFault
        If it holds nothing that could be read.
    NeedsAnswer
        If it holds several such files and none was named.
    """
    held = sorted(p for p in folder.iterdir() if p.is_file())
    wanted = GRID_ENDINGS if kind == "terrain" else (*LAYER_ENDINGS, *TABLE_ENDINGS)
    groups = [[p for p in held if p.suffix.lower() in wanted], _list_notes(held)]
    found = next((group for group in groups if group), held if len(held) == 1 else [])
    named = [p for p in found if layer and search_key(layer) in map(search_key, (p.name, p.stem))]
    if len(named) == 1 or len(found) == 1:
        return (named or found)[0]
    if not found:
        names = ", ".join(p.name for p in held)
        raise refuse("archive_layers", file=file, found=names, wanted=", ".join(wanted))
    choices = [p.name for p in found]
    if layer:
        raise refuse("no_such_layer", file=file, value=layer, choices=", ".join(choices))
    why = "tệp nén có nhiều tệp dữ liệu, hãy chọn một · the archive holds several files: choose one"
    raise NeedsAnswer("layer", choices=choices, why=why, file=file)


def _list_notes(held: list[Path]) -> list[Path]:
    """Return the plain texts, which are data where nothing else is."""
    return [p for p in held if p.suffix.lower() in NOTE_ENDINGS]


def _check_entries(entries: list[zipfile.ZipInfo], path: Path, intake: Intake, file: str) -> None:
    """Refuse an archive by what its directory says; sizes are counted again while unpacking."""
    if not entries:
        raise refuse("empty_file", file=file)
    if len(entries) > intake.number("archive_entries_cap"):
        raise refuse("archive_entries", file=file, cap=f"{intake.number('archive_entries_cap'):g}")
    for entry in entries:
        rule = _entry_fault(entry)
        if rule:
            raise refuse(rule, file=file, value=entry.filename)
    names = [_flat_name(entry).casefold() for entry in entries]
    if len(set(names)) < len(names):
        raise refuse("archive_twice", file=file)
    unpacked = sum(e.file_size for e in entries)
    if unpacked > intake.number("archive_total_cap_mb") * MEGABYTE:
        raise refuse("archive_size", file=file, cap=f"{intake.number('archive_total_cap_mb'):g}")
    if unpacked > intake.number("archive_ratio_cap") * path.stat().st_size:
        raise refuse("archive_ratio", file=file, cap=f"{intake.number('archive_ratio_cap'):g}")


def check_overlaps(archive: zipfile.ZipFile, *, file: str) -> None:
    """Refuse an archive in which two entries share bytes: how a small file unpacks without end.

    `zipfile` looks for it itself from Python 3.11.8 on (CVE-2024-0450); older ones would read it.

    Parameters
    ----------
    archive : opened to be read.
    file : the file as the user named it.

    Raises
    ------
    SourceFault
        If an entry reaches into the next one, or into the directory at the end.
    """
    entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    ends = [*(entry.header_offset for entry in entries[1:]), archive.start_dir]
    for entry, end in zip(entries, ends, strict=False):
        if _first_byte(archive, entry) + entry.compress_size > end:
            raise refuse("archive_overlap", file=file, value=entry.filename)


def _first_byte(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """Return where an entry's bytes begin; the lengths before them need not be those of the directory."""
    source = cast("BinaryIO", archive.fp)
    source.seek(entry.header_offset)
    head = source.read(ENTRY_HEAD.size)
    if len(head) < ENTRY_HEAD.size:
        raise zipfile.BadZipFile(f"no entry at byte {entry.header_offset}")
    return entry.header_offset + ENTRY_HEAD.size + sum(ENTRY_HEAD.unpack(head))


def _flat_name(entry: zipfile.ZipInfo) -> str:
    """Return the name under which an entry lies in the private folder, whatever folders it came in."""
    return PurePosixPath(entry.filename.replace("\\", "/")).name


def _entry_fault(entry: zipfile.ZipInfo) -> str:
    """Return the rule that an entry breaks, or nothing."""
    name = PurePosixPath(entry.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or ":" in entry.filename:
        return "archive_path"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "archive_link"
    if entry.flag_bits & ENCRYPTED_FLAG:
        return "locked_file"
    return "archive_nested" if name.suffix.lower() in NESTED_ENDINGS else ""


def _unpack_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, budget: float, file: str
) -> int:
    """Write one entry, flat in the folder, counting what really comes out; return its size."""
    with archive.open(entry) as source:
        return _pour(source, folder / _flat_name(entry), budget, file)


def _pour(source: IO[bytes] | gzip.GzipFile, target: Path, budget: float, file: str) -> int:
    """Write what comes out of a packed file, up to a number of bytes; return how many they are."""
    size = 0
    with target.open("wb") as sink:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > budget:
                raise refuse("archive_size", file=file, cap=f"{budget / MEGABYTE:.0f}")
            sink.write(chunk)
    return size
