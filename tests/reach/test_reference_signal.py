"""From delivered or assumed power to the reference signal: the carrier's EIRP, never its pilot's."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import worlds

from phusong.plans.options.serving import raise_antennas
from phusong.reach.link_budget import assumed_eirp_dbm, reference_eirp_dbm
from phusong.reach.sites import derive_carriers
from phusong.vocabulary.parameters import load_parameters

RADIO = load_parameters().radio
TECHNOLOGIES = ("2G", "3G", "4G", "5G")


def derive(technology, band, **delivered):
    """The carrier of one cell, with what was delivered of it."""
    cells = worlds.cells([("VIETTEL", technology, band, 0.0, 0.0)])
    for name, value in delivered.items():
        cells[name] = pd.Series([value], dtype=cells[name].dtype)
    return derive_carriers(cells, pd.Series(["S1"]), radio=RADIO).iloc[0]


@pytest.mark.parametrize(
    ("technology", "band", "delivered", "reference"),
    [
        ("2G", 900.0, {}, 62.0),
        ("2G", 900.0, {"eirp_dbm": 60.0}, 60.0),
        ("3G", 2100.0, {}, 49.0),
        ("3G", 2100.0, {"eirp_dbm": 59.0}, 49.0),
        ("4G", 1800.0, {}, 31.2),
        ("4G", 1800.0, {"eirp_dbm": 62.0, "ports": 1}, 31.2),
        ("4G", 1800.0, {"eirp_dbm": 62.0, "ports": 2}, 28.2),
        ("4G", 1800.0, {"eirp_dbm": 65.0}, 31.2),
        ("4G", 900.0, {"eirp_dbm": 62.0, "ports": 1}, 34.2),
        ("4G", 900.0, {"eirp_dbm": 62.0, "ports": 1, "bandwidth_mhz": 5.0}, 37.2),
        ("4G", 1800.0, {"bandwidth_mhz": 10.0}, 34.2),
        ("5G", 2600.0, {}, 24.2),
        ("5G", 2600.0, {"eirp_dbm": 77.0}, 39.2),
        ("5G", 700.0, {"eirp_dbm": 65.0, "bandwidth_mhz": 10.0, "ports": 2}, 34.2),
    ],
)
def test_the_carrier_is_shared_out_as_worked_out_by_hand(technology, band, delivered, reference):
    carrier = derive(technology, band, **delivered)
    assert carrier["eirp_re_dbm"] == pytest.approx(reference, abs=0.05)


@given(
    st.sampled_from(TECHNOLOGIES),
    st.sampled_from([700.0, 900.0, 1800.0, 2100.0, 2600.0]),
    st.sampled_from([None, 1.4, 5.0, 20.0, 100.0]),
    st.sampled_from([None, 1, 2, 4, 8]),
)
def test_writing_the_assumed_eirp_in_changes_nothing(technology, band, width, ports):
    left_out = pd.DataFrame(
        {"technology": [technology], "frequency_mhz": [band], "bandwidth_mhz": [width], "ports": [ports]}
    )  # fmt: skip
    written = left_out.assign(eirp_dbm=assumed_eirp_dbm(left_out, radio=RADIO))
    assert reference_eirp_dbm(written, radio=RADIO).tolist() == pytest.approx(
        reference_eirp_dbm(left_out, radio=RADIO).tolist(), abs=1e-9
    )


@given(
    st.sampled_from(TECHNOLOGIES),
    st.floats(20.0, 90.0),
    st.sampled_from([5.0, 20.0, 100.0]),
    st.integers(1, 8),
)
def test_the_reference_signal_is_never_above_the_carrier_and_moves_with_it(
    technology, eirp, width, ports
):
    one = pd.DataFrame(
        {"technology": technology, "frequency_mhz": 1800.0, "bandwidth_mhz": width, "ports": ports,
         "eirp_dbm": [eirp, eirp + 3.0]}
    )  # fmt: skip
    low, high = reference_eirp_dbm(one, radio=RADIO)
    assert low <= eirp + 1e-9 and high - low == pytest.approx(3.0)


def test_a_planned_antenna_sends_what_one_without_delivered_power_does():
    candidates = pd.DataFrame({"x_m": [0.0], "y_m": [0.0], "height_m": [42.0], "backoff_db": [0.0]})
    planned = raise_antennas(candidates, radio=RADIO)
    assert planned.eirp_re_dbm.tolist() == pytest.approx([derive("4G", 1800.0)["eirp_re_dbm"]])


def test_what_the_link_budget_had_to_assume_is_listed_and_nothing_else():
    assert derive("3G", 2100.0)["assumed"] == "eirp_dbm|azimuth_deg"
    assert derive("4G", 1800.0)["assumed"] == "eirp_dbm|azimuth_deg|bandwidth_mhz"
    sent = {"eirp_dbm": 62.0, "azimuth_deg": 10.0}
    assert derive("4G", 1800.0, **sent)["assumed"] == "bandwidth_mhz|ports"
    assert pd.isna(derive("4G", 1800.0, **sent, bandwidth_mhz=20.0, ports=2)["assumed"])
    assert pd.isna(derive("3G", 2100.0, **sent)["assumed"])


def test_no_frame_is_changed():
    cells = pd.DataFrame({"technology": ["4G"], "frequency_mhz": [1800.0]})
    before = cells.copy()
    assert np.isfinite(reference_eirp_dbm(cells, radio=RADIO)).all() and cells.equals(before)
