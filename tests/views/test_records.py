"""What leaves for the page: packed, rounded, allowed."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.views import world

from phusong.views import records
from phusong.vocabulary.schema import empty_table
from phusong.vocabulary.tables import TABLES
from phusong.vocabulary.tables.pupils import PUPIL_COUNTS_PUBLIC

NOBODY = empty_table(PUPIL_COUNTS_PUBLIC)


def unpack(packed):
    """The rows of a packed table, as the page reads them."""
    columns = {
        name: column
        if isinstance(column, list)
        else [None if c < 0 else column["words"][c] for c in column["codes"]]
        for name, column in packed["columns"].items()
    }
    return [{name: values[i] for name, values in columns.items()} for i in range(packed["size"])]


@given(
    st.lists(
        st.tuples(st.none() | st.text(), st.none() | st.integers(0, 10**9), st.booleans()),
        max_size=8,
    )
)
def test_unpacking_gives_back_what_was_packed(rows):
    frame = pd.DataFrame(rows, columns=["text", "count", "flag"]).astype(
        {"text": "object", "count": "Int64", "flag": "boolean"}
    )
    packed = json.loads(json.dumps(records.pack_table(frame), allow_nan=False))
    assert [tuple(row.values()) for row in unpack(packed)] == [(t, n, int(f)) for t, n, f in rows]


def test_numbers_are_plain_and_absent_ones_empty():
    frame = pd.DataFrame(
        {"x": [1.0, 0.25, np.nan], "day": pd.to_datetime(["2021-09-21", None, None])}
    )
    assert [list(row.values()) for row in unpack(records.pack_table(frame))] == [
        [1, "2021-09-21"],
        [0.25, None],
        [None, None],
    ]


def test_only_allowed_fields_leave():
    tables = world.tables()
    for frame in (tables["hamlets"], tables["reach"], tables["sites"]):
        frame["student_name"] = "secret"
    packed = {
        "hamlets": records.record_hamlets(tables["hamlets"], tables["gaps"], NOBODY, decimals=5),
        "reach": records.record_statements(
            tables["reach"], tables["hamlets"], name="reach", decimals=3
        ),
        "sites": records.record_points(tables["sites"], name="sites", decimals=5),
    }
    allowed = {
        "hamlets": {
            *records.ALLOWED["hamlets"],
            *records.ALLOWED["gaps"],
            *records.PUPIL_FIELDS.values(),
        },
        "reach": {"hamlet", *records.ALLOWED["reach"]},
        "sites": set(records.ALLOWED["sites"]),
    }
    assert {name: set(table["columns"]) for name, table in packed.items()} == allowed
    assert "secret" not in json.dumps(packed)


@pytest.mark.parametrize("name", records.ALLOWED)
def test_what_is_allowed_is_declared(name):
    assert set(records.ALLOWED[name]) <= set(TABLES[name].names)


def test_a_hamlet_without_a_finding_counts_as_no_data():
    gaps = world.gaps().iloc[1:]
    first = unpack(records.record_hamlets(world.hamlets(), gaps, NOBODY, decimals=5))[0]
    assert first["name"] == "Đồng Giếng"
    assert (first["class"], first["mobile_4g"], first["official_gap"]) == (
        "KU",
        "UNKNOWN",
        "unknown",
    )
    assert first["cause"] is None


def test_rows_keep_the_order_of_the_hamlets():
    shuffled = world.reach().sample(frac=1, random_state=3)
    rows = unpack(records.record_statements(shuffled, world.hamlets(), name="reach", decimals=3))
    numbers = [row["hamlet"] for row in rows]
    assert numbers == sorted(numbers)
    best = {
        row["hamlet"]: row["status"]
        for row in rows
        if (row["technology"], row["operator"]) == ("4G", "VIETTEL")
    }
    assert best[2] == "PARTIAL"
    assert best[4] == "NONE"


def test_a_silent_row_is_left_out_and_one_with_a_distance_stays():
    rows = unpack(
        records.record_statements(world.reach(), world.hamlets(), name="reach", decimals=3)
    )
    unknown = [
        (row["hamlet"], row["technology"], row["operator"])
        for row in rows
        if row["status"] == "UNKNOWN"
    ]
    assert (5, "4G", "VIETTEL") in unknown
    assert (9, "FIBRE", "VNPT") not in unknown


def test_an_unstated_kind_is_no_part_of_the_name():
    rows = unpack(records.record_hamlets(world.hamlets(), world.gaps(), NOBODY, decimals=5))
    assert rows[0]["kind"] == "thôn"
    assert rows[9]["kind"] is None


def _line(hamlet_id, edition="2021-01-01", level="all", **counts):
    """A hamlet's line of public counts; what is not given is hidden."""
    names = [c.name for c in PUPIL_COUNTS_PUBLIC.columns if c.nullable and c.name != "hidden"]
    hidden = "|".join(n for n in names if n not in counts)
    row = {"unit": "hamlet", "unit_code": hamlet_id, "edition": edition, "level": level}
    return {**row, **dict.fromkeys(names, pd.NA), **counts, "hidden": hidden}


def test_pupils_stand_with_their_hamlet_and_what_is_hidden_stays_hidden():
    hamlets = world.hamlets()
    first, second = hamlets["hamlet_id"][:2]
    lines = [
        _line(second, pupils=120, eligible=12),
        _line(first, pupils=0, without_device=0, eligible=0),
        _line(first, level="TH", pupils=77),
        _line(first, edition="2025-07-01", pupils=88),
    ]
    numbers = dict.fromkeys(("pupils", "without_device", "eligible"), "Int64")
    counts = pd.DataFrame(lines).astype(numbers)
    rows = unpack(records.record_hamlets(hamlets, world.gaps(), counts, decimals=5))
    assert (rows[0]["pupils"], rows[0]["pupils_without_device"]) == (0, 0)
    assert (rows[1]["pupils"], rows[1]["pupils_without_device"]) == (120, None)
    assert "without_device" in rows[1]["pupils_hidden"].split("|")
    assert rows[2]["pupils"] is None
    assert rows[2]["pupils_hidden"] is None
