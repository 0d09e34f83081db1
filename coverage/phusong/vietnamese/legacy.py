"""Encodings that Vietnamese files come in: bytes to text, and text that was read wrongly to text.

The names are those of the command line: utf-8, utf-16, cp1258, tcvn3, vni, viscii. Whatever comes out is
composed (NFC). Nothing here decides which encoding a file has: see ``detection``.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable
from typing import Final, Literal

from phusong.vietnamese.bytes1252 import SHOWN, map_signs, show_bytes, show_controls
from phusong.vietnamese.mojibake import mend_utf8
from phusong.vietnamese.tcvn3 import read_tcvn3
from phusong.vietnamese.viscii import read_viscii
from phusong.vietnamese.vni import read_vni

Encoding = Literal["utf-8", "utf-16", "cp1258", "tcvn3", "vni", "viscii"]

ENCODINGS: Final[tuple[Encoding, ...]] = ("utf-8", "utf-16", "cp1258", "tcvn3", "vni", "viscii")


def _list_cp1258() -> dict[int, str]:
    """Return the letters of Windows-1258 that Windows-1252 shows as others."""
    letters = {byte: bytes([byte]).decode("cp1258", "replace") for byte in range(128, 256)}
    return {byte: c for byte, c in letters.items() if c not in ("\ufffd", SHOWN[byte])}


_CP1258: Final = map_signs(_list_cp1258())


def _read_cp1258(shown: str) -> str:
    """Return what Windows-1258 says, whose tones follow their vowels."""
    return unicodedata.normalize("NFC", shown.translate(_CP1258))


#: The encodings of one byte a sign, and how each is read from what Windows-1252 shows; in the order in
#: which they are to be expected in the north.
READERS: Final[dict[str, Callable[[str], str]]] = {
    "tcvn3": read_tcvn3,
    "vni": read_vni,
    "cp1258": _read_cp1258,
    "viscii": read_viscii,
}


def _decode_utf16(data: bytes) -> str:
    """Return text in UTF-16; without a byte order mark the zero bytes of plain signs tell the order."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    little = data[1::2].count(0) >= data[0::2].count(0)
    return data.decode("utf-16-le" if little else "utf-16-be")


def decode(data: bytes, encoding: str) -> str:
    """Return bytes as text, composed (NFC), without a byte order mark.

    Parameters
    ----------
    encoding : `utf-8`, `utf-16`, `cp1258`, `tcvn3`, `vni` or `viscii`.

    Raises
    ------
    UnicodeDecodeError
        If the bytes cannot be in this encoding (UTF-8 and UTF-16 only: the others give every byte a sign).
    ValueError
        If the encoding is none of these.
    """
    if encoding == "utf-8":
        return unicodedata.normalize("NFC", data.decode("utf-8-sig"))
    if encoding == "utf-16":
        return unicodedata.normalize("NFC", _decode_utf16(data))
    return unicodedata.normalize("NFC", _reader(encoding)(show_bytes(data)))


def repair(text: str, encoding: str) -> str | None:
    """Return text that was read as Windows-1252 or Latin-1 as it was meant, composed (NFC).

    Parameters
    ----------
    text : text of a Unicode file, not normalised yet: TCVN3 writes ư with the soft hyphen.
    encoding : what it is in truth: `utf-8`, `cp1258`, `tcvn3`, `vni` or `viscii`.

    Returns
    -------
    the text, or None where bytes of UTF-8 were lost and no certain letter can be put in their place.

    Raises
    ------
    ValueError
        If the encoding is none of these.
    """
    if encoding == "utf-8":
        mended = mend_utf8(text)
        return None if mended.lost else mended.text
    return unicodedata.normalize("NFC", _reader(encoding)(show_controls(text)))


def _reader(encoding: str) -> Callable[[str], str]:
    """Return the reader of an encoding of one byte a sign."""
    if encoding not in READERS:
        raise ValueError(
            f"“{encoding}” is no encoding that can be read here: use one of {', '.join(ENCODINGS)}"
        )
    return READERS[encoding]
