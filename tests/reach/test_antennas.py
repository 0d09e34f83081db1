"""The sector antenna of 3GPP."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.reach.antennas import sector_loss_db

#: The first example may wait for compilation.
patient = settings(deadline=None)


@pytest.mark.parametrize(
    ("bearing", "azimuth", "loss"),
    [
        (120.0, 120.0, 0.0),
        (152.5, 120.0, 3.0),
        (87.5, 120.0, 3.0),
        (185.0, 120.0, 12.0),
        (300.0, 120.0, 30.0),
        (350.0, 22.5, 3.0),
        (-170.0, 222.5, 3.0),
        (77.0, math.nan, 0.0),
    ],
)
def test_half_power_at_half_the_beam_and_a_floor_behind(bearing, azimuth, loss):
    assert sector_loss_db(bearing, azimuth, 65.0, 30.0) == pytest.approx(loss)


@patient
@given(st.floats(-180, 180), st.floats(0, 360), st.floats(0, 180))
def test_both_sides_are_alike_and_full_turns_do_not_matter(bearing, azimuth, off):
    left = sector_loss_db(azimuth - off, azimuth, 65.0, 30.0)
    assert sector_loss_db(azimuth + off, azimuth, 65.0, 30.0) == pytest.approx(left, abs=1e-6)
    here = sector_loss_db(bearing, azimuth, 65.0, 30.0)
    assert sector_loss_db(bearing + 360.0, azimuth, 65.0, 30.0) == pytest.approx(here, abs=1e-6)
    assert 0.0 <= here <= 30.0
