"""Masts and carriers: one mast may carry several operators and technologies, and stays one mast."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from phusong.reach.link_budget import WIDE, reference_eirp_dbm
from phusong.vocabulary.metres import WGS84, transform_xy
from phusong.vocabulary.parameters import Radio
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.results import CARRIERS, SITES
from phusong.vocabulary.terms import NetworkStatus


def select_cells(cells: pd.DataFrame, *, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the cells that are on the air and may be used as masts.

    Crowd-sourced rows give estimated positions; where an operator delivered its own complete list of a
    technology, they would double its masts, so they are left out there.

    Parameters
    ----------
    cells : accepted_cells.
    as_of : cells that came on the air later are left out.
    """
    live = (cells["status"] == NetworkStatus.LIVE) & ~(cells["on_air"] > as_of)
    layer = cells["operator"] + "/" + cells["technology"]
    listed = set(layer[live & cells["complete"]])
    return cells[live & (cells["complete"] | ~layer.isin(listed))].reset_index(drop=True)


def merge_sites(cells: pd.DataFrame, *, merge_m: float, crs: int) -> tuple[pd.DataFrame, pd.Series]:
    """Return the mast sites behind the cells, and the site of each cell.

    Cells chained by steps of at most `merge_m` stand on one mast; its place is their mean. Operators and
    technologies are kept. Site ids number the sites from north to south, then west to east.

    Parameters
    ----------
    cells : accepted_cells, selected.
    merge_m : largest distance between two listings of one mast [m].
    crs : the province's metric system.

    Returns
    -------
    sites : table `sites`.
    site_of_cell : site_id on the index of `cells`.
    """
    x, y = transform_xy(cells["lon"], cells["lat"], source=WGS84, target=crs)
    group = _chain_points(np.column_stack([x, y]), merge_m)
    spots = pd.DataFrame({"group": group, "x": x, "y": y}, index=cells.index)
    order = (
        spots.groupby("group")[["x", "y"]].mean().sort_values(["y", "x"], ascending=[False, True])
    )
    names = pd.Series([f"S{i + 1:05d}" for i in range(len(order))], index=order.index)
    site_of_cell = spots["group"].map(names)
    return _describe_sites(cells, site_of_cell), site_of_cell


def _chain_points(xy: np.ndarray, merge_m: float) -> np.ndarray:
    """Return the group number of each point, chained by steps of at most `merge_m` [m]."""
    if len(xy) == 0:
        return np.zeros(0, dtype=int)
    pairs = cKDTree(xy).query_pairs(merge_m, output_type="ndarray")
    links = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(xy), len(xy)))
    return connected_components(links, directed=False)[1]


def _describe_sites(cells: pd.DataFrame, site_of_cell: pd.Series) -> pd.DataFrame:
    """Return one row a site, with what stands on it."""
    groups = cells.assign(site_id=site_of_cell).groupby("site_id", sort=True)
    sites = groups.agg(
        lon=("lon", "mean"),
        lat=("lat", "mean"),
        height_m=("height_m", "max"),
        operators=("operator", _join_sorted),
        technologies=("technology", _join_sorted),
        cells=("cell_id", "size"),
    )
    return conform_table(sites.reset_index(), SITES)


def _join_sorted(values: pd.Series) -> str:
    return "|".join(sorted(set(values)))


def derive_carriers(cells: pd.DataFrame, site_of_cell: pd.Series, *, radio: Radio) -> pd.DataFrame:
    """Return the carriers that enter the link budget, with what had to be assumed.

    Parameters
    ----------
    cells : accepted_cells, selected.
    site_of_cell : site_id on the same index.
    radio : parameters.
    """
    frequency = cells["band_mhz"].fillna(cells["technology"].map(_usual_bands(radio)))
    rooftop = cells["structure"].fillna("").str.contains("mái|rooftop", case=False, regex=True)
    usual = np.where(rooftop, radio.number("rooftop_height_m"), radio.number("mast_height_m"))
    carriers = cells[["cell_id", "operator", "technology", "azimuth_deg", "complete"]].assign(
        site_id=site_of_cell,
        frequency_mhz=frequency,
        height_m=cells["height_m"].fillna(pd.Series(usual, index=cells.index)),
        eirp_re_dbm=reference_eirp_dbm(cells.assign(frequency_mhz=frequency), radio=radio),
        assumed=_list_assumed(cells),
    )
    return conform_table(carriers, CARRIERS)


def _usual_bands(radio: Radio) -> dict[str, float]:
    """Return the band assumed for a technology that states none [MHz]."""
    return {str(t): radio.number(f"band_{t.lower()}_mhz") for t in _MOBILE}


_MOBILE = ("2G", "3G", "4G", "5G")


def _list_assumed(cells: pd.DataFrame) -> pd.Series:
    """Return which values each cell lacked that the link budget asks for, separated by |; empty for none."""
    columns = ["band_mhz", "height_m", "eirp_dbm", "azimuth_deg", "bandwidth_mhz", "ports"]
    lacking = cells[columns].isna()
    wide = cells["technology"].isin(WIDE)
    lacking["bandwidth_mhz"] &= wide
    # Where no EIRP was delivered the power of a port is assumed, whatever the number of ports.
    lacking["ports"] &= wide & ~lacking["eirp_dbm"]
    texts = [
        "|".join(c for c, gone in zip(columns, row, strict=True) if gone)
        for row in lacking.to_numpy()
    ]
    return pd.Series(texts, index=cells.index).replace("", None)
