"""Areas are simplified together, rounded, and carry nothing but their number."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.views import world

from phusong.views.layers import draw_areas, draw_lines, find_bounds, trace_communes
from phusong.vocabulary.metres import to_metres
from phusong.vocabulary.schema import empty_table
from phusong.vocabulary.tables.results import HAMLETS

FINE = {"tolerance_m": 35.0, "decimals": 5}


def wiggly(seed, *, steps=60, width_m=8.0):
    """Two neighbours whose common border trembles."""
    rng = np.random.default_rng(seed)
    x = np.r_[0, rng.normal(0, width_m, steps - 2), 0] + world.SIDE
    border = np.column_stack([x, np.linspace(0, 2 * world.SIDE, steps)]) + world.CORNER
    west, east = world.CORNER, world.CORNER + [2 * world.SIDE, 0]
    high = [0, 2 * world.SIDE]
    left = shapely.Polygon([west, *border, west + high])
    right = shapely.Polygon([*border, east + high, east])
    return world.placed([{"geometry": left}, {"geometry": right}])


def shapes(collection):
    return [shapely.geometry.shape(f["geometry"]) for f in collection["features"]]


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_neighbours_share_their_edge_after_simplifying(seed):
    left, right = shapes(draw_areas(wiggly(seed), **FINE))
    common = set(left.exterior.coords) & set(right.exterior.coords)
    assert len(common) >= 2
    assert left.intersection(right).area == 0
    whole = shapely.coverage_union_all([left, right])
    assert whole.area == pytest.approx(left.area + right.area)
    assert len(whole.exterior.coords) - 1 < 12


def test_a_trembling_border_becomes_short_and_stays_in_place():
    before, after = wiggly(1), shapes(draw_areas(wiggly(1), **FINE))
    assert (
        sum(len(s.exterior.coords) for s in after) < before.geometry.count_coordinates().sum() / 3
    )
    moved = gpd.GeoDataFrame(geometry=after, crs=4326)
    area = to_metres(moved, crs=world.CRS).area
    assert area.to_numpy() == pytest.approx(to_metres(before, crs=world.CRS).area, rel=0.01)


def test_a_feature_carries_its_row_number_and_nothing_else():
    features = draw_areas(world.hamlets(), **FINE)["features"]
    assert [f["properties"] for f in features] == [{"i": i} for i in range(8)]
    assert all(set(f) == {"type", "properties", "geometry"} for f in features)


def test_coordinates_have_five_decimals_at_most():
    for shape in shapes(draw_areas(wiggly(2), **FINE)):
        coordinates = shapely.get_coordinates(shape)
        assert (coordinates == coordinates.round(5)).all()


def test_a_route_becomes_a_line_and_drops_idle_points():
    route = world.routes()
    dense = route.set_geometry(route.geometry.segmentize(0.0001))
    (line,) = shapes(draw_lines(dense, **FINE))
    assert line.geom_type == "LineString"
    assert len(line.coords) == 2


def test_nothing_draws_nothing():
    assert draw_areas(empty_table(HAMLETS), **FINE)["features"] == []
    assert find_bounds(empty_table(HAMLETS)) is None


def test_overlapping_neighbours_are_drawn_all_the_same():
    frame = world.placed(
        [{"geometry": world.square(0, 0, 2, 1)}, {"geometry": world.square(1, 0, 2, 1)}]
    )
    assert len(draw_areas(frame, **FINE)["features"]) == 2


def test_bounds_reach_hamlets_that_are_only_points():
    points = world.hamlets().iloc[[8]]
    lon, lat = world.degrees(2.0, 0.5)
    assert find_bounds(points) == [[pytest.approx(lat), pytest.approx(lon)]] * 2
    (south, west), (north, east) = find_bounds(world.hamlets(), points)
    assert south < lat < north
    assert west < lon < east


def test_communes_are_traced_into_the_edition_that_merged_them():
    assert trace_communes(world.communes(), world.communes(world.NEW)) == {
        "08914": "08911",
        "08917": "08911",
    }
