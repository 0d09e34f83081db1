"""Terrain that misses a part: what hangs on it is unknown and counted, never covered and never bare."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import worlds
from tests.reach.test_hamlets import MAST, SPOTS, check, mast, run, spot

from phusong.reach.path_counts import sum_paths
from phusong.reach.terrain import Terrain

#: Points of a hamlet of `worlds`: its centre and sixteen tiles.
POINTS = 17


def without(world, west_m, east_m):
    """Terrain of which a strip from south to north was not delivered."""
    x = world.west_m + (np.arange(world.elevation.shape[1]) + 0.5) * worlds.CELL - worlds.ORIGIN_X
    ground = world.elevation.copy()
    ground[:, (x >= west_m) & (x <= east_m)] = np.nan
    return Terrain(ground, world.west_m, world.north_m, world.cell_m)


@pytest.mark.parametrize(
    ("west_m", "east_m"),
    [(2_000.0, 99_000.0), (2_500.0, 3_500.0), (3_900.0, 4_500.0), (-1_000.0, 1_000.0)],
    ids=["the half behind", "the ridge alone", "the hamlet alone", "the mast alone"],
)
def test_a_hamlet_whose_path_meets_unknown_ground_is_unknown_and_counted(west_m, east_m):
    reach, signal = run([MAST], terrain=without(worlds.ridge(), west_m, east_m))
    row = reach.loc["behind", "4G", "VIETTEL"]
    assert (row["status"], row["paths"], row["unknown_paths"]) == ("UNKNOWN", POINTS, POINTS)
    assert np.isnan(row["served_share"]) and signal.loc["behind", "4G"]["status"] == "UNKNOWN"


def test_the_hamlet_before_the_missing_half_is_as_before():
    whole, _ = run([MAST], terrain=worlds.ridge())
    half, _ = run([MAST], terrain=without(worlds.ridge(), 2_000.0, 99_000.0))
    columns = ["status", "served_share", "probability", "signal_dbm", "evidence", "unknown_paths"]
    front = [table.loc["front", "4G", "VIETTEL"][columns].tolist() for table in (whole, half)]
    assert front[0] == front[1] and front[0][0] == "FULL" and front[0][-1] == 0


def test_a_hamlet_that_no_mast_could_reach_is_dark_whatever_ground_is_missing():
    far = {"far": (9_000.0, 9_000.0)}
    reach, _ = run([("VIETTEL", "4G", 900.0, -9_000.0, -9_000.0)], spots=far,
                   terrain=without(worlds.ridge(), -500.0, 500.0))  # fmt: skip
    row = reach.loc["far", "4G", "VIETTEL"]
    assert (row["status"], row["unknown_paths"]) == ("NONE", 0)


def test_a_statement_does_not_decide_what_the_terrain_leaves_open_and_a_finding_does():
    polygon = ("VIETTEL", "4G", (-500.0, -2_000.0, 6_000.0, 2_000.0))
    ground = without(worlds.ridge(), 2_500.0, 3_500.0)
    reach, _ = run([MAST], terrain=ground, polygons=[polygon])
    row = reach.loc["behind", "4G", "VIETTEL"]
    assert (row["status"], row["operator_share"]) == ("UNKNOWN", 1.0)
    for ready, status in ((True, "FULL"), (False, "NONE")):
        reach, _ = run([MAST], terrain=ground, checks=[check("behind", ready)])
        assert reach.loc["behind", "4G", "VIETTEL"]["status"] == status


def test_the_paths_of_a_run_are_summed_with_their_hamlets():
    reach, _ = run([MAST], terrain=without(worlds.ridge(), 2_500.0, 3_500.0))
    assert sum_paths(reach.reset_index()) == {
        "paths": 2 * POINTS, "unknown_paths": POINTS, "hamlets": 2, "hamlets_unknown_paths": 1,
    }  # fmt: skip
    nothing, _ = run([MAST], terrain=None)
    assert set(sum_paths(nothing.reset_index()).values()) == {0}
    assert nothing["paths"].isna().all() and len(SPOTS) == 2


#: What may stand where the whole terrain says so: no more and no less may be claimed than is known.
ALLOWED = {
    "FULL": {"FULL", "PARTIAL", "UNKNOWN"},
    "PARTIAL": {"PARTIAL", "UNKNOWN"},
    "NONE": {"NONE", "UNKNOWN"},
}


@pytest.mark.long
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(mast, min_size=1, max_size=5),
    st.lists(spot, min_size=1, max_size=3, unique=True),
    st.integers(-8_000, 8_000),
    st.integers(100, 8_000),
)
def test_less_terrain_never_claims_what_more_terrain_denies(masts, places, west_m, wide_m):
    listed = [(o, t, 900.0, 6_000.0, 6_000.0) for o in ("VIETTEL", "VNPT") for t in ("3G", "4G")]
    spots = {f"h{i}": p for i, p in enumerate(places)}
    world = worlds.ridge(at_x_m=500.0)
    whole = run([*listed, *masts], spots=spots, terrain=world)
    less = run([*listed, *masts], spots=spots, terrain=without(world, west_m, west_m + wide_m))
    for before, after in zip(whole, less, strict=True):
        pairs = zip(before["status"], after["status"], strict=True)
        assert all(after in ALLOWED[before] for before, after in pairs)
