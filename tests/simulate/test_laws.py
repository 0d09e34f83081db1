"""Laws that hold for any places, whoever drew them."""

import networkx
import numpy as np
import pandas as pd
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from phusong.reach.terrain import Terrain
from phusong.simulate.ground import draw_apart
from phusong.simulate.linking import find_tree, link_places
from phusong.simulate.outlines import divide_ground, wind_borders
from phusong.simulate.prospects import loudest_dbm
from phusong.simulate.recipe import RadioRecipe, SettlementRecipe
from phusong.simulate.seeds import seed_part
from phusong.simulate.settlements import share_hamlets
from phusong.simulate.sharing import share_persons
from phusong.simulate.shelter import cast_roles, measure_shelter
from phusong.simulate.words import name_hamlets

SQUARE = shapely.box(0, 0, 1000, 1000)
places = arrays(
    np.int64, st.tuples(st.integers(2, 30), st.just(2)), elements=st.integers(1, 999)
).map(lambda xy: np.unique(xy, axis=0).astype(float))


@settings(max_examples=40, deadline=None)
@given(places)
def test_ground_divided_by_nearness_is_clean_and_whole(xy):
    cells = divide_ground(xy, SQUARE, grain_m=100.0)
    assert shapely.coverage_is_valid(cells)
    assert abs(shapely.area(cells).sum() - SQUARE.area) < 1e-3
    assert shapely.intersects_xy(cells, *xy.T).all()


@settings(max_examples=20, deadline=None)
@given(places, st.integers(0, 2**32))
def test_winding_borders_stay_clean(xy, seed):
    cells = divide_ground(xy, SQUARE, grain_m=20.0)
    moved = wind_borders(cells, reach_m=30.0, length_m=600.0, rng=np.random.default_rng(seed))
    assert shapely.is_valid(moved).all()
    assert shapely.coverage_is_valid(moved)


@settings(max_examples=40, deadline=None)
@given(places)
def test_linked_places_are_connected_and_the_tree_holds_them(xy):
    pairs = link_places(xy)
    graph = networkx.Graph(pairs.tolist())
    graph.add_nodes_from(range(len(xy)))
    assert networkx.is_connected(graph)
    cost = np.linalg.norm(xy[pairs[:, 0]] - xy[pairs[:, 1]], axis=1)
    tree = networkx.Graph(pairs[find_tree(pairs, cost, places=len(xy))].tolist())
    tree.add_nodes_from(graph)
    assert len(tree) == len(xy)
    assert networkx.is_tree(tree)


def test_many_places_are_linked_as_few_are():
    xy = np.random.default_rng(1).uniform(0, 1e4, (340, 2))
    pairs = {tuple(p) for p in link_places(xy)}
    middle = (xy[:, None] + xy[None]) / 2
    reach = np.linalg.norm(xy[:, None] - xy[None], axis=2) / 2
    for i, j in [(3, 200), *sorted(pairs)[:40]]:
        away = np.linalg.norm(xy - middle[i, j], axis=1)
        free = (np.delete(away, [i, j]) > reach[i, j]).all()
        assert ((i, j) in pairs) == free


@given(st.integers(0, 10**6), st.lists(st.floats(0.1, 1e3), min_size=1, max_size=40))
def test_shared_persons_add_up_and_are_fair(total, weights):
    weights = np.array(weights)
    shares = share_persons(total, weights)
    assert shares.sum() == total
    assert np.abs(shares - total * weights / weights.sum()).max() <= 1.0


@given(st.lists(st.integers(1, 50_000), min_size=1, max_size=60), st.integers(130, 400))
def test_every_commune_has_hamlets_and_together_as_many_as_wanted(people, wanted):
    counts = share_hamlets(np.array(people, dtype=float), SettlementRecipe(hamlets=wanted))
    assert counts.sum() == wanted
    assert counts.min() >= 2


def test_places_on_one_spot_are_drawn_apart():
    xy = draw_apart(np.zeros((3, 2)), 500.0, seed_part(1, "apart"))
    distance = np.linalg.norm(xy[:, None] - xy[None], axis=2)[np.triu_indices(3, k=1)]
    assert distance.min() >= 499.0


def test_streams_of_parts_are_their_own():
    one, same, other = (seed_part(5, p).random(4) for p in ("roads", "roads", "masts"))
    assert (one == same).all() and (one != other).all()
    assert (seed_part(6, "roads").random(4) != one).all()


def test_names_of_a_commune_are_never_twice():
    rng = seed_part(1, "names")
    names = name_hamlets(40, upland=True, numbered=False, taken={"Tân Lập"}, rng=rng)
    assert len(set(names)) == 40 and "Tân Lập" not in names
    counted = name_hamlets(3, upland=False, numbered=True, taken=set(), rng=rng)
    assert counted == ["1", "2", "3"]


def wall(height_m):
    """A plain 10 km wide at 10 m, with a wall from south to north in its middle."""
    ground = np.full((100, 100), 10.0)
    ground[:, 49:51] = height_m
    return Terrain(ground, 0.0, 10_000.0, 100.0)


def test_a_wall_hides_a_place_from_a_mast():
    knobs = RadioRecipe()
    mast, home = np.array([[3_000.0, 5_000.0]]), np.array([[7_000.0, 5_000.0]])
    heard = [
        loudest_dbm(
            mast, np.array([42.0]), home, terrain, frequency_mhz=1800.0, eirp_dbm=31.2, recipe=knobs
        )[0]
        for terrain in (None, wall(10.0), wall(100.0), wall(300.0))
    ]
    assert heard[0] == heard[1] > heard[2] > heard[3]
    far = home + 1e6
    silent = loudest_dbm(
        mast, np.array([42.0]), far, None, frequency_mhz=1800.0, eirp_dbm=31.2, recipe=knobs
    )
    assert silent[0] == -np.inf


def test_the_foot_of_a_wall_is_more_sheltered_than_the_plain():
    knobs = RadioRecipe()
    spots = np.array([[4_700.0, 5_000.0], [2_000.0, 5_000.0], [5_000.0, 5_000.0]])
    foot, plain, crest = measure_shelter(spots, wall(300.0), recipe=knobs)
    assert foot > plain > crest == 0.0


def test_the_dark_come_in_pockets_and_are_not_of_old_radio_too():
    xy = np.array(
        [[x, y] for x in range(500, 10_000, 1_000) for y in range(500, 10_000, 1_000)], dtype=float
    )
    roles = cast_roles(xy, wall(300.0), recipe=RadioRecipe(hidden=6, old_radio=8, pocket=3))
    assert roles.hidden.sum() == 6 and roles.old_radio.sum() == 8
    assert not (roles.hidden & roles.old_radio).any()
    near = pd.Series(np.abs(xy[roles.hidden, 0] - 5_000.0))
    assert near.max() <= 2_500.0
