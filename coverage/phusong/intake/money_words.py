"""Read sums of money as donors and offices write them: in figures, with a unit behind, and in words.

A sum is a whole number of đồng and is worked out exactly. Whatever can be read in two ways (`2,350 tỷ`,
`1 tỷ 5`) is not guessed but told.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from phusong.intake.values import BLANKS
from phusong.vietnamese.keys import base_key, normalise
from phusong.vocabulary.tables.book import MOST_VND

#: What a word behind a figure multiplies it by [VND].
BILLION, MILLION, THOUSAND = 10**9, 10**6, 10**3
SCALES = {
    "ty": BILLION, "ti": BILLION, "trieu": MILLION, "tr": MILLION,
    "nghin": THOUSAND, "ngan": THOUSAND, "k": THOUSAND,
}  # fmt: skip
#: Smallest note in use, and more than any province has ever been given [VND].
LEAST_VND = 1_000

_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5,
    "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_TEN, _HUNDRED, _ODD, _HALF = "muoi", "tram", ("linh", "le"), "ruoi"
_IDLE = frozenset(("dong", "chan", "vnd", "d", "va", "viet", "nam", "bang", "chu", "so", "tien"))
_CURRENCY = re.compile(r"[\s.]*(?:dong viet nam|viet nam dong|dong|vnd|vn d|d|₫)(?: chan)?[\s./]*$")
_ABOUT = re.compile(r"^(?:khoang|uoc tinh|uoc|du kien|tri gia|gia tri|so tien|~|≈)[\s:]*")
_FOREIGN = re.compile(r"usd|eur|jpy|krw|cny|[$€¥£₩]|do la|dola")
_BEHIND = re.compile(r"^(?P<figure>[^(]*\d[^(]*)[(](?P<words>[^)\d]+)[)]?\s*$")
_SPELLED = re.compile(r"[,;:.\s(]*(?:viết\s+)?bằng chữ\s*[:.]?\s*", re.IGNORECASE)
_PIECE = re.compile(
    r"(?P<figure>\d{1,3}(?:\s\d{3})+(?!\d)|\d[\d.,]*)\s*(?P<unit>ty|ti|trieu|tr|nghin|ngan|k)?"
    r"(?P<half>\s+ruoi)?\s*"
)


class Sum(NamedTuple):
    """Hold what a cell says of money.

    Parameters
    ----------
    vnd : the sum [VND]; None where it cannot be told.
    rule : the rule that had to read it, or None.
    fault : the rule that it breaks, or None.
    """

    vnd: int | None = None
    rule: str | None = None
    fault: str | None = None


def parse_money(text: str, *, scale: int) -> Sum:
    """Return what one cell says.

    Parameters
    ----------
    text : the cell.
    scale : what a bare figure of this column is multiplied by, as its heading says [VND].
    """
    tidy = normalise(text)
    if tidy in BLANKS:
        return Sum()
    if _FOREIGN.search(strip_marks(tidy)):
        return Sum(fault="foreign_money")
    figure, words = _split_words(tidy)
    described = _parse_figures(figure, scale=scale) if figure else Sum()
    spelled = parse_spelled(words) if words else None
    if figure and words and spelled is not None and described.vnd not in (None, spelled):
        return Sum(fault="words_differ")
    if figure or not words:
        return _bound(described)
    return _bound(Sum(spelled, "money_words") if spelled is not None else Sum(fault="not_money"))


def strip_marks(text: str) -> str:
    """Return a text in small letters without diacritics, its digits and signs as they are."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _bound(told: Sum) -> Sum:
    """Return a sum that can be one; the fault of it otherwise."""
    if told.vnd is None or told.vnd == 0:
        return told
    if told.vnd < 0:
        return Sum(fault="not_money")
    if told.vnd < LEAST_VND:
        return Sum(fault="sum_too_small")
    return Sum(fault="sum_too_large") if told.vnd > MOST_VND else told


def _split_words(text: str) -> tuple[str, str]:
    """Return the figures of a cell and the same in words, either of which may be empty."""
    marked = _SPELLED.split(text, maxsplit=1)
    if len(marked) == 2:
        return marked[0].strip(), marked[1].strip(" ).")
    behind = _BEHIND.match(text)
    if behind:
        return behind["figure"].strip(), behind["words"].strip()
    return (text, "") if any(c.isdigit() for c in text) else ("", text)


def _parse_figures(text: str, *, scale: int) -> Sum:
    """Return figures with their units as a sum: `2 tỷ 300 triệu`, `1,5 tỷ`, `2.350.000đ`."""
    plain = strip_marks(text).replace("\u00a0", " ")
    bare = _CURRENCY.sub("", _ABOUT.sub("", plain)).strip()
    pieces, at = [], 0
    while at < len(bare):
        piece = _PIECE.match(bare, at)
        if piece is None:
            return Sum(fault="not_money")
        pieces.append(piece)
        at = piece.end()
    return _add_pieces(pieces, bare, scale) if pieces else Sum(fault="not_money")


def _add_pieces(pieces: list[re.Match[str]], bare: str, scale: int) -> Sum:
    """Return the sum of figures, the units of which must fall."""
    stated = any(p["unit"] for p in pieces)
    total, above = Decimal(0), MOST_VND
    for number, piece in enumerate(pieces):
        unit = SCALES[piece["unit"]] if piece["unit"] else (1 if stated else scale)
        if unit >= above or (number and not piece["unit"] and "." not in piece["figure"]):
            return Sum(fault="money_unclear")
        value, fault = _read_digits(piece["figure"].rstrip(".,"), unit)
        if value is None:
            return Sum(fault=fault)
        total += value * unit + (Decimal(unit) / 2 if piece["half"] else 0)
        above = unit
    if total != total.to_integral_value():
        return Sum(fault="not_money")
    return Sum(int(total), None if bare.isdigit() and scale == 1 else "money_read")


def _read_digits(text: str, unit: int) -> tuple[Decimal | None, str | None]:
    """Return digits with their marks as a number, or why they are none.

    A point groups thousands, as it does here; three digits behind a single comma, or behind a single point
    before tỷ, may be thousands or decimals.
    """
    digits = re.sub(r"\s", "", text)
    marks = [c for c in digits if c in ".,"]
    if not marks:
        return Decimal(digits), None
    last = marks[-1]
    head, _, tail = digits.rpartition(last)
    if len(marks) > 1 and len(set(marks)) == 1:
        return _ungroup(digits, last), "not_money"
    if len(marks) > 1:
        whole = _ungroup(head, marks[0])
        return (None if whole is None else Decimal(f"{whole}.{tail}")), "not_money"
    if len(tail) != 3 or head == "0":
        return Decimal(f"{head}.{tail}"), None
    if unit > 1 and (last == "," or unit >= BILLION):
        return None, "money_unclear"
    return _ungroup(digits, last), "not_money"


def _ungroup(digits: str, mark: str) -> Decimal | None:
    """Return a number of which a mark groups the thousands; None where the groups are not of three."""
    own = re.escape(mark)
    grouped = re.fullmatch(rf"\d{{1,3}}(?:{own}\d{{3}})+", digits)
    return Decimal(digits.replace(mark, "")) if grouped else None


def parse_spelled(text: str) -> int | None:
    """Return a sum in words, with or without diacritics; None where it is none or can be read twice.

    `Hai tỷ ba trăm triệu đồng chẵn`, `nam tram linh nam trieu`, `một tỷ rưỡi`.
    """
    words = base_key(text).split()
    words = [w for n, w in enumerate(words) if w not in _IDLE or _is_five(words, n)]
    return _read_scaled(words, (("ty", "ti"), ("trieu",), ("nghin", "ngan"))) if words else None


def _is_five(words: list[str], at: int) -> bool:
    """Return whether `nam` at a place is the number five, and not the end of Việt Nam."""
    return words[at] == "nam" and (at == 0 or words[at - 1] != "viet")


def _read_scaled(words: list[str], scales: tuple[tuple[str, ...], ...]) -> int | None:
    """Return words as a number, cut at its largest unit."""
    if not scales:
        return _read_hundreds(words)
    places = [n for n, w in enumerate(words) if w in scales[0]]
    if not places:
        return _read_scaled(words, scales[1:])
    unit, cut = SCALES[scales[0][0]], places[-1]
    many = _read_scaled(words[:cut], scales) if cut else None
    if many is None:
        return None
    rest = words[cut + 1 :]
    if rest == [_HALF]:
        return many * unit + unit // 2
    if len(rest) == 1:  # “một tỷ hai” is said for 1.2 thousand million
        return None
    behind = _read_scaled(rest, scales[1:]) if rest else 0
    return None if behind is None else many * unit + behind


def _read_hundreds(words: list[str]) -> int | None:
    """Return a number below a thousand: hundreds, tens, units."""
    if _HUNDRED not in words:
        return _read_tens(words)
    cut = words.index(_HUNDRED)
    rest = words[cut + 1 :]
    if cut != 1 or words[0] not in _DIGITS or (len(rest) == 1 and rest[0] != _TEN):
        return None
    odd = len(rest) == 2 and rest[0] in _ODD
    behind = _DIGITS.get(rest[1]) if odd else _read_tens(rest) if rest else 0
    return None if behind is None else 100 * _DIGITS[words[0]] + behind


def _read_tens(words: list[str]) -> int | None:
    """Return a number below a hundred: `bay`, `muoi lam`, `hai muoi mot`."""
    if len(words) == 1:
        return 10 if words[0] == _TEN else _DIGITS.get(words[0])
    if words[0] == _TEN and len(words) == 2:
        return 10 + _DIGITS[words[1]] if words[1] in _DIGITS else None
    if len(words) in (2, 3) and words[1] == _TEN and words[0] in _DIGITS:
        unit = _DIGITS.get(words[2]) if len(words) == 3 else 0
        return None if unit is None else 10 * _DIGITS[words[0]] + unit
    return None
