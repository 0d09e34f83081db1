"""What pupils have and lack: poverty, hardships, a device, a connection that their hamlet can carry."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.simulate.pupils.recipe import NeedRecipe
from phusong.vocabulary.pupils import DeviceKind, Hardship, HomeConnection, HomeDevice, Poverty

#: Hardships of one child; all others are of the whole household.
OWN_HARDSHIPS = (str(Hardship.DISABILITY), str(Hardship.SEVERE_DISABILITY))
KINDS = tuple(str(kind) for kind in DeviceKind)


def draw_poverty(count: int, *, recipe: NeedRecipe, rng: np.random.Generator) -> np.ndarray:
    """Return poor, near_poor or neither for each household [count]."""
    dice = rng.random(count)
    poor, near = str(Poverty.POOR), str(Poverty.NEAR_POOR)
    drawn = np.where(dice < recipe.poor + recipe.near_poor, near, str(Poverty.NEITHER))
    return np.where(dice < recipe.poor, poor, drawn).astype(object)


def draw_hardships(
    household: np.ndarray, minority: np.ndarray, *, recipe: NeedRecipe, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return the hardships of each pupil, by |, and whether all of the household share one [n], [n].

    Parameters
    ----------
    household : of each pupil [n].
    minority : households of a minority in a hamlet of special difficulty [households].
    recipe : how often each hardship comes.
    rng : stream of random numbers.
    """
    homes = int(household.max()) + 1
    words = np.full(len(household), "", dtype=object)
    common = minority.copy()
    for name, share in recipe.hardships:
        own = name in OWN_HARDSHIPS
        hit = rng.random(len(household) if own else homes) < share
        common |= hit if not own else False
        mine = hit if own else hit[household]
        words[mine] = words[mine] + f"|{name}"
    mine = minority[household]
    words[mine] = words[mine] + f"|{Hardship.MINORITY}"
    return np.array([w[1:] for w in words], dtype=object), common


def choose_without(
    household: np.ndarray, fitting: np.ndarray, wanted: int, rng: np.random.Generator
) -> np.ndarray:
    """Return the households without a device, so that their pupils are as many as wanted [households].

    Parameters
    ----------
    household : of each pupil [n].
    fitting : households of the class [households].
    wanted : pupils without a device.
    rng : stream of random numbers.
    """
    sizes = np.bincount(household)
    chosen = np.zeros(len(sizes), dtype=bool)
    order = rng.permutation(np.flatnonzero(fitting))
    order = order[np.argsort(sizes[order] == 1, kind="stable")] if wanted < 30 else order
    left = wanted
    for home in order:
        if sizes[home] <= left:
            chosen[home] = True
            left -= int(sizes[home])
    return chosen


def equip(
    household: np.ndarray, without: np.ndarray, *, recipe: NeedRecipe, rng: np.random.Generator
) -> pd.DataFrame:
    """Return device, device_kind, sharers (0 for none) of each pupil.

    Parameters
    ----------
    household : of each pupil [n].
    without : households without any device [households].
    recipe : who has one of their own, and of what kind.
    rng : stream of random numbers.
    """
    count, sizes = len(household), np.bincount(household)[household]
    own = rng.random(count) < np.where(sizes == 1, recipe.own[0], recipe.own[1])
    none = without[household]
    device = np.where(own, str(HomeDevice.OWN), str(HomeDevice.SHARED)).astype(object)
    device[none] = str(HomeDevice.NONE)
    kind = np.array(KINDS, dtype=object)[rng.choice(len(KINDS), count, p=recipe.kinds)]
    home_kind = np.array(KINDS, dtype=object)[rng.choice(len(KINDS), len(without), p=recipe.kinds)]
    shared = device == str(HomeDevice.SHARED)
    kind[shared] = home_kind[household[shared]]
    kind[none] = ""
    sharers = np.where(shared, np.maximum(sizes, 2), 0)
    return pd.DataFrame({"device": device, "device_kind": kind, "sharers": sharers})


def connect(
    place: np.ndarray, poverty: np.ndarray, ground: pd.DataFrame, *, recipe: NeedRecipe,
    rng: np.random.Generator,
) -> np.ndarray:  # fmt: skip
    """Return how each household reaches the Internet; never by what its hamlet does not have [households].

    Parameters
    ----------
    place, poverty : of each household [households].
    ground : hidden, old_radio, fibre_ready of each hamlet.
    recipe : who pays for a line or for mobile data.
    rng : stream of random numbers.
    """
    count, poor = len(place), poverty != str(Poverty.NEITHER)
    fixed = rng.random(count) < np.where(poor, recipe.fixed_poor, recipe.fixed)
    mobile = rng.random(count) < np.where(poor, recipe.mobile_poor, recipe.mobile)
    hidden, old, ready = (
        ground[c].to_numpy()[place] for c in ("hidden", "old_radio", "fibre_ready")
    )
    connection = np.full(count, str(HomeConnection.NONE), dtype=object)
    signal = np.where(old, str(HomeConnection.MOBILE_3G), str(HomeConnection.MOBILE_4G))
    reached = mobile & ~hidden
    connection[reached] = signal[reached]
    connection[fixed & ready] = str(HomeConnection.FIXED)
    return connection
