"""Find the known heading that an unknown one resembles: by the words they share, or by a slip of the pen.

A word counts the more, the fewer columns of the kind have it among their names: `anten` says little in a list
of masts, `cao` says nearly all.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from math import log

from phusong.intake.aliases import ALIASES, TABLES, UNNEEDED, heading_keys
from phusong.intake.words import word_key
from phusong.vietnamese.keys import base_key, normalise

_WORD = re.compile(r"[^\W_]+")
#: From here on two headings are near: share of their weight that they have in common, 0..1.
NEAR_SHARE = 0.5
#: A known heading that stands whole in the unknown one counts nearly as the same, if it says so much.
WHOLE_SHARE, WHOLE_WEIGHT = 0.9, 0.8
#: Of two headings spelt nearly alike, share of letters in common, 0..1; shorter ones are not compared.
SLIP_SHARE, SLIP_LETTERS, SLIPS = 0.86, 6, 2
#: From here on an unread heading may well be the same as one under which a column is read already, 0..1.
SAME_SHARE = 0.75
#: Words that say nothing of what a column holds, as they are and without accents.
EMPTY_WORDS = frozenset(
    _WORD.findall(
        "của và với so theo các những có là cho trong tại ở do về từ đến được bị nếu hiện nay này không chưa "
        "đã số mã tên loại ngày tháng năm tổng thông tin đơn vị họ lượng stt tt ghi chú chính riêng x y m km "
        "the of in to for and or a an by no number name id code type date is has "
        "cua va voi cac nhung co la trong tai o ve tu den duoc bi neu hien khong chua da so ma ten loai ngay "
        "thang nam tong thong don vi ho luong ghi chu chinh rieng"
    )
)
EMPTY_WEIGHT, OTHER_WEIGHT = 0.1, 0.7
#: What stands short for words in headings.
SHORT = {
    "sđt": "điện thoại", "sdt": "dien thoai", "đt": "điện thoại", "dt": "dien thoai", "hs": "học sinh",
    "tb": "thiết bị", "cs": "chính sách", "ts": "tần số", "bt": "băng tần", "kđ": "kinh độ", "vđ": "vĩ độ",
    "online": "trực tuyến", "ăng": "anten", "ten": "", "port": "cổng", "ports": "cổng", "tel": "phone",
}  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Near:
    """Name the known heading that an unknown one resembles.

    Parameters
    ----------
    name : canonical column; empty where the resembled heading is known to be of no use.
    heading : the known heading, as a clerk would type it.
    share : how near they are, 0..1.
    is_same : whether they differ in so little that they may well be the same.
    """

    name: str
    heading: str
    share: float
    is_same: bool = False


def split_words(text: str, *, plain: bool) -> frozenset[str]:
    """Return the different words of a heading, what stands short for others written out.

    Parameters
    ----------
    text : a heading.
    plain : whether accents are left out.
    """
    tidy = _CAMEL.sub(" ", normalise(text)).casefold()
    written = " ".join(SHORT.get(word, word) for word in _WORD.findall(tidy))
    return frozenset((base_key(written) if plain else written).split())


@cache
def _list_known(kind: str, plain: bool) -> list[tuple[str, str, frozenset[str]]]:
    """Return canonical column, heading and words of all that is known of a kind."""
    named = [(name, h) for name, headings in ALIASES.get(kind, {}).items() for h in headings]
    labels = [(c.name, text) for c in TABLES[kind].columns for text in (c.vi, c.en)]
    own = [(c.name, c.name.replace("_", " ")) for c in TABLES[kind].columns]
    unneeded = [("", h) for h in UNNEEDED.get(kind, ())]
    listed = [*unneeded, *named, *labels, *own]
    return [(name, h, split_words(h, plain=plain)) for name, h in listed]


@cache
def _score_words(kind: str, plain: bool) -> dict[str, float]:
    """Return word → how much it says, 1 for a word that one column alone has among its names."""
    columns: dict[str, set[str]] = {}
    for name, _, words in _list_known(kind, plain):
        columns.setdefault(name, set()).update(words)
    counts = Counter(word for words in columns.values() for word in words)
    most = log(1 + len(columns))
    return {
        word: EMPTY_WEIGHT if word in EMPTY_WORDS else log(1 + len(columns) / n) / most
        for word, n in counts.items()
    }


@lru_cache(maxsize=4096)
def find_near(heading: str, kind: str) -> Near | None:
    """Return the known heading of a kind that a heading resembles most; None where none is near.

    Parameters
    ----------
    heading : as it stands in the file, which is none of the known ones.
    kind : source kind.
    """
    plain = normalise(heading).isascii()
    words, weights = split_words(heading, plain=plain), _score_words(kind, plain)
    keys = [key for key in heading_keys(heading) if len(key) >= SLIP_LETTERS]
    best = Near("", "", 0.0)
    for name, known, parts in _list_known(kind, plain):
        alike = max(_share_words(words, parts, weights), _share_letters(keys, word_key(known)))
        stated = _sum_weights(parts, weights) if parts <= words else 0.0
        share = max(alike, WHOLE_SHARE + alike / 10) if stated >= WHOLE_WEIGHT else alike
        if share > best.share:
            best = Near(name, known, share, alike >= SAME_SHARE)
    return best if best.share >= NEAR_SHARE else None


def _share_words(words: frozenset[str], parts: frozenset[str], weights: dict[str, float]) -> float:
    """Return how much of two headings their common words are, by weight, 0..1."""
    common = _sum_weights(words & parts, weights)
    return (
        2 * common / (_sum_weights(words, weights) + _sum_weights(parts, weights))
        if common
        else 0.0
    )


def _sum_weights(words: frozenset[str], weights: dict[str, float]) -> float:
    """Return how much words say together; one that no known heading has says something else."""
    return sum(
        weights.get(word, EMPTY_WEIGHT if word in EMPTY_WORDS else OTHER_WEIGHT) for word in words
    )


def _share_letters(keys: list[str], known: str) -> float:
    """Return how much of two headings is spelt alike, where that is so much that a slip may be meant."""
    best = 0.0
    for key in keys:
        if len(known) >= SLIP_LETTERS and abs(len(key) - len(known)) <= SLIPS:
            matcher = SequenceMatcher(None, key, known, autojunk=False)
            if matcher.quick_ratio() >= SLIP_SHARE:
                best = max(best, matcher.ratio())
    return best if best >= SLIP_SHARE else 0.0
