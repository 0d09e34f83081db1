"""Terrain: a grid of ground heights in the province's metric system, read between its cells.

Row 0 is the northernmost; a cell's height stands at its centre. Unknown ground is NaN and stays
unknown: nothing between a known and an unknown cell is made up, unless `fill_voids` was asked to.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numba
import numpy as np
from scipy import ndimage, sparse
from scipy.sparse.linalg import cg


@dataclass(frozen=True, eq=False)
class Terrain:
    """Hold ground heights on a north-up grid.

    Parameters
    ----------
    elevation : metres above sea level [rows, columns], float32; NaN where unknown.
    west_m, north_m : outer corner of the north-western cell [m].
    cell_m : side of a cell [m].

    Raises
    ------
    ValueError
        If the grid has no cell, or the side of a cell is not positive.
    """

    elevation: np.ndarray
    west_m: float
    north_m: float
    cell_m: float

    def __post_init__(self) -> None:
        """Check the grid, and hold its heights as float32."""
        if np.ndim(self.elevation) != 2 or np.size(self.elevation) == 0:
            raise ValueError("terrain must be a grid of rows and columns with at least one cell")
        if not self.cell_m > 0:
            raise ValueError(f"the side of a terrain cell must be positive, not {self.cell_m} m")
        elevation = np.ascontiguousarray(self.elevation, dtype=np.float32)
        object.__setattr__(self, "elevation", elevation)


@numba.njit(cache=True)
def _height_at_rim(elevation: np.ndarray, row: float, column: float) -> float:
    """Return the bilinear height at the rim of the grid or of a void; a corner of no weight counts not."""
    rows, columns = elevation.shape
    if not (-0.5 <= column <= columns - 0.5 and -0.5 <= row <= rows - 0.5):
        return math.nan
    row, column = min(max(row, 0.0), rows - 1.0), min(max(column, 0.0), columns - 1.0)
    top, left = int(row), int(column)
    total = 0.0
    for i in range(2):
        for j in range(2):
            weight = abs(1 - i - (row - top)) * abs(1 - j - (column - left))
            if weight > 0.0:
                total += weight * elevation[top + i, left + j]
    return total


@numba.njit(cache=True, inline="always")
def height_between(elevation: np.ndarray, row: float, column: float) -> float:
    """Return the ground at one place of the grid, bilinear between the centres of four cells [m].

    Parameters
    ----------
    elevation : field of a `Terrain`.
    row, column : cells from the centre of the north-western cell, with fractions.

    Returns
    -------
    height_m : NaN outside the grid and beside unknown cells. In the outermost half cell, beyond the
        last centres, the height of the rim is taken.
    """
    rows, columns = elevation.shape
    if 0.0 <= row < rows - 1 and 0.0 <= column < columns - 1:
        top, left = int(row), int(column)
        down, across = row - top, column - left
        high, low = elevation[top, left], elevation[top + 1, left]
        high += (elevation[top, left + 1] - high) * across
        low += (elevation[top + 1, left + 1] - low) * across
        height = high + (low - high) * down
        if not math.isnan(height):
            return height
    return _height_at_rim(elevation, row, column)


@numba.njit(cache=True, error_model="numpy")
def fill_line(
    elevation: np.ndarray,
    heights: np.ndarray,
    row: float,
    column: float,
    down: float,
    across: float,
    parts: int,
) -> bool:
    """Write the ground along a line well within the grid, faster than point by point.

    Parameters
    ----------
    elevation : field of a `Terrain`.
    heights : filled from 1 to before `parts` [m].
    row, column : start, in cells from the centre of the north-western cell.
    down, across : step of one part [cells].
    parts : number of parts.

    Returns
    -------
    done : False if the line leaves the outermost centres or meets unknown ground; `heights` is then
        of no use.
    """
    rows, columns = elevation.shape
    low, high = min(row, row + down * parts), max(row, row + down * parts)
    left, right = min(column, column + across * parts), max(column, column + across * parts)
    if not (low >= 0.0 and high < rows - 1 and left >= 0.0 and right < columns - 1):
        return False
    unknown = 0
    for i in range(1, parts):
        y, x = row + down * i, column + across * i
        r, c = np.int64(y), np.int64(x)
        top, below = elevation[r, c], elevation[r + 1, c]
        top += (elevation[r, c + 1] - top) * (x - c)
        below += (elevation[r + 1, c + 1] - below) * (x - c)
        heights[i] = top + (below - top) * (y - r)
        unknown += math.isnan(heights[i])
    return unknown == 0


@numba.njit(cache=True, nogil=True)
def _ground_at(
    elevation: np.ndarray,
    west_m: float,
    north_m: float,
    cell_m: float,
    x_m: np.ndarray,
    y_m: np.ndarray,
) -> np.ndarray:
    """Return the ground at every point [n] [m]."""
    heights = np.empty(len(x_m))
    for i in range(len(x_m)):
        heights[i] = height_between(
            elevation, (north_m - y_m[i]) / cell_m - 0.5, (x_m[i] - west_m) / cell_m - 0.5
        )
    return heights


def elevation_at(terrain: Terrain, x_m: np.ndarray, y_m: np.ndarray) -> np.ndarray:
    """Return the ground at points, bilinear between cell centres [n] [m].

    Parameters
    ----------
    terrain : the grid.
    x_m, y_m : eastings and northings in the metric system of the grid [n] [m].

    Returns
    -------
    height_m : NaN outside the grid and beside unknown cells.
    """
    x, y = np.atleast_1d(np.asarray(x_m, float)), np.atleast_1d(np.asarray(y_m, float))
    grid = (terrain.elevation, terrain.west_m, terrain.north_m, terrain.cell_m)
    return _ground_at(*grid, np.ascontiguousarray(x), np.ascontiguousarray(y))


def profile(
    terrain: Terrain, x0_m: float, y0_m: float, x1_m: float, y1_m: float, *, step_m: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the ground along a straight line.

    Parameters
    ----------
    terrain : the grid.
    x0_m, y0_m, x1_m, y1_m : the ends of the line [m].
    step_m : the widest spacing wanted [m]; the line is cut into equal parts no longer than this.

    Returns
    -------
    distance_m : distance from the first end [n] [m], both ends included.
    height_m : ground at each of them [n] [m], NaN where unknown.

    Raises
    ------
    ValueError
        If the spacing is not positive.
    """
    if not step_m > 0:
        raise ValueError(f"the spacing of a profile must be positive, not {step_m} m")
    length = math.hypot(x1_m - x0_m, y1_m - y0_m)
    share = np.linspace(0.0, 1.0, max(math.ceil(length / step_m), 1) + 1)
    heights = elevation_at(terrain, x0_m + (x1_m - x0_m) * share, y0_m + (y1_m - y0_m) * share)
    return length * share, heights


def fill_voids(elevation: np.ndarray) -> tuple[np.ndarray, int]:
    """Return the heights with their voids filled from the rim, and how many cells were filled.

    A void is filled as a membrane stretched over its rim: each filled cell is the mean of its
    neighbours (Laplace's equation), so that no peak or pit is invented. Radar terrain has voids on
    steep ground, which must not read as sea level when lines of sight are drawn.

    Parameters
    ----------
    elevation : heights [rows, columns] [m], NaN where void.

    Returns
    -------
    filled : a new grid of the same type, without NaN.
    cells : number of cells filled.

    Raises
    ------
    ValueError
        If the grid is wholly void.
    """
    void = np.isnan(elevation)
    count = int(void.sum())
    if count == 0:
        return elevation.copy(), 0
    if count == elevation.size:
        raise ValueError("the terrain is wholly void: there is no rim to fill it from")
    matrix, rim = _stretch_membrane(elevation, void)
    nearest = ndimage.distance_transform_edt(void, return_distances=False, return_indices=True)
    guess = elevation[tuple(nearest[:, void])].astype(float)
    solution, failure = cg(matrix, rim, x0=guess, rtol=1e-10, maxiter=20 * count + 1000)
    if failure:
        raise ValueError("the voids of the terrain could not be filled: heights are not finite")
    known = elevation[~void]
    filled = elevation.copy()
    filled[void] = np.clip(solution, known.min(), known.max()).astype(elevation.dtype)
    return filled, count


def _stretch_membrane(
    elevation: np.ndarray, void: np.ndarray
) -> tuple[sparse.csr_array, np.ndarray]:
    """Return the equations of the void cells: neighbours × height = sum of neighbouring heights."""
    number = np.full(void.shape, -1)
    number[void] = np.arange(int(void.sum()))
    pairs, rim, degree = [], np.zeros(int(void.sum())), np.zeros(int(void.sum()))
    for axis in (0, 1):
        low, high = np.moveaxis(number, axis, 0)[:-1], np.moveaxis(number, axis, 0)[1:]
        bottom, top = np.moveaxis(elevation, axis, 0)[:-1], np.moveaxis(elevation, axis, 0)[1:]
        for here, there, height in ((low, high, top), (high, low, bottom)):
            mine = here >= 0
            np.add.at(degree, here[mine], 1.0)
            inner, outer = mine & (there >= 0), mine & (there < 0)
            pairs.append((here[inner], there[inner]))
            np.add.at(rim, here[outer], height[outer].astype(float))
    rows = np.concatenate([p[0] for p in pairs] + [np.arange(len(rim))])
    columns = np.concatenate([p[1] for p in pairs] + [np.arange(len(rim))])
    values = np.concatenate([np.full(len(rows) - len(rim), -1.0), degree])
    return sparse.csr_array((values, (rows, columns)), shape=(len(rim), len(rim))), rim
