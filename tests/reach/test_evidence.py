"""What an operator's word does to a probability."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from phusong.reach.evidence import pool_statement, signal_probability

probability = st.floats(1e-6, 1 - 1e-6)
ODDS = {"yes_odds": 4.0, "no_odds": 0.05}


def pool(p, stated):
    return pool_statement(np.array([p]), np.array([stated]), **ODDS)[0]


def test_at_the_edge_the_chance_is_even():
    assert signal_probability(np.array([-110.0]), np.array([-110.0]), shadowing_db=8.0)[0] == 0.5


def test_one_standard_deviation_above_the_edge_is_84_percent():
    assert signal_probability(np.array([-102.0]), np.array([-110.0]), shadowing_db=8.0)[
        0
    ] == pytest.approx(0.8413, abs=1e-4)


def test_no_carrier_in_range_is_no_chance():
    assert signal_probability(np.array([-np.inf]), np.array([-110.0]), shadowing_db=8.0)[0] == 0


def test_a_yes_where_no_model_speaks_is_worth_its_odds():
    assert pool(np.nan, 1.0) == pytest.approx(4 / 5)


def test_a_yes_does_not_light_a_dark_valley():
    assert pool(0.01, 1.0) == pytest.approx(0.04 / (0.04 + 0.99))


def test_silence_changes_nothing():
    assert pool(0.3, np.nan) == 0.3
    assert np.isnan(pool(np.nan, np.nan))


@given(probability, probability)
def test_a_better_signal_stays_better_whatever_is_said(p, q):
    for stated in (0.0, 1.0, np.nan):
        assert (pool(p, stated) <= pool(q, stated)) or p > q


@given(probability)
def test_a_yes_never_lowers_and_a_no_never_raises(p):
    assert pool(p, 0.0) <= p <= pool(p, 1.0)
