"""What a Vietnamese syllable may be, as the spelling of quốc ngữ allows.

A syllable is onset + medial + nucleus + coda + tone. The rules written down here:

- k, gh and ngh stand before i, e, ê (k also before y); c, g and ng before the other vowels;
- the medial is written o before a, ă, e and u before â, ê, ơ, y; /k/ with a medial is written qu;
  lips take no medial, but for loans that are not listed;
- the diphthongs are iê, uô, ươ before a coda and ia, ua, ưa without; iê is written yê where no
  consonant stands before it;
- a syllable that ends in p, t, c or ch has tone sắc or nặng.

References
----------
Quyết định 240/QĐ, 5/3/1984, Bộ Giáo dục: Quy định về chính tả tiếng Việt.
Quyết định 1989/QĐ-BGDĐT, 25/5/2018, điều 8 (dấu thanh) and 9 (i, y).
Đoàn Thiện Thuật, Ngữ âm tiếng Việt, 1977: onsets, rhymes and the tones of closed syllables.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from phusong.vietnamese.alphabet import Tone


class Shape(NamedTuple):
    """Hold the letters of a syllable without its tone."""

    onset: str
    medial: str
    nucleus: str
    coda: str

    @property
    def letters(self) -> str:
        """Return the syllable as it is written without tone."""
        return self.onset + self.medial + self.nucleus + self.coda


#: Codas by nucleus; a dot stands for the open syllable.
PLAIN_RHYMES: Final = {
    "a": ". i y o u m n ng nh p t c ch",
    "ă": "m n ng p t c",
    "â": "y u m n ng p t c",
    "e": ". o m n ng p t c",
    "ê": ". u m n nh p t ch",
    "i": ". u m n nh p t ch",
    "o": ". i m n ng p t c",
    "oo": "ng c",
    "ô": ". i m n ng p t c",
    "ơ": ". i m n p t",
    "u": ". i m n ng p t c",
    "ư": ". i u m ng t c",
    "ia": ".",
    "iê": "u m n ng p t c",
    "ua": ".",
    "uô": "i m n ng t c",
    "ưa": ".",
    "ươ": "i u m n ng p t c",
}
#: The open syllable -y, and onsets that take it beside -i: Hán–Việt words and names.
Y_ONSETS: Final = ("", "h", "k", "l", "m", "n", "s", "t", "th", "v")
Y_RHYMES: Final = {"y": "."}
#: Rhymes that only a syllable without onset has.
BARE_RHYMES: Final = {"yê": "u m n ng t"}
#: gì, gìn, giếng: the i belongs to the onset gi and to the rhyme at once, and is counted with the rhyme.
GI_RHYMES: Final = {"i": ". m n p t", "iê": "m n ng p t c"}
#: (medial, nucleus) → codas.
ROUND_RHYMES: Final = {
    ("o", "a"): ". i y o m n ng nh p t c ch",
    ("o", "ă"): "m n ng t c",
    ("o", "e"): ". o m n t",
    ("u", "â"): "y n ng t",
    ("u", "ê"): ". u nh ch",
    ("u", "ơ"): ".",
    ("u", "y"): ". u n nh p t ch",
    ("u", "ya"): ".",
    ("u", "yê"): "n t",
}
QU_RHYMES: Final = {
    "a": ". i y o u m n ng nh p t c ch",
    "ă": "m n ng p t c",
    "â": "y n ng t",
    "e": ". o m n ng t",
    "ê": ". u n nh t ch",
    "i": ". u n nh p t ch",
    "y": ". u n nh p t ch",
    "yê": "n t",
    "ơ": ". i n t",
    "ô": "c",
}

FRONT: Final = ("e", "ê", "i", "ia", "iê")
#: Onsets that stand only before front vowels, and those that never do.
FRONT_ONSETS: Final = ("k", "gh", "ngh")
BACK_ONSETS: Final = ("c", "ng")
FREE_ONSETS: Final = (
    *("b", "ch", "d", "đ", "h", "kh", "l", "m", "n", "nh"),
    *("p", "ph", "r", "s", "t", "th", "tr", "v", "x"),
)
LIPS: Final = ("b", "m", "p", "ph", "v")
ROUND_ONSETS: Final = ("", "g", "ng", *(onset for onset in FREE_ONSETS if onset not in LIPS))
#: Codas that allow the tones sắc and nặng only.
STOPS: Final = ("p", "t", "c", "ch")


def _spell(onsets: tuple[str, ...], medial: str, nucleus: str, codas: str) -> Iterator[Shape]:
    """Yield the shapes of some onsets with one nucleus and its codas."""
    for onset in onsets:
        for coda in codas.split():
            yield Shape(onset, medial, nucleus, coda.replace(".", ""))


def _plain_onsets(nucleus: str) -> tuple[str, ...]:
    """Return the onsets that stand before a nucleus when there is no medial."""
    if nucleus == "iê":
        return (*FREE_ONSETS, *FRONT_ONSETS)
    if nucleus in FRONT:
        gi = ("gi",) if nucleus == "e" else ()
        return ("", *FREE_ONSETS, *FRONT_ONSETS, *gi)
    return ("", *FREE_ONSETS, *BACK_ONSETS, "g", "gi")


def _list_shapes() -> Iterator[Shape]:
    """Yield every shape that the spelling allows."""
    for nucleus, codas in PLAIN_RHYMES.items():
        yield from _spell(_plain_onsets(nucleus), "", nucleus, codas)
    for nucleus, codas in Y_RHYMES.items():
        yield from _spell(Y_ONSETS, "", nucleus, codas)
    for nucleus, codas in BARE_RHYMES.items():
        yield from _spell(("",), "", nucleus, codas)
    for nucleus, codas in GI_RHYMES.items():
        yield from _spell(("g",), "", nucleus, codas)
    for nucleus, codas in QU_RHYMES.items():
        yield from _spell(("qu",), "", nucleus, codas)
    for (medial, nucleus), codas in ROUND_RHYMES.items():
        yield from _spell(ROUND_ONSETS, medial, nucleus, codas)


@cache
def shapes() -> dict[str, Shape]:
    """Return every possible syllable without its tone: letters → shape."""
    return {shape.letters: shape for shape in _list_shapes()}


def allowed_tones(shape: Shape) -> tuple[Tone, ...]:
    """Return the tones that a shape may carry."""
    return (Tone.SAC, Tone.NANG) if shape.coda in STOPS else tuple(Tone)
