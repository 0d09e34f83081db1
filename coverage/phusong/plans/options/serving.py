"""Whom a candidate would serve: by the link budget that finds the gaps, one layer a candidate."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from phusong.reach.evidence import signal_probability
from phusong.reach.link_budget import (
    LinkBudget,
    classify_environments,
    make_link_budget,
    reference_eirp_dbm,
)
from phusong.reach.servers import Servers, best_servers
from phusong.reach.terrain import Terrain
from phusong.vocabulary.parameters import Radio
from phusong.vocabulary.terms import Technology

#: Receivers × candidates worked on at once: four arrays of this many doubles.
CELLS_AT_ONCE = 4_000_000


class Antennas(NamedTuple):
    """Hold antennas on the air, or thought of: places [n, 2] [m], heights [m], bands, power and bearing."""

    xy: np.ndarray
    height_m: np.ndarray
    frequency_mhz: np.ndarray
    eirp_re_dbm: np.ndarray
    azimuth_deg: np.ndarray


def raise_antennas(candidates: pd.DataFrame, *, radio: Radio) -> Antennas:
    """Return candidates as antennas that look all around, on the band that 4G has where none is stated.

    Parameters
    ----------
    candidates : x_m, y_m, height_m, backoff_db.
    radio : parameters.
    """
    carriers = pd.DataFrame(
        {"technology": str(Technology.G4), "frequency_mhz": radio.number("band_4g_mhz")},
        index=candidates.index,
    )
    power = reference_eirp_dbm(carriers, radio=radio) - candidates["backoff_db"]
    return Antennas(
        candidates[["x_m", "y_m"]].to_numpy(dtype=float),
        candidates["height_m"].to_numpy(dtype=float),
        carriers["frequency_mhz"].to_numpy(dtype=float),
        power.to_numpy(dtype=float),
        np.full(len(candidates), np.nan),
    )


def list_live(masts: pd.DataFrame, carriers: pd.DataFrame, *, technologies: list[str]) -> Antennas:
    """Return the antennas on the air of some technologies.

    Parameters
    ----------
    masts : sites with x_m, y_m.
    carriers : table `carriers`.
    technologies : such as 4G and 5G.
    """
    live = carriers[carriers["technology"].isin(technologies)]
    place = masts.set_index("site_id")[["x_m", "y_m"]].loc[live["site_id"]]
    return Antennas(
        place.to_numpy(dtype=float),
        live["height_m"].to_numpy(dtype=float),
        live["frequency_mhz"].to_numpy(dtype=float),
        live["eirp_re_dbm"].to_numpy(dtype=float),
        live["azimuth_deg"].to_numpy(dtype=float),
    )


def hear_antennas(
    antennas: Antennas,
    layer: np.ndarray,
    receivers: np.ndarray,
    terrain: Terrain | None,
    *,
    layers: int,
    urban: np.ndarray,
    receiver_height_m: float,
    radio: Radio,
) -> np.ndarray:
    """Return the probability that each receiver is served by each layer [receivers, layers].

    Parameters
    ----------
    antennas : on the air, or thought of [n].
    layer : of each antenna [n].
    receivers : [r, 2] [m].
    terrain : elevation, or None: a flat world.
    layers : number of layers.
    urban : whether each receiver stands in built-up land [r].
    receiver_height_m : of the listening antenna [m].
    radio : parameters.
    """
    if not len(layer) or not len(receivers):
        return np.zeros((len(receivers), layers))
    budget = replace(make_link_budget(radio), receiver_height_m=receiver_height_m)
    servers = find_servers(
        antennas, layer, receivers, terrain, layers=layers, urban=urban, budget=budget
    )
    edge = np.full(layers, radio.number("edge_4g_dbm"))
    return signal_probability(servers.signal_dbm, edge, shadowing_db=radio.number("shadowing_db"))


def find_servers(
    antennas: Antennas,
    layer: np.ndarray,
    receivers: np.ndarray,
    terrain: Terrain | None,
    *,
    layers: int,
    urban: np.ndarray,
    budget: LinkBudget,
) -> Servers:
    """Find the loudest antenna of each layer at each receiver.

    Parameters
    ----------
    antennas, layer, receivers, terrain, layers, urban : see `hear_antennas`.
    budget : what every link is computed with.
    """
    return best_servers(
        terrain,
        receivers,
        antennas.xy,
        antennas.height_m,
        np.arange(len(layer), dtype=np.int32),
        layer.astype(np.int32),
        antennas.frequency_mhz,
        antennas.eirp_re_dbm,
        antennas.azimuth_deg,
        layers=layers,
        environment=classify_environments(urban),
        budget=budget,
    )


def serve_hamlets(
    candidates: pd.DataFrame,
    points: pd.DataFrame,
    live: Antennas,
    terrain: Terrain | None,
    *,
    radio: Radio,
    full_share: float,
) -> pd.DataFrame:
    """Return the hamlets that each candidate would complete, together with what is on the air already.

    Parameters
    ----------
    candidates : from `list_candidates`.
    points : table `points` of the hamlets that want 4G, with urban : whether the land is built up.
    live : 4G antennas on the air.
    terrain : elevation, or None.
    radio : parameters.
    full_share : share from which a hamlet counts as covered, 0..1.

    Returns
    -------
    candidate (row), hamlet_id, served_share (0..1), probability (weighted mean over the points).
    """
    xy = points[["x_m", "y_m"]].to_numpy(dtype=float)
    own: dict[str, Any] = {
        "urban": points["urban"].to_numpy(dtype=bool),
        "receiver_height_m": radio.number("receiver_height_m"),
        "radio": radio,
    }
    nobody = np.zeros(len(live.height_m), dtype=np.int32)
    now = hear_antennas(live, nobody, xy, terrain, layers=1, **own)
    antennas = raise_antennas(candidates, radio=radio)
    step = max(1, CELLS_AT_ONCE // max(1, len(xy)))
    parts = []
    for begin in range(0, len(candidates), step):
        some = Antennas(*(part[begin : begin + step] for part in antennas))
        count = len(some.height_m)
        heard = hear_antennas(some, np.arange(count), xy, terrain, layers=count, **own)
        parts.append(_add_up(np.maximum(heard, now), points, begin, radio=radio))
    if not parts:
        return pd.DataFrame(columns=["candidate", "hamlet_id", "served_share", "probability"])
    found = pd.concat(parts, ignore_index=True)
    return found[found["served_share"] >= full_share].reset_index(drop=True)


def _add_up(
    probability: np.ndarray, points: pd.DataFrame, begin: int, *, radio: Radio
) -> pd.DataFrame:
    """Return share served and mean probability of every hamlet and candidate, hamlets in order of id."""
    served = probability >= radio.number("served_probability")
    weight = points["weight"].to_numpy(dtype=float)[:, None]
    hamlet, ids = pd.factorize(points["hamlet_id"], sort=True)
    order = np.argsort(hamlet, kind="stable")
    starts = np.searchsorted(hamlet[order], np.arange(len(ids)))
    total = np.add.reduceat(weight[order], starts)
    share = np.add.reduceat((weight * served)[order], starts) / total
    mean = np.add.reduceat((weight * probability)[order], starts) / total
    number = np.tile(np.arange(begin, begin + probability.shape[1]), len(ids))
    return pd.DataFrame(
        {
            "candidate": number,
            "hamlet_id": np.repeat(np.asarray(ids), probability.shape[1]),
            "served_share": share.ravel(),
            "probability": mean.ravel(),
        }
    )
