"""What a word in a cell may stand for: operators, technologies, states, yes and no, totals and notes.

Words are listed as keys: letters and digits, without accents, blanks or case.
"""

from __future__ import annotations

import re
from functools import lru_cache

from phusong.vietnamese.keys import base_key
from phusong.vocabulary.operators import OperatorSet, find_in_use
from phusong.vocabulary.terms import NetworkStatus, Operator, Technology

_NOT_KEY = re.compile(r"[^0-9a-z]+")


def word_key(text: str) -> str:
    """Return a word or heading reduced to its letters and digits, without accents or case."""
    return _NOT_KEY.sub("", base_key(text))


def list_operator_words() -> dict[str, Operator]:
    """Return alias → operator, of the operators that are known where it is asked."""
    return _index_words(find_in_use())


def list_networks() -> dict[str, Operator]:
    """Return MCC-MNC → host network, of the operators that are known where it is asked."""
    return _index_networks(find_in_use())


@lru_cache(maxsize=8)
def _index_words(operators: OperatorSet) -> dict[str, Operator]:
    known = operators.known.values()
    return {word_key(alias): Operator(o.key) for o in known for alias in o.aliases}


@lru_cache(maxsize=8)
def _index_networks(operators: OperatorSet) -> dict[str, Operator]:
    known = operators.known.values()
    return {network: Operator(o.key) for o in known for network in o.networks}


#: Mobile country code of Việt Nam (ITU-T E.212).
HOME_MCC = "452"

TECHNOLOGY_WORDS: dict[str, Technology] = {
    key: technology
    for technology, words in {
        Technology.G2: "2g gsm gsm900 gsm1800 edge gprs",
        Technology.G3: "3g umts wcdma hspa hsdpa",
        Technology.G4: "4g lte ltea ltefdd ltetdd ltem",
        Technology.G5: "5g nr 5gnr",
        Technology.FIBRE: "fibre fiber ftth ftthb capquang quang gpon internetcapquang capquangftth",
    }.items()
    for key in words.split()
}

#: The band that Vietnamese networks use most for a technology [MHz] (domain notes §2.8).
HOME_BANDS: dict[Technology, float] = {
    Technology.G2: 900.0,
    Technology.G3: 2100.0,
    Technology.G4: 1800.0,
    Technology.G5: 2600.0,
}

#: Which technologies Vietnamese networks run in a band [MHz] (domain notes §2.8).
BAND_HOLDERS: dict[float, tuple[Technology, ...]] = {
    700.0: (Technology.G4, Technology.G5),
    900.0: (Technology.G2, Technology.G3, Technology.G4),
    1800.0: (Technology.G2, Technology.G4),
    2100.0: (Technology.G3, Technology.G4),
    2500.0: (Technology.G4, Technology.G5),
    2600.0: (Technology.G4, Technology.G5),
    3500.0: (Technology.G5,),
    3700.0: (Technology.G5,),
    3800.0: (Technology.G5,),
    3900.0: (Technology.G5,),
}

STATUS_WORDS: dict[str, NetworkStatus] = {
    key: status
    for status, words in {
        NetworkStatus.LIVE: (
            "live onair operational existing active hienco danghoatdong hoatdong hoatdongtot "
            "hoatdongbinhthuong binhthuong tot dangphatsong phatsong daphatsong dangsudung "
            "khaithac dakhaithac dangkhaithac"
        ),
        NetworkStatus.BUILDING: (
            "building underconstruction xaydung dangxay dangxaydung thicong dangthicong "
            "dangtrienkhai danglapdat"
        ),
        NetworkStatus.PLANNED: (
            "planned proposed kehoach theokehoach dukien quyhoach chotrienkhai chuatrienkhai"
        ),
        NetworkStatus.DEAD: (
            "dead inactive decommissioned ngung ngunghoatdong dung dunghoatdong ngungphatsong dungphatsong "
            "hong daxoabo thaodo dathaodo thuhoi tamngung tamdung matlienlac"
        ),
    }.items()
    for key in words.split()
}

YES_WORDS = frozenset(
    ["x", "v", "c", "co", "1", "true", "yes", "y", "da", "daco", "roi", "ok", "dung"]
)
NO_WORDS = frozenset(["khong", "ko", "k", "0", "false", "no", "n", "chua", "chuaco", "kg"])
YES_MARKS = frozenset("✓✔☑✅√●")
#: A tick, beside which an empty cell says no.
CROSSES = frozenset(["x", "v", "1"])

#: First cell of a row that sums the table up, as a key.
TOTAL_WORDS = frozenset(
    [
        "tong",
        "tongcong",
        "cong",
        "tongso",
        "total",
        "grandtotal",
        "congtong",
        "subtotal",
        "tongcongtoantinh",
    ]
)
TOTAL_STARTS = (
    "tongcong",
    "tongso",
    "congxa",
    "conghuyen",
    "congtinh",
    "congthitran",
    "congphuong",
    "congtoan",
)

#: First words of a line under a table that is no row of it, as a key.
NOTE_STARTS = (
    "ghichu",
    "luuy",
    "nguoilap",
    "thutruong",
    "noinhan",
    "nguon",
    "xacnhan",
    "kyten",
    "daidien",
    "note",
    "source",
)
