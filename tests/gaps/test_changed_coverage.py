"""The former list's rate: what the signal of today says where each former hamlet's centre was."""

import pandas as pd
import pytest

from phusong.gaps.changed_coverage import compare_lists

DAY = pd.Timestamp("2026-06-01")


def lineage(*rows):
    columns = ["from_hamlet_id", "from_hamlet", "lon", "lat"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(
        changed_on=DAY, to_hamlet_id="H", to_hamlet="Mới", to_kind="thôn", to_commune_code="1",
        from_kind="thôn", from_commune_code="1", households=10, share=1.0, change="merged",
    )  # fmt: skip


def signal(*points):
    rows = [
        {"point_id": n, "hamlet_id": "H", "technology": "4G", "kind": kind, "cluster": n, "name": name,
         "households": 10, "lon": lon, "lat": 21.5, "served": served, "evidence": "modelled"}
        for n, (kind, name, lon, served) in enumerate(points)
    ]  # fmt: skip
    return pd.DataFrame(rows).astype({"served": "boolean"})


def count(traced, residential):
    gaps = pd.DataFrame(
        {"hamlet_id": ["H"], "official_technologies": "4G", "official_gap": "partial", "as_of": DAY}
    )
    hamlets = pd.DataFrame({"hamlet_id": ["H"], "commune_code": "1", "edition": "2025-07-01"})
    rows = compare_lists(gaps, hamlets, traced, residential, province="25")
    former = rows[(rows["listed"] == "before") & (rows["area_code"] == "25")].iloc[0]
    assert former["white"] + former["covered"] + former["unknown"] == former["hamlets"]
    return former[["white", "covered", "unknown"]].tolist()


@pytest.mark.parametrize(
    ("points", "counted"),
    [
        # the former hamlets are clusters by their own names
        ([("cluster", "thôn A", 105.6, True), ("cluster", "thôn B", 105.7, False)], [1, 1, 0]),
        # one gave the centre, the other is known by clusters of its list, all dark
        ([("centre", None, 105.6, True), ("cluster", "thôn B, Xóm 1", 105.8, False),
          ("cluster", "thôn B, Xóm 2", 105.9, False)], [1, 1, 0]),
        # of clusters that differ nobody knows at which the centre was
        ([("centre", None, 105.6, True), ("cluster", "thôn B, Xóm 1", 105.8, False),
          ("cluster", "thôn B, Xóm 2", 105.9, True)], [0, 1, 1]),
        # a place of which nobody knows anything is unknown, and so is one without a point
        ([("centre", None, 105.6, None)], [0, 0, 2]),
    ],
)  # fmt: skip
def test_each_former_hamlet_is_judged_where_its_centre_was(points, counted):
    traced = lineage(("HA", "A", 105.6, 21.5), ("HB", "B", 105.7, 21.5))
    assert count(traced, signal(*points)) == counted


def test_former_hamlets_without_a_place_are_no_cluster_at_nowhere():
    traced = lineage(("HA", "A", None, None), ("HB", "B", None, None))
    assert count(traced, signal(("centre", None, 105.6, True))) == [0, 0, 2]
