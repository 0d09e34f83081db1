"""Scenarios, budgets and levers side by side, on the demonstration."""

import json
import shutil
import stat
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from tests.running import run_command

from phusong.pipeline.choices import gather_facilities, grow_one, lay_choices
from phusong.pipeline.comparison import LEVERS, SHARES, compare_plans
from phusong.pipeline.grounds import read_ground
from phusong.pipeline.plan_tables import tabulate_rollout
from phusong.pipeline.plan_telling import describe_plan
from phusong.pipeline.planning import Money, choose_plan, make_plan, solve_checked
from phusong.plans.rollout.facilities import no_facilities
from phusong.plans.scenarios import SCENARIOS
from phusong.views.plan_summary import plan_lines
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.options import CABINET, OptionKind, ScenarioName
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


def dug_vnd(plan):
    """What a plan pays for trenches alone."""
    fibre = plan.pieces[plan.pieces["kind"] == OptionKind.FIBRE]
    return fibre.loc[~fibre["piece"].str.contains(CABINET), "cost_vnd"].sum()


def test_a_cheaper_forest_that_the_check_finds_is_built(folder):
    ground, scenario = read_ground(folder), SCENARIOS[ScenarioName.BASELINE]
    choices = lay_choices(ground, scenario)
    placed = choices.hamlets
    alone = [  # a trench of its own for each hamlet, though they lie along the same roads
        grow_one(ground, placed, choices.ways, mask, f"alone-{n}", None)
        for n, mask in enumerate(np.eye(len(placed), dtype=bool))
    ]
    listed = gather_facilities(ground, placed, scenario, None, alone, no_facilities())
    poor = replace(choices, options=None, forests=alone, promised={}, facilities=listed)
    before, after = choose_plan(ground, poor, Money()), solve_checked(ground, poor, Money())
    assert dug_vnd(after.plan) < dug_vnd(before)
    assert after.plan.whole_cost_vnd < before.whole_cost_vnd
    assert dug_vnd(after.plan) <= sum(f.cost_vnd for f in after.check) + 1


def test_what_operators_do_of_their_own_is_told_apart_from_the_plan(folder):
    ground, scenario = read_ground(folder), SCENARIOS[ScenarioName.BASELINE]
    placed = lay_choices(ground, scenario).hamlets
    first, second, third = placed["hamlet_id"]
    due = pd.Timestamp("2021-12-31")
    cabinet = {"node_id": "TC-1", "operator": "VNPT", "as_of": pd.Timestamp("2021-09-21")}
    building = pd.DataFrame([cabinet]).assign(**placed.loc[[1], ["x_m", "y_m"]].iloc[0])
    promise = {
        "commitment_id": "CK-1", "operator": "VIETTEL", "hamlet_id": first, "technology": "FIBRE",
        "due_on": due, "verdict": "open",
    }  # fmt: skip
    promised = replace(ground, building=building, commitments=pd.DataFrame([promise]))
    outcome = make_plan(promised, scenario, Money())
    rows = tabulate_rollout(outcome).set_index("hamlet_id")
    assert rows["basis"].to_dict() == {first: "committed", second: "building", third: "planned"}
    assert rows["basis_id"].fillna("").to_dict() == {first: "CK-1", second: "TC-1", third: ""}
    assert rows.loc[first, "basis_on"] == due and rows.loc[second, "basis_on"].day == 21
    assert (
        rows.loc[[first, second], "capex_vnd"].tolist() == [0, 0]
        and rows.loc[third, "capex_vnd"] > 0
    )
    assert rows.loc[[first, second], "basis_probability"].between(0.01, 0.99).all()
    counts = describe_plan(outcome, promised, waves=3)["by_basis"]
    assert {name: count["hamlets"] for name, count in counts.items()} == {
        "planned": 1, "committed": 1, "building": 1,
    }  # fmt: skip
    assert counts["building"]["expected_hamlets"] < 1
    lines = "\n".join(plan_lines(describe_plan(outcome, promised, waves=3), "vi"))
    assert "1 thôn do kế hoạch; 2 thôn doanh nghiệp đã nhận hoặc đang xây" in lines


@pytest.mark.parametrize("part", [None, 0.5, 0.8])
@pytest.mark.parametrize("name", [ScenarioName.BASELINE, ScenarioName.NO_SHARING])
def test_no_plan_digs_for_more_than_the_check_of_it(folder, name, part):
    ground = read_ground(folder)
    whole = make_plan(ground, SCENARIOS[name], Money())
    budget = None if part is None else part * whole.plan.whole_cost_vnd
    found = make_plan(ground, SCENARIOS[name], Money(budget_vnd=budget))
    assert found.plan.whole_cost_vnd == pytest.approx(whole.plan.whole_cost_vnd, rel=1e-6)
    assert dug_vnd(found.plan) <= sum(f.cost_vnd for f in found.check) + 1


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
    result = run_command("plan", "rollout", folder, "--budget-of", word)
    assert result.returncode == 2 and said in result.stderr and "Traceback" not in result.stderr
