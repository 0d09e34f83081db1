"""Terrain: heights between cells, lines over them, voids."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import ndimage

from phusong.reach.terrain import Terrain, elevation_at, fill_voids, profile

#: The first example may wait for compilation.
patient = settings(deadline=None)

SHARED = Path(__file__).parents[3] / "shared"
DEM = SHARED / "real" / "dem" / "N21E105.hgt"


def slope(rows=6, columns=8, cell=10.0):
    """Ground z = x + 2·y from the south-western corner."""
    x = (np.arange(columns) + 0.5) * cell
    y = (rows - np.arange(rows) - 0.5) * cell
    return Terrain(x[None, :] + 2 * y[:, None], west_m=0.0, north_m=rows * cell, cell_m=cell)


def test_a_plane_is_read_exactly_between_cells():
    ground = slope()
    x, y = np.array([5.0, 12.3, 40.0, 75.0]), np.array([5.0, 31.7, 20.0, 55.0])
    assert elevation_at(ground, x, y) == pytest.approx(x + 2 * y, abs=1e-4)


def test_rows_run_from_north_and_half_a_cell_of_rim_is_flat():
    ground = Terrain(np.array([[1.0, 2.0], [3.0, 4.0]]), west_m=100.0, north_m=220.0, cell_m=10.0)
    corners_x, corners_y = [100.0, 120.0, 100.0, 120.0], [220.0, 220.0, 200.0, 200.0]
    assert elevation_at(ground, corners_x, corners_y).tolist() == [1.0, 2.0, 3.0, 4.0]
    assert elevation_at(ground, 110.0, 210.0)[0] == 2.5


def test_outside_and_beside_voids_the_ground_is_unknown():
    height = np.ones((3, 3))
    height[1, 1] = np.nan
    ground = Terrain(height, west_m=0.0, north_m=30.0, cell_m=10.0)
    x = [-0.1, 30.1, 15.0, 12.0, 5.0, 5.0, math.nan]
    y = [15.0, 15.0, 15.0, 18.0, 15.0, 25.0, 5.0]
    unknown = np.isnan(elevation_at(ground, x, y))
    assert unknown.tolist() == [True, True, True, True, False, False, True]


def test_a_line_is_cut_into_equal_parts_no_longer_than_asked():
    distance, height = profile(slope(), 5.0, 5.0, 65.0, 35.0, step_m=16.0)
    assert distance[0] == 0 and distance[-1] == pytest.approx(math.hypot(60, 30))
    assert np.ptp(np.diff(distance)) < 1e-9 and np.diff(distance).max() <= 16.0
    share = distance / distance[-1]
    assert height == pytest.approx(5 + 60 * share + 2 * (5 + 30 * share), abs=1e-4)


def test_what_is_no_grid_is_refused():
    with pytest.raises(ValueError, match="grid of rows"):
        Terrain(np.zeros(4), west_m=0.0, north_m=0.0, cell_m=1.0)
    with pytest.raises(ValueError, match="positive"):
        Terrain(np.zeros((2, 2)), west_m=0.0, north_m=0.0, cell_m=0.0)
    with pytest.raises(ValueError, match="positive"):
        profile(slope(), 0.0, 0.0, 1.0, 1.0, step_m=0.0)


def test_a_hole_in_a_slope_is_filled_with_the_slope():
    ground = slope(20, 20).elevation.astype(float)
    holed = ground.copy()
    holed[6:13, 5:15] = np.nan
    holed[15, 15] = np.nan
    filled, cells = fill_voids(holed)
    assert cells == 71
    assert filled == pytest.approx(ground, abs=1e-3)
    assert np.isnan(holed).sum() == 71


def test_nothing_to_fill_and_nothing_to_fill_from():
    ground = slope().elevation
    filled, cells = fill_voids(ground)
    assert cells == 0 and np.array_equal(filled, ground) and filled is not ground
    with pytest.raises(ValueError, match="wholly void"):
        fill_voids(np.full((3, 3), np.nan))


@patient
@given(
    arrays(float, (7, 9), elements=st.floats(-50, 2000)),
    arrays(bool, (7, 9)).filter(lambda void: not void.all()),
)
def test_filling_keeps_what_is_known_and_invents_no_peak(ground, void):
    filled, cells = fill_voids(np.where(void, np.nan, ground))
    assert cells == void.sum()
    assert np.array_equal(filled[~void], ground[~void])
    if cells:
        assert (
            filled[void].min() >= ground[~void].min() and filled[void].max() <= ground[~void].max()
        )


@pytest.mark.real
@pytest.mark.skipif(not DEM.is_file(), reason="the elevation tile of Vĩnh Phúc is not beside us")
def test_the_voids_of_the_real_tile_are_filled_from_their_rims():
    tile = np.fromfile(DEM, ">i2").reshape(1201, 1201).astype(np.float32)
    tile[tile == -32768] = np.nan
    filled, cells = fill_voids(tile)
    assert cells == 1539 and np.isfinite(filled).all()
    assert filled.min() == np.nanmin(tile) and filled.max() == np.nanmax(tile)
    void = np.isnan(tile)
    label, voids = ndimage.label(void)
    assert voids > 100
    for number, (down, across) in enumerate(ndimage.find_objects(label), start=1):
        window = np.s_[
            max(down.start - 1, 0) : down.stop + 1, max(across.start - 1, 0) : across.stop + 1
        ]
        hole = label[window] == number
        rim = tile[window][ndimage.binary_dilation(hole) & ~void[window]]
        assert rim.min() <= filled[window][hole].min() and filled[window][hole].max() <= rim.max()
