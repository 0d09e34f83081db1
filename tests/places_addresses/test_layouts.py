"""Names that hold words of streets, lines beside columns, numbers, two levels, provinces in short."""

from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.places.addresses import make_gazetteer, match_addresses
from phusong.places.editions import list_units, trace_lineage
from phusong.simulate.addresses.awkward import simulate_hard_hamlets
from phusong.simulate.addresses.layouts import simulate_layouts
from phusong.vietnamese import search_key

COLUMNS = ["hamlet_id", "kind", "name", "commune_code", "edition", "aliases"]
#: xã Đạo Trù, huyện Tam Đảo.
HOME, ABOVE = "08914", "xã Đạo Trù, huyện Tam Đảo, tỉnh Vĩnh Phúc"


def gazetteer(*names, code=HOME, kind="thôn"):
    rows = [(f"H{i}", kind, name, code, "2021-01-01", "") for i, name in enumerate(names)]
    return make_gazetteer(pd.DataFrame(rows, columns=COLUMNS))


def ask(against, *addresses):
    rows = [{"address": row} if isinstance(row, str) else row for row in addresses]
    table = pd.DataFrame(rows).fillna("").assign(row_id=range(len(rows)))
    found = match_addresses(table, against)
    return list(zip(found["status"], found["hamlet_id"], strict=True))


WORDS = st.sampled_from(
    [
        "Gò",
        "Mỏ",
        "Đồng",
        "Tân",
        "Lập",
        "Hạ",
        "Thượng",
        "Trong",
        "Ngoài",
        "Đường",
        "Đội",
        "Phố",
        "Cụm",
        "Trường",
        "Số",
        "Ngõ",
        "Xã",
        "Trung",
        "Tâm",
        "Khu",
        "Xóm",
        "Làng",
        "Bản",
        "Cũ",
        "1",
        "2",
        "3",
        "20/10",
    ]
)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
#: A word for a kind alone is no name, and a name that is a kind and a number is the number.
PLAIN = NAMES.filter(lambda name: any(w in name for w in ("Gò", "Mỏ", "Tân", "Lập", "Hạ", "Ngoài")))


@given(st.lists(PLAIN, min_size=1, max_size=6, unique_by=lambda n: search_key(n).replace(" ", "")))
@settings(max_examples=60, deadline=None)
def test_every_listed_name_finds_its_own_hamlet(names):
    found = ask(gazetteer(*names), *(f"thôn {name}, {ABOVE}" for name in names))
    assert found == [("MATCHED", f"H{i}") for i in range(len(names))], names


UNITS = list(list_units("2021-01-01").itertuples())
KINDS = st.sampled_from(["thôn", "xóm", "làng", "bản", "tiểu khu", "tổ dân phố"])


@st.composite
def communes_of_names(draw):
    """A commune, and names of which one may begin as the commune does behind a word for its kind."""
    unit = draw(st.sampled_from([unit for unit in UNITS if " " in unit.name]))
    like = f"{draw(st.sampled_from(['Xã', 'Phường', 'Khu', 'Làng']))} {unit.name.split()[0]}"
    names = draw(st.lists(PLAIN | st.just(like), min_size=1, max_size=5, unique_by=search_key))
    return unit, [*names, *([like] if like not in names else [])]


@given(communes_of_names(), KINDS)
@settings(max_examples=80, deadline=None)
def test_every_listed_name_finds_its_own_hamlet_in_every_commune(home, kind):
    unit, names = home
    against = gazetteer(*names, code=unit.code, kind=kind)
    above = f"{unit.kind} {unit.name}, {unit.district}, tỉnh Vĩnh Phúc"
    found = ask(against, *(f"{kind} {name}, {above}" for name in names))
    assert found == [("MATCHED", f"H{i}") for i in range(len(names))], (kind, names, above)


def test_a_name_is_not_parted_by_a_word_for_a_street():
    halves = gazetteer("Gò Đường 1", "Gò Đường 2")
    for way in ("Gò Đường 2", "Gò Đường số 2", "Gò Đường II", "go duong 2"):
        assert ask(halves, f"thôn {way}, {ABOVE}") == [("MATCHED", "H1")], way
    lower = gazetteer("Gò Đường Hạ")
    assert (
        ask(lower, f"thôn Gò, {ABOVE}", f"thôn Gò Đường Thượng, {ABOVE}")
        == [("COMMUNE_ONLY", "")] * 2
    )
    assert ask(lower, f"thôn G.Đường Hạ, {ABOVE}") == [("MATCHED", "H0")]
    both = gazetteer("Gò", "Gò Đường Hạ")
    assert ask(both, f"thôn Gò, {ABOVE}", f"thôn Gò đội 3, {ABOVE}") == [("MATCHED", "H0")] * 2
    assert ask(both, f"thôn Gò Đường Thượng, {ABOVE}") == [("COMMUNE_ONLY", "")]


SAME = gazetteer("Bãi Thử", "Đồng Gió")
IN_LINE = ["Thôn Bãi Thử", "Bãi Thử"], ["xã Đạo Trù", "Đạo Trù", "X. Đạo Trù"]
DISTRICTS = ["", "huyện Tam Đảo", "Tam Đảo", "T.Đảo"]
PROVINCES = ["", "tỉnh Vĩnh Phúc", "Vĩnh Phúc", "V.Phúc"]


@pytest.mark.parametrize("commune", ["", "xã Đạo Trù", "Đạo Trù"])
def test_line_and_columns_that_state_the_same_have_one_outcome(commune):
    rows = [
        {
            "address": ", ".join(filter(None, line)),
            "commune": commune, "district": district, "province": province,
        }
        for line in product(*IN_LINE, DISTRICTS, PROVINCES)
        for district, province in product(["", "Huyện Tam Đảo", "Tam Đảo"], PROVINCES)
    ]  # fmt: skip
    found = ask(SAME, *rows)
    others = [row for row, outcome in zip(rows, found, strict=True) if outcome != ("MATCHED", "H0")]
    assert others == []


@pytest.mark.parametrize(
    ("column", "value", "status"),
    [
        ("commune", "xã Đạo Tú", "CONFLICT"),
        ("district", "Sông Lô", "CONFLICT"),
        ("province", "Hà Nội", "CONFLICT"),
        ("hamlet", "Đồng Gió", "AMBIGUOUS"),
    ],
)
def test_a_column_that_states_another_is_a_contradiction(column, value, status):
    line = {"address": "Thôn Bãi Thử, xã Đạo Trù, Tam Đảo, Vĩnh Phúc", column: value}
    assert ask(SAME, line) == [(status, "")]


def list_joined():
    """The units of July 2025 and two old communes in each."""
    trace = trace_lineage("2021-01-01", "2025-07-01").groupby("to_code")["from_code"]
    units = list_units("2025-07-01").set_index("code")
    return [(units.loc[new], list(old)[:2]) for new, old in trace if len(old) > 1]


@pytest.mark.parametrize("ways", [("9", "số 9"), ("9", "9"), ("09", "Số 9"), ("IX", "9")])
def test_one_number_of_two_joined_communes_is_in_doubt_however_it_is_written(ways):
    joined = list_joined()
    rows = [
        (f"{code}", kind, way, code, "2021-01-01", "")
        for _, old in joined
        for code, way, kind in zip(old, ways, ("tổ dân phố", "khu"), strict=True)
    ]
    against = make_gazetteer(pd.DataFrame(rows, columns=COLUMNS))
    written = [
        "TDP 9",
        "TDP số 9",
        "tổ 09",
        "khu 9",
        "thôn 9",
        "TDP chín",
        "TDP IX",
        "tdp so 9",
        "TDPsố 9",
    ]
    table = [
        (f"{way}, {unit['kind']} {unit['name']}, tỉnh Phú Thọ", old)
        for unit, old in joined
        for way in written
    ]
    addresses = pd.DataFrame({"address": [text for text, _ in table], "row_id": range(len(table))})
    found = match_addresses(addresses, against)
    assert set(found["status"]) == {"AMBIGUOUS"}
    assert found["candidates"].tolist() == ["|".join(sorted(old)) for _, old in table]


@pytest.mark.parametrize(
    "text",
    [
        "Thôn Bãi Thử, xã Đạo Trù, Tam Đảo, V.Phúc",
        "Bãi Thử, Đạo Trù, V. Phúc",
        "Bãi Thử Đạo Trù Tam Đảo V.Phúc",
        "bai thu, dao tru, vphuc",
        "thôn Bãi Thử, xã Đạo Trù, P.Thọ",
        "V.Phúc, Tam Đảo, Đạo Trù, Bãi Thử",
        "thôn Bãi Thử, xã Đạo Trù (xã Đạo Trù cũ), T. P.Thọ",
        "thôn Bãi Thử, xã Đạo Trù, huyện Tam Đảo, tỉnh Vĩnh Phúc (nay là xã Đạo Trù, tỉnh Phú Thọ)",
        "th«n B·i Thö, x· §¹o Trï, huyÖn Tam §¶o, tØnh VÜnh Ph\ufffdc",
        "thôn Bãi Thử, xã Đạo Trù, Tam Đảo, V\ufffdnh Phúc",
    ],
)
def test_a_province_in_short_or_of_another_time_is_the_province(text):
    assert ask(SAME, text) == [("MATCHED", "H0")]


@pytest.mark.parametrize(
    "text",
    [
        "Nghệ An, Con Cuông, Yên Dương",
        "Hà Nội, Hai Bà Trưng, Thanh Lương",
        "Êp MÉu, x· T©n LËp, tØnh B×nh Ph\xadíc",
        "Êp M\ufffdu, x· T©n LËp, tØnh B×nh Ph\xadíc",
    ],
)
def test_another_province_is_known_in_front_and_beside_what_cannot_be_read(text):
    assert ask(SAME, text) == [("OUT_OF_PROVINCE", "")]


@pytest.mark.parametrize(
    "row",
    [
        *({"address": text} for text in ("#REF!", "abc", "aaa", "Khác", "Tự do", "#N/A", "36")),
        *({"address": "", "hamlet": text} for text in ("#REF!", "36", "1", "Tự do")),
        {"address": "", "hamlet": "36", "province": "Vĩnh Phúc"},
    ],
)
def test_placeholders_are_empty(row):
    assert ask(SAME, row) == [("EMPTY", "")]


def test_names_that_fill_a_form_and_days_are_hamlets_where_a_commune_has_them():
    days = gazetteer("Tự Do", "20/10", "2", "Khu Phố")
    row = {"address": "", "hamlet": "Tự Do", "commune": "Đạo Trù"}
    texts = [f"thôn {way}, {ABOVE}" for way in ("20/10", "2", "Khu Phố")]
    assert ask(days, row, *texts) == [("MATCHED", f"H{i}") for i in range(4)]
    assert ask(days, f"số 12/3, thôn 2, {ABOVE}", f"thôn2, {ABOVE}") == [("MATCHED", "H2")] * 2


def test_a_commune_that_the_neighbours_share_needs_a_hamlet_of_its_own_name():
    shared = gazetteer("Bãi Thử", "3", code="08917")  # xã Yên Dương
    assert ask(shared, "thôn Bãi Thử, xã Yên Dương, Phú Thọ") == [("MATCHED", "H0")]
    assert ask(shared, "thôn 3, xã Yên Dương, Phú Thọ") == [("AMBIGUOUS", "")]


def test_addresses_in_every_layout_are_right_or_refused():
    hamlets = simulate_hard_hamlets(count=1360, seed=35)
    truth = simulate_layouts(hamlets, count=4000, seed=35)
    found = match_addresses(truth, make_gazetteer(hamlets))
    matched = found["status"] == "MATCHED"
    wrong = truth[matched & (found["hamlet_id"] != truth["true_hamlet"])]
    assert wrong["address"].tolist() == []
    assert matched.sum() >= 0.99 * (truth["true_hamlet"] != "").sum()
    outcome = truth["expected_status"].isin(["EMPTY", "OUT_OF_PROVINCE", "AMBIGUOUS"])
    assert (found["status"] == truth["expected_status"])[outcome].mean() >= 0.99
