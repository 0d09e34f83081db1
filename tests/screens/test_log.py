"""The log in words: whatever is logged or refused has its own, in both languages."""

import ast
from pathlib import Path

import pytest
from tests.screens.stage import read_text

from phusong.access.faults import NotAllowed
from phusong.access.permissions import Data
from phusong.access.questions.stories import ask_story
from phusong.screens.contents import PAGES
from phusong.screens.log import ABOUT, DONE
from phusong.vocabulary.book import Role

ROOMS = [
    Path(__file__).parents[2] / "coverage" / "phusong" / room
    for room in ("access", "screens", "cli")
]


def begin(node):
    """The fixed beginning of a text that is written out, without blanks and numbers at its end; None of any other."""
    first = node.values[0] if isinstance(node, ast.JoinedStr) else node
    told = first.value if isinstance(first, ast.Constant) else None
    return told.strip(" 0123456789") if isinstance(told, str) else None


def list_calls():
    for room in ROOMS:
        for file in room.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield getattr(node.func, "id", getattr(node.func, "attr", "")), node


def test_whatever_is_logged_has_words():
    logged = {
        begin(c.args[2])
        for name, c in list_calls()
        if name in ("log_access", "_log") and len(c.args) > 2
    }
    assert len(logged) > 8
    known = {*DONE, *(str(d) for d in Data), "task", None}
    assert logged <= known
    tasks = {"task plan rollout", "task run"}
    assert tasks <= set(DONE)


def test_whatever_is_refused_has_words():
    told = {
        begin(k.value)
        for name, call in list_calls() if name in ("refuse", "check_own", "find_own_pupil")
        for k in call.keywords if k.arg == "subject"
    }  # fmt: skip
    assert len(told) > 8
    assert told <= {*ABOUT, *(p.name for p in PAGES), "", None}


@pytest.mark.parametrize(("lang", "words"), [("vi", "nội dung sổ về một học sinh"), ("en", "what the book says of a pupil")])  # fmt: skip
def test_a_refusal_is_told_in_the_page_s_language(stage, lang, words):
    with pytest.raises(NotAllowed):
        ask_story(stage.sign_in(Role.EDUCATION), stage.desk, "hs-00")
    page = stage.open("log", Role.AUDITOR, lang=lang)
    assert not page.exception
    shown = page.dataframe[0].value
    assert words in read_text(page) or shown.astype("str").isin([words]).any(axis=None)
