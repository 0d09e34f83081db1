"""Fibre nodes in a plain table."""

import pandas as pd
import pytest
from tests.intake.offices import PLACES, check, fixes, rules, write_xlsx

from phusong.intake.fibre_tables import feeds_households

HEAD = [
    "Mã tủ",
    "Loại",
    "Kinh độ",
    "Vĩ độ",
    "Xã",
    "Thôn",
    "Dung lượng port",
    "Port rỗi",
    "Trạng thái",
    "Ngày cập nhật",
]


def row(
    code="TU-01",
    kind="Hộp S2",
    place=PLACES[0],
    ports="64",
    free="10",
    status="Hiện có",
    day="21/09/2021",
):
    return [code, kind, *place, "Tích Sơn", "", ports, free, status, day]


def nodes(tmp_path, *rows, head=HEAD, **options):
    return check("fibre_nodes", write_xlsx(tmp_path / "a.xlsx", [head, *rows]), **options)


def test_a_node_is_read_whole(tmp_path):
    checked = nodes(tmp_path, row(), operator="VIETTEL")
    found = checked.accepted.iloc[0]
    assert found[
        ["node_id", "operator", "kind", "status", "ports", "ports_free", "access"]
    ].tolist() == [
        "TU-01",
        "VIETTEL",
        "Hộp S2",
        "live",
        64,
        10,
        True,
    ]
    assert found["as_of"] == pd.Timestamp("2021-09-21")
    assert not checked.diagnosis.faults


@pytest.mark.parametrize(
    ("kind", "access"),
    [
        ("Hộp S2", True),
        ("Tủ phối S1", True),
        ("splitter", True),
        ("OLT", False),
        ("Trạm OLT", False),
        ("OLT + tủ phối", True),
        ("Backbone", False),
        ("Điểm trục", False),
        ("khác", True),
    ],
)
def test_an_exchange_feeds_no_household(kind, access):
    assert feeds_households(kind) is access


def test_a_node_without_kind_counts_as_access(tmp_path):
    assert nodes(tmp_path, row(kind="")).accepted["access"].tolist() == [True]


def test_nobody_named_is_another_operator_and_warned_of(tmp_path):
    checked = nodes(tmp_path, row())
    assert checked.accepted["operator"].tolist() == ["OTHER"]
    assert rules(checked) == ["operator_unstated"]


def test_more_free_ports_than_ports_are_warned_of(tmp_path):
    assert rules(nodes(tmp_path, row(free="80"), operator="VNPT")) == ["more_free_than_ports"]


def test_a_node_without_state_is_assumed_live_and_listed(tmp_path):
    checked = nodes(tmp_path, row(status=""), operator="VNPT")
    assert checked.accepted["status"].tolist() == ["live"]
    assert fixes(checked) == {"status_assumed": 1}


def test_a_node_without_code_is_named_after_its_place(tmp_path):
    checked = nodes(tmp_path, row(code=""), operator="VNPT")
    assert checked.accepted["node_id"].tolist() == ["VNPT-21.31200,105.58100"]
    assert fixes(checked) == {"id_made": 1}


def test_a_node_without_place_is_quarantined(tmp_path):
    checked = nodes(tmp_path, row(), row("TU-02", place=("", "")), operator="VNPT")
    assert [(f.row, f.rule) for f in checked.diagnosis.faults] == [(3, "required_empty")]


def test_one_code_at_two_places_contradicts_itself(tmp_path):
    checked = nodes(
        tmp_path, row(), row(place=PLACES[1]), row("TU-03", place=PLACES[0]), operator="VNPT"
    )
    assert rules(checked, "error") == ["contradicting_id", "contradicting_id"]
