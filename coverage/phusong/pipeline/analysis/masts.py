"""What one mast reaches, by a circle on the map, over flat ground, and over the ground there is."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.pipeline.analysis.results import Results
from phusong.reach.layers import list_layers
from phusong.reach.radio import model_radio
from phusong.vocabulary.metres import WGS84, transform_xy


def light_site(
    results: Results, site_id: str, *, technology: str, radius_m: float, step_m: float
) -> gpd.GeoDataFrame:
    """Return what the carriers of one mast reach around it, square by square.

    Parameters
    ----------
    results : of a run with terrain.
    site_id : of table `sites`.
    technology : such as ``4G``.
    radius_m : how far from the mast the squares lie [m].
    step_m : side of a square [m].

    Returns
    -------
    x_m, y_m [m]; in_disc; probability_flat and probability, 0..1, that the signal suffices over flat ground
    and over the ground there is, missing where that hangs on ground without heights; terrain_loss_db [dB];
    terrain_known: whether the ground of the square is; geometry: squares in the province's metric system.

    Raises
    ------
    KeyError
        If the mast has no carrier of the technology.

    Examples
    --------
    >>> results = ps.read_results(folder)
    >>> mast = results["carriers"].query("technology == '4G'")["site_id"].iloc[0]
    >>> lit = ps.light_site(results, mast, technology="4G", radius_m=1_000, step_m=500)
    >>> known = lit[lit["terrain_known"]]
    >>> bool((known["probability"] <= known["probability_flat"] + 1e-9).all())
    True
    """
    carriers, sites = results["carriers"], results["sites"]
    own = carriers[(carriers["site_id"] == site_id) & (carriers["technology"] == technology)]
    mast = sites[sites["site_id"] == site_id].reset_index(drop=True)
    if own.empty:
        raise KeyError(f"mast {site_id} sends no {technology}")
    x, y = transform_xy(mast["lon"], mast["lat"], source=WGS84, target=results.crs)
    squares = _lay_squares(float(x[0]), float(y[0]), radius_m, step_m)
    told = results["accepted_cells"].merge(own[["cell_id"]], on="cell_id")
    empty = told.iloc[:0]
    layers = list_layers(told, empty, empty)
    radiance = model_radio(
        squares,
        own.reset_index(drop=True),
        mast,
        np.zeros(len(squares), dtype=bool),
        results.terrain,
        layers,
        radio=results.parameters.radio,
        crs=results.crs,
    )
    ours = layers.of_technology(technology)
    best = np.argmax(np.nan_to_num(radiance.probability[:, ours], nan=-1.0), axis=1)
    place = np.arange(len(squares))
    lit = squares.assign(
        in_disc=radiance.disc[:, ours].any(axis=1),
        probability_flat=radiance.flat[:, ours][place, best],
        probability=radiance.probability[:, ours][place, best],
        terrain_loss_db=radiance.servers.excess_db[:, ours][place, best],
        terrain_known=radiance.servers.terrain_known,
    )
    half = step_m / 2
    boxes = shapely.box(lit["x_m"] - half, lit["y_m"] - half, lit["x_m"] + half, lit["y_m"] + half)
    return gpd.GeoDataFrame(lit, geometry=boxes, crs=results.crs)


def _lay_squares(x_m: float, y_m: float, radius_m: float, step_m: float) -> pd.DataFrame:
    """Return the middles of the squares whose middle lies within a radius."""
    reach = np.arange(-radius_m, radius_m + step_m / 2, step_m)
    dx, dy = (part.ravel() for part in np.meshgrid(reach, reach))
    inside = np.hypot(dx, dy) <= radius_m
    return pd.DataFrame({"x_m": x_m + dx[inside], "y_m": y_m + dy[inside]})
