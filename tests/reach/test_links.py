"""Single links over terrain, on squared paper and by law."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.reach.diffraction import delta_bullington_db
from phusong.reach.links import links_excess_db
from phusong.reach.pathloss import MODEL_FREE_SPACE, MODEL_HATA
from phusong.reach.spherical import VERTICAL, WAVELENGTH_M_MHZ
from phusong.reach.terrain import Terrain, elevation_at, profile

#: The first example may wait for compilation.
patient = settings(deadline=None)

CELL = 50.0
NO_CURVATURE = 1e15
USUAL = {
    "mast_height_m": 42.0,
    "frequency_mhz": 900.0,
    "receiver_height_m": 1.5,
    "clutter_height_m": 10.0,
    "effective_earth_radius_m": 8_494_700.0,
    "profile_step_m": CELL,
}


def hills(seed, cells=60, height=200.0):
    ground = np.random.default_rng(seed).random((cells, cells)) * height
    return Terrain(ground, west_m=0.0, north_m=cells * CELL, cell_m=CELL)


def valley(ridge_m, cells=121):
    """Flat ground at 20 m with a wall, one cell thin, from north to south across its middle."""
    ground = np.full((cells, cells), 20.0)
    ground[:, cells // 2] = ridge_m
    return Terrain(ground, west_m=0.0, north_m=cells * CELL, cell_m=CELL)


def across(world, **changes):
    """The excess of one link from west to east, 5 km, over the middle of the valley."""
    row = world.north_m / 2
    return links_excess_db(world, [[525.0, row]], [[5525.0, row]], **{**USUAL, **changes})[0]


@pytest.mark.parametrize("f", [900.0, 1800.0])
@pytest.mark.parametrize("ridge_m", [60.0, 120.0, 320.0])
def test_behind_a_ridge_the_hand_knows_the_loss(f, ridge_m):
    # Mast top at 62 m, receiver raised to 30 m, the wall 2.5 km from both: the ray is at 46 m there.
    above = ridge_m - (62.0 + 30.0) / 2
    nu = above * math.sqrt(2 * 5000.0 / (WAVELENGTH_M_MHZ / f * 2500.0 * 2500.0))
    edge = 6.9 + 20 * math.log10(math.sqrt((nu - 0.1) ** 2 + 1) + nu - 0.1)
    by_hand = edge + (1 - math.exp(-edge / 6)) * (10 + 0.02 * 5)
    excess = across(valley(ridge_m), frequency_mhz=f, effective_earth_radius_m=NO_CURVATURE)
    assert excess == pytest.approx(by_hand, abs=1e-3)


def test_a_flat_world_costs_nothing_more_than_its_model_says():
    world = valley(20.0)
    assert across(world) == 0.0
    # Not even where the bulge of the Earth alone stands in the way: the model knows it already.
    assert across(world, effective_earth_radius_m=50_000.0) == 0.0


def test_the_receiver_is_raised_above_what_its_surroundings_already_cost():
    """A bank of 4 m, 300 m before the receiver, is noise of the terrain and no ridge."""
    bank = valley(24.0)
    row = bank.north_m / 2

    def behind(**changes):
        ends = [[525.0, row]], [[3325.0, row]]
        return links_excess_db(bank, *ends, **{**USUAL, **changes})[0]

    assert behind(clutter_height_m=10.0) == 0.0
    assert behind(clutter_height_m=0.0) > 3.0
    assert behind(clutter_height_m=0.0, receiver_height_m=10.0) == 0.0


def test_free_space_takes_the_complete_delta_bullington():
    world, a, b = hills(3), (410.0, 530.0), (2620.0, 2210.0)
    distance, height = profile(world, *a, *b, step_m=CELL)
    whole = delta_bullington_db(
        distance,
        height,
        transmitter_height_m=42.0,
        receiver_height_m=10.0,
        frequency_mhz=900.0,
        earth_radius_m=8_494_700.0,
        polarisation=VERTICAL,
    )
    excess = links_excess_db(world, [a], [b], **USUAL, model=MODEL_FREE_SPACE)
    assert excess[0] == pytest.approx(whole.total_db, abs=1e-9)


def test_the_reference_is_the_flat_world_of_the_model():
    """Lbulla less the Bullington loss of smooth ground under the spot-height rule."""
    ground = hills(5).elevation.astype(float) * 0.1
    ground[:, :5] += 60.0
    world = Terrain(ground, west_m=0.0, north_m=60 * CELL, cell_m=CELL)
    a, b = (60.0, 1500.0), (2900.0, 1500.0)
    distance, height = profile(world, *a, *b, step_m=CELL)
    ends = elevation_at(world, [a[0], b[0]], [a[1], b[1]])
    usual = {"frequency_mhz": 150.0, "earth_radius_m": 40_000.0, "polarisation": VERTICAL}

    def bullington(heights, up):
        return delta_bullington_db(
            distance, heights, transmitter_height_m=up, receiver_height_m=10.0, **usual
        ).actual_db

    smooth = bullington(np.zeros_like(height), 42.0 + ends[0] - ends[1])
    actual = bullington(height, 42.0)
    assert ends[0] > ends[1] and actual > smooth > 0
    changes = {"frequency_mhz": 150.0, "effective_earth_radius_m": 40_000.0}
    excess = links_excess_db(world, [a], [b], **{**USUAL, **changes})
    assert excess[0] == pytest.approx(actual - smooth, abs=1e-9)


def test_ground_unknown_at_an_end_or_between_the_ends_makes_the_excess_unknown():
    ground = valley(320.0).elevation.copy()
    ground[:, 60] = np.nan
    holed = Terrain(ground, west_m=0.0, north_m=121 * CELL, cell_m=CELL)
    assert np.isnan(across(holed))
    row = holed.north_m / 2
    ends = [[3025.0, row], [525.0, row], [525.0, row]], [[525.0, row], [3025.0, row], [-5.0, row]]
    assert np.isnan(links_excess_db(holed, *ends, **USUAL)).all()


def test_a_link_shorter_than_the_spacing_has_no_profile():
    world = hills(1)
    ends = [[500.0, 500.0], [500.0, 500.0]], [[500.0, 500.0], [530.0, 520.0]]
    for model in (MODEL_HATA, MODEL_FREE_SPACE):
        assert links_excess_db(world, *ends, **USUAL, model=model).tolist() == [0.0, 0.0]


def test_threads_and_blocks_change_nothing():
    world, rng = hills(7), np.random.default_rng(7)
    a, b = rng.uniform(100, 2900, (1500, 2)), rng.uniform(100, 2900, (1500, 2))
    heights, f = rng.uniform(20, 60, 1500), rng.uniform(700, 2600, 1500)
    usual = {**USUAL, "mast_height_m": heights, "frequency_mhz": f}
    alone = links_excess_db(world, a, b, **usual, threads=1)
    assert np.array_equal(alone, links_excess_db(world, a, b, **usual, threads=3))
    assert alone.max() > 10 and (alone >= 0).all()


def test_a_rule_without_sense_is_refused():
    for change in ({"profile_step_m": 0.0}, {"effective_earth_radius_m": -1.0}):
        with pytest.raises(ValueError, match="must be positive"):
            across(valley(60.0), **change)


places = st.tuples(st.floats(100.0, 2900.0), st.floats(100.0, 2900.0))


@patient
@given(
    st.integers(0, 50),
    places,
    places,
    st.tuples(st.integers(0, 59), st.integers(0, 59)),
    st.floats(0.0, 300.0),
)
def test_raising_ground_between_the_ends_never_helps(seed, a, b, cell, more):
    world = hills(seed)
    ground = world.elevation.copy()
    ground[cell] += np.float32(more)
    raised = Terrain(ground, west_m=0.0, north_m=world.north_m, cell_m=CELL)
    ends = elevation_at(world, [a[0], b[0]], [a[1], b[1]])
    if np.array_equal(ends, elevation_at(raised, [a[0], b[0]], [a[1], b[1]])):
        before, after = (links_excess_db(w, [a], [b], **USUAL)[0] for w in (world, raised))
        assert after >= before - 1e-9


@patient
@given(st.integers(0, 50), places, places, st.floats(0.0, 100.0))
def test_a_taller_receiver_is_never_in_a_deeper_shadow(seed, a, b, more):
    low = links_excess_db(hills(seed), [a], [b], **USUAL, model=MODEL_HATA)[0]
    assert low >= 0
    tall = links_excess_db(
        hills(seed), [a], [b], **{**USUAL, "clutter_height_m": 500.0 + more}, model=MODEL_HATA
    )[0]
    assert tall <= low + 1e-9 or low == 0.0
