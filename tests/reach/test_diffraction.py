"""Diffraction against the public validation set of ITU-R P.1812 and against laws."""

import math
import re
from pathlib import Path

import numpy as np
import pytest
from benchmarks.terrain import list_logs, read_log, read_profile
from benchmarks.validation import EDGES, exact_edge_loss_db
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.reach.diffraction import (
    EARTH_RADIUS_M,
    RARE_RADIUS_FACTOR,
    bullington_loss_db,
    delta_bullington_db,
    diffraction_heights,
    effective_earth_radius_m,
    knife_edge_loss_db,
    profile_bend,
    smooth_earth_heights,
)
from phusong.reach.spherical import (
    HORIZONTAL,
    VERTICAL,
    WAVELENGTH_M_MHZ,
    first_term_loss_db,
    spherical_loss_db,
)

#: The first example may wait for compilation.
patient = settings(deadline=None)

SHARED = Path(__file__).parents[3] / "shared"
P1812 = SHARED / "real" / "p1812"
LOGS = list_logs(P1812)


def solve(log, profile, radius_m):
    return delta_bullington_db(
        profile["distance_m"],
        profile["height_m"],
        clutter_m=profile["clutter_m"],
        transmitter_height_m=log["htg (m)"],
        receiver_height_m=log["hrg (m)"],
        frequency_mhz=log["f (GHz)"] * 1000,
        earth_radius_m=radius_m,
        polarisation=int(log["pol"]),
        sea_share=log["w"],
    )


@pytest.mark.real
@pytest.mark.skipif(not P1812.is_dir(), reason="the P.1812 validation profiles are not beside us")
def test_the_whole_validation_set_is_there():
    assert len(LOGS) == 27


@pytest.mark.real
@pytest.mark.skipif(not P1812.is_dir(), reason="the P.1812 validation profiles are not beside us")
@pytest.mark.parametrize("path", LOGS, ids=lambda p: p.stem)
def test_every_intermediate_of_the_validation_logs(path):
    """In these logs Lbulla, Lbulls and Ldsph are those of β0 %, Ld50 that of the median."""
    log, profile = read_log(path), read_profile(path)
    distance, height = profile["distance_m"], profile["height_m"]
    median = effective_earth_radius_m(log["DN"])
    assert median / 1000 == pytest.approx(log["ae (km)"], abs=1e-5)
    fitted = smooth_earth_heights(distance, height)
    assert fitted == pytest.approx((log["hst (m) Eq (85)"], log["hsr (m) Eq (86)"]), abs=1e-4)
    ends = height[0] + log["htg (m)"], height[-1] + log["hrg (m)"]
    lowered = diffraction_heights(distance, height, *ends)
    assert lowered == pytest.approx((log["hstd (m)"], log["hsrd (m)"]), abs=1e-4)
    assert ends[0] - lowered[0] == pytest.approx(log["htc (m) Eq (37a)"], abs=1e-4)
    assert ends[1] - lowered[1] == pytest.approx(log["hrc (m) Eq (37b)"], abs=1e-4)
    rare = solve(log, profile, RARE_RADIUS_FACTOR * EARTH_RADIUS_M)
    usual = solve(log, profile, median)
    got = {
        "Lbulla (dB)": rare.actual_db,
        "Lbulls (dB)": rare.smooth_db,
        "Ldsph (dB)": rare.spherical_db,
        "Ldb (dB)": rare.total_db,
        "Ld50 (dB)": usual.total_db,
        "Ldp (dB)": usual.total_db + log["Fi"] * (rare.total_db - usual.total_db),
    }
    for name, value in got.items():
        assert value == pytest.approx(log[name], abs=1e-4), name


def test_knife_edge_at_grazing_costs_six_decibels():
    assert knife_edge_loss_db(0.0) == pytest.approx(6.03, abs=0.01)
    assert knife_edge_loss_db(-0.78) == 0.0
    assert knife_edge_loss_db(2.4) == pytest.approx(20.5, abs=0.1)
    assert knife_edge_loss_db(math.nan) == 0.0


@patient
@given(st.floats(-5.0, 50.0), st.floats(0.0, 5.0))
def test_a_deeper_edge_costs_more(nu, more):
    assert knife_edge_loss_db(nu + more) >= knife_edge_loss_db(nu)


def recommended_loss(distance, height, hts, hrs, radius, f):
    """Bullington as the Recommendation writes it (equations 13 to 21), in km and GHz."""
    d, lam = distance / 1000, 0.2998 / (f / 1000)
    total, ce = d[-1], 1000 / radius
    di, gi = d[1:-1], height[1:-1] + 500 * ce * d[1:-1] * (d[-1] - d[1:-1])
    stim, strr = max((gi - hts) / di), (hrs - hts) / total
    if stim < strr:
        line = (hts * (total - di) + hrs * di) / total
        nu = max((gi - line) * np.sqrt(0.002 * total / (lam * di * (total - di))))
    else:
        srim = max((gi - hrs) / (total - di))
        db = (hrs - hts + srim * total) / (stim + srim)
        line = (hts * (total - db) + hrs * db) / total
        nu = (hts + stim * db - line) * math.sqrt(0.002 * total / (lam * db * (total - db)))
    luc = float(knife_edge_loss_db(nu))
    return luc + (1 - math.exp(-luc / 6)) * (10 + 0.02 * total)


profiles = st.lists(st.floats(0.0, 400.0), min_size=3, max_size=40)


@patient
@given(profiles, st.floats(1.0, 80.0), st.floats(1.0, 80.0), st.floats(150.0, 3000.0))
def test_the_bend_is_the_bullington_point_without_its_crossing(heights, up0, up1, f):
    height = np.array(heights)
    distance = np.linspace(0.0, 200.0 * (len(height) - 1), len(height))
    ends = height[0] + up0, height[-1] + up1
    bend = profile_bend(distance, height, *ends, 8.5e6)
    assert bullington_loss_db(bend, distance[-1], f) == pytest.approx(
        recommended_loss(distance, height, *ends, 8.5e6, f), abs=1e-6
    )


@patient
@given(profiles, st.integers(0, 100), st.floats(0.0, 200.0))
def test_higher_ground_between_the_ends_never_bends_less(heights, where, more):
    height = np.array(heights)
    distance = np.linspace(0.0, 90.0 * (len(height) - 1), len(height))
    raised = height.copy()
    raised[1 + where % (len(height) - 2)] += more
    ends = height[0] + 42.0, height[-1] + 10.0
    assert profile_bend(distance, raised, *ends, 8.5e6) >= profile_bend(
        distance, height, *ends, 8.5e6
    )


def test_one_edge_on_squared_paper():
    # 10 km, antennas at 30 m, an edge of 80 m in the middle of a flat Earth, 900 MHz.
    distance = np.array([0.0, 5_000.0, 10_000.0])
    height = np.array([0.0, 80.0, 0.0])
    nu = 50.0 * math.sqrt(2 * 10_000 / (WAVELENGTH_M_MHZ / 900 * 5_000 * 5_000))
    bend = profile_bend(distance, height, 30.0, 30.0, math.inf)
    assert bend * math.sqrt(2 * 900 / WAVELENGTH_M_MHZ) == pytest.approx(nu)
    edge = 6.9 + 20 * math.log10(math.sqrt((nu - 0.1) ** 2 + 1) + nu - 0.1)
    assert bullington_loss_db(bend, 10_000.0, 900.0) == pytest.approx(
        edge + (1 - math.exp(-edge / 6)) * (10 + 0.02 * 10)
    )


def test_a_short_path_has_nothing_in_its_way():
    assert profile_bend(np.array([0.0, 50.0]), np.array([0.0, 0.0]), 30.0, 2.0, 8.5e6) == -math.inf
    assert bullington_loss_db(-math.inf, 50.0, 900.0) == 0.0


def test_a_straight_slope_is_its_own_smooth_earth():
    distance = np.array([0.0, 100.0, 450.0, 1000.0, 1300.0])
    assert smooth_earth_heights(distance, 20 + 0.05 * distance) == pytest.approx((20.0, 85.0))


def test_the_sphere_is_silent_well_within_sight_and_grows_beyond_the_horizon():
    assert spherical_loss_db(2_000.0, 60.0, 30.0, 8.5e6, 1800.0, VERTICAL, 0.0) == 0.0
    far = [
        spherical_loss_db(d, 30.0, 10.0, 8.5e6, 900.0, VERTICAL, 0.0)
        for d in np.arange(5e3, 9e4, 1e3)
    ]
    assert np.all(np.diff(far) >= 0)
    assert far[-1] > 20


def test_the_sphere_just_at_the_horizon_is_the_first_term():
    horizon = math.sqrt(2 * 8.5e6) * (math.sqrt(30.0) + math.sqrt(10.0))
    beyond = first_term_loss_db(horizon, 30.0, 10.0, 8.5e6, 900.0, HORIZONTAL, 0.3)
    for d in (horizon - 1.0, horizon + 1.0):
        loss = spherical_loss_db(d, 30.0, 10.0, 8.5e6, 900.0, HORIZONTAL, 0.3)
        assert loss == pytest.approx(beyond, abs=0.05)


def test_sea_and_polarisation_matter_at_low_frequencies():
    def loss(polarisation, sea):
        return first_term_loss_db(6e4, 20.0, 10.0, 8.5e6, 60.0, polarisation, sea)

    assert loss(VERTICAL, 1.0) < loss(VERTICAL, 0.0)
    assert loss(VERTICAL, 1.0) < loss(HORIZONTAL, 1.0)
    between = 0.25 * loss(VERTICAL, 1.0) + 0.75 * loss(VERTICAL, 0.0)
    assert loss(VERTICAL, 0.25) == pytest.approx(between)


@pytest.mark.parametrize(
    ("distance", "height", "words"),
    [
        ([0.0, 1.0], [0.0, 0.0], "three points"),
        ([0.0, 2.0, 1.0], [0.0, 0.0, 0.0], "rise from 0"),
        ([5.0, 6.0, 7.0], [0.0, 0.0, 0.0], "rise from 0"),
        ([0.0, 1.0, 2.0], [0.0, math.nan, 0.0], "unknown heights"),
    ],
)
def test_what_is_no_profile_is_refused(distance, height, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        delta_bullington_db(
            np.array(distance),
            np.array(height),
            transmitter_height_m=30.0,
            receiver_height_m=2.0,
            frequency_mhz=900.0,
            earth_radius_m=8.5e6,
            polarisation=VERTICAL,
        )


def test_one_edge_costs_what_fresnel_s_integrals_say():
    apart = np.abs(knife_edge_loss_db(EDGES) - exact_edge_loss_db(EDGES))
    assert apart.max() < 0.15
    assert exact_edge_loss_db(np.array([0.0]))[0] == pytest.approx(20 * math.log10(2))
