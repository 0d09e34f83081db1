"""Communes by their codes and names, in the edition that they belong to."""

import geopandas as gpd
import pytest
import shapely
from tests.intake.offices import check, fault, fixes, repairs, rules

from phusong.intake.commune_hints import suggest_communes, weigh_editions

LON, LAT = 105.55, 21.35


def layer(path, rows, **columns):
    """Small squares side by side, each with a code and a name."""
    shapes = [
        shapely.box(LON + i * 0.01, LAT, LON + i * 0.01 + 0.009, LAT + 0.009)
        for i in range(len(rows))
    ]
    codes, names = zip(*rows, strict=True)
    frame = gpd.GeoDataFrame({"MA_XA": codes, "TEN_XA": names} | columns, geometry=shapes, crs=4326)
    frame.to_file(path)
    return path


@pytest.fixture
def path(tmp_path):
    return tmp_path / "xa.gpkg"


def test_name_kind_and_district_are_the_registers(path):
    table = check("communes", layer(path, [("08914", "X. Đạo Trù"), ("8707", "tích sơn")])).accepted
    rows = table.set_index("commune_code")
    assert rows["name"].to_dict() == {"08707": "Tích Sơn", "08914": "Đạo Trù"}
    assert rows["kind"].to_dict() == {"08707": "phường", "08914": "xã"}
    assert rows["district"].to_dict() == {"08707": "thành phố Vĩnh Yên", "08914": "huyện Tam Đảo"}


def test_a_layer_of_another_edition_is_read_in_it_and_that_is_listed(path):
    """08707 was phường Tích Sơn in 2021 and is phường Vĩnh Yên since July 2025."""
    checked = check("communes", layer(path, [("08707", "Phường Vĩnh Yên"), ("08716", "Vĩnh Phúc")]))
    (fix,) = repairs(checked)
    described = (fix.rule, fix.rows, fix.example_before, fix.example_after)
    assert described == ("edition_told", 2, "2021-01-01", "2025-07-01")
    assert sorted(checked.accepted["name"]) == ["Vĩnh Phúc", "Vĩnh Yên"]
    assert set(checked.accepted["edition"]) == {"2025-07-01"}
    assert not rules(checked)


def test_the_edition_stated_stands_where_every_row_fits_it(path):
    checked = check("communes", layer(path, [("08914", "Đạo Trù"), ("08707", "Tích Sơn")]))
    assert set(checked.accepted["edition"]) == {"2021-01-01"}
    assert not fixes(checked)


def test_a_wrong_name_keeps_no_layer_from_the_edition_that_the_others_fit(path):
    rows = [("08707", "Vĩnh Yên"), ("08716", "Vĩnh Phúc"), ("08740", "Phúc Yên"), ("08914", "Sai")]
    checked = check("communes", layer(path, rows))
    assert fixes(checked) == {"edition_told": 4}
    assert checked.diagnosis.rows_accepted == 4
    assert rules(checked) == ["name_disagrees"]


def test_a_layer_of_two_editions_is_asked_about(path):
    rows = [*zip(("08707", "08716", "08740"), ("Vĩnh Yên", "Vĩnh Phúc", "Phúc Yên"), strict=True)]
    rows.append(("08734", "Trưng Trắc"))
    asked = check("communes", layer(path, rows)).diagnosis
    assert (asked.status, asked.question.about) == ("needs_answer", "edition")
    assert asked.question.choices[0] == "2025-07-01"
    assert "2025-07-01: 75 %" in asked.question.why
    checked = check("communes", path, edition="2025-07-01")
    described = fault(checked, "unknown_commune")
    assert (checked.diagnosis.rows_accepted, described.row) == (3, 4)
    assert "--edition 2023-04-10" in described.suggestion


def test_one_wrong_name_is_a_wrong_name_and_no_other_edition(path):
    checked = check("communes", layer(path, [("08914", "Đạo Tú"), ("08707", "Tích Sơn")]))
    assert not fixes(checked)
    described = fault(checked, "name_disagrees")
    assert (described.row, described.column, described.value) == (1, "TEN_XA", "Đạo Tú")
    assert "xã Đạo Trù" in described.suggestion


def test_an_unknown_code_is_turned_away_with_what_may_be_meant(path):
    checked = check("communes", layer(path, [("99999", "Đạo Chu"), ("08707", "Tích Sơn")]))
    described = fault(checked, "unknown_commune")
    assert (described.row, described.severity) == (1, "error")
    assert described.suggestion.count("08914 xã Đạo Trù") == 2, "in both languages"


def test_people_and_ground_are_taken_as_stated(path):
    columns = {"DAN_SO": ["14.210", "hai nghìn"], "DT_KM2": ["74,63", "2,35"]}
    rows = [("08914", "Đạo Trù"), ("08707", "Tích Sơn")]
    checked = check("communes", layer(path, rows, **columns))
    table = checked.accepted.set_index("commune_code")
    assert table.loc["08914", ["population", "area_stated_km2"]].tolist() == [14210, 74.63]
    assert table["population"].isna()["08707"]
    assert rules(checked) == ["not_a_number"]


def test_a_row_without_code_and_name_is_turned_away(path):
    checked = check("communes", layer(path, [("08914", "Đạo Trù"), ("", "")]))
    assert [(f.row, f.rule) for f in checked.diagnosis.faults] == [(2, "required_empty")]


def test_editions_are_weighed_by_code_and_name_together():
    shares = weigh_editions([("08707", "Vĩnh Yên"), ("08914", "Đạo Trù"), ("08740", "?")])
    assert shares["2021-01-01"] == pytest.approx(1 / 3)
    assert shares["2025-07-01"] == pytest.approx(2 / 3)
    assert weigh_editions([]) == {}


@pytest.mark.parametrize(
    ("code", "name", "hint"),
    [
        ("8734", "", "this code is in the list of 2023-04-10"),
        ("", "Tam Quang", "close to: 08926 xã Tam Quan, "),
        ("", "Bến Nghé", ""),
        ("99999", "", ""),
    ],
)
def test_hints(code, name, hint):
    described = suggest_communes(
        code, name, edition="2025-07-01" if code == "8734" else "2021-01-01"
    )
    assert (hint in described["hint_en"]) if hint else described["hint_en"] == ""
