"""Foreign networks at the door, judged against nothing: what is read, and which known flaws are found."""

from collections import Counter

import pytest
from tests.real.network import REAL

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.door import check_source
from phusong.vocabulary.parameters import load_parameters

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.exists(), reason="the real files are not beside the project"),
]
P = load_parameters()
GEORGIA = "fibre/georgia_opennet/OFDS-OpenNet-Georgia-03-05-2026_ofds-{}_03may2026.geojson"
BURUNDI = "fibre/burundi/OFDS-Burundi-Backbone-System-03-05-2026_ofds-{}_03may2026.geojson"


def check(kind, file, **options):
    return check_source(kind, REAL / file, ReadOptions(**{"province": "none"} | options), P)


@pytest.mark.parametrize(("file", "nodes", "spans"), [(GEORGIA, 950, 953), (BURUNDI, 35, 38)])
def test_open_fibre_networks_are_read_whole(file, nodes, spans):
    points = check("fibre_nodes", file.format("nodes"))
    lines = check("fibre_routes", file.format("spans"))
    assert points.diagnosis.rows_accepted == points.diagnosis.rows_in == nodes
    assert lines.diagnosis.rows_accepted == lines.diagnosis.rows_in == spans
    assert "unknown_operator" in {f.rule for f in points.diagnosis.faults}
    assert set(points.accepted["status"]) <= {"live", "building", "planned", "dead"}


def test_a_network_of_another_country_is_refused_by_default():
    checked = check("fibre_nodes", BURUNDI.format("nodes"), province="26")
    assert checked.diagnosis.status == "refused" and checked.diagnosis.rows_accepted == 0


def test_coverage_polygons_without_technology_are_refused_until_it_is_stated():
    assert check("coverage", "itu/ibiza/mobile-coverage.gpkg").diagnosis.status == "refused"
    stated = check("coverage", "itu/ibiza/mobile-coverage.gpkg", technology="4G")
    assert stated.diagnosis.rows_in == 770 and stated.diagnosis.rows_accepted > 700


def test_the_dirty_communes_are_accepted_with_their_overlaps_and_gaps_told():
    checked = check("communes", "admin/communes_2023_vinh_phuc.geojson", province="26")
    counts = Counter(f.rule for f in checked.diagnosis.faults)
    assert checked.diagnosis.rows_accepted == 136 and counts["overlap"] > 200
    gaps = next(f for f in checked.diagnosis.faults if f.rule == "gaps")
    assert gaps.value == "905.2 ha"


def test_the_clean_communes_of_2025_have_nothing_to_tell():
    checked = check(
        "communes",
        "admin/communes_2025_former_vinh_phuc.geojson",
        province="26",
        edition="2025-07-01",
    )
    assert checked.diagnosis.rows_accepted == 36
    assert not {f.rule for f in checked.diagnosis.faults} & {"overlap", "gaps", "name_disagrees"}


def test_the_gazetteer_keeps_its_vietnamese_names():
    table = check(
        "hamlets", "settlements/wof_geonames_localities_vinh_phuc.geojson", province="26"
    ).accepted
    assert len(table) == 307 and table["hamlet_id"].is_unique
    assert "Thạch Trục" in set(table["name"]) and set(table["location_quality"]) == {
        "gazetteer_point"
    }


def test_roads_are_read_whole():
    checked = check("roads", "roads/osm_roads_2018_vinh_phuc.geojson", province="26")
    assert checked.diagnosis.rows_accepted == 3_759


@pytest.mark.parametrize(
    ("file", "voids"), [("dem/N21E105.hgt", 1_539), ("dem/srtm3_vinh_phuc_90m.tif", 634)]
)
def test_terrain_voids_are_filled_and_counted(file, voids):
    checked = check("terrain", file, province="26")
    assert checked.diagnosis.fixes[0].rows == voids
    assert checked.accepted[["lowest_m", "highest_m"]].iloc[0].tolist() == [-60.0, 1_582.0]
