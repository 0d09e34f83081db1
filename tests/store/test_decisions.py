"""Decisions about addresses: added, dated, undoable, and never lost."""

import json
import stat

import pytest

from phusong.store.decisions import (
    ALIAS,
    CONFIRM,
    UNDO,
    Decision,
    add_decision,
    build_decision,
    list_standing,
    read_decisions,
)
from phusong.store.lines import list_damage
from phusong.vocabulary.errors import SourceFault


def _confirm(group: str, hamlet: str) -> Decision:
    return Decision(0, "2021-09-21T08:00:00+07:00", "cán bộ xã", CONFIRM, group, hamlet_id=hamlet)


def _undo(number: int) -> Decision:
    return Decision(0, "2021-09-22T08:00:00+07:00", "cán bộ xã", UNDO, undoes=number)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "decisions.jsonl"


def _standing(path) -> dict[str, str]:
    return {d.group: d.hamlet_id for d in list_standing(read_decisions(path))}


def test_nothing_is_decided_where_there_is_no_file(path):
    assert read_decisions(path) == []


def test_decisions_are_numbered_and_kept_for_their_owner_alone(path):
    first, second = add_decision(path, _confirm("a", "H1")), add_decision(path, _confirm("b", "H2"))
    assert (first.number, second.number) == (1, 2)
    assert read_decisions(path) == [first, second]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_last_word_on_a_group_stands_and_undoing_it_brings_back_the_word_before(path):
    add_decision(path, _confirm("a", "H1"))
    add_decision(path, _confirm("a", "H2"))
    assert _standing(path) == {"a": "H2"}
    add_decision(path, _undo(2))
    assert _standing(path) == {"a": "H1"}
    add_decision(path, _undo(1))
    assert _standing(path) == {}
    assert len(read_decisions(path)) == 4


def test_an_alias_and_a_confirmation_stand_beside_each_other(path):
    add_decision(path, _confirm("a", "H1"))
    alias = Decision(
        0, "2021-09-21", "cán bộ xã", ALIAS, "a", "08914", "2021-01-01", "Đồng Cà", "H1"
    )
    add_decision(path, alias)
    assert [d.action for d in list_standing(read_decisions(path))] == [CONFIRM, ALIAS]


@pytest.mark.parametrize("number", [0, 2])
def test_only_what_stands_can_be_undone(path, number):
    add_decision(path, _confirm("a", "H1"))
    with pytest.raises(SourceFault, match="undo"):
        add_decision(path, _undo(number))
    assert len(read_decisions(path)) == 1


def test_nothing_can_be_undone_twice(path):
    add_decision(path, _confirm("a", "H1"))
    add_decision(path, _undo(1))
    with pytest.raises(SourceFault, match="undo"):
        add_decision(path, _undo(1))


@pytest.mark.parametrize(
    "line", ["", "{}", "[]", '{"number": 7}', "đ", '{"number": 2, "action": "x"}']
)
def test_a_line_that_is_no_decision_costs_that_line_alone(path, line):
    add_decision(path, _confirm("a", "H1"))
    with path.open("a", encoding="utf-8") as stream:
        stream.write(line + "\n")
    last = add_decision(path, _confirm("b", "H2"))
    assert _standing(path) == {"a": "H1", "b": "H2"}
    assert "row 2 cannot be read" in list_damage(path, build_decision)
    assert last.number == max(3, 8 if "7" in line else 0)


def test_decisions_of_one_number_are_both_in_force_until_it_is_undone(path):
    """Two clerks under an earlier version: nothing is lost, the run goes on, and it is named."""
    for group in "ab":
        add_decision(path, _confirm(group, "H1"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"number": 2', '"number": 1'), encoding="utf-8")
    assert list_damage(path, build_decision) == ["number 1 stands 2 times"]
    assert _standing(path) == {"a": "H1", "b": "H1"}
    assert add_decision(path, _undo(1)).number == 3
    assert _standing(path) == {}


def test_a_line_taken_out_is_noticed(path):
    for group in "abc":
        add_decision(path, _confirm(group, "H1"))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert json.loads(lines[1])["group"] == "b"
    path.write_text(lines[0] + lines[2], encoding="utf-8")
    assert list_damage(path, build_decision) == ["1 lines were taken out"]
    assert add_decision(path, _confirm("d", "H1")).number == 4
