"""The words that say what kind of place a name is: thôn, xã, TDP, H., streets and institutions."""

from __future__ import annotations

from typing import Final, NamedTuple

from phusong.vietnamese import search_key, tone_key


class Kind(NamedTuple):
    """Hold one word for a kind of place.

    Attributes
    ----------
    level : hamlet, commune, district, province, street or institution.
    name : the kind as the registers write it.
    tone : its tone key, which a text with diacritics must have.
    weak : whether it is one or two letters that may mean something else.
    """

    level: str
    name: str
    tone: str
    weak: bool


_WRITTEN: Final = {
    ("hamlet", "thôn"): "thôn|th|thg",
    ("hamlet", "xóm"): "xóm",
    ("hamlet", "bản"): "bản",
    ("hamlet", "làng"): "làng",
    ("hamlet", "khu"): "khu|khu dân cư|kdc|k",
    ("hamlet", "khu phố"): "khu phố|kp",
    ("hamlet", "tổ dân phố"): "tổ dân phố|tdp|tdf|tổ dp|tổ dân",
    ("hamlet", "tổ"): "tổ|tổ nhân dân|tổ tự quản",
    ("hamlet", "tiểu khu"): "tiểu khu",
    ("hamlet", "ấp"): "ấp",
    ("hamlet", "buôn"): "buôn",
    ("hamlet", "khối"): "khối|khối phố",
    ("hamlet", "khóm"): "khóm",
    ("hamlet", "khu vực"): "khu vực|kv",
    ("hamlet", "bon"): "bon",
    ("hamlet", "phum"): "phum",
    ("hamlet", "sóc"): "sóc",
    ("commune", "xã"): "xã|x",
    ("commune", "phường"): "phường|p|f",
    ("commune", "thị trấn"): "thị trấn|tt|ttr|t t",
    ("commune", "đặc khu"): "đặc khu",
    ("district", "huyện"): "huyện|h",
    ("district", "thành phố"): "thành phố|tp|t p",
    ("district", "thị xã"): "thị xã|tx|t x",
    ("district", "quận"): "quận|q",
    ("province", "tỉnh"): "tỉnh|t",
    ("street", "số"): "số|số nhà|sn|nhà số",
    ("street", "ngõ"): "ngõ|ngách|hẻm|kiệt",
    ("street", "đường"): "đường|phố|đại lộ|quốc lộ|tỉnh lộ|hương lộ|đường tỉnh|ql|tl|hl",
    ("street", "đội"): "đội|cụm",
    ("institution", "khu công nghiệp"): "kcn|khu công nghiệp|công ty|cty|nhà máy",
    ("institution", "ký túc xá"): "ktx|ký túc xá|ký túc|nhà trọ|khu tập thể|phòng trọ",
    ("institution", "trường"): "trường|bệnh viện|trung tâm|trung tâm bảo trợ xã hội"
    "|bảo trợ xã hội|nhà ở xã hội|nhà công vụ|làng trẻ|mái ấm",
}
#: Words of several kinds, each a word of its own.
WEAK: Final = frozenset({"x", "p", "f", "h", "t", "k", "th", "q"})
#: Kinds that a hamlet of the registers has; the others are parts of a hamlet as often as hamlets.
MAIN: Final = frozenset(
    ("thôn", "tổ dân phố", "bản", "khu phố", "tiểu khu", "ấp", "buôn", "khối")
    + ("khóm", "khu vực", "bon", "phum", "sóc")
)
#: Kinds of which a numbered tổ is a part, and never the thing itself.
DIVIDED: Final = frozenset(
    ("thôn", "xóm", "bản", "làng", "ấp", "buôn", "bon", "phum", "sóc")
    + ("khu phố", "khối", "khóm", "khu vực")
)
#: Levels that say nothing about the hamlet.
BESIDE: Final = frozenset({"street", "institution"})
#: Words that stand alone and say nothing of a place within the province.
IGNORED: Final = frozenset(
    ("dt", "sdt", "dtdd", "tel", "dienthoai", "sodienthoai", "lh", "lienhe", "vietnam", "vn")
)
#: Words that stand alone and say that a unit was called so, or is now.
FORMER: Final = frozenset(
    ("cu", "nay", "nayla", "naythuoc", "truocla", "truocday", "truocdayla", "truocdaythuoc", "cula")
    + ("sausapnhap", "sausapnhapla", "sapnhaptu", "nguyenla", "truoccula", "tencu", "tencula")
)
#: Shorter runs of letters may be words.
_SHORTEST_RUN: Final = 6
_SAME: Final = {"tổ": "tổ dân phố", "làng": "thôn"}


def _list_kinds() -> dict[tuple[str, ...], Kind]:
    """Return the kinds by the words that say them, without diacritics."""
    return {
        tuple(search_key(word).split()): Kind(level, name, tone_key(word), word in WEAK)
        for (level, name), words in _WRITTEN.items()
        for word in words.split("|")
    }


KINDS: Final = _list_kinds()


def _list_headed() -> dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...], Kind], ...]]:
    """Return by first word the words of kinds, without diacritics and with, the longest first."""
    headed: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], Kind]]] = {}
    for words in sorted(KINDS, key=len, reverse=True):
        written = (words, tuple(KINDS[words].tone.split()), KINDS[words])
        headed.setdefault(words[0], []).append(written)
    return {head: tuple(written) for head, written in headed.items()}


HEADED: Final = _list_headed()
#: First words of kinds, so that most words are passed over at once.
HEADS: Final = frozenset(HEADED)
#: All words of kinds, with their diacritics.
KIND_WORDS: Final = frozenset(word for kind in KINDS.values() for word in kind.tone.split())
#: Single words of kinds, which a number or a name may be glued to.
GLUED: Final = frozenset(words[0] for words in KINDS if len(words) == 1)
#: Kinds of several words written as one, and their words: thịtrấn.
RUN_TOGETHER: Final = {
    "".join(words): tuple(kind.tone.split())
    for words, kind in KINDS.items()
    if len(words) > 1 and len("".join(words)) >= _SHORTEST_RUN
}


def agree_kinds(stated: str, listed: str) -> bool:
    """Return whether a kind in an address may be the kind in the register; none stated agrees with all."""
    return not stated or _SAME.get(stated, stated) == _SAME.get(listed, listed)


#: First words of kinds that are no hamlet's; a name that begins with one may be a hamlet's all the same.
OUTSIDE_HEADS: Final = frozenset(
    words[0] for words, kind in KINDS.items() if kind.level != "hamlet" and not kind.weak
)
