"""The plain lower tier: inside a radius of a mast counts as served.

It saturates (with 5,000 cells even quarter radii cover 99.99 % of a province) and sees no ridge, so it
never decides where terrain is known; beside the model it shows what terrain changes.
"""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree


def nearest_mast_m(
    points_xy: np.ndarray, masts_xy: np.ndarray, layer: np.ndarray, *, layers: int
) -> np.ndarray:
    """Return the distance from each point to the nearest mast of each layer [n, layers] [m].

    Parameters
    ----------
    points_xy : receivers [n, 2] [m].
    masts_xy : one row a carrier [c, 2] [m].
    layer : layer of each carrier [c].
    layers : how many layers there are; a layer without carriers is infinitely far.
    """
    distance = np.full((len(points_xy), layers), np.inf)
    for number in range(layers):
        masts = masts_xy[layer == number]
        if len(masts) and len(points_xy):
            distance[:, number] = cKDTree(masts).query(points_xy)[0]
    return distance
