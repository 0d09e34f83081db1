"""A forest of trenches as it is built: rooted at live nodes, cut where it forks or reaches a hamlet."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Segments:
    """Hold the pieces of a forest, parents before children.

    Parameters
    ----------
    before : segment that leads to each, −1 at a root [s].
    root : vertex of the node that each hangs from [s].
    end : vertex at its far end [s].
    edges : rows of the network along each, from the root outwards.
    """

    before: np.ndarray
    root: np.ndarray
    end: np.ndarray
    edges: list[np.ndarray]


def cut_segments(
    tail: np.ndarray, head: np.ndarray, edges: np.ndarray, *, roots: np.ndarray, stops: np.ndarray
) -> Segments:
    """Return the forest in segments between roots, forks and stops.

    Parameters
    ----------
    tail, head : ends of all edges of the network.
    edges : rows of those in the forest.
    roots : vertices of live nodes.
    stops : vertices of hamlets.

    Raises
    ------
    ValueError
        If an edge of the forest cannot be reached from a root.
    """
    around: dict[int, list[tuple[int, int]]] = {}
    for e in sorted(map(int, edges)):
        u, v = int(tail[e]), int(head[e])
        around.setdefault(u, []).append((v, e))
        around.setdefault(v, []).append((u, e))
    here = sorted({int(r) for r in roots} & set(around))
    stop = {int(s) for s in stops}
    seen = set(here)
    open_ = deque((r, -1, r) for r in here)
    before, root, end, paths = [], [], [], []
    while open_:
        start, parent, home = open_.popleft()
        for step in sorted(around[start]):
            if step[0] in seen:
                continue
            far, path = _follow(step, around, seen, stop)
            before.append(parent)
            root.append(home)
            end.append(far)
            paths.append(np.array(path, dtype=np.int64))
            open_.append((far, len(end) - 1, home))
    if sum(map(len, paths)) != len(edges):
        raise ValueError("the forest has edges that no live node leads to")
    return Segments(
        before=np.array(before, dtype=np.int64),
        root=np.array(root, dtype=np.int64),
        end=np.array(end, dtype=np.int64),
        edges=paths,
    )


def _follow(
    step: tuple[int, int],
    around: dict[int, list[tuple[int, int]]],
    seen: set[int],
    stop: set[int],
) -> tuple[int, list[int]]:
    """Walk from a first step to the next fork, stop or end; return where that is, and the edges walked."""
    vertex, edge = step
    path = [edge]
    seen.add(vertex)
    while vertex not in stop and len(around[vertex]) == 2:
        onward = [(v, e) for v, e in around[vertex] if e != path[-1]]
        if onward[0][0] in seen:
            break
        vertex, edge = onward[0]
        path.append(edge)
        seen.add(vertex)
    return vertex, path
