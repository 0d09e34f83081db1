"""Lots of devices at the door: what they have, in whatever order it is written, and for whom they are alone."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.offices import check, fault, fixes, rules, write_csv

from phusong.intake.door import check_source
from phusong.intake.earmarks import name_schools
from phusong.intake.specifications import Specification, parse_specification
from phusong.intake.veiling import SealedOptions, seal_text
from phusong.intake.wishes import UnitList, Wish, parse_wish
from phusong.plans.devices.adequacy import judge_lots
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.tables.book import LOTS

PARAMETERS = load_parameters()
EDITION = "2021-01-01"
HEAD = [
    "Mã lô", "Phiếu tiếp nhận", "Loại", "Hãng, model", "Cấu hình (RAM/ROM/màn hình/camera/pin)",
    "SIM/4G (C/K)", "Tình trạng", "Số lượng", "Serial/IMEI", "Bảo hành đến", "Ngày nhận", "Nơi lưu",
    "Giá trị một máy", "Kèm gói cước", "Hạn chế phân bổ",
]  # fmt: skip
FULL = "RAM 3GB/ROM 32GB/10.1 inch/camera 5MP/micro/pin 6000mAh"
SLOW = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def lot(
    name="LO-01", kind="Máy tính bảng", model="", spec=FULL, modem="C", state="Mới 100%", count="2",
    serials="", value="2,4 triệu", package="", wish="",
):  # fmt: skip
    return [
        name, "PT-01", kind, model, spec, modem, state, count, serials, "22/09/2023", "22/09/2021",
        "Kho Sở", value, package, wish,
    ]  # fmt: skip


def register(tmp_path, *rows, head=HEAD, **options):
    return check("lots", write_csv(tmp_path / "lo.csv", [head, *rows]), **options)


def only(checked):
    assert len(checked.accepted) == 1
    return checked.accepted.iloc[0]


def told(text):
    found = vars(parse_specification(text))
    return {name: value for name, value in found.items() if value not in (None, ())}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "RAM 3GB/ROM 32GB/10.1 inch/camera 5MP/pin 6000mAh",
            {"ram_gb": 3, "storage_gb": 32, "screen_in": 10.1, "battery_mah": 6000, "camera": True},
        ),
        ('Core i3, 4GB, SSD 128GB, 14"', {"ram_gb": 4, "storage_gb": 128, "screen_in": 14}),
        ("Kèm bộ phát Wi-Fi", {"modem": True}),
        ("RAM 4G, ROM 64G", {"ram_gb": 4, "storage_gb": 64}),
        ("4/64GB, 4G", {"ram_gb": 4, "storage_gb": 64, "modem": True}),
        ("8GB DDR4 256GB SSD 15,6 inch", {"ram_gb": 8, "storage_gb": 256, "screen_in": 15.6}),
        ("WiFi only 64GB", {"storage_gb": 64, "modem": False}),
        ("không hỗ trợ SIM, có mic", {"modem": False, "microphone": True}),
        ("webcam hỏng; RAM 8GB", {"camera": False, "ram_gb": 8}),
        ("thẻ nhớ microSD 256GB, RAM 3GB, micro USB", {"ram_gb": 3}),
        ('pin 6.000 mAh, 5.5"', {"battery_mah": 6000, "screen_in": 5.5}),
        ("RAM 3GB hoặc RAM 4GB", {"ram_gb": 3, "twice": ("ram_gb",)}),
        ("Chip 8 nhân 1.8GHz, Wi-Fi 5GHz", {}),
    ],
)
def test_a_specification_is_read_as_shops_write_it(text, found):
    assert told(text) == found


PARTS = [
    "RAM 3GB", "ROM 32GB", "10.1 inch", "camera 5MP", "micro", "pin 6.000mAh", "4G", "Android 11",
    "Chip 8 nhân 1,8GHz",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.permutations(PARTS),
    st.sampled_from(["/", ", ", "; ", " | ", " + ", "\n"]),
    st.integers(1, 9),
)
def test_the_order_of_the_parts_changes_nothing(parts, mark, count):
    whole = Specification(3, 32, 10.1, 6000, camera=True, microphone=True, modem=True)
    assert parse_specification(mark.join(parts)) == whole
    some, again = parts[:count], sorted(parts[:count])
    assert parse_specification(mark.join(some)) == parse_specification(mark.join(again))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_specification_or_none(text):
    parse_specification(text)
    assert parse_wish(text, UnitList(EDITION)) == parse_wish(text, UnitList(EDITION))


def test_a_lot_is_read_whole(tmp_path):
    found = only(register(tmp_path, lot(wish="chỉ cho học sinh xã Đạo Trù", package="GC-VIETTEL")))
    assert found[["kind", "condition", "quantity", "modem"]].tolist() == ["tablet", "new", 2, True]
    assert found[["ram_gb", "storage_gb", "screen_in"]].tolist() == [3, 32, 10.1]
    assert found[["unit_value_vnd", "package_id"]].tolist() == [2_400_000, "GC-VIETTEL"]
    assert found[["only_communes", "wish"]].tolist() == ["08914", "chỉ cho học sinh xã Đạo Trù"]
    assert str(found["warranty_until"].date()) == "2023-09-22"


def test_columns_of_their_own_outweigh_the_cell_of_specifications(tmp_path):
    head = ["Mã lô", "Loại", "Cấu hình", "RAM (GB)", "Màn hình", "Camera", "Có 4G", "Số lượng"]
    row = ["LO-01", "laptop", "RAM 4GB, SSD 128GB, webcam", "8", '14"', "0,3MP", "không", "5"]
    checked = register(tmp_path, row, head=head)
    assert only(checked)[["ram_gb", "storage_gb", "screen_in"]].tolist() == [8, 128, 14]
    assert only(checked)[["camera", "modem"]].tolist() == [True, False]
    assert (
        rules(checked) == ["spec_differs"] and fault(checked, "spec_differs").column == "RAM (GB)"
    )


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("mới 100 %", "new"),
        ("Mới nguyên hộp", "new"),
        ("chưa qua sử dụng", "new"),
        ("đã qua sử dụng", "used"),
        ("mới 95%", "used"),
        ("cũ", "used"),
        ("đã qua sử dụng, không lỗi", "used"),
    ],
)
def test_a_condition_is_new_or_used(tmp_path, text, condition):
    checked = register(tmp_path, lot(state=text))
    assert only(checked)["condition"] == condition and rules(checked) == []


def test_what_is_broken_is_received_and_never_allocable(tmp_path):
    checked = register(tmp_path, lot(state="hỏng, cần sửa"), lot("LO-02"))
    assert rules(checked) == ["needs_repair"]
    fitness = judge_lots(checked.accepted, devices=PARAMETERS.devices)
    assert checked.accepted["quantity"].tolist() == [2, 2]
    assert fitness["allocable"].tolist() == [0, 2]


def test_a_broken_webcam_is_a_part_to_be_added(tmp_path):
    spec = 'Core i3, 4GB, SSD 128GB, 14", webcam, micro'
    checked = register(tmp_path, lot(kind="laptop", spec=spec, state="đã qua sử dụng, hỏng webcam"))
    assert rules(checked) == []
    fitness = judge_lots(checked.accepted, devices=PARAMETERS.devices).iloc[0]
    assert fitness[["adequacy", "lacks"]].tolist() == ["to_complete", "camera"]


def test_a_lot_of_no_kind_or_number_is_turned_away_with_its_cure(tmp_path):
    rows = [
        lot(),
        lot("LO-02", kind="Máy", spec=""),
        lot("LO-03", count="nhiều"),
        lot("LO-04", count="0"),
    ]
    checked = register(tmp_path, *rows)
    assert rules(checked, "error") == ["kind_unclear", "not_a_number", "out_of_bounds"]
    assert "hãy ghi" in fault(checked, "kind_unclear").suggestion
    assert fault(checked, "kind_unclear").row == 3
    named = lot(kind="", model="Samsung Galaxy Tab A7")
    assert only(register(tmp_path, named))["kind"] == "tablet"


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("chỉ cho học sinh xã Đạo Trù", Wish(communes=("08914",))),
        ("chi cho xa Dao Tru", Wish(communes=("08914",))),
        ("xã Đạo Trù, Yên Dương và Bồ Lý", Wish(communes=("08914", "08917", "08920"))),
        ("thị trấn Hợp Châu, huyện Tam Đảo", Wish(communes=("08911",))),
        ("cấp 2", Wish(levels=("THCS",))),
        ("cấp 1, 2", Wish(levels=("TH", "THCS"))),
        ("HS tiểu học và THCS huyện Tam Đảo", Wish(districts=("248",), levels=("TH", "THCS"))),
        ("trường THCS Đạo Trù", Wish(schools=("THCS Đạo Trù",))),
        ("Trường TH & THCS Đạo Trù", Wish(schools=("TH & THCS Đạo Trù",))),
        ("TP Vĩnh Yên", Wish(districts=("243",))),
        ("không", Wish()),
        ("toàn tỉnh", Wish()),
        ("Ưu tiên học sinh mồ côi", Wish(rest="Ưu tiên học sinh mồ côi")),
        ("chỉ cho hs lớp 9", Wish(rest="lớp 9")),
    ],
)
def test_a_wish_becomes_conditions_and_what_does_not_is_told(text, wish):
    assert parse_wish(text, UnitList(EDITION)) == wish


def test_a_wish_that_is_not_understood_is_kept_and_told(tmp_path):
    checked = register(tmp_path, lot(wish="chỉ cho hs lớp 9 xã Đạo Trù"))
    assert rules(checked) == ["wish_unread"]
    assert "lớp 9" in fault(checked, "wish_unread").suggestion
    assert only(checked)[["only_communes", "wish"]].tolist() == [
        "08914",
        "chỉ cho hs lớp 9 xã Đạo Trù",
    ]


def test_conditions_may_have_columns_of_their_own_and_a_name_nobody_knows_is_turned_away(tmp_path):
    head = [
        "Mã lô",
        "Loại",
        "Số lượng",
        "Chỉ cho xã",
        "Chỉ cho huyện",
        "Chỉ cho cấp học",
        "Chỉ cho trường",
    ]
    rows = [
        ["1", "laptop", "5", "Đạo Trù, 08917", "Tam Đảo", "THCS", "26001|26002"],
        ["2", "laptop", "5", "Đâu Đó", "", "", ""],
    ]
    checked = register(tmp_path, *rows, head=head)
    names = ["only_communes", "only_district", "only_levels", "only_schools"]
    assert only(checked)[names].tolist() == ["08914|08917", "248", "THCS", "26001|26002"]
    assert rules(checked) == ["unknown_term"]


def test_a_school_by_name_is_found_in_the_list_and_otherwise_holds_the_lot(tmp_path):
    rows = [lot(wish="trường tiểu học Đạo Trù"), lot("LO-02", wish="trường THCS Nào Đó")]
    checked = register(tmp_path, *rows)
    assert rules(checked) == ["school_named"] * 2
    schools = pd.DataFrame(
        {"school_id": ["26001", "26002"], "name": ["Trường TH Đạo Trù", "THCS Đạo Trù"]}
    )
    named = name_schools(checked.accepted, schools)
    assert named["only_schools"].tolist() == ["26001", "THCS Nào Đó"]


SERIALS = "356938035643809, 356938035643817"


def test_serials_never_stand_in_the_clear(tmp_path):
    rows = [lot(serials=SERIALS), lot("LO-02", count="x", serials="356938035643825")]
    checked = register(tmp_path, *rows)
    texts = [
        checked.accepted.to_csv(),
        checked.quarantined.to_csv(),
        str(checked.diagnosis.as_dict()),
    ]
    assert not any("3569380356438" in text for text in texts)
    assert only(checked)[["serials"]].isna().all() and fixes(checked)["serials_hidden"] == 2


def test_under_the_provinces_key_serials_are_keyed_hashes_and_no_device_is_in_two_lots(tmp_path):
    rows = [
        lot(serials=SERIALS),
        lot("LO-02", count="1", serials="3569-3803-5643825"),
        lot("LO-03"),
    ]
    path = write_csv(tmp_path / "lo.csv", [HEAD, *rows])
    options = SealedOptions(key=b"k" * 32)
    found = check_source("lots", path, options, PARAMETERS).accepted["serials"].dropna().tolist()
    sealed = [seal_text(b"k" * 32, "serial", s) for s in (*SERIALS.split(", "), "356938035643825")]
    assert found == ["|".join(sealed[:2]), sealed[2]]
    rows[1][8] = "356938035643817"
    for chosen in (options, SealedOptions()):
        write_csv(path, [HEAD, *rows])
        checked = check_source("lots", path, chosen, PARAMETERS)
        assert [f.rule for f in checked.diagnosis.faults] == ["serial_repeated"] * 2
        assert checked.accepted["lot_id"].tolist() == ["LO-03"]


def test_serials_are_counted_against_the_devices(tmp_path):
    checked = register(tmp_path, lot(serials=SERIALS, count="3"))
    assert (
        rules(checked) == ["serials_count"] and "2 số" in fault(checked, "serials_count").suggestion
    )


LOTS_MIXED = [
    lot("LO-01", wish="cấp 2"),
    lot("LO-02", kind="laptop", spec='Core i3, 4GB, SSD 128GB, 14"', modem="K", serials=SERIALS),
    lot("LO-03", state="hỏng"),
    lot("LO-04", count="-"),
    lot("LO-05", serials="356938035643809 356938035643900"),
]


@pytest.mark.long
@SLOW
@given(st.permutations(LOTS_MIXED))
def test_the_order_of_rows_changes_nothing(tmp_path, rows):
    def _read(lots):
        checked = register(tmp_path, *lots)
        return checked.accepted.sort_values("lot_id", ignore_index=True), sorted(rules(checked))

    found, broken = _read(rows)
    wanted, expected = _read(LOTS_MIXED)
    pd.testing.assert_frame_equal(found, wanted)
    assert broken == expected


def test_the_table_is_the_declared_one(tmp_path):
    assert list(register(tmp_path, lot(), as_of="2021-09-26").accepted.columns) == LOTS.names


@pytest.mark.parametrize(
    ("heading", "cell", "count", "unit", "rule"),
    [
        ("Tổng giá trị", "240.000.000", "100", 2_400_000, "value_of_all"),
        ("Giá trị cả lô (triệu đồng)", "240", "100", 2_400_000, "value_of_all"),
        ("Giá trị quy đổi (nghìn đồng)", "240.000", "100", 2_400_000, "value_of_all"),
        ("Thành tiền", "1.000.000", "3", 333_333, "value_of_all"),
        ("Giá trị", "2,4 triệu/máy", "100", 2_400_000, "value_of_one"),
        ("Giá trị", "2.400.000", "1", 2_400_000, None),
        ("Đơn giá", "2.400.000", "100", 2_400_000, None),
        ("Giá trị một máy", "2.400.000", "100", 2_400_000, None),
    ],
)
def test_the_heading_states_whether_a_value_is_of_one_or_of_all(
    tmp_path, heading, cell, count, unit, rule
):
    head = [heading if name == "Giá trị một máy" else name for name in HEAD]
    checked = register(tmp_path, lot(count=count, value=cell), head=head)
    assert only(checked)["unit_value_vnd"] == unit
    described = {"value_of_all", "value_of_one"} & set(fixes(checked))
    assert described == ({rule} if rule else set())


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("Giá trị", "240.000.000"), ("Giá trị (đ)", "240000000"), ("Giá (triệu đồng)", "240")],
)
def test_a_bare_value_of_several_devices_is_asked_about(tmp_path, heading, cell):
    head = [heading if name == "Giá trị một máy" else name for name in HEAD]
    asked = register(tmp_path, lot(count="100", value=cell), head=head).diagnosis
    assert (asked.exit_code, asked.question.about) == (3, "value")
    assert asked.question.choices == [f"{heading}=value_vnd", f"{heading}=unit_value_vnd"]
    assert "2.400.000 đ" in asked.question.why and "240.000.000 đ" in asked.question.why
    assert register(tmp_path, lot(count="1", value="2,4 triệu"), head=head).diagnosis.exit_code == 0


def test_a_total_that_is_no_product_and_a_dear_device_are_warned_of(tmp_path):
    head = [*HEAD, "Thành tiền"]
    right = [*lot(count="100", value="2.400.000"), "240.000.000"]
    wrong = [*lot("LO-02", count="100", value="2.400.000"), "24.000.000"]
    dear = [*lot("LO-03", count="10", value="240.000.000"), ""]
    checked = register(tmp_path, right, wrong, dear, head=head)
    assert checked.diagnosis.rows_accepted == 3
    found = {f.rule: (f.row, f.severity) for f in checked.diagnosis.faults}
    assert found == {"value_differs": (3, "warning"), "piece_dear": (4, "warning")}
