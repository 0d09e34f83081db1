"""Any province by its register: names of provinces in time, both maps, kinds and names of every region."""

import pandas as pd
import pytest
from benchmarks.provinces import AFTER, BEFORE, UNFINDABLE, measure, rate

from phusong.places.addresses import make_gazetteer, match_addresses
from phusong.places.addresses.provinces import ProvinceSign
from phusong.places.addresses.register import compile_register
from phusong.places.addresses.territory import find_province
from phusong.places.registers import UNIT_COLUMNS, Register, read_register

COLUMNS = ["hamlet_id", "kind", "name", "commune_code", "edition"]


def make(rows, **given):
    return make_gazetteer(pd.DataFrame(rows, columns=COLUMNS), **given)


def ask(gazetteer, *addresses):
    table = pd.DataFrame({"row_id": range(len(addresses)), "address": addresses})
    found = match_addresses(table, gazetteer)
    return list(zip(found["status"], found["hamlet_id"], strict=True))


@pytest.mark.parametrize(
    ("province", "edition"), [("66", AFTER), ("92", BEFORE), ("25", AFTER), ("77", BEFORE)]
)
def test_made_up_addresses_of_a_province_are_right_or_refused(province, edition):
    rows = measure(province, edition, count=150, each=2, seed=7)
    told = rate(rows)
    assert told["precision"] == 1 and told["wrong_communes"] == 0
    assert told["recall"] >= 0.95
    assert rows["noise"].nunique() > 12
    assert (rows.loc[rows["noise"].isin(UNFINDABLE), "status"] != "MATCHED").all()


def make_small():
    """Two provinces of one commune each, which are one province from the second day on."""
    first, second = "2030-01-01", "2031-01-01"
    none = dict.fromkeys(UNIT_COLUMNS)
    units = [
        none | {"code": "1", "name": "Bạch Nga", "kind": "xã", "parent_code": "11", "valid_from": first, "valid_to": second},
        none | {"code": "2", "name": "Hồng Ân", "kind": "xã", "parent_code": "21", "valid_from": first, "valid_to": second},
        none | {"code": "3", "name": "Bạch Hồng", "kind": "xã", "parent_code": "A", "valid_from": second},
    ]  # fmt: skip
    districts = [("11", "Nga Sơn", "huyện", "A", first, second), ("21", "Ân Hải", "huyện", "B", first, second)]  # fmt: skip
    box = {"west": 1.0, "south": 1.0, "east": 2.0, "north": 2.0}
    provinces = [("A", "Tỉnh Một", "tỉnh", first, second), ("B", "Miền Hai", "tỉnh", first, second),
                 ("A", "Miền Ba", "tỉnh", second, None)]  # fmt: skip
    head = ["code", "name", "kind", "parent_code", "valid_from", "valid_to"]
    lineage = [("1", second, "3", "luật"), ("2", second, "3", "luật")]
    return Register(
        pd.DataFrame(units, columns=UNIT_COLUMNS),
        pd.DataFrame(districts, columns=head),
        pd.DataFrame(provinces, columns=[h for h in head if h != "parent_code"]).assign(**box),
        pd.DataFrame(lineage, columns=["from_code", "to_edition", "to_code", "basis"]),
    )


SMALL = [("n", "thôn", "Đông", "3", "2031-01-01"), ("m", "ấp", "Tây", "3", "2031-01-01")]
LOCAL = [("h", "thôn", "Đồng Giếng", "08914", "2021-01-01")]


def test_a_register_that_is_given_is_the_only_one_that_counts():
    gazetteer = make(SMALL, register=make_small(), province="A")
    assert ask(
        gazetteer,
        "thôn Đông, xã Bạch Hồng, Miền Ba",
        "thôn Đông, xã Bạch Nga, huyện Nga Sơn, tỉnh Tỉnh Một",
        "ấp Tây, xã Hồng Ân (nay là xã Bạch Hồng), tỉnh Miền Hai",
        "thôn Đồng Giếng, xã Đạo Trù, huyện Tam Đảo, tỉnh Vĩnh Phúc",
    ) == [("MATCHED", "n"), ("MATCHED", "n"), ("MATCHED", "m"), ("OUT_OF_PROVINCE", "")]


def test_two_registers_in_one_process_do_not_disturb_each_other():
    text = ("thôn Đông, xã Bạch Hồng, Miền Ba", "thôn Đồng Giếng, xã Đạo Trù, tỉnh Vĩnh Phúc")
    small, local = make(SMALL, register=make_small(), province="A"), make(LOCAL)
    once = ask(small, *text), ask(local, *text)
    assert (ask(small, *text), ask(local, *text)) == once
    assert [status for status, _ in once[0]] == ["MATCHED", "OUT_OF_PROVINCE"]
    assert once[1][1] == ("MATCHED", "h")


@pytest.mark.parametrize(
    ("places", "province"),
    [
        ([("08914", "2021-01-01")], "26"),
        ([("08914", "2025-07-01")], "26"),
        ([("08914", "2025-07-01"), ("05089", "2025-07-01")], "25"),
        ([("99999", "2025-07-01")], ""),
    ],
)
def test_the_province_is_the_smallest_that_holds_all_hamlets(places, province):
    table = pd.DataFrame(places, columns=["commune_code", "edition"])
    assert find_province(read_register(), table) == province


def test_what_the_name_of_a_province_tells():
    own = compile_register(read_register(), "26", "2021-01-01").own
    assert {key: own[key].sign for key in ("vinhphuc", "vp", "phutho", "vinhphu")} == {
        "vinhphuc": ProvinceSign.EARLIER, "vp": ProvinceSign.EARLIER,
        "phutho": ProvinceSign.PRESENT, "vinhphu": ProvinceSign.FORMER,
    }  # fmt: skip
    merged = compile_register(read_register(), "25", AFTER)
    assert merged.own["phutho"].sign == ProvinceSign.LASTING
    assert len(merged.own["hoabinh"].ground) == 151 and len(merged.ground.atoms) == 494
    hanoi = compile_register(read_register(), "01", AFTER)
    assert hanoi.own["hatay"].sign == ProvinceSign.FORMER and not hanoi.own["hn"].ground
    assert "hcm" in hanoi.provinces.foreign
    assert compile_register(read_register(), "75", AFTER).own["dn"].sign == ProvinceSign.UNCLEAR


NAMES = [
    ("a", "bon", "Bu N'Drung", "24640", BEFORE),
    ("b", "buôn", "Ea Bar", "24640", BEFORE),
    ("c", "khác", "Chòm Bãi", "24640", BEFORE),
]
BEHIND = "thị trấn Ea T'Ling, huyện Cư Jút, tỉnh Đắk Nông"


@pytest.mark.parametrize(
    ("address", "hamlet"),
    [
        (f"Bon Bu N’Drung, {BEHIND}", "a"),
        ("bon bu ndrung, TT Ea Tling, Cư Jut, Đăk Nông", "a"),
        ("Bon Bu N' Drung, TT. Ea T' Ling, H. Cư Jút, Đak Nông", "a"),
        (f"buôn Eabar, {BEHIND}", "b"),
        (f"Chòm Bãi, {BEHIND}", "c"),
        ("Buôn Ea Bar, TT Ea T'Ling, Cư Jút, Đắc Nông", "b"),
    ],
)
def test_names_of_the_highlands_match_however_they_are_written(address, hamlet):
    assert ask(make(NAMES), address) == [("MATCHED", hamlet)]


def test_a_hyphen_inside_a_name_parts_nothing():
    code = read_register().units(AFTER).set_index("name").loc["Xuân Hương - Đà Lạt", "code"]
    gazetteer = make([("x", "tổ dân phố", "5", code, AFTER)], province="68")
    written = (
        "TDP 5, phường Xuân Hương - Đà Lạt, tỉnh Lâm Đồng",
        "TDP 5 - P. Xuan Huong-Da Lat - Lam Dong",
    )
    assert ask(gazetteer, *written) == [("MATCHED", "x")] * 2


def test_a_word_of_talk_at_the_end_of_a_commune_is_its_name():
    units = read_register().units(BEFORE)
    code = units[units["name"] == "Thân Thuộc"]["code"].iloc[0]
    gazetteer = make([("x", "thôn", "Hòa Cầu", code, BEFORE)])
    assert ask(gazetteer, "thôn Hòa Cầu, xã Thân Thuộc, huyện Tân Uyên, Tỉnh Lai Châu") == [
        ("MATCHED", "x")
    ]


def test_a_special_zone_and_the_district_that_it_was():
    zones = read_register().units(AFTER)
    code = zones[zones["name"] == "Côn Đảo"]["code"].iloc[0]
    gazetteer = make([("x", "khu", "3", code, AFTER)], province="79")
    texts = (
        "khu dân cư 3, đặc khu Côn Đảo, TP.HCM",
        "Khu dân cư số 3, huyện Côn Đảo, tỉnh Bà Rịa - Vũng Tàu",
    )
    assert ask(gazetteer, *texts) == [("MATCHED", "x")] * 2


def test_a_province_that_kept_its_name_is_read_on_both_maps():
    units = read_register().units(BEFORE)
    ward = units[(units["name"] == "Thuận Hưng") & (units["district"] == "quận Thốt Nốt")][
        "code"
    ].iloc[0]
    trace = read_register().lineage(BEFORE, AFTER)
    later = trace.loc[trace["from_code"] == ward, "to_code"].iloc[0]
    beside = trace[(trace["to_code"] == later) & (trace["from_code"] != ward)]["from_code"].iloc[0]
    gazetteer = make([("x", "khu vực", "8", beside, BEFORE)], province="92")
    assert ask(gazetteer, "khu vực 8, phường Thuận Hưng, TP Cần Thơ") == [("MATCHED", "x")]
    dated = "khu vực 8, phường Thuận Hưng, quận Thốt Nốt, TP Cần Thơ"
    assert ask(gazetteer, dated) == [("COMMUNE_ONLY", "")]


#: Two places that a careless reading takes for one another: hamlets, what is written, and what it is.
CONFUSED = {
    "a double name of a district, whole and by half": (
        [("H1", "khóm", "1A", "22777", BEFORE)],
        ["Khóm 1A, P. Văn Hải, TP. Phan Rang-Tháp Chàm, tỉnh Ninh Thuận",
         "Khóm 1A, P. Văn Hải, TP Phan Rang – Tháp Chàm", "Khóm 1A, P. Văn Hải, TP. Phan Rang, Ninh Thuận"],
        ("MATCHED", "H1"),
    ),
    "the name of a new commune before that of an old one with another tone": (
        [("H1", "tổ dân phố", "12", "19762", BEFORE), ("H2", "tiểu khu", "12", "19780", BEFORE)],
        ["tiểu khu 12, phường Thuận Hoá, TP Huế"],
        ("MATCHED", "H2"),
    ),
    "one name of two communes, each with such a hamlet": (
        [("H1", "thôn", "Châu Trạch", "21118", BEFORE), ("H2", "thôn", "Châu Trạch", "21259", BEFORE)],
        ["Châu Trạch, Xã Trà Giang, Tỉnh Quảng Ngãi"],
        ("AMBIGUOUS", ""),
    ),
    "a likely slip in the old commune, the very name in the new one": (
        [("H1", "khu", "Yên Tiến", "03340", BEFORE), ("H2", "khu", "Yên Tiếc", "03346", BEFORE)],
        ["Khu Yen Tien, X. Thanh Yen, Tinh Dien Bien"],
        ("AMBIGUOUS", ""),
    ),
    "without diacritics the kind decides": (
        [("H1", "ấp", "14", "31240", BEFORE), ("H2", "ấp", "14", "31231", BEFORE)],
        ["ap 14, Xa Thanh An, Vinh Thanh, thanh pho Can Tho"],
        ("MATCHED", "H1"),
    ),
    "an x. behind a numbered thôn is a commune": (
        [("H1", "thôn", "7", "01447", AFTER), ("H2", "thôn", "7", "01477", AFTER)],
        ["Th. 7, X. Ca Chương, Trùng Khánh, Cao Bằng"],
        ("MATCHED", "H1"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CONFUSED)
def test_places_that_are_easily_confused_are_held_apart(case):
    hamlets, written, right = CONFUSED[case]
    assert ask(make(hamlets), *written) == [right] * len(written)
