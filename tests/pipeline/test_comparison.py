"""Scenarios, budgets and levers side by side, on the demonstration."""

import json
import shutil
import stat
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from phusong.pipeline.choices import lay_choices
from phusong.pipeline.comparison import LEVERS, SHARES, compare_plans
from phusong.pipeline.grounds import read_ground
from phusong.pipeline.planning import Money, choose_plan, make_plan
from phusong.plans.scenarios import SCENARIOS
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.options import ScenarioName
from phusong.vocabulary.parameters import Rollout


@pytest.fixture(scope="module")
def folder(finished, tmp_path_factory):
    place = tmp_path_factory.mktemp("compared") / "out"
    shutil.copytree(finished, place)
    return place


@pytest.fixture(scope="module")
def told(folder):
    said = []
    report = compare_plans(folder, Money(waves=2), listener=said.append)
    assert len(said) == len(SCENARIOS) + 1 + len(LEVERS)
    return report


def test_every_scenario_is_told_with_its_components(told):
    assert [one["scenario"] for one in told["scenarios"]] == [str(name) for name in ScenarioName]
    for one in told["scenarios"]:
        assert sum(one["spent_by_part"].values()) == one["spent"]["cost_vnd"]


def test_a_bigger_budget_never_leaves_more_of_those_with_nothing(told):
    points = told["pareto"]
    assert len(points) == len(SHARES)
    nothing = [p["connected"]["nothing"] for p in points]
    assert nothing == sorted(nothing)
    assert all(p["spent_vnd"] <= p["budget_vnd"] for p in points)
    assert points[-1]["connected"] == points[-1]["of"]


def test_dearer_parts_never_make_the_whole_cheaper(told):
    for lever in told["sensitivity"]:
        cost = lever["cost_vnd"]
        assert cost["low"] <= cost["value"] <= cost["high"], lever["parameter"]
    assert {lever["parameter"] for lever in told["sensitivity"]} == set(LEVERS)
    assert set(LEVERS) <= set(Rollout.model_fields)


def test_the_pictures_are_well_formed_and_say_that_all_is_made_up(told, folder):
    for name in ("pareto.svg", "sensitivity.svg"):
        path = folder / "plan" / name
        text = " ".join(e.text or "" for e in ElementTree.parse(path).getroot().iter())
        assert "MÔ PHỎNG" in text and "21/09/2021" in text
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = json.loads((folder / "plan" / "comparison.json").read_text(encoding="utf-8"))
    assert kept["pareto"] == json.loads(json.dumps(told["pareto"]))


def test_an_operator_spends_no_more_than_its_own(folder):
    ground = read_ground(folder)
    choices = lay_choices(ground, SCENARIOS[ScenarioName.BASELINE])
    free = choose_plan(ground, choices, Money())
    spent = free.pieces.groupby("operator")["cost_vnd"].sum()
    most = str(spent.idxmax())
    held = choose_plan(ground, choices, Money(by_operator={most: float(spent.max() // 3)}))
    mine = held.pieces.loc[held.pieces["operator"] == most, "cost_vnd"].sum()
    assert spent.max() > 0 and mine <= spent.max() // 3
    nobody = choose_plan(ground, choices, Money(by_operator=dict.fromkeys(spent.index, 0.0)))
    assert nobody.pieces["cost_vnd"].sum() == 0


def test_operators_that_build_nothing_and_odd_money_are_refused_by_name(folder):
    ground = read_ground(folder)
    with pytest.raises(ParameterFault, match="GMOBILE builds nothing"):
        make_plan(ground, SCENARIOS[ScenarioName.BASELINE], Money(by_operator={"GMOBILE": 1e9}))
    with pytest.raises(ParameterFault, match="VNPT -1"):
        Money(by_operator={"VNPT": -1})


@pytest.mark.parametrize(
    ("word", "said"), [("VNPT", "OPERATOR=VND"), ("MOON=3", "MOON"), ("VNPT=much", "VNPT=much")]
)
def test_a_budget_of_nobody_gets_exit_2(folder, word, said):
    command = [sys.executable, "-m", "phusong", "plan", "rollout", str(folder), "--budget-of", word]
    result = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert result.returncode == 2 and said in result.stderr and "Traceback" not in result.stderr
