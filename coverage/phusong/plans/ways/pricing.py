"""What a metre of cable costs where: by medium, dearer where the ground is steep, high or roadless."""

from __future__ import annotations

import numpy as np

from phusong.plans.options.pricing import quote_price
from phusong.plans.ways.graph import BASES, MEDIA
from phusong.vocabulary.options import Medium, WayBasis
from phusong.vocabulary.parameters import Rollout

#: Upper bounds of the classes 1 to 4 of slope [°] and elevation [m] after OnSSET; class 5 lies above.
SLOPE_CLASSES, ELEVATION_CLASSES = (10.0, 20.0, 30.0, 40.0), (500.0, 1000.0, 2000.0, 3000.0)
#: Weights of distance to a road, to a substation, elevation, slope and land cover after OnSSET.
WEIGHTS = {"road": 0.15, "substation": 0.20, "elevation": 0.15, "slope": 0.30, "land": 0.20}
#: Class of land and of distance to a road where no road is mapped, and where one is.
OFF_ROAD_CLASS, ROAD_CLASS = 5.0, 1.0
_PRICES = {
    Medium.POLES: "poles_price",
    Medium.NEW_POLES: "new_poles_price",
    Medium.BURIED: "buried_price",
}


def price_ways(
    length_m: np.ndarray,
    slope_deg: np.ndarray,
    elevation_m: np.ndarray,
    basis: np.ndarray,
    medium: np.ndarray,
    *,
    rollout: Rollout,
) -> np.ndarray:
    """Return what each edge costs [e, 3] [VND]; existing cable costs nothing.

    Off the mapped roads a detour is added, since nobody has walked the way yet.

    Parameters
    ----------
    length_m, slope_deg, elevation_m : of the edges; unknown ground is NaN and counts as low and level.
    basis, medium : codes.
    rollout : parameters.
    """
    price = np.zeros((len(MEDIA), 3))
    for kind, name in _PRICES.items():
        price[MEDIA.index(kind)] = quote_price(getattr(rollout, name))
    off_road = basis == BASES.index(WayBasis.OFF_ROAD)
    detour = np.where(off_road, rollout.number("off_road_detour"), 1.0)
    weight = weigh_ground(slope_deg, elevation_m, off_road=off_road)
    return np.rint(price[medium] * (length_m * detour * weight)[:, None]).astype(np.int64)


def weigh_ground(
    slope_deg: np.ndarray, elevation_m: np.ndarray, *, off_road: np.ndarray
) -> np.ndarray:
    """Return how much dearer a line is than on easy ground [e], at least 1.

    1 + (e^(0.85·|1 − c|) − 1)/100 with c the weighted mean of classes from 1 (easy) to 5: the penalty of grid
    extension in OnSSET (Mentis et al., Environmental Research Letters 12, 2017, 085003).

    Parameters
    ----------
    slope_deg, elevation_m : of the edges; NaN counts as class 1.
    off_road : whether no road is mapped there.
    """
    steep = 1.0 + np.searchsorted(SLOPE_CLASSES, np.nan_to_num(slope_deg))
    high = 1.0 + np.searchsorted(ELEVATION_CLASSES, np.nan_to_num(elevation_m))
    land = np.where(off_road, OFF_ROAD_CLASS, ROAD_CLASS)
    mean = (
        WEIGHTS["substation"] * ROAD_CLASS
        + (WEIGHTS["road"] + WEIGHTS["land"]) * land
        + WEIGHTS["elevation"] * high
        + WEIGHTS["slope"] * steep
    )
    return 1.0 + (np.exp(0.85 * np.abs(1.0 - mean)) - 1.0) / 100.0
