"""What a clerk is told: verdict and share, every rule with a cure, one language, and the table of messages."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.offices import PLACES, check, write_csv

from phusong.intake.answers import (
    Sentence,
    Tone,
    answer_diagnosis,
    find_cure,
    must_confirm,
    split_sentence,
    write_sentence,
)
from phusong.intake.diagnosis import ACCEPTED, NEEDS_ANSWER, REFUSED, Diagnosis, Fault, Question
from phusong.intake.messages import describe_messages
from phusong.intake.rejected import list_rejected, render_rejected
from phusong.intake.rules import RULES, describe_rule
from phusong.vocabulary.errors import choose_half

DOCS = Path(__file__).parents[2] / "docs"
WHOLE = Diagnosis("cells", "tram.csv", ACCEPTED, 9, 9, 0)
PART = replace(WHOLE, rows_accepted=3, rows_quarantined=6)
NONE = replace(WHOLE, rows_accepted=0, rows_quarantined=9)
HEAD = ["Mã trạm", "Doanh nghiệp", "Công nghệ", "Kinh độ", "Vĩ độ"]


@pytest.mark.parametrize(
    ("diagnosis", "tone", "vi", "en"),
    [
        (WHOLE, Tone.WHOLE, "Nhận toàn bộ: 9/9 dòng", "Accepted in whole: 9/9 rows"),
        (PART, Tone.PART, "Nhận một phần: 3/9 dòng; 6 dòng để riêng, cần sửa",
         "Accepted in part: 3/9 rows; 6 rows set aside"),
        (replace(NONE, status=REFUSED), Tone.REFUSED, "Chưa nhận: 0/9 dòng", "Refused: 0/9 rows"),
        (replace(NONE, status=NEEDS_ANSWER), Tone.ASKED, "Cần trả lời thêm: 0/9 dòng",
         "An answer is needed: 0/9 rows"),
    ],
)  # fmt: skip
def test_the_verdict_begins_with_the_share(diagnosis, tone, vi, en):
    assert answer_diagnosis(diagnosis, "vi").tone == tone
    assert answer_diagnosis(diagnosis, "vi").verdict == vi
    assert answer_diagnosis(diagnosis, "en").verdict == en


def test_one_row_is_no_rows():
    assert (
        write_sentence(Sentence.ROWS, "en", n=1) == "1 row"
        and write_sentence(Sentence.ROWS, "en", n=2) == "2 rows"
    )
    assert "its" not in write_sentence(Sentence.CORRECT, "vi", n=1)


@pytest.mark.parametrize(("aside", "asked"), [(0, False), (1, False), (2, True), (8, True)])
def test_a_person_confirms_above_the_share_alone(aside, asked):
    described = replace(WHOLE, rows_accepted=9 - aside, rows_quarantined=aside)
    assert must_confirm(described, 1 / 9) == asked
    stated = answer_diagnosis(described, "vi", confirm_share=1 / 9).to_do
    assert any("xác nhận" in line for line in stated) == asked


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_reason_and_a_cure(rule, language):
    why, cure = split_sentence(RULES[rule][language == "en"], language)
    assert why and (cure or find_cure(rule, language)), (
        f"write the cure of {rule} in intake/cures.py"
    )


@pytest.mark.parametrize("rule", RULES)
def test_no_cure_is_a_bare_verb(rule):
    stated = split_sentence(RULES[rule][0], "vi")[1] or find_cure(rule, "vi")
    assert stated not in {"sửa", "điền", "ghi", "kiểm tra", "bổ sung", "trả lời", "khai"}, rule


def test_faults_stand_by_rule_with_their_counts_and_the_commonest_first():
    text = describe_rule("required_empty")
    faults = [
        Fault(3, "Vĩ độ", "outside", "error", "1", describe_rule("outside", distance="3 km")),
        *(Fault(row, "Vĩ độ", "required_empty", "error", "", text) for row in (4, 5)),
        Fault(
            0,
            "",
            "shared_positions",
            "warning",
            "1",
            describe_rule("shared_positions", cells=2, places=1),
        ),
    ]
    answer = answer_diagnosis(replace(PART, faults=faults), "vi")
    assert [(g.title, len(g.lines)) for g in answer.set_aside] == [
        ("ô bắt buộc bị trống", 2), ("vị trí nằm ngoài tỉnh 3 km", 1),
    ]  # fmt: skip
    assert len(answer.warned) == 1 and answer.set_aside[0].lines[0].cure == "điền vào ô này"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_question_stands_in_one_language(language):
    asked = Question(
        "crs", ["5897"], "tọa độ là mét; 5897: 3 % đúng xã · metres; 5897: 3 % in their commune"
    )
    described = answer_diagnosis(replace(NONE, status=NEEDS_ANSWER, question=asked), language).asked
    assert len(described) == 2 and " · " not in described[0]
    assert ("mét" in described[0]) == (language == "vi")


def test_questions_of_real_readings_keep_their_details_in_both_languages(tmp_path):
    rows = [
        HEAD,
        *([f"T{i}", "Viettel", "4G", str(560_000 + i), str(2_360_000 + i)] for i in range(3)),
    ]
    why = check("cells", write_csv(tmp_path / "a.csv", rows)).diagnosis.question.why
    halves = choose_half(why, "vi"), choose_half(why, "en")
    assert all("5897" in half for half in halves) and "rows" in halves[1] and "dòng" in halves[0]
    assert "rows" not in halves[0]


def test_the_table_of_messages_is_current():
    assert (DOCS / "intake.md").read_text(encoding="utf-8") == describe_messages(), (
        "run `make docs`"
    )
    assert not re.search(r"\| +\|", describe_messages()), "no message without its cure"


CELLS = st.sampled_from(["105.6", "21.3", "", "x", "999", "=1+1", "Viettel", "4G", "108.2", "ỷ"])


@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=6))
@settings(deadline=None, max_examples=25)
def test_the_rows_that_go_back_are_those_that_were_set_aside(tmp_path_factory, rows):
    good = ["T0", "Viettel", "4G", *map(str, PLACES[0])]
    path = write_csv(tmp_path_factory.mktemp("dong") / "a.csv", [HEAD, good, *rows])
    checked = check("cells", path)
    sent = dict(enumerate([good, *rows], start=2))
    found = list_rejected(checked, "vi").get(
        "", pd.DataFrame(columns=[*HEAD, "Dòng", "Lý do", "Cách sửa"])
    )
    assert list(found.columns) == [*HEAD, "Dòng", "Lý do", "Cách sửa"]
    assert found["Dòng"].tolist() == checked.quarantined["row"].tolist()
    for cells in found.itertuples(index=False):
        assert list(cells[:5]) == sent[cells[5]] and cells[6] and cells[7]
    assert render_rejected(checked, "vi").startswith(b"PK")


def test_columns_of_the_senders_own_keep_their_names_and_place(tmp_path):
    head = ["row", *HEAD, "reasons", "Ghi chú"]
    rows = [
        ["9", "T1", "Viettel", "4G", "", "", "x", "y"],
        ["8", "T2", "Viettel", "4G", "105.6", "21.3", "", ""],
    ]
    checked = check("cells", write_csv(tmp_path / "a.csv", [head, *rows]))
    found = list_rejected(checked, "en")[""]
    assert list(found.columns) == [*head, "Row", "Reason", "What to do"]
    assert found.iloc[0].tolist()[:8] == rows[0]
