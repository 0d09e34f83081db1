"""The plan on the page: planners see sums, offices see none, an operator sees its own part and no other's."""

import re
import shutil
import zipfile

import pytest
from tests.screens.stage import Stage, read_text

from phusong.access.faults import NotAllowed
from phusong.access.questions.scenarios import ask_picture, ask_scenarios, ask_workbook
from phusong.pipeline.kept_plans import find_shown
from phusong.pipeline.planning import Money
from phusong.pipeline.rollout import plan_province
from phusong.screens.scenarios import plan_anew
from phusong.store import read_manifest, read_table, write_manifest
from phusong.vocabulary.book import Role
from phusong.vocabulary.terms import Operator


@pytest.fixture(scope="module")
def planned(finished, tmp_path_factory):
    """A finished run of its own, planned under two scenarios."""
    place = tmp_path_factory.mktemp("planned") / "out"
    shutil.copytree(finished, place)
    for scenario in ("baseline", "fibre_only"):
        plan_province(place, scenario=scenario, money=Money())
    return place


@pytest.fixture
def plans(planned, tmp_path, monkeypatch):
    return Stage(planned, tmp_path / "phusong.access", monkeypatch)


def operators(folder):
    told = read_table(folder, "rollout")
    return set(told.loc[told["wave"].notna(), "operator"].dropna())


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_planner_sees_plans_side_by_side_with_sums(plans, lang):
    page = plans.open("scenarios", Role.PLANNER, lang=lang)
    assert not page.exception
    assert len(page.metric) == 3
    assert len(page.dataframe[-1].value) == 2
    assert any("triệu" in m.label or "million" in m.label for m in page.metric)


def test_another_office_sees_the_plan_without_sums(plans):
    page = plans.open("scenarios", Role.EDUCATION)
    assert not page.exception and len(page.metric) == 2
    shown = " ".join(str(c) for d in page.dataframe for c in d.value.columns)
    assert "đồng" not in shown.lower() and "kinh phí" not in shown.lower()
    assert not page.button


def test_choosing_a_scenario_shows_how_far_it_lies_from_the_baseline(plans):
    page = plans.open("scenarios", Role.PLANNER)
    page.selectbox[0].set_value("fibre_only").run()
    assert not page.exception


def test_without_a_plan_the_page_says_so(stage):
    page = stage.open("scenarios", Role.PLANNER)
    assert "Chưa lập kế hoạch" in read_text(page)
    page = stage.open("network", Role.OPERATOR)
    assert not page.exception and "không giao hạng mục" in read_text(page)


def test_an_operator_sees_its_own_hamlets_and_no_other(plans, planned):
    who = plans.sign_in(Role.OPERATOR)
    page = plans.open("network")
    assert not page.exception
    told = read_table(planned, "rollout")
    mine = told[told["operator"] == who.operator]
    assert page.metric[0].value == str(len(mine))
    other = next(o for o in Operator if o != who.operator)
    with pytest.raises(NotAllowed):
        ask_workbook(who, plans.desk, other)
    with pytest.raises(NotAllowed):
        ask_scenarios(who, plans.desk)


def test_a_planner_fetches_the_workbook_of_the_operator_who_builds(plans, planned, tmp_path):
    who = plans.sign_in(Role.PLANNER)
    name = Operator.of(sorted(operators(planned))[0])
    path = tmp_path / "x.xlsx"
    path.write_bytes(ask_workbook(who, plans.desk, name))
    assert zipfile.is_zipfile(path)
    assert ask_picture(who, plans.desk, "pareto.svg") == ""
    with pytest.raises(NotAllowed):
        ask_picture(who, plans.desk, "../summary.json")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
@pytest.mark.parametrize("page", ["scenarios", "network", "contributions"])
def test_others_are_refused(plans, role, page):
    shown = plans.open(page, role)
    assert shown.error and not shown.dataframe


def test_a_new_plan_says_what_it_reached_and_who_made_it(planned, tmp_path, monkeypatch):
    place = tmp_path / "out"
    shutil.copytree(planned, place)
    heard = []
    who = "cán bộ quy hoạch, Sở Thông tin và Truyền thông"
    told = plan_anew(
        lambda share, what: heard.append(share), str(place), "baseline", 0, 2, who, "vi"
    )
    done, of = map(int, re.fullmatch(r"kế hoạch phủ được (\d+) trong (\d+) thôn", told).groups())
    assert 0 < done <= of and heard
    assert read_table(place, "rollout")["wave"].max() <= 2
    page = Stage(place, tmp_path / "phusong.access", monkeypatch).open("scenarios", Role.PLANNER)
    assert f"Người lập: {who}" in read_text(page)


def test_operators_are_called_as_people_call_them(plans):
    shown = plans.open("scenarios", Role.PLANNER, lang="en").dataframe[0].value
    told = set(shown["Operator"].dropna())
    assert told and told <= {o.en for o in Operator}


@pytest.fixture
def outdated(planned, tmp_path, monkeypatch):
    """The same results after a run that has changed what the plans were made from."""
    place = shutil.copytree(planned, tmp_path / "old")
    manifest = read_manifest(place)
    manifest.stages["gaps"].key = "another"
    write_manifest(manifest, place)
    return Stage(place, tmp_path / "phusong.access", monkeypatch)


def buttons(page):
    return [button.label for button in page.button]


@pytest.mark.parametrize("name", ["overview", "hamlet", "scenarios", "network"])
def test_every_page_with_figures_of_an_old_plan_is_marked_with_the_way_to_plan_again(
    outdated, planned, name
):
    here = (
        {"hamlet": read_table(planned, "rollout")["hamlet_id"].iloc[0]} if name == "hamlet" else {}
    )
    page = outdated.open(name, Role.PLANNER, **here)
    assert not page.exception
    assert any("đã cũ" in warning.value for warning in page.warning)
    assert "Lập lại kế hoạch" in buttons(page)
    other = outdated.open(name, Role.OPERATOR if name == "network" else Role.EDUCATION, **here)
    assert any("đã cũ" in warning.value for warning in other.warning)
    assert "Lập lại kế hoạch" not in buttons(other)


def test_a_planner_chooses_which_plan_is_shown_everywhere(planned, tmp_path, monkeypatch):
    place = shutil.copytree(planned, tmp_path / "out")
    stage = Stage(place, tmp_path / "phusong.access", monkeypatch)
    page = stage.open("scenarios", Role.PLANNER)
    page.selectbox[0].set_value("fibre_only").run()
    next(b for b in page.button if b.label.startswith("Dùng kế hoạch này")).click().run()
    assert not page.exception
    assert find_shown(place) == "fibre_only"
    kept = ask_scenarios(stage.sign_in(Role.PLANNER), stage.desk).set_index("name")
    assert kept["shown"].to_dict() == {"baseline": False, "fibre_only": True}
    assert "plan shown fibre_only" in stage.log()["subject"].tolist()


def test_the_difference_of_two_plans_stands_on_the_page(plans):
    page = plans.open("scenarios", Role.PLANNER)
    place = next(box for box in page.selectbox if box.key == "scenarios difference")
    place.set_value("fibre_only").run()
    assert not page.exception and "thôn" in read_text(page)


def test_plans_stand_side_by_side_with_budget_and_years(plans):
    page = plans.open("scenarios", Role.PLANNER)
    columns = list(page.dataframe[-1].value.columns)
    assert "Số năm" in columns and "Tên kế hoạch" in columns and "Tình trạng" in columns
