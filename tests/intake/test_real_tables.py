"""The real tables beside the project."""

import pytest
from tests.intake.offices import REAL, check, fault, rules

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.exists(), reason="the real files do not lie beside the project"),
]

LESOTHO = REAL / "cells" / "opencellid_lesotho_651.csv"
IBIZA = REAL / "itu" / "ibiza"


def test_a_foreign_crowd_sourced_list_is_read_whole_where_nothing_is_judged():
    checked = check("cells", LESOTHO, province="none")
    d = checked.diagnosis
    assert (d.status, d.rows_in, d.rows_accepted) == ("accepted", 1936, 1936)
    found = rules(checked, "warning")
    assert len(found) == len(d.faults)
    assert found.count("one_sample") == 954
    assert fault(checked, "shared_positions").value == "1499"
    assert "no_signal" in found
    assert max(float(f.value) for f in d.faults if f.rule == "implausible_range") == 28222
    assert {f.value for f in d.faults if f.rule == "unknown_operator"} == {"651-1", "651-2"}
    table = checked.accepted
    assert table["technology"].value_counts().to_dict() == {"3G": 1050, "2G": 754, "4G": 132}
    assert set(table["operator"]) == {"651-1", "651-2"}
    assert not table["complete"].any()
    assert table["as_of"].between("2013-01-01", "2024-12-31").all()


def test_the_same_list_is_refused_as_another_countrys_by_default():
    d = check("cells", LESOTHO).diagnosis
    assert (d.status, d.exit_code, d.rows_in, d.rows_accepted) == ("refused", 2, 1936, 0)
    assert (d.faults[0].rule, d.faults[0].row, d.faults[0].value) == ("other_country", 0, "651")
    assert sum(f.rule == "one_sample" for f in d.faults) == 954


def test_the_itus_cell_sites_are_read_by_their_columns():
    checked = check("cells", IBIZA / "cell-sites.csv", province="none")
    d = checked.diagnosis
    table = checked.accepted
    assert (d.status, d.rows_in, d.rows_accepted, len(table)) == ("accepted", 100, 100, 100)
    assert rules(checked) == ["operator_unstated"]
    assert set(table["operator"]) == {"OTHER"}
    assert table["height_m"].notna().all()
    assert table["height_m"].iloc[0] == 27
    assert set(table["technology"]) <= {"2G", "3G", "4G", "5G"}
    assert table["lon"].between(1.1, 1.7).all()


def test_the_itus_points_of_interest_are_schools():
    checked = check("schools", IBIZA / "points-of-interest.csv", province="none")
    assert (checked.diagnosis.rows_accepted, len(checked.accepted)) == (100, 100)
    assert checked.accepted["lat"].between(38.8, 39.2).all()
    assert not checked.diagnosis.faults


def test_the_itus_schools_are_not_taken_for_ours():
    d = check("schools", IBIZA / "points-of-interest.csv").diagnosis
    assert (d.status, d.faults[0].rule) == ("refused", "all_outside")


def test_schools_of_the_whole_country_are_read_as_points():
    path = REAL / "schools" / "osm_schools_2018_vietnam.geojson"
    everywhere = check("schools", path, province="none").diagnosis
    assert everywhere.rows_in == 3146
    near = check("schools", path)
    assert 11 <= near.diagnosis.rows_accepted < 400
    assert set(rules(near, "error")) == {"outside", "required_empty"}
