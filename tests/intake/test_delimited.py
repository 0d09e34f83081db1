"""Text between separators."""

import pytest

from phusong.intake.delimited import choose_separator, read_delimited
from phusong.intake.rules import SourceRefused

HEAD = "Mã trạm,Kinh độ,Vĩ độ"


def read(text, row_cap=100):
    return read_delimited(text, "cells", file="a.csv", search_rows=30, row_cap=row_cap)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    text = f"{HEAD}\nA,105.6,21.3\n".replace(",", separator)
    assert choose_separator(text, "cells", "", search_rows=30)[0] == separator
    assert read(text).frame.to_numpy().tolist()[1] == ["A", "105.6", "21.3"]


def test_decimal_commas_do_not_pass_for_separators():
    text = "Mã trạm;Kinh độ;Vĩ độ\n" + "A;105,6;21,3\n" * 5
    assert read(text).frame.shape == (6, 3)


def test_a_line_that_states_the_separator_is_obeyed_and_counted():
    grid = read("sep=;\nMã trạm;Kinh độ\nA;105,6\n")
    assert grid.frame.index.tolist() == [2, 3]
    assert grid.frame.shape == (2, 2)


def test_quoted_separators_and_line_breaks_stay_in_their_cell():
    grid = read(f'{HEAD}\n"Trạm A, dãy\n2",105.6,21.3\nB,105.7,21.4\n')
    assert grid.frame.iloc[1, 0] == "Trạm A, dãy\n2"
    assert grid.frame.index.tolist() == [1, 2, 3]
    assert not grid.broken


def test_an_open_quotation_mark_costs_its_own_row_only():
    grid = read(f'{HEAD}\nA,105.6,21.3\n"B,105.7,21.4\nC,105.5,21.2\nD,105.5,21.2\n')
    assert grid.broken == {3: "unclosed_quote"}
    assert grid.frame.iloc[:, 0].tolist()[3:] == ["C", "D"]


def test_two_open_quotation_marks_do_not_swallow_the_rows_between():
    grid = read(f'{HEAD}\n"A,105.6,21.3\nB,105.7,21.4\n"C,105.5,21.2\nD,105.5,21.2\n')
    assert set(grid.broken) == {2, 4}
    assert len(grid.frame) == 5


def test_an_inch_sign_is_no_quotation_mark():
    grid = read(f'{HEAD}\nCột 5",105.6,21.3\nB,105.7,21.4\n')
    assert grid.frame.iloc[1, 0] == 'Cột 5"'
    assert not grid.broken


def test_widths_are_kept():
    assert read(f"{HEAD}\nA,105.6\nB,105.6,21.3,x\n").widths.tolist() == [3, 2, 4]


@pytest.mark.parametrize(
    ("mark", "rule"), [("\0", "control_character"), ("\ufffd", "lost_characters")]
)
def test_spoilt_rows_are_named(mark, rule):
    assert read(f"{HEAD}\nA{mark}x,105.6,21.3\nB,1,2\n").broken == {2: rule}


def test_blank_lines_count_as_rows():
    assert read(f"{HEAD}\n\nA,105.6,21.3\n").frame.index.tolist() == [1, 2, 3]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_one(newline):
    assert read(f"{HEAD}\nA,105.6,21.3\nB,1,2\n".replace("\n", newline)).frame.shape == (3, 3)


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", "   \r\n"])
def test_an_empty_text_is_refused(text):
    with pytest.raises(SourceRefused) as caught:
        read(text)
    assert caught.value.rule == "empty_file"


def test_too_many_rows_are_refused_and_as_many_as_allowed_are_not():
    text = f"{HEAD}\n" + "A,105.6,21.3\n" * 10
    assert len(read(text, row_cap=10).frame) == 11
    with pytest.raises(SourceRefused) as caught:
        read(text, row_cap=9)
    assert caught.value.rule == "too_many_rows"


def test_chunks_are_one_table(monkeypatch):
    monkeypatch.setattr("phusong.intake.reading.CHUNK_ROWS", 3)
    grid = read(f"{HEAD}\n" + "\n".join(f"A{i},105.6,21.3" for i in range(9)) + "\nB,1,2,thừa\n")
    assert grid.frame.index.tolist() == list(range(1, 12))
    assert grid.frame[0].tolist()[1:10] == [f"A{i}" for i in range(9)]
    assert grid.frame[3].tolist() == [""] * 10 + ["thừa"]
    assert grid.widths.tolist() == [3] * 10 + [4]
