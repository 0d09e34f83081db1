"""What the map calls dark and what the plan calls cured are one computation, whatever the parameters say."""

import numpy as np
import pandas as pd
import pytest
from tests import worlds

from phusong.plans.options.serving import find_servers, hear_antennas, raise_antennas
from phusong.reach.layers import list_layers
from phusong.reach.link_budget import make_link_budget
from phusong.reach.pathloss import MODELS
from phusong.reach.radio import model_radio
from phusong.reach.sites import derive_carriers, merge_sites
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.schema import empty_table
from phusong.vocabulary.tables import TABLES

pytestmark = pytest.mark.long

P = load_parameters()
NUMBERS = [n for n in type(P.radio).model_fields if n != "model"]
#: Parameters that decide what a 4G mast without stated band, power and height sounds like 6 km away.
HEARD = {
    "antenna_gain_dbi", "band_4g_mhz", "bandwidth_above_1ghz_mhz", "feeder_loss_db", "mast_height_m",
    "port_power_dbm", "receiver_height_m", "subcarriers_per_mhz",
}  # fmt: skip
SPOTS = {"near": (1_000.0, 0.0), "behind": (6_000.0, 0.0), "aside": (0.0, -4_000.0)}


def hear_both(radio):
    """Signal and probability at the centres of hamlets: of a mast as delivered, and as a candidate."""
    cells = worlds.cells([("VIETTEL", "4G", np.nan, 0.0, 0.0)])
    cells = cells.assign(band_mhz=np.nan, height_m=np.nan)
    sites, of_cell = merge_sites(cells, merge_m=50.0, crs=worlds.CRS)
    carriers = derive_carriers(cells, of_cell, radio=radio)
    points = worlds.points(SPOTS).query("kind == 'centre'").reset_index(drop=True)
    urban, terrain = np.array([True, False, False]), worlds.ridge()
    silent = [empty_table(TABLES[n]) for n in ("accepted_coverage", "accepted_claims")]
    layers = list_layers(cells, *silent)
    layer = np.flatnonzero(np.array(layers.technology) == "4G")[0]
    delivered = model_radio(
        points, carriers, sites, urban, terrain, layers, radio=radio, crs=worlds.CRS
    )
    candidate = pd.DataFrame({
        "x_m": [worlds.ORIGIN_X], "y_m": [worlds.ORIGIN_Y],
        "height_m": carriers["height_m"], "backoff_db": [0.0],
    })  # fmt: skip
    world = (raise_antennas(candidate, radio=radio), np.zeros(1, dtype=int))
    world += (points[["x_m", "y_m"]].to_numpy(), terrain)
    planned = find_servers(*world, layers=1, urban=urban, budget=make_link_budget(radio))
    height = radio.number("receiver_height_m")
    served = hear_antennas(*world, layers=1, urban=urban, receiver_height_m=height, radio=radio)
    return (
        (delivered.servers.signal_dbm[:, layer], planned.signal_dbm[:, 0]),
        (delivered.probability[:, layer], served[:, 0]),
    )


def change(name, value):
    return load_parameters({"radio": {name: value}}).radio


def test_a_mast_as_delivered_and_as_a_candidate_sound_the_same():
    (delivered, planned), (mapped, served) = hear_both(P.radio)
    assert np.isfinite(delivered).all()
    np.testing.assert_allclose(planned, delivered, atol=0.01)
    np.testing.assert_allclose(served, mapped, atol=1e-3)


@pytest.mark.parametrize("name", NUMBERS)
def test_one_changed_parameter_moves_map_and_plan_together(name):
    (before, _), (likely, _) = hear_both(P.radio)
    parameter = getattr(P.radio, name)
    moved = False
    for value in {parameter.low, parameter.high} - {parameter.value}:
        (delivered, planned), (mapped, served) = hear_both(change(name, value))
        np.testing.assert_allclose(planned, delivered, atol=0.01)
        np.testing.assert_allclose(served, mapped, atol=1e-3)
        moved |= not np.allclose(delivered, before) or not np.allclose(mapped, likely)
    assert moved or name not in HEARD | {"shadowing_db", "edge_4g_dbm"}


@pytest.mark.parametrize("model", sorted(MODELS))
def test_another_model_is_another_model_for_both(model):
    (delivered, planned), _ = hear_both(change("model", model))
    np.testing.assert_allclose(planned, delivered, atol=0.01)
