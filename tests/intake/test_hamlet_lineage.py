"""Lists of merged, split, renamed and moved hamlets: headings, shares, dates, circles."""

import pandas as pd
import pytest
from tests.intake.offices import check, fault, rules, write_csv, write_xlsx

HEAD = ["Mã thôn cũ", "Thôn cũ", "Xã cũ", "Mã thôn mới", "Thôn mới", "Xã mới", "Tỷ lệ (%)",
        "Số nghị quyết, quyết định", "Ngày có hiệu lực"]  # fmt: skip
ROW = [
    "H1",
    "Thôn Đông",
    "Đạo Trù",
    "H9",
    "Thôn Đông Tây",
    "Đạo Trù",
    "",
    "12/NQ-HĐND",
    "01/06/2026",
]


def row(**changed):
    at = {"start": 0, "old": 1, "old_commune": 2, "goal": 3, "new": 4, "new_commune": 5, "share": 6,
          "decision": 7, "day": 8}  # fmt: skip
    cells = list(ROW)
    for name, value in changed.items():
        cells[at[name]] = value
    return cells


def changed(tmp_path, *rows, head=HEAD, **options):
    return check("hamlet_lineage", write_xlsx(tmp_path / "sap_nhap.xlsx", [head, *rows]), **options)


def test_a_row_is_read_whole(tmp_path):
    checked = changed(tmp_path, row(), row(start="H2", old="Thôn Tây"))
    first = checked.accepted.iloc[0]
    assert first[["from_hamlet_id", "from_kind", "from_hamlet", "to_hamlet", "to_kind"]].tolist() == [
        "H1", "thôn", "Đông", "Đông Tây", "thôn",
    ]  # fmt: skip
    assert first["from_commune_code"] == first["to_commune_code"] and first["share"] == 1
    assert first["changed_on"] == pd.Timestamp("2026-06-01") and first["decision"] == "12/NQ-HĐND"
    assert not checked.diagnosis.faults


def test_headings_in_english_and_one_commune_for_both(tmp_path):
    head = [
        "Old hamlet",
        "New name",
        "Commune",
        "Share of households",
        "Resolution",
        "Effective date",
    ]
    rows = [["Đông", "Đông 1", "Đạo Trù", "0.6", "NQ 1", "2026-06-01"],
            ["Đông", "Đông 2", "Đạo Trù", "0.4", "NQ 1", "2026-06-01"]]  # fmt: skip
    found = check("hamlet_lineage", write_csv(tmp_path / "a.csv", [head, *rows])).accepted
    assert found["share"].tolist() == [0.6, 0.4] and found["from_hamlet_id"].isna().all()
    assert found["to_commune_code"].tolist() == found["from_commune_code"].tolist()


@pytest.mark.parametrize(
    ("shares", "right"),
    [(("60", "40"), True), (("60%", "40 %"), True), (("33", "33", "33"), True), (("60", "60"), False),
     (("60", "30"), False), (("100", "0"), True), (("", ""), True),
     (("0.6", "0.4"), True), (("1", "0"), True), (("0.6", "0.6"), False)],
)  # fmt: skip
def test_the_shares_of_one_origin_sum_to_one(tmp_path, shares, right):
    rows = [row(goal=f"H{i}", new=f"Đông {i}", share=s) for i, s in enumerate(shares, start=5)]
    checked = changed(tmp_path, *rows)
    assert checked.diagnosis.rows_accepted == (len(rows) if right else 0)
    if not right:
        assert set(rules(checked)) == {"lineage_shares", "no_row_left"}
    elif shares[0]:
        assert checked.accepted["share"].sum() == pytest.approx(1)
    else:
        assert set(rules(checked)) == {"lineage_shares_unstated"}
        assert checked.accepted["share"].isna().all()


def test_households_give_the_shares_where_none_is_stated(tmp_path):
    head = [*HEAD[:6], "Số hộ chuyển sang", *HEAD[7:]]
    rows = [row(goal="H8", new="Đông 1", share="30"), row(goal="H9", new="Đông 2", share="20")]
    assert changed(tmp_path, *rows, head=head).accepted["share"].tolist() == [0.6, 0.4]


def test_rows_that_go_in_a_circle_on_one_day_are_set_aside(tmp_path):
    rows = [row(start="H1", goal="H2"), row(start="H2", goal="H1"), row(start="H3", goal="H4")]
    checked = changed(tmp_path, *rows)
    assert checked.accepted["from_hamlet_id"].tolist() == ["H3"]
    assert {f.rule for f in checked.diagnosis.faults} == {"lineage_cycle"}


def test_a_row_without_day_or_hamlet_is_set_aside_and_one_without_decision_warned_of(tmp_path):
    checked = changed(tmp_path, row(day=""), row(start="", old=""), row(start="H5", decision=""))
    assert checked.accepted["from_hamlet_id"].tolist() == ["H5"]
    assert {f.rule for f in checked.diagnosis.faults if f.severity == "error"} == {
        "place_unstated", "lineage_undated",
    }  # fmt: skip
    assert fault(checked, "lineage_undecided").severity == "warning"
    dated = changed(tmp_path, row(day=""), as_of="2026-06-01")
    assert dated.accepted["changed_on"].tolist() == [pd.Timestamp("2026-06-01")]
