"""Which hamlets nobody has built for: the most walled-in valleys, in pockets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from phusong.reach.terrain import Terrain, elevation_at
from phusong.simulate.recipe import RadioRecipe


@dataclass(frozen=True, eq=False)
class Roles:
    """Hold what part each hamlet plays in the story.

    Parameters
    ----------
    hidden : no mast serves it [n].
    old_radio : 3G serves it, 4G does not [n].
    shelter : how walled-in it is, as the mean rise to its horizon [n].
    """

    hidden: np.ndarray
    old_radio: np.ndarray
    shelter: np.ndarray


def cast_roles(centres_xy: np.ndarray, terrain: Terrain | None, *, recipe: RadioRecipe) -> Roles:
    """Return which hamlets stay without signal, and which with 3G alone.

    Parameters
    ----------
    centres_xy : hamlets [n, 2] [m].
    terrain : ground; without it the loneliest hamlets take the place of the most walled-in.
    recipe : how many, and in pockets of what size.
    """
    shelter = measure_shelter(centres_xy, terrain, recipe=recipe)
    free = np.ones(len(centres_xy), dtype=bool)
    hidden = _pick_pockets(centres_xy, shelter, free, recipe.hidden, recipe)
    old = _pick_pockets(centres_xy, shelter, free & ~hidden, recipe.old_radio, recipe)
    return Roles(hidden, old, shelter)


def measure_shelter(
    centres_xy: np.ndarray, terrain: Terrain | None, *, recipe: RadioRecipe
) -> np.ndarray:
    """Return the mean rise to the horizon around each place, rise over run [n].

    Parameters
    ----------
    centres_xy : places [n, 2] [m].
    terrain : ground; without it, distance to the nearest neighbours in units of the far distance.
    recipe : how far one looks around.
    """
    if terrain is None:
        near = cKDTree(centres_xy).query(centres_xy, k=min(6, len(centres_xy)))[0]
        return near.reshape(len(centres_xy), -1).mean(axis=1) / recipe.far_m
    angle = np.arange(0, 2 * np.pi, np.pi / 8)
    reach = np.arange(200.0, recipe.shelter_reach_m, 200.0)
    steps = np.stack([np.cos(angle), np.sin(angle)], axis=1)[:, None] * reach[:, None]
    look = centres_xy[:, None, None, :] + steps
    height = elevation_at(terrain, look[..., 0].ravel(), look[..., 1].ravel()).reshape(
        look.shape[:3]
    )
    own = elevation_at(terrain, *centres_xy.T)
    rise = (height - own[:, None, None]) / reach
    return np.nan_to_num(rise, nan=0.0).max(axis=2).clip(0.0).mean(axis=1)


def _pick_pockets(
    xy: np.ndarray, shelter: np.ndarray, free: np.ndarray, count: int, recipe: RadioRecipe
) -> np.ndarray:
    """Return that many free places in pockets around the most walled-in of them [n]."""
    picked = np.zeros(len(xy), dtype=bool)
    tree = cKDTree(xy)
    for seed in np.argsort(-shelter, kind="stable"):
        missing = min(recipe.pocket, count - int(picked.sum()))
        if missing <= 0:
            break
        if not free[seed] or picked[seed]:
            continue
        around = np.array(
            tree.query_ball_point(xy[seed], recipe.pocket_reach_m, return_sorted=True)
        )
        around = around[free[around] & ~picked[around]]
        near = around[np.argsort(np.hypot(*(xy[around] - xy[seed]).T), kind="stable")]
        picked[near[:missing]] = True
    return picked
