"""Antennas: how much a sector loses away from the bearing that it looks along."""

from __future__ import annotations

import math

import numba


@numba.vectorize(["float64(float64, float64, float64, float64)"], cache=True)
def sector_loss_db(
    bearing_deg: float, azimuth_deg: float, beamwidth_deg: float, front_to_back_db: float
) -> float:
    """Return the loss of a sector antenna in the horizontal plane, against its own axis [dB].

    A(φ) = min(12·(φ/φ3dB)², Am), φ the angle off the axis.

    Parameters
    ----------
    bearing_deg : bearing from the antenna to the receiver, clockwise from north [°].
    azimuth_deg : axis of the sector, clockwise from north [°]; NaN is an antenna without one, or an
        unknown one, and loses nothing.
    beamwidth_deg : horizontal beam width φ3dB between the points at −3 dB [°].
    front_to_back_db : Am, the most that is lost [dB].

    References
    ----------
    3GPP TR 38.901, table 7.3-1.
    """
    if math.isnan(azimuth_deg):
        return 0.0
    off = abs((bearing_deg - azimuth_deg + 180.0) % 360.0 - 180.0)
    return min(12.0 * (off / beamwidth_deg) ** 2, front_to_back_db)
