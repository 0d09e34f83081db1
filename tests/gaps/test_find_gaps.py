"""From reach to gaps: causes, the 3G sunset, and the indicators."""

import pandas as pd
import pytest
from tests import worlds

from phusong.gaps.hamlets import find_gaps
from phusong.gaps.indicators import count_indicators
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.results import REACH, RESIDENTIAL_SIGNAL, SIGNAL

P = load_parameters()
NAMES = ["covered", "shadowed", "remote", "weak", "old", "silent"]


def signal_rows():
    """4G and 3G by any operator: status, flat share, distance to the nearest mast."""
    told = {
        "covered": ("FULL", 1.0, 500.0, "FULL"),
        "shadowed": ("NONE", 1.0, 2_000.0, "NONE"),
        "remote": ("NONE", 0.0, 9_000.0, "NONE"),
        "weak": ("NONE", 0.2, 4_000.0, "NONE"),
        "old": ("NONE", 0.0, 9_000.0, "FULL"),
        "silent": ("UNKNOWN", 0.0, None, "UNKNOWN"),
    }
    share = {"FULL": 1.0, "NONE": 0.0, "UNKNOWN": None}
    rows = []
    for name, (status_4g, flat, distance, status_3g) in told.items():
        for technology, status in (("4G", status_4g), ("3G", status_3g)):
            rows.append(
                {
                    "hamlet_id": name, "technology": technology, "status": status, "served_share": share[status],
                    "probability": share[status], "flat_share": flat, "disc_share": float(bool(flat)),
                    "site_distance_m": distance,
                }
            )  # fmt: skip
    return conform_table(pd.DataFrame(rows), SIGNAL)


def residential_rows(signal):
    """The centre of each hamlet, which has what the hamlet has, and no clusters."""
    served = signal["status"].map({"FULL": True, "NONE": False}).astype("boolean")
    rows = signal[["hamlet_id", "technology", "probability"]].assign(
        point_id=signal["hamlet_id"].map(NAMES.index), kind="centre", cluster=0, lon=105.5, lat=21.3,
        served=served, evidence=served.isna().map({True: "absent", False: "modelled"}),
    )  # fmt: skip
    return conform_table(rows, RESIDENTIAL_SIGNAL)


def fibre_rows():
    rows = [
        {
            "hamlet_id": n,
            "technology": "FIBRE",
            "operator": "VNPT",
            "status": "NONE",
            "evidence": "operator",
            "disagrees": False,
        }
        for n in NAMES
    ]
    return conform_table(pd.DataFrame(rows), REACH)


def gaps(day="2021-09-21"):
    hamlets = worlds.hamlets({n: (i * 1_000.0, 0.0) for i, n in enumerate(NAMES)})
    signal = signal_rows()
    table = find_gaps(
        hamlets,
        fibre_rows(),
        signal,
        residential_rows(signal),
        parameters=P,
        as_of=pd.Timestamp(day),
    )
    return table.set_index("hamlet_id"), hamlets


def test_each_cause_is_named():
    table, _ = gaps()
    assert table["cause"].to_dict() == {
        "covered": "no_fibre",
        "shadowed": "terrain_shadow",
        "remote": "no_site_near",
        "weak": "weak_signal",
        "old": "only_3g",
        "silent": "no_data",
    }
    assert table["class"].to_dict() == {
        "covered": "K2",
        "shadowed": "K5",
        "remote": "K5",
        "weak": "K5",
        "old": "K4",
        "silent": "KU",
    }


def test_a_plain_radius_would_hide_the_shadow():
    table, _ = gaps()
    assert (
        table.loc["shadowed", "disc_says_covered"] and not table.loc["remote", "disc_says_covered"]
    )


@pytest.mark.parametrize(("day", "expected"), [("2028-08-31", "K4"), ("2028-09-01", "K5")])
def test_3g_counts_until_the_day_it_is_switched_off(day, expected):
    table, _ = gaps(day)
    assert table.loc["old", "class"] == expected
    assert table.loc["old", "class_without_3g"] == "K5"


def test_indicators_count_unknown_apart():
    table, hamlets = gaps()
    told = count_indicators(
        table.reset_index(),
        hamlets,
        editions=["2021-01-01", "2025-07-01"],
        province=("26", "Vĩnh Phúc"),
    )
    row = told[
        (told["indicator"] == "signal_4g")
        & (told["counted"] == "hamlets")
        & (told["area_code"] == "26")
    ].iloc[0]
    assert (row["numerator"], row["denominator"], row["unknown"]) == (1, 6, 1)
    assert row["share"] == pytest.approx(1 / 6)
    persons = told[
        (told["indicator"] == "white_gap")
        & (told["counted"] == "persons")
        & (told["area_code"] == "26")
    ]
    assert persons["numerator"].tolist() == [1_500, 1_500]
    assert set(told["area_code"]) == {"26", "08914"}
