"""Split what a list calls a hamlet into its kind and its name."""

from __future__ import annotations

import re

from phusong.intake.words import word_key
from phusong.vietnamese.keys import normalise, tone_key
from phusong.vocabulary.terms import HamletKind

#: Words and abbreviations → kind, as keys; the longest match at the start of a name counts.
KIND_WORDS: dict[str, HamletKind] = {
    key: kind
    for kind, words in {
        HamletKind.THON: "thon th",
        HamletKind.XOM: "xom",
        HamletKind.BAN: "ban",
        HamletKind.LANG: "lang",
        HamletKind.KHU: "khu khudancu kdc khud c",
        HamletKind.TO_DAN_PHO: "todanpho tdp tdpho todp tdf topho",
        HamletKind.KHU_PHO: "khupho kp",
        HamletKind.TIEU_KHU: "tieukhu tk",
        HamletKind.AP: "ap",
        HamletKind.BUON: "buon",
        HamletKind.KHOI: "khoi khoipho",
        HamletKind.KHOM: "khom",
        HamletKind.KHU_VUC: "khuvuc kv",
        HamletKind.BON: "bon",
        HamletKind.PHUM: "phum",
        HamletKind.SOC: "soc",
    }.items()
    for key in words.split()
}
#: Kinds that, without their accents, are as well the first syllable of a name: Lang Son, Ban Long, Ap Bac.
NAMELIKE = {
    HamletKind.BAN,
    HamletKind.LANG,
    HamletKind.AP,
    HamletKind.BUON,
    HamletKind.KHOI,
    HamletKind.BON,
    HamletKind.SOC,
}
#: A longer cell is a remark, and no word for a kind.
_LONGEST_OTHER = 2
#: Longest kind in words: tổ dân phố, khu dân cư.
LONGEST = 3
_PIECE = re.compile(r"[^\s.]+\.?")


def parse_kind(text: str) -> HamletKind | None:
    """Return the kind that a cell names, under any of its words; None where it names none."""
    key = word_key(text)
    if key in KIND_WORDS:
        return KIND_WORDS[key]
    return next((k for k in HamletKind if key in (word_key(k.value), word_key(k.vi))), None)


def parse_other_kind(text: str) -> str | None:
    """Return the word of a cell that names a kind outside the list (chòm, đảo); None where it names none."""
    word = normalise(text)
    plain = bool(word) and word.replace(" ", "").isalpha()
    return word if plain and len(word.split()) <= _LONGEST_OTHER and not parse_kind(word) else None


def split_name(text: str) -> tuple[HamletKind | None, str]:
    """Return the kind that a name begins with, and the rest; a name that is a bare kind stays whole.

    ``TDP số 1`` is tổ dân phố + ``số 1``; ``Thôn Xóm Mới`` is thôn + ``Xóm Mới``. Words that without their
    accents are ordinary syllables (``Lang Son``) count only where they are written with them.
    """
    name = normalise(text)
    pieces = list(_PIECE.finditer(name))
    for length in range(min(LONGEST, len(pieces) - 1), 0, -1):
        end = pieces[length - 1].end()
        kind = KIND_WORDS.get(word_key(name[:end]))
        rest = name[end:].strip(" .-:")
        sure = kind not in NAMELIKE or tone_key(name[:end]) == tone_key(str(kind))
        if kind and rest and sure:
            return kind, rest
    return None, name
