"""Registers of gifts at the door: sums as people write them, pledges apart from receipts, nobody's name."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.offices import check, fault, fixes, rules, write_csv, write_xlsx

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.donors import tell_kind
from phusong.intake.door import check_source
from phusong.intake.money import scale_of
from phusong.intake.money_words import MOST_VND, parse_money, parse_spelled
from phusong.intake.veiling import SealedOptions, hide_persons, seal_text
from phusong.simulate.offices.sums import STYLES, spell_out
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.tables.book import CONTRIBUTIONS

HEAD = [
    "Số phiếu", "Ngày", "Đơn vị/cá nhân ủng hộ", "Loại", "Hình thức", "Cam kết (đ)", "Đã nhận (đ)",
    "Phương thức", "Nội dung hiện vật", "Số lượng", "Đơn giá ước tính", "Thành tiền", "Ghi chú",
]  # fmt: skip
LAWS = settings(max_examples=150, deadline=None)
SLOW = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def gift(
    number="PT-01", day="21/09/2021", donor="Công ty A", kind="Doanh nghiệp", form="Tiền",
    pledged="500.000.000", received="", method="KBNN", thing="", count="", price="", value="", note="",
):  # fmt: skip
    return [
        number, day, donor, kind, form, pledged, received, method, thing, count, price, value, note,
    ]  # fmt: skip


def register(tmp_path, *rows, head=HEAD, **options):
    return check("contributions", write_csv(tmp_path / "so.csv", [head, *rows]), **options)


def only(checked):
    assert len(checked.accepted) == 1
    return checked.accepted.iloc[0]


@pytest.mark.parametrize(
    ("text", "vnd"),
    [
        ("1,5 tỷ", 1_500_000_000),
        ("1.5 tỷ đồng", 1_500_000_000),
        ("450 triệu đồng", 450_000_000),
        ("450tr.đ", 450_000_000),
        ("2.350.000đ", 2_350_000),
        ("2,350,000 VND", 2_350_000),
        ("2 350 000", 2_350_000),
        ("2.350.000,00", 2_350_000),
        ("500k", 500_000),
        ("1 tỷ 500 triệu", 1_500_000_000),
        ("2 triệu rưỡi", 2_500_000),
        ("1.500 triệu", 1_500_000_000),
        ("khoảng 50 triệu", 50_000_000),
        ("hai tỷ ba trăm triệu đồng", 2_300_000_000),
        ("nam tram linh nam trieu", 505_000_000),
        ("mười lăm triệu năm trăm nghìn đồng Việt Nam", 15_500_000),
        ("hai nghìn tỷ", 2_000_000_000_000),
        ("2.350.000 (Hai triệu ba trăm năm mươi nghìn đồng)", 2_350_000),
        ("500 triệu (đã chuyển khoản)", 500_000_000),
        ("0", 0),
    ],
)
def test_a_sum_is_read_as_people_write_it(text, vnd):
    assert parse_money(text, scale=1).vnd == vnd


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2,350 tỷ", "money_unclear"),
        ("1 tỷ 5", "money_unclear"),
        ("một tỷ hai", "not_money"),
        ("500 triệu, bằng chữ: Bốn trăm triệu đồng", "words_differ"),
        ("$500", "foreign_money"),
        ("10 máy", "not_money"),
        ("-500.000", "not_money"),
        ("2,5", "not_money"),
        ("500", "sum_too_small"),
        ("1.000.000.000.000.000.000", "sum_too_large"),
    ],
)
def test_what_can_be_read_twice_or_not_at_all_is_told_and_not_guessed(text, why):
    assert parse_money(text, scale=1) == (None, None, why)


@LAWS
@given(st.integers(1_000, MOST_VND // 1_000), st.sampled_from(STYLES))
def test_a_sum_printed_in_any_style_reads_back_as_the_same_number(vnd, style):
    assert parse_money(style(vnd), scale=1).vnd == vnd


@LAWS
@given(st.integers(1_000, MOST_VND // 1_000))
def test_figures_and_words_of_one_sum_agree_and_of_two_do_not(vnd):
    assert parse_spelled(spell_out(vnd)) == vnd
    assert parse_money(f"{vnd} ({spell_out(vnd)})", scale=1).vnd == vnd
    assert parse_money(f"{vnd} ({spell_out(vnd + 1)})", scale=1).fault == "words_differ"


@LAWS
@given(st.text(max_size=40))
def test_any_text_is_a_sum_or_a_fault(text):
    described = parse_money(text, scale=1)
    assert described.vnd is None or (described.fault is None and 0 <= described.vnd <= MOST_VND)


def test_the_heading_states_the_unit_of_bare_figures():
    assert [scale_of(h) for h in ("Cam kết (triệu đồng)", "Số tiền (tr.đ)", "Giá (1.000đ)")] == [
        1_000_000, 1_000_000, 1_000,
    ]  # fmt: skip
    assert scale_of("Cam kết (đ)") == scale_of("Đã nhận (đồng)") == 1
    assert scale_of("Tổng giá trị (tỷ đồng)") == 1_000_000_000


def test_a_register_is_read_under_two_rows_of_headings_and_its_total_is_no_gift(tmp_path):
    rows = [
        ["UBND TỈNH"],
        ["SỔ TIẾP NHẬN ỦNG HỘ"],
        [],
        [
            "STT",
            "Số phiếu",
            "Ngày",
            "Nhà tài trợ",
            "Hình thức",
            "Số tiền (triệu đồng)",
            "",
            "Ghi chú",
        ],
        ["", "", "", "", "", "Cam kết", "Đã nhận", ""],
        ["1", "PT-01", "21/9/2021", "Công ty A", "Tiền", "500", "1,5 tỷ", ""],
        ["2", "PT-02", "22/9/2021", "Hội Khuyến học", "Tiền", 12.5, "", ""],
        ["Tổng cộng", "", "", "", "", "512,5", "", ""],
    ]
    checked = check("contributions", write_xlsx(tmp_path / "so.xlsx", rows))
    assert checked.accepted["pledged_vnd"].tolist() == [500_000_000, 12_500_000]
    assert checked.accepted["received_vnd"].tolist()[0] == 1_500_000_000
    assert checked.accepted["donor_kind"].tolist() == ["enterprise", "organisation"]
    assert fixes(checked)["total_row"] == 1 and rules(checked) == ["more_than_pledged"]


def test_what_has_no_day_of_receipt_is_a_pledge(tmp_path):
    head = ["Số phiếu", "Nhà tài trợ", "Hình thức", "Số tiền", "Ngày nhận"]
    rows = [
        ["1", "Công ty A", "Tiền", "5.000.000", "22/09/2021"],
        ["2", "Công ty B", "Tiền", "7.000.000", ""],
    ]
    described = register(tmp_path, *rows, head=head).accepted
    assert described["pledged_vnd"].tolist() == [5_000_000, 7_000_000]
    assert described["received_vnd"].fillna(0).tolist() == [5_000_000, 0]
    head[3] = "Đã nhận"
    checked = register(tmp_path, *rows, head=head)
    assert rules(checked) == ["received_undated"]
    assert checked.accepted["pledged_vnd"].fillna(0).tolist() == [0, 7_000_000]


@pytest.mark.parametrize(
    ("heading", "cell", "value", "unit"),
    [
        ("Tổng giá trị", "240 triệu", 240_000_000, None),
        ("Giá trị quy đổi", "240 triệu", 240_000_000, None),
        ("Giá trị", "2,4 triệu/máy", 240_000_000, None),
        ("Đơn giá", "2,4 triệu", None, 2_400_000),
    ],
)
def test_a_value_is_of_one_only_where_that_is_stated(tmp_path, heading, cell, value, unit):
    head = ["Số phiếu", "Nhà tài trợ", "Hình thức", "Hiện vật", "Số lượng", heading]
    row = ["1", "Công ty A", "Thiết bị", "Máy tính bảng", "100", cell]
    described = only(register(tmp_path, row, head=head))
    for name, wanted in (("value_vnd", value), ("unit_value_vnd", unit)):
        assert pd.isna(described[name]) if wanted is None else described[name] == wanted


@pytest.mark.parametrize("heading", ["Giá trị", "Giá ước tính"])
def test_a_bare_value_of_several_things_is_asked_about_as_in_lots(tmp_path, heading):
    head = ["Số phiếu", "Nhà tài trợ", "Hình thức", "Hiện vật", "Số lượng", heading]
    row = ["1", "Công ty A", "Thiết bị", "Máy tính bảng", "100", "240 triệu"]
    assert register(tmp_path, row, head=head).diagnosis.question.about == "value"
    money = ["2", "Công ty B", "Tiền", "", "", "240 triệu"]
    assert register(tmp_path, money, head=head).diagnosis.exit_code == 0


def test_things_are_valued_apart_from_money(tmp_path):
    tablets = gift(
        form="Thiết bị", pledged="720 triệu", thing="Máy tính bảng", count="300", price="2,4 triệu"
    )
    described = only(register(tmp_path, tablets))
    assert described[["form", "method", "quantity"]].tolist() == ["devices", "treasury", 300]
    assert described["value_vnd"] == 720_000_000 and pd.isna(described["pledged_vnd"])
    money = only(register(tmp_path, gift(pledged="", value="5.000.000")))
    assert money["pledged_vnd"] == 5_000_000 and pd.isna(money["value_vnd"])


@pytest.mark.parametrize(
    ("form", "thing", "found"),
    [
        ("NSNN", "", "state_budget"),
        ("các quỹ", "", "fund"),
        ("Cơ chế DN viễn thông", "gói 4 GB/ngày", "tariff"),
        ("hiện vật", "Điện thoại", "devices"),
        ("", "Sim 4G", "tariff"),
        ("", "", "money"),
        ("chuyển khoản", "", "money"),
    ],
)
def test_the_five_forms_are_told_apart(tmp_path, form, thing, found):
    assert only(register(tmp_path, gift(form=form, thing=thing)))["form"] == found


def test_a_row_that_does_not_say_what_is_given_is_turned_away_with_its_cure(tmp_path):
    rows = [gift(), gift("PT-02", form="hiện vật", pledged=""), gift("PT-03", form="tình cảm")]
    checked = register(tmp_path, *rows)
    assert checked.diagnosis.rows_accepted == 1
    assert rules(checked, "error") == ["form_unstated", "unknown_term"]
    assert "hình thức" in fault(checked, "form_unstated").suggestion
    assert fault(checked, "form_unstated").column == "Hình thức"


def test_what_does_not_say_how_much_is_accepted_and_told(tmp_path):
    rows = [
        gift(form="Thiết bị", pledged="", thing="laptop", method=""),
        gift("PT-02", pledged=""),
        gift("PT-03", day="23/09/2021", method="TM"),
    ]
    checked = register(tmp_path, *rows)
    assert rules(checked) == ["quantity_unstated", "sum_unstated", "cash_taken"]
    assert checked.accepted["method"].tolist() == ["in_kind", "treasury", "cash"]


def test_one_gift_written_twice_is_accepted_and_told(tmp_path):
    checked = register(
        tmp_path, gift(), gift("PT-02", pledged="500 triệu"), gift("PT-03", "22/9/2021")
    )
    assert rules(checked) == ["gift_repeated"] and checked.diagnosis.rows_accepted == 3
    assert fault(checked, "gift_repeated").row == 3
    assert "2, 3" in fault(checked, "gift_repeated").suggestion


def test_a_receipt_that_says_two_things_is_turned_away(tmp_path):
    checked = register(tmp_path, gift(), gift(pledged="5 triệu"), gift("PT-02"))
    assert rules(checked, "error") == ["contradicting_id"] * 2
    assert checked.accepted["contribution_id"].tolist() == ["PT-02"]


def test_a_row_without_number_keeps_its_name_wherever_it_stands(tmp_path):
    rows = [gift(""), gift("", donor="Công ty B"), gift("", donor="Công ty C")]
    first = register(tmp_path, *rows).accepted.set_index("donor")["contribution_id"]
    again = register(tmp_path, *rows[::-1]).accepted.set_index("donor")["contribution_id"]
    assert first.is_unique and first.to_dict() == again.to_dict()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Công ty Cổ phần Bà Nà", "enterprise"),
        ("Tổng công ty Điện lực", "enterprise"),
        ("Vinaphone", "enterprise"),
        ("UBND huyện Tam Đảo", "agency"),
        ("Trường THCS Đạo Trù", "agency"),
        ("Hội đồng hương Lập Thạch", "organisation"),
        ("Ông Trần Bình", "person"),
        ("Nguyen Van Binh", "person"),
        ("Trương Văn Bo", "person"),
        ("Một nhà hảo tâm giấu tên", "anonymous"),
        ("Hoà Phát", None),
    ],
)
def test_a_name_tells_what_kind_of_donor_it_is(name, kind):
    assert tell_kind(name) == kind


PRIVATE = "Nguyễn Văn Bình"


def test_no_name_or_number_of_a_person_is_copied_anywhere(tmp_path):
    rows = [
        gift(donor=PRIVATE, kind="", note="liên hệ 0900 000 123, bà Lê Thị Chi"),
        gift("PT-02", donor=PRIVATE, kind="Cá nhân", pledged="mười máy"),
        gift("PT-03", donor="Công ty B (ông Trần Văn Dũng 0900000456)"),
        gift("PT-04", donor="Ẩn danh", kind=""),
    ]
    checked = register(tmp_path, *rows)
    described = [
        checked.accepted.to_csv(),
        checked.quarantined.to_csv(),
        str(checked.diagnosis.as_dict()),
    ]
    for secret in (PRIVATE, "Lê Thị Chi", "Trần Văn Dũng", "000 123", "0900000456"):
        assert not any(secret in text for text in described), secret
    accepted = checked.accepted.set_index("contribution_id")
    assert accepted["donor_kind"].tolist() == ["person", "enterprise", "anonymous"]
    assert accepted["donor"].isna().tolist() == [True, False, True]
    assert accepted.loc["PT-04", "publish"] == False  # noqa: E712
    assert checked.quarantined["Đơn vị/cá nhân ủng hộ"].tolist() == ["[cá nhân 1]"]


def test_under_the_provinces_key_a_person_is_a_keyed_hash(tmp_path):
    path = write_csv(tmp_path / "so.csv", [HEAD, gift(donor=PRIVATE, kind="Cá nhân")])
    checked = check_source("contributions", path, SealedOptions(key=b"k" * 32), load_parameters())
    sealed = seal_text(b"k" * 32, "donor", f" {PRIVATE.upper()} ")
    assert checked.accepted["donor"].tolist() == [sealed] and sealed.startswith("nt-")
    assert seal_text(b"l" * 32, "donor", PRIVATE) != sealed
    assert "k" * 32 not in repr(SealedOptions(key=b"k" * 32))


def test_a_donor_of_whom_nobody_can_tell_is_hidden_until_the_register_says(tmp_path):
    checked = register(tmp_path, gift(donor="Hoà Phát", kind=""))
    assert rules(checked) == ["donor_kind_unstated"] and only(checked)[["donor"]].isna().all()
    assert only(register(tmp_path, gift(donor="Hoà Phát")))["donor"] == "Hoà Phát"


def test_a_place_is_no_person():
    text = "tặng học sinh Bà Rịa, cô giáo Thảo, 12.000.000 đồng ngày 01/10/2021"
    assert hide_persons(text) == text


def test_what_a_donor_writes_never_acts(tmp_path):
    described = only(register(tmp_path, gift(note="=HYPERLINK(1)", donor="<b>Công ty</b>")))
    assert described["note"] == "'=HYPERLINK(1)" and "<" not in described["donor"]


def test_a_list_of_schools_is_no_register_of_gifts(tmp_path):
    checked = register(tmp_path, ["1", "TH A"], head=["Mã trường", "Tên trường"])
    assert checked.diagnosis.exit_code == 2


GIFTS = [
    gift(f"PT-{n:02d}", day, donor, kind, form, pledged, "", method, thing, count)
    for n, (day, donor, kind, form, pledged, method, thing, count) in enumerate(
        [
            ("21/09/2021", "Công ty A", "", "Tiền", "1,5 tỷ", "KBNN", "", ""),
            ("22/09/2021", PRIVATE, "", "Tiền", "2 triệu", "TM", "", ""),
            ("22/09/2021", "Quỹ B", "", "Quỹ", "sai", "", "", ""),
            ("23/09/2021", "VNPT", "", "Cơ chế", "", "", "Sim", "5"),
            ("23/09/2021", "Sở C", "", "Thiết bị", "", "", "laptop", ""),
        ]
    )
]


@pytest.mark.long
@SLOW
@given(st.permutations(GIFTS))
def test_the_order_of_rows_changes_nothing(tmp_path, rows):
    def _read(gifts):
        checked = register(tmp_path, *gifts)
        told = checked.accepted.sort_values("contribution_id", ignore_index=True)
        return told, sorted(rules(checked))

    told, found = _read(rows)
    wanted, expected = _read(GIFTS)
    pd.testing.assert_frame_equal(told, wanted)
    assert found == expected


def test_the_table_is_the_declared_one(tmp_path):
    assert (
        list(register(tmp_path, gift(), as_of="2021-09-26").accepted.columns) == CONTRIBUTIONS.names
    )


@pytest.mark.parametrize(
    "donor", ["Tổng công ty Viễn thông MobiFone", "TỔNG CÔNG TY ĐIỆN LỰC", "Tong cong ty Buu dien"]
)
def test_a_corporation_is_a_donor_and_no_total(tmp_path, donor):
    path = tmp_path / "so.csv"
    path.write_text(
        "STT;Đơn vị ủng hộ;Hình thức;Số tiền cam kết (đồng)\n"
        f"1;{donor};tiền;500.000.000\n;Tổng cộng (tỷ đồng);;500.000.000\n",
        encoding="utf-8",
    )
    checked = check_source("contributions", path, ReadOptions(), load_parameters())
    assert checked.accepted["donor"].tolist() == [donor]
    assert fixes(checked)["total_row"] == 1
