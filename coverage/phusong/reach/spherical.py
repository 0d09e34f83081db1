"""Diffraction over a smooth spherical Earth: the first term of the residue series.

Recommendation ITU-R P.1812-6, §4.3.2 and §4.3.3, the same as P.526-15 §3.2 and §3.1. The equations of
these sections count distances and the Earth's radius in km and the frequency in GHz; they are kept so
inside, and the functions take metres and MHz. Over sea the ground conducts better: losses over land
and sea are weighed by the share of the path over sea.
"""

from __future__ import annotations

import math

import numba

#: Codes of the polarisation, as the databanks of ITU-R Study Group 3 number them.
HORIZONTAL, VERTICAL = 1, 2

#: Relative permittivity and conductivity [S/m] of land and of sea (P.1812-6, equation 28).
LAND_PERMITTIVITY, LAND_CONDUCTIVITY = 22.0, 0.003
SEA_PERMITTIVITY, SEA_CONDUCTIVITY = 80.0, 5.0

#: Wavelength times frequency [m·MHz], rounded as in P.1812-6.
WAVELENGTH_M_MHZ = 299.8


@numba.njit(cache=True)
def _admittance(
    radius_km: float, ghz: float, permittivity: float, conductivity: float, polarisation: int
) -> float:
    """Return the normalised surface admittance K (equations 29a and 29b)."""
    loss = 18.0 * conductivity / ghz
    factor = 0.036 * (radius_km * ghz) ** (-1.0 / 3.0)
    factor *= ((permittivity - 1.0) ** 2 + loss**2) ** -0.25
    if polarisation == VERTICAL:
        factor *= math.sqrt(permittivity**2 + loss**2)
    return factor


@numba.njit(cache=True)
def _height_gain_db(height: float, beta: float, admittance: float) -> float:
    """Return G(Y), the gain of an antenna of normalised height Y (equations 34 and 35)."""
    lifted = beta * height
    if lifted > 2.0:
        gain = 17.6 * math.sqrt(lifted - 1.1) - 5.0 * math.log10(lifted - 1.1) - 8.0
    else:
        gain = 20.0 * math.log10(lifted + 0.1 * lifted**3)
    return max(gain, 2.0 + 20.0 * math.log10(admittance))


@numba.njit(cache=True)
def _first_term_over(
    km: float,
    base_m: float,
    mobile_m: float,
    radius_km: float,
    ghz: float,
    permittivity: float,
    conductivity: float,
    polarisation: int,
) -> float:
    """Return the first-term loss over one kind of ground (equations 29 to 36) [dB]."""
    admittance = _admittance(radius_km, ghz, permittivity, conductivity, polarisation)
    squared = admittance**2
    beta = (1.0 + 1.6 * squared + 0.67 * squared**2) / (1.0 + 4.5 * squared + 1.53 * squared**2)
    span = 21.88 * beta * (ghz / radius_km**2) ** (1.0 / 3.0) * km
    lift = 0.9575 * beta * (ghz**2 / radius_km) ** (1.0 / 3.0)
    if span >= 1.6:
        distance_term = 11.0 + 10.0 * math.log10(span) - 17.6 * span
    else:
        distance_term = -20.0 * math.log10(span) - 5.6488 * span**1.425
    gain = _height_gain_db(lift * base_m, beta, admittance)
    return -distance_term - gain - _height_gain_db(lift * mobile_m, beta, admittance)


@numba.njit(cache=True)
def first_term_loss_db(
    length_m: float,
    base_m: float,
    mobile_m: float,
    earth_radius_m: float,
    frequency_mhz: float,
    polarisation: int,
    sea_share: float,
) -> float:
    """Return the first term of the loss over the horizon of a smooth Earth [dB].

    Parameters
    ----------
    length_m : length of the path [m].
    base_m, mobile_m : heights of the two antennas above the smooth surface [m].
    earth_radius_m : effective Earth radius [m].
    frequency_mhz : carrier frequency [MHz].
    polarisation : HORIZONTAL or VERTICAL.
    sea_share : share of the path over sea, 0 to 1.

    References
    ----------
    Recommendation ITU-R P.1812-6, equations 28 to 36.
    """
    km, radius, ghz = length_m / 1000.0, earth_radius_m / 1000.0, frequency_mhz / 1000.0
    land = _first_term_over(
        km, base_m, mobile_m, radius, ghz, LAND_PERMITTIVITY, LAND_CONDUCTIVITY, polarisation
    )
    if sea_share == 0.0:
        return land
    sea = _first_term_over(
        km, base_m, mobile_m, radius, ghz, SEA_PERMITTIVITY, SEA_CONDUCTIVITY, polarisation
    )
    return sea_share * sea + (1.0 - sea_share) * land


@numba.njit(cache=True)
def _lowest_point_m(
    length_m: float, base_m: float, mobile_m: float, earth_radius_m: float
) -> float:
    """Return how far from the base the ray comes nearest to the curved ground (24a to 24e) [m]."""
    total = base_m + mobile_m
    c = (base_m - mobile_m) / total
    m = length_m**2 / (4.0 * earth_radius_m * total)
    angle = 1.5 * c * math.sqrt(3.0 * m / (m + 1.0) ** 3)
    angle = math.acos(min(max(angle, -1.0), 1.0))
    b = 2.0 * math.sqrt((m + 1.0) / (3.0 * m)) * math.cos(math.pi / 3.0 + angle / 3.0)
    return 0.5 * length_m * (1.0 + b)


@numba.njit(cache=True)
def spherical_loss_db(
    length_m: float,
    base_m: float,
    mobile_m: float,
    earth_radius_m: float,
    frequency_mhz: float,
    polarisation: int,
    sea_share: float,
) -> float:
    """Return the diffraction loss over a smooth spherical Earth, Ldsph [dB].

    Beyond the horizon it is the first term. Within it, the loss is nothing where the ray clears the
    ground by the required clearance, else the first term of an Earth that just reaches the ray,
    times the share of the clearance that is lacking.

    Parameters
    ----------
    length_m, base_m, mobile_m, earth_radius_m, frequency_mhz, polarisation, sea_share : as for
        `first_term_loss_db`; both heights above 0.

    References
    ----------
    Recommendation ITU-R P.1812-6, equations 22 to 27.
    """
    roots = math.sqrt(base_m) + math.sqrt(mobile_m)
    if length_m >= math.sqrt(2.0 * earth_radius_m) * roots:
        return first_term_loss_db(
            length_m, base_m, mobile_m, earth_radius_m, frequency_mhz, polarisation, sea_share
        )
    near = _lowest_point_m(length_m, base_m, mobile_m, earth_radius_m)
    far = length_m - near
    double = 2.0 * earth_radius_m
    clear = (base_m - near**2 / double) * far + (mobile_m - far**2 / double) * near
    clear /= length_m
    wavelength = WAVELENGTH_M_MHZ / frequency_mhz
    # 17.456 with kilometres in the Recommendation, hence divided by the root of 1,000 m.
    required = 17.456 * math.sqrt(near * far * wavelength / length_m / 1000.0)
    if clear > required:
        return 0.0
    grazing = 0.5 * (length_m / roots) ** 2
    loss = first_term_loss_db(
        length_m, base_m, mobile_m, grazing, frequency_mhz, polarisation, sea_share
    )
    return (1.0 - clear / required) * max(loss, 0.0)
