"""The catalogue of bad inputs, row by row, as far as it concerns tables and their values.

Each row makes a small file and says what becomes of it: the status, and rules that must be told.
"""

import io
import unicodedata
import zipfile

import pytest
import xlsxwriter
from tests.intake.offices import check, fixes, rules, write_csv, write_xlsx

PUPILS = ["Mã học sinh", "Họ và tên", "Ngày sinh", "Trường", "Lớp", "Thôn"]
DUC = ["2601234567", "Nguyễn Văn Đức", "12/03/2012", "Trường TH Mẫu", "4A", "Thôn Đồng Giếng"]
SECOND = ["2601234568", "Trần Thị Hằng", "13/03/2012", "Trường TH Mẫu", "4A", "Thôn Đồng Giếng"]
SCHOOLS = ["Mã trường", "Tên trường", "Kinh độ", "Vĩ độ"]
HERE = ["105.58123", "21.51123"]
ACCEPTED, ASKED, REFUSED = "accepted", "needs_answer", "refused"


def table(*rows, head=PUPILS, separator=","):
    return "\n".join(separator.join(row) for row in (head, *rows)) + "\n"


def changed(**cells):
    """A pupil of whom some cells are other ones."""
    return [cells.get(name, cell) for name, cell in zip(KEYS, DUC, strict=True)]


KEYS = ("code", "name", "born", "school", "room", "hamlet")


def combine(text):
    """Text as Windows-1258 has it: letters with their tones behind them."""
    parts = []
    for letter in unicodedata.normalize("NFC", text):
        try:
            parts.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", letter)
            tones = "".join(m for m in marks if m in "\u0300\u0301\u0303\u0309\u0323")
            base = "".join(m for m in marks if m not in tones)
            parts.append((unicodedata.normalize("NFC", base) + tones).encode("cp1258"))
    return b"".join(parts)


def zipped(**parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


#: id → kind, content, status, rules told (fixes and faults).
TABLES = {
    "B-01 byte order mark": ("students", "\ufeff" + table(DUC), ACCEPTED, {"byte_order_mark"}),
    "B-02 UTF-16": ("students", ("\ufeff" + table(DUC, separator="\t")).encode("utf-16-le"), ACCEPTED, {"byte_order_mark"}),
    "B-03 Windows-1258": ("students", combine(table(DUC)), ASKED, set()),
    "B-09 UTF-8 as Latin-1": ("students", table(DUC).encode().decode("latin-1"), ACCEPTED, {"letters_mended"}),
    "B-10 letters lost": ("hamlets", "Xã,Tên thôn\nĐạo Trù,Bãi Thử\nĐạo Trù,H\ufffdng\n", ACCEPTED, {"lost_characters"}),
    "B-11 decomposed": ("students", unicodedata.normalize("NFD", table(DUC)), ACCEPTED, {"text_normalised"}),
    "B-13 invisible letters": ("students", table(changed(name="Nguyễn\u200b Văn\u00a0Đức")), ACCEPTED, {"text_normalised"}),
    "B-13 direction turned": ("students", table(DUC, changed(name="Trần \u202eThị")), ACCEPTED, {"bidi_text"}),
    "B-14 full-width digits": ("students", table(SECOND, changed(code="２６０１２３４５６７")), ACCEPTED, {"code_folded"}),
    "B-14 the letter O": ("students", table(SECOND, changed(code="26O1234567")), ACCEPTED, {"code_folded"}),
    "B-14 a letter among digits": ("students", table(DUC, SECOND, changed(code="2601а34569")), ACCEPTED, {"code_letter"}),
    "B-15 semicolons": ("students", table(DUC, separator=";"), ACCEPTED, set()),
    "B-16 a thousand or a decimal": ("cells", "Mã trạm;Nhà mạng;Công nghệ;Kinh độ;Vĩ độ;EIRP (dBm)\na;VNPT;4G;105.55123;21.52123;1.234\n", ACCEPTED, set()),
    "B-17 ragged": ("students", table(DUC, SECOND[:3]), ACCEPTED, {"ragged_row"}),
    "B-17 open quote": ("students", table(DUC) + '2602,"Lê An,12/03/2012,T,4A,x\n2603,Bùi Mẫu,12/03/2012,T,4A,x\n', ACCEPTED, {"unclosed_quote"}),
    "B-17 NUL": ("students", table(DUC, changed(name="Lê\x00 An")), ACCEPTED, {"control_character"}),
    "B-18 serial": ("students", table(changed(born="41000")), ACCEPTED, {"spreadsheet_serial"}),
    "B-18 year alone": ("students", table(changed(born="2012")), ACCEPTED, {"birth_partial"}),
    "B-18 no such day": ("students", table(changed(born="29/02/2015")), ACCEPTED, {"not_a_date"}),
    "B-18 two digits": ("students", table(changed(born="12/03/12")), ACCEPTED, {"short_year"}),
    "B-18 month first": ("students", table(changed(born="12/31/2012"), changed(born="03/04/2012")), ASKED, set()),
    "B-18 mixed orders": ("students", table(changed(born="12/31/2012"), changed(born="31/12/2012"), changed(born="03/04/2012")), ACCEPTED, {"not_a_date"}),
    "B-19 not yet born": ("students", table(changed(born="31/12/2031")), ACCEPTED, {"birth_implausible"}),
    "B-19 born on 1 January": ("students", table(*[changed(born=f"01/01/20{y}") for y in range(10, 15)]), ACCEPTED, {"birth_default"}),
    "B-20 title and total": ("hamlets", "DANH SÁCH THÔN,,\nXã,Tên thôn,Số hộ\nĐạo Trù,Bãi Thử,10\nTổng cộng,,10\nNgười lập biểu,,\n", ACCEPTED, {"title_row", "total_row"}),
    "B-21 other headings": ("students", table(DUC, head=["ma hs", "HỌ TÊN ", "Ngay sinh", "Ten truong", "LOP", "Thon"]), ACCEPTED, set()),
    "B-21 heading twice": ("students", table(DUC, head=[*PUPILS[:2], *PUPILS[1:2], *PUPILS[3:]]), REFUSED, {"duplicate_heading"}),
    "B-21 no such column": ("students", "Trường,Xã\nTH A,Đạo Trù\n", REFUSED, {"missing_column"}),
    "B-22 failed formulas": ("students", table(DUC, changed(name="#NAME?", code="#REF!")), ACCEPTED, {"formula_error", "name_missing"}),
    "B-23 rounded code": ("students", table(SECOND, changed(code="2.6012E+09")), ACCEPTED, {"code_rounded"}),
    "B-23 zeros for digits": ("students", table(SECOND, changed(code="2601000000")), ACCEPTED, {"code_rounded"}),
    "B-23 code as a float": ("students", table(changed(code="2601234567.0")), ACCEPTED, {"float_code"}),
    "B-24 words for nothing": ("students", table(changed(name="Null", room="-", hamlet="Không")), ACCEPTED, set()),
    "B-25 page": ("students", "<html><table><tr><td>Họ tên</td></tr></table></html>", REFUSED, {"form_page"}),
    "B-26 code twice": ("students", table(DUC, changed(name="Lê An")), ACCEPTED, {"code_repeated"}),
    "B-27 empty": ("students", "", REFUSED, {"empty_file"}),
    "B-27 headings alone": ("students", table(), REFUSED, {"headings_only"}),
    "B-28 one row swapped": ("schools", table(["1", "A", *HERE], ["2", "B", "105.6", "21.5"], ["3", "C", *HERE[::-1]], ["4", "D", "105.61", "21.51"], ["5", "E", "105.62", "21.52"], head=SCHOOLS), ACCEPTED, {"lone_swapped"}),
    "B-28 all swapped": ("schools", table(["1", "A", *HERE[::-1]], ["2", "B", "21.5", "105.6"], head=SCHOOLS), ACCEPTED, {"swapped"}),
    "B-29 no position": ("schools", table(["1", "A", "0", "0"], ["2", "B", "9999", "9999"], ["3", "C", *HERE], head=SCHOOLS), ACCEPTED, {"void_position"}),
    "B-29 one point": ("schools", table(*[[str(i), f"T{i}", *HERE] for i in range(6)], head=SCHOOLS), ACCEPTED, {"shared_point"}),
    "B-29 two decimals": ("schools", table(["1", "A", "105.58", "21.51"], ["2", "B", "105.59", "21.52"], head=SCHOOLS), ACCEPTED, {"coarse_places"}),
    "B-30 degrees, minutes, seconds": ("schools", table(["1", "A", "105°34'30.5\"Đ", "21°30'30.5\"B"], head=SCHOOLS), ACCEPTED, {"angle_to_degrees"}),
    "B-31 outside": ("schools", table(["1", "A", *HERE], ["2", "B", "107.1", "20.9"], head=SCHOOLS), ACCEPTED, {"outside"}),
    "B-32 metres as degrees": ("schools", table(["1", "A", "560123.4", "2379123.4"], head=SCHOOLS), ASKED, set()),
    "B-42 masts": ("cells", "Mã trạm,Nhà mạng,Công nghệ,Kinh độ,Vĩ độ,Độ cao anten (m),Góc phương vị\na,Vina,4G,105.55123,21.52123,30m,400\nb,MobiFone,3G,105.57123,21.51123,cột 30m/tầng,-10\n", ACCEPTED, {"unit_removed", "out_of_bounds", "not_a_number"}),
    "B-47 formulas and markup": ("students", table(changed(name="=cmd|x"), changed(code="2", name="<img onerror=x>")), ACCEPTED, {"formula_neutralised", "markup_neutralised"}),
    "B-48 pickle": ("students", b"\x80\x04\x95\x01\x00\x00\x00\x00\x00\x00\x00N.", REFUSED, {"form_pickle"}),
    "B-48 parquet": ("students", b"PAR1\x15\x00PAR1", REFUSED, {"wrong_form"}),
}  # fmt: skip


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row.replace(" ", "_"))
def test_a_bad_table_ends_as_in_the_catalogue(tmp_path, row):
    kind, content, status, described = TABLES[row]
    path = tmp_path / "a.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    checked = check(kind, path)
    assert checked.diagnosis.status == status
    assert described <= {*rules(checked), *fixes(checked)}


LEGACY = {
    "tcvn3": ["NguyÔn V¨n §øc", "TrÇn ThÞ H»ng", "Lª Quèc ViÖt"],
    "vni": ["Nguyeãn Vaên Ñöùc", "Traàn Thò Haèng", "Leâ Quoác Vieät"],
}


@pytest.mark.parametrize("font", LEGACY)
def test_text_in_an_old_font_is_asked_about_with_a_sample(tmp_path, font):  # B-04 … B-07
    rows = [["Họ và tên", "Lớp", "Trường"], *([name, "4A", "T"] for name in LEGACY[font])]
    path = write_xlsx(tmp_path / "a.xlsx", rows)
    asked = check("students", path).diagnosis
    assert (asked.status, asked.question.about) == (ASKED, "encoding")
    assert font in asked.question.choices
    names = check("students", path, encoding=font).accepted["full_name"].tolist()
    assert names == ["Nguyễn Văn Đức", "Trần Thị Hằng", "Lê Quốc Việt"]


def test_spellings_of_one_place_find_the_same_commune(tmp_path):  # B-12
    rows = [["Xã", "Tên thôn"], ["Xã Đạo Trù", "A"], ["xã Ðạo Trù", "B"], ["DAO TRU", "C"]]
    checked = check("hamlets", write_csv(tmp_path / "a.csv", rows))
    assert checked.accepted["commune_code"].tolist() == ["08914"] * 3


def test_the_month_stands_first_where_a_person_answers_so(tmp_path):  # B-18
    path = write_csv(
        tmp_path / "a.csv", [PUPILS, changed(born="12/31/2012"), changed(born="03/04/2012")]
    )
    asked = check("students", path).diagnosis.question
    assert (asked.about, "2012" in asked.why) == ("date_order", False)
    described = check("students", path, date_order="month").accepted["birth_date"]
    assert described.dt.strftime("%Y-%m-%d").tolist() == ["2012-12-31", "2012-03-04"]


def test_a_number_cell_that_was_an_identity_number_is_lost(tmp_path):  # B-23
    head = ["Số CCCD", *PUPILS[1:]]
    rows = [[2.6213e10, *DUC[1:]], [2.6213e10, *SECOND[1:]], [26213123456.0, *SECOND[1:]]]
    checked = check("students", write_xlsx(tmp_path / "a.xlsx", [head, *rows]))
    assert checked.accepted["personal_id"].fillna("").tolist() == ["", "", "026213123456"]
    assert rules(checked).count("code_rounded") == 2


def test_macros_are_no_table_and_a_renamed_text_is_one(tmp_path):  # B-25
    text = tmp_path / "a.xlsx"
    text.write_text(table(DUC), encoding="utf-8")
    assert check("students", text).diagnosis.status == ACCEPTED
    binary = tmp_path / "b.xlsb"
    binary.write_bytes(zipped(**{"xl/workbook.bin": b"x", "[Content_Types].xml": b"<a/>"}))
    assert check("students", binary).diagnosis.status == REFUSED


def test_cells_without_a_cached_value_are_empty(tmp_path):  # B-22
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("4A")
        page.write_row(0, 0, PUPILS)
        page.write_row(1, 0, DUC)
        page.write_formula(1, 5, "=1/0", None, "#DIV/0!")
    checked = check("students", path)
    assert "formula_error" in rules(checked)
    assert checked.accepted["hamlet"].isna().all()


def test_communes_of_another_edition_are_pointed_out(tmp_path):  # B-41
    rows = [["Mã xã", "Tên thôn"], ["08914", "A"], ["99999", "B"]]
    checked = check("hamlets", write_csv(tmp_path / "a.csv", rows))
    assert rules(checked) == ["unknown_commune"]
