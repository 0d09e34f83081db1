"""What a map is drawn from, by role: the plan with sums for planners, one's own part, or when without what it costs."""

import shutil
from dataclasses import replace

import pytest

from phusong.access.faults import NotAllowed
from phusong.access.questions.maps import ask_map
from phusong.access.questions.plans import ask_plan
from phusong.vocabulary.book import Role

SUMS = {"capex_low_vnd", "capex_vnd", "capex_high_vnd"}


def column(told, table, name):
    """Return a column of a packed table of the plan, words spelt out."""
    packed = told.data["plan"][table]["columns"][name]
    if isinstance(packed, list):
        return packed
    return [packed["words"][c] if c >= 0 else None for c in packed["codes"]]


def test_a_planner_sees_every_piece_and_what_it_costs(play, desk):
    told = ask_map(play(Role.PLANNER), desk)
    rollout = ask_plan(play(Role.PLANNER), desk, "rollout")
    assert told.data["plan"]["rollout"]["size"] == len(rollout)
    assert sum(column(told, "rollout", "capex_vnd")) == rollout["capex_vnd"].sum()
    assert told.data["plan"]["spent_vnd"] > 0
    dug, hung = (told.data["plan"][table]["size"] for table in ("trenches", "antennas"))
    assert len(told.shapes["trenches"]["features"]) == dug and dug + hung > 0


def test_an_operator_sees_its_own_part_and_no_total(play, desk):
    principal = play(Role.OPERATOR)
    told = ask_map(principal, desk)
    assert set(column(told, "rollout", "operator")) <= {str(principal.operator)}
    assert set(column(told, "trenches", "operator")) <= {str(principal.operator)}
    assert told.data["plan"]["spent_vnd"] is None
    assert told.data["plan"]["part"] and not ask_map(play(Role.SCHOOL), desk).data["plan"]["part"]
    assert told.data["plan"]["hamlets"] == told.data["plan"]["rollout"]["size"]


@pytest.mark.parametrize("role", [Role.EDUCATION, Role.FOCAL_POINT, Role.SCHOOL])
def test_offices_see_when_a_hamlet_is_reached_and_neither_by_whom_nor_for_how_much(
    play, desk, role
):
    told = ask_map(play(role), desk)
    assert any(wave is not None for wave in column(told, "rollout", "wave"))
    for table in ("rollout", "trenches", "antennas"):
        for name in SUMS & set(told.data["plan"][table]["columns"]):
            assert set(column(told, table, name)) <= {None}
        assert set(column(told, table, "operator")) <= {None}
    assert told.data["plan"]["spent_vnd"] is None


def test_without_a_plan_of_the_name_the_map_shows_none(play, desk):
    assert ask_map(play(Role.PLANNER), desk, "fibre_only").data["plan"] is None


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_sees_no_coverage_sees_no_map(play, desk, role):
    with pytest.raises(NotAllowed):
        ask_map(play(role), desk)


def test_a_new_plan_changes_the_stamp_by_which_answers_are_kept(play, desk, tmp_path):
    copy = tmp_path / "out"
    shutil.copytree(desk.folder, copy)
    moved = replace(desk, folder=copy)
    before = moved.stamp
    assert before == moved.stamp
    path = copy / "plan" / "baseline" / "plan.json"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert moved.stamp != before
