"""Laws that hold for every address, whatever a hamlet is called."""

import random
import unicodedata

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.places_addresses.clerks import EDITION, make_hamlets, write_rows

from phusong.places.addresses import gazetteer_from_hamlets, make_gazetteer, match_addresses
from phusong.places.addresses.memory import Memory
from phusong.places.editions import list_units, report_edition, trace_lineage

RNG = random.Random(11)
HAMLETS = make_hamlets(RNG, each=8)
ROWS = write_rows(HAMLETS, RNG, each=2)
CELLS = ["row_id", "address", "hamlet", "commune", "district", "province", "as_of"]
ADDRESSES = ROWS[CELLS]
WARM = make_gazetteer(HAMLETS)
ANSWERS = match_addresses(ADDRESSES, WARM)

some_rows = st.lists(st.integers(0, len(ADDRESSES) - 1), min_size=1, max_size=6, unique=True)


def same(first, second):
    return first.reset_index(drop=True).equals(second.reset_index(drop=True))


@given(some_rows)
@settings(max_examples=12, deadline=None)
def test_what_was_answered_before_changes_nothing(rows):
    few = ADDRESSES.iloc[rows]
    assert same(match_addresses(few, make_gazetteer(HAMLETS)), ANSWERS.iloc[rows])


def test_the_order_of_all_rows_changes_nothing():
    shuffled = ADDRESSES.sample(frac=1, random_state=5)
    again = match_addresses(shuffled, make_gazetteer(HAMLETS))
    assert again.sort_index().equals(ANSWERS)


def test_the_order_of_hamlets_changes_nothing():
    turned = make_gazetteer(HAMLETS.sample(frac=1, random_state=2))
    assert match_addresses(ADDRESSES, turned).equals(ANSWERS)


def test_equal_rows_have_equal_answers():
    twice = pd.concat([ADDRESSES, ADDRESSES.assign(row_id=lambda t: t["row_id"] + len(t))])
    answers = match_addresses(twice, WARM).drop(columns="row_id")
    half = len(ADDRESSES)
    assert same(answers.iloc[:half], answers.iloc[half:])


@given(some_rows)
@settings(max_examples=25, deadline=None)
def test_decomposed_letters_change_nothing(rows):
    few = ADDRESSES.iloc[rows]
    spread = few.assign(
        address=[unicodedata.normalize("NFD", t) for t in few["address"]],
        hamlet=[unicodedata.normalize("NFD", t) for t in few["hamlet"]],
    )
    plain = few["address"].map(lambda t: unicodedata.normalize("NFC", t) == t)
    written = ROWS.iloc[rows]["label"].isin(["TCVN3", "VNI font", "VISCII", "mojibake"])
    keep = (plain & ~written).to_numpy()  # letters of a font are no letters of a text
    columns = ["status", "hamlet_id", "commune_code", "candidates"]
    answers = match_addresses(spread, WARM)[columns]
    assert same(answers[keep], ANSWERS.iloc[rows][columns][keep])


def test_a_matched_hamlet_lies_in_a_commune_that_the_text_names():
    """Where a commune is written with its kind, in whatever edition, the hamlet lies on its ground."""
    told = ROWS.join(ANSWERS.drop(columns="row_id"))
    told = told[
        (told["status"] == "MATCHED") & told["label"].isin(["plain", "2025", "another commune"])
    ]
    grounds = {}
    for edition in (EDITION, "2025-07-01"):
        trace = trace_lineage(EDITION, edition)
        for unit in list_units(edition).itertuples():
            old = set(trace.loc[trace["to_code"] == unit.code, "from_code"])
            grounds.setdefault(f"{unit.kind} {unit.name}", set()).update(old)
    for text, code in zip(told["address"], told["commune_code"], strict=True):
        assert code in grounds[text.split(", ")[1]], text
    assert len(told) >= 4


def test_a_later_edition_of_the_gazetteer_finds_the_same_hamlets():
    """Whole communes were merged, so only hamlets that share their later commune with a namesake may differ."""
    later = report_edition(HAMLETS, edition="2025-07-01")
    namesakes = later.assign(key=later["name"].str.lower().str.replace("xóm ", ""))
    alone = ~namesakes.duplicated(["key", "commune_code"], keep=False)
    single = set(later.loc[alone & ~later["name"].str.contains(r"\d|Hà|Hạ|Th[uứ]$"), "hamlet_id"])
    clear = ROWS["label"].isin(
        ["plain", "no marks above", "columns with kinds", "dashes", "street"]
    )
    clear &= ROWS["true_hamlet"].isin(single) & (ANSWERS["status"] == "MATCHED")
    answers = match_addresses(ADDRESSES[clear], make_gazetteer(later))
    assert clear.sum() >= 3
    assert same(answers["hamlet_id"], ANSWERS.loc[clear, "hamlet_id"])
    assert set(answers["edition"]) == {"2025-07-01"}


def test_candidates_are_as_many_as_asked_and_the_best_first():
    cut = match_addresses(ADDRESSES, WARM, most_candidates=2)
    assert (cut["candidates"].str.count(r"\|") <= 1).all()
    first = ANSWERS["candidates"].str.split("|").str[:2].str.join("|")
    several = ANSWERS["candidates"] != ""
    hamlets = several & (cut["hamlet_id"] == "") & ~ANSWERS["commune_code"].str.contains(r"\|")
    assert cut.loc[hamlets, "candidates"].tolist() == first[hamlets].tolist()


def test_a_full_memory_begins_anew(monkeypatch):
    monkeypatch.setattr("phusong.places.addresses.memory.MOST_KEPT", 3)
    small = make_gazetteer(HAMLETS)
    assert match_addresses(ADDRESSES, small).equals(ANSWERS)
    memory = Memory()
    for number in range(10):
        memory.keep(number, number)
    assert len(memory) <= 3


def test_a_table_of_hamlets_becomes_a_gazetteer():
    table = HAMLETS.head(40).rename(columns={"aliases": "former_names"})
    extra = pd.DataFrame(
        {"hamlet_id": ["n1"], "kind": ["thôn"], "name": [None], "commune_code": ["08914"]}
    )
    made = gazetteer_from_hamlets(
        pd.concat([table, extra.assign(edition=EDITION, former_names=None)])
    )
    assert made.to_dict("records") == HAMLETS.head(40).to_dict("records")
    assert gazetteer_from_hamlets(table.drop(columns="former_names"))["aliases"].eq("").all()
