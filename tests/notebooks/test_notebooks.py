"""Every notebook runs from top to bottom on a small province, and ends with an answer and a picture."""

import ast
import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import phusong as ps

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
VIETNAMESE = re.compile("[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụằắẳẵặầấẩẫậềếểễệồốổỗộờớởỡợừứửữự]", re.I)


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def sources(path, kind):
    return ["".join(c["source"]) for c in read(path)["cells"] if c["cell_type"] == kind]


def execute(cells):
    """Run cells in one fresh namespace, and return it with the value of the last line."""
    space, value = {"__name__": "__main__"}, None
    for number, text in enumerate(cells):
        tree = ast.parse(text)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, f"cell {number}", "exec"), space)
        value = None
        if last is not None:
            value = eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), space)
    return space, value


def test_there_are_seven_and_they_are_numbered():
    assert [path.stem[0] for path in NOTEBOOKS] == list("1234567")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_it_runs_and_ends_with_an_answer_and_a_picture(path, finished, monkeypatch, tmp_path):
    monkeypatch.chdir(FOLDER)  # where `jupyter lab notebooks/` runs them, as their README says
    monkeypatch.setenv("PHUSONG_RESULTS", os.path.relpath(finished, FOLDER))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    space, value = execute(sources(path, "code"))
    assert isinstance(space["answer"], str) and len(space["answer"]) > 40
    assert not re.search(r"\bnan\b|\{|None", space["answer"])
    assert isinstance(value, ps.Picture)
    assert ElementTree.fromstring(value.svg).tag.endswith("svg")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_it_states_its_question_first_and_its_answer_last(path):
    first, *_, last = sources(path, "markdown")
    title, subtitle = [line for line in first.splitlines() if line][:2]
    assert title.startswith("# ") and title.endswith("?")
    assert subtitle.startswith("*") and subtitle.endswith("?*") and VIETNAMESE.search(subtitle)
    assert last.strip() == "## Answer"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_it_is_stripped(path):
    book = read(path)
    for cell in book["cells"]:
        assert cell["metadata"] == {}
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [] and cell["execution_count"] is None
    assert set(book["metadata"]) <= {"kernelspec", "language_info"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_it_defines_nothing_and_takes_from_the_shelf_alone(path):
    tree = ast.parse("\n".join(sources(path, "code")))
    made = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    assert not [node for node in ast.walk(tree) if isinstance(node, made)]
    taken = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "ps"
    }
    assert taken <= set(ps.__all__)
    modules = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert not [m for m in modules if m and m.startswith("phusong")]
