"""A heap of vertices by distance, in which a vertex may come nearer and may come back.

Four children to a node: a heap in a shortest-path search takes in more than it gives out, and a flat tree
makes taking in cheap (Johnson 1975, Information Processing Letters 4:53–57).
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np


class Heap(NamedTuple):
    """Hold vertices by key: keys and places by vertex, vertices by place, and how many there are [1]."""

    key: np.ndarray
    item: np.ndarray
    place: np.ndarray
    size: np.ndarray


@numba.njit(cache=True)
def make_heap(vertices: int) -> Heap:
    """Return an empty heap for vertices 0 to `vertices` − 1."""
    return Heap(
        np.zeros(vertices, np.int64),
        np.zeros(vertices, np.int64),
        np.full(vertices, -1, np.int64),
        np.zeros(1, np.int64),
    )


@numba.njit(cache=True)
def _rise(heap: Heap, spot: int) -> None:
    """Move the vertex at a place towards the top until its parent is no farther."""
    v = heap.item[spot]
    key = heap.key[v]
    while spot > 0:
        above = (spot - 1) >> 2
        w = heap.item[above]
        if heap.key[w] <= key:
            break
        heap.item[spot] = w
        heap.place[w] = spot
        spot = above
    heap.item[spot] = v
    heap.place[v] = spot


@numba.njit(cache=True)
def _sink(heap: Heap, spot: int) -> None:
    """Move the vertex at a place away from the top until no child is nearer."""
    v = heap.item[spot]
    key = heap.key[v]
    size = heap.size[0]
    while True:
        below = 4 * spot + 1
        best, nearest = -1, key
        for child in range(below, min(below + 4, size)):
            other = heap.key[heap.item[child]]
            if other < nearest:
                best, nearest = child, other
        if best < 0:
            break
        w = heap.item[best]
        heap.item[spot] = w
        heap.place[w] = spot
        spot = best
    heap.item[spot] = v
    heap.place[v] = spot


@numba.njit(cache=True)
def offer(heap: Heap, vertex: int, key: int) -> None:
    """Put a vertex in, or bring it nearer; a farther key changes nothing."""
    spot = heap.place[vertex]
    if spot < 0:
        spot = heap.size[0]
        heap.size[0] += 1
        heap.item[spot] = vertex
    elif heap.key[vertex] <= key:
        return
    heap.key[vertex] = key
    _rise(heap, spot)


@numba.njit(cache=True)
def take(heap: Heap) -> int:
    """Take the nearest vertex out; its key can still be read."""
    top = heap.item[0]
    heap.place[top] = -1
    heap.size[0] -= 1
    last = heap.item[heap.size[0]]
    if heap.size[0] > 0:
        heap.item[0] = last
        heap.place[last] = 0
        _sink(heap, 0)
    return top


@numba.njit(cache=True)
def clear(heap: Heap) -> None:
    """Empty the heap."""
    for spot in range(heap.size[0]):
        heap.place[heap.item[spot]] = -1
    heap.size[0] = 0
