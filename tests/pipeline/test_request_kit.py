"""The kit that a province sends out: letters by the law of their day, and forms that come back."""

import io
import zipfile
from datetime import date

import docx
import pytest
from typer import Typer
from typer.testing import CliRunner

from phusong.cli.requesting import kit
from phusong.pipeline.request_kit import write_kit
from phusong.views.documents.forms import REQUESTS
from phusong.views.documents.forms.request import COMMUNES, OPERATORS, SCHOOLS
from phusong.views.kit import TEMPLATES
from phusong.vocabulary.errors import ParameterFault

HEAD = '[province]\ncode = "26"\nname = "Vĩnh Phúc"\nas_of = 2021-09-21\n'
LISTED = '[[source]]\nkind = "hamlets"\nfile = "chua_co.xlsx"\n'
OFFICE = '[office]\nagency = "Sở Thông tin và Truyền thông"\nsymbol = "BC-STTTT"\n'


@pytest.fixture
def province(tmp_path):
    path = tmp_path / "province.toml"
    path.write_text(HEAD + LISTED + OFFICE, encoding="utf-8")
    return path


def text_of(path):
    file = docx.Document(str(path))
    cells = [c.text for t in file.tables for row in t.rows for c in row.cells]
    return "\n".join([*cells, *(p.text for p in file.paragraphs)])


def letters(folder):
    return {p.stem: text_of(p) for p in sorted((folder / "cong_van").glob("*.docx"))}


def test_a_province_asks_before_it_has_any_source(province, tmp_path):
    written = write_kit(tmp_path / "kit", province=province, dated=date(2021, 9, 21))
    assert sum(p.suffix == ".xlsx" for p in written) == len(TEMPLATES)
    told = letters(tmp_path / "kit")
    assert set(told) == set(REQUESTS)
    for text in told.values():
        assert "SỞ THÔNG TIN VÀ TRUYỀN THÔNG" in text and "Số: …/STTTT-…………" in text
        assert "V/v đề nghị cung cấp" in text and "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
        assert "Vĩnh Phúc, ngày 21 tháng 9 năm 2021" in text
        assert "trước ngày ……/……/………" in text and text.count("{") == 0


def test_every_letter_names_its_forms(province, tmp_path):
    write_kit(tmp_path / "kit", province=province, dated=date(2021, 9, 21))
    told = letters(tmp_path / "kit")
    for text, kinds in zip(told.values(), (OPERATORS, SCHOOLS, COMMUNES), strict=True):
        for kind, form in TEMPLATES.items():
            named = f"Mẫu {form.number:02d}. {form.title.capitalize()}" in text
            assert named == (kind in kinds)


@pytest.mark.parametrize(
    ("day", "law", "other"),
    [
        (date(2021, 9, 21), "86/2015/QH13", "13/2023/NĐ-CP"),
        (date(2024, 3, 1), "13/2023/NĐ-CP", "91/2025/QH15"),
        (date(2025, 12, 31), "13/2023/NĐ-CP", "91/2025/QH15"),
        (date(2026, 1, 1), "91/2025/QH15, Nghị định số 356/2025/NĐ-CP", "13/2023/NĐ-CP"),
    ],
)
def test_personal_data_are_asked_for_under_the_law_of_the_day(province, tmp_path, day, law, other):
    write_kit(tmp_path / "kit", province=province, dated=day)
    told = letters(tmp_path / "kit")
    for name in ("cong_van_truong_hoc", "cong_van_uy_ban_nhan_dan_xa"):
        assert law in told[name] and other not in told[name]
    assert law not in told["cong_van_doanh_nghiep_vien_thong"]


def test_offices_that_no_longer_exist_are_not_written_to(tmp_path):
    write_kit(tmp_path / "before", dated=date(2025, 6, 30))
    write_kit(tmp_path / "after", dated=date(2025, 7, 1))
    name = "cong_van_truong_hoc"
    assert "Phòng Giáo dục và Đào tạo" in letters(tmp_path / "before")[name]
    assert "Phòng Giáo dục và Đào tạo" not in letters(tmp_path / "after")[name]
    assert "Ủy ban nhân dân các xã, phường" in letters(tmp_path / "after")[name]


def test_without_a_province_file_names_are_left_to_be_written_in(tmp_path):
    write_kit(tmp_path, dated=date(2026, 2, 2))
    for text in letters(tmp_path).values():
        assert "Vĩnh Phúc" not in text and "SỞ …………" in text


def test_the_same_kit_is_the_same_bytes_and_comes_as_pdf_and_in_english(province, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        write_kit(folder, province=province, dated=date(2021, 9, 21), formats=("docx", "pdf"))
    for path in sorted(p for p in one.rglob("*") if p.is_file()):
        assert path.read_bytes() == (two / path.relative_to(one)).read_bytes(), path.name
    assert len(list(one.rglob("*.pdf"))) == len(REQUESTS)
    write_kit(tmp_path / "en", province=province, dated=date(2021, 9, 21), language="en")
    assert "Telecom operators in Vĩnh Phúc" in letters(tmp_path / "en")[next(iter(REQUESTS))]


def test_what_cannot_be_written_is_refused_with_a_cure(province, tmp_path):
    with pytest.raises(ParameterFault, match="choose one of docx, pdf"):
        write_kit(tmp_path, dated=date(2021, 9, 21), formats=("xlsx",))
    with pytest.raises(ParameterFault, match="give the path of a province file"):
        write_kit(tmp_path, province=tmp_path / "none.toml", dated=date(2021, 9, 21))
    province.write_text("[province", encoding="utf-8")
    with pytest.raises(ParameterFault, match="no TOML"):
        write_kit(tmp_path, province=province, dated=date(2021, 9, 21))
    province.write_text(HEAD + "[office]\nfax = 1\n", encoding="utf-8")
    with pytest.raises(ParameterFault, match="fax"):
        write_kit(tmp_path, province=province, dated=date(2021, 9, 21))


def test_the_command_writes_the_kit(province, tmp_path):
    application = Typer()
    application.command()(kit)
    out = tmp_path / "kit"
    options = [str(province), "--out", str(out), "--dated", "2021-09-21", "--format", "docx"]
    result = CliRunner().invoke(application, options)
    assert result.exit_code == 0, result.output
    assert result.output.count(".xlsx") == len(TEMPLATES)
    with zipfile.ZipFile(
        io.BytesIO((out / "mau_bieu" / "mau_01_danh_sach_thon.xlsx").read_bytes())
    ) as b:
        assert b.testzip() is None
