"""The register of the country: counts, ground of abolished provinces, lineage, totals, and the published lists."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.places.editions import report_edition
from phusong.places.registers import UNASSIGNED, read_register
from phusong.vocabulary.editions import (
    COMMUNE_KINDS,
    DISTRICT_KINDS,
    Edition,
    read_edition_rows,
)
from phusong.vocabulary.errors import ParameterFault

REAL = Path(__file__).parents[3] / "shared" / "real" / "register"
REGISTER = read_register()
JUNE, JULY, APRIL = "2025-06-30", "2025-07-01", "2026-04-30"
OLD, NEW = REGISTER.units(JUNE), REGISTER.units(JULY)


def test_how_many_there_are():
    assert len(REGISTER.provinces(JUNE)) == 63 and len(REGISTER.provinces(JULY)) == 34
    assert len(REGISTER.districts(JUNE)) == 696 and len(REGISTER.districts(JULY)) == 0
    assert OLD["kind"].value_counts().to_dict() == {"xã": 7692, "phường": 1726, "thị trấn": 617}
    assert NEW["kind"].value_counts().to_dict() == {"xã": 2621, "phường": 687, "đặc khu": 13}


@pytest.mark.parametrize("day", REGISTER.days)
def test_codes_are_unique_and_every_parent_is_known(day):
    units = REGISTER.units(day)
    assert (
        units["code"].is_unique
        and units[["name", "kind", "province_code"]].notna().to_numpy().all()
    )
    assert set(units["province_code"]) <= set(REGISTER.provinces(day)["code"])
    assert set(units["district_code"].dropna()) <= set(REGISTER.districts(day)["code"])


def test_the_ground_of_a_province_in_a_later_edition_is_what_its_units_became():
    assert len(REGISTER.units(JULY, "26")) == 36
    assert len(REGISTER.units(JULY, "25")) == 148
    parts = [REGISTER.units(JULY, code, since=JUNE)["code"] for code in ("17", "25", "26")]
    assert sum(map(len, parts)) == 148 and set(pd.concat(parts)) == set(
        REGISTER.units(JULY, "25")["code"]
    )
    assert REGISTER.holder("26", JULY)["name"] == "Phú Thọ"


def test_an_island_that_was_a_district_without_communes_belongs_to_its_old_province():
    assert "Côn Đảo" in set(REGISTER.units(JULY, "77")["name"])


def test_dong_nai_is_a_city_with_ten_more_wards_from_30_april_2026():
    assert REGISTER.describe("75", JULY)["kind"] == "tỉnh"
    assert REGISTER.describe("75", APRIL)["kind"] == "thành phố"
    before, after = (REGISTER.units(day, "75")["kind"].value_counts() for day in (JULY, APRIL))
    assert after["phường"] - before["phường"] == 10 == before["xã"] - after["xã"]
    assert REGISTER.editions("75") == [JUNE, JULY, APRIL] and REGISTER.editions("25") == [
        JUNE,
        JULY,
    ]
    assert REGISTER.edition_on("2026-06-01", "75") == APRIL
    assert REGISTER.edition_on("2026-06-01", "25") == JULY
    assert REGISTER.edition_on("2019-01-01", "08") == JUNE


def test_lineage_is_whole():
    trace = REGISTER.lineage(JUNE, JULY)
    assert set(OLD["code"]) <= set(trace["from_code"]) and set(trace["to_code"]) == set(NEW["code"])
    whole = ~trace["from_code"].duplicated(keep=False)
    assert (trace.loc[whole, "share"] == 1).all() and trace.loc[~whole, "share"].isna().all()
    home, then = (u.set_index("code")["province_code"] for u in (NEW, OLD))
    went = trace.assign(old=trace["from_code"].map(then), new=trace["to_code"].map(home)).dropna()
    assert (went.groupby("old")["new"].nunique() == 1).all()


def test_a_code_that_went_to_several_is_refused_or_stands_apart():
    trace = REGISTER.lineage(JUNE, JULY)
    code = trace.loc[trace["share"].isna(), "from_code"].iloc[0]
    with pytest.raises(ParameterFault, match="hamlet by hamlet"):
        REGISTER.convert(pd.Series([code]), source=JUNE, target=JULY)
    described = REGISTER.convert(
        pd.Series([code]), source=JUNE, target=APRIL, unassigned=UNASSIGNED
    )
    assert described.tolist() == [UNASSIGNED]


@given(st.data())
@settings(deadline=None, max_examples=40)
def test_totals_are_equal_in_every_edition_of_every_province(data):
    code = data.draw(st.sampled_from(sorted(set(REGISTER.province_rows["code"]))))
    first = REGISTER.editions(code)[0]
    target = data.draw(st.sampled_from(REGISTER.editions(code)))
    codes = REGISTER.units(first, code)["code"].tolist()
    rows = data.draw(st.lists(st.tuples(st.sampled_from(codes), st.integers(0, 900)), min_size=1))
    table = pd.DataFrame(rows, columns=["commune_code", "population"]).assign(edition=first)
    described = report_edition(table, edition=target)
    assert described["population"].sum() == table["population"].sum()
    assert set(described["commune_code"]) <= {UNASSIGNED, *REGISTER.units(target)["code"]}


def test_what_is_not_held_is_refused_with_what_would_help():
    with pytest.raises(ParameterFault, match="list of your own"):
        REGISTER.units(JULY, "99")
    with pytest.raises(ParameterFault, match=f"its editions: {JUNE}, {JULY}"):
        REGISTER.units("2021-01-01", "08")


def test_the_counts_in_labels_are_those_of_the_lists():
    rows = read_edition_rows()
    codes = sorted(set(REGISTER.province_rows["code"]))
    assert set(rows) == {(day, code) for code in codes for day in REGISTER.editions(code)}
    for (day, code), row in rows.items():
        kinds = REGISTER.units(day, code)["kind"].value_counts()
        above = REGISTER.districts(day, code)["kind"].value_counts()
        assert {k: int(row[k]) for k in COMMUNE_KINDS} == {
            k: kinds.get(k, 0) for k in COMMUNE_KINDS
        }
        assert {k: int(row[k]) for k in DISTRICT_KINDS} == {
            k: above.get(k, 0) for k in DISTRICT_KINDS
        }
        holder = REGISTER.holder(code, day)
        assert row["holder_vi"] == (
            "" if holder["code"] == code else f"{holder['kind']} {holder['name']}"
        )


def test_labels_are_made_of_the_lists():
    assert Edition.of(JULY, "25").vi == "Danh mục 1/7/2025 (148 xã, phường)"
    assert Edition.of(JULY, "25").en == "1 July 2025 list (148 communes and wards)"
    assert (
        Edition.of(JUNE, "24").vi
        == "Danh mục 30/6/2025 (10 thành phố, thị xã, huyện; 192 xã, phường, thị trấn)"
    )
    assert Edition.of(JULY, "67").vi == "Danh mục 1/7/2025 (28 xã, phường thuộc tỉnh Lâm Đồng)"
    assert Edition.of(JULY).vi == "Danh mục 1/7/2025"
    assert Edition("2021-01-01", "26").vi == "Danh mục 2021 (9 huyện, 136 xã)"
    assert not Edition.of(JULY).has_districts and Edition.of(JUNE).has_districts
    with pytest.raises(ValueError, match="2024"):
        Edition.of("2024-13-01")
    assert Edition.of("2026-10-01", "98").vi == "Danh mục 1/10/2026"


@pytest.mark.real
@pytest.mark.skipif(not REAL.exists(), reason="the national lists are not beside the project")
@pytest.mark.parametrize("day", [JUNE, JULY])
def test_the_register_agrees_with_the_national_lists(day):
    wanted = pd.read_csv(REAL / f"communes_{day}.csv", dtype=str).sort_values("code")
    held = REGISTER.units(day)
    same = ["code", "kind", "province_code"]
    assert held[same].to_numpy().tolist() == wanted[same].to_numpy().tolist()
    # Three names of Phú Thọ are written with the tone on the other vowel.
    assert (held["name"].to_numpy() != wanted["name"].to_numpy()).sum() <= 3


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(sorted(REGISTER.provinces(JULY)["code"])))
def test_earlier_lists_of_a_merged_province_hold_all_that_became_it_and_nothing_else(province):
    bound = REGISTER.read_as_of(JULY)
    trace = REGISTER.lineage(JUNE, JULY)
    own = set(NEW.loc[NEW["province_code"] == province, "code"])
    became = set(trace.loc[trace["to_code"].isin(own), "from_code"]) & set(OLD["code"])
    assert set(bound.units(JUNE, province)["code"]) == became
    assert set(bound.units(JULY, province)["code"]) == own
    inside = set(OLD.loc[OLD["code"].isin(became), "district_code"].dropna())
    assert set(bound.districts(JUNE, province)["code"]) == inside
    assert JUNE in bound.editions(province) and JULY in bound.editions(province)
    assert REGISTER.read_as_of(JULY) is bound and REGISTER.read_as_of("") is REGISTER


def test_an_abolished_province_is_read_as_before():
    for since in (JUNE, "2021-01-01"):
        bound = REGISTER.read_as_of(since)
        assert bound.editions("26") == REGISTER.editions("26")
        assert bound.units(JULY, "26").equals(REGISTER.units(JULY, "26"))
        assert bound.districts(JUNE, "26").equals(REGISTER.districts(JUNE, "26"))
