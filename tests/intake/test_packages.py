"""Data packages and fee support at the door."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.offices import check, rules, write_csv

from phusong.vocabulary.tables.book import PACKAGES

HEAD = [
    "Mã gói", "Nhà mạng", "Tên gói", "Số lượng", "Dung lượng/ngày", "Thời hạn (tháng)", "Giá sau ưu đãi",
    "Nền tảng miễn phí", "Miễn phí lắp đặt (đ)", "Hỗ trợ cước (đ/tháng × tháng)", "Đối tượng",
    "Kèm bộ phát Wi-Fi", "Từ ngày",
]  # fmt: skip
SLOW = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def package(
    name="GC-01", operator="Vinaphone", called="Gói học tập", count="640", data="4 GB", months="3",
    price="50.000đ/30 ngày", free="", waiver="", support="", who="", hotspot="", start="24/09/2021",
):  # fmt: skip
    return [
        name, operator, called, count, data, months, price, free, waiver, support, who, hotspot, start,
    ]  # fmt: skip


def register(tmp_path, *rows, head=HEAD, **options):
    return check("packages", write_csv(tmp_path / "goi.csv", [head, *rows]), **options)


def only(checked):
    assert len(checked.accepted) == 1
    return checked.accepted.iloc[0]


def test_a_package_is_read_whole(tmp_path):
    row = package(
        free="VNEdu, ViettelStudy",
        waiver="300.000",
        support="50.000đ/tháng × 6 tháng",
        who="HS nghèo",
    )
    found = only(register(tmp_path, row))
    assert found[["operator", "quantity", "gb_per_day", "months"]].tolist() == ["VNPT", 640, 4.0, 3]
    assert found[["price_after_vnd", "install_waiver_vnd"]].tolist() == [50_000, 300_000]
    assert found[["subsidy_vnd_month", "subsidy_months"]].tolist() == [50_000, 6]
    assert found[["zero_rated", "audience"]].tolist() == ["VNEdu|ViettelStudy", "HS nghèo"]
    assert str(found["starts_on"].date()) == "2021-09-24" and pd.isna(found["hotspot"])


@pytest.mark.parametrize(
    ("data", "months", "called", "granted"),
    [
        ("", "", "4 GB/ngày, 3 tháng", (4.0, 3)),
        ("120GB/tháng", "90 ngày", "Gói A", (4.0, 3)),
        ("500 MB/ngày", "1 năm", "Gói A", (500 / 1024, 12)),
        ("2,5", "6 tháng", "Gói A", (2.5, 6)),
        ("", "", "Data 60GB/30 ngày trong 12 tháng", (2.0, 12)),
    ],
)
def test_data_and_months_stand_in_their_columns_or_in_the_name(
    tmp_path, data, months, called, granted
):
    found = only(register(tmp_path, package(data=data, months=months, called=called)))
    assert tuple(found[["gb_per_day", "months"]]) == granted


@pytest.mark.parametrize(
    ("called", "cell", "hotspot"),
    [("Gói A kèm bộ phát Wi-Fi", "", True), ("Gói A", "x", True), ("Gói A", "bộ phát 4G", True),
     ("Gói A kèm bộ phát", "không", False)],
)  # fmt: skip
def test_a_hotspot_is_told_by_its_column_or_by_the_name(tmp_path, called, cell, hotspot):
    assert only(register(tmp_path, package(called=called, hotspot=cell)))["hotspot"] == hotspot


def test_what_grants_nothing_is_told_and_what_has_no_number_is_turned_away(tmp_path):
    rows = [
        package(data="", months="", price=""),
        package("GC-02", count=""),
        package("GC-03", count="đủ"),
        package("GC-04", called=""),
        package("GC-05", operator="Viettel và VNPT"),
    ]
    checked = register(tmp_path, *rows)
    assert rules(checked, "warning") == ["nothing_granted"]
    assert rules(checked, "error") == [
        "required_empty", "not_a_number", "required_empty", "several_operators",
    ]  # fmt: skip


def test_support_that_says_two_things_is_told(tmp_path):
    head = [*HEAD, "Số tháng hỗ trợ"]
    row = [*package(support="50.000đ/tháng × 6 tháng"), "3"]
    checked = register(tmp_path, row, head=head)
    assert rules(checked) == ["month_differs"] and only(checked)["subsidy_months"] == 3


def test_a_package_without_id_keeps_its_name_and_two_that_differ_are_kept_apart(tmp_path):
    head = HEAD[1:]
    rows = [package()[1:], package(called="Gói khác")[1:]]
    first = register(tmp_path, *rows, head=head).accepted.set_index("name")["package_id"]
    again = register(tmp_path, *rows[::-1], head=head).accepted.set_index("name")["package_id"]
    assert first.is_unique and first.to_dict() == again.to_dict()
    torn = register(tmp_path, package(), package(count="1"), package("GC-02"))
    assert rules(torn, "error") == ["contradicting_id"] * 2


MIXED = [
    package(),
    package("GC-02", operator="Viettel", data="", called="2GB/ngày"),
    package("GC-03", count="x"),
    package("GC-04", support="50.000 × 3", hotspot="x"),
]


@pytest.mark.long
@SLOW
@given(st.permutations(MIXED))
def test_the_order_of_rows_changes_nothing(tmp_path, rows):
    def _read(packages):
        told = register(tmp_path, *packages).accepted
        return told.sort_values("package_id", ignore_index=True)

    pd.testing.assert_frame_equal(_read(rows), _read(MIXED))


def test_the_table_is_the_declared_one(tmp_path):
    assert (
        list(register(tmp_path, package(), as_of="2021-09-26").accepted.columns) == PACKAGES.names
    )
