"""The editions: counts, kinds, lineage, reused codes, and totals that no edition changes."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from phusong.places.editions import (
    convert_codes,
    edition_on,
    find_commune,
    list_districts,
    list_units,
    province_box,
    report_edition,
    trace_lineage,
)
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.terms import Edition

REAL = Path(__file__).parents[3] / "shared" / "real" / "admin"
EDITIONS = [str(e) for e in Edition]
FIRST, SECOND, THIRD, LAST = EDITIONS
CODES = list_units(FIRST)["code"].tolist()


@pytest.mark.parametrize(
    ("edition", "districts", "xa", "thi_tran", "phuong"),
    [
        (FIRST, 9, 105, 16, 15),
        (SECOND, 9, 102, 18, 16),
        (THIRD, 9, 88, 18, 15),
        (LAST, 0, 32, 0, 4),
    ],
)
def test_how_many_units_of_which_kind(edition, districts, xa, thi_tran, phuong):
    kinds = list_units(edition)["kind"].value_counts()
    assert len(list_districts(edition)) == districts
    assert [kinds.get(k, 0) for k in ("xã", "thị trấn", "phường")] == [xa, thi_tran, phuong]


def test_the_36_are_of_the_148_of_phu_tho():
    assert len(list_units(LAST, whole_province=True)) == 148
    assert set(list_units(LAST)["code"]) < set(list_units(LAST, whole_province=True)["code"])
    assert set(list_units(LAST)["province_code"]) == {"25"} and set(
        list_units(FIRST)["province_code"]
    ) == {"26"}


def test_units_per_district_in_2021():
    sizes = list_units(FIRST).groupby("district_code").size()
    assert sizes.to_dict() == {
        "243": 9,
        "244": 10,
        "246": 20,
        "247": 13,
        "248": 9,
        "249": 13,
        "251": 17,
        "252": 28,
        "253": 17,
    }
    assert list_units(FIRST).set_index("code").loc["08914", "district"] == "huyện Tam Đảo"


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2020, 5, 1), FIRST),
        (date(2021, 9, 21), FIRST),
        (date(2023, 4, 10), SECOND),
        (date(2025, 6, 30), THIRD),
        (date(2025, 7, 1), LAST),
    ],
)
def test_which_edition_holds_on_a_day(day, edition):
    assert edition_on(day) == edition


def test_28_communes_became_13_at_new_year_2025():
    trace = trace_lineage(FIRST, THIRD)
    sizes = trace.groupby("to_code").size()
    assert (sizes > 1).sum() == 13 and sizes[sizes > 1].sum() == 28 and len(sizes) == 121


def test_every_commune_of_2021_has_one_successor_in_2025():
    trace = trace_lineage(FIRST, LAST)
    assert sorted(trace["from_code"]) == sorted(CODES)
    assert set(trace["to_code"]) == set(list_units(LAST)["code"])
    assert (trace["share"] == 1).all() and trace["basis"].str.len().gt(0).all()


def test_all_36_codes_are_reused_24_for_another_name_or_kind_12_for_another_extent():
    then, now = list_units(FIRST).set_index("code"), list_units(LAST).set_index("code")
    assert set(now.index) <= set(then.index) and len(now) == 36
    same_name = [
        c
        for c in now.index
        if find_commune(now.loc[c, "name"], edition=FIRST)
        and now.loc[c, "kind"] == then.loc[c, "kind"]
        and c in find_commune(now.loc[c, "name"], edition=FIRST)
    ]
    assert len(same_name) == 12
    members = trace_lineage(FIRST, LAST).groupby("to_code").size()
    assert (members[same_name] > 1).all()


def test_code_08914_holds_yen_duong_only_since_july_2025():
    trace = trace_lineage(FIRST, LAST)
    assert sorted(trace.loc[trace["to_code"] == "08914", "from_code"]) == ["08914", "08917"]
    assert list_units(LAST).set_index("code").loc["08911", "name"] == "Tam Đảo"
    assert list_units(FIRST).set_index("code").loc["08911", "name"] == "Hợp Châu"


def test_old_vinh_phu_is_not_the_new_one():
    assert find_commune("Vĩnh Phú", edition=THIRD) == ["09157"]
    assert find_commune("Vĩnh Phú", edition=LAST) == ["09154"]
    assert convert_codes(pd.Series(["09157"]), source=THIRD, target=LAST)[0] == "09154"


def test_going_back_needs_the_hamlet_where_units_were_merged():
    with pytest.raises(ParameterFault, match="hamlet by hamlet"):
        convert_codes(pd.Series(["08914"]), source=LAST, target=FIRST)
    assert convert_codes(pd.Series(["08914"]), source=THIRD, target=FIRST)[0] == "08914"


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ({"name": "Xuân Hòa"}, ["08746", "08794"]),
        ({"name": "Xuân Hoà", "kind": "phường"}, ["08746"]),
        ({"name": "phường xuan hoa"}, ["08746"]),
        ({"name": "xuân hòa", "district": "Huyện Lập Thạch"}, ["08794"]),
        ({"name": "xuân hòa", "district": "244"}, ["08746"]),
        ({"name": "TT. Tam Đảo"}, ["08908"]),
        ({"name": "Đạo Trù"}, ["08914"]),
        ({"name": "X. Đạo Trù"}, ["08914"]),
        ({"name": "P. Đồng Tâm"}, ["08722"]),
        ({"name": "Ngọc Thanh", "district": "TX Phúc Yên"}, ["08749"]),
        ({"name": "Đạo Trù", "district": "H. Tam Đảo"}, ["08914"]),
        ({"name": "Li Nhan"}, ["09133"]),
        ({"name": "Phương Khoan"}, ["08809"]),
        ({"name": "phuong khoan"}, ["08809"]),
        ({"name": "xã Phương Khoan"}, ["08809"]),
        ({"name": "Atlantis"}, []),
    ],
)
def test_a_name_finds_its_communes(words, codes):
    assert find_commune(edition=FIRST, **words) == codes


def test_neighbouring_names_stay_apart():
    assert find_commune("dao tu", edition=FIRST) == ["08884"]
    assert find_commune("dao tru", edition=FIRST) == ["08914"]


hamlet_tables = st.lists(
    st.tuples(st.sampled_from(CODES), st.integers(0, 900), st.integers(0, 300)),
    min_size=1,
    max_size=60,
).map(
    lambda rows: pd.DataFrame(rows, columns=["commune_code", "population", "pupils"]).assign(
        edition=FIRST
    )
)


@given(hamlet_tables, st.sampled_from(EDITIONS))
def test_any_edition_reports_equal_totals(table, edition):
    told = report_edition(table, edition=edition)
    assert set(told["commune_code"]) <= set(list_units(edition)["code"])
    assert told[["population", "pupils"]].sum().equals(table[["population", "pupils"]].sum())
    assert len(told) == len(table) and (told["edition"] == edition).all()


def test_a_row_without_an_edition_is_refused():
    with pytest.raises(ParameterFault, match="bare code"):
        report_edition(pd.DataFrame({"commune_code": ["08917"], "edition": [None]}), edition=LAST)


def test_reporting_leaves_the_given_table_alone():
    table = pd.DataFrame({"commune_code": ["08917"], "edition": [FIRST]})
    assert report_edition(table, edition=LAST)["commune_code"][0] == "08914"
    assert table["commune_code"][0] == "08917"


@pytest.mark.parametrize("edition", EDITIONS)
def test_areas_agree_with_the_published_total(edition):
    assert list_units(edition)["area_km2"].sum() == pytest.approx(1236.0, abs=1.0)


def test_an_unknown_edition_or_code_is_refused_in_words():
    with pytest.raises(ParameterFault, match="2025-07-01"):
        list_units("2024")
    with pytest.raises(ParameterFault, match="99999"):
        convert_codes(pd.Series(["99999"]), source=FIRST, target=LAST)
    with pytest.raises(ParameterFault, match="99"):
        province_box("99")


@pytest.mark.real
@pytest.mark.skipif(
    not REAL.exists(), reason="the real administrative files are not beside the project"
)
def test_the_register_agrees_with_the_published_lists():
    gso = pd.read_csv(REAL / "gso_communes_2023_vinh_phuc.csv", dtype=str)
    assert sorted(gso["code"]) == sorted(list_units(SECOND)["code"])
    published = pd.read_csv(REAL / "crosswalk_2025_vinh_phuc_old_new.csv", dtype=str)
    ours = trace_lineage(THIRD, LAST).set_index("from_code")["to_code"]
    assert len(published) == 121
    assert ours[published["old_code"]].tolist() == published["new_code"].tolist()
    overlap = pd.read_csv(REAL / "crosswalk_2023_to_2025_by_area_overlap.csv", dtype=str)
    whole = trace_lineage(FIRST, LAST).set_index("from_code")["to_code"]
    assert whole[overlap["gso_code_2023"]].tolist() == overlap["new_code"].tolist()
