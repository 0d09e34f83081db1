"""Addresses: 20,000 different ones against 1,300 made-up hamlets in real communes, beside rapidfuzz.

Run it from the source tree: `python -m benchmarks.addresses`. Seventeen in twenty are tidy, three in twenty
have the noise of offices: no diacritics, a slip, a wrong tone, decomposed letters, no separators, raw keys.
rapidfuzz looks for the whole cleaned string among `kind name, commune, district` of all hamlets, once with
its own default (`extractOne`, WRatio) and once as fast as it can (`cdist`, plain ratio, one worker); its best
hit counts as matched. Seconds are CPU seconds of one core, after a warm-up on other addresses. A second
row of ours is over names with words of streets, days and numbers, and the layouts of records: lines beside
columns, two levels, provinces in short and elsewhere, placeholders; no two are written alike.
"""

from __future__ import annotations

import random
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from benchmarks.terrain import describe_machine, print_table

from phusong.places.addresses import make_gazetteer, match_addresses
from phusong.places.addresses.scoring import score_answers
from phusong.places.editions import list_units
from phusong.simulate.addresses.awkward import simulate_hard_hamlets
from phusong.simulate.addresses.layouts import simulate_layouts
from phusong.vietnamese import base_keys

EDITION = "2021-01-01"
COUNT, WARM_UP, HAMLETS, NOISY_SHARE, SEED = 20_000, 5_000, 1_300, 0.15, 20210921
#: Addresses handed to the slow peer; its rate does not depend on how many.
PEER_COUNT = 2_000
FIRST = "An Bình Cao Châu Đại Đông Đồng Đức Hạ Hòa Hưng Kim Lạc Liên Long Mai Nam Ngọc Phú Quan Tân Văn Yên"
SECOND = "Bảo Cầu Chung Cốc Giang Hội Khê Lâm Mỹ Phong Quang Quế Sơn Thành Thịnh Thọ Tiến Trạch Trì Tự Xá Ích"
KINDS = {
    "thôn": ("Thôn ", "thôn ", "Thôn ", "Th. "),
    "tổ dân phố": ("Tổ dân phố ", "TDP ", "tổ dân phố "),
    "xã": ("xã ", "Xã ", "X. "),
    "phường": ("phường ", "Phường ", "P. "),
    "thị trấn": ("thị trấn ", "TT ", "TT. "),
    "huyện": ("huyện ", "H. ", ""),
    "thành phố": ("thành phố ", "TP ", "TP. "),
}
BEFORE = ("", "", "", "", "Số {0}, ", "Đội {1}, ", "Ngõ {0}, ", "Số {0} ngõ {1}, ")
PROVINCES = ("Vĩnh Phúc", "tỉnh Vĩnh Phúc", "")


def make_hamlets(rng: random.Random) -> pd.DataFrame:
    """Return hamlets with made-up names and numbers, about ten in each real commune."""
    pool = [f"{a} {b}" for a in FIRST.split() for b in SECOND.split()]
    rows = []
    units = list(list_units(EDITION).itertuples())
    for at, unit in enumerate(units):
        kind = "thôn" if unit.kind == "xã" else "tổ dân phố"
        count = HAMLETS * (at + 1) // len(units) - HAMLETS * at // len(units)
        names = [*rng.sample(pool, count - 2), *map(str, rng.sample(range(1, 13), 2))]
        rows += [
            (f"{unit.code}-{i:02d}", kind, name, unit.code, EDITION) for i, name in enumerate(names)
        ]
    columns = ["hamlet_id", "kind", "name", "commune_code", "edition"]
    return pd.DataFrame(rows, columns=columns)


def strip_marks(text: str) -> str:
    """Return text without diacritics."""
    spread = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in spread if not unicodedata.combining(c))


def slip(text: str, rng: random.Random) -> str:
    """Return text with one letter doubled, dropped or swapped with the next."""
    at = rng.randrange(1, len(text) - 1)
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return rng.choice(
        (text[:at] + text[at : at + 1] + text[at:], text[:at] + text[at + 1 :], swapped)
    )


def spoil(name: str, tail: list[str], rng: random.Random) -> str:
    """Return an address with one of the noises of offices."""
    whole = ", ".join([name, *tail])
    ways: tuple[Callable[[], str], ...] = (
        lambda: strip_marks(whole),
        lambda: strip_marks(whole).lower(),
        whole.upper,
        lambda: unicodedata.normalize("NFD", whole),
        lambda: " ".join([name, *tail]),
        lambda: ", ".join([slip(name, rng) if len(name) > 9 else name, *tail]),
        lambda: ", ".join([name.replace("ồ", "ố").replace("ạ", "ã"), *tail]),
        lambda: f"{whole} - 0900000{rng.randrange(1000):03d}",
        lambda: f"{name}, {tail[0]}",
        lambda: ", ".join([*tail[::-1], name]),
    )
    return rng.choice(ways)()


def write_address(hamlet: Any, unit: Any, rng: random.Random) -> str:
    """Return one way to write the address of a hamlet."""
    district_kind = "huyện" if unit.district.startswith("huyện") else "thành phố"
    district = unit.district.removeprefix(district_kind).strip()
    name = rng.choice(KINDS[hamlet.kind]) + hamlet.name
    tail = [
        rng.choice(KINDS[unit.kind]) + unit.name,
        rng.choice(KINDS[district_kind]) + district,
        rng.choice(PROVINCES),
    ]
    tail = [part for part in tail if part]
    if rng.random() < NOISY_SHARE:
        return spoil(name, tail, rng)
    before = rng.choice(BEFORE).format(rng.randrange(1, 200), rng.randrange(1, 9))
    return before + rng.choice((", ", ", ", " - ", "; ")).join([name, *tail])


def make_addresses(hamlets: pd.DataFrame, rng: random.Random, count: int) -> pd.DataFrame:
    """Return different addresses with the hamlet that each means."""
    units = {unit.code: unit for unit in list_units(EDITION).itertuples()}
    rows = list(hamlets.itertuples())
    made: dict[str, tuple[str, str]] = {}
    while len(made) < count:
        hamlet = rng.choice(rows)
        text = write_address(hamlet, units[hamlet.commune_code], rng)
        made.setdefault(text, (hamlet.hamlet_id, hamlet.commune_code))
    truth = pd.DataFrame(list(made.values()), columns=["true_hamlet", "true_commune"])
    return truth.assign(row_id=range(count), address=list(made))


def rate(
    matcher: str, found: list[str | None], truth: pd.DataFrame, hamlets: pd.DataFrame, spent: float
) -> dict[str, Any]:
    """Return a row of the report."""
    home = dict(zip(hamlets["hamlet_id"], hamlets["commune_code"], strict=True))
    pairs = list(zip(found, truth["true_hamlet"], truth["true_commune"], strict=True))
    matched = sum(1 for f, _, _ in pairs if f)
    right = sum(f == t for f, t, _ in pairs)
    return {
        "matcher": matcher,
        "addresses_per_s": round(len(pairs) / spent),
        "precision": round(right / matched, 5),
        "recall": round(right / len(pairs), 5),
        "wrong_communes": sum(1 for f, _, c in pairs if f and home[f] != c),
    }


def ask_ours(addresses: pd.DataFrame, warm: pd.DataFrame, hamlets: pd.DataFrame) -> dict[str, Any]:
    """Return the row of our own matcher."""
    gazetteer = make_gazetteer(hamlets)
    match_addresses(warm, gazetteer)
    start = time.process_time()
    answers = match_addresses(addresses, gazetteer)
    spent = time.process_time() - start
    found = [h or None for h in answers["hamlet_id"]]
    return rate("phusong match_addresses", found, addresses, hamlets, spent)


def match_layouts() -> dict[str, Any]:
    """Return the row of our own matcher over hard names and the layouts of records."""
    hamlets = simulate_hard_hamlets(count=HAMLETS, seed=SEED)
    addresses = simulate_layouts(hamlets, count=COUNT + WARM_UP, seed=SEED)
    gazetteer = make_gazetteer(hamlets)
    match_addresses(addresses.tail(WARM_UP), gazetteer)
    kept = addresses.head(COUNT)
    start = time.process_time()
    answers = match_addresses(kept, gazetteer)
    spent = time.process_time() - start
    score = score_answers(kept, answers, gazetteer=gazetteer)
    return {
        "matcher": "phusong match_addresses, hard names and layouts of records",
        "addresses_per_s": round(COUNT / spent),
        "precision": round(score.precision or 0.0, 5),
        "recall": round(score.recall or 0.0, 5),
        "wrong_communes": _count_moved(kept, answers, hamlets),
    }


def _count_moved(addresses: pd.DataFrame, answers: pd.DataFrame, hamlets: pd.DataFrame) -> int:
    """Return how many answers are hamlets of another commune than the true one."""
    home = dict(zip(hamlets["hamlet_id"], hamlets["commune_code"], strict=True))
    pairs = zip(answers["hamlet_id"], addresses["true_hamlet"], strict=True)
    return sum(home[found] != home.get(true) for found, true in pairs if found)


def describe_hamlets(hamlets: pd.DataFrame) -> list[str]:
    """Return `kind name commune district` of every hamlet, cleaned."""
    units = list_units(EDITION).set_index("code")
    home = units.loc[hamlets["commune_code"]]
    text = hamlets["kind"] + " " + hamlets["name"] + " " + home["name"].to_numpy()
    return base_keys(text + " " + home["district"].to_numpy()).tolist()


def ask_rapidfuzz(addresses: pd.DataFrame, hamlets: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of rapidfuzz; one row that says so where it is absent."""
    try:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 — the benchmark says plainly when it is absent
    except ModuleNotFoundError:
        return [{"matcher": "rapidfuzz is not installed: pip install rapidfuzz"}]
    choices, ids = describe_hamlets(hamlets), hamlets["hamlet_id"].tolist()
    few = addresses.head(PEER_COUNT)
    start = time.process_time()
    keys = base_keys(few["address"]).tolist()
    hits = [process.extractOne(key, choices, scorer=fuzz.WRatio) for key in keys]
    found = [ids[hit[2]] if hit else None for hit in hits]
    rows = [rate("rapidfuzz extractOne WRatio", found, few, hamlets, time.process_time() - start)]
    start = time.process_time()
    keys = base_keys(addresses["address"]).tolist()
    best = process.cdist(keys, choices, scorer=fuzz.ratio, workers=1).argmax(axis=1)
    spent = time.process_time() - start
    return [*rows, rate("rapidfuzz cdist ratio", [ids[i] for i in best], addresses, hamlets, spent)]


def run(directory: Path | None = None) -> dict[str, Any]:  # noqa: ARG001
    """Return the report of `phusong bench addresses`; it takes no folder."""
    rng = random.Random(SEED)
    hamlets = make_hamlets(rng)
    made = make_addresses(hamlets, rng, COUNT + WARM_UP)
    addresses, warm = made.head(COUNT), made.tail(WARM_UP)
    own = [ask_ours(addresses, warm, hamlets), match_layouts()]
    rows = [*own, *ask_rapidfuzz(addresses, hamlets)]
    return {"name": "addresses", "machine": describe_machine(), "rows": rows}


if __name__ == "__main__":
    print_table(run(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
