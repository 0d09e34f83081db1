"""Repairing a commune layer: squares that overlap, squares with a gap, and the real dirty layer."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from tests.worlds import CRS, ORIGIN_X, ORIGIN_Y

from phusong.places.boundaries import dissolve_communes, repair_communes
from phusong.places.editions import list_units
from phusong.places.placement import find_communes
from phusong.vocabulary.metres import to_degrees, to_metres
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables import TABLES

DIRTY = Path(__file__).parents[3] / "shared" / "real" / "admin" / "communes_2023_vinh_phuc.geojson"
UNITS = list_units("2021-01-01").set_index("code")


def communes(shapes, codes=("08914", "08917", "08920", "08923")):
    """Commune outlines in metres from the origin of the worlds."""
    moved = [shapely.transform(s, lambda xy: xy + [ORIGIN_X, ORIGIN_Y]) for s in shapes]
    codes = list(codes[: len(shapes)])
    frame = gpd.GeoDataFrame(
        {
            "commune_code": codes,
            "edition": "2021-01-01",
            "name": UNITS.loc[codes, "name"].to_numpy(),
            "kind": UNITS.loc[codes, "kind"].to_numpy(),
        },
        geometry=moved,
        crs=CRS,
    )
    return conform_table(to_degrees(frame), TABLES["accepted_communes"])


def test_a_clean_layer_stays_as_it_is():
    layer, report = repair_communes(
        communes([shapely.box(0, 0, 1000, 1000), shapely.box(1000, 0, 2000, 1000)]),
        sliver_width_m=100,
        crs=CRS,
    )
    assert layer["area_km2"].tolist() == pytest.approx([1.0, 1.0], rel=1e-6)
    assert report.overlap_ha == pytest.approx(0, abs=1e-3) and report.slivers == 0


def test_ground_claimed_twice_is_given_once():
    layer, report = repair_communes(
        communes([shapely.box(0, 0, 1100, 1000), shapely.box(1000, 0, 2000, 1000)]),
        sliver_width_m=10,
        crs=CRS,
    )
    assert report.overlap_ha == pytest.approx(10.0, rel=1e-4)
    assert layer["area_km2"].sum() == pytest.approx(2.0, rel=1e-6)
    assert shapely.coverage_is_valid(to_metres(layer, crs=CRS).geometry.to_numpy())
    assert layer["area_delivered_km2"].tolist() == pytest.approx([1.1, 1.0], rel=1e-6)


RING = [
    shapely.box(0, 0, 3000, 1000),
    shapely.box(0, 2000, 3000, 3000),
    shapely.box(0, 1000, 1450, 2000),
    shapely.box(1500, 1000, 3000, 2000),
]


def test_a_narrow_gap_between_neighbours_is_closed():
    layer, report = repair_communes(communes(RING), sliver_width_m=100, crs=CRS)
    assert (report.slivers, report.holes) == (1, 0)
    assert report.sliver_ha == pytest.approx(5.0, rel=1e-4)
    assert layer["area_km2"].sum() == pytest.approx(9.0, rel=1e-6)


def test_a_wide_gap_stays_open_and_is_told():
    _, report = repair_communes(communes(RING), sliver_width_m=20, crs=CRS)
    assert report.holes == 1 and report.hole_ha == pytest.approx(5.0, rel=1e-4)


def test_a_bow_tie_keeps_both_wings():
    bow = shapely.Polygon([(0, 0), (1000, 1000), (1000, 0), (0, 1000)])
    layer, report = repair_communes(communes([bow]), sliver_width_m=0, crs=CRS)
    assert report.invalid == 1 and layer["area_km2"][0] == pytest.approx(0.5, rel=1e-6)


def test_the_map_of_2025_is_made_of_the_communes_of_2021():
    layer, _ = repair_communes(
        communes(
            [
                shapely.box(0, 0, 1000, 1000),
                shapely.box(1000, 0, 2000, 1000),
                shapely.box(2000, 0, 3000, 1000),
            ]
        ),
        sliver_width_m=0,
        crs=CRS,
    )
    newer = dissolve_communes(layer, edition="2025-07-01")
    assert newer["commune_code"].tolist() == ["08914", "08923"]
    assert newer["name"].tolist() == ["Đạo Trù", "Đại Đình"]
    assert newer["area_km2"].tolist() == pytest.approx([2.0, 1.0], rel=1e-6)


def real_layer():
    """The dirty commune layer of 2023, as the door accepts it."""
    raw = gpd.read_file(DIRTY)
    frame = gpd.GeoDataFrame(
        {
            "commune_code": raw["gso_code_2023"],
            "edition": "2021-01-01",
            "name": raw["name"],
            "kind": raw["gso_code_2023"].map(UNITS["kind"]),
        },
        geometry=raw.geometry,
        crs=4326,
    )
    return conform_table(frame, TABLES["accepted_communes"])


def real_communes():
    return repair_communes(real_layer(), sliver_width_m=300, crs=CRS)[0]


@pytest.mark.real
@pytest.mark.skipif(not DIRTY.exists(), reason="the real commune layer is not beside the project")
def test_the_real_dirty_layer_becomes_a_coverage():
    layer, report = repair_communes(real_layer(), sliver_width_m=300, crs=CRS)
    metres = to_metres(layer, crs=CRS)
    assert shapely.coverage_is_valid(metres.geometry.to_numpy())
    assert report.overlap_ha == pytest.approx(937, abs=2) and report.sliver_ha == pytest.approx(
        905, abs=2
    )
    assert report.holes == 0 and abs(report.area_after_km2 / report.area_before_km2 - 1) < 0.001
    spots = np.random.default_rng(242).uniform(
        *np.array(metres.total_bounds).reshape(2, 2), size=(20_000, 2)
    )
    points = shapely.points(spots)
    outline = shapely.union_all(metres.geometry.to_numpy())
    within = shapely.contains(outline, points)
    hits, _ = shapely.STRtree(metres.geometry.to_numpy()).query(points[within], predicate="within")
    assert within.sum() > 8_000 and len(hits) == within.sum() == len(set(hits))
    found = find_communes(points, layer, crs=CRS)
    assert (found[within] != None).all()  # noqa: E711
