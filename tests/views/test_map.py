"""The map of a province as data: complete, repeatable, small, and silent about the rest."""

import json
import re

import folium
import geopandas as gpd
import pandas as pd
import pytest
from tests.views import world

from phusong.views.map import render_map
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.results import GAPS, HAMLETS, REACH
from phusong.vocabulary.terms import GapClass, Operator


def read_data(text):
    return json.loads(re.search(r'id="data">(.*?)</script>', text, re.S)[1])


def layer(text, name):
    return json.loads(re.search(rf"geo_json_{name}_add\((\{{.*?\}})\);", text)[1])


@pytest.fixture(scope="module")
def text():
    return render_map(world.tables(), world.summary())


def test_the_same_tables_make_the_same_bytes(text):
    assert render_map(world.tables(), world.summary()) == text


def test_every_hamlet_is_there_and_every_outline_is_drawn(text):
    data = read_data(text)
    assert data["hamlets"]["size"] == 10
    assert len(layer(text, "hamlets")["features"]) == 8
    assert set(data["hamlets"]["columns"]["class"]["words"]) == {str(c) for c in GapClass}


def test_both_editions_are_there_and_the_sources_edition_is_first(text):
    data = read_data(text)
    assert list(data["communes"]) == [world.OLD, world.NEW]
    assert data["lineage"] == {world.NEW: {"08914": "08911", "08917": "08911"}}
    assert len(layer(text, "communes_0")["features"]) == 2
    assert len(layer(text, "communes_1")["features"]) == 1


def test_figures_are_the_provinces_own_in_the_sources_edition(text):
    head = read_data(text)["head"]
    told = [
        (f["indicator"], f["numerator"], f["denominator"], f["unknown"]) for f in head["figures"]
    ]
    assert told == [("signal_3g", 6, 10, 2), ("signal_4g", 5, 10, 2), ("fibre", 2, 10, 3)]
    assert [f["denominator"] for f in head["persons"]] == [13_321]


def test_sources_come_with_licence_and_date(text):
    (source,) = read_data(text)["head"]["sources"]
    assert (source["licence"], source["as_of"]) == ("CC0", "2021-08-31")


def test_nothing_leaves_that_the_page_does_not_show(text):
    for word in ("site_id", "node_id", "cell_id", "margin_db", "area_code", "rows_quarantined"):
        assert f'"{word}"' not in text


def test_folium_itself_is_left_as_it_was(text):
    assert any("cdn" in url for _, url in folium.Map.default_js)


def test_language_of_the_page_is_the_language_asked_for():
    assert '<html lang="en">' in render_map(world.tables(), world.summary(), language="en")


def test_a_plan_tells_what_is_built_and_nothing_about_its_pupils(text):
    planned = read_data(render_map(world.tables(), world.summary(), plan=world.plan()))["plan"]
    rollout = planned["rollout"]["columns"]
    assert rollout["hamlet"] == list(world.PLANNED)
    assert rollout["wave"] == [wave for _, _, wave in world.PLANNED.values()]
    assert "pupils_connected" not in json.dumps(planned)
    assert planned["trenches"]["columns"]["length_m"] == [600.0]
    assert read_data(text)["plan"] is None


def test_a_province_without_any_table_still_makes_a_page():
    data = read_data(render_map({}, {"province": "Vĩnh Phúc", "edition": world.OLD}))
    assert data["hamlets"]["size"] == 0
    assert data["bounds"] is None
    assert data["communes"] == {}


def test_a_scenario_is_named_in_both_languages():
    scenario = {"name": "cautious", "vi": "Thận trọng", "en": "Cautious", "why": "…"}
    text = render_map(world.tables(), {**world.summary(), "scenario": scenario})
    assert read_data(text)["head"]["scenario"] == {"vi": "Thận trọng", "en": "Cautious"}


def county(side=36):
    """A square of 1,296 square hamlets, and what four operators say of each in three technologies."""
    base = world.hamlets().iloc[0].to_dict()
    squares = [(c, r) for c in range(side) for r in range(side)]
    rows = [
        {
            **base,
            "hamlet_id": f"VP-{c:02}-{r:02}",
            "name": f"Thôn {c}.{r}",
            "geometry": world.square(c, r),
        }
        for c, r in squares
    ]
    hamlets = conform_table(world.placed(rows), HAMLETS)
    gaps = pd.concat([world.gaps().iloc[[0]]] * len(hamlets)).assign(
        hamlet_id=list(hamlets["hamlet_id"])
    )
    one = world.reach().iloc[[0]]
    parts = [
        pd.concat([one] * len(hamlets)).assign(
            hamlet_id=list(hamlets["hamlet_id"]), technology=technology, operator=str(operator)
        )
        for technology in ("3G", "4G", "FIBRE")
        for operator in list(Operator)[:4]
    ]
    reach = conform_table(pd.concat(parts), REACH)
    return {"hamlets": gpd.GeoDataFrame(hamlets), "gaps": conform_table(gaps, GAPS), "reach": reach}


def test_a_province_of_1296_hamlets_stays_under_three_megabytes():
    text = render_map({**world.tables(), **county()}, world.summary())
    assert read_data(text)["reach"]["size"] == 1_296 * 12
    assert len(text.encode()) < 3_000_000
