"""Repairs: each that the code can tell of has its sentence, and each sentence is told of."""

import ast
from pathlib import Path

import pandas as pd
import pytest

from phusong.intake import __file__ as room
from phusong.intake.angles import parse_coordinates
from phusong.intake.deadlines import parse_deadline
from phusong.intake.money_words import parse_money
from phusong.intake.numbers import parse_number
from phusong.intake.repairs import REPAIRS, describe_repair
from phusong.intake.values import parse_date

pytestmark = pytest.mark.long

FILES = sorted(Path(room).parent.glob("*.py"))
TOLD = {"fix", "skip", "fix_shapes", "Fix", "_replace"}


def list_told():
    """Every rule that is written out where a repair is recorded."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in TOLD:
                    yield from (
                        a.value
                        for a in node.args
                        if isinstance(a, ast.Constant) and "_" in str(a.value)
                    )


def list_words():
    """Every text of the room, outside the catalogue of repairs itself."""
    for file in FILES:
        if file.name != "repairs.py":
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def test_what_is_recorded_has_a_sentence():
    told = set(list_told())
    assert len(told) > 25
    columns = {"pledged_vnd", "value_vnd", "site_code", "node_id", "school_id", "hamlet_id", "commune_code",
               "birth_date"}  # fmt: skip
    assert told - columns <= set(REPAIRS)


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (parse_date, "09/2021"), (parse_date, "2021"), (parse_date, "1/9/21"), (parse_date, "44440"),
        (parse_deadline, "Quý IV/2021"), (parse_deadline, "tháng 12/2021"),
        (parse_deadline, "6 tháng đầu năm 2022"), (parse_deadline, "cuối năm 2021"),
        (parse_number, "1,5"), (parse_number, "12 m"),
    ],
)  # fmt: skip
def test_what_a_reader_completes_has_a_sentence(parse, text):
    value, rule = parse(text)
    assert rule in REPAIRS and pd.notna(value)


def test_what_is_read_of_money_and_angles_has_a_sentence():
    for text in ("1,5 tỷ", "năm triệu đồng"):
        assert parse_money(text, scale=1).rule in REPAIRS
    assert parse_coordinates(pd.Series(["105°36'00\""]))["rule"].iloc[0] in REPAIRS


@pytest.mark.parametrize("rule", sorted(REPAIRS))
def test_a_sentence_is_used_and_stands_in_both_languages(rule):
    assert rule in set(list_words())
    vi, en = describe_repair(rule).split(" · ")
    assert vi and en and vi != en
