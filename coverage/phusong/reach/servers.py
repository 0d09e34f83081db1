"""The best server: which carrier of each layer a receiver hears loudest, and how loud, over terrain.

The median signal of a carrier at a receiver is

    EIRP − pattern(bearing) − loss of the flat world − excess of the terrain      [dBm]

- EIRP per reference-signal resource element (or pilot), so that the result is RSRP, or RSCP;
- pattern: the sector's loss off its axis (`antennas`), nothing where no azimuth is known;
- the flat world: the named model of `pathloss` over the distance from antenna to antenna, told of the
  effective height of the mast by the spot-height rule: its own height and what its ground lies above
  the receiver's, which on a slope is what Okumura's effective height comes to (Hata 1980; COST 231
  Final Report §4.4). Hata's is held within 30 to 200 m;
- the excess: what ridges add, see `links`. It is never below 0, hence no signal is above free space.

A layer is an operator's technology; masts are shared. The geometry of a receiver and a mast is worked
out at most once, whatever stands on the mast, since the bend of a path serves every frequency.

Pruning is exact. The excess only takes away, so the flat signal of a carrier bounds its real one. The
carriers of a layer are visited from the loudest flat signal downwards; once it falls below the best
real signal found, nothing that follows can win and no further profile is walked. The answer is that
of trying every carrier. Of carriers equally loud the one of the lowest row wins.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numba
import numpy as np

from phusong.reach.antennas import sector_loss_db
from phusong.reach.link_budget import LinkBudget
from phusong.reach.links import (
    Ground,
    Rule,
    Sheet,
    bend_link,
    excess_db,
    lay_ground,
    run_blocks,
    set_rule,
    take_sheet,
)
from phusong.reach.masts import Carriers, Masts, find_masts, order_carriers, raise_masts
from phusong.reach.pathloss import MODEL_FREE_SPACE, MODELS, flat_loss_db
from phusong.reach.terrain import Terrain, elevation_at


@dataclass(frozen=True, eq=False)
class Servers:
    """Hold the best carrier of every layer at every receiver; arrays are [receivers, layers].

    Parameters
    ----------
    signal_dbm : best median signal, −inf where no carrier of the layer is in range.
    carrier : its row among the carriers, −1 where there is none.
    distance_m : horizontal distance to its mast, infinite where there is none.
    excess_db : what terrain costs it; NaN where there is none, and in a world without terrain, where the
        signal is that of the flat world.
    flat_signal_dbm : best signal if there were no obstruction by terrain, maybe of another carrier.
    possible_dbm : upper bound of the signal over paths that meet unknown ground, as far as it is above
        `signal_dbm`; −inf where there is no such path.
    terrain_known : whether the ground at the receiver is known [receivers].
    profiles : number of terrain profiles that were really walked.
    """

    signal_dbm: np.ndarray
    carrier: np.ndarray
    distance_m: np.ndarray
    excess_db: np.ndarray
    flat_signal_dbm: np.ndarray
    possible_dbm: np.ndarray
    terrain_known: np.ndarray
    profiles: int


class _Air(NamedTuple):
    """Hold the settings of the whole run."""

    model: int
    layers: int
    widest: int
    receiver_m: float
    raised_m: float
    range_m: float
    beamwidth_deg: float
    front_to_back_db: float
    flat_world: bool


class _Receivers(NamedTuple):
    """Hold receivers [n]."""

    x: np.ndarray
    y: np.ndarray
    ground: np.ndarray
    environment: np.ndarray


class _Desk(NamedTuple):
    """Hold one thread's working space: masts in range, and the candidates of every layer."""

    mast: np.ndarray
    length: np.ndarray
    shape: np.ndarray
    walked: np.ndarray
    waiting: np.ndarray
    flat: np.ndarray
    carrier: np.ndarray
    slot: np.ndarray


class _Answers(NamedTuple):
    """Hold the arrays that are filled."""

    signal: np.ndarray
    carrier: np.ndarray
    distance: np.ndarray
    excess: np.ndarray
    flat: np.ndarray
    possible: np.ndarray
    profiles: np.ndarray


def best_servers(
    terrain: Terrain | None,
    receivers_xy: np.ndarray,
    masts_xy: np.ndarray,
    mast_heights_m: np.ndarray,
    mast_index: np.ndarray,
    layer: np.ndarray,
    frequency_mhz: np.ndarray,
    eirp_dbm: np.ndarray,
    azimuth_deg: np.ndarray,
    *,
    layers: int,
    environment: np.ndarray,
    budget: LinkBudget,
    threads: int | None = None,
) -> Servers:
    """Return the loudest carrier of every layer at every receiver.

    Parameters
    ----------
    terrain : ground in the metric system of the positions; None for a flat world.
    receivers_xy, masts_xy : positions [n, 2] and [m, 2] [m].
    mast_heights_m : antennas above their ground [m] [m].
    mast_index, layer : mast and layer of every carrier [c]; carriers of a layer below 0 are left out.
    frequency_mhz, eirp_dbm : of every carrier [c] [MHz, dBm per reference-signal resource element].
    azimuth_deg : axis of every carrier, clockwise from north [c] [°]; NaN where none is known.
    layers : number of layers.
    environment : code of what stands around each receiver [n].
    budget : what every link is computed with.
    threads : how many at once; None for as many as numba would use. The result is the same.

    Returns
    -------
    servers : the best carriers. Over terrain, a path that meets unknown ground serves nobody.

    Raises
    ------
    ValueError
        If arrays do not fit together, a carrier stands on no mast or layer, or a number is not finite.
    """
    carriers = order_carriers(mast_index, layer, frequency_mhz, eirp_dbm, azimuth_deg)
    places = _receive(terrain, receivers_xy, environment)
    air = _Air(
        int(budget.model),
        int(layers),
        int(np.bincount(carriers.layer, minlength=1).max()),
        float(budget.receiver_height_m),
        float(max(budget.receiver_height_m, budget.clutter_height_m)),
        float(budget.maximum_range_m),
        float(budget.horizontal_beamwidth_deg),
        float(budget.front_to_back_db),
        terrain is None,
    )
    mast_of = np.asarray(mast_index, dtype=np.int64)[carriers.row]
    masts = raise_masts(terrain, masts_xy, mast_heights_m, mast_of, air.range_m)
    _check_world(air, carriers)
    rule = set_rule(
        budget.model,
        carriers.frequency,
        earth_radius_m=budget.effective_earth_radius_m,
        step_m=budget.profile_step_m,
    )
    answers = _lay_answers(len(places.x), air.layers)
    ground = lay_ground(terrain)

    def _solve(first: int, last: int) -> None:
        _serve_block(first, last, ground, rule, air, places, masts, carriers, answers)

    run_blocks(_solve, len(places.x), threads=threads)
    return Servers(
        signal_dbm=answers.signal,
        carrier=answers.carrier,
        distance_m=answers.distance,
        excess_db=answers.excess,
        flat_signal_dbm=answers.flat,
        possible_dbm=answers.possible,
        terrain_known=~np.isnan(places.ground),
        profiles=int(answers.profiles.sum()),
    )


def _receive(
    terrain: Terrain | None, receivers_xy: np.ndarray, environment: np.ndarray
) -> _Receivers:
    """Return the receivers with their ground."""
    x, y = np.asarray(receivers_xy, dtype=float).reshape(-1, 2).T.copy()
    around = np.asarray(environment, dtype=np.int64)
    if around.shape != x.shape:
        raise ValueError(f"{len(x)} receivers need as many environments, not {around.shape}")
    ground = np.full(len(x), np.nan) if terrain is None else elevation_at(terrain, x, y)
    return _Receivers(x, y, ground, around)


def _check_world(air: _Air, carriers: Carriers) -> None:
    """Refuse what compiled code must not meet."""
    if air.model not in MODELS.values():
        raise ValueError(f"no path-loss model has the code {air.model}")
    if len(carriers.layer) and carriers.layer.max() >= air.layers:
        raise ValueError(f"a carrier is of layer {carriers.layer.max()} of {air.layers}")


def _lay_answers(receivers: int, layers: int) -> _Answers:
    """Return arrays that say that nobody hears anything."""
    shape = (receivers, layers)
    return _Answers(
        signal=np.full(shape, -np.inf, dtype=np.float32),
        carrier=np.full(shape, -1, dtype=np.int32),
        distance=np.full(shape, np.inf),
        excess=np.full(shape, np.nan, dtype=np.float32),
        flat=np.full(shape, -np.inf, dtype=np.float32),
        possible=np.full(shape, -np.inf, dtype=np.float32),
        profiles=np.zeros(receivers, dtype=np.int64),
    )


@numba.njit(cache=True)
def _lay_desk(masts: int, layers: int, widest: int) -> _Desk:
    """Return working space for that many masts, layers and carriers a layer."""
    return _Desk(
        np.empty(masts, dtype=np.int64),
        np.empty(masts),
        np.empty((masts, 4)),
        np.empty(masts, dtype=np.bool_),
        np.empty(layers, dtype=np.int64),
        np.empty((layers, widest)),
        np.empty((layers, widest), dtype=np.int64),
        np.empty((layers, widest), dtype=np.int64),
    )


@numba.njit(cache=True, nogil=True)
def _serve_block(
    first: int,
    last: int,
    ground: Ground,
    rule: Rule,
    air: _Air,
    places: _Receivers,
    masts: Masts,
    carriers: Carriers,
    answers: _Answers,
) -> None:
    """Answer the receivers from `first` to before `last`."""
    desk = _lay_desk(len(masts.x), air.layers, air.widest)
    sheet = take_sheet(air.range_m, rule.step_m)
    for i in range(first, last):
        near = find_masts(places.x[i], places.y[i], air.range_m, masts, desk.mast, desk.length)
        desk.walked[:near] = False
        desk.waiting[:] = 0
        for slot in range(near):
            _rate_mast(i, slot, air, places, masts, carriers, desk, answers)
        for layer in range(air.layers):
            _settle_layer(
                i, layer, ground, rule, air, places, masts, carriers, desk, sheet, answers
            )


@numba.njit(cache=True)
def _rate_mast(
    i: int,
    slot: int,
    air: _Air,
    places: _Receivers,
    masts: Masts,
    carriers: Carriers,
    desk: _Desk,
    answers: _Answers,
) -> None:
    """Put the flat signal of every carrier of one mast on the desk, under its layer.

    Where the ground of an end is unknown, free space alone bounds the signal: it goes to what is possible.
    """
    mast, length = desk.mast[slot], desk.length[slot]
    height, fall = masts.height[mast], masts.ground[mast] - places.ground[i]
    bounded = math.isnan(fall) and not air.flat_world
    model = MODEL_FREE_SPACE if bounded else air.model
    if math.isnan(fall):
        fall = 0.0
    base = height + max(fall, 0.0)
    slant = length if bounded else math.hypot(length, height + fall - air.receiver_m)
    bearing = math.degrees(math.atan2(places.x[i] - masts.x[mast], places.y[i] - masts.y[mast]))
    frequency, loss = 0.0, 0.0
    for c in range(masts.first[mast], masts.first[mast + 1]):
        if carriers.frequency[c] != frequency:
            frequency = carriers.frequency[c]
            loss = flat_loss_db(
                model, slant, frequency, base, air.receiver_m, places.environment[i]
            )
        pattern = sector_loss_db(
            bearing, carriers.azimuth[c], air.beamwidth_deg, air.front_to_back_db
        )
        layer, flat = carriers.layer[c], carriers.eirp[c] - pattern - loss
        if bounded:
            answers.possible[i, layer] = max(answers.possible[i, layer], flat)
            continue
        place = desk.waiting[layer]
        desk.flat[layer, place] = flat
        desk.carrier[layer, place], desk.slot[layer, place] = c, slot
        desk.waiting[layer] = place + 1


@numba.njit(cache=True)
def _pick_loudest(layer: int, carriers: Carriers, desk: _Desk) -> int:
    """Take the loudest flat candidate of a layer to the end of its list; return its place there."""
    last = desk.waiting[layer] - 1
    flat, carrier, slot = desk.flat[layer], desk.carrier[layer], desk.slot[layer]
    best = 0
    for k in range(1, last + 1):
        if flat[k] > flat[best] or (
            flat[k] == flat[best] and carriers.row[carrier[k]] < carriers.row[carrier[best]]
        ):
            best = k
    flat[best], flat[last] = flat[last], flat[best]
    carrier[best], carrier[last] = carrier[last], carrier[best]
    slot[best], slot[last] = slot[last], slot[best]
    desk.waiting[layer] = last
    return last


@numba.njit(cache=True)
def _settle_layer(
    i: int,
    layer: int,
    ground: Ground,
    rule: Rule,
    air: _Air,
    places: _Receivers,
    masts: Masts,
    carriers: Carriers,
    desk: _Desk,
    sheet: Sheet,
    answers: _Answers,
) -> None:
    """Write the best carrier of one layer at one receiver."""
    best, winner = -math.inf, -1
    while desk.waiting[layer] > 0:
        place = _pick_loudest(layer, carriers, desk)
        flat, c = desk.flat[layer, place], desk.carrier[layer, place]
        slot, row = desk.slot[layer, place], carriers.row[c]
        answers.flat[i, layer] = max(answers.flat[i, layer], flat)
        if winner >= 0 and flat < best:
            return
        excess = _excess_on_desk(
            i, slot, carriers.frequency[c], ground, rule, air, places, masts, desk, sheet, answers
        )
        if math.isnan(excess) and not air.flat_world:
            answers.possible[i, layer] = max(answers.possible[i, layer], flat)
            continue
        signal = flat if math.isnan(excess) else flat - excess
        if winner < 0 or signal > best or (signal == best and row < winner):
            best, winner = signal, row
            answers.signal[i, layer], answers.carrier[i, layer] = signal, row
            answers.distance[i, layer], answers.excess[i, layer] = desk.length[slot], excess


@numba.njit(cache=True)
def _excess_on_desk(
    i: int,
    slot: int,
    frequency: float,
    ground: Ground,
    rule: Rule,
    air: _Air,
    places: _Receivers,
    masts: Masts,
    desk: _Desk,
    sheet: Sheet,
    answers: _Answers,
) -> float:
    """Return the excess over the path to a mast in range; walk the path if nobody has yet."""
    mast = desk.mast[slot]
    here, there = places.ground[i], masts.ground[mast]
    if math.isnan(here) or math.isnan(there):
        return math.nan
    if not desk.walked[slot]:
        shape = bend_link(
            ground,
            rule,
            sheet,
            masts.x[mast],
            masts.y[mast],
            there,
            masts.height[mast],
            places.x[i],
            places.y[i],
            here,
            air.raised_m,
        )
        for k in range(4):
            desk.shape[slot, k] = shape[k]
        desk.walked[slot] = True
        answers.profiles[i] += 1
    kept = desk.shape[slot]
    return excess_db(rule, (kept[0], kept[1], kept[2], kept[3]), desk.length[slot], frequency)
