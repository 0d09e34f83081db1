"""A province's own list of units at the door: what is read, and each thing that may be wrong with a row."""

import pytest
from tests.intake.offices import check, rules, write_csv, write_xlsx

VIETNAMESE = ["Mã", "Tên", "Loại", "Cấp trên", "Từ ngày", "Đến ngày", "Hình thành từ"]
ENGLISH = ["code", "name", "kind", "parent", "from", "to", "made of"]
DAY = "01/10/2026"


def check_list(folder, *rows, headings=ENGLISH, province="98"):
    return check("units", write_csv(folder / "dm.csv", [headings, *rows]), province=province)


def test_a_list_is_read_by_vietnamese_and_english_headings_with_its_lost_zeros(tmp_path):
    row = [8914, "Đạo Trù", "xã", 25, DAY, "", 8914]
    for name, headings in (("vi", VIETNAMESE), ("en", ENGLISH)):
        path = write_xlsx(tmp_path / f"{name}.xlsx", [headings, row])
        accepted = check("units", path, province="25").accepted.iloc[0]
        assert (accepted["code"], accepted["parent_code"], accepted["made_of"]) == (
            "08914",
            "25",
            "08914",
        )
        assert accepted["valid_from"].date().isoformat() == "2026-10-01"


def test_what_stands_above_is_the_province_where_nothing_is_stated_and_a_district_where_one_is(
    tmp_path,
):
    rows = [
        ["900", "Thượng", "district", "98", "", "", ""],
        ["98001", "Một", "commune", "900", "", "", ""],
        ["98002", "Hai", "ward", "", "", "", ""],
    ]
    accepted = check_list(tmp_path, *rows).accepted
    assert accepted["kind"].tolist() == ["huyện", "xã", "phường"]
    assert accepted["parent_code"].tolist() == ["98", "900", "98"]


@pytest.mark.parametrize(
    ("rule", "rows", "wrong", "province"),
    [
        ("required_empty", [["", "Một", "xã", "98", "", "", ""]], 2, "98"),
        ("required_empty", [["98001", "", "xã", "98", "", "", ""]], 2, "98"),
        ("unknown_term", [["98001", "Một", "làng", "98", "", "", ""]], 2, "98"),
        ("not_a_date", [["98001", "Một", "xã", "98", "hôm qua", "", ""]], 2, "98"),
        ("unit_days_reversed", [["98001", "Một", "xã", "98", DAY, "01/09/2026", ""]], 2, "98"),
        ("unit_parent_unknown", [["98001", "Một", "xã", "97", "", "", ""]], 2, "98"),
        ("unit_of_other_province", [["97", "Khác", "tỉnh", "", "", "", ""]], 2, "98"),
        ("unit_elsewhere", [["08914", "Một", "xã", "98", DAY, "", ""]], 2, "98"),
        ("unit_part_unknown", [["98001", "Một", "xã", "98", DAY, "", "98777"]], 2, "98"),
        ("unit_without_successor", [["08914", "Đạo Trù", "xã", "25", "", DAY, ""]], 2, "25"),
        (
            "unit_twice",
            [["98001", "Một", "xã", "98", "", "", ""], ["98001", "Hai", "xã", "98", "", "", ""]],
            3,
            "98",
        ),
        (
            "unit_twice",
            [
                ["98001", "Một", "xã", "98", "", "02/10/2026", ""],
                ["98001", "Hai", "xã", "98", DAY, "", ""],
            ],
            3,
            "98",
        ),
    ],
)
def test_each_wrong_row_is_named_with_its_place_and_cure(tmp_path, rule, rows, wrong, province):
    good = ["98099", "Chín", "xã", "98", "", "", ""]
    if province == "25":
        good = ["09999", "Chín", "xã", "25", DAY, "", ""]
    checked = check_list(tmp_path, *rows, good, province=province)
    found = [f for f in checked.diagnosis.faults if f.severity == "error"]
    assert (rule, wrong) in {(f.rule, f.row) for f in found}, found
    assert all(" · " in f.suggestion for f in found)


def test_a_code_may_be_held_by_one_unit_after_the_other(tmp_path):
    checked = check_list(
        tmp_path,
        ["98001", "Một", "xã", "98", "01/03/2026", DAY, ""],
        ["98001", "Một", "phường", "98", DAY, "", ""],
    )
    assert rules(checked, "error") == [] and len(checked.accepted) == 2
