"""Text as the wrong font or the wrong code page shows it: tables of their own, from letter to sign.

TCVN 5712:1993 (`.VnTime`), VNI for Windows, and UTF-8 that a program took for Windows-1252. They are written
down here from the standards and not derived from the readers in `phusong.vietnamese`, so that one can be
held against the other.
"""

from __future__ import annotations

import unicodedata

_TCVN3_SMALL = (
    "àµ ả¶ ã· á¸ ạ¹ ă¨ ằ» ẳ¼ ẵ½ ắ¾ ặÆ â© ầÇ ẩÈ ẫÉ ấÊ ậË đ® èÌ ẻÎ ẽÏ éÐ ẹÑ êª ềÒ ểÓ ễÔ ếÕ ệÖ "
    "ì× ỉØ ĩÜ íÝ ịÞ òß ỏá õâ óã ọä ô« ồå ổæ ỗç ốè ộé ơ¬ ờê ởë ỡì ớí ợî ùï ủñ ũò úó ụô "
    "ư\u00ad ừõ ửö ữ÷ ứø ựù ỳú ỷû ỹü ýý ỵþ"
)
_TCVN3_CAPITAL = "Ă¡ Â¢ Ê£ Ô¤ Ơ¥ Ư¦ Đ§"

#: Tone and shape marks that VNI writes behind the letter.
_VNI_MARKS = {
    "a": "áù àø ảû ãõ ạï ăê ắé ằè ẳú ẵü ặë ââ ấá ầà ẩå ẫã ậä",
    "e": "éù èø ẻû ẽõ ẹï êâ ếá ềà ểå ễã ệä",
    "o": "óù òø ỏû õõ ọï ôâ ốá ồà ổå ỗã ộä",
    "u": "úù ùø ủû ũõ ụï",
    "y": "ýù ỳø ỷû ỹõ",
    "ô": "ớù ờø ởû ỡõ ợï",
    "ö": "ứù ừø ửû ữõ ựï",
}
_VNI_SINGLE = "ơô ưö đñ íí ìì ỉæ ĩó ịò ỵî"


def _list_tcvn3() -> dict[str, str]:
    """Return letter → sign; a capital with a tone looks like the small letter, its font is another."""
    signs = {pair[0]: pair[1:] for pair in f"{_TCVN3_SMALL} {_TCVN3_CAPITAL}".split(" ")}
    capitals = {letter.upper(): sign for letter, sign in signs.items()}
    return capitals | signs


def _list_vni() -> dict[str, str]:
    """Return letter → one or two signs, capitals with capital signs."""
    small = {pair[0]: pair[1] for pair in _VNI_SINGLE.split()}
    for letter, pairs in _VNI_MARKS.items():
        small |= {pair[0]: letter + pair[1] for pair in pairs.split()}
    return small | {letter.upper(): signs.upper() for letter, signs in small.items()}


TCVN3 = str.maketrans(_list_tcvn3())
VNI = str.maketrans(_list_vni())


def write_tcvn3(text: str) -> str:
    """Return text as Windows shows it when it was typed in a TCVN3 font."""
    return unicodedata.normalize("NFC", text).translate(TCVN3)


def write_vni(text: str) -> str:
    """Return text as Windows shows it when it was typed in a VNI font."""
    return unicodedata.normalize("NFC", text).translate(VNI)


def write_mojibake(text: str, *, lossy: bool) -> str:
    """Return UTF-8 read as Windows-1252.

    Parameters
    ----------
    text : any.
    lossy : whether the five bytes that Windows-1252 does not have are dropped, or kept as controls.
    """
    shown = []
    for byte in unicodedata.normalize("NFC", text).encode():
        sign = bytes([byte]).decode("cp1252", errors="ignore")
        shown.append(sign or ("" if lossy else chr(byte)))
    return "".join(shown)
