"""Operators' promises at the door: which hamlet, what, by which last day, and how far."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.offices import check, fault, fixes, rules, write_csv

from phusong.intake.deadlines import parse_deadline
from phusong.vocabulary.tables.book import COMMITMENTS

HEAD = [
    "Mã cam kết", "Doanh nghiệp", "Thôn", "Xã", "Huyện", "Công nghệ", "Giải pháp", "Ngày cam kết", "Tiến độ",
    "Ngày phát sóng thực tế", "Biên bản nghiệm thu", "Vướng mắc",
]  # fmt: skip
SLOW = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def promise(
    name="CK-01", operator="Viettel", hamlet="Thôn Đồng Giếng", commune="Đạo Trù", technology="4G",
    solution="trạm mới", due="tháng 12/2021", state="đang thi công", aired="", record="", obstacle="",
):  # fmt: skip
    return [
        name, operator, hamlet, commune, "Tam Đảo", technology, solution, due, state, aired, record,
        obstacle,
    ]  # fmt: skip


def listed(tmp_path, *rows, head=HEAD, **options):
    return check("commitments", write_csv(tmp_path / "ck.csv", [head, *rows]), **options)


def only(checked):
    assert len(checked.accepted) == 1
    return checked.accepted.iloc[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/12/2021", "2021-12-31"),
        ("trước ngày 30/11/2021", "2021-11-30"),
        ("ngày 15 tháng 10 năm 2021", "2021-10-15"),
        ("tháng 12/2021", "2021-12-31"),
        ("trong tháng 2/2024", "2024-02-29"),
        ("T10/2021", "2021-10-31"),
        ("Quý IV/2021", "2021-12-31"),
        ("hết quý 1 năm 2022", "2022-03-31"),
        ("Q3/2021", "2021-09-30"),
        ("6 tháng đầu năm 2022", "2022-06-30"),
        ("cuối năm 2021", "2021-12-31"),
        ("2022", "2022-12-31"),
        ("44561", "2021-12-31"),
    ],
)
def test_a_deadline_is_the_last_day_of_what_is_said(text, day):
    assert parse_deadline(text)[0] == pd.Timestamp(day)


@pytest.mark.parametrize("text", ["sớm", "tháng 13/2021", "31/02/2021", "quý V/2021", ""])
def test_what_is_no_deadline_is_none(text):
    assert parse_deadline(text) == (pd.NaT, None)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_a_day_or_none(text):
    parse_deadline(text)


def test_a_promise_is_read_whole(tmp_path):
    found = only(listed(tmp_path, promise(obstacle="mặt bằng")))
    assert found[["operator", "technology", "solution", "state"]].tolist() == [
        "VIETTEL", "4G", "new_site", "building",
    ]  # fmt: skip
    names = ["hamlet", "commune", "commune_code", "obstacle"]
    assert found[names].tolist() == ["Thôn Đồng Giếng", "Đạo Trù", "08914", "mặt bằng"]
    assert str(found["due_on"].date()) == "2021-12-31" and pd.isna(found["hamlet_id"])


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Chưa triển khai", "planned"),
        ("đang thi công 60%", "building"),
        ("chờ phát sóng", "building"),
        ("Đã phát sóng, chờ nghiệm thu", "on_air"),
        ("hoàn thành", "on_air"),
        ("chưa hoàn thành", "building"),
        ("đã nghiệm thu", "accepted"),
        ("Rút cam kết", "withdrawn"),
        ("đã cam kết", "planned"),
    ],
)
def test_a_state_is_told_by_its_words(tmp_path, text, state):
    assert only(listed(tmp_path, promise(state=text)))["state"] == state


def test_a_state_that_is_not_said_follows_from_the_record_and_the_day_on_air(tmp_path):
    rows = [
        promise(state=""),
        promise("CK-02", state="", aired="05/11/2021"),
        promise("CK-03", state="", aired="05/11/2021", record="BB-07"),
        promise("CK-04", state="đang thi công", aired="05/11/2021"),
    ]
    checked = listed(tmp_path, *rows)
    assert checked.accepted["state"].tolist() == ["planned", "on_air", "accepted", "building"]
    assert fixes(checked)["state_assumed"] == 3 and rules(checked) == ["state_differs"]


def test_two_technologies_in_a_cell_are_two_promises(tmp_path):
    found = listed(
        tmp_path, promise(technology="3G, 4G"), promise("CK-02", technology="", solution="kéo cáp")
    )
    assert found.diagnosis.rows_accepted == 2
    assert sorted(found.accepted["commitment_id"]) == ["CK-01-3G", "CK-01-4G", "CK-02"]
    assert sorted(found.accepted["technology"]) == ["3G", "4G", "FIBRE"]


def test_a_promise_that_cannot_be_kept_track_of_is_turned_away_with_its_cure(tmp_path):
    rows = [
        promise(),
        promise("CK-02", hamlet=""),
        promise("CK-03", commune="Nơi Nào"),
        promise("CK-04", technology="", solution=""),
        promise("CK-05", state="tốt"),
    ]
    checked = listed(tmp_path, *rows)
    assert rules(checked, "error") == [
        "place_unstated", "unknown_commune", "technology_unstated", "state_unread",
    ]  # fmt: skip
    assert checked.diagnosis.rows_accepted == 1
    assert "đang thi công" in fault(checked, "state_unread").suggestion


def test_what_has_no_date_or_an_unread_one_is_accepted_and_told(tmp_path):
    checked = listed(
        tmp_path, promise(due=""), promise("CK-02", due="sớm"), promise("CK-03", solution="gì đó")
    )
    assert rules(checked) == ["due_unstated", "due_unread", "solution_unread"]
    assert checked.accepted["due_on"].isna().tolist() == [True, True, False]


def test_a_hamlet_may_be_named_by_its_id_alone(tmp_path):
    head = ["Mã thôn", "Doanh nghiệp", "Công nghệ", "Hạn hoàn thành"]
    found = only(listed(tmp_path, ["T08914-01", "VNPT", "cáp quang", "Quý IV/2021"], head=head))
    assert found[["hamlet_id", "technology"]].tolist() == ["T08914-01", "FIBRE"]


def test_who_hinders_is_not_copied(tmp_path):
    found = only(
        listed(tmp_path, promise(obstacle="ông Nguyễn Văn Bình chưa cho đặt cột, 0900 000 123"))
    )
    assert found["obstacle"] == "[tên đã ẩn] chưa cho đặt cột, [số đã ẩn]"


MIXED = [
    promise(),
    promise("CK-02", operator="Vina", technology="cáp quang", solution="kéo cáp"),
    promise("CK-03", hamlet=""),
    promise("CK-04", due="Quý I/2022", technology="3G; 4G"),
]


@pytest.mark.long
@SLOW
@given(st.permutations(MIXED))
def test_the_order_of_rows_changes_nothing(tmp_path, rows):
    def _read(promises):
        told = listed(tmp_path, *promises).accepted
        return told.sort_values("commitment_id", ignore_index=True)

    pd.testing.assert_frame_equal(_read(rows), _read(MIXED))


def test_the_table_is_the_declared_one(tmp_path):
    assert (
        list(listed(tmp_path, promise(), as_of="2021-09-26").accepted.columns) == COMMITMENTS.names
    )
