"""The metric systems of the provinces: the law's meridians, against EPSG; choices; what serves without one."""

import unicodedata

import numpy as np
import pandas as pd
import pyproj
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.places.registers import read_register
from phusong.places.systems import UTM_ZONES, metric_choices, metric_crs
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.metres import transform_xy

PROVINCES = read_register().province_rows
STATED = PROVINCES[PROVINCES["crs"].notna()]
#: EPSG's two systems of whole zones, whose areas name no province.
OF_ZONES = {5897, 5898}
RENAMED = {"Huế": "Hue"}


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


@pytest.mark.parametrize(
    "row", STATED.to_dict("records"), ids=lambda r: f"{r['code']}-{r['valid_from']}"
)
def test_a_meridian_is_the_one_that_epsg_gives_the_province(row):
    system = pyproj.CRS(int(row["crs"]))
    assert system.name.startswith("VN-2000 / TM-3")
    meridian = system.coordinate_operation.params[1].value
    assert abs(meridian - np.clip(meridian, row["west"], row["east"])) < 1.5
    if row["crs"] not in OF_ZONES:
        assert _fold(row["name"]) in system.area_of_use.name.replace("-Hue", " Hue").replace(
            "-", " "
        ).replace("  ", " ") or _fold(row["name"]) in system.area_of_use.name.replace(
            "Ba Ria-", "Ba Ria - "
        )


def test_every_province_of_june_2025_has_its_meridian():
    before = read_register().provinces("2025-06-30")
    assert len(before) == 63 and before["crs"].notna().all()


def test_a_province_merged_of_one_meridian_keeps_it_and_any_other_falls_back_to_its_zone():
    now = read_register().provinces("2025-07-01").set_index("code")
    assert now.loc[["15", "33", "48", "19", "66", "56"], "crs"].tolist() == [
        9208,
        9209,
        5899,
        9213,
        9218,
        9217,
    ]
    assert metric_crs("25", "2025-06-30") == 9208 and metric_crs("25", "2025-07-01") == 3405
    assert metric_crs("52", "2025-07-01") == 3406


def test_offices_of_phu_tho_and_vinh_phuc_deliver_in_the_systems_of_what_was_merged():
    choices = metric_choices("26", "2021-01-01")
    assert list(choices) == [5897, 9208, 9211, 3405, 32648]
    assert choices[5897] == "VN-2000 / TM-3 105°00′ (Vĩnh Phúc)"
    assert set(metric_choices("25", "2025-07-01")) == set(choices)


@pytest.mark.parametrize("code", sorted(set(PROVINCES["code"])))
def test_the_choices_hold_what_the_province_is_computed_in(code):
    assert metric_crs(code) in metric_choices(code)
    assert any(code in choice for choice in metric_choices(code).values() for code in ("UTM",))


def test_without_a_province_every_system_of_the_country_is_offered():
    systems = {int(c) for c in STATED["crs"]}
    assert set(metric_choices()) == systems | {c for pair in UTM_ZONES.values() for c in pair}


def test_a_province_without_a_system_on_record_names_the_cure():
    with pytest.raises(ParameterFault, match="state `crs`"):
        metric_crs("99")


@given(st.floats(102, 110), st.floats(8.5, 23.4), st.sampled_from(sorted(metric_choices())))
@settings(deadline=None, max_examples=60)
def test_there_and_back_is_where_one_was(x, y, crs):
    there = transform_xy([x], [y], source=4326, target=crs)
    back = transform_xy(*there, source=crs, target=4326)
    assert pyproj.Geod(ellps="WGS84").inv(x, y, back[0][0], back[1][0])[2] < 0.01


def test_boxes_hold_the_positions_of_their_units():
    register = read_register()
    for day in ("2025-06-30", "2025-07-01"):
        units = register.units(day).merge(
            register.provinces(day)[["code", "west", "south", "east", "north"]],
            left_on="province_code",
            right_on="code",
        )
        inside = units["lon"].between(units["west"] - 0.02, units["east"] + 0.02)
        inside &= units["lat"].between(units["south"] - 0.02, units["north"] + 0.02)
        assert pd.Series(inside).all()
