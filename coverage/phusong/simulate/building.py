"""What each operator builds: first a mast near everybody, then more where people are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from phusong.simulate.prospects import Prospects
from phusong.simulate.recipe import OperatorRecipe, RadioRecipe


@dataclass(frozen=True, eq=False)
class Sites:
    """Hold one operator's sites.

    Parameters
    ----------
    spot : row number among the prospects [s].
    host : whether the mast belongs to an operator who came before [s].
    """

    spot: np.ndarray
    host: np.ndarray


def build_sites(
    prospects: Prospects,
    centres_xy: np.ndarray,
    population: np.ndarray,
    *,
    recipe: RadioRecipe,
    rng: np.random.Generator,
) -> list[Sites]:
    """Return the sites of every operator, in the order of the recipe.

    Parameters
    ----------
    prospects : places for a mast.
    centres_xy, population : hamlets [n, 2] [m], and their people [n].
    recipe : how many, and by which rule.
    rng : stream of random numbers.
    """
    near = _neighbours(prospects.xy, centres_xy, recipe.cover_m)
    taken = np.empty(0, dtype=int)
    built = []
    for operator, count in zip(recipe.operators, count_sites(recipe), strict=True):
        free = np.isin(np.arange(len(prospects.place)), taken, invert=True)
        spot = _choose(prospects, near, population, count, free, recipe, rng)
        spot, host = _share_masts(prospects.xy, spot, taken, operator, recipe, rng)
        taken = np.union1d(taken, spot)
        built.append(Sites(spot, host))
    return built


def count_sites(recipe: RadioRecipe) -> list[int]:
    """Return how many sites each operator has, so that the distinct masts come to what is wanted."""
    distinct = sum(o.share * (1.0 - o.sharing) for o in recipe.operators)
    return [round(recipe.masts * o.share / distinct) for o in recipe.operators]


def _neighbours(spots_xy: np.ndarray, centres_xy: np.ndarray, reach_m: float) -> csr_array:
    """Return which hamlets lie within reach of which spot, as a matrix of ones [spots, hamlets]."""
    near = cKDTree(centres_xy).query_ball_point(spots_xy, reach_m, return_sorted=True)
    rows = np.repeat(np.arange(len(spots_xy)), [len(n) for n in near])
    columns = np.array([c for n in near for c in n], dtype=int)
    shape = (len(spots_xy), len(centres_xy))
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)


def _choose(
    prospects: Prospects,
    near: csr_array,
    population: np.ndarray,
    count: int,
    free: np.ndarray,
    recipe: RadioRecipe,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return an operator's spots: greedy for people without a mast, then in proportion to people."""
    taste = np.where(prospects.allowed & free, rng.uniform(0.6, 1.0, len(prospects.place)), 0.0)
    waiting = population.astype(float).copy()
    chosen: list[int] = []
    while len(chosen) < count:
        gain = (near @ waiting) * taste
        best = int(gain.argmax())
        if gain[best] <= 0:
            break
        chosen.append(best)
        waiting[near[[best]].indices] = 0.0
    crowd = population[prospects.place] ** recipe.crowd_power * taste
    crowd[chosen] = 0.0
    more = min(count - len(chosen), int((crowd > 0).sum()))
    if more > 0:
        chosen += rng.choice(len(crowd), more, replace=False, p=crowd / crowd.sum()).tolist()
    return np.array(chosen, dtype=int)


def _share_masts(
    spots_xy: np.ndarray,
    spot: np.ndarray,
    taken: np.ndarray,
    operator: OperatorRecipe,
    recipe: RadioRecipe,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the spots with some of them moved onto masts that stand already, and which those are."""
    host = np.zeros(len(spot), dtype=bool)
    moved = spot.copy()
    if not len(taken):
        return moved, host
    distance, nearest = cKDTree(spots_xy[taken]).query(spots_xy[spot])
    wanted = round(operator.sharing * len(spot))
    order = np.argsort(distance * rng.uniform(0.7, 1.0, len(spot)), kind="stable")
    for i in order:
        if int(host.sum()) == wanted:
            break
        target = taken[nearest[i]]
        if target not in moved and distance[i] <= recipe.cover_m:
            moved[i], host[i] = target, True
    return moved, host
