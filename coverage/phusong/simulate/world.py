"""A made-up province as tables: what is true of it, before any office has typed it up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.reach.terrain import Terrain
from phusong.simulate.claims import near_live_node_m, write_claims
from phusong.simulate.crowd import overhear_cells
from phusong.simulate.demonstration import Demonstration, open_demonstration
from phusong.simulate.extent import choose_units
from phusong.simulate.ground import lay_communes
from phusong.simulate.homes import gather_clusters, outline_hamlets
from phusong.simulate.network import simulate_network
from phusong.simulate.paper import AS_OF, choose_paper_covered, draw_coverage
from phusong.simulate.promises import promise_in_campaign
from phusong.simulate.pupils.population import Pupils, enrol_pupils
from phusong.simulate.recipe import Recipe, SettlementRecipe
from phusong.simulate.relief import Relief, level_terrain, raise_relief
from phusong.simulate.roads import lay_roads
from phusong.simulate.schools import open_schools
from phusong.simulate.seeds import seed_part
from phusong.simulate.settlements import read_lie, settle_hamlets
from phusong.simulate.shelter import Roles, cast_roles
from phusong.vocabulary.terms import Operator

#: Side of the cells on which the made-up people see their land, about that of the tile [m].
CELL_M = 90.0
#: A hamlet whose centre lies this near to a live node is ready for fibre, as far as truth goes [m].
READY_M = 1000.0


@dataclass(frozen=True, eq=False)
class Simulated:
    """Hold a made-up province: every table in metres of `crs`, and what is true of its hamlets.

    Parameters
    ----------
    size, seed, crs : of what size, by which seed, in which metric system.
    demonstration : of which province and day.
    left_out : names of units that lie too far from all others.
    communes, hamlets, outlines, clusters : people and their ground.
    relief, roads : the land.
    masts, cells, crowd, coverage : radio: masts, cells on them, cells overheard, VNPT's published map.
    fibre_nodes, fibre_routes, claims : fibre.
    schools : schools.
    pupils : pupils and their households.
    promises : what operators have promised; empty where no list is delivered.
    truth : one row a hamlet: hidden, old_radio, paper_covered, shelter, fibre_node_m, fibre_ready.
    """

    size: str
    seed: int
    crs: int
    demonstration: Demonstration
    left_out: tuple[str, ...]
    communes: gpd.GeoDataFrame
    hamlets: gpd.GeoDataFrame
    outlines: gpd.GeoDataFrame
    clusters: gpd.GeoDataFrame
    relief: Relief
    roads: gpd.GeoDataFrame
    masts: pd.DataFrame
    cells: pd.DataFrame
    crowd: pd.DataFrame
    coverage: gpd.GeoDataFrame
    fibre_nodes: pd.DataFrame
    fibre_routes: gpd.GeoDataFrame
    claims: pd.DataFrame
    schools: pd.DataFrame
    pupils: Pupils
    promises: pd.DataFrame
    truth: pd.DataFrame


def make_world(
    size: str, seed: int, recipe: Recipe, demonstration: Demonstration | None = None
) -> Simulated:
    """Return a made-up province.

    Parameters
    ----------
    size : its name for it; the recipe decides.
    seed : another seed makes another province.
    recipe : every knob.
    demonstration : of which province and day; None: of the default province.
    """
    model = demonstration or open_demonstration()
    crs = model.crs
    chosen = choose_units(
        model, corner=recipe.corner, hamlets=recipe.settlements.hamlets, seed=seed
    )
    units = chosen.units
    communes = lay_communes(units, crs=crs, recipe=recipe.ground, rng=seed_part(seed, "ground"))
    province = shapely.union_all(communes.geometry.to_numpy())
    relief = raise_relief(province, crs=crs, recipe=recipe.relief, rng=seed_part(seed, "relief"))
    terrain = level_terrain(relief, crs=crs, cell_m=CELL_M)
    hamlets, outlines, clusters = _people(communes, terrain, seed, recipe)
    roads = lay_roads(hamlets, terrain, crs=crs, recipe=recipe.roads, rng=seed_part(seed, "roads"))
    schools = open_schools(hamlets, model, recipe=recipe.schools, rng=seed_part(seed, "schools"))
    connections = _connections(hamlets, outlines, clusters, roads, terrain, seed, recipe, model)
    return Simulated(
        size=size,
        seed=seed,
        crs=crs,
        demonstration=model,
        left_out=chosen.left_out,
        communes=communes,
        hamlets=hamlets,
        outlines=outlines,
        clusters=clusters,
        relief=relief,
        roads=roads,
        schools=schools,
        pupils=enrol_pupils(
            schools,
            hamlets,
            connections["truth"],
            model,
            class_size=recipe.schools.class_size,
            recipe=recipe.pupils,
            seed=seed,
        ),
        promises=promise_in_campaign(
            hamlets,
            connections["truth"],
            connections["fibre_nodes"],
            recipe.promises,
            model,
            rng=seed_part(seed, "promises"),
        ),
        **connections,
    )


def _people(
    communes: gpd.GeoDataFrame, terrain: Terrain, seed: int, recipe: Recipe
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return hamlets, their ground and their clusters, and how well each was surveyed."""
    settings = recipe.settlements
    lie = read_lie(terrain, valley_m=settings.valley_m)
    hamlets = settle_hamlets(communes, lie, recipe=settings, rng=seed_part(seed, "settlements"))
    outlines = outline_hamlets(hamlets, communes, ground=recipe.ground, recipe=settings)
    homes = seed_part(seed, "homes")
    clusters = gather_clusters(hamlets, outlines, lie, recipe=settings, rng=homes)
    location = _survey(len(hamlets), settings, seed_part(seed, "survey"))
    hamlets = hamlets.assign(clusters=clusters["count"].to_numpy(), location=location)
    return hamlets, outlines, clusters


def _connections(
    hamlets: gpd.GeoDataFrame,
    outlines: gpd.GeoDataFrame,
    clusters: gpd.GeoDataFrame,
    roads: gpd.GeoDataFrame,
    terrain: Terrain,
    seed: int,
    recipe: Recipe,
    demonstration: Demonstration,
) -> dict[str, Any]:
    """Return the tables about radio and fibre, and what is true of every hamlet, by field."""
    crs = hamlets.crs.to_epsg()
    centres, people = hamlets[["x_m", "y_m"]].to_numpy(), hamlets["population"].to_numpy()
    network = simulate_network(
        centres,
        people,
        terrain,
        crs=crs,
        seed=seed,
        recipe=recipe,
        roads=roads,
        demonstration=demonstration,
    )
    roles = cast_roles(centres, terrain, recipe=recipe.radio)
    cells, nodes = _address_cells(network.cells, hamlets), network.fibre_nodes
    owner = str(Operator.VNPT)
    paper = choose_paper_covered(
        clusters,
        outlines,
        cells,
        terrain,
        roles,
        operator=owner,
        recipe=recipe.paper,
        radio=recipe.radio,
    )
    return {
        "masts": network.masts,
        "cells": cells,
        "coverage": draw_coverage(
            cells,
            outlines,
            roles,
            paper,
            operator=owner,
            recipe=recipe.paper,
            as_of=demonstration.stamp(*AS_OF),
        ),
        "fibre_nodes": nodes,
        "fibre_routes": network.fibre_routes,
        **_statements(hamlets, cells, nodes, seed, recipe, demonstration),
        "truth": _tell_truth(hamlets, nodes, roles, paper),
    }


def _statements(
    hamlets: gpd.GeoDataFrame,
    cells: pd.DataFrame,
    nodes: pd.DataFrame,
    seed: int,
    recipe: Recipe,
    demonstration: Demonstration,
) -> dict[str, pd.DataFrame]:
    """Return what phones overheard and what operators wrote of hamlets, by field."""
    settings, crs = recipe.paper, hamlets.crs.to_epsg()
    crowd, claims = seed_part(seed, "crowd"), seed_part(seed, "claims")
    return {
        "crowd": overhear_cells(cells, crs=crs, recipe=settings, day=demonstration.day, rng=crowd),
        "claims": write_claims(
            hamlets,
            nodes,
            ready_m=READY_M,
            recipe=settings,
            demonstration=demonstration,
            rng=claims,
        ),
    }


def _survey(count: int, recipe: SettlementRecipe, rng: np.random.Generator) -> np.ndarray:
    """Return how each hamlet is placed: by an outline, by a point, or by its commune alone."""
    location = np.where(rng.random(count) < recipe.outlined, "polygon", "point").astype(object)
    location[rng.choice(count, min(recipe.unplaced, count), replace=False)] = "commune"
    return location


def _address_cells(cells: pd.DataFrame, hamlets: pd.DataFrame) -> pd.DataFrame:
    """Return the cells with the address of the hamlet next to them, and who stands on Viettel's masts."""
    home = hamlets.iloc[cells["place"]].reset_index(drop=True)
    kind = home["kind"].str.capitalize()
    host = set(cells.loc[cells["operator"] == Operator.VIETTEL, "mast_id"])
    guest = (cells["operator"] == Operator.VIETNAMOBILE) & cells["mast_id"].isin(host)
    return cells.assign(
        address=kind + " " + home["name"],
        commune=home["commune"],
        commune_code=home["commune_code"],
        district=home["district"],
        hosted=guest,
    )


def _tell_truth(
    hamlets: pd.DataFrame, nodes: pd.DataFrame, roles: Roles, paper: np.ndarray
) -> pd.DataFrame:
    """Return what is true of each hamlet, as far as the made-up world decided it."""
    distance = near_live_node_m(hamlets, nodes)
    return hamlets[["hamlet_id", "commune_code", "location", "upland"]].assign(
        hidden=roles.hidden,
        old_radio=roles.old_radio,
        paper_covered=paper,
        shelter=roles.shelter.round(4),
        fibre_node_m=np.round(distance, 1),
        fibre_ready=distance <= READY_M,
    )
