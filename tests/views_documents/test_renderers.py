"""One document, three files: the same words, typed figures, our fonts, the same bytes each time."""

import dataclasses
import io
import re
import tomllib
import unicodedata
from datetime import date
from hashlib import sha256
from pathlib import Path

import docx
import pytest
from docx.shared import Mm, Pt
from tests.views_documents import world
from tests.views_documents.reading import (
    letters_of,
    members_of,
    sheets_of,
    streams_of,
    text_of,
    words_of,
)

import phusong.views
from phusong.views.documents import forms
from phusong.views.documents import pdf as pdf_room
from phusong.views.documents.excel import render_excel
from phusong.views.documents.excel_parts import name_sheets
from phusong.views.documents.layout import lay_document
from phusong.views.documents.measures import describe_measures
from phusong.views.documents.model import (
    Column,
    Document,
    DocumentKind,
    Kind,
    Paragraph,
    Section,
    SignatureBlock,
    Table,
)
from phusong.views.documents.pdf import draw_pages, render_pdf
from phusong.views.documents.rendering import RENDERERS, render_document
from phusong.views.documents.word import render_word

FONTS = Path(phusong.views.__file__).parent / "assets" / "fonts"
TONES = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
SMALL = [unicodedata.normalize("NFC", v + t) for v in "aăâeêioôơuưy" for t in TONES] + ["đ"]
LETTERS = [c for letter in SMALL if not letter.isascii() for c in (letter, letter.upper())]
#: Pages of the weekly report of the tiny world; looked at, and to be looked at again when it changes.
PAGES = 13

#: Each is a name that somebody could bear; each is code somewhere.
NASTY = [
    '=HYPERLINK("http://x.example/","bấm")',
    "+84 900 000 111",
    "-1+1",
    "@sum(A1)",
    '#import "/etc/passwd": *',
    '#sys.inputs #read("x") $x^2$ *đậm* _nghiêng_ `mã` <nhãn> @dẫn \\ // /* */',
    "]#panic()[",
    '"}],"title":"khác"',
    "<w:p><w:r/></w:p> &amp; <!-- -->",
    "{{7*7}} ${x} %s {name}",
    "&C&P&[Page]",
]


def document(*texts, **changes):
    """A document that says some texts wherever one can be said."""
    columns = (
        Column("name", texts[0]),
        Column("n", "Số", Kind.INT),
        Column("m", "Tiền", Kind.MONEY),
    )
    rows = tuple((text, 5, 1_234_567) for text in texts)
    table = Table(texts[0], texts[0], columns, rows, notes=texts[:1])
    told = {
        "kind": DocumentKind.WEEKLY,
        "parent": "UBND tỉnh Vĩnh Phúc",
        "agency": "Sở Giáo dục và Đào tạo",
        "symbol": "BC-SGDĐT",
        "number": "7",
        "place": "Vĩnh Phúc",
        "dated": date(2021, 9, 27),
        "title": "BÁO CÁO",
        "subject": texts[0],
        "as_of": date(2021, 9, 26),
        "edition": "2021-01-01",
        "signatures": (SignatureBlock(("GIÁM ĐỐC",), "(Ký, đóng dấu)"),),
        "addressees": texts[:1],
        "recipients": texts[:1],
        "opening": tuple(Paragraph(text) for text in texts),
        "sections": (Section("I", texts[0], (table,)),),
    }
    return Document(**(told | changes))


@pytest.fixture(scope="module")
def weekly():
    return forms.compose_weekly(world.cover(), world.figures())


@pytest.fixture(scope="module")
def files(weekly):
    return {name: render_document(weekly, name) for name in RENDERERS}


def test_there_are_134_vietnamese_letters_beyond_ascii():
    assert len(LETTERS) == len(set(LETTERS)) == 134


def test_every_letter_comes_back_from_word_and_excel():
    line = " ".join(LETTERS)
    said = document(line)
    assert line in words_of(render_word(said))
    cells = [c for rows in sheets_of(render_excel(said)).values() for row in rows for c in row]
    assert line in cells


def test_every_letter_comes_back_from_pdf():
    # Words shorter than a line: where a line ends, poppler may set a blank of its own.
    said = document(*["".join(LETTERS[at : at + 10]) for at in range(0, 134, 10)])
    pdf = render_pdf(said)
    assert set(LETTERS) <= letters_of(pdf)
    text = text_of(pdf)
    assert all(paragraph.text in text for paragraph in said.opening)


@pytest.mark.parametrize("nasty", NASTY)
def test_no_text_acts_in_word(nasty):
    said = words_of(render_word(document(nasty)))
    assert said.count(nasty) >= 4
    fields = re.findall(
        r"<w:instrText[^>]*>([^<]*)<", "".join(members_of(render_word(document(nasty))).values())
    )
    assert fields == ["PAGE"]


def test_no_text_acts_in_excel():
    packed = render_excel(document(*NASTY))
    cells = [c for rows in sheets_of(packed).values() for row in rows for c in row]
    assert set(NASTY) <= set(cells)
    for name, member in members_of(packed).items():
        assert "<f>" not in member and "<hyperlink" not in member, name


def test_no_text_acts_in_pdf():
    pdf = render_pdf(document(*NASTY))
    text = text_of(pdf)
    for nasty in NASTY:
        assert " ".join(nasty.split()) in text
    assert not re.search(rb"/(URI|JavaScript|Launch|OpenAction)\b", streams_of(pdf))


def test_an_office_that_calls_itself_a_code_of_the_foot_stays_text():
    told = members_of(render_excel(document("a", anchor="&[File] &P")))
    assert all("&amp;&amp;P" in t for n, t in told.items() if n.startswith("xl/worksheets/sheet"))


def test_nothing_turns_the_line_round():
    turned = document("Tam Đảo\u202egnôht")
    for name, render in RENDERERS.items():
        packed = render(turned)
        told = (
            streams_of(packed).decode("utf-8", "replace")
            if name == "pdf"
            else str(members_of(packed))
        )
        assert "\u202e" not in told
        if name != "pdf":
            assert "Tam Đảo□gnôht" in told


def test_very_long_text_is_kept_as_far_as_a_file_can():
    long = "thôn " * 12_000
    assert long in words_of(render_word(document(long, symbol="")))
    cells = [
        c for rows in sheets_of(render_excel(document(long))).values() for row in rows for c in row
    ]
    assert max(len(str(c)) for c in cells) == 32_767


def test_a_word_longer_than_the_page_is_broken_inside_its_margins():
    pages = draw_pages(document("x" * 400), ppi=36)
    assert pages
    assert all(page.startswith(b"\x89PNG") for page in pages)
    pdf = render_pdf(document("x" * 400, sections=()))
    assert "x" * 20 in text_of(pdf).replace("\u200b", "")


def test_a_letter_that_our_font_lacks_does_not_stop_the_document():
    pdf = render_pdf(document("中国 Tam Đảo"))
    assert pdf.startswith(b"%PDF")
    assert b"pdfaid" not in streams_of(pdf)


def test_the_same_document_gives_the_same_bytes(weekly, files):
    again = forms.compose_weekly(world.cover(), world.figures())
    assert again == weekly
    for name, render in RENDERERS.items():
        assert render(again) == files[name], name


def test_another_day_gives_other_bytes(weekly, files):
    later = dataclasses.replace(weekly, dated=date(2021, 10, 1))
    assert all(render(later) != files[name] for name, render in RENDERERS.items())


def test_nobody_is_named_in_the_metadata(files):
    core = members_of(files["docx"])["docProps/core.xml"]
    assert re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>([^<]*)<", core) == ["Phủ Sóng"] * 2
    assert "2021-09-27T00:00:00Z" in core
    about = members_of(files["docx"])["docProps/app.xml"]
    assert re.findall(r"<(\w+)>[^<]+<", about) == ["Application"]
    assert not any("thumbnail" in name for name in members_of(files["docx"]))
    core = members_of(files["xlsx"])["docProps/core.xml"]
    assert set(re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>([^<]*)<", core)) == {"Phủ Sóng"}
    assert "2021-09-27T00:00:00Z" in core
    pdf = streams_of(files["pdf"]).decode("utf-8", "replace")
    assert re.findall(r"<dc:creator>.*?<rdf:li>(.*?)</rdf:li>", pdf, re.S) == ["Phủ Sóng"]
    assert "2021-09-27" in pdf


def test_pdf_holds_our_fonts_and_is_for_archive_and_screen_reader(files):
    told = streams_of(files["pdf"])
    names = {name.split(b"+")[-1] for name in re.findall(rb"/BaseFont\s*/([\w+-]+)", told)}
    assert names == {
        b"LiberationSerif", b"LiberationSerif-Bold", b"LiberationSerif-Italic", b"LiberationSerif-BoldItalic",
    }  # fmt: skip
    assert len(re.findall(rb"/FontFile2\b", told)) == 4
    assert b"<pdfaid:part>2<" in told and b"<pdfaid:conformance>A<" in told
    assert b"<pdfuaid:part>1<" in told


def test_word_names_one_font_and_keeps_to_the_decree(files):
    members = members_of(files["docx"])
    named = re.findall(r'w:(?:ascii|hAnsi|cs|eastAsia)="([^"]+)"', members["word/document.xml"])
    assert not named
    file = docx.Document(io.BytesIO(files["docx"]))
    style = file.styles["Normal"]
    assert style.font.name == "Times New Roman"
    assert Pt(13) <= style.font.size <= Pt(14)
    for section in file.sections:
        edges = {section.page_width, section.page_height}
        assert {round(edge / Mm(1)) for edge in edges} == {210, 297}
        assert 20 <= section.top_margin / Mm(1) <= 25
        assert 20 <= section.bottom_margin / Mm(1) <= 25
        assert 29.9 <= section.left_margin / Mm(1) <= 35
        assert 15 <= section.right_margin / Mm(1) <= 20
    first = file.sections[0]
    assert first.different_first_page_header_footer
    assert not any(p.text for p in first.first_page_header.paragraphs)
    assert "PAGE" in members["word/header1.xml"]


def test_word_tables_repeat_their_headings_and_fill_the_page(files):
    file = docx.Document(io.BytesIO(files["docx"]))
    bordered = [t for t in file.tables if t._tbl.tblPr.find("{*}tblBorders") is not None]
    assert len(bordered) >= 10
    for table in bordered:
        assert table._tbl.tr_lst[0].trPr.find("{*}tblHeader") is not None
        widths = [int(col.get(f"{{{col.nsmap['w']}}}w")) for col in table._tbl.tblGrid]
        assert abs(sum(widths) / 1440 * 25.4 - (162 if sum(widths) < 11_000 else 249)) < 1


def test_excel_figures_are_numbers_and_dates_are_dates(files):
    sheets = sheets_of(files["xlsx"])
    rows = {row[0]: row for row in sheets["Nội dung"]}
    row = rows["Thôn, tổ dân phố có sóng 4G"]
    assert row[1:4] == [30.0, 36.0, 0.833]
    assert row[6] == date(2021, 9, 26)
    money = {row[0]: row for row in sheets["Ủng hộ bằng tiền"]}
    assert money["Các quỹ"][1:] == [2.0, 300_000_000.0, 300_000_000.0, 120_000_000.0, 180_000_000.0]


def test_excel_freezes_headings_and_prints_on_a4(files):
    for name, member in members_of(files["xlsx"]).items():
        if re.match(r"xl/worksheets/sheet\d", name):
            assert 'paperSize="9"' in member
            assert 'fitToWidth="1"' in member or "fitToHeight" in member
            assert name.endswith("sheet1.xml") or 'state="frozen"' in member
    book = members_of(files["xlsx"])["xl/workbook.xml"]
    assert "hidden" not in book


def test_every_sheet_and_page_says_that_the_data_are_made_up(files):
    for rows in sheets_of(files["xlsx"]).values():
        assert rows[0][0].startswith("DỮ LIỆU MÔ PHỎNG")
    assert "DỮ LIỆU MÔ PHỎNG" in members_of(files["docx"])["word/header1.xml"]
    assert text_of(files["pdf"]).count("DỮ LIỆU MÔ PHỎNG") == PAGES


def test_sheets_have_names_that_excel_takes():
    long = "Kết nối của thôn, tổ dân phố theo xã"
    names = name_sheets([long, long, "a/b:c", "A B C", "", "'"])
    assert names == [long[:31], long[:29] + " 2", "a b c", "A B C 2", "-", "- 2"]


def test_word_and_pdf_say_the_same(weekly, files):
    text = text_of(files["pdf"])
    said = [line for line in words_of(files["docx"]) if line.startswith("- ") and len(line) < 70]
    assert len(said) > 15
    assert [line for line in said if line not in text] == []


def test_typst_has_nothing_to_warn_of(weekly):
    warnings = pdf_room._compiler(weekly).compile_with_warnings(format="pdf")[1]
    assert [str(warning) for warning in warnings] == []


def test_page_count_is_stable(weekly):
    assert len(draw_pages(weekly, ppi=20)) == PAGES


def test_measures_keep_to_the_decree():
    for name, entry in describe_measures().items():
        assert entry["low"] <= entry["value"] <= entry["high"], name
        assert entry["unit"] and entry["source"]


def test_fonts_are_what_was_published():
    listed = tomllib.loads((FONTS / "VENDORED.toml").read_text(encoding="utf-8"))[
        "liberation-serif"
    ]
    kept = {f.name for f in FONTS.iterdir()} - {"VENDORED.toml"}
    assert kept == set(listed["sha256"])
    for name, digest in listed["sha256"].items():
        assert sha256((FONTS / name).read_bytes()).hexdigest() == digest
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_laid_out_document_is_plain_data(weekly):
    def plain(part):
        if isinstance(part, dict):
            return all(type(key) is str and plain(value) for key, value in part.items())
        if isinstance(part, list):
            return all(map(plain, part))
        return type(part) in (str, int, float, bool, type(None))

    assert plain(lay_document(weekly))
