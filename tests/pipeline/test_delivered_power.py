"""One operator of the demonstration delivers what its carriers send, and it comes to what is true of them."""

import numpy as np
import pandas as pd
import pytest

from phusong.pipeline.explanation import explain_hamlet
from phusong.reach.link_budget import reference_eirp_dbm
from phusong.simulate.recipe import RadioRecipe
from phusong.store import read_table
from phusong.vocabulary.parameters import load_parameters

TRUE = RadioRecipe()
REFERENCE = {"2G": TRUE.carrier_2g_dbm, "3G": TRUE.pilot_dbm, "4G": TRUE.reference_dbm}


@pytest.fixture(scope="module")
def carriers(finished):
    cells = read_table(finished, "accepted_cells")[
        ["cell_id", "eirp_dbm", "bandwidth_mhz", "ports"]
    ]
    return read_table(finished, "carriers").merge(cells, on="cell_id")


def test_an_office_delivers_the_eirp_of_its_carriers_and_none_of_it_is_assumed(carriers):
    delivered = carriers[carriers["eirp_dbm"].notna()]
    assert set(delivered["operator"]) == {"VIETNAMOBILE"} and len(delivered)
    assert not delivered["assumed"].fillna("").str.contains("eirp|bandwidth|ports").any()
    others = carriers[carriers["eirp_dbm"].isna()]
    assert others["assumed"].str.contains("eirp_dbm").all()


def test_delivered_and_assumed_power_come_to_the_reference_signal_that_is_true(carriers):
    true = carriers["technology"].map(REFERENCE)
    assert np.abs(carriers["eirp_re_dbm"] - true).max() < 0.06


def test_a_narrow_carrier_of_the_office_sends_less_for_the_same_reference_signal():
    operator = next(o for o in TRUE.operators if o.bandwidth_mhz == 10.0)
    sent = TRUE.reference_dbm + 10 * np.log10(60 * operator.bandwidth_mhz * operator.ports)
    cell = pd.DataFrame(
        {
            "technology": ["4G"], "frequency_mhz": [1800.0], "eirp_dbm": [round(sent, 1)],
            "bandwidth_mhz": [operator.bandwidth_mhz], "ports": [operator.ports],
        }
    )  # fmt: skip
    radio = load_parameters().radio
    assert reference_eirp_dbm(cell, radio=radio)[0] == pytest.approx(TRUE.reference_dbm, abs=0.06)
    assert sent == pytest.approx(62.0, abs=0.05)


def test_a_ready_hamlet_is_explained_with_its_free_ports(finished):
    gaps, reach = read_table(finished, "gaps"), read_table(finished, "reach")
    ready = gaps.loc[gaps["class"] == "K1", "hamlet_id"].iloc[0]
    text = "\n".join(explain_hamlet(finished, ready))
    rows = reach[(reach["hamlet_id"] == ready) & (reach["technology"] == "FIBRE")]
    assert "free fibre ports: unknown" in text
    for row in rows[rows["ports_free"].notna()].itertuples():
        assert f"{row.ports_free} free ports" in text
