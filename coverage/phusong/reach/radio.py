"""Mobile reach at the test points: the link budget over terrain, beside radius and flat world."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from phusong.reach.discs import nearest_mast_m
from phusong.reach.evidence import signal_probability
from phusong.reach.layers import Layers
from phusong.reach.link_budget import classify_environments, make_link_budget
from phusong.reach.servers import Servers, best_servers
from phusong.reach.terrain import Terrain
from phusong.vocabulary.metres import WGS84, transform_xy
from phusong.vocabulary.parameters import Radio


@dataclass(frozen=True)
class Radiance:
    """Hold what the model says at each test point of each layer; every array is [points, layers].

    Parameters
    ----------
    probability : that the signal exceeds its edge; NaN where no cell of the layer was delivered, and where
        the answer hangs on a path over ground that the terrain does not cover.
    flat : the same if there were no terrain.
    disc : whether a mast of the layer stands within the plain radius.
    indoor : probability behind a wall.
    edge_dbm : what each layer needs [layers].
    nearest_m : distance to the nearest mast of the layer.
    unknown : whether the answer hangs on such a path.
    servers : the best carriers, their signal, distance and terrain loss.
    """

    probability: np.ndarray
    flat: np.ndarray
    disc: np.ndarray
    indoor: np.ndarray
    edge_dbm: np.ndarray
    nearest_m: np.ndarray
    unknown: np.ndarray
    servers: Servers


def model_radio(
    points: pd.DataFrame,
    carriers: pd.DataFrame,
    sites: pd.DataFrame,
    urban: np.ndarray,
    terrain: Terrain | None,
    layers: Layers,
    *,
    radio: Radio,
    crs: int,
) -> Radiance:
    """Return what the link budget says at every test point.

    Parameters
    ----------
    points : table `points` [n].
    carriers, sites : tables `carriers` and `sites`.
    urban : whether each point lies in built-up land [n].
    terrain : elevation in the province's metric system, or None.
    layers : technologies × operators.
    radio : parameters.
    crs : the province's metric system.

    Notes
    -----
    Without any terrain the plain radius decides, and its probability is the parameter `disc_probability`.
    With terrain the radius decides nothing: where no path over known ground serves a point, and one over
    ground without heights might, whether it is served is unknown.
    """
    receivers = points[["x_m", "y_m"]].to_numpy()
    number = layers.find(carriers["technology"], carriers["operator"])
    place = sites.reset_index(drop=True).reset_index().set_index("site_id")["index"]
    mast = carriers["site_id"].map(place).to_numpy(dtype=np.int32)
    masts = np.column_stack(transform_xy(sites["lon"], sites["lat"], source=WGS84, target=crs))
    servers = _serve(receivers, masts, mast, number, carriers, urban, terrain, layers, radio)
    edge = np.array([radio.number(f"edge_{t.lower()}_dbm") for t in layers.technology])
    nearest = nearest_mast_m(receivers, masts[mast], number, layers=len(layers))
    return _weigh(servers, nearest, edge, layers, terrain, radio)


def _serve(
    receivers: np.ndarray,
    masts: np.ndarray,
    mast: np.ndarray,
    number: np.ndarray,
    carriers: pd.DataFrame,
    urban: np.ndarray,
    terrain: Terrain | None,
    layers: Layers,
    radio: Radio,
) -> Servers:
    """Return the best carriers at every receiver; antennas of one mast may hang at different heights."""
    spots, which = np.unique(
        np.column_stack([mast, carriers["height_m"].to_numpy()]), axis=0, return_inverse=True
    )
    return best_servers(
        terrain,
        receivers,
        masts[spots[:, 0].astype(int)].reshape(-1, 2),
        spots[:, 1],
        which.reshape(-1).astype(np.int32),
        number,
        carriers["frequency_mhz"].to_numpy(dtype=float),
        carriers["eirp_re_dbm"].to_numpy(dtype=float),
        carriers["azimuth_deg"].to_numpy(dtype=float),
        layers=len(layers),
        environment=classify_environments(urban),
        budget=make_link_budget(radio),
    )


def _weigh(
    servers: Servers,
    nearest: np.ndarray,
    edge: np.ndarray,
    layers: Layers,
    terrain: Terrain | None,
    radio: Radio,
) -> Radiance:
    """Return probabilities from signals, the plain radius standing in where there is no terrain at all."""
    sigma, enough = radio.number("shadowing_db"), radio.number("served_probability")
    disc = nearest <= radio.number("disc_radius_m")
    plain = np.where(disc, radio.number("disc_probability"), 0.0)
    spoken = layers.sampled | layers.listed

    def _exceeds(signal: np.ndarray, edge_dbm: np.ndarray) -> np.ndarray:
        modelled = signal_probability(signal, edge_dbm, shadowing_db=sigma)
        return np.where(spoken[None, :], plain if terrain is None else modelled, np.nan)

    def _is_unknown(edge_dbm: np.ndarray) -> np.ndarray:
        possible = signal_probability(servers.possible_dbm, edge_dbm, shadowing_db=sigma)
        served = _exceeds(servers.signal_dbm, edge_dbm) >= enough
        return (possible >= enough) & ~served & spoken[None, :]

    indoors = edge + radio.number("indoor_loss_db")
    unknown = _is_unknown(edge)
    return Radiance(
        probability=np.where(unknown, np.nan, _exceeds(servers.signal_dbm, edge)),
        flat=_exceeds(servers.flat_signal_dbm, edge),
        disc=disc,
        indoor=np.where(_is_unknown(indoors), np.nan, _exceeds(servers.signal_dbm, indoors)),
        edge_dbm=edge,
        nearest_m=nearest,
        unknown=unknown,
        servers=servers,
    )
