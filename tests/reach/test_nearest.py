"""The nearest sites of points in degrees, against geodesics to every site that could be nearest."""

import numpy as np
import pyproj
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.reach.nearest import k_nearest_sites, nearest_sites, served_within

#: The first example may wait for compilation.
patient = settings(deadline=None)

EARTH = pyproj.Geod(ellps="WGS84")


def geodesics(point, sites):
    """Distance from one point to every site [m]."""
    lon, lat = np.broadcast_to(point[0], len(sites)), np.broadcast_to(point[1], len(sites))
    return np.array(EARTH.inv(lon, lat, sites[:, 0], sites[:, 1])[2])


def closest(points, sites):
    """Distance to the nearest site of every point, by geodesics to every site in a safe box.

    Nowhere between 8° and 24° N is a degree of latitude under 110.5 km or a degree of longitude
    over 110.3 km or under 101.6 km. The largest of the two differences, in the shortest degrees, is
    a lower bound of every distance; their sum in the longest is an upper one.
    """
    nearest = np.full(len(points), np.inf)
    for start in range(0, len(points), 2000):
        block = points[start : start + 2000]
        east = np.abs(np.subtract.outer(block[:, 0], sites[:, 0]))
        north = np.abs(np.subtract.outer(block[:, 1], sites[:, 1]))
        at_least = np.maximum(east * 101.6e3, north * 110.5e3)
        at_most = (east * 110.4e3 + north * 110.9e3).min(axis=1)
        row, site = np.nonzero(at_least <= at_most[:, None])
        distance = EARTH.inv(*block[row].T, *sites[site].T)[2]
        np.minimum.at(nearest, start + row, distance)
    return nearest


@pytest.mark.parametrize(
    ("count", "west", "east", "south", "north"),
    [
        (100_000, 102.0, 110.0, 8.0, 24.0),
        (20_000, 107.3, 108.7, 13.5, 14.7),
        (20_000, 104.0, 106.0, 21.0, 22.8),
    ],
    ids=["the country", "both sides of 108° E", "the northern hills"],
)
def test_no_wrong_answer_anywhere(count, west, east, south, north):
    rng = np.random.default_rng(108)
    points = rng.uniform((west, south), (east, north), (count, 2))
    sites = rng.uniform((west, south), (east, north), (1_000, 2))
    index, distance = nearest_sites(points, sites)
    assert np.array_equal(distance, EARTH.inv(*points.T, *sites[index].T)[2])
    truth = closest(points, sites)
    assert np.abs(distance - truth).max() < 1e-6
    radius = 3_000.0
    assert np.array_equal(served_within(points, sites, radius), truth <= radius)


def test_degrees_alone_would_name_the_wrong_site():
    # At 22.8° N a site 0.100° north is farther than one 0.105° east.
    point, sites = [[105.0, 22.8]], np.array([[105.0, 22.9], [105.105, 22.8]])
    index, distance = nearest_sites(point, sites)
    assert index.tolist() == [1]
    assert (
        distance[0] == pytest.approx(10_783, abs=5) and distance[0] < geodesics(point[0], sites)[0]
    )


def test_across_108_east_nothing_is_lost():
    index, distance = nearest_sites([[107.999, 14.0]], [[107.9, 14.0], [108.001, 14.0]])
    assert index.tolist() == [1]
    assert distance[0] == pytest.approx(216.0, abs=1.0)


def test_chords_too_close_to_tell_are_settled_by_geodesics():
    """Sites on one circle around the point, some decimetres apart at most over hundreds of km."""
    bearings = np.arange(0.0, 360.0, 3.0)
    wobble = np.random.default_rng(4).uniform(-0.2, 0.2, len(bearings))
    middle = (106.0, 16.0)
    many = np.full(len(bearings), middle[0]), np.full(len(bearings), middle[1])
    for radius in (5e3, 1e5, 8e5):
        lon, lat, _ = EARTH.fwd(*many, bearings, radius + wobble)
        sites = np.column_stack([lon, lat])
        index, distance = k_nearest_sites([middle], sites, k=9)
        truth = geodesics(middle, sites)
        assert index[0].tolist() == np.argsort(truth, kind="stable")[:9].tolist()
        assert distance[0] == pytest.approx(np.sort(truth)[:9], abs=1e-6)
        assert nearest_sites([middle], sites)[0][0] == np.argmin(truth)


def test_of_sites_on_one_spot_the_first_is_named():
    sites = np.array([[105.9, 21.0], [105.5, 21.3], [105.5, 21.3], [105.5, 21.3]])
    assert nearest_sites([[105.5, 21.3], [105.51, 21.3]], sites)[0].tolist() == [1, 1]
    index, distance = k_nearest_sites([[105.5, 21.3]], sites, k=3)
    assert index.tolist() == [[1, 2, 3]] and distance.tolist() == [[0.0, 0.0, 0.0]]


def test_fewer_sites_than_asked_for_and_none_at_all():
    index, distance = k_nearest_sites([[105.0, 21.0]], [[105.0, 21.1]], k=3)
    assert index.tolist() == [[0, -1, -1]] and np.isinf(distance[0, 1:]).all()
    index, distance = nearest_sites([[105.0, 21.0]], np.empty((0, 2)))
    assert index.tolist() == [-1] and np.isinf(distance).all()
    assert served_within([[105.0, 21.0]], np.empty((0, 2)), 1e9).tolist() == [False]
    assert nearest_sites(np.empty((0, 2)), [[105.0, 21.0]])[0].shape == (0,)


def test_the_radius_itself_is_within():
    sites = np.array([[105.5, 21.3]])
    far = geodesics((105.6, 21.35), sites)[0]
    assert served_within([[105.6, 21.35]], sites, far).tolist() == [True]
    assert served_within([[105.6, 21.35]], sites, np.nextafter(far, 0)).tolist() == [False]


@pytest.mark.parametrize("bad", [[np.nan, 21.0], [21.0, 105.0], [105.0, np.inf], [585_000.0, 21.0]])
def test_what_is_no_place_is_refused(bad):
    good = [[105.5, 21.3]]
    for ask in (nearest_sites, lambda p, s: served_within(p, s, 1.0)):
        with pytest.raises(ValueError, match="point 1 is no longitude and latitude"):
            ask([good[0], bad], good)
        with pytest.raises(ValueError, match="site 0 is no longitude and latitude"):
            ask(good, [bad])
    with pytest.raises(ValueError, match="at least one site"):
        k_nearest_sites(good, good, k=0)


spots = st.tuples(st.floats(102.0, 110.0), st.floats(8.0, 24.0))


@patient
@given(
    st.lists(spots, min_size=1, max_size=6),
    st.lists(spots, min_size=1, max_size=12),
    st.integers(1, 5),
)
def test_k_nearest_is_what_sorting_every_geodesic_gives(points, sites, k):
    points, sites = np.array(points), np.array(sites)
    index, distance = k_nearest_sites(points, sites, k=k)
    for row, point in enumerate(points):
        truth = geodesics(point, sites)
        wanted = min(k, len(sites))
        assert distance[row, :wanted] == pytest.approx(np.sort(truth)[:wanted], abs=1e-6)
        assert truth[index[row, :wanted]] == pytest.approx(distance[row, :wanted], abs=1e-6)
        assert len(set(index[row, :wanted])) == wanted
