"""The classes, on squared paper: every combination of fibre, 4G or 5G, and 3G."""

import itertools

import pandas as pd
import pytest

from phusong.gaps.hamlets import class_hamlets, find_modern

STATUSES = ["FULL", "PARTIAL", "NONE", "UNKNOWN"]
COMBINATIONS = list(itertools.product(STATUSES, repeat=3))


def class_of(fibre, mobile_4g, mobile_3g):
    return class_hamlets(*(pd.Series([s], index=["h"]) for s in (fibre, mobile_4g, mobile_3g)))["h"]


@pytest.mark.parametrize(
    ("fibre", "mobile_4g", "mobile_3g", "expected"),
    [
        ("FULL", "NONE", "NONE", "K1"),
        ("PARTIAL", "FULL", "NONE", "K2"),
        ("UNKNOWN", "FULL", "UNKNOWN", "K2"),
        ("NONE", "PARTIAL", "FULL", "K3"),
        ("NONE", "NONE", "PARTIAL", "K4"),
        ("NONE", "NONE", "NONE", "K5"),
        ("UNKNOWN", "NONE", "NONE", "KU"),
        ("NONE", "UNKNOWN", "FULL", "KU"),
        ("NONE", "NONE", "UNKNOWN", "KU"),
    ],
)
def test_the_table_of_classes(fibre, mobile_4g, mobile_3g, expected):
    assert class_of(fibre, mobile_4g, mobile_3g) == expected


@pytest.mark.parametrize("combination", COMBINATIONS)
def test_unknown_is_never_taken_for_coverage(combination):
    """Whatever an unknown turns out to be, the class claimed no connection that may be missing."""
    rank = {"K1": 1, "K2": 2, "K3": 3, "K4": 4, "K5": 5}
    claimed = class_of(*combination)
    if claimed == "KU":
        return
    worst = [("NONE" if s == "UNKNOWN" else s) for s in combination]
    assert rank[class_of(*worst)] <= rank[claimed]


@pytest.mark.parametrize("combination", COMBINATIONS)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_more_coverage_never_makes_the_class_worse(combination, place):
    rank = {"K1": 1, "K2": 2, "K3": 3, "K4": 4, "K5": 5}
    better = {"NONE": "PARTIAL", "PARTIAL": "FULL"}
    if combination[place] not in better:
        return
    improved = list(combination)
    improved[place] = better[combination[place]]
    before, after = class_of(*combination), class_of(*improved)
    if "KU" not in (before, after):
        assert rank[after] <= rank[before]


@pytest.mark.parametrize(
    ("mobile_4g", "mobile_5g", "expected"),
    [
        ("NONE", "FULL", "FULL"),
        ("NONE", "PARTIAL", "PARTIAL"),
        ("PARTIAL", "FULL", "FULL"),
        ("NONE", "NONE", "NONE"),
        ("NONE", "UNKNOWN", "UNKNOWN"),
        ("UNKNOWN", "NONE", "UNKNOWN"),
        ("UNKNOWN", "FULL", "FULL"),
        ("NONE", None, "NONE"),
        ("UNKNOWN", None, "UNKNOWN"),
    ],
)
def test_5g_is_as_good_as_4g_and_is_not_asked_where_nobody_stated_of_it(
    mobile_4g, mobile_5g, expected
):
    statuses = (pd.Series([s], index=["h"], dtype="str") for s in (mobile_4g, mobile_5g))
    assert find_modern(*statuses)["h"] == expected
