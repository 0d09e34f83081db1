"""The middle of the flow: from accepted tables to gaps and indicators."""

from __future__ import annotations

import pandas as pd

from phusong.gaps.hamlets import find_gaps
from phusong.gaps.indicators import count_indicators
from phusong.gaps.pupils.counts import count_gaps
from phusong.pipeline.bench import Bench
from phusong.places.boundaries import repair_communes
from phusong.places.hamlets import flag_rounded_points, ground_hamlets
from phusong.places.placement import check_placement
from phusong.places.points import place_points
from phusong.reach.checks import mark_checked, name_operators
from phusong.reach.fibre import reach_fibre
from phusong.reach.hamlets import fuse_evidence, reach_hamlets, weigh_points
from phusong.reach.layers import Layers, list_layers
from phusong.reach.link_budget import is_built_up
from phusong.reach.radio import model_radio
from phusong.reach.signal import unite_operators
from phusong.reach.sites import derive_carriers, merge_sites, select_cells
from phusong.reach.statements import identify_claims, state_claims, state_polygons
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.parameters import Radio
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.results import GAPS, REACH
from phusong.vocabulary.terms import Edition, Technology


def compute_places(bench: Bench) -> None:
    """Make communes, hamlets, their test points, and the list of hamlets out of place."""
    places, crs = bench.parameters.places, bench.crs
    accepted = flag_rounded_points(
        bench.table("accepted_hamlets"),
        rounding_arcmin=places.number("rounding_arcmin"),
    )
    _check_editions(bench, accepted)
    communes, _ = repair_communes(
        bench.table("accepted_communes"), sliver_width_m=places.number("sliver_width_m"), crs=crs
    )
    hamlets = ground_hamlets(accepted, communes, crs=crs)
    tolerance = places.number("border_tolerance_m")
    points = place_points(
        hamlets,
        accepted,
        tile_m=bench.parameters.radio.number("tile_m"),
        centre_weight=places.number("centre_weight"),
        cluster_weight=places.number("cluster_weight"),
        ground_weight=places.number("ground_weight"),
        crs=crs,
    )
    bench.keep_table("communes", communes)
    bench.keep_table("hamlets", hamlets)
    bench.keep_table("points", points)
    bench.keep_table(
        "placement", check_placement(hamlets, communes, tolerance_m=tolerance, crs=crs)
    )


def _check_editions(bench: Bench, hamlets: pd.DataFrame) -> None:
    """Refuse communes and hamlets told in different editions: equal codes would be different places."""
    told = set(bench.table("accepted_communes")["edition"]) | set(hamlets["edition"])
    if len(told) > 1:
        raise ParameterFault(
            f"communes and hamlets are told in different editions ({', '.join(sorted(told))}): state the "
            "`edition` of each source in the province file, or deliver both in one edition"
        )


def compute_sites(bench: Bench) -> None:
    """Merge listings into masts and derive the carriers that enter the link budget."""
    radio = bench.parameters.radio
    cells = select_cells(bench.table("accepted_cells"), as_of=bench.as_of)
    sites, site_of_cell = merge_sites(cells, merge_m=radio.number("site_merge_m"), crs=bench.crs)
    bench.keep_table("sites", sites)
    bench.keep_table("carriers", derive_carriers(cells, site_of_cell, radio=radio))


def compute_reach(bench: Bench) -> None:
    """Compute who is reached by what: mobile at the test points, fibre at the centres."""
    radio, policy, crs = bench.parameters.radio, bench.parameters.policy, bench.crs
    hamlets, points, carriers = (
        bench.table("hamlets"),
        bench.table("points"),
        bench.table("carriers"),
    )
    claims = identify_claims(bench.table("accepted_claims"), hamlets)
    coverage, cells = bench.table("accepted_coverage"), bench.table("accepted_cells")
    nodes, found = bench.table("accepted_fibre_nodes"), bench.checks()
    spoken = pd.concat([claims, found[found["operator"] != ""]])
    layers = list_layers(cells, coverage, spoken, operators=bench.province.province.operators)
    fibre_operators = _name_fibre_operators(nodes, spoken)
    checks = name_operators(found, _pair_layers(layers, fibre_operators))
    weighing, terrain = weigh_points(points, hamlets), bench.terrain()
    radiance = model_radio(
        points,
        carriers,
        bench.table("sites"),
        points["hamlet_id"].map(is_built_up(hamlets, radio=radio)).to_numpy(dtype=bool),
        terrain,
        layers,
        radio=radio,
        crs=crs,
    )
    polygons = state_polygons(points[["x_m", "y_m"]].to_numpy(), coverage, layers, crs=crs)
    said, seen = (state_claims(points["hamlet_id"], t, layers) for t in (claims, checks))
    fusion = fuse_evidence(radiance, polygons, said, seen, radio=radio)
    dates = _date_layers(layers, [cells, coverage, claims], bench.as_of)
    mobile = reach_hamlets(
        weighing,
        radiance,
        fusion,
        carriers,
        layers,
        terrain,
        radio=radio,
        policy=policy,
        as_of=dates,
    )
    fibre = reach_fibre(
        hamlets,
        nodes,
        claims,
        operators=fibre_operators,
        fibre=bench.parameters.fibre,
        full_share=policy.number("full_share"),
    )
    reach = conform_table(
        pd.concat([p for p in (mobile, fibre) if len(p)], ignore_index=True), REACH
    )
    bench.keep_table("reach", _mark(reach, checks, radio))
    signal = unite_operators(weighing, radiance, fusion, layers, mobile, radio=radio, policy=policy)
    bench.keep_table("signal", signal)


def compute_gaps(bench: Bench) -> None:
    """Class every hamlet, name its cause, and count its pupils."""
    gaps = find_gaps(
        bench.table("hamlets"),
        bench.table("reach"),
        bench.table("signal"),
        parameters=bench.parameters,
        as_of=bench.as_of,
    )
    bench.keep_table("gaps", conform_table(count_gaps(gaps, bench.table("students")), GAPS))


def compute_indicators(bench: Bench) -> None:
    """Count the indicators in the edition of the sources and in the newest."""
    head = bench.province.province
    editions = sorted({str(head.edition), str(Edition.E2025_07)})
    indicators = count_indicators(
        bench.table("gaps"),
        bench.table("hamlets"),
        editions=editions,
        province=(head.code, head.name),
    )
    bench.keep_table("indicators", indicators)


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


def _date_layers(layers: Layers, tables: list[pd.DataFrame], as_of: pd.Timestamp) -> pd.Series:
    """Return the date of each layer's newest evidence; the day asked where there is none."""
    told = pd.concat([t[["technology", "operator", "as_of"]] for t in tables], ignore_index=True)
    told = told[told["technology"] != Technology.FIBRE]
    newest = told.groupby(["technology", "operator"])["as_of"].max()
    pairs = pd.MultiIndex.from_arrays([layers.technology, layers.operator])
    return newest.reindex(pairs).fillna(as_of).reset_index(drop=True)
