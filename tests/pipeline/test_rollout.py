"""The rollout on the demonstration: everybody reached or named, money added up, files that operators can load."""

import json
import re
import shutil
import sqlite3
import stat

import geopandas as gpd
import pandas as pd
import pytest
from tests.running import run_command

from phusong.pipeline.grounds import fill_people
from phusong.pipeline.plan_shelf import list_plans
from phusong.pipeline.planning import Money
from phusong.pipeline.rollout import choose_scenarios, plan_province
from phusong.store import read_manifest, read_table, write_manifest
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.options import ScenarioName
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.schema import check_table
from phusong.vocabulary.tables import TABLES

CABINET_VND = load_parameters().rollout.number("cabinet_vnd")


@pytest.fixture(scope="module")
def folder(finished, tmp_path_factory):
    """A finished run of its own, planned once."""
    place = tmp_path_factory.mktemp("planned") / "out"
    shutil.copytree(finished, place)
    plan_province(place, scenario="baseline", money=Money())
    return place


def tell(folder, name="baseline"):
    return json.loads((folder / "plan" / name / "plan.json").read_text(encoding="utf-8"))


def test_the_tables_conform_and_stand_where_they_are_promised(folder):
    for name in ("rollout", "trenches", "antennas"):
        table = read_table(folder, name)
        check_table(table, TABLES[name])
        assert len(table) or name != "rollout"
    closed = folder / "tables" / "rollout.parquet"
    assert stat.S_IMODE(closed.stat().st_mode) == 0o600


def test_every_hamlet_that_lacks_something_is_planned_for_or_named(folder):
    gaps, rollout, told = read_table(folder, "gaps"), read_table(folder, "rollout"), tell(folder)
    lacking = set(gaps.loc[gaps["class"].isin(["K2", "K3", "K4", "K5"]), "hamlet_id"])
    assert set(rollout["hamlet_id"]) | set(told["unplaced"]) == lacking
    assert set(told["unknown"]) == set(gaps.loc[gaps["class"] == "KU", "hamlet_id"])
    reached = rollout["wave"].notna()
    assert set(rollout.loc[~reached, "hamlet_id"]) == set(told["unreachable"])
    assert (rollout.loc[reached, "option"] != "nothing").all() and reached.sum() >= 3


def test_the_money_adds_up_from_hamlets_to_trenches_and_antennas(folder):
    rollout, told = read_table(folder, "rollout"), tell(folder)
    spent = told["spent"]
    assert rollout["capex_vnd"].sum() == spent["cost_vnd"] <= told["budget_vnd"] + 1
    assert spent["cost_low_vnd"] < spent["cost_vnd"] < spent["cost_high_vnd"]
    assert sum(told["spent_by_wave"].values()) == spent["cost_vnd"]
    built = (
        read_table(folder, "trenches")["capex_vnd"].sum()
        + read_table(folder, "antennas")["capex_vnd"].sum()
    )
    cabinets = rollout["piece"].fillna("").str.contains("-cabinet-").sum() * CABINET_VND
    assert built + cabinets == spent["cost_vnd"]


def test_the_proof_is_within_two_per_cent_and_no_bound_above_its_cost(folder):
    told = tell(folder)
    assert len(told["proofs"]) == 8 and told["trenches"]
    assert all(proof["gap"] <= 0.02 for proof in told["proofs"]) and told["whole_gap"] <= 0.02
    assert all(t["lower_bound_vnd"] <= t["cost_vnd"] * (1 + 1e-9) for t in told["trenches"])


def test_the_plan_is_on_the_provinces_own_map(folder):
    page = (folder / "map.html").read_text(encoding="utf-8")
    assert page == (folder / "plan" / "baseline" / "map.html").read_text(encoding="utf-8")
    plan = json.loads(re.search(r'id="data">(.*?)</script>', page, re.S)[1])["plan"]
    assert plan["rollout"]["size"] == len(read_table(folder, "rollout"))
    assert plan["trenches"]["size"] == len(read_table(folder, "trenches"))


def test_an_operator_can_load_its_list(folder):
    place = folder / "plan" / "baseline"
    rollout = read_table(folder, "rollout")
    operator = rollout["operator"].dropna().iloc[0]
    book = pd.read_excel(
        place / f"{operator.lower()}.xlsx", sheet_name=None, header=2, engine="calamine"
    )
    assert set(book) == {"Thôn", "Tuyến cáp", "Trạm", "Vật tư", "Cam kết"}
    assert not any("học sinh" in heading.lower() for heading in book["Thôn"].columns)
    assert len(book["Thôn"]) == (rollout["operator"] == operator).sum()


@pytest.mark.parametrize("scenario", ["baseline", "fibre_only"])
def test_layers_hold_every_hamlet_trench_and_antenna(folder, tmp_path, scenario):
    plan_province(folder, scenario=scenario, money=Money(), out=tmp_path / "plans")
    (package,) = (tmp_path / "plans").rglob("rollout.gpkg")
    tables = {
        n: gpd.read_parquet(p)
        for n in ("trenches", "antennas")
        for p in package.parent.rglob(f"{n}.parquet")
    }
    rollout = pd.read_parquet(next(package.parent.rglob("rollout.parquet")))
    assert len(tables["trenches"]) or scenario == "baseline"
    layer = gpd.read_file(package, layer="rollout")
    assert len(layer) == len(rollout) and layer.crs.to_epsg() == 4326
    kept = set(gpd.list_layers(package)["name"]) - {"rollout"}
    assert kept == {name for name, table in tables.items() if len(table)}
    for name in kept:
        assert len(gpd.read_file(package, layer=name)) == len(tables[name])
    if "trenches" in kept:
        trenches = gpd.read_file(package, layer="trenches").to_crs(5897)
        assert trenches.length.sum() == pytest.approx(trenches["length_m"].sum(), rel=0.02)
    drawing = package.with_suffix(".kml").read_text(encoding="utf-8")
    assert drawing.count("<Placemark>") == len(layer) + sum(map(len, tables.values()))


def test_every_file_says_that_it_is_made_up_with_date_and_edition(folder):
    place = folder / "plan" / "baseline"
    books = sorted(place.glob("*.xlsx"))
    assert books
    for book in books:
        for sheet in pd.read_excel(book, sheet_name=None, header=None, engine="calamine").values():
            top = " ".join(map(str, sheet.iloc[:2, 0]))
            assert "MÔ PHỎNG" in top and "21/09/2021" in top and "Danh mục 2021" in top
    assert "MÔ PHỎNG" in (place / "rollout.kml").read_text(encoding="utf-8")
    with sqlite3.connect(place / "rollout.gpkg") as package:
        told = package.execute("select description from gpkg_contents").fetchall()
    assert told and all("MÔ PHỎNG" in text for (text,) in told)
    assert tell(folder)["demonstration"] is True
    assert stat.S_IMODE((place / "plan.json").stat().st_mode) == 0o600


def test_a_plan_is_stale_once_what_it_was_made_from_has_changed(folder):
    assert list_plans(folder)["baseline"] == []
    manifest = read_manifest(folder)
    manifest.stages["gaps"].key = "another"
    write_manifest(manifest, folder)
    assert list_plans(folder)["baseline"] == ["gaps"]
    result = run_command("status", folder)
    assert "plan baseline" in result.stdout and "stale: gaps" in result.stdout


def test_no_file_for_operators_tells_of_pupils_by_hamlet(folder):
    place = folder / "plan" / "baseline"
    layer = gpd.read_file(place / "rollout.gpkg", layer="rollout")
    assert len(layer) and not [c for c in layer.columns if "pupil" in c]
    books = list(place.glob("*.xlsx"))
    assert books
    for book in books:
        for sheet in pd.read_excel(book, sheet_name=None, header=None, engine="calamine").values():
            assert not sheet.astype("str").melt()["value"].str.contains("ọc sinh").any()


def test_scenarios_are_compared_side_by_side(folder):
    told = plan_province(folder, scenario="all", money=Money(2, 2e9))
    by_name = {one["scenario"]: one for one in told}
    assert set(by_name) == {str(name) for name in ScenarioName}
    assert (
        by_name["less_money"]["budget_vnd"]
        < by_name["baseline"]["budget_vnd"]
        < by_name["more_money"]["budget_vnd"]
    )
    assert by_name["baseline"]["whole_cost_vnd"] <= by_name["no_sharing"]["whole_cost_vnd"]
    assert by_name["baseline"]["whole_cost_vnd"] <= by_name["fibre_only"]["whole_cost_vnd"]
    place = folder / "plan" / by_name["fibre_only"]["name"]
    assert place.name == "fibre_only-2000000000vnd-2y"
    antennas = place / "tables" / "antennas.parquet"
    assert gpd.read_parquet(antennas).empty
    assert all(one["spent"]["cost_vnd"] <= one["budget_vnd"] for one in told)


def test_a_second_plan_is_the_same(folder):
    before = read_table(folder, "rollout")
    plan_province(folder, scenario="baseline", money=Money())
    first = read_table(folder, "rollout")
    plan_province(folder, scenario="baseline", money=Money())
    pd.testing.assert_frame_equal(first, read_table(folder, "rollout"))
    assert set(before["hamlet_id"]) == set(first["hamlet_id"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--scenario", "moon"), "moon"),
        (("--budget", "-5"), "budget"),
        (("--years", "0"), "years"),
    ],
)
def test_questions_that_cannot_be_answered_get_exit_2_and_the_reason(folder, words, said):
    result = run_command("plan", "rollout", folder, *words)
    assert result.returncode == 2 and said in result.stderr and "Traceback" not in result.stderr


def test_a_hamlet_of_unknown_size_counts_as_the_median_one():
    assert fill_people(pd.Series([100, None, 300], dtype="Int64")).tolist() == [100, 200, 300]
    assert fill_people(pd.Series([None, None], dtype="Int64")).tolist() == [1, 1]


def test_a_folder_without_results_is_refused(tmp_path):
    with pytest.raises(ParameterFault, match="no results"):
        plan_province(tmp_path, scenario="baseline", money=Money())
    with pytest.raises(ParameterFault, match="scenario"):
        choose_scenarios("moon")


def test_the_command_tells_money_people_and_proof_in_both_languages(folder):
    for language, word in (("vi", "Ngân sách"), ("en", "Budget")):
        result = run_command("plan", "rollout", folder, "--language", language)
        assert result.returncode == 0, result.stderr
        assert word in result.stdout and "%" in result.stdout and "21/09/2021" in result.stdout
        assert "MÔ PHỎNG" in result.stdout.upper()
