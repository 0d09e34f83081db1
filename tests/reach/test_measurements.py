"""Measurements come to the hamlet that they name, else to the one on whose ground they were made."""

import pandas as pd
import pytest
from tests import worlds

from phusong.reach.measurements import place_measurements
from phusong.views.records import record_measured, record_measurements
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables.accepted import MEASUREMENTS as ACCEPTED

CRS = worlds.CRS


@pytest.fixture
def squared():
    """Two hamlets of 400 m side, 2 km apart, each with a cluster 150 m east of its centre."""
    places = {"A": (0.0, 0.0), "B": (2_000.0, 0.0)}
    points = worlds.points(places, clusters=[(150.0, 0.0)])
    named = points["name"].mask(points["kind"] == "cluster", "Cụm Bãi")
    return worlds.hamlets(places), points.assign(name=named)


def accepted(*rows):
    frame = pd.DataFrame(rows).assign(measurement_id=[f"P{i}" for i in range(len(rows))])
    return conform_table(frame.reindex(columns=ACCEPTED.names), ACCEPTED)


def place(squared, *rows):
    hamlets, points = squared
    return place_measurements(accepted(*rows), hamlets, points, crs=CRS)


def at(x_m, y_m):
    lon, lat = worlds.degrees(x_m, y_m)
    return {"lon": float(lon[0]), "lat": float(lat[0])}


def test_a_position_decides_where_no_hamlet_is_named(squared):
    found = place(squared, at(10, 10), at(2_050, 0), at(1_000, 0))
    ids = squared[0]["hamlet_id"].tolist()
    assert found["hamlet_id"].fillna("").tolist() == [*ids, ""]
    assert found["at_position"].all()


def test_the_hamlet_named_stands_before_the_position(squared):
    second = squared[0]["hamlet_id"].iloc[1]
    assert place(squared, {**at(10, 10), "hamlet_id": second})["hamlet_id"].tolist() == [second]


def test_without_a_position_it_stands_at_the_centre_of_the_hamlet(squared):
    first = squared[0].iloc[0]
    found = place(squared, {"hamlet_id": first["hamlet_id"], "served": False}).iloc[0]
    assert (found["lon"], found["lat"]) == (first["centre_lon"], first["centre_lat"])
    assert not found["at_position"]


def test_a_cluster_that_is_named_is_where_it_stands(squared):
    found = place(squared, {"hamlet_id": "B", "place": "cụm bãi", "served": True}).iloc[0]
    expected = at(2_150, 0)
    assert (round(found["lon"], 6), round(found["lat"], 6)) == (
        round(expected["lon"], 6), round(expected["lat"], 6),
    )  # fmt: skip


def test_nothing_measured_is_an_empty_table(squared):
    hamlets, points = squared
    assert place_measurements(empty_table(ACCEPTED), hamlets, points, crs=CRS).empty


def test_the_map_has_counts_and_medians_and_never_where_petitioners_stand(squared):
    first = squared[0]["hamlet_id"].iloc[0]
    rows = [
        {
            **at(10, 10),
            "technology": "4G",
            "signal_dbm": s,
            "measured_at": pd.Timestamp(f"2021-09-2{i}"),
        }
        for i, s in enumerate((-100.0, -104.0, -90.0))
    ]
    petition = {**at(0, 20), "technology": "4G", "served": False, "source": "petition"}
    found = place(squared, *rows, petition)
    described = record_measured(found, squared[0])["columns"]
    assert (
        described["n"] == [4] and described["signal_dbm"] == [-100] and described["hamlet"] == [0]
    )
    assert described["latest"]["words"] == ["2021-09-22"]
    shown = record_measurements(found, most=2, decimals=5)
    assert shown["size"] == 2 and shown["columns"]["signal_dbm"] == [-104, -90]
    assert first in set(found["hamlet_id"])
