"""Which encoding a file has, or a text once had, weighed by how much of it is Vietnamese.

Only Unicode is ever certain: a byte order mark, valid UTF-8, or UTF-16 with the zero bytes of plain signs.
Between legacy encodings a person decides, from the samples given here in order of likelihood.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from phusong.vietnamese.alphabet import LETTERS
from phusong.vietnamese.legacy import READERS, decode, repair
from phusong.vietnamese.mojibake import mend_utf8, shows_windows_1252
from phusong.vietnamese.tones import REMEMBERED, is_bare_syllable, is_syllable

_BOMS: Final = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
#: Words run from space to space; dashes, dots of omission, digits and plain punctuation part them.
_WORD: Final = re.compile(r"[^\s!-@\[-`{-~–—…]+")
_QUOTES: Final = "“”‘’„«»•·"
_LINE: Final = re.compile(rb"[^\r\n]+")


class Guess(NamedTuple):
    """Hold one reading of a file's bytes.

    Attributes
    ----------
    encoding : as `decode` names it.
    score : share of telling words that are possible Vietnamese syllables.
    certain : whether no person need confirm it.
    sample : the beginning of what has diacritics, as this reading has it.
    """

    encoding: str
    score: float
    certain: bool
    sample: str


class Repair(NamedTuple):
    """Hold one repair of a text.

    Attributes
    ----------
    encoding : what the text was in truth, as `repair` names it.
    text : the repaired text, with U+FFFD where a letter is lost.
    score : share of telling words that are possible Vietnamese syllables.
    lost : number of letters that are lost.
    certain : whether no person need confirm it.
    """

    encoding: str
    text: str
    score: float
    lost: int
    certain: bool


@lru_cache(maxsize=REMEMBERED)
def _weigh_word(word: str) -> tuple[int, int]:
    """Return (speaks for Vietnamese, speaks at all) of a word, as 0 or 1."""
    word = word.strip(_QUOTES)
    if not any(sign.isalpha() for sign in word):
        return 0, 0
    if word.isascii():
        return (1, 1) if is_bare_syllable(word) else (0, 0)
    cased = word.islower() or word.isupper() or word.istitle()
    return (1, 1) if cased and is_syllable(word) else (0, 1)


def _weigh(text: str) -> tuple[int, int]:
    """Return how many words of a text speak for Vietnamese, and how many speak at all."""
    composed = unicodedata.normalize("NFC", text)
    weights = [_weigh_word(word) for word in _WORD.findall(composed)]
    return sum(good for good, _ in weights), sum(telling for _, telling in weights)


def score(text: str) -> float:
    """Return the share of telling words that are possible Vietnamese syllables, 0 to 1.

    A word tells something if it has a sign beyond ASCII, or if it is a syllable without diacritics: a
    foreign or shortened word in plain letters (UBND, Viettel) looks the same in every encoding. A word
    with capitals and small letters mixed up is no syllable. A text without telling words scores 1.
    """
    good, telling = _weigh(text)
    return good / telling if telling else 1.0


def _take_loaded(data: bytes, limit: int) -> bytes:
    """Return the first lines with bytes beyond ASCII, until there are enough bytes."""
    lines, size = [], 0
    for match in _LINE.finditer(data):
        if size >= limit:
            break
        if not match[0].isascii():
            lines.append(match[0])
            size += len(match[0])
    return b"\n".join(lines)[:limit]


def _decodes(data: bytes, encoding: str) -> bool:
    """Return whether bytes can be in a Unicode encoding at all."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _has_utf16_zeros(data: bytes) -> bool:
    """Return whether zero bytes stand on one side of the byte pairs only, as in UTF-16 without a mark."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    order = "utf-16-le" if odd >= even else "utf-16-be"  # as `decode` takes it
    return bool(even) != bool(odd) and len(data) % 2 == 0 and _decodes(data, order)


def _is_vietnamese(text: str) -> bool:
    """Return whether every letter of a text is plain or Vietnamese."""
    letters = unicodedata.normalize("NFC", text)
    return all(sign in LETTERS for sign in set(letters) if sign.isalpha() and not sign.isascii())


def _guess_unicode(data: bytes) -> str | None:
    """Return the Unicode encoding that bytes show by themselves, if any."""
    marked = next((name for bom, name in _BOMS.items() if data.startswith(bom)), None)
    if marked and _decodes(data, marked):
        return marked
    if _has_utf16_zeros(data):
        return "utf-16"
    return "utf-8" if _decodes(data, "utf-8") else None


def _repair_utf8(text: str) -> Repair:
    """Return the repair of a text as if it were UTF-8 that was read wrongly."""
    mended = mend_utf8(text)
    certain = mended.lost == 0 and (mended.inferred == 0 or shows_windows_1252(text))
    return Repair("utf-8", mended.text, score(mended.text), mended.lost, certain)


def guess_repair(text: str) -> list[Repair]:
    """Return the repairs that make a text of a Unicode file more Vietnamese, the best first.

    The list is empty where the text is right as it stands, or no repair betters it. UTF-8 that was read
    wrongly is certain where no letter is lost, and no letter was inferred unless the signs of Windows-1252
    show which bytes could be lost; a legacy font never is. A column or a file in one string tells more than
    a single cell.

    Parameters
    ----------
    text : as the file has it, not normalised yet.
    """
    standing = score(text)
    if text.isascii() or standing == 1.0:
        return []
    repairs = [_repair_utf8(text)]
    for name in READERS:
        mended = repair(text, name) or ""
        repairs.append(Repair(name, mended, score(mended), 0, False))
    better = [found for found in repairs if found.score > standing]
    return sorted(better, key=lambda found: (-found.score, found.lost))


def _guess_utf8(loaded: bytes, sample_letters: int) -> Guess:
    """Return the reading of valid UTF-8; text that some repair betters is weighed as repaired."""
    text = loaded.decode("utf-8", "ignore")
    repairs = guess_repair(text)
    meant = repairs[0].text if repairs else text
    return Guess("utf-8", score(meant), _is_vietnamese(meant), text[:sample_letters])


def guess_encoding(
    data: bytes, *, weighed_bytes: int = 1 << 16, sample_letters: int = 200
) -> list[Guess]:
    """Return the encodings that bytes may be in, the likeliest first.

    Unicode that shows itself is certain and alone, unless a few bytes that happen to be valid UTF-8 read
    as well in a legacy encoding, and have letters that are not Vietnamese. What is UTF-8 and holds a
    legacy font is UTF-8: its text is for `guess_repair`, and is weighed as repaired.

    Parameters
    ----------
    data : a whole file, or its beginning cut at the end of a line.
    weighed_bytes : how much of the lines with diacritics is weighed [bytes].
    sample_letters : length of the samples [letters].
    """
    shown = _guess_unicode(data)
    if shown == "utf-16" or (shown and (data.isascii() or data.startswith(codecs.BOM_UTF8))):
        text = decode(data, shown)
        return [Guess(shown, score(text[:weighed_bytes]), True, text[:sample_letters])]
    loaded = _take_loaded(data, weighed_bytes)
    guesses = [_guess_utf8(loaded, sample_letters)] if shown else []
    for name in READERS:
        text = decode(loaded, name)
        guesses.append(Guess(name, score(text), False, text[:sample_letters]))
    guesses.sort(key=lambda guess: -guess.score)
    first, second = guesses[:2]
    if first.encoding == "utf-8" and (first.certain or first.score > second.score):
        return [first._replace(certain=True)]
    return [guess._replace(certain=False) for guess in guesses]
