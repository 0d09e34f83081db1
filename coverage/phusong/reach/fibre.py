"""Fibre per hamlet and operator: ready when a live access node is near, or the operator says so."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.reach.nearest import nearest_sites
from phusong.vocabulary.parameters import Fibre
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables.results import REACH
from phusong.vocabulary.terms import Evidence, FibreBasis, NetworkStatus, Status, Technology


def reach_fibre(
    hamlets: pd.DataFrame,
    nodes: pd.DataFrame,
    claims: pd.DataFrame,
    *,
    operators: list[str],
    fibre: Fibre,
    full_share: float,
) -> pd.DataFrame:
    """Return the fibre rows of table `reach`.

    Parameters
    ----------
    hamlets : table `hamlets`.
    nodes : accepted_fibre_nodes; only live access nodes with a port left can connect anybody.
    claims : accepted_claims, identified.
    operators : of whose fibre somebody has said anything.
    fibre : parameters.
    full_share : share of households passed from which a claim covers the whole hamlet.

    Notes
    -----
    Ready means a live access node within `ready_distance_m` of the centre, along the ellipsoid, or an
    operator's claim. Which of the two it was is kept. An operator who delivered neither nodes nor a
    claim for the hamlet leaves UNKNOWN, and so does one whose lists are all stated to be incomplete, where
    no node is near. The free ports of a node are given to one hamlet, the nearest, so
    that no port is counted twice; whether they suffice is judged with the class.
    """
    spoken = claims[claims["technology"] == Technology.FIBRE]
    parts = [
        _reach_operator(
            hamlets,
            nodes[nodes["operator"] == n],
            spoken[spoken["operator"] == n],
            n,
            fibre,
            full_share,
        )
        for n in operators
    ]
    return (
        conform_table(pd.concat(parts, ignore_index=True), REACH) if parts else empty_table(REACH)
    )


def usable_nodes(nodes: pd.DataFrame) -> pd.DataFrame:
    """Return the nodes that can connect a household today: live, access, a port free or not counted."""
    live = (nodes["status"] == NetworkStatus.LIVE) & nodes["access"].astype(bool)
    return nodes[live & ~(nodes["ports_free"] == 0).fillna(False).astype(bool)].reset_index(
        drop=True
    )


def _reach_operator(
    hamlets: pd.DataFrame,
    nodes: pd.DataFrame,
    claims: pd.DataFrame,
    operator: str,
    fibre: Fibre,
    full_share: float,
) -> pd.DataFrame:
    """Return one operator's fibre rows."""
    rows = hamlets[["hamlet_id"]].reset_index(drop=True)
    near = _find_nodes(hamlets, usable_nodes(nodes))
    latest = claims.dropna(subset=["hamlet_id"]).sort_values(["as_of", "claim_id"])
    said = latest.drop_duplicates("hamlet_id", keep="last").set_index("hamlet_id")
    claim = _claimed_share(
        rows["hamlet_id"], hamlets["households"].to_numpy(dtype=float, na_value=np.nan), said
    )
    has_node = (near["distance_m"] <= fibre.number("ready_distance_m")).to_numpy()
    share = np.where(has_node, 1.0, claim)
    # A node within reach is one whatever else is missing; that none is within reach, a whole list alone says.
    whole = bool(nodes["complete"].fillna(value=True).astype(bool).any())
    silent = np.isnan(claim) & ~has_node & (near["distance_m"].isna().to_numpy() | (not whole))
    share = np.where(silent, np.nan, np.where(np.isnan(share), 0.0, share))
    dates = (
        rows["hamlet_id"].map(said["as_of"]) if len(said) else pd.Series(pd.NaT, index=rows.index)
    )
    return rows.assign(
        technology=str(Technology.FIBRE),
        operator=operator,
        status=_grade(share, full_share),
        served_share=share,
        probability=_believe(share, has_node, claim, fibre),
        evidence=np.where(silent, str(Evidence.ABSENT), str(Evidence.OPERATOR)),
        as_of=dates.fillna(nodes["as_of"].max()),
        distance_m=near["distance_m"],
        node_id=near["node_id"],
        **count_ports(hamlets, usable_nodes(nodes), fibre=fibre),
        operator_share=claim,
        fibre_basis=_name_basis(has_node, claim, silent),
        disagrees=(claim == 0) & has_node,
    )


def _find_nodes(hamlets: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    """Return the nearest usable node of each hamlet's centre; empty where either is unknown."""
    found = pd.DataFrame(
        {"node_id": pd.Series([None] * len(hamlets), dtype="str"), "distance_m": np.nan}
    )
    placed = hamlets["centre_lon"].notna().to_numpy()
    if nodes.empty or not placed.any():
        return found
    centres = hamlets.loc[placed, ["centre_lon", "centre_lat"]].to_numpy()
    index, distance = nearest_sites(centres, nodes[["lon", "lat"]].to_numpy())
    found.loc[placed, "node_id"] = nodes["node_id"].to_numpy()[index]
    found.loc[placed, "distance_m"] = distance
    return found


def count_ports(
    hamlets: pd.DataFrame, nodes: pd.DataFrame, *, fibre: Fibre
) -> dict[str, pd.Series]:
    """Return the free ports that fall to each hamlet, and whether every node within reach counts its ports.

    A node's ports go to the hamlet whose centre is nearest, if that is within `ready_distance_m`.

    Parameters
    ----------
    hamlets : table `hamlets`.
    nodes : usable nodes of one operator.
    fibre : parameters.

    Returns
    -------
    ports_free, ports_counted : in the order of the hamlets; missing where no node is within reach.
    """
    reach_m = fibre.number("ready_distance_m")
    is_near = (_find_nodes(hamlets, nodes)["distance_m"] <= reach_m).to_numpy()
    uncounted = nodes[nodes["ports_free"].isna()]
    lacks_count = (_find_nodes(hamlets, uncounted)["distance_m"] <= reach_m).to_numpy()
    free = pd.Series(0, index=range(len(hamlets)), dtype="Int64")
    placed = np.flatnonzero(hamlets["centre_lon"].notna().to_numpy())
    counted = nodes.dropna(subset=["ports_free"])
    if len(placed) and len(counted):
        centres = hamlets[["centre_lon", "centre_lat"]].to_numpy()[placed]
        owner, distance = nearest_sites(counted[["lon", "lat"]].to_numpy(), centres)
        own = counted.assign(hamlet=placed[owner])[distance <= reach_m]
        ports = own.groupby("hamlet")["ports_free"].sum()
        free.iloc[ports.index.to_numpy()] = ports.to_numpy()
    return {
        "ports_free": free.where(is_near),
        "ports_counted": pd.Series(~lacks_count, dtype="boolean").where(is_near),
    }


def _claimed_share(hamlet_id: pd.Series, households: np.ndarray, said: pd.DataFrame) -> np.ndarray:
    """Return the share of households an operator claims to pass; NaN where it says nothing."""
    if said.empty:
        return np.full(len(hamlet_id), np.nan)
    ready = hamlet_id.map(said["ready"].astype(float)).to_numpy()
    passed = hamlet_id.map(said["households_passed"].astype(float)).to_numpy()
    counted = np.isfinite(passed) & (households > 0)
    share = np.where(counted, np.clip(passed / np.where(counted, households, 1), 0, 1), 1.0)
    return np.where(np.isnan(ready), np.nan, ready * share)


def _grade(share: np.ndarray, full_share: float) -> np.ndarray:
    """Return the status of each share."""
    grade = np.where(share >= full_share, str(Status.FULL), str(Status.PARTIAL))
    grade = np.where(share == 0, str(Status.NONE), grade)
    return np.where(np.isnan(share), str(Status.UNKNOWN), grade)


def _believe(
    share: np.ndarray, has_node: np.ndarray, claim: np.ndarray, fibre: Fibre
) -> np.ndarray:
    """Return the probability of being ready: both witnesses fail independently of each other."""
    doubt_node = np.where(has_node, 1 - fibre.number("node_probability"), 1.0)
    doubt_claim = np.where(
        claim > 0, 1 - fibre.number("claim_probability") * np.nan_to_num(claim), 1.0
    )
    return np.where(np.isnan(share), np.nan, 1 - doubt_node * doubt_claim)


def _name_basis(has_node: np.ndarray, claim: np.ndarray, silent: np.ndarray) -> np.ndarray:
    """Return which witness made the hamlet ready."""
    claimed = claim > 0
    basis = np.select(
        [has_node & claimed, has_node, claimed],
        [str(FibreBasis.BOTH), str(FibreBasis.NODE), str(FibreBasis.CLAIM)],
        str(FibreBasis.NEITHER),
    )
    return np.where(silent, str(FibreBasis.ABSENT), basis)
