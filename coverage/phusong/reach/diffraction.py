"""Diffraction over a terrain profile: knife edge, Bullington, and the complete delta-Bullington.

Recommendation ITU-R P.1812-6, §4.3 and attachment 1 §5.6 (the same method as P.526-15 §4.5), in metres
and MHz. A profile is two arrays, distance from the transmitter and ground above sea level, both ends
included; heights `transmitter_m` and `receiver_m` are those of the antennas above sea level.

The Bullington construction replaces the whole profile by one edge where the two horizon rays cross.
With s and r the slopes of these rays above the line from antenna to antenna, the rays meet at
x = r·d/(s + r), at s·x above the line, so that ν = h·√(2d/(λ·x·(d − x))) becomes ν = √(2·d·s·r/λ): the
crossing need not be computed. In sight of each other, the worst point of the profile takes its place.
Either way ν·√(λ/2) depends on the geometry alone. It is called the bend of the path here [√m]; it is
found once for a path, and serves every frequency on it. It grows with every height of the profile.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numba
import numpy as np

from phusong.reach.spherical import WAVELENGTH_M_MHZ, spherical_loss_db

#: The Earth's mean radius [m], and the multiple of it exceeded for β0 % of time (P.1812-6, §3.7).
EARTH_RADIUS_M, RARE_RADIUS_FACTOR = 6_371_000.0, 3.0

#: Below this ν an edge costs nothing (P.526-15, equation 31).
QUIET_NU = -0.78


@dataclass(frozen=True)
class DeltaBullington:
    """Hold the losses of the delta-Bullington method over one profile [dB].

    Parameters
    ----------
    actual_db : Bullington over the actual profile, Lbulla.
    smooth_db : Bullington over the smooth Earth fitted to it, Lbulls.
    spherical_db : diffraction over that smooth Earth as a sphere, Ldsph.
    total_db : Ld = Lbulla + max(Ldsph − Lbulls, 0).
    """

    actual_db: float
    smooth_db: float
    spherical_db: float
    total_db: float


def effective_earth_radius_m(refractivity_gradient: float) -> float:
    """Return the median effective Earth radius ae [m].

    ae = 6371 km · 157/(157 − ΔN).

    Parameters
    ----------
    refractivity_gradient : ΔN, fall of the refractivity over the lowest kilometre [N-units/km].

    References
    ----------
    Recommendation ITU-R P.1812-6, equations 6 and 7a.
    """
    return EARTH_RADIUS_M * 157.0 / (157.0 - refractivity_gradient)


@numba.vectorize(["float64(float64)"], cache=True)
def knife_edge_loss_db(nu: float) -> float:
    """Return the loss over a single knife edge [dB].

    J(ν) = 6.9 + 20·log(√((ν − 0.1)² + 1) + ν − 0.1) for ν > −0.78, else 0.

    Parameters
    ----------
    nu : ν = h·√(2·(d1 + d2)/(λ·d1·d2)), positive where the edge stands in the line of sight [1].

    References
    ----------
    Recommendation ITU-R P.526-15, equations 26 and 31.
    """
    if not nu > QUIET_NU:
        return 0.0
    raised = nu - 0.1
    return 6.9 + 20.0 * math.log10(math.sqrt(raised**2 + 1.0) + raised)


@numba.njit(cache=True)
def profile_bend(
    distance_m: np.ndarray,
    height_m: np.ndarray,
    transmitter_m: float,
    receiver_m: float,
    earth_radius_m: float,
) -> float:
    """Return the bend of a path, ν·√(λ/2) of its Bullington edge [√m].

    Parameters
    ----------
    distance_m, height_m : profile [n], ends included; the ends' own heights are not looked at.
    transmitter_m, receiver_m : antennas above sea level [m].
    earth_radius_m : effective Earth radius [m].

    Returns
    -------
    bend : −inf where the profile has no point between its ends.

    References
    ----------
    Recommendation ITU-R P.1812-6, equations 13 to 20.
    """
    length = distance_m[-1]
    slope = (receiver_m - transmitter_m) / length
    curvature = 0.5 / earth_radius_m
    rise, fall, room = 0.0, 0.0, math.inf
    hidden = False
    for i in range(1, len(distance_m) - 1):
        near = distance_m[i]
        far = length - near
        above = height_m[i] + curvature * near * far - (transmitter_m + slope * near)
        if above >= 0.0:
            hidden = True
            rise = max(rise, above / near)
            fall = max(fall, above / far)
        elif not hidden:
            room = min(room, above * above / (near * far))
    if hidden:
        return math.sqrt(length * rise * fall)
    return -math.sqrt(length * room)


@numba.njit(cache=True)
def bullington_loss_db(bend: float, length_m: float, frequency_mhz: float) -> float:
    """Return the Bullington loss of a path of known bend [dB].

    L = J + (1 − exp(−J/6))·(10 + 0.02·d), d in km.

    Parameters
    ----------
    bend : from `profile_bend` [√m].
    length_m : length of the path [m].
    frequency_mhz : carrier frequency [MHz].

    References
    ----------
    Recommendation ITU-R P.1812-6, equation 21.
    """
    edge = knife_edge_loss_db(bend * math.sqrt(2.0 * frequency_mhz / WAVELENGTH_M_MHZ))
    return edge + (1.0 - math.exp(-edge / 6.0)) * (10.0 + 2.0e-5 * length_m)


@numba.njit(cache=True)
def smooth_earth_heights(distance_m: np.ndarray, height_m: np.ndarray) -> tuple[float, float]:
    """Return the straight line fitted to a profile, at its two ends [m above sea level].

    Parameters
    ----------
    distance_m, height_m : profile [n], ends included, without clutter.

    Returns
    -------
    hst_m, hsr_m : heights of the smooth surface at the transmitter and the receiver.

    References
    ----------
    Recommendation ITU-R P.1812-6, attachment 1, equations 85 to 88.
    """
    area, moment = 0.0, 0.0
    for i in range(1, len(distance_m)):
        before, here = distance_m[i - 1], distance_m[i]
        low, high = height_m[i - 1], height_m[i]
        area += (here - before) * (high + low)
        moment += (here - before) * (high * (2.0 * here + before) + low * (here + 2.0 * before))
    length = distance_m[-1]
    return (2.0 * area * length - moment) / length**2, (moment - area * length) / length**2


@numba.njit(cache=True)
def diffraction_heights(
    distance_m: np.ndarray, height_m: np.ndarray, transmitter_m: float, receiver_m: float
) -> tuple[float, float]:
    """Return the smooth surface of the diffraction model, at the two ends [m above sea level].

    The fitted line is let down where hills stand above the line from antenna to antenna, and is
    never above the ground at the ends.

    Parameters
    ----------
    distance_m, height_m, transmitter_m, receiver_m : as for `profile_bend`, without clutter.

    Returns
    -------
    hstd_m, hsrd_m : heights of the surface at the transmitter and the receiver.

    References
    ----------
    Recommendation ITU-R P.1812-6, attachment 1, equations 89 to 91.
    """
    length = distance_m[-1]
    highest, rise, fall = 0.0, 0.0, 0.0
    for i in range(1, len(distance_m) - 1):
        near = distance_m[i]
        far = length - near
        above = height_m[i] - (transmitter_m * far + receiver_m * near) / length
        if above > 0.0:
            highest = max(highest, above)
            rise, fall = max(rise, above / near), max(fall, above / far)
    at_transmitter, at_receiver = smooth_earth_heights(distance_m, height_m)
    if highest > 0.0:
        at_transmitter -= highest * rise / (rise + fall)
        at_receiver -= highest * fall / (rise + fall)
    return min(at_transmitter, height_m[0]), min(at_receiver, height_m[-1])


@numba.njit(cache=True)
def delta_terms_db(
    distance_m: np.ndarray,
    height_m: np.ndarray,
    clutter_m: np.ndarray,
    transmitter_m: float,
    receiver_m: float,
    earth_radius_m: float,
    frequency_mhz: float,
    polarisation: int,
    sea_share: float,
) -> tuple[float, float, float]:
    """Return Lbulla, Lbulls and Ldsph of a profile [dB].

    Parameters
    ----------
    distance_m, height_m, clutter_m : profile [n] and what stands on it.
    transmitter_m, receiver_m : antennas above sea level [m].
    earth_radius_m, frequency_mhz, polarisation, sea_share : as for `spherical_loss_db`.
    """
    length = distance_m[-1]
    bend = profile_bend(distance_m, height_m + clutter_m, transmitter_m, receiver_m, earth_radius_m)
    actual = bullington_loss_db(bend, length, frequency_mhz)
    at_base, at_mobile = diffraction_heights(distance_m, height_m, transmitter_m, receiver_m)
    base, mobile = transmitter_m - at_base, receiver_m - at_mobile
    bend = profile_bend(distance_m, np.zeros_like(height_m), base, mobile, earth_radius_m)
    smooth = bullington_loss_db(bend, length, frequency_mhz)
    sphere = spherical_loss_db(
        length, base, mobile, earth_radius_m, frequency_mhz, polarisation, sea_share
    )
    return actual, smooth, sphere


def delta_bullington_db(
    distance_m: np.ndarray,
    height_m: np.ndarray,
    *,
    transmitter_height_m: float,
    receiver_height_m: float,
    frequency_mhz: float,
    earth_radius_m: float,
    polarisation: int,
    clutter_m: np.ndarray | None = None,
    sea_share: float = 0.0,
) -> DeltaBullington:
    """Return the diffraction loss over one profile by the complete delta-Bullington method.

    Parameters
    ----------
    distance_m : distance of each profile point from the transmitter [n] [m], rising from 0.
    height_m : ground above sea level at each point [n] [m].
    transmitter_height_m, receiver_height_m : antennas above their ground [m], above 0.
    frequency_mhz : carrier frequency [MHz].
    earth_radius_m : effective Earth radius [m], median or that exceeded for β0 % of time.
    polarisation : HORIZONTAL or VERTICAL, see `spherical`.
    clutter_m : representative clutter height at each point [n] [m]. It is added between the ends,
        never at them, and the smooth Earth is fitted without it.
    sea_share : share of the path over sea, 0 to 1.

    Raises
    ------
    ValueError
        If the profile has fewer than three points, does not rise from 0, or has unknown heights.

    References
    ----------
    Recommendation ITU-R P.1812-6, §4.3.4, equations 37 to 39.
    """
    distance, height = np.asarray(distance_m, dtype=float), np.asarray(height_m, dtype=float)
    if len(distance) < 3 or distance[0] != 0.0 or not (np.diff(distance) > 0).all():
        raise ValueError("a profile needs three points or more, at distances that rise from 0")
    if not np.isfinite(height).all():
        raise ValueError("a profile must not have unknown heights")
    clutter = np.zeros_like(height) if clutter_m is None else np.asarray(clutter_m, dtype=float)
    actual, smooth, sphere = delta_terms_db(
        distance,
        height,
        clutter,
        height[0] + transmitter_height_m,
        height[-1] + receiver_height_m,
        earth_radius_m,
        frequency_mhz,
        polarisation,
        sea_share,
    )
    return DeltaBullington(actual, smooth, sphere, actual + max(sphere - smooth, 0.0))
