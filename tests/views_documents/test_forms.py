"""The forms say what the tables hold: no figure is lost, added up wrongly, or made up."""

import dataclasses
import re
from datetime import date

import pandas as pd
import pytest
from tests.views_documents import world
from tests.views_documents.reading import sheets_of, text_of, words_of

from phusong.views.documents import forms, inputs
from phusong.views.documents.excel import render_excel
from phusong.views.documents.forms import allocation_words, other_words, report_words
from phusong.views.documents.forms.allocation import SERVED, WAITING
from phusong.views.documents.forms.frames import add_up, read_cell
from phusong.views.documents.layout import lay_document
from phusong.views.documents.model import (
    Amount,
    DocumentKind,
    FigureLine,
    Gap,
    HandOverSheet,
    Kind,
    Share,
)
from phusong.views.documents.pdf import render_pdf
from phusong.views.documents.word import render_word
from phusong.views.documents.words import Heading, Word
from phusong.vocabulary.book import Outcome
from phusong.vocabulary.errors import TableFault
from phusong.vocabulary.reporting import Audience, SupportStatus
from phusong.vocabulary.terms import Term

EVERY = {
    "weekly": lambda c: forms.compose_weekly(c, world.figures()),
    "final": lambda c: forms.compose_final(c, world.figures()),
    "school": lambda c: forms.compose_school_list(c, world.school()),
    "hand_over": lambda c: forms.compose_hand_over(c, world.hand_over()),
    "acknowledgement": lambda c: forms.compose_acknowledgement(c, world.donor()),
    "operator": lambda c: forms.compose_operator_annex(c, world.carrier()),
}


@pytest.fixture(scope="module")
def weekly():
    return forms.compose_weekly(world.cover(), world.figures())


def figures_of(document):
    return {b.label: b for b in document.blocks if isinstance(b, FigureLine | Amount)}


def table_of(document, title):
    return next(t for t in document.tables if title in (t.title, t.name))


def texts_of(document):
    return "\n".join(words_of(render_word(document)))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("form", EVERY)
def test_every_form_becomes_every_file_in_both_languages(form, language):
    document = EVERY[form](world.cover(language=language))
    assert document.kind == DocumentKind.of(form)
    assert render_word(document).startswith(b"PK")
    assert render_excel(document).startswith(b"PK")
    assert render_pdf(document).startswith(b"%PDF")


def test_a_report_has_six_sections_and_five_annexes(weekly):
    assert [s.number for s in weekly.sections] == ["I", "II", "III", "IV", "V", "VI"]
    assert [a.number for a in weekly.annexes] == [1, 2, 3, 4, 5]
    said = texts_of(weekly)
    for number in ("I", "II", "III", "IV", "V"):
        assert f"(Chi tiết tại Phụ lục {number}.)" in said
    assert (
        "(Kèm theo Báo cáo số …/BC-SGDĐT ngày 27 tháng 9 năm 2021 của Sở Giáo dục và Đào tạo)"
        in said
    )
    assert "Kính gửi: Ủy ban nhân dân tỉnh Vĩnh Phúc" in said
    assert "- Lưu: VT, CTTT." in said


def test_figures_are_those_of_the_tables(weekly):
    told = figures_of(weekly)
    assert told["Học sinh đang học tại các cấp của chương trình"].value == 237_080
    survey = told["Học sinh không có thiết bị, theo khảo sát"]
    assert (survey.share, survey.unknown) == (Share(12_000, 237_080), 57)
    left = told["Học sinh không có thiết bị, trừ số đã xác nhận có theo sổ"]
    assert left.share == Share(10_942, 237_080), "1,058 of them have confirmed a device"
    assert told["Thôn, tổ dân phố có sóng 4G"].share == Share(30, 36)
    assert told["Thôn, tổ dân phố có sóng 4G"].unknown == 1
    assert told["Học sinh thuộc đối tượng chờ thiết bị"].share == Share(2_130, 3_378)
    assert told["Thiết bị đã bàn giao"].share == Share(290, 420)
    assert told["Thiết bị đủ điều kiện học trực tuyến"].share == Share(370, 420)
    assert told["Học sinh đã xác định được thôn nơi ở"].share == Share(231_000, 237_080)
    for line in told.values():
        if isinstance(line, FigureLine):
            assert (line.as_of, line.edition) == (world.DAY, world.EDITION)


def test_every_percentage_on_paper_has_parts_date_edition_and_rule(weekly):
    laid = lay_document(weekly)
    basis = "Số liệu đến ngày 26/09/2021; Danh mục 2021 (9 huyện, 136 xã); tỷ lệ làm tròn đến 0,1%"
    parts = [*laid["sections"], *laid["annexes"]]
    for part in parts:
        blocks = part["blocks"]
        for at, block in enumerate(blocks):
            if block["block"] == "bullet" and "%" in block["text"]:
                assert re.search(r"[\d.]+/[\d.]+ [^(]+\([\d,]+%\)", block["text"])
                notes = [b["text"] for b in blocks[at:] if b["block"] == "note"]
                assert notes[0].startswith(basis)
            if block["block"] == "table" and any(h["unit"] == "%" for h in block["heads"]):
                assert any(note.startswith(basis) for note in block["notes"])


def test_shares_of_tables_are_worked_out_from_the_columns_beside_them(weekly):
    table = table_of(weekly, "Kết nối của thôn, tổ dân phố theo xã")
    laid = next(b for a in lay_document(weekly)["annexes"][1:2] for b in a["blocks"])
    assert laid["rows"][0][1:7] == ["Xã Đạo Trù", "12", "9", "75,0%", "7", "58,3%"]
    assert laid["total"][1:] == [
        "Tỉnh Vĩnh Phúc", "36", "33", "91,7%", "30", "83,3%", "20", "55,6%", "33", "91,7%",
        "2", "34", "1", "1",
    ]  # fmt: skip
    sums = [sum(row[at] for row in table.rows) for at in range(1, len(table.held))]
    assert list(table.total[1:]) == sums


def test_hidden_counts_stay_hidden_in_every_sum_of_them(weekly):
    laid = next(b for a in lay_document(weekly)["annexes"][:1] for b in a["blocks"])
    row = laid["rows"][1]
    assert row[1] == "Trường THCS Hợp Châu"
    assert row[3:5] == ["–", "–"]
    assert row[-2:] == ["–", "–"]
    assert any("không phải là số 0" in note for note in laid["notes"])
    planned = table_of(weekly, "Dự kiến của kế hoạch phân bổ theo bậc ưu tiên")
    assert planned.total[-1] is Gap.HIDDEN
    waves = table_of(weekly, "Kế hoạch theo đợt")
    assert waves.total[2] is Gap.HIDDEN


def test_the_tiers_show_numerator_and_denominator_by_state(weekly):
    told = figures_of(weekly)
    poor, near = "Hộ nghèo (T1, T2) cần thiết bị", "Hộ cận nghèo (T3, T4) cần thiết bị"
    assert told[f"{poor}, đã được bàn giao"].share == Share(545, 545)
    assert told[f"{poor}, đã xác nhận có"].share == Share(545, 545)
    assert told[f"{near}, đã được bàn giao"].share == Share(703, 734)
    assert told[f"{near}, đã xác nhận có"].share == Share(513, 734)
    table = table_of(weekly, "Thiết bị theo bậc ưu tiên và trạng thái trong sổ")
    assert table.rows[3][1:] == (701, 0, 0, 190, 480, 31)
    assert table.total[1:] == (3_378, 0, 0, 190, 1_058, 2_130)


def test_outcomes_of_a_plan_add_up_and_are_stated_to_be_planned():
    told = world.figures(planned=world.planned(few=8))
    document = forms.compose_final(world.cover(), told)
    table = table_of(document, "Dự kiến của kế hoạch phân bổ theo bậc ưu tiên")
    assert table.total[1:] == (41, 504, 33, 701, 2_107)
    assert sum(table.total[1:]) == told.planned["pupils"].sum()
    assert {row[0] for row in table.rows} <= {o.vi[:1].upper() + o.vi[1:] for o in Outcome}
    assert "Dự kiến theo kế hoạch phân bổ (chưa phải kết quả)" in texts_of(document)


def test_a_plan_alone_makes_no_document_state_that_anything_was_given():
    plan_only = world.figures(support=None, states=None, reconciliation=None, equipment=None,
                              changes=None, handed_over=0, days_to_hand_over=None, packages=None, pledges=None)  # fmt: skip
    for compose in (forms.compose_weekly, forms.compose_final):
        for language in ("vi", "en"):
            document = compose(world.cover(language=language), plan_only)
            given = ("bàn giao", "xác nhận có", "handed over", "confirmed")
            told = {
                k: b for k, b in figures_of(document).items() if any(w in k.lower() for w in given)
            }
            values = [
                b.share.numerator if isinstance(b, FigureLine) else b.value for b in told.values()
            ]
            assert values and not any(values), told


def test_who_waits_for_a_device_is_not_who_waits_for_a_connection():
    parts = {SupportStatus.WAITING_CONNECTION: 50, SupportStatus.HELD: 3}
    told = world.figures(reconciliation=inputs.Reconciliation(53, parts), support=None)
    document = forms.compose_weekly(world.cover(), told)
    lines = figures_of(document)
    assert lines["Học sinh thuộc đối tượng chờ thiết bị"].share == Share(0, 53)
    waits = lines["Học sinh thuộc đối tượng chờ kết nối, không cần thiết bị"]
    assert waits.share == Share(50, 53)
    assert lines["Học sinh tạm giữ để đối chiếu trùng, chưa tính trong số cần thiết bị"].value == 3
    assert "còn chờ thiết bị." not in texts_of(document)


def test_no_count_is_a_constant():
    said = texts_of(forms.compose_weekly(world.cover(), world.figures()))
    assert "0 chuyển đi" not in said and "0 không nhận" not in said
    assert "Gia đình không nhận: chưa có trường hợp nào được ghi." in said
    assert figures_of(forms.compose_weekly(world.cover(), world.figures()))[
        "Chuyển đi, theo danh sách của trường (không tính trong số thuộc đối tượng)"
    ].value == 7  # fmt: skip
    parts = {SupportStatus.DECLINED: 4, SupportStatus.NOT_NEEDED: 6}
    told = world.figures(
        reconciliation=inputs.Reconciliation(10, parts), support=None, pupils_moved=None
    )
    again = forms.compose_weekly(world.cover(), told)
    assert figures_of(again)["Gia đình không nhận"].value == 4
    assert "Chuyển đi: chưa theo dõi" in texts_of(again)


def test_open_pledges_and_unspent_money_are_stated_with_their_reason(weekly):
    said = texts_of(weekly)
    assert "Đợt phát động kéo dài đến ngày 26/09/2021; còn 2 cam kết chưa nhận đủ:" in said
    late = forms.compose_weekly(world.cover(as_of=date(2021, 12, 10)), world.figures())
    over = texts_of(late)
    assert "Đợt phát động đã kết thúc ngày 26/09/2021 mà còn 2 cam kết chưa nhận đủ:" in over
    assert "Ủng hộ thiết bị: 1 cam kết, còn thiếu 16 máy." in over
    assert "Các quỹ: 1 cam kết, còn thiếu 300.000.000 đồng." in over
    assert "còn 1.200.000.000 đ chưa chi, trong đó 200.000.000 đ đã phân bổ, chưa chi" in said
    assert "còn 2.130 học sinh chờ thiết bị và 252 gói cước chưa cấp" in said
    assert "2 cam kết ủng hộ chưa nhận đủ khi đợt phát động đã kết thúc." in over
    nobody = inputs.Reconciliation(5, {SupportStatus.CONFIRMED: 5})
    done = forms.compose_weekly(world.cover(), world.figures(reconciliation=nobody, support=None))
    assert "Lý do: không còn học sinh chờ thiết bị." in texts_of(done)
    assert "Quỹ Khuyến học" not in said, "the public edition names nobody who has not paid"
    inside = forms.compose_weekly(world.cover(audience=Audience.INTERNAL), world.figures())
    assert "Quỹ Khuyến học" in texts_of(inside)


def test_the_three_aims_show_target_and_what_is_missing(weekly):
    table = table_of(weekly, "Ba mục tiêu của Chương trình: mọi học sinh, mọi thôn")
    rows = {row[0]: row[1:] for row in table.rows}
    survey = rows["1. Học sinh đủ thiết bị và kết nối, theo khảo sát"]
    assert survey[1:4] == (236_930, 237_080, 150)
    book = "1. Học sinh đủ thiết bị và kết nối, theo khảo sát và thiết bị đã xác nhận trong sổ"
    assert rows[book][1:4] == (237_080, 237_080, 0), "never more than everybody"
    assert rows["2. Thôn, tổ dân phố có sóng 4G"][1:] == (30, 36, 6, 1)
    assert rows["3. Thôn, tổ dân phố sẵn sàng cáp quang"][1:4] == (20, 36, 16)


def test_the_internal_edition_is_marked_everywhere_and_the_public_one_nowhere():
    inside = forms.compose_final(world.cover(audience=Audience.INTERNAL), world.figures())
    mark = "BẢN NỘI BỘ, KHÔNG CÔNG BỐ"
    assert lay_document(inside)["banner"] == f"{mark} · DỮ LIỆU MÔ PHỎNG"
    assert mark in texts_of(inside) and mark in text_of(render_pdf(inside))
    sheets = sheets_of(render_excel(inside))
    assert all(any(mark in str(c) for row in rows for c in row) for rows in sheets.values())
    real = world.cover(audience=Audience.INTERNAL, demonstration=False)
    assert lay_document(forms.compose_final(real, world.figures()))["banner"] == mark
    assert mark not in texts_of(forms.compose_final(world.cover(), world.figures()))


def test_the_changes_of_the_week_are_differences(weekly):
    table = table_of(weekly, "Thay đổi trong kỳ báo cáo, theo sổ chương trình")
    assert [row[1:] for row in table.rows] == [(900, 1_058, 158, 0), (2_288, 2_130, 0, 158)]
    final = forms.compose_final(world.cover(), world.figures())
    assert table.title not in [t.title for t in final.tables]


def test_every_outcome_stands_in_one_column():
    rest = set(Outcome) - set(SERVED) - set(WAITING)
    assert not set(SERVED) & set(WAITING)
    assert all(outcome.vi.startswith(("chờ", "tạm giữ")) for outcome in WAITING)
    assert not [outcome for outcome in rest if outcome.vi.startswith(("chờ", "tạm giữ"))]


def test_money_and_things_share_no_table_and_no_total(weekly):
    for table in weekly.tables:
        kinds = {column.kind for column in table.columns}
        assert not {Kind.MONEY, Kind.VALUE} <= kinds
        if "Ủng hộ" in table.title:
            assert table.apart
            assert table.total is None
    money = table_of(weekly, "Ủng hộ bằng tiền")
    assert money.rows[0][2:] == (2_900_000_000, 2_700_000_000, 1_500_000_000, 1_200_000_000)
    kinds = table_of(weekly, "Ủng hộ bằng hiện vật, cơ chế")
    assert [row[-1] for row in kinds.rows] == [720_000_000, Gap.UNKNOWN, Gap.UNKNOWN]


def test_what_came_late_stands_apart(weekly):
    told = figures_of(weekly)
    assert told["Ủng hộ bằng tiền, đã nhận trong đợt"].value == 1_600_000_000
    assert told["Ủng hộ bằng tiền, đã nhận sau đợt"].value == 1_100_000_000


def test_a_book_that_does_not_balance_is_refused():
    with pytest.raises(TableFault, match="balance"):
        world.figures(spending=world.spending().assign(balance_vnd=1))
    more = world.money().assign(received_after_vnd=1)
    with pytest.raises(TableFault, match="donors"):
        world.figures(money=more)
    with pytest.raises(TableFault, match="devices does not belong"):
        world.figures(money=world.money().assign(form="devices"))
    with pytest.raises(TableFault, match="10 pupils are eligible, but 9 are placed"):
        inputs.Reconciliation(10, {SupportStatus.CONFIRMED: 5, SupportStatus.HELD: 4})


def test_lateness_is_told_by_operator_and_one_by_one(weekly):
    table = table_of(weekly, "Cam kết theo doanh nghiệp")
    assert table.rows == (("Viettel", 2, 1, 0, 1, 0), ("VNPT VinaPhone", 2, 1, 1, 0, 1))
    assert table.total[1:] == (4, 2, 1, 1, 1)
    late = table_of(weekly, "Các cam kết chậm tiến độ")
    assert [row[2] for row in late.rows] == ["Thôn Đồng Giếng"]
    assert late.rows[0][-2:] == (6, "Chưa bàn giao mặt bằng")


def test_the_change_since_the_last_report_is_told(weekly):
    rows = {row[0]: row[1:] for row in table_of(weekly, "So với kỳ báo cáo trước").rows}
    assert rows["Thôn, tổ dân phố có sóng 4G"] == (28, 30, 2, 0)
    assert rows["Thôn, tổ dân phố có sóng 3G"] == (33, 33, 0, 0)


def test_what_was_not_delivered_is_said_to_be_missing_and_never_zero():
    empty = inputs.ReportFigures(world.figures().period, world.figures().window)
    document = forms.compose_weekly(world.cover(basis="", addressees=()), empty)
    assert [s.number for s in document.sections] == ["I", "II", "III", "IV"]
    assert not document.annexes, "an annex with nothing in it is left out"
    assert not document.tables
    assert not figures_of(document)
    assert texts_of(document).count("Chưa có số liệu tại thời điểm báo cáo.") == 7


def test_troubles_are_the_figures_own_and_the_office_s():
    said = texts_of(forms.compose_weekly(world.cover(), world.figures()))
    assert "- 1 cam kết của doanh nghiệp viễn thông đã quá hạn." in said
    assert "- 6.080 học sinh chưa xác định được thôn nơi ở theo địa chỉ." in said
    assert "- Một số thôn vùng đồi chưa có điện ổn định cho trạm thu phát sóng." in said


def test_another_edition_s_lines_do_not_mix_in():
    other = pd.concat([world.indicators(), world.indicators().assign(edition="2025-07-01")])
    told = world.figures(indicators=other, earlier=None)
    assert figures_of(forms.compose_weekly(world.cover(), told))[
        "Thôn, tổ dân phố có sóng 4G"
    ].share == Share(30, 36)


def test_a_school_signs_once_for_each_class():
    document = forms.compose_school_list(world.cover(symbol=""), world.school())
    sheets = [b for b in document.blocks if isinstance(b, HandOverSheet)]
    assert [sheet.group for sheet in sheets] == ["Lớp 5A", "Lớp 5B"]
    assert [len(sheet.table.rows) for sheet in sheets] == [4, 4]
    said = texts_of(document)
    assert said.count("GIÁO VIÊN CHỦ NHIỆM") == 2
    assert "không công khai" in said
    assert "Số:" not in said
    pages = sheets_of(render_excel(document))
    assert list(pages)[2:] == ["Lớp 5A", "Lớp 5B"]
    assert [row[0] for row in pages["Lớp 5A"][3:7]] == [f"5A-{n:02d}-7f3c91" for n in range(4)]


def test_a_hand_over_is_signed_by_three_sides_in_roles():
    document = forms.compose_hand_over(world.cover(symbol="BB-SGDĐT"), world.hand_over())
    assert [s.lines for s in document.signatures] == [
        ("ĐẠI DIỆN BÊN GIAO",), ("ĐẠI DIỆN BÊN NHẬN",), ("XÁC NHẬN CỦA NHÀ TRƯỜNG",),
    ]  # fmt: skip
    said = texts_of(document)
    assert "Hôm nay, ngày …… tháng …… năm ………, tại Trường Tiểu học Đạo Trù, xã Đạo Trù" in said
    done = dataclasses.replace(world.hand_over(), record="BB-07", handed_on=date(2021, 9, 25))
    signed = texts_of(forms.compose_hand_over(world.cover(), done))
    assert "Hôm nay, ngày 25 tháng 9 năm 2021, tại" in signed
    assert "Biên bản bàn giao số BB-07 trong sổ chương trình." in signed
    unnumbered = dataclasses.replace(done, record="")
    assert "Thiếu số biên bản" in texts_of(forms.compose_hand_over(world.cover(), unnumbered))
    assert "không bán, cho thuê, cầm cố" in said
    alone = dataclasses.replace(world.hand_over(), witness="", promises=("Giữ gìn máy.",))
    assert len(forms.compose_hand_over(world.cover(), alone).signatures) == 2


def test_a_donor_is_thanked_for_money_and_things_apart():
    document = forms.compose_acknowledgement(world.cover(symbol=""), world.donor())
    money, things = document.tables
    assert money.rows[0][-1] == 50_000_000
    assert [row[-2:] for row in things.rows] == [(20, 48_000_000), (3, Gap.UNKNOWN)]
    assert document.addressees == ("Công ty TNHH Ánh Dương",)
    assert "đã đến với 20 học sinh" in text_of(render_pdf(document))


def test_a_donor_who_stays_anonymous_is_not_named_and_few_pupils_are_not_told():
    quiet = dataclasses.replace(world.donor(), donor="", pupils_helped=None)
    said = texts_of(forms.compose_acknowledgement(world.cover(), quiet))
    assert "Kính gửi: Quý nhà hảo tâm" in said
    assert "đã đến với" not in said
    assert "Ánh Dương" not in said


def test_an_operator_is_told_of_its_own_hamlets_only():
    document = forms.compose_operator_annex(world.cover(), world.carrier())
    said = texts_of(document)
    assert "VNPT" in said
    assert "Viettel" not in said
    villages = table_of(document, "Thôn trong kế hoạch")
    assert [row[1] for row in villages.rows] == ["Thôn Bảo Phác"]
    assert villages.total[-3:] == (150_000_000, 210_000_000, 330_000_000)


def test_an_annex_names_the_number_only_where_there_is_one():
    said = texts_of(forms.compose_operator_annex(world.cover(symbol=""), world.carrier()))
    assert "(Kèm theo Danh mục ngày 27 tháng 9 năm 2021 của Sở Giáo dục và Đào tạo)" in said
    numbered = texts_of(forms.compose_operator_annex(world.cover(number="7"), world.carrier()))
    assert "(Kèm theo Danh mục số 07/BC-SGDĐT ngày" in numbered


def test_cells_are_read_as_what_they_are():
    assert read_cell(pd.NA, Gap.HIDDEN) is Gap.HIDDEN
    assert read_cell(float("nan")) is None
    assert read_cell(pd.Timestamp("2021-09-26")) == world.DAY
    assert add_up(pd.Series([1, None], dtype="Int64")) is Gap.HIDDEN
    assert add_up(pd.Series([1, 2], dtype="Int64")) == 3
    assert add_up(pd.Series([], dtype="Int64")) == 0


@pytest.mark.parametrize(
    "terms",
    [
        t
        for m in (report_words, allocation_words, other_words)
        for t in vars(m).values()
        if isinstance(t, type) and issubclass(t, Term) and len(t)
    ]
    + [Word, Heading],
    ids=lambda t: t.__name__,
)
def test_every_sentence_has_both_languages_and_the_same_gaps(terms):
    for term in terms:
        assert term.vi.strip() and term.en.strip()
        assert set(re.findall(r"{(\w+)}", term.vi)) == set(re.findall(r"{(\w+)}", term.en)), term
