"""What a metre of cable costs where: by medium, dearer where the ground is steep, high or roadless."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from phusong.plans.options.pricing import quote_price
from phusong.plans.ways.graph import BASES, MEDIA
from phusong.vocabulary.metres import transform_shapes
from phusong.vocabulary.options import Medium, WayBasis
from phusong.vocabulary.parameters import Rollout

#: Upper bounds of the classes 1 to 4 of slope [°] and elevation [m] after OnSSET; class 5 lies above.
SLOPE_CLASSES, ELEVATION_CLASSES = (10.0, 20.0, 30.0, 40.0), (500.0, 1000.0, 2000.0, 3000.0)
#: Class of land and of distance to a road where no road is mapped, and where one is.
OFF_ROAD_CLASS, ROAD_CLASS = 5.0, 1.0
_PRICES = {
    Medium.POLES: "poles_price",
    Medium.NEW_POLES: "new_poles_price",
    Medium.BURIED: "buried_price",
}


def list_prices(rollout: Rollout) -> np.ndarray:
    """Return the low, likely and high price of each medium, in the order of `MEDIA` [m, 3] [VND/m].

    Raises
    ------
    ValueError
        If a price, or that of a river crossing, is negative; it is named.
    """
    for name in (*_PRICES.values(), "river_crossing_vnd"):
        if (quote_price(getattr(rollout, name)) < 0).any():
            raise ValueError(f"the price “{name}” is negative: nobody is paid for digging")
    price = np.zeros((len(MEDIA), 3))
    for kind, name in _PRICES.items():
        price[MEDIA.index(kind)] = quote_price(getattr(rollout, name))
    return price


def price_pieces(
    length_m: np.ndarray,
    slope_deg: np.ndarray,
    elevation_m: np.ndarray,
    basis: np.ndarray,
    medium: np.ndarray,
    land: np.ndarray,
    *,
    rollout: Rollout,
) -> np.ndarray:
    """Return what each piece costs, river crossings apart [p, 3] [VND]; existing cable costs nothing.

    Off the mapped roads a detour is added, since nobody has walked the way yet.

    Parameters
    ----------
    length_m, slope_deg, elevation_m : of the pieces; unknown ground is NaN and counts as low and level.
    basis, medium : codes.
    land : class of the land from 1 (easy) to 5, NaN where unknown.
    rollout : parameters.
    """
    off_road = basis == BASES.index(WayBasis.OFF_ROAD)
    detour = np.where(off_road, rollout.number("off_road_detour"), 1.0)
    weight = weigh_ground(slope_deg, elevation_m, land, off_road=off_road, rollout=rollout)
    price = list_prices(rollout)[medium]
    return np.rint(price * (length_m * detour * weight)[:, None]).astype(np.int64)


def weigh_ground(
    slope_deg: np.ndarray,
    elevation_m: np.ndarray,
    land: np.ndarray,
    *,
    off_road: np.ndarray,
    rollout: Rollout,
) -> np.ndarray:
    """Return how much dearer a line is than on easy ground [p], at least 1.

    1 + (e^(0.85·|1 − c|) − 1)/100 with c the weighted mean of classes from 1 (easy) to 5: the penalty of grid
    extension in OnSSET (Mentis et al., Environmental Research Letters 12, 2017, 085003). OnSSET counts its
    classes the other way round, 5 for the most suitable, which makes its penalty the highest on the best
    ground; here the easiest ground is class 1 and has none.

    Parameters
    ----------
    slope_deg, elevation_m : of the pieces; NaN counts as class 1.
    land : class of the land, 1..5; NaN: easy along roads, hard off them.
    off_road : whether no road is mapped there.
    rollout : the weight of each class.
    """
    remote = np.where(off_road, OFF_ROAD_CLASS, ROAD_CLASS)
    classes = {
        "road": remote,
        "elevation": 1.0 + np.searchsorted(ELEVATION_CLASSES, np.nan_to_num(elevation_m)),
        "slope": 1.0 + np.searchsorted(SLOPE_CLASSES, np.nan_to_num(slope_deg)),
        "land": np.where(np.isnan(land), remote, land),
    }
    above = sum(rollout.number(f"weight_{name}") * (c - 1.0) for name, c in classes.items())
    return np.asarray(1.0 + (np.exp(0.85 * np.abs(above)) - 1.0) / 100.0)


def read_land(xy: np.ndarray, land: gpd.GeoDataFrame | None, *, crs: int) -> np.ndarray:
    """Return the class of land at places, the hardest of several, NaN outside all [n].

    Parameters
    ----------
    xy : [n, 2] [m].
    land : polygons with land_class from 1 (easy) to 5, or None.
    crs : EPSG code of the metric system.

    Raises
    ------
    ValueError
        If a class lies outside 1..5.
    """
    found = np.full(len(xy), np.nan)
    if land is None or not len(land):
        return found
    classes = land["land_class"].to_numpy(dtype=float)
    if not ((classes >= ROAD_CLASS) & (classes <= OFF_ROAD_CLASS)).all():
        wrong = classes[~((classes >= ROAD_CLASS) & (classes <= OFF_ROAD_CLASS))][0]
        raise ValueError(f"land class {wrong:g} is none of 1 (easy) to 5 (hard)")
    tree = shapely.STRtree(transform_shapes(land.geometry, target=crs).to_numpy())
    place, area = tree.query(shapely.points(xy), predicate="intersects")
    np.fmax.at(found, place, classes[area])
    return found
