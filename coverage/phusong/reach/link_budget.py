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


def reference_eirp_dbm(
    technology: pd.Series, frequency_mhz: pd.Series, stated_dbm: pd.Series, *, radio: Radio
) -> pd.Series:
    """Return the EIRP of the reference signal of each carrier [dBm].

    The reference signal is what the edge is defined on: RSRP of one subcarrier for 4G and 5G, the common
    pilot for 3G, the whole carrier for 2G. Per resource element the carrier's power is spread over its
    subcarriers: EIRP_RE = P + G − L − 10·log10(subcarriers) [dBm] (3GPP TS 36.214 §5.1.1).

    Parameters
    ----------
    technology : of each carrier.
    frequency_mhz : its band [MHz].
    stated_dbm : EIRP of the whole carrier where it is stated, else missing [dBm].
    radio : parameters.
    """
    path = radio.number("antenna_gain_dbi") - radio.number("feeder_loss_db")
    power = pd.Series(radio.number("port_power_dbm"), index=technology.index)
    power = power.mask(technology == Technology.G3, radio.number("pilot_3g_dbm"))
    carrier = stated_dbm.fillna(power + path)
    width = np.where(
        frequency_mhz < 1000,
        radio.number("bandwidth_below_1ghz_mhz"),
        radio.number("bandwidth_above_1ghz_mhz"),
    )
    width = np.where(technology == Technology.G5, radio.number("bandwidth_5g_mhz"), width)
    spread = 10 * np.log10(radio.number("subcarriers_per_mhz") * width)
    return carrier - pd.Series(spread, index=technology.index).where(technology.isin(WIDE), 0.0)
