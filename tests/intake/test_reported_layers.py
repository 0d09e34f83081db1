"""Files after faults that people met: what becomes of each, without a word from a library on the way."""

import pytest
from tests.intake.offices import REAL, check, rules

CASES = REAL.parent / "cases" / "reports"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not CASES.exists(), reason="the reported files are not beside the project"),
]

#: kind, file → rows accepted, rows set aside, and a rule that the answer must name.
EXPECTED = [
    ("communes", "case02_prj_good.zip", 11, 0, "crs_recognised"),
    ("fibre_nodes", "case07_arcgis_html.kml", 6, 0, "crs_read"),
    ("fibre_nodes", "case07_folders.kmz", 6, 5, "wrong_shape"),
    ("fibre_routes", "case07_folders.kmz", 5, 6, "wrong_shape"),
    ("fibre_routes", "case07_networklink_only.kml", 0, 0, "kml_links"),
    ("fibre_nodes", "case07b_lines_as_nodes.geojson", 0, 4, "wrong_shape"),
    ("hamlets", "case10b_hamlets_2025_codes.csv", 7, 0, "edition_told"),
    ("hamlets", "case10c_code_name_disagree.csv", 6, 2, "name_disagrees"),
    ("fibre_routes", "fuzz_routes_curve.geojson", 2, 4, "shape_type_unknown"),
]


@pytest.mark.parametrize(("kind", "name", "accepted", "aside", "rule"), EXPECTED)
def test_what_becomes_of_a_reported_file(kind, name, accepted, aside, rule):
    checked = check(kind, CASES / name)
    described = checked.diagnosis
    assert (described.rows_accepted, described.rows_quarantined) == (accepted, aside)
    assert rule in {*rules(checked), *(fix.rule for fix in described.fixes)}


def test_the_rows_that_disagree_are_those_of_the_slip():
    described = check("hamlets", CASES / "case10c_code_name_disagree.csv").diagnosis
    assert [f.row for f in described.faults if f.rule == "name_disagrees"] == [4, 7]


def test_cabinets_bear_the_names_of_their_placemarks_and_a_folder_can_be_chosen():
    whole = check("fibre_nodes", CASES / "case07_folders.kmz").accepted
    chosen = check("fibre_nodes", CASES / "case07_folders.kmz", layer="TỦ QUANG")
    assert whole["node_id"].tolist() == chosen.accepted["node_id"].tolist()
    assert chosen.diagnosis.rows_quarantined == 0


@pytest.mark.parametrize("kind", ["fibre_nodes", "fibre_routes"])
def test_the_standards_own_package_is_read(kind):
    package = REAL / "fibre" / "ofds_standard_example" / "network-package.json"
    assert check(kind, package, province="none").diagnosis.rows_accepted > 0
