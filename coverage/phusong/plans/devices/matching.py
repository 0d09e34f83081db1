"""Which device: once it is known who is served, the assignment that fits levels best, then signals."""

from __future__ import annotations

import numpy as np

from phusong.plans.devices.flows import Arcs, solve_flow
from phusong.plans.devices.problem import NEVER, Problem, index_members


def match_lots(problem: Problem, served: np.ndarray) -> np.ndarray:
    """Return how many devices of each lot each class gets [c, l].

    Parameters
    ----------
    problem : whom to serve with what.
    served : pupils served in each class [c]; some assignment must serve them all.
    """
    classes, lots = (problem.allowed & (served > 0)[:, None]).nonzero()
    size, end = problem.classes, problem.classes + len(problem.stock)
    shelf = np.arange(len(problem.stock))
    takes = Arcs(classes, size + lots, served[classes], problem.misfit[classes, lots])
    leaves = Arcs(size + shelf, np.full(len(shelf), end), problem.stock, np.zeros(len(shelf)))
    supply = np.concatenate([served, np.zeros(len(shelf), dtype=np.int64), [-served.sum()]])
    flow = np.zeros(problem.allowed.shape, dtype=np.int64)
    flow[classes, lots] = solve_flow([takes, leaves], supply)[0]
    return flow


def deal_lots(problem: Problem, flow: np.ndarray) -> np.ndarray:
    """Return the lot of each pupil, `NEVER` for who waits: the first of a class get what fits best.

    Parameters
    ----------
    problem : whom to serve with what.
    flow : devices of each lot in each class [c, l].
    """
    order, begins = problem.index
    classes, lots = flow.nonzero()
    by_fit = np.lexsort([lots, problem.misfit[classes, lots], classes])
    classes, lots = classes[by_fit], lots[by_fit]
    dealt = np.repeat(lots, flow[classes, lots])
    served = flow.sum(axis=1)
    within = np.arange(len(dealt)) - np.repeat(np.cumsum(served) - served, served)
    got = np.full(len(order), NEVER)
    got[order[np.repeat(begins[:-1], served) + within]] = dealt
    return got


def split_types(got: np.ndarray, type_of: np.ndarray, stock: np.ndarray) -> np.ndarray:
    """Return the single lot of each pupil, `NEVER` for who waits: lots of a type are emptied one by one.

    Parameters
    ----------
    got : type of lot of each pupil, in their order [n].
    type_of : type of each single lot [lots].
    stock : devices of each single lot [lots].
    """
    order, begins = index_members(got + 1, int(type_of.max(initial=-1)) + 2)
    lots = np.argsort(type_of, kind="stable")
    shelf = np.repeat(lots, stock[lots])
    room = np.bincount(type_of, stock, minlength=len(begins) - 2).astype(np.int64)
    offset = np.concatenate([[0], np.cumsum(room)])
    single = np.full(len(got), NEVER)
    holders = order[begins[1] :]
    kind = got[holders]
    within = np.arange(len(holders)) - (begins[1:-1] - begins[1])[kind]
    single[holders] = shelf[offset[kind] + within]
    return single
