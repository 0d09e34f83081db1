"""The settings of the link budget: made of the parameters in one place, for the map and for the plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from phusong.reach.pathloss import ENVIRONMENT_SUBURBAN, ENVIRONMENT_URBAN, MODELS
from phusong.vocabulary.parameters import Radio
from phusong.vocabulary.terms import Technology

#: Technologies whose reference signal is one resource element of the carrier.
WIDE = (str(Technology.G4), str(Technology.G5))


@dataclass(frozen=True)
class LinkBudget:
    """Hold what every link is computed with.

    Parameters
    ----------
    model : a code of `pathloss`.
    receiver_height_m, clutter_height_m : of the receiver above its ground, and what it is raised to where
        diffraction is taken [m].
    maximum_range_m : carriers farther away in the plane are not heard [m].
    effective_earth_radius_m : 4/3 of the Earth's for the median [m].
    profile_step_m : widest spacing of profile points [m].
    horizontal_beamwidth_deg, front_to_back_db : of every sector of known azimuth [°, dB].
    """

    model: int
    receiver_height_m: float
    clutter_height_m: float
    maximum_range_m: float
    effective_earth_radius_m: float
    profile_step_m: float
    horizontal_beamwidth_deg: float
    front_to_back_db: float


def make_link_budget(radio: Radio) -> LinkBudget:
    """Make the settings of every link from the parameters of radio."""
    return LinkBudget(
        model=MODELS[str(radio.model.value)],
        receiver_height_m=radio.number("receiver_height_m"),
        clutter_height_m=radio.number("clutter_height_m"),
        maximum_range_m=radio.number("maximum_range_m"),
        effective_earth_radius_m=radio.number("effective_earth_radius_m"),
        profile_step_m=radio.number("profile_step_m"),
        horizontal_beamwidth_deg=radio.number("horizontal_beamwidth_deg"),
        front_to_back_db=radio.number("front_to_back_db"),
    )


def classify_environments(urban: np.ndarray) -> np.ndarray:
    """Classify what stands around receivers, as codes of `pathloss` [n].

    Parameters
    ----------
    urban : whether each receiver stands in built-up land [n].
    """
    return np.where(urban, ENVIRONMENT_URBAN, ENVIRONMENT_SUBURBAN).astype(np.int8)


def is_built_up(hamlets: pd.DataFrame, *, radio: Radio) -> pd.Series:
    """Return whether the land of each hamlet is built up, by hamlet_id; False where that is not known.

    Parameters
    ----------
    hamlets : hamlet_id, population, area_km2.
    radio : parameters.
    """
    area = hamlets["area_km2"].astype("float64").where(lambda a: a > 0)
    density = hamlets["population"].astype("float64") / area
    dense = density >= radio.number("built_up_density_km2")
    return pd.Series(dense.to_numpy(dtype=bool), index=pd.Index(hamlets["hamlet_id"]))


def reference_eirp_dbm(carriers: pd.DataFrame, *, radio: Radio) -> pd.Series:
    """Return the EIRP of the reference signal of each carrier [dBm].

    The reference signal is what the edge is defined on, and what is delivered is the power of the whole
    carrier, all ports together; so a part of it is taken, by technology:

    - 2G: the whole carrier (RxLev is taken on the broadcast carrier, 3GPP TS 45.008 §8.1.3);
    - 3G: the common pilot, `pilot_share_db` below the carrier (RSCP, 3GPP TS 25.215 §5.1.1);
    - 4G, 5G: one resource element of one port, since the power is spread over subcarriers and ports:
      EIRP_RE = EIRP − 10·log10(subcarriers · ports) (RSRP, 3GPP TS 36.214 §5.1.1, TS 38.215 §5.1.1).

    Parameters
    ----------
    carriers : technology, frequency_mhz; and as far as they were delivered eirp_dbm of the whole carrier,
        bandwidth_mhz and ports. A column or a value that is missing was not delivered, and is assumed.
    radio : parameters.
    """
    ports = assume_ports(carriers, radio=radio)
    stated = _delivered(carriers, "eirp_dbm")
    whole = stated.fillna(assumed_eirp_dbm(carriers, radio=radio))
    elements = (
        radio.number("subcarriers_per_mhz") * _assume_bandwidth(carriers, radio=radio) * ports
    )
    technology = carriers["technology"]
    share_db = np.select(
        [technology.isin(WIDE), technology == Technology.G3],
        [10 * np.log10(elements), np.full(len(carriers), radio.number("pilot_share_db"))],
        0.0,
    )
    return whole - share_db


def assumed_eirp_dbm(carriers: pd.DataFrame, *, radio: Radio) -> pd.Series:
    """Return the EIRP of each whole carrier, all ports together, assumed where none was delivered [dBm].

    Parameters
    ----------
    carriers : technology, and ports as far as they were delivered.
    radio : parameters: power of a port, of the 3G pilot and its share, gain and feeder loss.
    """
    technology = carriers["technology"]
    ports = assume_ports(carriers, radio=radio)
    power = radio.number("port_power_dbm") + 10 * np.log10(ports)
    whole_3g = radio.number("pilot_3g_dbm") + radio.number("pilot_share_db")
    power = power.mask(technology == Technology.G3, whole_3g)
    return power + radio.number("antenna_gain_dbi") - radio.number("feeder_loss_db")


def assume_ports(carriers: pd.DataFrame, *, radio: Radio) -> pd.Series:
    """Return over how many ports each carrier's power is spread; 1 where the reference signal is no port's.

    Parameters
    ----------
    carriers : technology, and ports as far as they were delivered.
    radio : parameters.
    """
    usual = carriers["technology"].map({str(t): radio.number(f"ports_{t.lower()}") for t in WIDE})
    ports = _delivered(carriers, "ports").fillna(usual)
    return ports.where(carriers["technology"].isin(WIDE), 1.0)


def _assume_bandwidth(carriers: pd.DataFrame, *, radio: Radio) -> pd.Series:
    """Return the width of each carrier [MHz], the usual one of its band where it was not delivered."""
    usual = np.where(
        carriers["frequency_mhz"] < 1000,
        radio.number("bandwidth_below_1ghz_mhz"),
        radio.number("bandwidth_above_1ghz_mhz"),
    )
    usual = np.where(
        carriers["technology"] == Technology.G5, radio.number("bandwidth_5g_mhz"), usual
    )
    return _delivered(carriers, "bandwidth_mhz").fillna(pd.Series(usual, index=carriers.index))


def _delivered(carriers: pd.DataFrame, name: str) -> pd.Series:
    """Return what was delivered of a column, NaN where nothing was."""
    if name not in carriers:
        return pd.Series(np.nan, index=carriers.index)
    return carriers[name].astype("float64")
