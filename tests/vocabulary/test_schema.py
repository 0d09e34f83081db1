"""A table that breaks its declaration says how, all at once."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from phusong.vocabulary.errors import TableFault
from phusong.vocabulary.schema import Column, Table, check_table, conform_table, empty_table
from phusong.vocabulary.tables import TABLES
from phusong.vocabulary.terms import Status

WELLS = Table(
    "wells",
    ("well_id",),
    "Giếng",
    "Wells",
    (
        Column("well_id", "text", "Mã", "Id"),
        Column("depth_m", "float", "Sâu", "Depth", "m", ge=0),
        Column("status", "text", "Tình trạng", "Status", terms=Status),
        Column("households", "int", "Hộ", "Households", nullable=True),
    ),
)
FIELDS = Table(
    "fields",
    ("field_id",),
    "Ruộng",
    "Fields",
    (Column("field_id", "text", "Mã", "Id"),),
    geometry="polygon",
)


def wells(**changes):
    return pd.DataFrame(
        {"well_id": ["a", "b"], "depth_m": [3.0, 5.0], "status": ["FULL", "NONE"], **changes}
    )


def test_conform_orders_types_and_adds_what_may_be_empty():
    table = conform_table(wells(extra=[1, 2]).iloc[:, ::-1], WELLS)
    assert list(table.columns) == ["well_id", "depth_m", "status", "households", "extra"]
    assert str(table["households"].dtype) == "Int64" and table["households"].isna().all()


def test_conform_leaves_the_given_frame_alone():
    before = wells()
    conform_table(before, WELLS)
    pd.testing.assert_frame_equal(before, wells())


def test_every_fault_is_told_at_once():
    with pytest.raises(TableFault) as fault:
        check_table(
            wells(
                depth_m=[-1.0, 5.0],
                status=["FULL", "maybe"],
                households=pd.array([1, 2], "Int64"),
                well_id=["a", "a"],
            ),
            WELLS,
        )
    text = str(fault.value)
    assert "depth_m" in text and "status" in text and "maybe" in text and "repeats" in text


def test_a_missing_column_is_named():
    with pytest.raises(TableFault, match="depth_m is missing"):
        conform_table(wells().drop(columns="depth_m"), WELLS)


def test_geometry_in_metres_is_refused_not_reprojected():
    square = gpd.GeoDataFrame({"field_id": ["a"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=5897)
    with pytest.raises(TableFault, match="not EPSG:4326"):
        check_table(square, FIELDS)


def test_a_point_is_no_field():
    point = gpd.GeoDataFrame({"field_id": ["a"]}, geometry=[shapely.Point(105, 21)], crs=4326)
    with pytest.raises(TableFault, match="not of type polygon"):
        check_table(point, FIELDS)


def test_an_empty_geometry_is_told():
    none = gpd.GeoDataFrame({"field_id": ["a"]}, geometry=[None], crs=4326)
    with pytest.raises(TableFault, match="no geometry"):
        check_table(none, FIELDS)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_the_empty_table_conforms(table):
    check_table(empty_table(table), table)
    assert list(empty_table(table).columns) == table.names
