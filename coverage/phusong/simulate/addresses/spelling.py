"""Slips of the pen and of the ear: what happens to a Vietnamese word on its way into a cell."""

from __future__ import annotations

import re
import unicodedata
from random import Random

_BARS = str.maketrans("đĐ", "dD")
_LOOKALIKES = str.maketrans("aeopcxy", "аеорсху")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_TILDE, _HOOK = "\u0303", "\u0309"
#: Where the tone may stand in words that end in two vowels: old style and new.
_PLACES = (("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"),
           ("òe", "oè"), ("óe", "oé"), ("ỏe", "oẻ"), ("ọe", "oẹ"),
           ("ùy", "uỳ"), ("úy", "uý"), ("ủy", "uỷ"), ("ũy", "uỹ"), ("ụy", "uỵ"))  # fmt: skip
_I_AND_Y = (("ý", "í"), ("ỳ", "ì"), ("ỷ", "ỉ"), ("ỹ", "ĩ"), ("ỵ", "ị"))
#: Onsets that some regions do not tell apart, as patterns and what takes their place; gi and iê are giê.
CONFUSIONS = {
    "l_n": (("L", "N"), ("N", "L"), ("l", "n")),
    "s_x": (("S", "X"), ("X", "S")),
    "ch_tr": (("Ch", "Tr"), ("Tr", "Ch")),
    "d_gi_r": (
        ("Di(?=[êếềểễệ])", "Gi"),
        ("Gi(?=[êếềểễệ])", "Di"),
        ("D(?!i)", "Gi"),
        ("Gi", "D"),
        ("R", "D"),
    ),
}


def strip_marks(text: str) -> str:
    """Return text without any diacritic, đ as d."""
    spread = unicodedata.normalize("NFD", text.translate(_BARS))
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


def fold(text: str) -> str:
    """Return what is left of a name without diacritics, case and punctuation."""
    return re.sub(r"[^a-z0-9]+", " ", strip_marks(text).lower()).strip()


def strip_some(text: str, rng: Random) -> str:
    """Return text in which about half of the words lost their diacritics."""
    return re.sub(r"\w+", lambda w: strip_marks(w[0]) if rng.random() < 0.5 else w[0], text)


def decompose(text: str, rng: Random) -> str:
    """Return text in which letters and marks stand apart, in all words or in some."""
    share = rng.choice((0.5, 1.0, 1.0))
    return re.sub(
        r"\w+", lambda w: unicodedata.normalize("NFD", w[0]) if rng.random() < share else w[0], text
    )


def hide_signs(text: str, rng: Random) -> str:
    """Return text with an invisible sign in it: zero-width, or a space that does not break."""
    if rng.random() < 0.5:
        return text.replace(" ", "\u00a0", rng.randrange(1, 4))
    at = rng.randrange(1, max(len(text) - 1, 2))
    return text[:at] + rng.choice(("\u200b", "\ufeff", "\u200d")) + text[at:]


def borrow_letters(text: str, rng: Random) -> str:
    """Return text with Cyrillic letters that look the same in one word."""
    words = [w.span() for w in re.finditer(r"[A-Za-z]*[aeopcxy][A-Za-z]*", text)]
    if not words:
        return text
    start, end = rng.choice(words)
    return text[:start] + text[start:end].translate(_LOOKALIKES) + text[end:]


def widen_digits(text: str) -> str:
    """Return text with full-width digits."""
    return text.translate(_FULL_WIDTH)


def use_eth(text: str) -> str:
    """Return text with the Icelandic letter in place of Đ."""
    return text.replace("Đ", "Ð").replace("đ", "ð")


def move_tones(text: str) -> str:
    """Return text with tones set the other way, hoà for hòa and hòa for hoà."""
    for old, new in _PLACES:
        if re.search(rf"(?<!q){old}\b", text):
            return text.replace(old, new)
        if re.search(rf"(?<!q){new}\b", text):
            return text.replace(new, old)
    return re.sub(r"\b([Qq])uý\b", r"\1úy", text)


def swap_i_and_y(text: str) -> str:
    """Return text with i for y or y for i at the ends of words, Lí for Lý, Mĩ for Mỹ."""
    for y, i in _I_AND_Y:
        for old, new in ((y, i), (i, y)):
            changed = re.sub(rf"\b([hklmstvHKLMSTV]){old}\b", rf"\g<1>{new}", text)
            if changed != text:
                return changed
    return re.sub(r"\bVĩnh\b", "Vỹnh", text)


def confuse_tones(text: str) -> str:
    """Return text with hook for tilde or tilde for hook, Vủ for Vũ."""
    spread = unicodedata.normalize("NFD", text)
    for old, new in ((_TILDE, _HOOK), (_HOOK, _TILDE)):
        if old in spread:
            return unicodedata.normalize("NFC", spread.replace(old, new))
    return text


def wrong_tone(text: str, rng: Random) -> str:
    """Return text in which one word has another tone than it should."""
    spread = unicodedata.normalize("NFD", text)
    marks = [i for i, sign in enumerate(spread) if sign in "\u0301\u0300\u0309\u0303\u0323"]
    if not marks:
        return text
    at = rng.choice(marks)
    other = rng.choice([m for m in "\u0301\u0300\u0309\u0323" if m != spread[at]])
    return unicodedata.normalize("NFC", spread[:at] + other + spread[at + 1 :])


def confuse_onsets(text: str, kind: str) -> str:
    """Return text with one onset as another region says it.

    Parameters
    ----------
    text : any.
    kind : one of `CONFUSIONS`.
    """
    for old, new in CONFUSIONS[kind]:
        changed = re.sub(rf"\b{old}(?![ghi ])", new, text, count=1)
        if changed != text:
            return changed
    return text


def mistype(text: str, rng: Random) -> str:
    """Return text with one letter doubled, dropped, or swapped with the next."""
    if len(text) < 4:
        return text
    at = rng.randrange(1, len(text) - 2)
    return rng.choice(
        (
            text[: at + 1] + text[at:],
            text[:at] + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        )
    )
