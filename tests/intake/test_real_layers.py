"""The real layers beside the project: counted, measured, and with the flaws that they are known for."""

import numpy as np
import pyproj
import pytest
from tests.intake.offices import REAL, check, fault, fixes, rules

from phusong.intake.terrain import read_terrain
from phusong.reach.terrain import elevation_at
from phusong.vocabulary.metres import to_metres, transform_xy

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.exists(), reason="the real files do not lie beside the project"),
]

ADMIN, FIBRE, DEM = REAL / "admin", REAL / "fibre", REAL / "dem"
METRES = 5897
SPANS = {
    "georgia": FIBRE
    / "georgia_opennet/OFDS-OpenNet-Georgia-03-05-2026_ofds-spans_03may2026.geojson",
    "burundi": FIBRE
    / "burundi/OFDS-Burundi-Backbone-System-03-05-2026_ofds-spans_03may2026.geojson",
}


def hectares(value):
    number, unit = value.split()
    return float(number) / (1 if unit == "ha" else 10_000)


def test_the_dirty_communes_are_measured():
    """136 communes of 2023 on outlines of 2009: 937 ha claimed twice, 905 ha claimed by none."""
    checked = check("communes", ADMIN / "communes_2023_vinh_phuc.geojson")
    table = checked.accepted
    overlaps = [f for f in checked.diagnosis.faults if f.rule == "overlap"]
    assert sum(hectares(f.value) for f in overlaps) == pytest.approx(937, rel=0.005)
    assert hectares(fault(checked, "gaps").value) == pytest.approx(905, abs=1)
    assert table["population"].sum() == 972_167
    assert table["kind"].value_counts().to_dict() == {"xã": 105, "thị trấn": 16, "phường": 15}
    assert table["district_code"].nunique() == 9
    assert to_metres(table, crs=METRES).area.sum() / 1e6 == pytest.approx(1236.1, abs=0.1)
    assert rules(checked, "error") == []


def test_the_communes_of_2025_are_read_in_their_own_edition_though_another_was_stated():
    checked = check("communes", ADMIN / "communes_2025_former_vinh_phuc.geojson")
    assert fixes(checked) == {"edition_told": 36}
    assert checked.diagnosis.rows_accepted == 36
    table = checked.accepted.set_index("commune_code")
    assert table.loc["08707", ["name", "kind"]].tolist() == ["Vĩnh Yên", "phường"]
    area = to_metres(checked.accepted, crs=METRES).area.to_numpy() / 1e6
    assert np.median(area / checked.accepted["area_stated_km2"]) == pytest.approx(1, abs=0.01)
    assert set(rules(checked)) == {"heading_preferred"}


def test_the_whole_new_province_is_read():
    path = ADMIN / "communes_2025_phu_tho.geojson"
    checked = check("communes", path, province="25")  # by default in its newest edition
    assert (checked.diagnosis.rows_accepted, fixes(checked)) == (148, {})
    assert set(checked.accepted["edition"]) == {"2025-07-01"}


def test_neighbours_are_turned_away_as_unknown_and_those_far_away_as_outside():
    path = ADMIN / "communes_2025_vinh_phuc_and_neighbours.parquet"
    checked = check("communes", path, province="25", edition="2025-07-01")
    d = checked.diagnosis
    assert (d.rows_in, d.rows_accepted) == (292, 107)
    assert rules(checked, "error").count("unknown_commune") == 185
    assert rules(checked, "error").count("outside") == 3
    assert set(checked.accepted["edition"]) == {"2025-07-01"}


def test_the_census_of_2009_lacks_but_the_two_communes_that_were_merged():
    checked = check("communes", ADMIN / "communes_2009_census_vinh_phuc.geojson")
    assert checked.diagnosis.rows_accepted == 135
    assert {f.value for f in checked.diagnosis.faults if f.severity == "error"} == {
        "Tan Cuong",
        "Phu Thinh",
    }


def test_villages_stand_under_their_vietnamese_names():
    path = REAL / "settlements" / "wof_geonames_localities_vinh_phuc.geojson"
    checked = check("hamlets", path)
    table = checked.accepted
    assert table["commune_code"].nunique() == 116
    assert table["hamlet_id"].str.fullmatch(r"VP-\d{5}-\d{3}").all()
    foreign = table["name"].str.contains(r"[^\x00-\x7f]")
    assert foreign.sum() > 150, "191 of 307 bear a Vietnamese name, most of them with accents"
    assert table["lon"].between(105.3, 105.8).all()


def test_villages_without_a_commune_are_refused_with_what_is_wanted():
    d = check("hamlets", REAL / "settlements" / "osm_places_2018_vietnam.geojson").diagnosis
    assert (d.status, d.faults[0].rule, d.rows_in) == ("refused", "missing_column", 5275)
    assert "Mã xã" in d.faults[0].suggestion


def test_roads_are_as_long_as_they_are():
    table = check("roads", REAL / "roads" / "osm_roads_2018_vinh_phuc.geojson").accepted
    assert (len(table), table["road_id"].is_unique) == (3759, True)
    assert to_metres(table, crs=METRES).length.sum() / 1000 == pytest.approx(1172, abs=1)


def test_roads_beyond_the_border_are_kept_as_far_as_they_may_matter():
    checked = check("roads", REAL / "roads" / "osm_roads_2018_centrelines_reconstructed.parquet")
    d = checked.diagnosis
    assert (d.rows_in, d.rows_quarantined) == (27_802, 203)
    assert set(rules(checked)) == {"outside"}


@pytest.mark.parametrize(
    ("network", "count", "km"), [("georgia", 953, 3500), ("burundi", 38, 1114)]
)
def test_traced_networks_end_at_their_nodes(network, count, km):
    checked = check("fibre_routes", SPANS[network], province="none")
    earth = pyproj.Geod(ellps="WGS84")
    assert len(checked.accepted) == count
    lengths = [earth.geometry_length(shape) for shape in checked.accepted.geometry]
    assert sum(lengths) / 1000 == pytest.approx(km, abs=1)
    assert rules(checked) == ["unknown_operator"], "no end is apart, none nowhere, no id twice"


def test_the_standards_own_example_is_unfolded():
    nodes = check("fibre_nodes", FIBRE / "ofds_standard_example" / "nodes.geojson", province="none")
    table = nodes.accepted.set_index("node_id")
    assert table["access"].to_dict() == {"1": True, "2": False}
    assert set(table["kind"]) == {"pop"}
    assert set(table["as_of"].dt.strftime("%Y-%m-%d")) == {"2021-09-30"}
    spans = check(
        "fibre_routes", FIBRE / "ofds_standard_example" / "spans.geojson", province="none"
    )
    assert spans.accepted["length_stated_m"].tolist() == [276_000]
    assert "route_end_apart" not in rules(spans), "157 m and 223 m, where 250 m are allowed"


def test_the_standards_package_is_read_like_its_layers():
    folder = FIBRE / "ofds_standard_example"
    for kind, layer in (("fibre_nodes", "nodes"), ("fibre_routes", "spans")):
        package, alone = (
            check(kind, folder / name, province="none").diagnosis
            for name in ("network-package.json", f"{layer}.geojson")
        )
        assert package.rows_accepted == alone.rows_accepted > 0


def test_coverage_polygons_of_ibiza_are_kept_one_by_one():
    path = REAL / "itu" / "ibiza" / "mobile-coverage.gpkg"
    checked = check("coverage", path, province="none", technology="4G", operator="Telefónica")
    assert checked.diagnosis.rows_in == 770
    assert checked.diagnosis.rows_accepted == len(checked.accepted)
    assert set(checked.accepted["technology"]) == {"4G"}
    assert checked.accepted.total_bounds == pytest.approx([1.2, 38.8, 1.7, 39.2], abs=0.2)


@pytest.mark.parametrize("name", ["N21E105.hgt", "srtm3_vinh_phuc_90m.tif"])
def test_the_ground_has_its_heights_where_they_are(name):
    """Tam Đảo town, Vĩnh Yên, the Red River's plain at Vĩnh Tường; SRTM is good to about 16 m."""
    terrain, table = read_terrain([DEM / name], crs=METRES)
    assert (terrain.cell_m, table["lowest_m"].iloc[0], table["highest_m"].iloc[0]) == (
        92.8,
        -60,
        1582,
    )
    x, y = transform_xy(
        [105.645, 105.59, 105.70], [21.457, 21.31, 21.24], source=4326, target=METRES
    )
    assert elevation_at(terrain, x, y) == pytest.approx([923, 17, 10], abs=20)


def test_two_cuts_of_one_survey_agree_where_both_are():
    clip = read_terrain([DEM / "srtm3_vinh_phuc_90m.tif"], crs=METRES)[0]
    whole = read_terrain([DEM / "N21E105.hgt"], crs=METRES)[0]
    lon, lat = np.meshgrid(np.linspace(105.4, 105.7, 40), np.linspace(21.2, 21.5, 40))
    x, y = transform_xy(lon.ravel(), lat.ravel(), source=4326, target=METRES)
    apart = np.abs(elevation_at(clip, x, y) - elevation_at(whole, x, y))
    assert np.median(apart) < 1
    assert np.quantile(apart, 0.99) < 25
