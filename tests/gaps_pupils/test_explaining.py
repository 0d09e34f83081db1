"""A complaint can be answered from the row, in the words of the policy, without a name."""

import re

import pytest
from tests.gaps_pupils.worlds import CIRCULAR, POLICY, students_of

from phusong.gaps.pupils.explaining import explain_pupil
from phusong.gaps.pupils.words import Fact, Sentence, TieBreak


def explain(change, *, policy=POLICY, language="vi"):
    row = students_of(change, policy=policy).iloc[0]
    return explain_pupil(row, policy=policy, language=language)


def test_a_poor_pupil_without_a_device_in_vietnamese():
    told = explain({"device": "none", "poverty": "poor", "grade": 5})
    text = "\n".join(told)
    assert told[0].startswith("Chính sách vp242-1, phiên bản 1: Kế hoạch 242/KH-UBND")
    assert "Thuộc đối tượng hỗ trợ." in told and "Lý do: không có thiết bị" in told
    assert "Bậc T2: hộ nghèo khác" in told and "Bậc này đòi hỏi: hộ nghèo" in told
    assert "  2. lớp cuối cấp: 5" in told
    assert (
        "  5. nhóm kết nối của thôn: K1: sẵn sàng cáp quang (thôn có kết nối tốt xếp trước)" in told
    )
    assert "Thứ tự ưu tiên: 1" in told and "Cần thiết bị tính theo hộ: có" in told
    assert "None" not in text and "nan" not in text


def test_the_same_in_english():
    told = explain({"device": "none", "poverty": "poor", "grade": 5}, language="en")
    assert "Eligible." in told and "Reason: no device" in told
    assert "Tier T2: other poor household" in told
    assert "The tier asks for: poor household" in told and "Rank: 1" in told


def test_the_tiers_are_told_in_the_words_of_the_policy_in_force():
    told = explain(
        {"device": "none", "poverty": "poor", "hardships": "meritorious"},
        policy=CIRCULAR,
        language="en",
    )
    assert "Tier T1: poor or near-poor household of a family of merit" in told
    assert any("poor or near-poor household and family of war invalid" in line for line in told)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({}, "Not eligible."),
        ({"device": None}, "Cannot be judged yet."),
        ({"device": None}, "Reason: device not stated"),
        ({"status": "left"}, "Reason: not studying"),
    ],
)
def test_whoever_has_no_tier_is_told_why(change, line):
    told = explain(change, language="en")
    assert line in told and not any(t.startswith("Tier") for t in told)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_last_tier_takes_everybody_left(language):
    told = explain({"connection": "none", "hamlet_id": None, "grade": None}, language=language)
    rule = {"vi": Sentence.RULE_NONE.vi, "en": Sentence.RULE_NONE.en}[language]
    assert rule in told


@pytest.mark.parametrize("term", [*Fact, *TieBreak, *Sentence])
def test_every_word_has_both_labels_with_the_same_blanks(term):
    assert term.vi.strip() and term.en.strip()
    assert set(re.findall(r"{(\w+)}", term.vi)) == set(re.findall(r"{(\w+)}", term.en))
