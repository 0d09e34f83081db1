"""White and partial gaps on squared paper: the centre first, then the clusters, never the fields."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import worlds
from tests.gaps.houses import NOTHING, SIGNAL, SILENT, compute

from phusong.gaps.indicators import count_indicators
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.parameters import load_parameters

BOTH = (("3G", "VIETTEL"), ("4G", "VIETTEL"))
NO, YES = [NOTHING, NOTHING], [SIGNAL, SIGNAL]


#: Name → what the centre, the clusters and the ground hear of 3G and 4G.
WORLD = {
    "dark centre": (NO, [YES] * 4, []),
    "one dark of 12": (YES, [NO] + [YES] * 11, []),
    "one dark of 40": (YES, [NO] + [YES] * 39, []),
    "dark fields": (YES, [YES] * 3, [NO] * 6 + [YES] * 4),
    "served fields": (NO, [NO] * 3, [YES] * 10),
    "no clusters": (YES, [], [NO] * 4),
    "unknown centre": ([SILENT, SILENT], [YES, NO], []),
    "no centre": (None, [YES, NO], []),
    "3G only": ([SIGNAL, NOTHING], [[SIGNAL, NOTHING]], []),
    "weak indoors": ([SIGNAL, 0.8], [YES], []),
}


@pytest.fixture(scope="module")
def world():
    return compute(WORLD, *BOTH)


def hamlet(centre, clusters=(), ground=()):
    """One hamlet by itself."""
    return {"h": (centre, list(clusters), list(ground))}


def gap(one, *pairs, **more):
    return compute(one, *(pairs or BOTH), **more).loc["h"]


def test_a_dark_centre_is_white_even_where_every_cluster_has_signal(world):
    row = world.loc["dark centre"]
    assert (row["official_gap"], row["official_evidence"]) == ("white", "modelled")
    assert (row["dark_clusters"], row["clusters"]) == (0, 4)


@pytest.mark.parametrize("clusters", [12, 40])
def test_one_dark_cluster_of_many_is_partial_however_many_there_are(world, clusters):
    row = world.loc[f"one dark of {clusters}"]
    assert (row["official_gap"], row["dark_clusters"], row["clusters"]) == ("partial", 1, clusters)


def test_dark_fields_are_no_gap_and_no_class(world):
    row = world.loc["dark fields"]
    assert (row["official_gap"], row["class"], row["mobile_4g"]) == ("none", "K2", "FULL")


def test_served_fields_hide_no_white_gap(world):
    row = world.loc["served fields"]
    assert (row["official_gap"], row["class"], row["mobile_4g"]) == ("white", "K5", "NONE")


def test_a_served_centre_without_clusters_is_none_of_no_clusters(world):
    row = world.loc["no clusters"]
    assert (row["official_gap"], row["dark_clusters"], row["clusters"]) == ("none", 0, 0)


@pytest.mark.parametrize("name", ["unknown centre", "no centre"])
def test_what_is_unknown_at_the_centre_is_unknown(world, name):
    row = world.loc[name]
    assert (row["official_gap"], row["official_evidence"]) == ("unknown", "absent")


def test_indoor_share_stands_beside_every_status(world):
    row = world.loc["weak indoors"]
    assert (row["mobile_4g"], row["mobile_3g"]) == ("FULL", "FULL")
    assert row["indoor_4g"] == pytest.approx(0.5 / 0.8) and row["indoor_3g"] == 1.0
    assert pd.isna(row["indoor_5g"])


def test_who_measured_signal_at_a_centre_that_the_model_calls_dark_is_believed():
    dark, seen = hamlet(NO, [NO, NO]), {0: [np.nan, 1.0]}
    assert gap(dark)["official_gap"] == "white"
    row = gap(dark, checks=seen)
    assert (row["official_gap"], row["dark_clusters"]) == ("partial", 2)
    covered = gap(hamlet(NO, [YES, YES]), checks=seen)
    assert (covered["official_gap"], covered["official_evidence"]) == ("none", "measured")


def test_who_measured_nothing_at_a_centre_that_the_model_calls_covered_is_believed():
    row = gap(hamlet(YES, [YES]), checks={0: [0.0, 0.0]})
    assert (row["official_gap"], row["official_evidence"]) == ("white", "measured")


def test_5g_alone_is_signal():
    pairs = (*BOTH, ("5G", "VIETTEL"))
    row = gap(hamlet([*NO, SIGNAL], [[*NO, SIGNAL]]), *pairs)
    assert (row["official_gap"], row["gap_4g5g"]) == ("none", "none")
    assert (row["class"], row["mobile_5g"], row["mobile_4g"]) == ("K2", "FULL", "NONE")


def test_one_silent_operator_makes_a_dark_centre_unknown_and_a_served_one_not():
    two = (("4G", "VIETTEL"), ("4G", "VNPT"))
    assert gap(hamlet([NOTHING, SILENT]), *two)["official_gap"] == "unknown"
    assert gap(hamlet([SIGNAL, SILENT]), *two)["official_gap"] == "none"
    row = gap(hamlet([SIGNAL, SILENT], [[NOTHING, SILENT]]), *two)
    assert (row["official_gap"], row["dark_clusters"], row["unknown_clusters"]) == ("none", 0, 1)


def test_households_of_dark_clusters_add_up_and_one_unknown_makes_all_unknown():
    world = hamlet(YES, [NO, YES, NO])
    assert gap(world, households={1: 9, 2: 30, 3: 5})["dark_households"] == 14
    assert pd.isna(gap(world, households={1: 9, 2: 30})["dark_households"])
    assert gap(hamlet(YES, [YES]), households={1: 9})["dark_households"] == 0


def test_which_technologies_count_changes_the_gap_and_stands_beside_it(world):
    row = world.loc["3G only"]
    assert (row["official_gap"], row["official_technologies"]) == ("none", "3G|4G|5G")
    assert (row["gap_3g4g5g"], row["gap_4g5g"]) == ("none", "white")
    counted = {"official_technologies": "5G|4G"}
    row = compute({"3G only": WORLD["3G only"]}, *BOTH, changes=counted).loc["3G only"]
    assert (row["official_gap"], row["official_technologies"]) == ("white", "4G|5G")
    assert row["gap_3g4g5g"] == "none"


@pytest.mark.parametrize(("day", "expected"), [("2028-08-31", "none"), ("2028-09-01", "white")])
def test_3g_counts_officially_until_it_is_switched_off(day, expected):
    row = gap(hamlet([SIGNAL, NOTHING]), day=day)
    assert row["official_gap"] == expected
    assert ("3G" in row["official_technologies"]) == (expected == "none")


@pytest.mark.parametrize("value", ["2G|4G", "4G, 5G", "", "FIBRE"])
def test_what_is_no_mobile_broadband_is_refused_as_an_official_technology(value):
    with pytest.raises(ParameterFault, match=r"official_technologies.*3G\|4G\|5G"):
        load_parameters({"policy": {"official_technologies": value}})


point = st.lists(st.sampled_from([SIGNAL, NOTHING, SILENT]), min_size=2, max_size=2)
fields = st.lists(point, max_size=6)
houses = st.tuples(st.none() | point, st.lists(point, max_size=4))
#: Many hamlets are drawn at once, since a table costs as much as a row.
MANY = {"min_size": 1, "max_size": 30}


@pytest.mark.long
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(houses, fields, fields), **MANY))
def test_the_ground_never_changes_class_or_gap(hamlets):
    before = {f"h{i}": (*place, ground) for i, (place, ground, _) in enumerate(hamlets)}
    after = {f"h{i}": (*place, ground) for i, (place, _, ground) in enumerate(hamlets)}
    pd.testing.assert_frame_equal(compute(before, *BOTH), compute(after, *BOTH))


@pytest.mark.long
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(point, st.lists(point, max_size=4), st.integers(0, 4), st.integers(0, 1)), **MANY
    )
)
def test_more_signal_never_makes_a_gap(hamlets):
    old, new = {}, {}
    for number, (centre, clusters, which, layer) in enumerate(hamlets):
        better = [list(p) for p in (centre, *clusters)]
        better[which % len(better)][layer] = SIGNAL
        old[f"h{number}"] = (centre, clusters, [])
        new[f"h{number}"] = (better[0], better[1:], [])
    rank = {"white": 0, "partial": 1, "none": 2, "unknown": np.nan}
    before, after = (compute(w, *BOTH)["official_gap"].map(rank) for w in (old, new))
    known = before.notna() & after.notna()
    assert (after[known] >= before[known]).all()


def count(white, partial, hamlets, unknown=0, clusters=3):
    """The indicators of a province of so many hamlets, of a hundred persons each."""
    kinds = ["white"] * white + ["partial"] * partial + ["unknown"] * unknown
    kinds += ["none"] * (hamlets - len(kinds))
    ids = [f"h{i:05d}" for i in range(hamlets)]
    gaps = pd.DataFrame(
        {"hamlet_id": ids, "official_gap": kinds, "official_technologies": "3G|4G|5G"}
    )
    gaps = gaps.assign(
        clusters=clusters, unknown_clusters=0, as_of=worlds.DAY,
        **dict.fromkeys(("mobile_3g", "mobile_4g", "mobile_5g", "fibre"), "FULL"), **{"class": "K1"},
    )  # fmt: skip
    for name in ("3g4g5g", "4g5g"):
        gaps = gaps.assign(**{f"gap_{name}": gaps["official_gap"], f"unknown_clusters_{name}": 0})
    places = pd.DataFrame({"hamlet_id": ids, "commune_code": "08914", "edition": "2021-01-01"})
    described = count_indicators(
        gaps, places.assign(population=100), editions=["2021-01-01"], province=("26", "Vĩnh Phúc")
    )
    own = described[(described["area_code"] == "26") & (described["counted"] == "hamlets")]
    return own.set_index("indicator")


def test_each_official_figure_has_the_denominator_that_offices_count_by():
    described = count(91, 182, 3_802)
    rows = {n: tuple(described.loc[n, ["numerator", "denominator"]]) for n in described.index}
    assert rows["white_gap"] == (91, 3_802)
    assert rows["partial_gap"] == (182, 3_711)
    assert rows["covered"] == (3_711, 3_802)
    assert described.loc["covered", "share"] == pytest.approx(1 - 91 / 3_802)
    assert rows["white_gap_4g5g"] == (91, 3_802) and rows["partial_gap_3g4g5g"] == (182, 3_711)
    assert described.loc["white_gap", "technologies"] == "3G|4G|5G"
    assert described.loc["covered_4g5g", "technologies"] == "4G|5G"
    assert pd.isna(described.loc["signal_4g", "technologies"])


def test_unknown_is_apart_and_never_covered():
    described = count(2, 1, 10, unknown=3)
    rows = {
        n: tuple(described.loc[n, ["numerator", "denominator", "unknown"]]) for n in described.index
    }
    assert rows["white_gap"] == (2, 10, 3)
    assert rows["partial_gap"] == (1, 8, 3)
    assert rows["covered"] == (5, 10, 3)


def test_where_no_clusters_came_a_partial_gap_is_unknown_and_coverage_is_not():
    described = count(2, 0, 10, clusters=0)
    assert tuple(described.loc["partial_gap", ["numerator", "denominator", "unknown"]]) == (0, 8, 8)
    assert tuple(described.loc["covered", ["numerator", "denominator", "unknown"]]) == (8, 10, 0)
