"""What offices and programme are called follows the day and the province's own file, in everything printed."""

import io
import re
import tomllib
import zipfile
from datetime import date

import docx
import pytest
from tests.views_documents import world
from typer import Typer
from typer.testing import CliRunner

from phusong.cli.requesting import kit
from phusong.pipeline.office import Office, head_letter, resolve_offices
from phusong.pipeline.province import Province, add_offices, find_offices, parse_province
from phusong.pipeline.reports.writing import make_cover
from phusong.pipeline.request_kit import adapt_forms, write_kit
from phusong.places.editions import list_units
from phusong.views.documents import forms
from phusong.views.documents.inputs import Cover
from phusong.views.documents.rendering import render_document
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.offices import (
    OfficeFile,
    OfficeWord,
    list_packaged_offices,
    parse_offices,
)

OLD = ("Sở Thông tin", "Phòng Giáo dục", "huyện", "Sóng và máy tính cho em")
NEW = ("Sở Khoa học và Công nghệ", "Phòng Văn hóa – Xã hội")
IN_2021, IN_2026 = date(2021, 9, 26), date(2026, 3, 2)
OWN = """
name = "tinh-thu"
[[wording.planner]]
vi = "Sở Sông Nước"
symbol = "SSN"
source = "made up"
[[wording.education]]
vi = "Sở Học Hành"
symbol = "SHH"
signatures = ["QUYỀN GIÁM ĐỐC"]
source = "made up"
[[wording.programme]]
vi = "Chương trình “Đò sang sông”"
en = "the programme “Ferry”"
source = "made up"
[[wording.basis]]
vi = "Quyết định số 7/QĐ"
source = "made up"
[[wording.school_offices]]
vi = "Các Phòng Trường Làng"
source = "made up"
"""
SAID_BY_OWN = ("Sở Sông Nước", "Sở Học Hành", "Chương trình “Đò sang sông”", "Quyết định số 7/QĐ")


def text_of_docx(path_or_bytes):
    file = docx.Document(path_or_bytes)
    parts = [c.text for t in file.tables for row in t.rows for c in row.cells]
    feet = [p.text for s in file.sections for p in s.footer.paragraphs]
    return "\n".join([*parts, *(p.text for p in file.paragraphs), *feet])


def text_of_xlsx(data):
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return re.sub("<[^>]+>", "\n", book.read("xl/sharedStrings.xml").decode())


def texts_of_kit(folder):
    letters = [text_of_docx(str(p)) for p in sorted(folder.rglob("*.docx"))]
    return letters, [text_of_xlsx(p.read_bytes()) for p in sorted(folder.rglob("*.xlsx"))]


def write_province_file(folder, head, own=""):
    path = folder / "tinh.toml"
    path.write_text(head, encoding="utf-8")
    if own:
        (folder / "co_quan.toml").write_text(own, encoding="utf-8")
    return path


def move(frame, cover, column):
    """The figures of the small world as those of the cover's province, on its map."""
    codes = frame[column].replace(world.PROVINCE, cover.province_code)
    return frame.assign(**{column: codes, "edition": cover.edition})


def compose_all(cover):
    """Every form but the requests, as text."""
    figures = world.figures(
        indicators=move(world.indicators(), cover, "area_code"),
        earlier=move(world.indicators(less=2), cover, "area_code"),
        pupil_counts=move(world.pupil_counts(), cover, "unit_code"),
    )
    documents = [
        forms.compose_weekly(cover, figures),
        forms.compose_final(cover, figures),
        forms.compose_school_list(cover, world.school()),
        forms.compose_hand_over(cover, world.hand_over()),
        forms.compose_acknowledgement(cover, world.donor()),
    ]
    return [text_of_docx(io.BytesIO(render_document(d, "docx"))) for d in documents]


def make_test_cover(day, code, name, own=None):
    offices = resolve_offices(day, code=code, name=name, own=own)
    head = {"code": code, "name": name, "as_of": day}
    province = Province.model_validate({"province": head}).model_copy(update={"offices": own})
    cover = make_cover(province, None, as_of=day, dated=day, edition="", language="vi")
    assert cover.offices == offices
    return cover


@pytest.mark.parametrize("code", ["08", "25", "01", "91"])
def test_nothing_printed_in_2026_names_an_office_that_is_gone(code, tmp_path):
    write_kit(tmp_path, code=code, dated=IN_2026)
    letters, sheets = texts_of_kit(tmp_path)
    printed = [*letters, *sheets]
    assert len(letters) == 3 and len(sheets) == 12
    for text in printed:
        assert not [word for word in OLD if word.casefold() in text.casefold()]
    assert all(any(word in text for text in letters) for word in NEW[1:])
    assert ["SỞ KHOA HỌC VÀ CÔNG NGHỆ" in text for text in letters] == [True, False, True]
    assert "SỞ GIÁO DỤC VÀ ĐÀO TẠO" in letters[1]
    for text in compose_all(make_test_cover(IN_2026, code, "Tỉnh Thử")):
        assert not [word for word in OLD if word in text]


def test_the_kit_and_the_reports_of_2021_keep_their_words(tmp_path):
    write_kit(tmp_path, code="26", dated=IN_2021)
    letters, sheets = texts_of_kit(tmp_path)
    assert any("Phòng Giáo dục và Đào tạo các huyện, thành phố" in text for text in letters)
    assert ["SỞ THÔNG TIN VÀ TRUYỀN THÔNG" in text for text in letters] == [True, False, True]
    assert all("Kế hoạch số 242/KH-UBND" in text and OLD[3] in text for text in letters)
    assert all("vinh-phuc, viet-nam, ngày 26/09/2021" in text for text in sheets)
    assert any("mất do COVID-19" in text for text in sheets) and any(
        "mã huyện" in t for t in sheets
    )
    printed = compose_all(make_test_cover(IN_2021, "26", "Vĩnh Phúc"))
    assert all(OLD[3] in text for text in printed)
    assert "Kế hoạch số 242/KH-UBND" in printed[0]


@pytest.mark.parametrize("day", [date(2021, 9, 26), date(2026, 3, 2)])
def test_a_province_that_replaces_the_file_sees_its_words_everywhere(day, tmp_path):
    head = (
        f'[province]\ncode = "08"\nname = "Tuyên Quang"\nas_of = {day}\noffices = "co_quan.toml"\n'
    )
    path = write_province_file(tmp_path, head, OWN)
    write_kit(tmp_path / "kit", province=path, dated=day)
    letters, _ = texts_of_kit(tmp_path / "kit")
    own = parse_offices(tomllib.loads(OWN), file="co_quan.toml")
    printed = [*letters, *compose_all(make_test_cover(day, "08", "Tuyên Quang", own))]
    for text in printed:
        assert "Đò sang sông" in text and "tinh-thu" in text and not any(w in text for w in OLD[3:])
    for text, office in zip(letters, ("SÔNG NƯỚC", "HỌC HÀNH", "SÔNG NƯỚC"), strict=True):
        assert f"SỞ {office}" in text and ("/SSN-" in text) == (office == "SÔNG NƯỚC")
    assert any("Các Phòng Trường Làng" in text for text in letters)
    assert "SỞ HỌC HÀNH" in printed[3] and "BC-SHH" in printed[3] and "QUYỀN GIÁM ĐỐC" in printed[3]
    assert all("Quyết định số 7/QĐ" in text for text in printed[:4])


def test_an_office_stated_in_the_province_file_goes_before_every_file(tmp_path):
    head = '[province]\ncode = "08"\nname = "Tuyên Quang"\nas_of = 2026-03-02\n'
    office = '[office]\nagency = "Văn phòng Ủy ban"\nbasis = "Nghị quyết số 1"\n'
    path = write_province_file(tmp_path, head + office)
    write_kit(tmp_path / "kit", province=path, dated=IN_2026)
    for text in texts_of_kit(tmp_path / "kit")[0]:
        assert "VĂN PHÒNG ỦY BAN" in text and "Nghị quyết số 1" in text


def test_forms_of_the_two_level_map_name_a_place_of_the_province_and_no_district():
    asked = {
        f.kind: f for f in adapt_forms(resolve_offices(IN_2026, code="08", name="Tuyên Quang"))
    }
    assert all("district" not in field.name for form in asked.values() for field in form.fields)
    example = asked["students"].example
    assert example["province"] == "Tuyên Quang" and str(example["school_id"]).startswith("08")
    assert asked["hamlets"].example["commune_code"] != "08914"
    assert asked["cells"].example["as_of"] > date(2024, 12, 31)
    meaning = next(f for f in asked["hamlets"].fields if f.name == "commune_name").meaning
    assert meaning.startswith("Tên xã, phường,") and "thị trấn" not in meaning


def test_every_commune_code_of_a_form_is_of_the_province_that_asks():
    units = set(list_units("2025-07-01", province="08")["code"])
    adapted = adapt_forms(resolve_offices(IN_2026, code="08", name="Tuyên Quang"))
    codes = {
        (form.kind, field.name): field.example
        for form in adapted
        for field in form.fields
        if field.name.endswith("commune_code")
    }
    assert ("hamlet_lineage", "from_commune_code") in codes and len(codes) > 4
    assert set(codes.values()) <= units


def test_the_department_changed_in_march_and_the_districts_went_in_july_2025():
    named = [resolve_offices(date(2025, m, 15), code="08", name="Tuyên Quang") for m in (2, 5, 8)]
    assert [o.format(OfficeWord.PLANNER) for o in named] == [
        "Sở Thông tin và Truyền thông", NEW[0], NEW[0],
    ]  # fmt: skip
    school = [o.format(OfficeWord.SCHOOL_OFFICES) for o in named]
    assert school[0] == school[1] != school[2] and NEW[1] in school[2]


def test_a_city_is_no_province_and_kinds_are_those_that_it_has():
    city = resolve_offices(IN_2026, code="01", name="Hà Nội")
    assert city.format(OfficeWord.PROVINCE_COMMITTEE) == "Ủy ban nhân dân thành phố Hà Nội"
    assert city.list_commune_kinds() == "xã, phường"
    islands = resolve_offices(IN_2026, code="91", name="An Giang")
    assert islands.list_commune_kinds() == "xã, phường, đặc khu"
    assert resolve_offices(IN_2021, code="26", name="Vĩnh Phúc").list_commune_kinds("en") == (
        "communes, wards, townships"
    )


def test_the_country_s_file_words_everything_on_every_day():
    (country,) = list_packaged_offices("")
    optional = {OfficeWord.BASIS}
    for day in (date(1997, 1, 1), IN_2021, date(2025, 3, 1), date(2025, 7, 1), date(2040, 1, 1)):
        offices = resolve_offices(day, name="Tỉnh Thử")
        for word in OfficeWord:
            for language in ("vi", "en"):
                assert offices.format(word, language) or word in optional, (word, day)
        letter = head_letter(Office(), offices, writer=OfficeWord.EDUCATION, language="vi")
        assert letter["symbol"] == "BC-SGDĐT" and letter["signatures"][0].lines == ("GIÁM ĐỐC",)
    assert all(e.source for entries in country.wording.values() for e in entries)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[wording.harbour]]\nvi = "Cảng"\nsource = "x"\n', "harbour"),
        ('[[wording.planner]]\nvi = "Sở {town}"\nsource = "x"\n', "none of"),
        ('[[wording.planner]]\nvi = "Sở {"\nsource = "x"\n', "Sở {"),
        ('[[wording.planner]]\nvi = "Sở"\n', "source"),
        (
            '[[wording.planner]]\nvi = "A"\nsource = "x"\nvalid_to = 2025-03-02\n'
            '[[wording.planner]]\nvi = "B"\nsource = "x"\nvalid_from = 2025-03-01\n',
            "two entries of planner hold on 2025-03-01",
        ),
        ('[[omitted]]\nkind = "students"\nfields = ["tide"]\nsource = "x"\n', "asks for no tide"),
        ('[[omitted]]\nkind = "students"\nfields = ["full_name"]\nsource = "x"\n', "do without full_name"),
        ("[[wording", "no TOML"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_followed_is_refused_and_named(text, said, tmp_path):
    head = '[province]\ncode = "08"\nname = "Tuyên Quang"\nas_of = 2026-03-02\noffices = "co_quan.toml"\n'
    path = write_province_file(tmp_path, head, text)
    with pytest.raises(ParameterFault, match=re.escape(said)):
        write_kit(tmp_path / "kit", province=path, dated=IN_2026)


def test_a_file_that_is_not_there_and_two_statements_are_refused(tmp_path):
    head = '[province]\ncode = "08"\nname = "T"\nas_of = 2026-03-02\noffices = "co_quan.toml"\n'
    path = write_province_file(tmp_path, head)
    with pytest.raises(ParameterFault, match="file of offices cannot be read"):
        add_offices(parse_province(head, path), path)
    table = '[[offices.wording.basis]]\nvi = "Nghị quyết 9"\nsource = "x"\n'
    with pytest.raises(ParameterFault, match="keep one of the two"):
        add_offices(parse_province(head + table, path), path)
    alone = parse_province(head.replace('offices = "co_quan.toml"\n', "") + table, path)
    assert find_offices(alone, IN_2026).format(OfficeWord.BASIS) == "Nghị quyết 9"


def test_the_command_asks_in_the_name_of_a_province_of_the_register(tmp_path):
    application = Typer()
    application.command()(kit)
    options = ["--province", "08", "--as-of", "2026-03-02", "--out", str(tmp_path)]
    result = CliRunner().invoke(application, options)
    assert result.exit_code == 0, result.output
    letters, _ = texts_of_kit(tmp_path)
    assert all("Ủy ban nhân dân tỉnh Tuyên Quang".upper() in text.upper() for text in letters)
    assert all("Tuyên Quang, ngày 02 tháng 3 năm 2026" in text for text in letters)
    with pytest.raises(ParameterFault, match="no province 77x"):
        write_kit(tmp_path, code="77x", dated=IN_2026)
    with pytest.raises(ParameterFault, match="one of the two"):
        write_kit(tmp_path, code="08", province=tmp_path / "t.toml", dated=IN_2026)


def test_a_cover_carries_the_set_and_the_document_cites_it():
    cover = make_test_cover(IN_2021, "26", "Vĩnh Phúc")
    assert isinstance(cover, Cover) and cover.offices.cite() == "vinh-phuc, viet-nam"
    assert make_test_cover(IN_2026, "26", "Vĩnh Phúc").offices.cite() == "viet-nam"
    assert "vinh-phuc, viet-nam" in compose_all(cover)[0]


def test_a_file_of_offices_comes_back_from_a_manifest_as_it_was():
    own = parse_offices(tomllib.loads(OWN), file="co_quan.toml")
    again = OfficeFile.model_validate(own.model_dump(mode="json", exclude_unset=True))
    assert again == own
