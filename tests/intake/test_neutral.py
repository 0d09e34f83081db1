"""Text that can do no harm."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.offices import fixes

from phusong.intake.findings import Findings
from phusong.intake.neutral import neutralise_table, neutralise_text

DANGEROUS = tuple("=+-@\t\r\n\0＝＋－＠")


def safe(*texts):
    return neutralise_text(pd.Series(texts, dtype="object"))[0].tolist()


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "  =1", '=HYPERLINK("x")'],
)
def test_a_formula_is_put_behind_an_apostrophe(text):
    assert safe(text) == ["'" + text]


@pytest.mark.parametrize(
    "text", ["-5", "+84", "-105,6", "Thôn A-B", "a=b", "1+1", "", "Đồng Giếng"]
)
def test_true_numbers_and_plain_text_stay(text):
    assert safe(text) == [text]


def test_markup_becomes_plain_signs():
    assert safe("<img src=x onerror=alert(1)>") == ["‹img src=x onerror=alert(1)›"]
    assert safe("=<b>") == ["'=‹b›"]


def test_what_is_missing_stays_missing():
    assert safe(None, "=1") == [None, "'=1"]


@given(st.lists(st.text(max_size=8), min_size=1, max_size=5))
def test_no_text_can_act(texts):
    for text, out in zip(texts, safe(*texts), strict=True):
        assert "<" not in out
        assert ">" not in out
        if out.startswith(DANGEROUS):
            float(out.replace(",", "."))
        assert out.lstrip("'").replace("‹", "<").replace("›", ">").endswith(text.lstrip("'"))


def test_what_was_changed_is_listed():
    findings = Findings()
    frame = pd.DataFrame({"name": ["=1", "<b>", "A"], "lon": [1.0, 2.0, 3.0]})
    table = neutralise_table(frame, ["name"], findings)
    assert table["name"].tolist() == ["'=1", "‹b›", "A"]
    assert fixes(findings) == {"formula_neutralised": 1, "markup_neutralised": 1}
    assert frame["name"].tolist() == ["=1", "<b>", "A"]
