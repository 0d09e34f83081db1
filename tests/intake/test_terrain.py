"""Terrain at the door: GeoTIFF and SRTM tiles, voids, pictures, places."""

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from rasterio.transform import Affine, from_origin
from tests.worlds import CRS, ORIGIN_X, ORIGIN_Y

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.door import check_source
from phusong.intake.findings import Findings
from phusong.intake.terrain import count_ground, read_terrain, read_tile
from phusong.reach.terrain import Terrain, elevation_at
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.metres import transform_xy
from phusong.vocabulary.parameters import load_parameters

P = load_parameters()
STEP = 1 / 1200


def write_tiff(path, heights, *, corner=None, crs="EPSG:4326", nodata=-32768, count=1):
    corner = corner or from_origin(105.5, 21.5, STEP, STEP)
    heights = np.asarray(heights)
    with rasterio.open(
        path, "w", driver="GTiff", height=heights.shape[0], width=heights.shape[1], count=count,
        dtype=heights.dtype, crs=crs, transform=corner, nodata=nodata,
    ) as raster:  # fmt: skip
        for band in range(1, count + 1):
            raster.write(heights, band)
    return path


def slope(rows=240, columns=240):
    """Ground that rises by one metre a column towards the east."""
    return np.tile(np.arange(columns, dtype="int16"), (rows, 1))


def check(path, **options):
    return check_source("terrain", path, ReadOptions(**options), P)


def test_a_tile_is_one_row_and_its_voids_are_filled_and_counted(tmp_path):
    heights = slope()
    heights[100:103, 100:104] = -32768
    checked = check(write_tiff(tmp_path / "a.tif", heights))
    assert (checked.diagnosis.rows_in, checked.diagnosis.rows_accepted) == (1, 1)
    fix = checked.diagnosis.fixes[0]
    assert (fix.rule, fix.rows) == ("voids_filled", 12)
    assert checked.accepted["voids"].tolist() == [12] and checked.accepted[
        "highest_m"
    ].tolist() == [239.0]


def test_heights_come_out_where_they_were(tmp_path):
    terrain, table = read_terrain([write_tiff(tmp_path / "a.tif", slope())], crs=CRS)
    lon, lat = 105.5 + (np.array([50, 120, 200]) + 0.5) * STEP, np.full(3, 21.4)
    x, y = transform_xy(lon, lat, source=4326, target=CRS)
    assert elevation_at(terrain, x, y) == pytest.approx([50, 120, 200], abs=0.6)
    assert table["cell_m"].tolist() == [pytest.approx(92.8, abs=0.1)]


def test_a_void_on_a_slope_is_filled_by_the_slope(tmp_path):
    heights = slope()
    heights[100:104, 100:104] = -32768
    terrain, _ = read_terrain([write_tiff(tmp_path / "a.tif", heights)], crs=CRS)
    x, y = transform_xy([105.5 + 102 * STEP], [21.5 - 102 * STEP], source=4326, target=CRS)
    assert elevation_at(terrain, x, y)[0] == pytest.approx(101.5, abs=1.5)


def test_two_tiles_make_one_grid_and_beyond_them_nothing_is_known(tmp_path):
    west = write_tiff(tmp_path / "a.tif", np.full((120, 120), 10, "int16"))
    east = write_tiff(
        tmp_path / "b.tif",
        np.full((120, 120), 20, "int16"),
        corner=from_origin(105.6, 21.5, STEP, STEP),
    )
    terrain, table = read_terrain([west, east], crs=CRS)
    lon = np.array([105.55, 105.65, 105.80])
    x, y = transform_xy(lon, np.full(3, 21.45), source=4326, target=CRS)
    found = elevation_at(terrain, x, y)
    assert found[:2] == pytest.approx([10, 20]) and np.isnan(found[2]) and len(table) == 2


def test_the_grid_covers_what_is_asked_for(tmp_path):
    path = write_tiff(tmp_path / "a.tif", slope())
    box = (ORIGIN_X, ORIGIN_Y, ORIGIN_X + 3_000, ORIGIN_Y + 2_000)
    terrain, _ = read_terrain([path], crs=CRS, bounds=box)
    rows, columns = terrain.elevation.shape
    assert terrain.west_m <= box[0] and terrain.west_m + columns * terrain.cell_m >= box[2]
    assert terrain.north_m >= box[3] and terrain.north_m - rows * terrain.cell_m <= box[1]


def test_an_srtm_tile_is_read_by_its_name(tmp_path):
    heights = np.zeros((1201, 1201), dtype=">i2")
    heights[600, 600] = 923
    heights[0, 0] = -32768
    path = tmp_path / "N21E105.hgt"
    heights.tofile(path)
    tile = read_tile(path)
    assert tile.voids == 1 and tile.heights[600, 600] == 923
    middle = tile.corner * (600.5, 600.5)
    assert middle == pytest.approx((105.5, 21.5), abs=1e-9)


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (
            lambda p: write_tiff(p / "a.tif", np.zeros((9, 9), "uint8"), nodata=None),
            "raster_picture",
        ),
        (lambda p: write_tiff(p / "a.tif", np.zeros((9, 9), "int16"), count=3), "raster_bands"),
        (lambda p: write_tiff(p / "a.tif", np.full((9, 9), -32768, "int16")), "raster_void"),
        (
            lambda p: write_tiff(
                p / "a.tif", np.zeros((9, 9), "int16"), corner=Affine.identity(), crs=None
            ),
            "raster_nowhere",
        ),
        (
            lambda p: write_tiff(
                p / "a.tif",
                np.zeros((9, 9), "int16"),
                corner=from_origin(106.68, 20.86, STEP, STEP),
            ),
            "all_outside",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore:Dataset has no geotransform")
@pytest.mark.filterwarnings("ignore:The given matrix is equal to Affine.identity")
def test_what_is_no_terrain_is_refused(tmp_path, make, rule):
    checked = check(make(tmp_path))
    assert checked.diagnosis.status == "refused" and checked.diagnosis.faults[0].rule == rule


def test_a_tile_with_a_foreign_name_is_refused(tmp_path):
    path = tmp_path / "terrain.hgt"
    np.zeros((1201, 1201), dtype=">i2").tofile(path)
    with pytest.raises(SourceFault, match="N21E105"):
        read_tile(path)


def test_impossible_heights_are_void_and_warned_of(tmp_path):
    heights = slope()
    heights[5, 5] = 12_000
    checked = check(write_tiff(tmp_path / "a.tif", heights))
    assert {f.rule for f in checked.diagnosis.faults} == {"raster_heights", "tile_part"}
    assert checked.accepted["highest_m"].tolist() == [239.0]


def test_a_grid_that_does_not_state_its_system_is_asked_about_and_read_once_answered(tmp_path):
    path = write_tiff(tmp_path / "a.tif", slope(), crs=None)
    asked = check(path).diagnosis
    assert (asked.status, asked.question.about, asked.question.choices) == (
        "needs_answer",
        "crs",
        ["4326"],
    )
    assert check(path, crs=4326).accepted["highest_m"].tolist() == [239.0]
    metres = from_origin(ORIGIN_X, ORIGIN_Y, 90.0, 90.0)
    path = write_tiff(tmp_path / "b.tif", slope(), corner=metres, crs=None)
    asked = check(path).diagnosis.question
    assert asked.choices[0] == "5897" and "560000" in asked.why
    assert check(path, crs=5897).accepted["cell_m"].tolist() == [90.0]
    terrain, _ = read_terrain([path], crs=CRS, stated_crs=[5897])
    assert elevation_at(terrain, [ORIGIN_X + 100.5 * 90], [ORIGIN_Y - 900]) == pytest.approx([100])


def test_a_system_that_the_user_states_overrules_the_files_and_is_told(tmp_path):
    metres = from_origin(ORIGIN_X, ORIGIN_Y, 90.0, 90.0)
    path = write_tiff(tmp_path / "a.tif", slope(), corner=metres, crs="EPSG:9208")
    fault = check(path, crs=5897).diagnosis.faults[0]
    assert (fault.rule, fault.severity, fault.value) == ("crs_overruled", "warning", "EPSG:9208")


def test_heights_in_decimetres_come_out_in_metres(tmp_path):
    path = write_tiff(tmp_path / "a.tif", slope() * 10)
    with rasterio.open(path, "r+") as raster:
        raster.scales, raster.offsets = (0.1,), (5.0,)
    tile = read_tile(path)
    assert tile.heights[0, [0, 100, 239]].tolist() == pytest.approx([5, 105, 244], abs=1e-3)


@pytest.mark.filterwarnings("ignore:The given matrix is equal to Affine.identity")
def test_what_lies_beside_a_tile_is_not_read(tmp_path):
    """A world file and statistics of somebody else would move the grid."""
    path = write_tiff(tmp_path / "a.tif", slope(), crs=None, corner=Affine.identity())
    (tmp_path / "a.tfw").write_text("0.1\n0\n0\n-0.1\n105.5\n21.5\n")
    aux = "<PAMDataset><SRS>EPSG:4326</SRS><GeoTransform>105.5,0.1,0,21.5,0,-0.1</GeoTransform></PAMDataset>"
    (tmp_path / "a.tif.aux.xml").write_text(aux)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert check(path).diagnosis.faults[0].rule == "raster_nowhere"
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_grid_of_too_many_cells_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "a.tif"
    with rasterio.open(
        path, "w", driver="GTiff", height=20_000, width=20_000, count=1, dtype="int16",
        crs="EPSG:4326", transform=from_origin(105.5, 21.5, 1e-5, 1e-5), sparse_ok=True, tiled=True,
    ):  # fmt: skip
        pass
    assert path.stat().st_size < 1_000_000
    assert check(path).diagnosis.faults[0].rule == "raster_too_large"


def test_repairs_of_several_tiles_are_listed_where_a_notebook_is_given(tmp_path):
    heights = slope()
    heights[100:102, 100:102] = -32768
    findings = Findings()
    read_terrain([write_tiff(tmp_path / "a.tif", heights)], crs=CRS, findings=findings)
    assert [(f.rule, f.rows) for f in findings.fixes] == [("voids_filled", 4)]


def write_srtm(path):
    np.full((1201, 1201), 100, dtype=">i2").tofile(path)
    return path


def test_a_tile_named_a_degree_off_is_refused_and_the_right_one_is_not(tmp_path):
    refused = check(write_srtm(tmp_path / "N20E105.hgt")).diagnosis
    assert (refused.status, refused.faults[0].rule) == ("refused", "tile_elsewhere")
    assert "17 km" in refused.faults[0].suggestion
    assert not check(write_srtm(tmp_path / "N21E105.hgt")).diagnosis.faults


def test_a_neighbouring_tile_within_the_margin_is_welcome_beside_others(tmp_path):
    path = write_srtm(tmp_path / "N20E105.hgt")
    assert check(path, one_of_several=True).diagnosis.status == "accepted"
    far = write_srtm(tmp_path / "N18E105.hgt")
    assert check(far, one_of_several=True).diagnosis.faults[0].rule == "all_outside"


def test_a_tile_of_a_part_states_which_share_it_covers(tmp_path):
    # From 105.5° to the province's eastern end at 105.79°, of a box that begins at 105.32°; all of its height.
    corner = from_origin(105.5, 21.7, STEP, STEP)
    path = write_tiff(tmp_path / "a.tif", np.full((720, 360), 10, "int16"), corner=corner)
    fault = check(path).diagnosis.faults[0]
    assert (fault.rule, fault.severity) == ("tile_part", "warning")
    assert f"{100 * 0.29 / 0.47:.0f} %" in fault.suggestion


def test_the_ground_of_areas_is_counted_with_what_has_no_height(tmp_path):
    terrain, _ = read_terrain([write_tiff(tmp_path / "a.tif", slope())], crs=CRS)
    rows, columns = terrain.elevation.shape
    side = terrain.cell_m
    west, north = terrain.west_m + 100 * side, terrain.north_m - 100 * side
    inside = shapely.box(west + 1, north - 9 * side, west + 10 * side - 1, north - 1)
    beyond = shapely.box(terrain.west_m - 9 * side, north, terrain.west_m - side, north + side)
    assert count_ground(terrain, gpd.GeoSeries([inside])) == (10 * 9, 0)
    assert count_ground(terrain, gpd.GeoSeries([beyond])) == (0, 0)
    holed = Terrain(terrain.elevation.copy(), terrain.west_m, terrain.north_m, side)
    holed.elevation[100:105, 100:102] = np.nan
    assert count_ground(holed, gpd.GeoSeries([inside])) == (90, 10)
    assert min(rows, columns) > 200
