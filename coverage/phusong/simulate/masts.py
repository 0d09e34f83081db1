"""Masts and the cells on them, as they truly stand, with what each operator's list says of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.simulate.building import Sites
from phusong.simulate.demonstration import Demonstration
from phusong.simulate.prospects import Prospects
from phusong.simulate.recipe import OperatorRecipe, RadioRecipe
from phusong.vocabulary.metres import WGS84, transform_xy
from phusong.vocabulary.terms import NetworkStatus, Operator, Technology

STRUCTURES = ("dây co", "tự đứng")
ROOFTOP = "trên mái"

#: How operators write the codes of their sites.
CODES = {
    Operator.VIETTEL: "{area}{number:04d}",
    Operator.VNPT: "VNP-{area}-{number:04d}",
    Operator.MOBIFONE: "MBF_{area}{number:04d}",
    Operator.VIETNAMOBILE: "VNM-{area}{number:03d}",
}

#: Between these days everything in service came on the air: month, day, years later.
ON_AIR_FIRST, ON_AIR_LAST = (3, 1, -13), (8, 31, 0)


def list_masts(prospects: Prospects, built: list[Sites], *, crs: int) -> pd.DataFrame:
    """Return the distinct masts.

    Returns
    -------
    masts : mast_id, spot, place (row number of the hamlet), structure, height_m, x_m, y_m, lon, lat.
    """
    spot = np.unique(np.concatenate([s.spot for s in built]))
    xy = prospects.xy[spot]
    lon, lat = transform_xy(xy[:, 0], xy[:, 1], source=crs, target=WGS84)
    structure = np.where(
        prospects.town[spot], ROOFTOP, np.array(STRUCTURES)[spot % len(STRUCTURES)]
    )
    return pd.DataFrame(
        {
            "mast_id": [f"C{i + 1:05d}" for i in range(len(spot))],
            "spot": spot,
            "place": prospects.place[spot],
            "structure": structure,
            "height_m": prospects.height_m[spot],
            "x_m": xy[:, 0],
            "y_m": xy[:, 1],
            "lon": lon,
            "lat": lat,
        }
    )


def fit_cells(
    masts: pd.DataFrame,
    built: list[Sites],
    prospects: Prospects,
    centres_xy: np.ndarray,
    shelter: np.ndarray,
    *,
    crs: int,
    recipe: RadioRecipe,
    demonstration: Demonstration,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return the cells of every operator on the masts, one row a technology of a site.

    Parameters
    ----------
    masts, built, prospects : what stands where, and whose it is.
    centres_xy : hamlets, at which single sectors look [n, 2] [m].
    shelter : how walled-in each hamlet is [n].
    crs : metric system.
    recipe : technologies, bands, heights.
    demonstration : for the codes of sites and the days on which they came on air.
    rng : stream of random numbers.

    Returns
    -------
    cells : the columns of accepted_cells, then mast_id, place, x_m, y_m.
    """
    parts = [
        _fit_operator(
            operator, sites, masts, prospects, centres_xy, shelter, crs, recipe, demonstration, rng
        )
        for operator, sites in zip(recipe.operators, built, strict=True)
    ]
    cells = pd.concat(parts, ignore_index=True)
    dead = rng.random(len(cells))
    states = np.array([str(s) for s in NetworkStatus])
    cells["status"] = states[np.searchsorted(_state_bounds(recipe), dead, side="right")]
    waiting = cells["status"].isin([NetworkStatus.BUILDING, NetworkStatus.PLANNED])
    cells["on_air"] = cells["on_air"].mask(waiting)
    return cells


def _state_bounds(recipe: RadioRecipe) -> np.ndarray:
    """Return where live ends and building, planned and dead begin, as shares."""
    return 1.0 - recipe.not_live * np.array([3.0, 2.0, 1.0])


def _fit_operator(
    operator: OperatorRecipe,
    sites: Sites,
    masts: pd.DataFrame,
    prospects: Prospects,
    centres_xy: np.ndarray,
    shelter: np.ndarray,
    crs: int,
    recipe: RadioRecipe,
    demonstration: Demonstration,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return the cells of one operator."""
    code, area = CODES[operator.operator], demonstration.site_prefix
    spot = np.sort(sites.spot)
    host = sites.host[np.argsort(sites.spot, kind="stable")]
    mast = masts.set_index("spot").loc[spot].reset_index()
    xy = mast[["x_m", "y_m"]].to_numpy()
    offset = rng.uniform(-1, 1, xy.shape) * recipe.shared_offset_m / np.sqrt(2)
    xy = np.where(host[:, None], xy + offset, xy)
    lon, lat = transform_xy(xy[:, 0], xy[:, 1], source=crs, target=WGS84)
    sites_frame = pd.DataFrame(
        {
            "site_code": [code.format(area=area, number=i + 1) for i in range(len(spot))],
            "operator": str(operator.operator),
            "lon": np.round(lon, 6),
            "lat": np.round(lat, 6),
            "height_m": np.where(host, np.maximum(mast["height_m"] - 4.0, 12.0), mast["height_m"]),
            "azimuth_deg": _aim_sectors(
                xy, mast["place"].to_numpy(), centres_xy, shelter, recipe, rng
            ),
            "structure": mast["structure"],
            "on_air": _draw_dates(len(spot), demonstration, rng),
            "mast_id": mast["mast_id"],
            "place": mast["place"],
            "x_m": xy[:, 0],
            "y_m": xy[:, 1],
        }
    )
    cells = _spread_technologies(sites_frame, spot, operator, prospects, rng)
    return _send_carriers(cells, operator, recipe)


def _aim_sectors(
    xy: np.ndarray,
    place: np.ndarray,
    centres_xy: np.ndarray,
    shelter: np.ndarray,
    recipe: RadioRecipe,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return the azimuth of the few sites with one sector, in walled-in places; NaN elsewhere [°]."""
    walled = shelter[place] > np.quantile(shelter, 1.0 - recipe.remote)
    single = walled & (rng.random(len(place)) < recipe.remote)
    towards = centres_xy[place] - xy
    bearing = np.degrees(np.arctan2(towards[:, 0], towards[:, 1])) % 360.0
    return np.where(single, np.round(bearing / 5.0) * 5.0 % 360.0, np.nan)


def _draw_dates(
    count: int, demonstration: Demonstration, rng: np.random.Generator
) -> pd.DatetimeIndex:
    """Return days on which sites came on the air."""
    first, last = (demonstration.stamp(*day) for day in (ON_AIR_FIRST, ON_AIR_LAST))
    days = rng.integers(0, (last - first).days, count)
    return first + pd.to_timedelta(days, unit="D")


def _spread_technologies(
    sites: pd.DataFrame,
    spot: np.ndarray,
    operator: OperatorRecipe,
    prospects: Prospects,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return one row for each technology on each site, with its band."""
    dice = rng.random((len(sites), 5))
    town, low = prospects.town[spot], prospects.allowed_low[spot]
    upgraded = prospects.allowed_4g[spot] & (dice[:, 2] < operator.has_4g)
    has = {
        Technology.G2: dice[:, 0] < operator.has_2g,
        Technology.G3: (dice[:, 1] < operator.has_3g) | ~upgraded,
        Technology.G4: upgraded,
    }
    band = {
        Technology.G2: np.full(len(sites), 900.0),
        Technology.G3: np.where((dice[:, 3] < operator.low_3g) & low & ~town, 900.0, 2100.0),
        Technology.G4: np.where((dice[:, 4] < operator.high_4g) & town, 2600.0, 1800.0),
    }
    parts = [
        sites[has[t]].assign(
            technology=str(t), band_mhz=band[t][has[t]], order=np.flatnonzero(has[t])
        )
        for t in has
    ]
    cells = pd.concat(parts).sort_values(["order", "technology"], kind="stable")
    cells = cells.drop(columns="order").reset_index(drop=True)
    cells["cell_id"] = cells["site_code"] + "-" + cells["technology"]
    return cells.assign(complete=True)


def _send_carriers(
    cells: pd.DataFrame, operator: OperatorRecipe, recipe: RadioRecipe
) -> pd.DataFrame:
    """Return the cells with what their whole carriers send, to a tenth of a dBm, and 4G's width and ports."""
    wide = cells["technology"] == Technology.G4
    elements = recipe.subcarriers_per_mhz * operator.bandwidth_mhz * operator.ports
    eirp = np.select(
        [wide, cells["technology"] == Technology.G3],
        [recipe.reference_dbm + 10 * np.log10(elements), recipe.pilot_dbm + recipe.pilot_share_db],
        recipe.carrier_2g_dbm,
    )
    return cells.assign(
        eirp_dbm=np.round(eirp, 1),
        bandwidth_mhz=np.where(wide, operator.bandwidth_mhz, np.nan),
        ports=pd.Series(operator.ports, index=cells.index, dtype="Int64").where(wide),
    )
