"""A made-up network for somebody else's hamlets, on somebody else's ground."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from phusong.reach.terrain import Terrain
from phusong.simulate.network import simulate_network
from phusong.simulate.prospects import loudest_dbm
from phusong.simulate.recipe import Recipe
from phusong.simulate.shelter import cast_roles
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.accepted import CELLS, FIBRE_NODES, FIBRE_ROUTES

RECIPE = Recipe()
SMALL = replace(RECIPE, radio=replace(RECIPE.radio, masts=60, hidden=4, old_radio=6))
#: A corner of the province's metric system, so that positions are in Việt Nam.
CORNER = np.array([550_000.0, 2_360_000.0])


def villages(count=90):
    rng = np.random.default_rng(8)
    xy = CORNER + rng.uniform(1_000, 19_000, (count, 2))
    return xy, rng.integers(200, 3_000, count)


def ridge_land():
    """A plain with a ridge of 800 m across its eastern half."""
    x = np.arange(200) * 100.0
    height = 15.0 + 800.0 * np.exp(-(((x - 14_000.0) / 900.0) ** 2))
    return Terrain(np.tile(height, (200, 1)), CORNER[0], CORNER[1] + 20_000.0, 100.0)


@pytest.mark.parametrize("terrain", [None, ridge_land()], ids=["flat", "ridge"])
def test_the_network_stands_in_the_accepted_tables(terrain):
    xy, people = villages()
    masts, cells, nodes, routes = simulate_network(
        xy, people, terrain, crs=5897, seed=1, recipe=SMALL
    )
    assert abs(len(masts) - 60) <= 2  # sites of four operators, each a whole number
    rest = {"samples": None, "range_m": None, "as_of": pd.NaT}
    conform_table(cells.assign(**rest), CELLS)
    conform_table(nodes, FIBRE_NODES)
    conform_table(routes, FIBRE_ROUTES)
    assert set(cells["operator"]) == {"VIETTEL", "VNPT", "MOBIFONE", "VIETNAMOBILE"}
    away = np.linalg.norm(masts[["x_m", "y_m"]].to_numpy() - xy[masts["place"]], axis=1)
    assert away.max() <= RECIPE.radio.spot_high_m + 1e-6


def test_the_same_seed_makes_the_same_network():
    xy, people = villages()
    one, same, other = (
        simulate_network(xy, people, ridge_land(), crs=5897, seed=s, recipe=SMALL)
        for s in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(one.cells, same.cells)
    pd.testing.assert_frame_equal(one.fibre_routes, same.fibre_routes)
    assert not one.masts["x_m"].equals(other.masts["x_m"])


def test_no_mast_serves_the_hidden_and_no_4g_those_of_old_radio():
    xy, people = villages()
    land, knobs = ridge_land(), SMALL.radio
    roles = cast_roles(xy, land, recipe=knobs)
    cells = simulate_network(xy, people, land, crs=5897, seed=1, recipe=SMALL).cells

    def loudest(technology, eirp_dbm, band_mhz, who):
        mine = cells[(cells["technology"] == technology) & (cells["band_mhz"] == band_mhz)]
        heard = loudest_dbm(
            mine[["x_m", "y_m"]].to_numpy(),
            mine["height_m"].to_numpy(),
            xy[who],
            land,
            frequency_mhz=band_mhz,
            eirp_dbm=eirp_dbm,
            recipe=knobs,
        )
        return heard.max()

    slack = 1.0  # one mast listed twice differs by tens of metres
    assert loudest("3G", knobs.pilot_dbm, 2100.0, roles.hidden) < knobs.edge_2100_dbm + slack
    assert loudest("3G", knobs.pilot_dbm, 900.0, roles.hidden) < knobs.edge_2100_dbm + slack
    assert loudest("4G", knobs.reference_dbm, 1800.0, roles.hidden) < knobs.edge_1800_dbm + slack
    assert loudest("4G", knobs.reference_dbm, 1800.0, roles.old_radio) < knobs.edge_1800_dbm + slack
    assert loudest("4G", knobs.reference_dbm, 1800.0, ~roles.hidden) > knobs.edge_1800_dbm + 20.0


def test_every_village_in_the_plain_has_a_mast_of_the_first_operator_near():
    xy, people = villages()
    plenty = replace(SMALL, radio=replace(SMALL.radio, masts=300, hidden=0, old_radio=0))
    cells = simulate_network(xy, people, None, crs=5897, seed=1, recipe=plenty).cells
    masts = cells.loc[cells["operator"] == "VIETTEL", ["x_m", "y_m"]].to_numpy()
    away = np.linalg.norm(masts[:, None] - xy[None], axis=2).min(axis=0)
    assert away.max() <= RECIPE.radio.cover_m + RECIPE.radio.spot_high_m


def test_backbone_and_exchanges_feed_nobody():
    xy, people = villages()
    nodes = simulate_network(xy, people, None, crs=5897, seed=1, recipe=SMALL).fibre_nodes
    assert not nodes.loc[nodes["kind"].isin(["OLT", "Măng xông cáp trục"]), "access"].any()
    assert nodes.loc[nodes["kind"].isin(["Tủ phối S1", "Hộp S2"]), "access"].all()
    assert (nodes["ports_free"] <= nodes["ports"]).all()
    assert {"live", "building", "planned"} <= set(nodes["status"])
