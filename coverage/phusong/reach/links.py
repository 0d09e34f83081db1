"""One link over terrain: what ridges cost it beyond the flat world that its path-loss model was told of.

An empirical model such as Hata's already contains the Earth's bulge, the houses and the trees of its
environment; adding the whole diffraction loss of a profile would count them twice. So, as the
delta-Bullington method does (ITU-R P.1812-6, §4.3.4), a Bullington loss is taken twice, over the real
profile and over smooth ground, and only the difference is added:

    excess = max(0, Lbull(real profile) − Lbull(smooth ground))

Smooth ground is the flat world of the model itself: the curved Earth, the mast standing at its
effective height by the spot-height rule (its own height and what its ground lies above the
receiver's), the receiver at its own. P.1812 fits a line to the profile instead, which answers another
question (what is left for its spherical-Earth term); with the fitted line a hill raised anywhere would
raise the line too and might seem to help. Here raising any ground between the ends never helps.

In both terms the receiver stands at the representative clutter height (10 m in open, rural and
suburban ground, ITU-R P.1812-6 table 2), if it is not above it: what lies below is in the environment
of the empirical model already, and the few metres of noise of radar terrain must not act as a ridge.

With MODEL_FREE_SPACE nothing is contained in the model, so the complete delta-Bullington loss is added,
its spherical-Earth term included (vertical polarisation over land).

A path that meets unknown ground, at an end or between the ends, has an unknown excess, for whatever is not
known there may be a ridge. Of its signal only an upper bound can be said, see `servers`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numba
import numpy as np

from phusong.reach.diffraction import (
    QUIET_NU,
    bullington_loss_db,
    diffraction_heights,
    profile_bend,
)
from phusong.reach.pathloss import MODEL_FREE_SPACE, MODEL_HATA
from phusong.reach.spherical import VERTICAL, WAVELENGTH_M_MHZ, spherical_loss_db
from phusong.reach.terrain import Terrain, elevation_at, fill_line, height_between

#: How many links or receivers a thread takes at a time.
BLOCK = 512


class Ground(NamedTuple):
    """Hold terrain as compiled code takes it."""

    elevation: np.ndarray
    west_m: float
    north_m: float
    cell_m: float


class Rule(NamedTuple):
    """Hold how an excess is taken: Earth, spacing, whole or difference, lowest frequency in play."""

    earth_radius_m: float
    step_m: float
    complete: bool
    quiet_bend: float


class Sheet(NamedTuple):
    """Hold the working space of one thread: distance and height of a profile, and zeros."""

    distance: np.ndarray
    height: np.ndarray
    zero: np.ndarray


def lay_ground(terrain: Terrain | None) -> Ground:
    """Return terrain for compiled code; unknown everywhere if there is none."""
    if terrain is None:
        return Ground(np.full((1, 1), np.nan, dtype=np.float32), 0.0, 0.0, 1.0)
    return Ground(
        terrain.elevation, float(terrain.west_m), float(terrain.north_m), float(terrain.cell_m)
    )


def set_rule(
    model: int, frequency_mhz: np.ndarray, *, earth_radius_m: float, step_m: float
) -> Rule:
    """Return the rule for a model.

    Parameters
    ----------
    model : a code of `pathloss`.
    frequency_mhz : every frequency in play [MHz].
    earth_radius_m : effective Earth radius [m].
    step_m : widest spacing of profile points [m].

    Raises
    ------
    ValueError
        If the radius or the spacing is not positive.
    """
    if not (earth_radius_m > 0 and step_m > 0):
        raise ValueError("the Earth's radius and the spacing of profiles must be positive")
    lowest = float(np.min(frequency_mhz)) if np.size(frequency_mhz) else 1.0
    quiet = QUIET_NU * math.sqrt(WAVELENGTH_M_MHZ / lowest / 2.0)
    return Rule(float(earth_radius_m), float(step_m), model == MODEL_FREE_SPACE, quiet)


@numba.njit(cache=True)
def take_sheet(longest_m: float, step_m: float) -> Sheet:
    """Return working space for profiles up to a length [m]."""
    points = int(math.ceil(longest_m / step_m)) + 3
    return Sheet(np.empty(points), np.empty(points), np.zeros(points))


@numba.njit(cache=True, error_model="numpy")
def _walk(
    ground: Ground,
    rule: Rule,
    sheet: Sheet,
    x0: float,
    y0: float,
    x1: float,
    y1: float,
    length: float,
) -> int:
    """Write the ground between two points on the sheet; return how many points, 0 if any is unknown."""
    parts = max(int(math.ceil(length / rule.step_m)), 1)
    part = length / parts
    row = (ground.north_m - y0) / ground.cell_m - 0.5
    column = (x0 - ground.west_m) / ground.cell_m - 0.5
    down, across = (y0 - y1) / ground.cell_m / parts, (x1 - x0) / ground.cell_m / parts
    distance, heights = sheet.distance, sheet.height
    if not fill_line(ground.elevation, heights, row, column, down, across, parts):
        # Near the rim of the grid, or beside a void: point by point, until one is unknown.
        for i in range(1, parts):
            heights[i] = height_between(ground.elevation, row + down * i, column + across * i)
            if math.isnan(heights[i]):
                return 0
    for i in range(1, parts):
        distance[i] = part * i
    distance[parts] = length
    return parts + 1


@numba.njit(cache=True)
def _is_clear(rule: Rule, length: float, base: float, mobile: float) -> bool:
    """Return whether smooth ground surely costs nothing, without looking at its points.

    At x from the base, the ray stands at (b·(d − x) + m·x)/d, at least 2·√(b·m·x·(d − x))/d, above a
    bulge of x·(d − x)/2a, and √(x·(d − x)) is at most d/2.
    """
    bulge = 0.25 * length**1.5 / rule.earth_radius_m
    return 2.0 * math.sqrt(base * mobile / length) - bulge >= -rule.quiet_bend


@numba.njit(cache=True, error_model="numpy")
def bend_link(
    ground: Ground,
    rule: Rule,
    sheet: Sheet,
    x0: float,
    y0: float,
    ground0_m: float,
    height0_m: float,
    x1: float,
    y1: float,
    ground1_m: float,
    height1_m: float,
) -> tuple[float, float, float, float]:
    """Return what the terrain between two antennas does to a link, whatever its frequency.

    Parameters
    ----------
    ground, rule, sheet : terrain, rule, working space.
    x0, y0, ground0_m, height0_m : the mast: place, its ground, antenna above it [m].
    x1, y1, ground1_m, height1_m : the receiver, already raised to the clutter height [m].

    Returns
    -------
    bend, smooth_bend : of the real profile and of smooth ground [√m], see `diffraction`; −inf where
        nothing can stand in the way, NaN where the path meets unknown ground.
    base_m, mobile_m : heights above smooth ground [m].
    """
    length = math.hypot(x1 - x0, y1 - y0)
    base, mobile = height0_m + max(ground0_m - ground1_m, 0.0), height1_m
    count = _walk(ground, rule, sheet, x0, y0, x1, y1, length) if length > rule.step_m else 2
    if count == 0:
        return math.nan, math.nan, base, mobile
    if count == 2:
        return -math.inf, -math.inf, base, mobile
    distance, height = sheet.distance[:count], sheet.height[:count]
    distance[0], height[0], height[count - 1] = 0.0, ground0_m, ground1_m
    sender, receiver = ground0_m + height0_m, ground1_m + height1_m
    bend = profile_bend(distance, height, sender, receiver, rule.earth_radius_m)
    if rule.complete:
        surface = diffraction_heights(distance, height, sender, receiver)
        base, mobile = sender - surface[0], receiver - surface[1]
    elif bend <= rule.quiet_bend:
        return -math.inf, -math.inf, base, mobile
    elif _is_clear(rule, length, base, mobile):
        return bend, -math.inf, base, mobile
    smooth = profile_bend(distance, sheet.zero[:count], base, mobile, rule.earth_radius_m)
    return bend, smooth, base, mobile


@numba.njit(cache=True)
def excess_db(
    rule: Rule, shape: tuple[float, float, float, float], length_m: float, frequency_mhz: float
) -> float:
    """Return the excess loss of a link at one frequency [dB], never below 0; NaN where its ground is unknown.

    Parameters
    ----------
    rule : as for `bend_link`.
    shape : what `bend_link` returned.
    length_m : length of the link [m].
    frequency_mhz : carrier frequency [MHz].
    """
    bend, smooth_bend, base, mobile = shape
    if math.isnan(bend):
        return math.nan
    actual = bullington_loss_db(bend, length_m, frequency_mhz)
    if rule.complete:
        if length_m <= rule.step_m:
            return 0.0
        sphere = spherical_loss_db(
            length_m, base, mobile, rule.earth_radius_m, frequency_mhz, VERTICAL, 0.0
        )
        smooth = bullington_loss_db(smooth_bend, length_m, frequency_mhz)
        return actual + max(sphere - smooth, 0.0)
    if actual == 0.0:
        return 0.0
    return max(actual - bullington_loss_db(smooth_bend, length_m, frequency_mhz), 0.0)


@numba.njit(cache=True, nogil=True)
def _excess_of_links(
    first: int,
    last: int,
    ground: Ground,
    rule: Rule,
    masts: np.ndarray,
    receivers: np.ndarray,
    frequency_mhz: np.ndarray,
    longest_m: float,
    result: np.ndarray,
) -> None:
    """Write the excess of the links from `first` to before `last`."""
    sheet = take_sheet(longest_m, rule.step_m)
    for i in range(first, last):
        x0, y0, below0, up0 = masts[i, 0], masts[i, 1], masts[i, 2], masts[i, 3]
        x1, y1, below1, up1 = receivers[i, 0], receivers[i, 1], receivers[i, 2], receivers[i, 3]
        if math.isnan(below0) or math.isnan(below1):
            result[i] = math.nan
            continue
        shape = bend_link(ground, rule, sheet, x0, y0, below0, up0, x1, y1, below1, up1)
        result[i] = excess_db(rule, shape, math.hypot(x1 - x0, y1 - y0), frequency_mhz[i])


def run_blocks(work: Callable[[int, int], None], count: int, *, threads: int | None) -> None:
    """Run work over the range of rows, block by block, on several threads.

    Blocks do not touch each other's rows, so the result does not depend on the number of threads.
    Threads of the interpreter are used, not numba's: its thread layer may not be entered twice at once,
    and a front end serves several people.

    Parameters
    ----------
    work : takes the first row and the row after the last.
    count : number of rows.
    threads : how many at once; None for as many as numba would use.
    """
    starts = range(0, count, BLOCK)
    crew = min(threads or numba.get_num_threads(), len(starts))
    if crew <= 1:
        if count:
            work(0, count)
        return
    with ThreadPoolExecutor(crew) as pool:
        for _ in pool.map(lambda start: work(start, min(start + BLOCK, count)), starts):
            pass


def links_excess_db(
    terrain: Terrain,
    masts_xy: np.ndarray,
    receivers_xy: np.ndarray,
    *,
    mast_height_m: np.ndarray | float,
    frequency_mhz: np.ndarray | float,
    receiver_height_m: float,
    clutter_height_m: float,
    effective_earth_radius_m: float,
    profile_step_m: float,
    model: int = MODEL_HATA,
    threads: int | None = None,
) -> np.ndarray:
    """Return what terrain costs each of many single links [n] [dB].

    Parameters
    ----------
    terrain : the grid.
    masts_xy, receivers_xy : the two ends of every link [n, 2] [m].
    mast_height_m, frequency_mhz : of every link [n] or of all [m, MHz].
    receiver_height_m, clutter_height_m : the higher of both is taken above the receiver's ground [m].
    effective_earth_radius_m : 4/3 of the Earth's for the median [m].
    profile_step_m : widest spacing of profile points [m].
    model : MODEL_FREE_SPACE takes the complete delta-Bullington loss, any other the difference.
    threads : how many at once; None for as many as numba would use.

    Returns
    -------
    excess_db : NaN where ground is unknown at an end or between the ends.
    """
    masts = np.asarray(masts_xy, dtype=float).reshape(-1, 2)
    receivers = np.asarray(receivers_xy, dtype=float).reshape(-1, 2)
    frequency = np.ascontiguousarray(
        np.broadcast_to(np.asarray(frequency_mhz, dtype=float), len(masts))
    )
    raised = max(receiver_height_m, clutter_height_m)
    ends = []
    for place, height in ((masts, mast_height_m), (receivers, raised)):
        above = np.broadcast_to(np.asarray(height, dtype=float), len(place))
        ends.append(np.column_stack([place, elevation_at(terrain, *place.T), above]))
    rule = set_rule(
        model, frequency, earth_radius_m=effective_earth_radius_m, step_m=profile_step_m
    )
    ground, result = lay_ground(terrain), np.empty(len(masts))
    known = ~np.isnan(ends[0][:, 2] + ends[1][:, 2])
    longest = float(np.hypot(*(masts - receivers)[known].T).max(initial=0.0))

    def _solve(first: int, last: int) -> None:
        _excess_of_links(first, last, ground, rule, ends[0], ends[1], frequency, longest, result)

    run_blocks(_solve, len(masts), threads=threads)
    return result
