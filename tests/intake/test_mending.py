"""Letters in a legacy font inside a Unicode file."""

from tests.intake.offices import fixes

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.mending import mend_letters
from phusong.intake.reading import make_grid

NAMES = ["Thôn Đồng Giếng", "Thôn Vĩnh Ninh", "Tổ dân phố Nguyễn Thái Học"]
TCVN3 = ["Th«n §ång GiÕng", "Th«n VÜnh Ninh", "Tæ d©n phè NguyÔn Th¸i Häc"]


def mend(cells, **options):
    findings = Findings()
    grid = make_grid([["Mã thôn", "Tên thôn"], *[[str(i), c] for i, c in enumerate(cells)]])
    return mend_letters(
        grid, "hamlets", ReadOptions(**options), findings, search_rows=30, telling_share=0.8
    ), findings


def test_right_letters_stay_and_nothing_is_said():
    grid, findings = mend(NAMES)
    assert grid.frame[1].tolist()[1:] == NAMES
    assert not findings.fixes
    assert findings.question is None


def test_foreign_names_are_left_alone():
    grid, findings = mend(["Café Zürich", "São Tomé", "Eivissa – Sant Antoni de Portmany ès"])
    assert findings.question is None
    assert not findings.fixes


def test_a_legacy_font_is_asked_about_with_samples():
    question = mend(TCVN3)[1].question
    assert question.about == "encoding"
    assert question.choices[0] == "tcvn3"
    assert "Đồng Giếng" in question.why


def test_the_answer_mends_and_lists():
    grid, findings = mend(TCVN3, encoding="tcvn3")
    assert grid.frame[1].tolist()[1:] == NAMES
    assert [(f.rule, f.column, f.rows) for f in findings.fixes] == [
        ("letters_mended", "Tên thôn", 3)
    ]
    assert findings.question is None


def test_a_column_in_right_letters_is_not_touched_by_the_answer():
    grid, findings = mend(NAMES, encoding="tcvn3")
    assert grid.frame[1].tolist()[1:] == NAMES
    assert not findings.fixes


def test_utf8_that_was_read_as_windows_1252_is_mended_and_listed():
    spoilt = [n.encode().decode("latin-1") for n in NAMES]
    grid, findings = mend(spoilt)
    assert grid.frame[1].tolist()[1:] == NAMES
    assert fixes(findings) == {"letters_mended": 3}


def test_letters_that_are_gone_break_their_row_alone():
    spoilt = [n.encode().decode("latin-1") for n in NAMES]
    spoilt[1] = "VÄ©nh PhÃ\ufffd\ufffdc"
    grid = mend(spoilt)[0]
    assert grid.broken == {3: "lost_characters"}
    assert grid.frame[1].tolist()[1] == NAMES[0]


def test_headings_in_a_legacy_font_are_mended_too():
    findings = Findings()
    grid = make_grid([["M· th«n", "Tªn th«n"], *[["1", c] for c in TCVN3]])
    mended = mend_letters(
        grid, "hamlets", ReadOptions(encoding="tcvn3"), findings, search_rows=30, telling_share=0.8
    )
    assert mended.frame.to_numpy().tolist()[0] == ["Mã thôn", "Tên thôn"]


def test_a_heading_that_is_a_word_as_it_stands_is_read_in_the_font_that_was_stated():
    rows = [["Líp", "Hä vµ tªn", "Ngµy sinh"], ["1D", "NguyÔn ThÞ Hµ", "15/03/2011"]]
    grid, findings = make_grid(rows), Findings()
    told = {"search_rows": 30, "telling_share": 0.8}
    mended = mend_letters(grid, "students", ReadOptions(encoding="tcvn3"), findings, **told)
    assert mended.frame.iloc[0].tolist() == ["Lớp", "Họ và tên", "Ngày sinh"]
    assert mended.frame.iloc[1, 0] == "1D"
    plain = mend_letters(
        make_grid([["Líp"], ["Líp"]]), "students", ReadOptions(), Findings(), **told
    )
    assert plain.frame.iloc[:, 0].tolist() == ["Líp", "Líp"]
