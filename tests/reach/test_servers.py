"""The best server: squared paper, brute force, and laws."""

import math
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phusong.reach.antennas import sector_loss_db
from phusong.reach.link_budget import LinkBudget
from phusong.reach.links import links_excess_db
from phusong.reach.pathloss import (
    MODEL_FREE_SPACE,
    MODEL_HATA,
    MODELS,
    flat_loss_db,
    free_space_loss_db,
)
from phusong.reach.servers import best_servers
from phusong.reach.terrain import Terrain, elevation_at

CELL, CELLS, LAYERS = 64.0, 48, 3
RULES = {
    "receiver_height_m": 1.5,
    "clutter_height_m": 10.0,
    "maximum_range_m": 2000.0,
    "effective_earth_radius_m": 8_494_700.0,
    "profile_step_m": 90.0,
    "horizontal_beamwidth_deg": 65.0,
    "front_to_back_db": 30.0,
}
#: The first example may wait for compilation.
many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class World:
    """Terrain, receivers, masts and carriers; masts and carriers can be added and shuffled."""

    terrain: Terrain | None
    receivers: np.ndarray
    environment: np.ndarray
    masts: np.ndarray
    height: np.ndarray
    mast: np.ndarray
    layer: np.ndarray
    frequency: np.ndarray
    eirp: np.ndarray
    azimuth: np.ndarray
    model: int = MODEL_HATA

    def serve(self, *, threads=None, **changes):
        return best_servers(
            self.terrain,
            self.receivers,
            self.masts,
            self.height,
            self.mast,
            self.layer,
            self.frequency,
            self.eirp,
            self.azimuth,
            layers=LAYERS,
            environment=self.environment,
            budget=LinkBudget(model=self.model, **{**RULES, **changes}),
            threads=threads,
        )


def random_world(seed, *, voids=True, model=None):
    rng = np.random.default_rng(seed)
    ground = rng.random((CELLS, CELLS)) * rng.choice([3.0, 60.0, 400.0])
    if voids:
        ground[rng.random(ground.shape) < 0.02] = np.nan
    side, n, m, c = CELLS * CELL, 9, int(rng.integers(1, 8)), int(rng.integers(1, 30))
    azimuth = np.where(rng.random(c) < 0.4, np.nan, rng.uniform(0, 360, c))
    margin = 150.0 if voids else -100.0
    return World(
        terrain=Terrain(ground, west_m=0.0, north_m=side, cell_m=CELL),
        receivers=rng.uniform(-margin, side + margin, (n, 2)),
        environment=rng.integers(0, 3, n).astype(np.int8),
        masts=rng.uniform(-margin, side + margin, (m, 2)),
        height=rng.uniform(6.0, 60.0, m),
        mast=rng.integers(0, m, c).astype(np.int32),
        layer=rng.integers(-1, LAYERS, c).astype(np.int32),
        frequency=rng.choice([900.0, 1800.0, 2100.0], c),
        eirp=np.round(rng.uniform(20.0, 35.0, c)),
        azimuth=azimuth,
        model=model if model is not None else int(rng.integers(0, len(MODELS))),
    )


def brute_force(world):
    """Try every carrier at every receiver; no pruning, no sharing, one link at a time.

    Where ground is unknown the carrier serves nobody, and only what it could bring at most is told.
    """
    n, c = len(world.receivers), len(world.mast)
    flat, real, far = np.full((n, c), -np.inf), np.full((n, c), -np.inf), np.full((n, c), np.inf)
    excess, possible = np.full((n, c), np.nan), np.full((n, c), -np.inf)
    for i, j in np.ndindex(n, c):
        a, b = world.masts[world.mast[j]], world.receivers[i]
        length = math.hypot(*(a - b))
        if length > RULES["maximum_range_m"]:
            continue
        up, f = world.height[world.mast[j]], world.frequency[j]
        ends = elevation_at(world.terrain, [a[0], b[0]], [a[1], b[1]])
        known = np.isfinite(ends).all()
        fall = float(ends[0] - ends[1]) if known else 0.0
        slant = math.hypot(length, up + fall - RULES["receiver_height_m"])
        base = up + max(fall, 0.0)
        loss = flat_loss_db(world.model, slant, f, base, 1.5, world.environment[i])
        bearing = math.degrees(math.atan2(b[0] - a[0], b[1] - a[1]))
        sent = world.eirp[j] - sector_loss_db(bearing, world.azimuth[j], 65.0, 30.0)
        if not known:
            possible[i, j] = sent - free_space_loss_db(length, f)
        else:
            flat[i, j] = sent - loss
            kept = {k: RULES[k] for k in list(RULES)[:2] + list(RULES)[3:5]}
            excess[i, j] = links_excess_db(
                world.terrain,
                [a],
                [b],
                mast_height_m=up,
                frequency_mhz=f,
                model=world.model,
                **kept,
            )[0]
        if known and np.isnan(excess[i, j]):
            possible[i, j] = flat[i, j]
        elif known:
            real[i, j] = flat[i, j] - excess[i, j]
        far[i, j] = length
    return flat, real, far, excess, possible


@many
@given(st.integers(0, 10_000))
def test_pruning_answers_as_brute_force_does(seed):
    world = random_world(seed)
    found, (flat, real, far, excess, possible) = world.serve(), brute_force(world)
    for i, layer in np.ndindex(len(world.receivers), LAYERS):
        mine = np.flatnonzero(world.layer == layer)
        best = real[i, mine].max(initial=-np.inf)
        bound = possible[i, mine].max(initial=-np.inf)
        if bound > best:
            assert found.possible_dbm[i, layer] == pytest.approx(bound, abs=1e-4)
        assert found.possible_dbm[i, layer] <= bound + 1e-4
        assert found.flat_signal_dbm[i, layer] == pytest.approx(
            flat[i, mine].max(initial=-np.inf), abs=1e-4
        )
        if best == -np.inf:
            assert found.carrier[i, layer] == -1 and found.signal_dbm[i, layer] == -np.inf
            assert found.distance_m[i, layer] == np.inf and np.isnan(found.excess_db[i, layer])
            continue
        winner = mine[np.argmax(real[i, mine])]
        assert found.carrier[i, layer] == winner
        assert found.signal_dbm[i, layer] == pytest.approx(best, abs=1e-4)
        assert found.distance_m[i, layer] == pytest.approx(far[i, winner])
        assert found.excess_db[i, layer] == pytest.approx(excess[i, winner], abs=1e-4)
    ground = elevation_at(world.terrain, *world.receivers.T)
    assert np.array_equal(found.terrain_known, np.isfinite(ground))
    pairs = {(i, world.mast[j]) for i, j in np.argwhere(np.isfinite(flat)) if world.layer[j] >= 0}
    assert found.profiles <= len(pairs)


@many
@given(st.integers(0, 10_000), st.sampled_from(sorted(MODELS.values())))
def test_no_signal_is_above_the_flat_world_or_free_space(seed, model):
    world = random_world(seed, model=model)
    found = world.serve()
    assert (found.signal_dbm <= found.flat_signal_dbm).all()
    rows, layers = np.nonzero(found.carrier >= 0)
    carrier = found.carrier[rows, layers]
    free = world.eirp[carrier] - free_space_loss_db(
        found.distance_m[rows, layers], world.frequency[carrier]
    )
    assert (found.signal_dbm[rows, layers] <= free + 1e-4).all()


@many
@given(st.integers(0, 10_000))
def test_another_mast_never_takes_signal_away(seed):
    world = random_world(seed)
    last = world.mast == len(world.masts) - 1
    fewer = replace(
        world,
        masts=world.masts[:-1],
        height=world.height[:-1],
        **{k: getattr(world, k)[~last] for k in ("mast", "layer", "frequency", "eirp", "azimuth")},
    )
    with_it, without = world.serve(), fewer.serve()
    assert (with_it.signal_dbm >= without.signal_dbm).all()
    assert (with_it.flat_signal_dbm >= without.flat_signal_dbm).all()


@many
@given(st.integers(0, 10_000))
def test_order_of_masts_and_carriers_changes_nothing_but_numbers(seed):
    world, rng = random_world(seed), np.random.default_rng(seed + 1)
    masts, rows = rng.permutation(len(world.masts)), rng.permutation(len(world.mast))
    place = np.argsort(masts)
    mixed = replace(
        world,
        masts=world.masts[masts],
        height=world.height[masts],
        mast=place[world.mast[rows]],
        **{k: getattr(world, k)[rows] for k in ("layer", "frequency", "eirp", "azimuth")},
    )
    a, b = world.serve(), mixed.serve()
    for name in ("signal_dbm", "flat_signal_dbm", "terrain_known"):
        assert np.array_equal(getattr(a, name), getattr(b, name))
    here = np.where(a.carrier >= 0, a.carrier, 0)
    there = rows[np.where(b.carrier >= 0, b.carrier, 0)]
    same = (here == there) | (a.carrier < 0)
    # Two carriers may be equally loud; then either number is right, the lower one by rule.
    i, layer = np.nonzero(~same)
    assert np.array_equal(world.layer[here[i, layer]], world.layer[there[i, layer]])


@many
@given(st.integers(0, 10_000), st.integers(-40, 40), st.integers(-40, 40))
def test_where_the_world_lies_does_not_matter(seed, east, north):
    world = random_world(seed)
    shift = np.array([east, north]) * CELL
    ground = world.terrain
    moved = replace(
        world,
        terrain=Terrain(
            ground.elevation, ground.west_m + shift[0], ground.north_m + shift[1], ground.cell_m
        ),
        receivers=world.receivers + shift,
        masts=world.masts + shift,
    )
    a, b = world.serve(), moved.serve()
    for name in ("signal_dbm", "flat_signal_dbm", "excess_db"):
        assert getattr(a, name) == pytest.approx(getattr(b, name), abs=1e-3, nan_ok=True)
    assert np.array_equal(a.terrain_known, b.terrain_known)


@many
@given(st.integers(0, 10_000), st.integers(0, CELLS - 1), st.integers(0, CELLS - 1))
def test_a_hill_raised_anywhere_but_under_the_ends_never_helps(seed, row, column):
    world = random_world(seed, voids=False, model=MODEL_HATA)
    ground = world.terrain.elevation.copy()
    ground[row, column] += 150.0
    raised = replace(world, terrain=Terrain(ground, 0.0, world.terrain.north_m, CELL))
    spots = np.vstack([world.receivers, world.masts]).T
    if np.array_equal(elevation_at(world.terrain, *spots), elevation_at(raised.terrain, *spots)):
        assert (raised.serve().signal_dbm <= world.serve().signal_dbm + 1e-4).all()


def one_mast(terrain, receivers, **changes):
    n = len(receivers)
    world = World(
        terrain=terrain,
        receivers=np.array(receivers, dtype=float),
        environment=np.ones(n, dtype=np.int8),
        masts=np.array([[525.0, 3025.0]]),
        height=np.array([42.0]),
        mast=np.array([0]),
        layer=np.array([0]),
        frequency=np.array([900.0]),
        eirp=np.array([31.0]),
        azimuth=np.array([np.nan]),
    )
    return replace(world, **changes)


def test_the_valley_before_and_behind_the_ridge():
    ground = np.full((121, 121), 20.0)
    ground[:, 60] = 170.0
    terrain = Terrain(ground, west_m=0.0, north_m=121 * 50.0, cell_m=50.0)
    world = one_mast(terrain, [[2525.0, 3025.0], [5525.0, 3025.0]])
    rules = {"maximum_range_m": 9e3, "profile_step_m": 50.0, "effective_earth_radius_m": 1e15}
    found, flat = world.serve(**rules), replace(world, terrain=None).serve(**rules)
    # The ray from 62 m to 30 m is at 46 m where the wall stands at 170 m, 2.5 km from both.
    nu = 124.0 * math.sqrt(2 * 5000.0 / (299.8 / 900.0 * 2500.0**2))
    edge = 6.9 + 20 * math.log10(math.sqrt((nu - 0.1) ** 2 + 1) + nu - 0.1)
    behind = edge + (1 - math.exp(-edge / 6)) * (10 + 0.02 * 5)
    assert found.excess_db[:, 0] == pytest.approx([0.0, behind], abs=1e-3)
    assert found.signal_dbm[:, 0] == pytest.approx(flat.signal_dbm[:, 0] - [0.0, behind], abs=1e-3)
    assert found.flat_signal_dbm[:, 0] == pytest.approx(flat.signal_dbm[:, 0], abs=1e-5)
    assert found.profiles == 2 and flat.profiles == 0
    assert not flat.terrain_known.any() and np.isnan(flat.excess_db).all()


def test_one_walk_serves_all_that_stands_on_a_mast():
    ground = np.random.default_rng(1).random((121, 121)) * 300.0
    terrain = Terrain(ground, west_m=0.0, north_m=121 * 50.0, cell_m=50.0)
    world = one_mast(
        terrain,
        [[3525.0, 3025.0]],
        mast=np.zeros(6, dtype=int),
        layer=np.array([0, 0, 1, 1, 2, 2]),
        frequency=np.array([900.0, 1800.0] * 3),
        eirp=np.full(6, 31.0),
        azimuth=np.full(6, np.nan),
    )
    found = world.serve(maximum_range_m=9e3)
    assert found.profiles == 1 and (found.carrier[0] == [0, 2, 4]).all()


def test_a_spent_candidate_is_not_walked():
    """Behind a near mast in sight a far one cannot win, so its profile is left alone."""
    terrain = Terrain(np.full((121, 121), 5.0), west_m=0.0, north_m=6050.0, cell_m=50.0)
    world = one_mast(
        terrain,
        [[1025.0, 3025.0]],
        masts=np.array([[525.0, 3025.0], [5525.0, 3025.0]]),
        height=np.array([42.0, 42.0]),
        mast=np.array([1, 0]),
        layer=np.array([0, 0]),
        frequency=np.array([900.0, 900.0]),
        eirp=np.array([31.0, 31.0]),
        azimuth=np.array([np.nan, np.nan]),
    )
    found = world.serve(maximum_range_m=9e3)
    assert found.carrier[0, 0] == 1 and found.profiles == 1


def test_equally_loud_carriers_go_by_their_rows():
    terrain = Terrain(np.full((121, 121), 5.0), west_m=0.0, north_m=6050.0, cell_m=50.0)
    world = one_mast(
        terrain,
        [[3025.0, 3025.0]],
        masts=np.array([[525.0, 3025.0], [5525.0, 3025.0]]),
        height=np.array([42.0, 42.0]),
        mast=np.array([1, 0, 1]),
        layer=np.array([0, 0, 0]),
        frequency=np.full(3, 900.0),
        eirp=np.full(3, 31.0),
        azimuth=np.full(3, np.nan),
    )
    assert world.serve(maximum_range_m=9e3).carrier[0, 0] == 0


def test_a_receiver_below_the_mast_hears_as_from_a_taller_mast():
    """The spot-height rule: 60 m of ground above the receiver count as 60 m of mast."""
    ground = np.full((121, 121), 20.0)
    ground[:, :20] = 80.0
    hill = one_mast(Terrain(ground, 0.0, 6050.0, 50.0), [[5525.0, 3025.0]])
    tall = one_mast(
        Terrain(np.full((121, 121), 20.0), 0.0, 6050.0, 50.0),
        [[5525.0, 3025.0]],
        height=np.array([102.0]),
    )
    a, b = (w.serve(maximum_range_m=9e3).flat_signal_dbm[0, 0] for w in (hill, tall))
    assert a == pytest.approx(b, abs=1e-5)


def test_a_sector_looks_one_way():
    terrain = Terrain(np.full((121, 121), 5.0), west_m=0.0, north_m=6050.0, cell_m=50.0)
    spots = [[3025.0, 3025.0], [25.0, 3025.0]]
    everywhere = one_mast(terrain, spots).serve(maximum_range_m=9e3)
    east = one_mast(terrain, spots, azimuth=np.array([90.0])).serve(maximum_range_m=9e3)
    lost = everywhere.signal_dbm[:, 0] - east.signal_dbm[:, 0]
    assert lost == pytest.approx([0.0, 30.0], abs=1e-4)


def test_beyond_the_range_nobody_is_heard_and_at_it_one_is():
    world = one_mast(None, [[2525.0, 3025.0], [2525.1, 3025.0], [math.nan, 0.0]])
    assert world.serve(maximum_range_m=2000.0).carrier[:, 0].tolist() == [0, -1, -1]


def test_a_mast_beyond_the_terrain_serves_nobody_and_states_what_it_could_bring_at_most():
    terrain = Terrain(np.full((121, 121), 5.0), west_m=0.0, north_m=6050.0, cell_m=50.0)
    world = one_mast(terrain, [[1025.0, 3025.0]], masts=np.array([[-500.0, 3025.0]]))
    found = world.serve(maximum_range_m=9e3)
    assert found.terrain_known.all() and found.carrier[0, 0] == -1
    assert found.signal_dbm[0, 0] == found.flat_signal_dbm[0, 0] == -np.inf
    assert found.possible_dbm[0, 0] == pytest.approx(31.0 - free_space_loss_db(1525.0, 900.0))
    alone = replace(world, terrain=None).serve(maximum_range_m=9e3)
    assert -np.inf < alone.signal_dbm[0, 0] <= found.possible_dbm[0, 0]
    assert (alone.possible_dbm == -np.inf).all()


def test_many_receivers_on_many_threads_are_the_same_receivers():
    world = random_world(11, model=MODEL_FREE_SPACE)
    rng = np.random.default_rng(5)
    n = 2000
    crowd = replace(
        world,
        receivers=rng.uniform(0, CELLS * CELL, (n, 2)),
        environment=rng.integers(0, 3, n).astype(np.int8),
    )
    alone, crew = crowd.serve(threads=1), crowd.serve(threads=3)
    for name in ("signal_dbm", "carrier", "distance_m", "excess_db", "flat_signal_dbm"):
        assert np.array_equal(
            getattr(alone, name), getattr(crew, name), equal_nan=name != "carrier"
        )
    assert alone.profiles == crew.profiles > 0


def test_a_world_without_masts_or_without_people_is_answered():
    world = one_mast(None, [[0.0, 0.0]])
    empty = {k: getattr(world, k)[:0] for k in ("mast", "layer", "frequency", "eirp", "azimuth")}
    silent = replace(world, masts=world.masts[:0], height=world.height[:0], **empty).serve()
    assert silent.carrier.tolist() == [[-1, -1, -1]] and silent.profiles == 0
    nobody = replace(
        world, receivers=world.receivers[:0], environment=world.environment[:0]
    ).serve()
    assert nobody.signal_dbm.shape == (0, LAYERS)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"mast": np.array([1])}, "not in the list"),
        ({"mast": np.array([-1])}, "not in the list"),
        ({"layer": np.array([LAYERS])}, "layer"),
        ({"eirp": np.array([np.nan])}, "finite EIRP"),
        ({"frequency": np.array([0.0])}, "positive frequency"),
        ({"height": np.array([np.nan])}, "finite position"),
        ({"azimuth": np.array([0.0, 1.0])}, "one entry a carrier"),
        ({"environment": np.zeros(5)}, "as many environments"),
        ({"model": 99}, "code 99"),
    ],
)
def test_what_does_not_fit_together_is_refused(changes, words):
    with pytest.raises(ValueError, match=words):
        one_mast(None, [[0.0, 0.0]], **changes).serve()
    with pytest.raises(ValueError, match="range must be positive"):
        one_mast(None, [[0.0, 0.0]]).serve(maximum_range_m=math.inf)
