"""What a candidate costs: itself, its backhaul, its power, the way to it; low, likely and high."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from phusong.vocabulary.options import CostPart, OptionKind
from phusong.vocabulary.parameters import Parameter, Rollout

#: Ends of a price: what the market asks at least, likely and at most.
ENDS = ("low", "value", "high")
#: Columns of a cost, in the order of `ENDS`.
CAPEX = ("capex_low_vnd", "capex_vnd", "capex_high_vnd")
_OWN = {
    OptionKind.NEW_SITE: "new_site_vnd",
    OptionKind.UPGRADE: "upgrade_vnd",
    OptionKind.SMALL_CELL: "small_cell_vnd",
    OptionKind.REPEATER: "repeater_vnd",
}
#: Kinds that need a line of their own, a source of power, and for a mast a way to carry it.
_ON_LINE = (OptionKind.NEW_SITE, OptionKind.SMALL_CELL)


def quote_price(parameter: Parameter) -> np.ndarray:
    """Return the low, likely and high price of a parameter [3]."""
    return np.array([float(getattr(parameter, end)) for end in ENDS])


def price_candidates(
    candidates: pd.DataFrame,
    nodes_xy: np.ndarray,
    visible: np.ndarray,
    powered: np.ndarray,
    roads: shapely.Geometry | None,
    *,
    rollout: Rollout,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what each candidate costs, and the parts of it.

    Backhaul is fibre along a detour to the nearest live node, or microwave to a mast in sight if that is
    cheaper; an existing mast has its own, and a repeater needs none.

    Parameters
    ----------
    candidates : kind, x_m, y_m [n].
    nodes_xy : live fibre nodes [k, 2] [m].
    visible : whether each candidate sees a mast over the terrain, see `find_microwave` [n].
    powered : whether the grid is near each candidate [n].
    roads : all roads as one geometry in metres, or None: then no track is counted.
    rollout : parameters.

    Raises
    ------
    ValueError
        If a candidate that needs a backhaul has neither; `has_backhaul` finds those that do.

    Returns
    -------
    capex_low_vnd, capex_vnd, capex_high_vnd on the candidates' index; and candidate (row), part,
    cost_low_vnd, cost_vnd, cost_high_vnd.
    """
    kind = candidates["kind"].to_numpy()
    xy = candidates[["x_m", "y_m"]].to_numpy(dtype=float)
    needs_line = needs_backhaul(candidates)
    needs_power = needs_line | (kind == OptionKind.REPEATER)
    is_mast = kind == OptionKind.NEW_SITE
    parts = {
        CostPart.MAST: _price_kinds(kind, rollout),
        CostPart.BACKHAUL: _price_backhaul(xy, nodes_xy, visible, needs_line, rollout),
        CostPart.POWER: quote_price(rollout.off_grid_vnd) * (needs_power & ~powered)[:, None],
        CostPart.ACCESS: _measure_track(xy, roads)[:, None]
        * quote_price(rollout.track_price)
        * is_mast[:, None],
    }
    whole = np.rint(sum(parts.values(), np.zeros((len(candidates), 3)))).astype(np.int64)
    capex = pd.DataFrame(whole, columns=list(CAPEX), index=candidates.index)
    return capex, _list_parts(parts)


def _price_kinds(kind: np.ndarray, rollout: Rollout) -> np.ndarray:
    """Return the price of each candidate's own equipment [n, 3]."""
    quotes = {str(k): quote_price(getattr(rollout, name)) for k, name in _OWN.items()}
    return np.array([quotes[k] for k in kind]).reshape(-1, 3)


def needs_backhaul(candidates: pd.DataFrame) -> np.ndarray:
    """Return which candidates need a line or a hop of their own [n].

    Parameters
    ----------
    candidates : kind [n].
    """
    return np.isin(candidates["kind"].to_numpy(), [str(k) for k in _ON_LINE])


def _price_backhaul(
    xy: np.ndarray,
    nodes_xy: np.ndarray,
    visible: np.ndarray,
    needed: np.ndarray,
    rollout: Rollout,
) -> np.ndarray:
    """Return the cheaper of a line to the nearest node and microwave to a mast in sight, else 0 [n, 3]."""
    fibre = (
        _nearest_m(xy, nodes_xy)[:, None]
        * rollout.number("backhaul_detour")
        * quote_price(rollout.new_poles_price)
    )
    microwave = np.where(visible[:, None], quote_price(rollout.microwave_vnd), np.inf)
    cheaper = np.where((fibre[:, 1] <= microwave[:, 1])[:, None], fibre, microwave)
    best = np.where(needed[:, None], cheaper, 0.0)
    if not np.isfinite(best).all():
        raise ValueError("a candidate has neither a live fibre node nor a mast in sight")
    return best


def _nearest_m(xy: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the distance to the nearest of the others [n] [m]; infinite where there is none."""
    if not len(others):
        return np.full(len(xy), np.inf)
    return np.asarray(cKDTree(others).query(xy)[0])


def _measure_track(xy: np.ndarray, roads: shapely.Geometry | None) -> np.ndarray:
    """Return how far each place lies from the nearest road [n] [m]."""
    if roads is None or shapely.is_empty(roads):
        return np.zeros(len(xy))
    return np.asarray(shapely.distance(shapely.points(xy), roads))


def _list_parts(parts: Mapping[CostPart, np.ndarray]) -> pd.DataFrame:
    """Return the parts of the costs that are not 0, one a row."""
    frames = []
    for part, cost in parts.items():
        whole = np.rint(cost).astype(np.int64)
        kept = np.flatnonzero(whole[:, 1] > 0)
        frames.append(
            pd.DataFrame(
                {
                    "candidate": kept,
                    "part": str(part),
                    "cost_low_vnd": whole[kept, 0],
                    "cost_vnd": whole[kept, 1],
                    "cost_high_vnd": whole[kept, 2],
                }
            )
        )
    return pd.concat(frames, ignore_index=True)
