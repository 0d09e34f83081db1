"""Numbers in the names of hamlets: digits, Roman numerals, and words up to ninety-nine."""

from __future__ import annotations

import re
from typing import Final

from phusong.vietnamese.keys import normalise
from phusong.vietnamese.tones import is_syllable, place_tone

_UNITS: Final = {
    **{"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5},
    **{"sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9},
}
#: Words for a unit that stand behind a ten only; they, and tư, let the word mươi be left out.
_BEHIND_TENS: Final = {"mốt": 1, "lăm": 5, "nhăm": 5}
_SHORTENING: Final = _BEHIND_TENS | {"tư": 4}
_TENS: Final = {"mười": 10, "hăm": 20, "băm": 30}

#: No hamlet has a number of ten digits; a telephone has.
_DIGITS: Final = re.compile(r"([0-9]{1,9})(?:\.0+)?")
_ROMAN: Final = re.compile(r"(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_UNITS: Final = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_LEAD: Final = re.compile(r"^(?:(?:số|thứ) |số(?=[0-9]))", re.IGNORECASE)


def _parse_roman(text: str) -> int | None:
    """Return a Roman numeral up to 39; small letters only where they are no syllable (iii, but not vi)."""
    if text.islower() and (len(text) == 1 or is_syllable(text)):
        return None
    match = _ROMAN.fullmatch(text.upper() if text.islower() else text)
    return 10 * len(match[1]) + _ROMAN_UNITS.index(match[2]) if match else None


def _list_numbers() -> dict[str, int]:
    """Return the numbers from one to ninety-nine by their words."""
    behind = _UNITS | _BEHIND_TENS
    spelled = _UNITS | {"mười": 10}
    for lead, ten in _TENS.items():
        spelled |= {f"{lead} {word}": ten + unit for word, unit in behind.items()}
    for lead, tens in _UNITS.items() - {("một", 1)}:
        spelled[f"{lead} mươi"] = 10 * tens
        spelled |= {f"{lead} mươi {word}": 10 * tens + unit for word, unit in behind.items()}
        spelled |= {f"{lead} {word}": 10 * tens + unit for word, unit in _SHORTENING.items()}
    return spelled


_NUMBERS: Final = _list_numbers()


def parse_number(text: str) -> int | None:
    """Return the number that a name is, or None where it is none.

    `3`, `03`, `3.0`, `III`, `iii`, `Ba`, `số 3`, `số ba`, `mười hai`, `hăm tư`, `ba mươi mốt`. Words need
    their diacritics: `Nam` is south and may be `năm`. `3A` and `3.1` are names, not numbers.
    """
    name = _LEAD.sub("", normalise(text))
    digits = _DIGITS.fullmatch(name)
    if digits:
        return int(digits[1])
    roman = _parse_roman(name)
    if roman is not None:
        return roman
    return _NUMBERS.get(" ".join(map(place_tone, name.lower().split())))
