"""Bytes as Western Windows shows them, the disguise in which every legacy font reaches Unicode files.

Windows-1252 leaves five bytes undefined (81, 8D, 8F, 90, 9D). A careful reader keeps them as the control
characters of Latin-1, a careless one loses them.
"""

from __future__ import annotations

import codecs
from typing import Final

UNDEFINED: Final = bytes.fromhex("81 8d 8f 90 9d")

#: What each byte shows as; undefined bytes are the controls of Latin-1.
SHOWN: Final = "".join(
    chr(byte) if byte in UNDEFINED else bytes([byte]).decode("cp1252") for byte in range(256)
)
#: Sign → byte; the controls of Latin-1 stand for their bytes too, for text that was read as Latin-1.
BYTES: Final = {chr(byte): byte for byte in range(128, 160)} | {
    shown: byte for byte, shown in enumerate(SHOWN)
}
_SHOWN_CONTROLS: Final = str.maketrans({chr(byte): SHOWN[byte] for byte in range(128, 160)})


def show_bytes(data: bytes) -> str:
    """Return bytes as text in Windows-1252, the undefined ones as controls of Latin-1."""
    return codecs.charmap_decode(data, "strict", SHOWN)[0]


def show_controls(text: str) -> str:
    """Return text that was read as Latin-1 as it would look had it been read as Windows-1252."""
    return text.translate(_SHOWN_CONTROLS)


def map_signs(letters: dict[int, str]) -> dict[int, str]:
    """Return a translation of shown signs from a table of bytes.

    Parameters
    ----------
    letters : byte → what it stands for; other bytes keep what Windows-1252 shows.
    """
    return {ord(sign): letters.get(byte, SHOWN[byte]) for sign, byte in BYTES.items()}
