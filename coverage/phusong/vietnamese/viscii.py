"""VISCII, the one-byte code of the Viet-Std group, read from what Windows shows of it.

References
----------
RFC 1456 (1993): VISCII, all 134 letters in one byte each; six capitals took the place of controls.
"""

from __future__ import annotations

from typing import Final

from phusong.vietnamese.bytes1252 import map_signs

#: The upper half of the code, 80–FF, and the capitals among the controls.
_UPPER_HALF: Final = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_CONTROLS: Final = dict(zip((0x02, 0x05, 0x06, 0x14, 0x19, 0x1E), "ẲẴẪỶỸỴ", strict=True))
BYTE_LETTERS: Final = {0x80 + place: letter for place, letter in enumerate(_UPPER_HALF)} | _CONTROLS

_LETTERS: Final = map_signs(BYTE_LETTERS)


def read_viscii(shown: str) -> str:
    """Return the text that was meant, composed (NFC).

    Parameters
    ----------
    shown : the bytes as Windows-1252 or Latin-1 shows them.
    """
    return shown.translate(_LETTERS)
