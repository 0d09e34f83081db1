"""Plans under names of their own: a budget replaces no other, equal inputs are the same plan, old ones say so."""

import json
import re
import shutil
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from phusong.cli import application
from phusong.pipeline.kept_plans import (
    derive_name,
    describe_state,
    find_shown,
    is_name,
    list_kept,
    read_kept_table,
    read_plan,
)
from phusong.pipeline.plan_differences import compare_kept, compare_tables
from phusong.pipeline.planning import Money
from phusong.pipeline.reports.figures import find_plan_state
from phusong.pipeline.rollout import plan_province, replan_province
from phusong.pipeline.run import run_province
from phusong.pipeline.shown_plan import mark_outdated, show_plan, withdraw_plan
from phusong.store import read_manifest, read_table, write_manifest
from phusong.store.folder_lock import hold_folder
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.options import PlanChange, ScenarioName
from phusong.vocabulary.schema import check_table
from phusong.vocabulary.tables import TABLES

SMALL, LARGE = 300e6, 600e6
#: With fibre alone the first pays for one hamlet, the second for all three; a repeater for all costs 0.25 bn.
ONE, ALL = 400e6, 600e6


@pytest.fixture(scope="module")
def planned(finished, tmp_path_factory):
    """A finished run with a plan without a budget and two with one; of no test to change."""
    place = tmp_path_factory.mktemp("kept") / "out"
    shutil.copytree(finished, place)
    plan_province(place, scenario="baseline", money=Money())
    for budget in (SMALL, LARGE):
        plan_province(place, scenario="baseline", money=Money(budget_vnd=budget))
    return place


@pytest.fixture(scope="module")
def cabled(finished, tmp_path_factory):
    """A finished run with two plans of fibre alone, of which the larger budget reaches more; of no test to change."""
    place = tmp_path_factory.mktemp("cabled") / "out"
    shutil.copytree(finished, place)
    for budget in (ONE, ALL):
        plan_province(place, scenario="fibre_only", money=Money(budget_vnd=budget))
    return place


@pytest.fixture
def folder(planned, tmp_path):
    return shutil.copytree(planned, tmp_path / "out")


def call(*words):
    return CliRunner().invoke(application, [str(word) for word in words])


def name_of(budget, scenario=ScenarioName.BASELINE):
    return derive_name(scenario, Money(budget_vnd=budget))


def outdate(folder):
    """Let a stage that plans read have run anew with another key."""
    manifest = read_manifest(folder)
    manifest.stages["gaps"].key = "another"
    write_manifest(manifest, folder)


def plan_on_map(path):
    return json.loads(re.search(r'id="data">(.*?)</script>', path.read_text("utf-8"), re.S)[1])[
        "plan"
    ]


QUESTIONS = st.tuples(
    st.sampled_from(list(ScenarioName)),
    st.none() | st.integers(0, 10**13),
    st.none() | st.integers(1, 20),
    st.dictionaries(st.sampled_from(["VNPT", "VIETTEL", "MOBIFONE"]), st.integers(0, 10**13)),
)


@given(QUESTIONS, QUESTIONS)
def test_two_questions_have_two_names_and_every_name_can_be_a_folder(one, other):
    names = [
        derive_name(name, Money(years, None if budget is None else float(budget), dict(own)))
        for name, budget, years, own in (one, other)
    ]
    assert (names[0] == names[1]) == (one == other)
    assert all(is_name(name) for name in names)
    many = dict.fromkeys(["VNPT", "VIETTEL", "MOBIFONE", "FPT", "CMC"], 9e12)
    assert is_name(derive_name(ScenarioName.MORE_MONEY, Money(9, 9e12, many)))


def test_two_budgets_of_one_scenario_are_both_there(planned):
    kept = {plan["name"]: plan for plan in list_kept(planned)}
    assert set(kept) == {"baseline", "baseline-300000000vnd", "baseline-600000000vnd"}
    for budget in (SMALL, LARGE):
        plan = kept[name_of(budget)]
        assert plan["asked"]["budget_vnd"] == budget == plan["budget_vnd"]
        assert plan["spent"]["cost_vnd"] <= budget and plan["made_on"]
        assert (planned / "plan" / plan["name"] / "rollout.kml").exists()


def test_the_difference_of_two_budgets_is_exact(cabled):
    names = [name_of(budget, ScenarioName.FIBRE_ONLY) for budget in (ONE, ALL)]
    plan = compare_kept(cabled, *names)
    first, second = (read_kept_table(cabled, n, "rollout").set_index("hamlet_id") for n in names)
    in_a, in_b = (set(t.index[t["wave"].notna()]) for t in (first, second))
    rows = pd.DataFrame(plan["hamlets"])
    assert set(rows.loc[rows["change"] == PlanChange.GAINED, "hamlet_id"]) == in_b - in_a
    assert set(rows.loc[rows["change"] == PlanChange.LOST, "hamlet_id"]) == in_a - in_b
    assert (plan["gained"], plan["lost"]) == (len(in_b - in_a), len(in_a - in_b))
    assert plan["more_vnd"] == second["capex_vnd"].sum() - first["capex_vnd"].sum()
    assert rows["more_vnd"].sum() == plan["more_vnd"]
    assert in_a and plan["gained"] > 0 and plan["more_vnd"] > 0
    assert set(rows["change"]) <= {str(c) for c in PlanChange} - {str(PlanChange.SAME)}


def test_a_plan_differs_in_nothing_from_itself(planned):
    plan = compare_kept(planned, "baseline", "baseline")
    assert not plan["hamlets"] and plan["more_vnd"] == plan["gained"] == plan["lost"] == 0


def test_the_difference_is_a_declared_table(planned):
    tables = [read_kept_table(planned, n, "rollout") for n in ("baseline", name_of(SMALL))]
    there, back = compare_tables(*tables), compare_tables(*reversed(tables))
    check_table(there, TABLES["plan_difference"])
    assert (there["more_vnd"] == -back["more_vnd"]).all()
    swapped = {"gained": "lost", "lost": "gained", "earlier": "later", "later": "earlier"}
    assert there["change"].replace(swapped).tolist() == back["change"].tolist()


def test_equal_inputs_are_the_same_plan_whatever_it_is_called(folder):
    before = read_plan(folder, name_of(SMALL))
    (plan,) = plan_province(
        folder, scenario="baseline", money=Money(budget_vnd=SMALL), name="again", author="ai đó"
    )
    assert plan == before and not (folder / "plan" / "again").exists()
    done = call("plan", "rollout", folder, "--budget", SMALL, "--by", "ai khác")
    assert done.exit_code == 0 and name_of(SMALL) in done.output
    assert "không lập lại" in done.output
    assert read_plan(folder, name_of(SMALL)) == before


def test_a_name_of_ones_own_is_kept_and_answers_one_question_alone(folder):
    money = Money(budget_vnd=450e6)
    (plan,) = plan_province(folder, scenario="baseline", money=money, name="phuong-an-1")
    assert plan["name"] == "phuong-an-1" and (folder / "plan" / "phuong-an-1").is_dir()
    with pytest.raises(ParameterFault, match="asked something else"):
        plan_province(folder, scenario="fibre_only", money=money, name="phuong-an-1")
    with pytest.raises(ParameterFault, match="several scenarios"):
        plan_province(folder, scenario="all", money=money, name="phuong-an-2")


@pytest.mark.parametrize(
    "name", ["../x", "Plan", "a b", "devices", "withdrawn", "", "kế-hoạch", "-x"]
)
def test_a_name_that_is_no_folder_of_a_plan_is_refused(folder, name):
    assert not is_name(name)
    with pytest.raises(ParameterFault):
        read_plan(folder, name)
    if name:
        done = call("plan", "rollout", folder, "--name", name, "--budget", "1")
        assert isinstance(done.exception, ParameterFault) or done.exit_code == 2


def test_a_plan_is_asked_again_by_its_name_alone(folder):
    outdate(folder)
    assert all(plan["outdated"] == ["gaps"] for plan in list_kept(folder))
    (plan,) = replan_province(folder, name_of(SMALL))
    assert plan["name"] == name_of(SMALL) and plan["budget_vnd"] == SMALL
    kept = {plan["name"]: plan["outdated"] for plan in list_kept(folder)}
    assert kept[name_of(SMALL)] == [] and kept[name_of(LARGE)] == ["gaps"]


def test_the_last_baseline_is_shown_until_somebody_chooses(folder):
    assert find_shown(folder) == name_of(LARGE)
    show_plan(folder, name_of(SMALL), by="cán bộ quy hoạch, Sở")
    shown = read_kept_table(folder, name_of(SMALL), "rollout")
    pd.testing.assert_frame_equal(read_table(folder, "rollout"), shown)
    assert plan_on_map(folder / "map.html")["name"] == name_of(SMALL)
    plan_province(folder, scenario="baseline", money=Money(2))
    assert find_shown(folder) == name_of(SMALL) == describe_state(folder)["name"]
    pd.testing.assert_frame_equal(read_table(folder, "rollout"), shown)
    assert [p["name"] for p in list_kept(folder) if p["shown"]] == [name_of(SMALL)]


def test_a_withdrawn_plan_leaves_its_figures_and_who_withdrew_it(folder):
    with pytest.raises(ParameterFault, match="show another one first"):
        withdraw_plan(folder, name_of(LARGE))
    withdraw_plan(folder, "baseline", by="cán bộ quy hoạch, Sở", why="thay bằng phương án khác")
    assert not (folder / "plan" / "baseline").exists()
    (left,) = (folder / "plan" / "withdrawn").glob("baseline-*.json")
    plan = json.loads(left.read_text(encoding="utf-8"))
    assert plan["why"] == "thay bằng phương án khác" and plan["hamlets_reached"] > 0
    assert left.stat().st_mode & 0o777 == 0o600
    withdraw_plan(folder, name_of(SMALL))
    withdraw_plan(folder, name_of(LARGE))
    assert list_kept(folder) == [] and find_shown(folder) == ""
    assert not (folder / "tables" / "rollout.parquet").exists()
    assert plan_on_map(folder / "map.html") is None


def test_results_of_an_earlier_version_still_read(folder):
    for name in (name_of(SMALL), name_of(LARGE)):
        shutil.rmtree(folder / "plan" / name)
    (folder / "plan" / "shown.json").unlink()
    path = folder / "plan" / "baseline" / "plan.json"
    plan = json.loads(path.read_text(encoding="utf-8"))
    for gone in ("name", "asked", "key", "made_on", "by_basis"):
        del plan[gone]
    path.write_text(json.dumps(plan), encoding="utf-8")
    trenches = folder / "plan" / "baseline" / "tables" / "trenches.parquet"
    table = read_table(folder / "plan" / "baseline", "trenches")
    table.drop(columns=["from_id", "to_id", "hamlets"]).to_parquet(trenches)
    assert find_shown(folder) == "baseline"
    (plan,) = list_kept(folder)
    assert plan["asked"]["budget_vnd"] is None and plan["shown"] and not plan["outdated"]
    (again,) = plan_province(folder, scenario="baseline", money=Money())
    assert again["name"] == "baseline" and again["asked"]["budget_vnd"] is None
    show_plan(folder, "baseline")
    assert plan_on_map(folder / "map.html")["trenches"]["size"] == len(table)
    assert "kế hoạch" in call("plan", "list", folder).output.lower() or plan["name"]


def test_once_the_data_change_map_workbooks_report_and_list_are_marked(folder):
    outdate(folder)
    with hold_folder(folder, "test"):
        changed = mark_outdated(folder, redrawn=False)
    assert set(changed) == {"baseline", name_of(SMALL), name_of(LARGE)}
    for page in (folder / "map.html", folder / "plan" / "baseline" / "map.html"):
        assert plan_on_map(page)["outdated"] is True
    books = list((folder / "plan").glob("*/*.xlsx"))
    assert books
    for book in books:
        for sheet in pd.read_excel(book, sheet_name=None, header=None, engine="calamine").values():
            assert "KẾ HOẠCH ĐÃ CŨ" in " ".join(map(str, sheet.iloc[:2, 0]))
    assert "KẾ HOẠCH ĐÃ CŨ" in (folder / "plan" / "baseline" / "rollout.kml").read_text("utf-8")
    assert find_plan_state(folder).outdated
    listed = call("plan", "list", folder).output
    assert listed.count("--name") == 3 and "ĐÃ CŨ" in listed
    with hold_folder(folder, "test"):
        assert mark_outdated(folder, redrawn=False) == []


def test_an_old_plan_about_a_hamlet_that_is_gone_is_marked_all_the_same(folder):
    gone = read_table(folder, "rollout")["hamlet_id"].iloc[0]
    hamlets = read_table(folder, "hamlets")
    hamlets[hamlets["hamlet_id"] != gone].to_parquet(folder / "tables" / "hamlets.parquet")
    outdate(folder)
    with hold_folder(folder, "test"):
        assert "baseline" in mark_outdated(folder, redrawn=True)
    cells = [
        sheet.astype(str)
        for book in (folder / "plan" / "baseline").glob("*.xlsx")
        for sheet in pd.read_excel(book, sheet_name=None, header=None, engine="calamine").values()
    ]
    assert any((sheet == gone).any(axis=None) for sheet in cells)
    assert gone in set(read_table(folder, "rollout")["hamlet_id"])


def test_a_fresh_plan_is_marked_nowhere(planned):
    assert plan_on_map(planned / "map.html")["outdated"] is False
    assert not find_plan_state(planned).outdated
    book = next((planned / "plan" / "baseline").glob("*.xlsx"))
    sheet = pd.read_excel(book, sheet_name="Thôn", header=None, engine="calamine")
    assert "ĐÃ CŨ" not in " ".join(map(str, sheet.iloc[:2, 0]))


def test_a_run_that_draws_the_map_anew_keeps_the_plan_on_it(folder, raw):
    before = read_plan(folder, name_of(LARGE))
    run_province(raw, folder, as_of=date(2021, 12, 21))
    drawn = plan_on_map(folder / "map.html")
    assert drawn["name"] == name_of(LARGE) and drawn["outdated"] is True
    assert drawn["as_of"] == before["as_of"] != "2021-12-21"
    run_province(raw, folder)
    assert plan_on_map(folder / "map.html")["outdated"] is False


def test_lists_and_comparisons_print_budget_and_years(planned, cabled):
    listed = call("plan", "list", planned, "--language", "en")
    assert listed.exit_code == 0
    assert "budget 0.30 bn VND" in listed.output and "whatever it takes" in listed.output
    names = [name_of(budget, ScenarioName.FIBRE_ONLY) for budget in (ONE, ALL)]
    compared = call("plan", "compare", cabled, *names)
    assert compared.exit_code == 0
    assert "ngân sách 0,40 tỷ" in compared.output and "ngân sách 0,60 tỷ" in compared.output
    assert "thêm được kết nối" in compared.output
    lost = call("plan", "compare", planned, "baseline", "moon")
    assert isinstance(lost.exception, ParameterFault)
