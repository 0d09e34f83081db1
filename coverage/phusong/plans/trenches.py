"""Trenches as pieces of the plan: forests from live nodes to hamlets, each with its proven bound."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from phusong.plans.rollout.facilities import COSTS, Facilities, join_facilities
from phusong.plans.rollout.segments import Segments, cut_segments
from phusong.plans.steiner import connect_terminals
from phusong.plans.ways import Ways, list_roots, to_network
from phusong.vocabulary.options import CABINET, OptionKind


@dataclass(frozen=True)
class Forest:
    """Hold the cheapest trenches found for some hamlets.

    Parameters
    ----------
    name : whose, and for whom.
    cost_vnd, lower_bound_vnd : of the trenches alone; nothing can be cheaper than the bound.
    gap : (cost − bound) / cost, 0..1.
    facilities : segments, and a cabinet for each hamlet behind the segment that ends there.
    edges : piece → rows of the ways that it runs along.
    unreached : hamlets that no way leads to.
    ends : piece → vertex of the node that it hangs from, and vertex at its far end.
    """

    name: str
    cost_vnd: float
    lower_bound_vnd: float
    gap: float
    facilities: Facilities
    edges: dict[str, np.ndarray]
    unreached: list[str]
    ends: dict[str, tuple[int, int]] = field(default_factory=dict)


def grow_forest(
    ways: Ways,
    hamlet_ids: np.ndarray,
    wanted: np.ndarray,
    *,
    name: str,
    operator: str | None = None,
    cabinet: np.ndarray,
    effort: int,
    seed: int,
) -> Forest:
    """Return the cheapest trenches found from live nodes to the wanted hamlets.

    Parameters
    ----------
    ways : graph.
    hamlet_ids : of all hamlets on the ways [h].
    wanted : which of them are to be joined [h].
    name : begins the ids of the pieces.
    operator : who builds from its own nodes; None: everybody from all nodes, sharing ducts and poles.
    cabinet : low, likely and high price of a cabinet [3] [VND].
    effort, seed : of the search, see `connect_terminals`.

    Raises
    ------
    ValueError
        If the operator, or anybody, has no live node.
    """
    roots, stops = list_roots(ways, operator=operator), ways.hamlet_vertex[wanted]
    network = to_network(ways, operator=operator)
    tree = connect_terminals(network, roots=roots, terminals=stops, effort=effort, seed=seed)
    segments = cut_segments(ways.tail, ways.head, tree.edges, roots=roots, stops=stops)
    lost = np.isin(ways.hamlet_vertex, tree.unreached) & wanted
    served = wanted & ~lost
    owner = dict(zip(ways.node_vertex.tolist(), ways.node_operator.tolist(), strict=True))
    facilities = _name_pieces(segments, ways, hamlet_ids, served, owner, name=name, cabinet=cabinet)
    return Forest(
        name=name,
        cost_vnd=float(tree.cost),
        lower_bound_vnd=float(tree.lower_bound),
        gap=float(tree.gap),
        facilities=facilities,
        edges={f"{name}-{n:05d}": row for n, row in enumerate(segments.edges)},
        unreached=hamlet_ids[lost].tolist(),
        ends={
            f"{name}-{n:05d}": (int(root), int(end))
            for n, (root, end) in enumerate(zip(segments.root, segments.end, strict=True))
        },
    )


def _name_pieces(
    segments: Segments,
    ways: Ways,
    hamlet_ids: np.ndarray,
    served: np.ndarray,
    owner: dict[int, str],
    *,
    name: str,
    cabinet: np.ndarray,
) -> Facilities:
    """Return segments and cabinets as pieces."""
    ids = np.array([f"{name}-{n:05d}" for n in range(len(segments.end))], dtype=object)
    sums = [ways.cost_vnd[row].sum(axis=0) for row in segments.edges]
    cost = np.array(sums, dtype=np.int64).reshape(-1, 3)
    trenches = _list_pieces(
        ids,
        np.where(segments.before >= 0, ids[segments.before] if len(ids) else "", ""),
        [owner[int(r)] for r in segments.root],
        cost,
    )
    end = dict(zip(segments.end.tolist(), range(len(ids)), strict=True))
    hamlets = np.flatnonzero(served)
    last = [end[int(ways.hamlet_vertex[h])] for h in hamlets]
    boxes = np.array([f"{name}{CABINET}{hamlet_ids[h]}" for h in hamlets], dtype=object)
    cabinets = _list_pieces(
        boxes,
        ids[last] if last else boxes,
        [owner[int(segments.root[at])] for at in last],
        np.tile(np.rint(cabinet).astype(np.int64), (len(boxes), 1)),
    )
    serves = pd.DataFrame({"piece": boxes, "hamlet_id": hamlet_ids[hamlets]}, dtype="str")
    pieces = pd.concat([trenches, cabinets], ignore_index=True)
    return join_facilities([Facilities(pieces, serves)])


def _list_pieces(
    ids: np.ndarray, before: np.ndarray, operators: list[str], cost: np.ndarray
) -> pd.DataFrame:
    """Return pieces of fibre as a table."""
    return pd.DataFrame(
        {
            "piece": pd.Series(ids, dtype="str"),
            "kind": str(OptionKind.FIBRE),
            "operator": pd.Series(operators, dtype="str"),
            "before": pd.Series(before, dtype="str"),
            "from_wave": 0,
            **dict(zip(COSTS, cost.reshape(-1, 3).T, strict=True)),
        }
    )
