"""What is taken off an address before it is read: telephones, markers of residence, spreadsheets' dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from phusong.vietnamese import normalise, search_key
from phusong.vietnamese.alphabet import LETTERS
from phusong.vietnamese.keys import LOOK_ALIKES

_PHONE: Final = re.compile(
    r"(?<![0-9])(?:\+?84|0)(?:[ .-]?[0-9]){8,10}(?![0-9])|(?<![0-9])[0-9]{9,12}(?![0-9])"
)
_DATE: Final = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?|\d{1,2}/\d{1,2}/\d{4}"
)
_FLOAT: Final = re.compile(r"(?<![0-9.])([0-9]{1,4})\.0+(?![0-9])")
_CURRENT: Final = re.compile(
    r"(?<!\w)(?:chỗ ở hiện nay|chỗ ở hiện tại|nơi ở hiện nay|nơi ở hiện tại|hiện đang ở|hiện cư trú|hiện ở"
    r"|hiện nay|hiện tại|tạm trú|nơi ở|chỗ ở|cho o hien nay|cho o hien tai|noi o hien nay|hien dang o|hien o"
    r"|hien nay|hien tai|tam tru)(?!\w)"
)
_REGISTERED: Final = re.compile(
    r"(?<!\w)(?:hộ khẩu thường trú|đăng ký thường trú|nơi thường trú|thường trú|hộ khẩu|hktt|đkhktt|đkhk"
    r"|nguyên quán|quê quán|ho khau thuong tru|thuong tru|ho khau|nguyen quan|que quan)(?!\w)"
)
#: A word that tells where the name begins; what stands before it is talk. A name may end in it: Thân Thuộc.
_AT: Final = re.compile(
    f"(?<![{LETTERS}\\w])(?:ở tại|tại|ở|thuộc|thuộc địa phận)(?![{LETTERS}\\w])(?!\\s*(?:[,;–—-]|$))",
    re.IGNORECASE,
)
_OTHER_SEPARATOR: Final = re.compile(r"[;\n\r\t/|()\[\]:_\\–—-]")
_SEPARATORS: Final = re.compile(r"[,;\n\r\t/|()\[\]:_\\]+|[-–—]+")
#: First words of markers, without diacritics.
_MARKERS: Final = frozenset(
    ("o", "tai", "thuoc", "hien", "tam", "noi", "cho", "thuong", "ho", "hktt", "dkhktt", "dkhk")
    + ("dang", "nguyen", "que")
)
#: A day that is a name (thôn 20/10), or a house number (12/3): no separator stands in it.
_DAY: Final = re.compile(r"(?<![0-9/])([0-9]{1,3})/([0-9]{1,3})(?![0-9/])")
_SOME_DIGITS: Final = re.compile(r"[0-9] ?[0-9]")
#: As many digits as a year has, or what a spreadsheet makes of a whole number.
_MANY_DIGITS: Final = re.compile(r"[0-9](?:[ .]?[0-9]){3}|[0-9]\.0")
_FOREIGN: Final = re.compile("[\u0370-\u03ff\u0400-\u052f]")
#: A tone, and behind it the circumflex, breve or horn that belongs before it.
_TURNED_MARKS: Final = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306\u031b])")
_LONGEST_NOTHING: Final = 24
_NOTHING: Final = frozenset(
    ("", "x", "xx", "xxx", "khong", "kxd", "k", "ko", "na", "n a", "null", "nan", "none", "nil")
    + (
        "nt",
        "nhu tren",
        "tren",
        "test",
        "0",
        "ref",
        "value",
        "name",
        "num",
        "div 0",
        "abcd",
        "unknown",
    )
)
#: Words that fill a form and are names of hamlets as well: nothing where nothing else is said.
_FILLING: Final = frozenset(("khac", "tu do", "abc"))
#: Letters that a finger rests on: aaa; three of i are the number three.
_HELD: Final = frozenset("abcdefghjklmnopqrstuvwxyz")
#: Without a place, without a name: không có thông tin, chưa cập nhật.
_UNTOLD: Final = re.compile(
    "(?:khong|chua|ko|k)(?: (?:co|ro|xac dinh|biet|thong tin|cap nhat|khai bao|dia chi|ghi|dien|nhap|duoc))+"
)


#: From this weight on, a text is cleaned as a whole.
ENOUGH: Final = 3


def weigh_marks(chunk: str, bases: Iterable[str]) -> int:
    """Return how much speaks for a telephone, a date or a marker: enough, a third of it, or nothing.

    Parameters
    ----------
    chunk : a piece of normalised text.
    bases : its words, without diacritics.
    """
    marked = not _MARKERS.isdisjoint(bases) and any(
        pattern.search(chunk.lower()) for pattern in (_CURRENT, _REGISTERED, _AT)
    )
    if marked or chunk[:1] == "'" or _MANY_DIGITS.search(chunk):
        return ENOUGH
    return 1 if _SOME_DIGITS.search(chunk) else 0


def is_empty(text: str) -> bool:
    """Return whether a text says nothing: a dash, `x`, `không`, a ditto mark, a bare number."""
    if len(text) > _LONGEST_NOTHING:
        return False
    key = search_key(text)
    held = len(key) > 2 and key[0] in _HELD and len(set(key)) == 1
    return bool(held or key in _NOTHING or key.replace(" ", "").isdigit() or _UNTOLD.fullmatch(key))


def is_filling(text: str) -> bool:
    """Return whether a text, or a number, says nothing where it stands alone: Khác, Tự do, abc, 36."""
    return is_empty(text) or (len(text) <= _LONGEST_NOTHING and search_key(text) in _FILLING)


def tidy_text(text: str) -> str:
    """Return normalised text, also where a tone stands before its letter's own mark.

    An address has no Cyrillic words, so all look-alikes are Latin.
    """
    tidy = normalise(text)
    if tidy is text:
        return text
    if _TURNED_MARKS.search(unicodedata.normalize("NFD", tidy)):
        spread = _TURNED_MARKS.sub(r"\2\1", unicodedata.normalize("NFD", tidy))
        tidy = normalise(spread)
    return normalise(tidy.translate(LOOK_ALIKES)) if _FOREIGN.search(tidy) else tidy


def take_current(text: str) -> tuple[str, list[str]]:
    """Return the part of a text that says where someone lives now, and what was left out."""
    small = text.lower()
    flags = []
    current = list(_CURRENT.finditer(small)) if len(small) == len(text) else []
    if current and search_key(text[current[-1].end() :]):
        text, flags = text[current[-1].end() :], ["current_address"]
        small = text.lower()
    marked = _REGISTERED.search(small)
    if marked:
        before, after = text[: marked.start()], text[marked.end() :]
        text = before if flags and search_key(before) else f"{before}, {after}"
        flags.append("registered_address")
    return text, flags


def clean_text(raw: str) -> tuple[str, list[str]]:
    """Return normalised text without telephone, dates and markers of residence, and flags for each."""
    flags: list[str] = []
    text = tidy_text(raw.replace("\n", ", ").replace("\r", " "))
    if text[:1] == "'":
        text = text[1:]
    text, flags = _strip_digits(text)
    text, found = take_current(text)
    flags += found
    talk = _AT.split(text)
    if len(talk) > 1:
        text = ",".join(piece for piece in talk if piece.strip())
        flags.append("noise")
    return text, flags


def _strip_digits(text: str) -> tuple[str, list[str]]:
    """Return a text without dates and telephones, `3.0` as 3, and flags for each."""
    flags: list[str] = []
    for pattern, by, flag in (
        (_DATE, " ", "excel_date"),
        (_PHONE, " ", "pii_phone_stripped"),
        (_FLOAT, r"\1", "excel_float"),
    ):
        changed = pattern.sub(by, text)
        if changed != text:
            text, flags = changed, [*flags, flag]
    return text, flags


#: One or two consonants and an apostrophe before the rest of a word: R'Lấp, H' Neng, Ch'ơm.
_APOSTROPHE: Final = re.compile(
    f"(?<![{LETTERS}\\w])([bcdghklmnpqrstvxđBCDGHKLMNPQRSTVXĐ][hrHR]?)['’‘ʼ`´] ?([^\\W\\d_]+)"
)
_APOSTROPHES: Final = frozenset("'’‘ʼ`´")


def join_apostrophes(text: str) -> str:
    """Return a text in which a word that is written with an apostrophe is one: Đắk R'Lấp as Đắk Rlấp."""
    if _APOSTROPHES.isdisjoint(text):
        return text
    return _APOSTROPHE.sub(lambda found: found[1] + found[2].lower(), text)


def split_chunks(text: str) -> list[str]:
    """Return the pieces of a clean text between its separators."""
    if "/" in text:
        text = _DAY.sub(r"\1.\2", text)
    pieces = _SEPARATORS.split(text) if _OTHER_SEPARATOR.search(text) else text.split(",")
    return [piece for piece in map(str.strip, pieces) if piece]
