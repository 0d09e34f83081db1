"""Named path-loss models, side by side: each with its formula, its range and its source.

Every model is one NumPy ufunc compiled by numba: the same code takes scalars inside a compiled kernel
and arrays in a notebook, with broadcasting. Arguments are positional, as ufuncs have them. No model
is "the" answer; outside its stated range a model is an extrapolation. None returns less than free
space: an empirical regression that undercuts it close to the mast is wrong there.
"""

from __future__ import annotations

import math

import numba

#: Codes of the models, for `flat_loss_db` and the kernels.
MODEL_HATA, MODEL_RMA, MODEL_FREE_SPACE, MODEL_UMA = 0, 1, 2, 3

#: The models by the name a parameter file gives them.
MODELS = {
    "hata": MODEL_HATA,
    "rma": MODEL_RMA,
    "free_space": MODEL_FREE_SPACE,
    "uma": MODEL_UMA,
}

#: Codes of what stands around the receiver: a small or medium city, a suburb or village, open fields.
ENVIRONMENT_URBAN, ENVIRONMENT_SUBURBAN, ENVIRONMENT_OPEN = 0, 1, 2

#: Speed of light [m/s], exact; 3GPP rounds it in its breakpoints.
LIGHT_SPEED, LIGHT_SPEED_3GPP = 299_792_458.0, 3.0e8

#: Default street width and building height of 3GPP RMa [m], and heights that Hata's data span [m].
RMA_STREET_WIDTH_M, RMA_BUILDING_HEIGHT_M = 20.0, 5.0
HATA_LOWEST_BASE_M, HATA_HIGHEST_BASE_M = 30.0, 200.0

_MODEL = "float64(float64, float64, float64, float64)"
_MODEL_WITH_CODE = "float64(float64, float64, float64, float64, int64)"
_MODEL_OF_STREETS = "float64(float64, float64, float64, float64, float64, float64)"
_DISPATCH = "float64(int64, float64, float64, float64, float64, int64)"


@numba.vectorize(["float64(float64, float64)"], cache=True)
def free_space_loss_db(distance_m: float, frequency_mhz: float) -> float:
    """Return the loss between isotropic antennas in free space [dB].

    L = 20·log10(4π·d·f/c); nearer than 1 m it stays at its value there.

    Parameters
    ----------
    distance_m : from antenna to antenna [m].
    frequency_mhz : carrier frequency [MHz].

    References
    ----------
    Recommendation ITU-R P.525-4, equation 4.
    """
    return 20.0 * math.log10(4.0e6 * math.pi * max(distance_m, 1.0) * frequency_mhz / LIGHT_SPEED)


@numba.vectorize([_MODEL_WITH_CODE], cache=True)
def hata_loss_db(
    distance_m: float,
    frequency_mhz: float,
    base_height_m: float,
    mobile_height_m: float,
    environment: int,
) -> float:
    """Return the median loss after Okumura–Hata, above 1,500 MHz after COST 231–Hata [dB].

    To 1,500 MHz, with f in MHz, d in km, heights in m and logarithms to base 10:
    L = 69.55 + 26.16·log f − 13.82·log hb − a + (44.9 − 6.55·log hb)·log d;
    above: L = 46.3 + 33.9·log f − 13.82·log hb − a + (44.9 − 6.55·log hb)·log d;
    a = (1.1·log f − 0.7)·hm − (1.56·log f − 0.8), small and medium cities.
    Suburban: L − 2·(log(f/28))² − 5.4; open: L − 4.78·(log f)² + 18.33·log f − 40.94.

    Parameters
    ----------
    distance_m : from antenna to antenna [m], 1 to 20 km.
    frequency_mhz : 150 to 2,000 MHz; used to 2,600 MHz as an extrapolation.
    base_height_m : effective height of the base antenna [m], 30 to 200 m.
    mobile_height_m : 1 to 10 m.
    environment : ENVIRONMENT_URBAN, ENVIRONMENT_SUBURBAN or ENVIRONMENT_OPEN.

    References
    ----------
    M. Hata, Empirical formula for propagation loss in land mobile radio services, IEEE Transactions
    on Vehicular Technology 29 (1980) 317–325, doi:10.1109/T-VT.1980.23859.
    COST Action 231 Final Report, EUR 18957 (1999), §4.4.1; its corrections for suburban and open
    ground above 1,500 MHz are Hata's, as planners apply them.
    """
    logf, logh = math.log10(frequency_mhz), math.log10(base_height_m)
    distance = max(distance_m, 1.0)
    loss = 46.3 + 33.9 * logf if frequency_mhz > 1500.0 else 69.55 + 26.16 * logf
    loss -= 13.82 * logh + (1.1 * logf - 0.7) * mobile_height_m - (1.56 * logf - 0.8)
    loss += (44.9 - 6.55 * logh) * (math.log10(distance) - 3.0)
    if environment == ENVIRONMENT_SUBURBAN:
        loss -= 2.0 * (logf - math.log10(28.0)) ** 2 + 5.4
    elif environment == ENVIRONMENT_OPEN:
        loss -= 4.78 * logf**2 - 18.33 * logf + 40.94
    return max(loss, free_space_loss_db(distance, frequency_mhz))


@numba.njit(cache=True)
def _rma_near_db(slant_m: float, frequency_ghz: float, building_height_m: float) -> float:
    """Return PL1 of 3GPP RMa, before the breakpoint [dB]."""
    power = building_height_m**1.72
    loss = 20.0 * math.log10(40.0 * math.pi * slant_m * frequency_ghz / 3.0)
    loss += min(0.03 * power, 10.0) * math.log10(slant_m) - min(0.044 * power, 14.77)
    return loss + 0.002 * math.log10(building_height_m) * slant_m


@numba.vectorize(["float64(float64, float64, float64, float64, float64)"], cache=True)
def rma_los_loss_db(
    distance_m: float,
    frequency_mhz: float,
    base_height_m: float,
    mobile_height_m: float,
    building_height_m: float,
) -> float:
    """Return the median loss of 3GPP rural macro in line of sight [dB].

    To the breakpoint dBP = 2π·hBS·hUT·f/c:
    PL1 = 20·log(40π·d3D·fc/3) + min(0.03·h^1.72, 10)·log d3D − min(0.044·h^1.72, 14.77)
    + 0.002·log(h)·d3D; beyond it PL2 = PL1(dBP) + 40·log(d3D/dBP). fc in GHz, distances in m.

    Parameters
    ----------
    distance_m : horizontal distance [m], 10 m to 10 km.
    frequency_mhz : 500 to 30,000 MHz.
    base_height_m : 10 to 150 m.
    mobile_height_m : 1 to 10 m.
    building_height_m : mean height of the buildings [m], 5 to 50 m.

    References
    ----------
    3GPP TR 38.901, table 7.4.1-1 and notes 5 and 6 to it.
    """
    frequency = frequency_mhz / 1000.0
    distance = max(distance_m, 1.0)
    slant = math.hypot(distance, base_height_m - mobile_height_m)
    turn = 2.0e9 * math.pi * base_height_m * mobile_height_m * frequency / LIGHT_SPEED_3GPP
    if distance <= turn:
        loss = _rma_near_db(slant, frequency, building_height_m)
    else:
        loss = _rma_near_db(turn, frequency, building_height_m) + 40.0 * math.log10(slant / turn)
    return max(loss, free_space_loss_db(slant, frequency_mhz))


@numba.vectorize([_MODEL_OF_STREETS], cache=True)
def rma_nlos_loss_db(
    distance_m: float,
    frequency_mhz: float,
    base_height_m: float,
    mobile_height_m: float,
    street_width_m: float,
    building_height_m: float,
) -> float:
    """Return the median loss of 3GPP rural macro without line of sight [dB].

    The larger of the loss in line of sight and
    161.04 − 7.1·log W + 7.5·log h − (24.37 − 3.7·(h/hBS)²)·log hBS
    + (43.42 − 3.1·log hBS)·(log d3D − 3) + 20·log fc − (3.2·(log(11.75·hUT))² − 4.97).

    Parameters
    ----------
    distance_m : horizontal distance [m], 10 m to 5 km.
    frequency_mhz, base_height_m, mobile_height_m, building_height_m : as in line of sight.
    street_width_m : mean width of the streets [m], 5 to 50 m.

    References
    ----------
    3GPP TR 38.901, table 7.4.1-1.
    """
    slant = math.hypot(max(distance_m, 1.0), base_height_m - mobile_height_m)
    logh = math.log10(base_height_m)
    loss = 161.04 - 7.1 * math.log10(street_width_m) + 7.5 * math.log10(building_height_m)
    loss -= (24.37 - 3.7 * (building_height_m / base_height_m) ** 2) * logh
    loss += (43.42 - 3.1 * logh) * (math.log10(slant) - 3.0)
    loss += 20.0 * math.log10(frequency_mhz / 1000.0)
    loss -= 3.2 * math.log10(11.75 * mobile_height_m) ** 2 - 4.97
    seen = rma_los_loss_db(
        distance_m, frequency_mhz, base_height_m, mobile_height_m, building_height_m
    )
    return max(loss, seen)


@numba.vectorize([_MODEL], cache=True)
def uma_los_loss_db(
    distance_m: float, frequency_mhz: float, base_height_m: float, mobile_height_m: float
) -> float:
    """Return the median loss of 3GPP urban macro in line of sight [dB].

    To d'BP = 4·(hBS − 1)·(hUT − 1)·f/c: PL1 = 28 + 22·log d3D + 20·log fc; beyond it
    PL2 = 28 + 40·log d3D + 20·log fc − 9·log(d'BP² + (hBS − hUT)²). fc in GHz, distances in m.

    Parameters
    ----------
    distance_m : horizontal distance [m], 10 m to 5 km.
    frequency_mhz : 500 to 100,000 MHz.
    base_height_m : 25 m in the report; other heights are an extrapolation.
    mobile_height_m : above 1 m and below 13 m, where the effective environment height is 1 m.

    References
    ----------
    3GPP TR 38.901, table 7.4.1-1 and note 1 to it.
    """
    distance, loss = max(distance_m, 1.0), 28.0 + 20.0 * math.log10(frequency_mhz / 1000.0)
    slant = math.hypot(distance, base_height_m - mobile_height_m)
    turn = 4.0e6 * (base_height_m - 1.0) * (mobile_height_m - 1.0) * frequency_mhz
    turn /= LIGHT_SPEED_3GPP
    if distance <= turn:
        loss += 22.0 * math.log10(slant)
    else:
        loss += 40.0 * math.log10(slant)
        loss -= 9.0 * math.log10(turn**2 + (base_height_m - mobile_height_m) ** 2)
    return max(loss, free_space_loss_db(slant, frequency_mhz))


@numba.vectorize([_MODEL], cache=True)
def uma_nlos_loss_db(
    distance_m: float, frequency_mhz: float, base_height_m: float, mobile_height_m: float
) -> float:
    """Return the median loss of 3GPP urban macro without line of sight [dB].

    The larger of the loss in line of sight and
    13.54 + 39.08·log d3D + 20·log fc − 0.6·(hUT − 1.5). fc in GHz, distances in m.

    Parameters
    ----------
    distance_m, frequency_mhz, base_height_m, mobile_height_m : as in line of sight.

    References
    ----------
    3GPP TR 38.901, table 7.4.1-1.
    """
    slant = math.hypot(max(distance_m, 1.0), base_height_m - mobile_height_m)
    loss = 13.54 + 39.08 * math.log10(slant) + 20.0 * math.log10(frequency_mhz / 1000.0)
    loss -= 0.6 * (mobile_height_m - 1.5)
    return max(loss, uma_los_loss_db(distance_m, frequency_mhz, base_height_m, mobile_height_m))


@numba.njit(cache=True)
def _loss_of_3gpp(
    model: int,
    distance_m: float,
    frequency_mhz: float,
    base_height_m: float,
    mobile_height_m: float,
    seen: bool,
) -> float:
    """Return the loss of RMa or UMa over a slant distance, with default streets [dB]."""
    across = math.sqrt(max(distance_m**2 - (base_height_m - mobile_height_m) ** 2, 0.0))
    if model == MODEL_UMA:
        if seen:
            return uma_los_loss_db(across, frequency_mhz, base_height_m, mobile_height_m)
        return uma_nlos_loss_db(across, frequency_mhz, base_height_m, mobile_height_m)
    street, house = RMA_STREET_WIDTH_M, RMA_BUILDING_HEIGHT_M
    if seen:
        return rma_los_loss_db(across, frequency_mhz, base_height_m, mobile_height_m, house)
    return rma_nlos_loss_db(across, frequency_mhz, base_height_m, mobile_height_m, street, house)


@numba.vectorize([_DISPATCH], cache=True)
def flat_loss_db(
    model: int,
    distance_m: float,
    frequency_mhz: float,
    base_height_m: float,
    mobile_height_m: float,
    environment: int,
) -> float:
    """Return the median loss over ground without ridges, by the model of the given code [dB].

    Hata's base height is held within 30 to 200 m, the span of his data. The 3GPP models are told
    of open ground as line of sight and of anything else as none, with their default street width
    and building height (20 m and 5 m).

    Parameters
    ----------
    model : MODEL_HATA, MODEL_RMA, MODEL_FREE_SPACE or MODEL_UMA.
    distance_m : from antenna to antenna [m].
    frequency_mhz : carrier frequency [MHz].
    base_height_m : effective height of the base antenna [m].
    mobile_height_m : height of the receiver above its ground [m].
    environment : ENVIRONMENT_URBAN, ENVIRONMENT_SUBURBAN or ENVIRONMENT_OPEN.

    Returns
    -------
    loss_db : NaN for a code that names no model.
    """
    if model == MODEL_FREE_SPACE:
        return free_space_loss_db(distance_m, frequency_mhz)
    if model == MODEL_HATA:
        base = min(max(base_height_m, HATA_LOWEST_BASE_M), HATA_HIGHEST_BASE_M)
        return hata_loss_db(distance_m, frequency_mhz, base, mobile_height_m, environment)
    if model not in (MODEL_RMA, MODEL_UMA):
        return math.nan
    seen = environment == ENVIRONMENT_OPEN
    return _loss_of_3gpp(model, distance_m, frequency_mhz, base_height_m, mobile_height_m, seen)
