"""Masts and fibre for any hamlets on any ground: the made-up province's, or somebody else's."""

from __future__ import annotations

from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd

from phusong.reach.terrain import Terrain
from phusong.simulate.building import build_sites
from phusong.simulate.demonstration import Demonstration, open_demonstration
from phusong.simulate.fibre import lay_fibre
from phusong.simulate.masts import fit_cells, list_masts
from phusong.simulate.prospects import look_for_places
from phusong.simulate.recipe import Recipe
from phusong.simulate.seeds import seed_part
from phusong.simulate.shelter import cast_roles


class Network(NamedTuple):
    """Hold a made-up network.

    Parameters
    ----------
    masts : mast_id, place, structure, height_m, x_m, y_m, lon, lat.
    cells : columns of accepted_cells, then mast_id, place, x_m, y_m.
    fibre_nodes : columns of accepted_fibre_nodes, then place, x_m, y_m.
    fibre_routes : columns of accepted_fibre_routes, then start_node, end_node; geometry in EPSG:4326.
    """

    masts: pd.DataFrame
    cells: pd.DataFrame
    fibre_nodes: pd.DataFrame
    fibre_routes: gpd.GeoDataFrame


def simulate_network(
    centres_xy: np.ndarray,
    population: np.ndarray,
    terrain: Terrain | None,
    *,
    crs: int,
    seed: int,
    recipe: Recipe,
    roads: gpd.GeoDataFrame | None = None,
    demonstration: Demonstration | None = None,
) -> Network:
    """Return a made-up network for hamlets: masts, cells, fibre nodes and fibre routes.

    Parameters
    ----------
    centres_xy : hamlets [n, 2] [m], no two alike.
    population : their people [n].
    terrain : ground in the same metric system; None for a flat world.
    crs : metric system.
    seed : another seed makes another network.
    recipe : what is built; `radio` and `fibre` count here.
    roads : start, end (row numbers of hamlets), cost and geometry [m], along which fibre lies; straight
        lines between neighbours where none are given.
    demonstration : for codes and days; None: that of the default province.
    """
    radio, model = recipe.radio, demonstration or open_demonstration()
    people = np.asarray(population, dtype=float)
    roles = cast_roles(centres_xy, terrain, recipe=radio)
    prospects = look_for_places(
        centres_xy, people, terrain, roles, recipe=radio, rng=seed_part(seed, "prospects")
    )
    built = build_sites(
        prospects, centres_xy, people, recipe=radio, rng=seed_part(seed, "building")
    )
    masts = list_masts(prospects, built, crs=crs)
    cells = fit_cells(
        masts,
        built,
        prospects,
        centres_xy,
        roles.shelter,
        crs=crs,
        recipe=radio,
        demonstration=model,
        rng=seed_part(seed, "cells"),
    )
    nodes, routes = lay_fibre(
        centres_xy,
        roles.shelter,
        roads,
        crs=crs,
        recipe=recipe.fibre,
        demonstration=model,
        rng=seed_part(seed, "fibre"),
    )
    return Network(masts.drop(columns="spot"), cells, nodes, routes)
