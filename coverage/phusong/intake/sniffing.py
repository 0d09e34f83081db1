"""Say what a file is by its content; its name is not believed."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from phusong.intake.decoding import guess_wide
from phusong.intake.rules import refuse
from phusong.vocabulary.terms import Term


class Form(Term):
    """Name the forms in which a source may come."""

    TEXT = "text", "bảng văn bản (CSV)", "text table (CSV)"
    WORKBOOK = "workbook", "bảng tính", "workbook"
    VECTOR = "vector", "lớp bản đồ", "map layer"
    RASTER = "raster", "lưới độ cao", "elevation grid"
    ARCHIVE = "archive", "tệp nén", "archive"


HEAD_BYTES = 65_536
GZIP = b"\x1f\x8b"
#: Where a tape archive says what it is.
TAPE, TAPE_AT = b"ustar", 257
#: First bytes → form.
SIGNATURES: tuple[tuple[bytes, Form], ...] = (
    (b"SQLite format 3\0", Form.VECTOR),
    (b"\x00\x00\x27\x0a", Form.VECTOR),
    (b"fgb", Form.VECTOR),
    (b"PAR1", Form.VECTOR),
    (b"II*\0", Form.RASTER),
    (b"MM\0*", Form.RASTER),
    (b"II+\0", Form.RASTER),
    (b"MM\0+", Form.RASTER),
    (GZIP, Form.ARCHIVE),
)
#: First bytes → rule, for files that are turned away.
REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "form_pdf"),
    (b"Rar!", "form_archive"),
    (b"7z\xbc\xaf", "form_archive"),
    (b"BZh", "form_archive"),
    (b"\xfd7zXZ", "form_archive"),
    (b"\x08\x09\xfe\x02", "form_drawing"),
    (b"\xc8\x09\xfe\x02", "form_drawing"),
    (b"AC10", "form_drawing"),
)
_PICKLE = re.compile(rb"\x80[\x02-\x05]|\(?(?:lp\d|dp\d|c[a-z_.]+\r?\n\w+\r?\n)")
_VIRTUAL = re.compile(
    rb"<\s*(?:OGRVRT|VRTDataset|VRTRaster|GDAL_WMS|WFS_Capab|OGRWFS)|gdal_streamed_alg|^\s*GDALG",
    re.IGNORECASE,
)
#: AutoCAD's exchange format; MapInfo's tables and exchange files.
_DRAWING = re.compile(rb"(?:\s*999\s*\n[^\n]*\n)?\s*0\s*\r?\nSECTION", re.IGNORECASE)
_TABLE = re.compile(rb"\s*(?:!table\b|Version\s+\d+\s*\r?\n\s*Charset)", re.IGNORECASE)
#: The first element of XML or of a page, after what may stand before it.
_ROOT = re.compile(
    rb"(?:\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\]\s*)?>)*<\s*(?:[\w.-]+:)?(?P<name>[A-Za-z][\w.-]*)",
    re.IGNORECASE | re.DOTALL,
)
#: The head of an ESRI ASCII grid.
_GRID = re.compile(rb"ncols\s+\d+\s+nrows\s+\d+\s", re.IGNORECASE)
_PAGE = re.compile(rb"<\s*!doctype\s+html\b", re.IGNORECASE)
MAP_ROOTS = (b"kml", b"featurecollection", b"gpx")
PAGE_ROOTS = (b"html", b"head", b"body", b"table", b"meta", b"style", b"script", b"div", b"link")
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Sizes of an SRTM tile: 1201² or 3601² heights of two bytes.
TILE_BYTES = (1201 * 1201 * 2, 3601 * 3601 * 2)


def sniff_form(path: Path, *, file: str) -> Form:
    """Return the form of a file, told from its first bytes.

    Raises
    ------
    SourceFault
        If the file is empty, or of a form that is turned away: a web page named as a workbook, a program's
        own objects (pickle), a virtual format that would read other files, a PDF, an unknown binary.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if not head:
        raise refuse("empty_file", file=file)
    for start, rule in REFUSED:
        if head.startswith(start):
            raise refuse(rule, file=file)
    if head[TAPE_AT:].startswith(TAPE):
        raise refuse("form_archive", file=file)
    if _PICKLE.match(head):
        raise refuse("form_pickle", file=file)
    for start, form in SIGNATURES:
        if head.startswith(start):
            return form
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _sniff_zip(path, file)
    if head.startswith(OLE2):
        return _sniff_ole(path, file)
    return _sniff_text(head, path, file)


def _sniff_zip(path: Path, file: str) -> Form:
    """Tell a workbook from an archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise refuse("damaged_file", file=file, detail=error) from error
    if "content.xml" in names or any(n.startswith("xl/workbook") for n in names):
        return Form.WORKBOOK
    if "[Content_Types].xml" in names:
        raise refuse("form_document", file=file)
    return Form.ARCHIVE


def _sniff_ole(path: Path, file: str) -> Form:
    """Tell an old workbook from a locked one and from other documents."""
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refuse("locked_file", file=file)
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return Form.WORKBOOK
    raise refuse("form_document", file=file)


def _sniff_text(head: bytes, path: Path, file: str) -> Form:
    """Tell a text table from GeoJSON, KML, a web page and a virtual format."""
    plain = head.replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    start = plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if _DRAWING.match(plain):
        raise refuse("form_drawing", file=file)
    if _VIRTUAL.search(plain):
        raise refuse("form_virtual", file=file)
    if start.startswith((b"{", b"[")) or _TABLE.match(start):
        return Form.VECTOR
    if _GRID.match(start):
        return Form.RASTER
    if start.startswith(b"<"):
        return _sniff_markup(start, file)
    if path.stat().st_size in TILE_BYTES and b"\0" in head:
        return Form.RASTER
    if _looks_binary(head):
        raise refuse("form_unknown", file=file)
    return Form.TEXT


def _sniff_markup(start: bytes, file: str) -> Form:
    """Tell a map from a web page and from other XML by the root, whatever stands inside it."""
    root = _ROOT.match(start)
    name = root["name"].lower() if root else b""
    if name in MAP_ROOTS:
        return Form.VECTOR
    if name in PAGE_ROOTS or _PAGE.match(start):
        raise refuse("form_page", file=file)
    raise refuse("form_markup", file=file)


def _looks_binary(head: bytes) -> bool:
    """Return whether bytes are no text in any encoding: many zeros or control characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or guess_wide(head):
        return False
    controls = sum(head.count(bytes([code])) for code in range(9))
    return controls > len(head) // 50
