"""A province's own list beside the packaged register: new provinces, later editions, lineage, equal totals."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.places.editions import list_reported, name_edition, report_edition
from phusong.places.own_units import (
    OWN_COLUMNS,
    make_given_register,
    open_register,
    read_units,
    write_units,
)
from phusong.places.registers import UNASSIGNED, read_register
from phusong.places.systems import metric_choices, metric_crs
from phusong.vocabulary.errors import ParameterFault

BASE = read_register()
JULY, MADE_UP = "2025-07-01", "2026-10-01"


def write(*rows):
    """Return rows of (code, name, kind, parent, from, to, made of) as a run records them."""
    return write_units(pd.DataFrame(rows, columns=list(OWN_COLUMNS), dtype="str"))


EXAMPLE = write(
    ("98", "Ví Dụ", "tỉnh", "", "2026-03-01", "", ""),
    ("98001", "Một", "xã", "98", "2026-03-01", "", ""),
    ("98002", "Hai", "xã", "98", "2026-03-01", "", ""),
    ("98003", "Ba", "phường", "98", "2026-03-01", "", ""),
)
SPLIT = write(
    ("25", "Phú Thọ", "tỉnh", "", MADE_UP, "", ""),
    ("08914", "Đạo Trù", "xã", "25", MADE_UP, "", "08914"),
    ("09990", "Đạo Trù Thượng", "xã", "25", MADE_UP, "", "08914"),
)


def test_what_is_written_is_read_back():
    assert write_units(read_units(SPLIT)) == SPLIT
    assert open_register(SPLIT) is open_register(SPLIT) and open_register("") is BASE


def test_a_province_that_the_register_lacks_has_its_units_its_edition_and_its_label():
    register = open_register(EXAMPLE)
    assert register.units("2026-03-01", "98")["code"].tolist() == ["98001", "98002", "98003"]
    assert register.editions("98") == ["2026-03-01"]
    assert name_edition("2026-03-01", "98", register).vi == "Danh mục 1/3/2026 (3 xã, phường)"
    with pytest.raises(ParameterFault, match="state `crs`"):
        metric_crs("98", None, register)
    assert metric_choices("98", None, register) == metric_choices()


def test_the_packaged_register_stays_as_it_is():
    days, units = BASE.days, len(BASE.unit_rows)
    open_register(SPLIT)
    open_register(EXAMPLE)
    assert BASE.days == days and len(BASE.unit_rows) == units and not BASE.holds("98")


def test_one_commune_split_on_a_made_up_day_makes_an_edition_of_its_province_alone():
    register = open_register(SPLIT)
    assert register.editions("25")[-1] == MADE_UP and len(register.units(MADE_UP, "25")) == 149
    assert register.editions("08") == BASE.editions("08")
    assert len(register.units(JULY, "25")) == 148
    step = register.lineage(JULY, MADE_UP, "25")
    split = step[step["from_code"] == "08914"]
    assert split["to_code"].tolist() == ["08914", "09990"] and split["share"].isna().all()
    assert (step.loc[step["from_code"] != "08914", "share"] == 1).all()
    assert [str(e) for e in list_reported(JULY, "25", register)] == [JULY, MADE_UP]
    assert name_edition(MADE_UP, "25", register).en == (
        "1 October 2026 list (149 communes and wards)"
    )


def test_a_commune_that_goes_on_keeps_its_share_where_another_is_made_of_it():
    register = open_register(
        write(
            ("25", "Phú Thọ", "tỉnh", "", MADE_UP, "", ""),
            ("09990", "Đạo Trù Thượng", "xã", "25", MADE_UP, "", "08914"),
        )
    )
    step = register.lineage(JULY, MADE_UP, "25")
    assert set(step.loc[step["from_code"] == "08914", "to_code"]) == {"08914", "09990"}


def test_a_merged_commune_ends_and_its_rows_go_to_its_successor():
    register = open_register(
        write(
            ("25", "Phú Thọ", "tỉnh", "", MADE_UP, "", ""),
            ("08914", "Đạo Trù", "xã", "25", "", MADE_UP, ""),
            ("09991", "Đạo Mới", "xã", "25", MADE_UP, "", "08914"),
        )
    )
    codes = set(register.units(MADE_UP, "25")["code"])
    assert "08914" not in codes and "09991" in codes and len(codes) == 148
    moved = register.convert(pd.Series(["08914"]), source=JULY, target=MADE_UP)
    assert moved.tolist() == ["09991"]


@given(
    st.lists(
        st.tuples(st.sampled_from(BASE.units(JULY, "25")["code"].tolist()), st.integers(0, 900)),
        min_size=1,
    )
)
@settings(deadline=None, max_examples=40)
def test_totals_stay_in_an_own_edition(rows):
    table = pd.DataFrame(rows, columns=["commune_code", "population"]).assign(edition=JULY)
    register = open_register(SPLIT)
    described = report_edition(table, edition=MADE_UP, register=register)
    assert described["population"].sum() == table["population"].sum()
    assert set(described["commune_code"]) <= {UNASSIGNED, *register.units(MADE_UP)["code"]}


def test_ground_without_a_register_has_the_units_that_deliveries_name():
    communes = pd.DataFrame(
        {
            "commune_code": ["A1"],
            "name": ["Sant Antoni"],
            "kind": ["đơn vị"],
            "district_code": ["A"],
            "district": ["Eivissa"],
        }
    )
    hamlets = pd.DataFrame({"commune_code": ["A1", "B7", UNASSIGNED]})
    units = make_given_register("2024-01-01", communes, hamlets).units("2024-01-01")
    assert units["code"].tolist() == ["A1", "B7"]
    assert units["name"].tolist() == ["Sant Antoni", "B7"]
    assert units["district"].fillna("").tolist() == ["Eivissa", ""]
