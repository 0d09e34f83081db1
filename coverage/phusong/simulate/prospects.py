"""Places for a mast: where one could stand, whom it would serve, and whom it must not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from phusong.reach.links import links_excess_db
from phusong.reach.pathloss import ENVIRONMENT_SUBURBAN, MODEL_HATA, flat_loss_db
from phusong.reach.terrain import Terrain, elevation_at
from phusong.simulate.recipe import RadioRecipe
from phusong.simulate.shelter import Roles

#: 4/3 of the Earth's radius [m], the median bending of rays (ITU-R P.310).
EARTH_RADIUS_M = 4.0 / 3.0 * 6_371_000.0

BAND_3G_MHZ, BAND_LOW_MHZ, BAND_4G_MHZ = 2100.0, 900.0, 1800.0


@dataclass(frozen=True, eq=False)
class Prospects:
    """Hold the places for a mast.

    Parameters
    ----------
    xy : where [m, 2] [m].
    place : row number of the hamlet it was looked for [m].
    town : whether it would stand on a roof [m].
    height_m : of the antennas above ground [m].
    allowed, allowed_low, allowed_4g : whether it leaves the hidden hamlets dark at all, even on 900 MHz,
        and with 4G also those of old radio [m].
    """

    xy: np.ndarray
    place: np.ndarray
    town: np.ndarray
    height_m: np.ndarray
    allowed: np.ndarray
    allowed_low: np.ndarray
    allowed_4g: np.ndarray


def look_for_places(
    centres_xy: np.ndarray,
    population: np.ndarray,
    terrain: Terrain | None,
    roles: Roles,
    *,
    recipe: RadioRecipe,
    rng: np.random.Generator,
) -> Prospects:
    """Return places for masts around every hamlet.

    Parameters
    ----------
    centres_xy, population : hamlets [n, 2] [m], and their people [n].
    terrain : ground; None for a flat world.
    roles : who must stay dark.
    recipe : how masts are built.
    rng : stream of random numbers.
    """
    place = np.repeat(np.arange(len(centres_xy)), recipe.spots)
    angle = rng.uniform(0, 2 * np.pi, len(place))
    reach = rng.uniform(recipe.spot_low_m, recipe.spot_high_m, len(place))
    xy = centres_xy[place] + reach[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    density = measure_density(centres_xy, population, reach_m=recipe.density_reach_m)
    town = density[place] >= recipe.town_density_km2
    low, high = np.where(town[:, None], recipe.rooftop_m, recipe.mast_m).T
    height = np.rint(rng.uniform(low, high))
    dark = _probe(centres_xy[roles.hidden], recipe)
    old = _probe(centres_xy[roles.old_radio], recipe)
    at_dark = [
        loudest_dbm(xy, height, dark, terrain, frequency_mhz=f, eirp_dbm=e, recipe=recipe)
        for f, e in (
            (BAND_3G_MHZ, recipe.pilot_dbm),
            (BAND_LOW_MHZ, recipe.pilot_dbm),
            (BAND_4G_MHZ, recipe.reference_dbm),
        )
    ]
    at_old = loudest_dbm(
        xy,
        height,
        old,
        terrain,
        frequency_mhz=BAND_4G_MHZ,
        eirp_dbm=recipe.reference_dbm,
        recipe=recipe,
    )
    allowed = (at_dark[0] < recipe.edge_2100_dbm) & (at_dark[2] < recipe.edge_1800_dbm)
    return Prospects(
        xy=xy,
        place=place,
        town=town,
        height_m=height,
        allowed=allowed,
        allowed_low=allowed & (at_dark[1] < recipe.edge_2100_dbm),
        allowed_4g=allowed & (at_old < recipe.edge_1800_dbm),
    )


def measure_density(
    centres_xy: np.ndarray, population: np.ndarray, *, reach_m: float
) -> np.ndarray:
    """Return persons per km² around each place, by the hamlets within a radius [n]."""
    near = cKDTree(centres_xy).query_ball_point(centres_xy, reach_m, return_sorted=True)
    people = np.array([population[rows].sum() for rows in near])
    return people / (np.pi * reach_m**2 / 1e6)


def _probe(centres_xy: np.ndarray, recipe: RadioRecipe) -> np.ndarray:
    """Return the centres and four places around each, where clusters may be [5·n, 2]."""
    around = np.array([(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)]) * recipe.probe_m
    return (centres_xy[:, None] + around).reshape(-1, 2)


def loudest_dbm(
    masts_xy: np.ndarray,
    height_m: np.ndarray,
    probes_xy: np.ndarray,
    terrain: Terrain | None,
    *,
    frequency_mhz: float,
    eirp_dbm: float,
    recipe: RadioRecipe,
) -> np.ndarray:
    """Return the loudest median signal that each mast would bring to any of the probes [masts] [dBm].

    Parameters
    ----------
    masts_xy, height_m : masts [m, 2] and antennas above ground [m] [m].
    probes_xy : places [p, 2] [m].
    terrain : ground; None for a flat world.
    frequency_mhz, eirp_dbm : of the reference signal.
    recipe : heights and spacing.

    Returns
    -------
    signal_dbm : −inf where every probe is out of mind.
    """
    loudest = np.full(len(masts_xy), -np.inf)
    if not len(probes_xy):
        return loudest
    near = cKDTree(probes_xy).query_ball_point(masts_xy, recipe.far_m, return_sorted=True)
    mast = np.repeat(np.arange(len(masts_xy)), [len(n) for n in near])
    probe = np.array([p for n in near for p in n], dtype=int)
    signal = eirp_dbm - _loss_db(
        masts_xy[mast], height_m[mast], probes_xy[probe], terrain, frequency_mhz, recipe
    )
    np.maximum.at(loudest, mast, signal)
    return loudest


def _loss_db(
    masts_xy: np.ndarray,
    height_m: np.ndarray,
    probes_xy: np.ndarray,
    terrain: Terrain | None,
    frequency_mhz: float,
    recipe: RadioRecipe,
) -> np.ndarray:
    """Return the loss of single links over terrain [links] [dB]."""
    length = np.hypot(*(masts_xy - probes_xy).T)
    base = height_m
    if terrain is not None:
        fall = elevation_at(terrain, *masts_xy.T) - elevation_at(terrain, *probes_xy.T)
        base = height_m + np.nan_to_num(fall).clip(0.0)
    loss = flat_loss_db(
        MODEL_HATA, length, frequency_mhz, base, recipe.receiver_m, ENVIRONMENT_SUBURBAN
    )
    if terrain is None or not len(length):
        return loss
    excess = links_excess_db(
        terrain,
        masts_xy,
        probes_xy,
        mast_height_m=height_m,
        frequency_mhz=frequency_mhz,
        receiver_height_m=recipe.receiver_m,
        clutter_height_m=recipe.clutter_m,
        effective_earth_radius_m=EARTH_RADIUS_M,
        profile_step_m=recipe.step_m,
    )
    return loss + np.nan_to_num(excess)
