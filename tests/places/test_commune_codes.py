"""Codes told in another edition: brought into the province's where that is certain, else left empty."""

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from phusong.places.commune_codes import convert_by_hamlets, convert_by_points, list_counterparts
from phusong.places.registers import read_register

REGISTER = read_register()
BEFORE, AFTER = "2021-01-01", "2025-07-01"
#: What became xã Đạo Trù in July 2025, and some of what it was made of.
MERGED, PARTS = "08914", ["08914", "08917", "08920"]


def rows(*stated, **columns):
    codes, editions = zip(*stated, strict=True)
    return pd.DataFrame({"commune_code": codes, "edition": editions, **columns})


def list_parts(code):
    trace = REGISTER.lineage(BEFORE, AFTER)
    return sorted(trace.loc[trace["to_code"] == code, "from_code"])


def hamlets(*named):
    return pd.DataFrame(
        [
            {"hamlet_id": f"h{n}", "kind": "thôn", "name": name, "commune_code": code}
            for n, (code, name) in enumerate(named)
        ]
    ).assign(edition=BEFORE)


def convert(stated, known):
    found = convert_by_hamlets(stated, known, name="hamlet_name", register=REGISTER)
    return [None if pd.isna(code) else code for code in found["commune_code"]]


def test_a_code_of_the_same_edition_stays():
    assert convert(
        rows((PARTS[1], BEFORE), (PARTS[1], None), hamlet_name=["A", "A"]), hamlets((PARTS[0], "A"))
    ) == [PARTS[1], PARTS[1]]


def test_a_merged_commune_is_parted_by_its_hamlets():
    parts = list_parts(MERGED)
    assert len(parts) > 1
    known = hamlets(
        (parts[0], "Đồng Giếng"), (parts[1], "Lõng Sâu"), *((p, "Trung Tâm") for p in parts)
    )
    names = ["Đồng Giếng", "thôn lõng sâu", "Trung Tâm", "Không Có", None]
    stated = rows(*[(MERGED, AFTER)] * 5, hamlet_name=names)
    assert convert(stated, known) == [parts[0], parts[1], None, None, None]


def test_a_school_is_parted_by_its_point():
    parts = list_parts(MERGED)
    outlines = gpd.GeoDataFrame(
        {"commune_code": parts, "edition": BEFORE},
        geometry=[box(105 + n, 21, 106 + n, 22) for n in range(len(parts))],
        crs=4326,
    )
    stated = rows(
        *[(MERGED, AFTER)] * 4,
        (parts[0], BEFORE),
        lon=[105.5, 106.5, 150.0, None, 106.5],
        lat=[21.5] * 5,
    )
    found = convert_by_points(stated, outlines, edition=BEFORE, register=REGISTER)
    assert [None if pd.isna(code) else code for code in found["commune_code"]] == [
        parts[0], parts[1], None, None, parts[0],
    ]  # fmt: skip
    assert (found["edition"] == BEFORE).all()


def test_no_outline_leaves_the_code_of_several_empty():
    none = gpd.GeoDataFrame({"commune_code": [], "edition": []}, geometry=[], crs=4326)
    stated = rows((MERGED, AFTER), lon=[105.5], lat=[21.4])
    found = convert_by_points(stated, none, edition=BEFORE, register=REGISTER)
    assert found["commune_code"].isna().all()


EDITIONS = REGISTER.editions("26")
CODES = {e: sorted(REGISTER.units(e, "26")["code"]) for e in EDITIONS}


@given(st.data(), st.sampled_from(EDITIONS), st.sampled_from(EDITIONS))
@pytest.mark.filterwarnings("error")
def test_counterparts_are_those_of_the_lineage(data, source, target):
    stated = data.draw(st.lists(st.sampled_from(CODES[source]), max_size=5))
    table = pd.DataFrame({"commune_code": pd.array(stated, dtype="str"), "edition": source})
    found = list_counterparts(table, edition=target, register=REGISTER)
    trace = REGISTER.lineage(source, target)
    for at, code in enumerate(stated):
        own = {code} if source == target else set(trace.loc[trace["from_code"] == code, "to_code"])
        assert set(found[found.index == at]) == own
