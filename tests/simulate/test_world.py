"""The made-up province before any office has typed it up: its ground, its people, what connects them."""

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import networkx
import numpy as np
import pandas as pd
import pytest
import shapely

from phusong.places.editions import list_units
from phusong.simulate.recipe import recipe_of
from phusong.simulate.relief import STEP_DEG, steepness
from phusong.simulate.schools import TEACHES
from phusong.simulate.world import make_world
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.accepted import CELLS, FIBRE_NODES, FIBRE_ROUTES
from phusong.vocabulary.terms import HamletKind

pytestmark = pytest.mark.long

TOWN_WORDS = {str(HamletKind.TO_DAN_PHO), str(HamletKind.KHU)}
VILLAGE_WORDS = {str(HamletKind.THON), str(HamletKind.XOM), str(HamletKind.BAN)}


@pytest.fixture(scope="module")
def world():
    return make_world("province", 242, recipe_of("province"))


def test_the_hamlet_of_the_readme_is_there_once(world):
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    named = re.findall(r'phusong explain DIR gaps "([^"]+)"', readme)
    assert named
    assert (world.hamlets["name"] == named[0]).sum() == 1


def test_communes_keep_their_real_names_codes_and_people(world):
    register = list_units("2021-01-01").set_index("code")
    made = world.communes.set_index("code")
    assert list(made.index) == sorted(register.index)
    assert (made["name"] == register["name"].reindex(made.index)).all()
    assert (made["population"] == register["population"].reindex(made.index)).all()


def test_communes_cover_the_province_without_gap_or_overlap(world):
    outlines = world.communes.geometry.to_numpy()
    assert shapely.coverage_is_valid(outlines)
    assert set(shapely.get_type_id(outlines)) == {shapely.GeometryType.POLYGON}
    whole = shapely.coverage_union_all(outlines)
    assert shapely.get_num_geometries(whole) == 1
    assert not shapely.get_num_interior_rings(shapely.get_geometry(whole, 0))


def test_hamlets_divide_the_people_of_their_commune(world):
    people = world.hamlets.groupby("commune_code")["population"].sum()
    stated = world.communes.set_index("code")["population"]
    assert (people == stated.reindex(people.index)).all()
    assert len(world.hamlets) == 1250 and len(people) == 136


def test_hamlets_stand_in_their_commune_and_own_ground_there(world):
    own = world.communes.set_index("code").geometry.reindex(world.hamlets["commune_code"])
    centres = world.hamlets.geometry.to_numpy()
    assert shapely.within(centres, own.to_numpy()).all()
    ground = world.outlines.geometry.to_numpy()
    assert shapely.within(centres, ground).all()
    spill = shapely.area(shapely.difference(ground, own.to_numpy()))
    assert spill.max() < 1.0
    tree = shapely.STRtree(ground)
    one, other = tree.query(ground, predicate="overlaps")
    shared = shapely.area(shapely.intersection(ground[one], ground[other]))
    assert shared.max(initial=0.0) < 1.0


def test_homes_lie_on_the_ground_of_their_hamlet(world):
    homes = world.clusters.geometry.to_numpy()
    near = shapely.buffer(world.outlines.geometry.to_numpy(), 150.0)
    assert shapely.covers(near, homes).all()
    count = shapely.get_num_geometries(homes)
    assert count.min() >= 2 and count.max() <= 6
    assert (count == world.hamlets["clusters"].to_numpy()).all()


def test_names_are_vietnamese_composed_and_unique_within_a_commune(world):
    names = world.hamlets["name"]
    assert all(unicodedata.is_normalized("NFC", n) for n in names)
    assert (names.map(str.isascii)).mean() < 0.3
    assert not world.hamlets.duplicated(["commune_code", "name"]).any()
    assert world.hamlets["name"].duplicated().sum() > 50  # homonyms across communes are the rule


def test_towns_and_villages_use_their_own_words(world):
    town = world.hamlets["commune_kind"].isin(["phường", "thị trấn"])
    assert set(world.hamlets.loc[town, "kind"]) <= TOWN_WORDS
    assert set(world.hamlets.loc[~town, "kind"]) <= VILLAGE_WORDS


def test_most_hamlets_are_outlined_some_are_points_a_few_are_only_counted(world):
    share = world.hamlets["location"].value_counts()
    assert share["commune"] == 5
    assert share["polygon"] / len(world.hamlets) == pytest.approx(0.8, abs=0.04)


def test_the_land_is_delta_hills_and_a_ridge(world):
    z = world.relief.elevation.astype(float)
    rows, columns = z.shape
    lat = world.relief.north_deg - (np.arange(rows) + 0.5) * STEP_DEG
    lon = world.relief.west_deg + (np.arange(columns) + 0.5) * STEP_DEG
    box = world.communes.to_crs(4326).total_bounds
    south = z[np.ix_(lat < box[1] + 0.04, (lon > 105.5) & (lon < 105.7))]
    assert south.min() >= 3 and south.max() <= 30
    assert 1_200 <= z.max() <= 1_700
    top = np.unravel_index(z.argmax(), z.shape)
    north, east = lat[top[0]] - (box[1] + box[3]) / 2, lon[top[1]] - (box[0] + box[2]) / 2
    assert north + east > 0.05  # the ridge bounds the north-east


def test_voids_are_few_and_on_steep_ground(world):
    void = world.relief.void
    assert void.sum() == 360
    slope = steepness(world.relief.elevation.astype(float), cell_m=1.0)
    assert np.median(slope[void]) > np.quantile(slope, 0.95)


def test_people_live_behind_the_ridge_and_some_of_them_in_the_dark(world):
    hidden = world.hamlets[world.truth["hidden"]]
    assert len(hidden) == recipe_of("province").radio.hidden
    assert hidden["upland"].all()
    assert hidden["commune_code"].nunique() >= 3


def test_roads_link_every_hamlet(world):
    roads = networkx.Graph(world.roads[["start", "end"]].itertuples(index=False, name=None))
    assert len(roads) == len(world.hamlets)
    assert networkx.is_connected(roads)
    assert set(world.roads["road_class"]) == {
        "Quốc lộ", "Đường tỉnh", "Đường huyện", "Đường xã",
    }  # fmt: skip
    ends = shapely.get_point(world.roads.geometry.to_numpy(), 0)
    centres = world.hamlets.geometry.to_numpy()[world.roads["start"]]
    assert shapely.distance(ends, centres).max() < 1e-6


def test_masts_host_several_operators_and_technologies(world):
    assert len(world.masts) == 1050
    assert 3_000 <= len(world.cells) <= 3_300
    by_mast = world.cells.groupby("mast_id")
    assert (by_mast["operator"].nunique() > 1).sum() > 50
    assert (by_mast["technology"].nunique() > 1).mean() > 0.8
    assert set(world.cells["mast_id"]) <= set(world.masts["mast_id"])
    towns = world.masts["structure"] == "trên mái"
    assert world.masts.loc[towns, "height_m"].between(18, 24).all()
    assert world.masts.loc[~towns, "height_m"].between(30, 45).all()


def test_radio_and_fibre_stand_in_the_accepted_tables(world):
    nameless = {"samples": None, "range_m": None, "as_of": pd.NaT}
    assert len(conform_table(world.cells.assign(**nameless), CELLS)) == len(world.cells)
    assert len(conform_table(world.fibre_nodes, FIBRE_NODES)) == len(world.fibre_nodes)
    assert len(conform_table(world.fibre_routes, FIBRE_ROUTES)) == len(world.fibre_routes)


def test_fibre_routes_end_at_nodes_of_their_operator(world):
    operator = world.fibre_nodes.set_index("node_id")["operator"]
    for end in ("start_node", "end_node"):
        assert (
            operator[world.fibre_routes[end]].to_numpy() == world.fibre_routes["operator"]
        ).all()
    place = world.fibre_nodes.set_index("node_id")[["lon", "lat"]]
    start = shapely.get_coordinates(shapely.get_point(world.fibre_routes.geometry.to_numpy(), 0))
    assert np.abs(start - place.loc[world.fibre_routes["start_node"]].to_numpy()).max() < 2e-6


def test_fibre_is_ready_for_most_but_not_in_the_hills(world):
    ready = world.truth["fibre_ready"]
    assert 0.85 <= ready.mean() <= 0.9
    assert ready[world.truth["upland"]].mean() < ready[~world.truth["upland"]].mean() - 0.2
    assert not ready[world.truth["hidden"]].all()


def test_some_statements_contradict_the_nodes(world):
    vnpt = world.claims[world.claims["operator"] == "VNPT"]
    assert vnpt["contradicts"].sum() == 12
    assert (vnpt.loc[vnpt["ready"], "households_passed"] > 0).all()
    assert (vnpt.loc[~vnpt["ready"], "households_passed"] == 0).all()


def test_the_published_map_takes_in_three_dark_hamlets_and_leaves_out_the_others(world):
    ground = world.outlines.to_crs(4326).geometry.to_numpy()
    claim = shapely.union_all(
        world.coverage.loc[world.coverage["technology"] == "4G", "geometry"].to_numpy()
    )
    share = shapely.area(shapely.intersection(ground, claim)) / shapely.area(ground)
    paper = world.truth["paper_covered"].to_numpy()
    assert paper.sum() == 3
    assert share[paper].min() > 0.99
    assert share[world.truth["hidden"] & ~paper].max() < 0.25  # but for a neighbour's rim
    assert np.median(share) > 0.99


def test_schools_and_pupils_add_up_to_the_figures_of_2020_21(world):
    counts = world.schools["level"].value_counts().to_dict()
    assert counts == {
        "Tiểu học": 145,
        "THCS": 132,
        "THPT": 29,
        "TH và THCS": 16,
        "THCS và THPT": 1,
    }
    totals = {
        level: int(world.schools[f"pupils_{level}"].sum())
        for level in ("primary", "lower", "upper")
    }
    assert totals == {"primary": 125_578, "lower": 79_210, "upper": 32_292}
    assert world.schools["pupils"].sum() == 237_080
    assert world.schools["commune_code"].nunique() == 136
    for level, taught in TEACHES.items():
        mine = world.schools[world.schools["level"] == level]
        for part in ("primary", "lower", "upper"):
            assert (mine[f"pupils_{part}"] > 0).all() == (part in taught)


def test_one_part_does_not_shift_another():
    plain = recipe_of("hamlet")
    other = replace(
        plain,
        schools=replace(plain.schools, primary=3),
        settlements=replace(plain.settlements, renamed_share=0.9),
        fibre=replace(plain.fibre, boxes=5),
    )
    one, two = make_world("hamlet", 3, plain), make_world("hamlet", 3, other)
    pd.testing.assert_frame_equal(
        one.cells.drop(columns="address"), two.cells.drop(columns="address")
    )
    assert (one.relief.elevation == two.relief.elevation).all()
    assert len(one.schools) != len(two.schools)
    assert len(one.fibre_nodes) != len(two.fibre_nodes)
