"""The middle of the flow: from accepted tables to gaps and indicators."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from phusong.gaps.changed_coverage import compare_lists
from phusong.gaps.hamlets import find_gaps
from phusong.gaps.indicators import count_indicators
from phusong.gaps.pupils.counts import count_gaps
from phusong.pipeline.stage_context import StageContext
from phusong.places.boundaries import repair_communes
from phusong.places.commune_codes import convert_by_hamlets
from phusong.places.editions import list_reported
from phusong.places.hamlet_lineage import carry_rows
from phusong.places.hamlets import flag_rounded_points, ground_hamlets
from phusong.places.placement import check_placement
from phusong.places.points import place_points
from phusong.reach.checks import mark_checked, name_operators
from phusong.reach.fibre import reach_fibre
from phusong.reach.former_statements import date_points, state_points, unite_former
from phusong.reach.hamlets import fuse_evidence, reach_hamlets, weigh_points
from phusong.reach.layers import Layers, list_layers
from phusong.reach.link_budget import is_built_up
from phusong.reach.measurements import place_measurements
from phusong.reach.path_counts import sum_paths
from phusong.reach.radio import model_radio
from phusong.reach.residential import list_residential_signal
from phusong.reach.signal import unite_operators
from phusong.reach.sites import derive_carriers, merge_sites, select_cells
from phusong.reach.statements import identify_claims, state_polygons
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.parameters import Radio
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables.results import (
    CHANGED_COVERAGE,
    GAPS,
    HAMLET_CLASSES,
    HAMLET_LINEAGE,
    REACH,
    RESIDENTIAL_SIGNAL,
    SIGNAL,
)
from phusong.vocabulary.terms import Technology


def compute_places(context: StageContext) -> None:
    """Make communes, hamlets, their test points, and the list of hamlets out of place."""
    places, crs = context.parameters.places, context.crs
    accepted = flag_rounded_points(
        context.table("accepted_hamlets"),
        rounding_arcmin=places.number("rounding_arcmin"),
    )
    _check_editions(context, accepted)
    communes, _ = repair_communes(
        context.table("accepted_communes"), sliver_width_m=places.number("sliver_width_m"), crs=crs
    )
    hamlets = ground_hamlets(accepted, communes, crs=crs)
    tolerance = places.number("border_tolerance_m")
    points = place_points(
        hamlets,
        accepted,
        tile_m=context.parameters.radio.number("tile_m"),
        centre_weight=places.number("centre_weight"),
        cluster_weight=places.number("cluster_weight"),
        crs=crs,
        traced=context.table(HAMLET_LINEAGE.name),
    )
    context.save_table("communes", communes)
    context.save_table("hamlets", hamlets)
    context.save_table("points", points)
    context.save_table(
        "placement", check_placement(hamlets, communes, tolerance_m=tolerance, crs=crs)
    )


def _check_editions(context: StageContext, hamlets: pd.DataFrame) -> None:
    """Refuse communes and hamlets told in different editions: equal codes would be different places."""
    described = set(context.table("accepted_communes")["edition"]) | set(hamlets["edition"])
    if len(described) > 1:
        raise ParameterFault(
            f"communes and hamlets are told in different editions ({', '.join(sorted(described))}): state "
            "the `edition` of each source in the province file, or deliver both in one edition"
        )


def compute_measurements(context: StageContext) -> None:
    """Bring the measurements to their hamlets."""
    hamlets = context.table("hamlets")
    placed = place_measurements(
        _convert_communes(context.table("accepted_measurements"), hamlets, context),
        hamlets,
        context.table("points"),
        crs=context.crs,
    )
    context.save_table("measurements", placed)


def _convert_communes(
    rows: pd.DataFrame, hamlets: pd.DataFrame, context: StageContext
) -> pd.DataFrame:
    """Return rows that name hamlets, with commune codes of the hamlets' edition."""
    return convert_by_hamlets(rows, hamlets, name="hamlet_name", register=context.register)


def compute_sites(context: StageContext) -> None:
    """Merge listings into masts and derive the carriers that enter the link budget."""
    radio = context.parameters.radio
    cells = select_cells(context.table("accepted_cells"), as_of=context.as_of)
    sites, site_of_cell = merge_sites(cells, merge_m=radio.number("site_merge_m"), crs=context.crs)
    context.save_table("sites", sites)
    context.save_table("carriers", derive_carriers(cells, site_of_cell, radio=radio))


def compute_reach(context: StageContext) -> None:
    """Compute who is reached by what: mobile at the test points, fibre at the centres."""
    hamlets, traced = context.table("hamlets"), context.table(HAMLET_LINEAGE.name)
    found = carry_rows(context.checks(), traced, key="claim_id", repeat=True)
    stated = _convert_communes(context.table("accepted_claims"), hamlets, context)
    claims = identify_claims(stated, hamlets)
    nodes = context.table("accepted_fibre_nodes")
    statements = pd.concat([claims, found[found["operator"] != ""]])
    layers = list_layers(
        context.table("accepted_cells"),
        context.table("accepted_coverage"),
        statements,
        operators=context.head("operators"),
        complete=context.head("complete_lists"),
    )
    fibre_operators = _name_fibre_operators(nodes, statements)
    checks = name_operators(found, _pair_layers(layers, fibre_operators))
    mobile, signal, residential = _reach_mobile(context, layers, claims, checks)
    households = hamlets.set_index("hamlet_id")["households"]
    claims, checks = (unite_former(t, traced, households) for t in (claims, checks))
    fibre = reach_fibre(
        hamlets,
        nodes,
        claims,
        operators=fibre_operators,
        fibre=context.parameters.fibre,
        full_share=context.parameters.policy.number("full_share"),
    )
    parts = [p for p in (mobile, fibre) if len(p)]
    reach = pd.concat(parts, ignore_index=True) if parts else empty_table(REACH)
    for name, count in sum_paths(reach).items():
        context.count(name, count)
    context.save_table("reach", _mark(reach, checks, context.parameters.radio))
    context.save_table("signal", signal)
    context.save_table(RESIDENTIAL_SIGNAL.name, residential)


def _reach_mobile(
    context: StageContext, layers: Layers, claims: pd.DataFrame, checks: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the mobile rows of `reach`, `signal` and `residential_signal`; empty where nothing is asked."""
    if not len(layers):
        return empty_table(REACH), empty_table(SIGNAL), empty_table(RESIDENTIAL_SIGNAL)
    radio, policy, crs = context.parameters.radio, context.parameters.policy, context.crs
    hamlets, points, carriers = (context.table(n) for n in ("hamlets", "points", "carriers"))
    cells, coverage = context.table("accepted_cells"), context.table("accepted_coverage")
    weighing, terrain = weigh_points(points, hamlets), context.terrain()
    radiance = model_radio(
        points,
        carriers,
        context.table("sites"),
        points["hamlet_id"].map(is_built_up(hamlets, radio=radio)).to_numpy(dtype=bool),
        terrain,
        layers,
        radio=radio,
        crs=crs,
    )
    polygons = state_polygons(points[["x_m", "y_m"]].to_numpy(), coverage, layers, crs=crs)
    stated, seen = (state_points(points, t, layers) for t in (claims, checks))
    fusion = fuse_evidence(radiance, polygons, stated, seen, radio=radio)
    dates = _date_layers(layers, [cells, coverage, claims], context)
    by_layer: dict[str, Any] = {"radio": radio, "policy": policy, "as_of": dates}
    mobile = reach_hamlets(weighing, radiance, fusion, carriers, layers, terrain, **by_layer)
    signal = unite_operators(weighing, radiance, fusion, layers, mobile, radio=radio, policy=policy)
    dated = _date_points(points, checks, layers, dates)
    residential = list_residential_signal(
        points, radiance, fusion, layers, terrain, dates=dated, radio=radio, crs=crs
    )
    return mobile, signal, residential


def compute_classes(context: StageContext) -> None:
    """Class every hamlet and name its cause; of pupils it says nothing, since their need rests on it."""
    classes = find_gaps(
        context.table("hamlets"),
        context.table("reach"),
        context.table("signal"),
        context.table(RESIDENTIAL_SIGNAL.name),
        parameters=context.parameters,
        as_of=context.as_of,
    )
    context.save_table(HAMLET_CLASSES.name, classes)


def compute_gaps(context: StageContext) -> None:
    """Count the pupils of every hamlet beside its class."""
    gaps = count_gaps(context.table(HAMLET_CLASSES.name), context.table("students"))
    context.save_table(GAPS.name, conform_table(gaps, GAPS))


def compute_indicators(context: StageContext) -> None:
    """Count the indicators in the edition of the sources and in the newest."""
    register = context.register
    described = list_reported(context.head("edition"), context.head("code"), register)
    indicators = count_indicators(
        context.table("gaps"),
        context.table("hamlets"),
        editions=[str(e) for e in described],
        province=(context.head("code"), context.head("name")),
        register=register,
    )
    context.save_table("indicators", indicators)
    changed = compare_lists(
        context.table("gaps"),
        context.table("hamlets"),
        context.table(HAMLET_LINEAGE.name),
        context.table(RESIDENTIAL_SIGNAL.name),
        province=context.head("code"),
    )
    context.save_table(CHANGED_COVERAGE.name, changed)


def _name_fibre_operators(nodes: pd.DataFrame, spoken: pd.DataFrame) -> list[str]:
    """Return the operators of whose fibre somebody has said anything."""
    of_fibre = spoken[spoken["technology"] == Technology.FIBRE]
    return sorted(set(nodes["operator"]) | set(of_fibre["operator"]))


def _pair_layers(layers: Layers, fibre_operators: list[str]) -> pd.DataFrame:
    """Return technology and operator of every layer, fibre included."""
    mobile = pd.DataFrame({"technology": layers.technology, "operator": layers.operator})
    fibre = pd.DataFrame({"technology": str(Technology.FIBRE), "operator": fibre_operators})
    return pd.concat([mobile, fibre], ignore_index=True)


def _mark(reach: pd.DataFrame, checks: pd.DataFrame, radio: Radio) -> pd.DataFrame:
    """Return table `reach` with what was found on the spot as its evidence."""
    certainty = radio.number("checked_probability")
    return conform_table(mark_checked(reach, checks, certainty=certainty), REACH)


def _date_points(
    points: pd.DataFrame, checks: pd.DataFrame, layers: Layers, dates: pd.Series
) -> np.ndarray:
    """Return the date of the evidence at each point and layer: of what was found there, else of the layer."""
    found_on = date_points(points, checks, layers)
    return np.where(np.isnat(found_on), dates.to_numpy("datetime64[us]")[None, :], found_on)


def _date_layers(layers: Layers, tables: list[pd.DataFrame], context: StageContext) -> pd.Series:
    """Return the date of each layer's newest evidence; the day asked where there is none."""
    described = pd.concat(
        [t[["technology", "operator", "as_of"]] for t in tables], ignore_index=True
    )
    described = described[described["technology"] != Technology.FIBRE]
    newest = described.groupby(["technology", "operator"])["as_of"].max()
    pairs = pd.MultiIndex.from_arrays([layers.technology, layers.operator])
    dates = newest.reindex(pairs).reset_index(drop=True)
    return dates.fillna(context.as_of) if dates.isna().any() else dates
