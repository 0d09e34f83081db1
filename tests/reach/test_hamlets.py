"""Reach of hamlets in worlds that can be checked on squared paper."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import worlds

from phusong.reach.checks import CHECK_COLUMNS, mark_checked, name_operators
from phusong.reach.hamlets import fuse_evidence, reach_hamlets, weigh_points
from phusong.reach.layers import list_layers
from phusong.reach.radio import model_radio
from phusong.reach.signal import unite_operators
from phusong.reach.sites import derive_carriers, merge_sites, select_cells
from phusong.reach.statements import state_claims, state_polygons
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables import TABLES

P = load_parameters()
SPOTS = {"front": (1_500.0, 0.0), "behind": (4_200.0, 0.0)}
MAST = ("VIETTEL", "4G", 900.0, 0.0, 0.0)


def coverage(polygons):
    """Polygons: (operator, technology, (west, south, east, north))."""
    boxes = [
        shapely.box(*(np.array(b) + [worlds.ORIGIN_X, worlds.ORIGIN_Y] * 2)) for *_, b in polygons
    ]
    frame = gpd.GeoDataFrame(
        {
            "coverage_id": [str(i) for i in range(len(polygons))],
            "operator": [p[0] for p in polygons],
            "technology": [p[1] for p in polygons],
            "as_of": worlds.DAY,
        },
        geometry=boxes,
        crs=worlds.CRS,
    ).to_crs(4326)
    return conform_table(frame, TABLES["accepted_coverage"])


def run(
    masts, spots=SPOTS, terrain=None, polygons=(), operators=(), parameters=P, checks=(), crowd=(), complete=(),
    asked=(), clusters=(),
):  # fmt: skip
    """Crowd: numbers of the masts that only the crowd has seen; asked: layers named by a statement elsewhere."""
    listed = worlds.cells(masts).assign(complete=lambda t: ~t.index.isin(crowd))
    cells = select_cells(listed, as_of=worlds.DAY)
    areas = coverage(polygons) if polygons else empty_table(TABLES["accepted_coverage"])
    claims = empty_table(TABLES["accepted_claims"])
    sites, of_cell = merge_sites(cells, merge_m=50.0, crs=worlds.CRS)
    carriers = derive_carriers(cells, of_cell, radio=parameters.radio)
    hamlets, points = worlds.hamlets(spots), worlds.points(spots, clusters=clusters)
    found = pd.DataFrame(checks, columns=CHECK_COLUMNS)
    named = found[found["operator"] != ""]
    elsewhere = pd.DataFrame(asked, columns=["technology", "operator"])
    stated = pd.concat([claims, named, elsewhere])
    layers = list_layers(cells, areas, stated, operators=operators, complete=complete)
    pairs = pd.DataFrame({"technology": layers.technology, "operator": layers.operator})
    found = name_operators(found, pairs)
    urban = np.zeros(len(points), dtype=bool)
    radiance = model_radio(
        points, carriers, sites, urban, terrain, layers, radio=parameters.radio, crs=worlds.CRS
    )
    weighing = weigh_points(points, hamlets)
    polygons_said = state_polygons(points[["x_m", "y_m"]].to_numpy(), areas, layers, crs=worlds.CRS)
    fusion = fuse_evidence(
        radiance,
        polygons_said,
        state_claims(points["hamlet_id"], claims, layers),
        state_claims(points["hamlet_id"], found, layers),
        radio=parameters.radio,
    )
    dates = pd.Series([worlds.DAY] * len(layers))
    reach = reach_hamlets(
        weighing,
        radiance,
        fusion,
        carriers,
        layers,
        terrain,
        radio=parameters.radio,
        policy=parameters.policy,
        as_of=dates,
    )
    signal = unite_operators(
        weighing, radiance, fusion, layers, reach, radio=parameters.radio, policy=parameters.policy
    )
    reach = mark_checked(reach, found, certainty=parameters.radio.number("checked_probability"))
    return reach.set_index(["hamlet_id", "technology", "operator"]), signal.set_index(
        ["hamlet_id", "technology"]
    )


def test_on_flat_ground_both_hamlets_are_served():
    reach, signal = run([MAST], terrain=worlds.plain())
    assert list(reach.xs(("4G", "VIETTEL"), level=(1, 2))["status"]) == ["FULL", "FULL"]
    assert (signal.xs("4G", level=1)["status"] == "FULL").all()


def test_the_ridge_hides_the_hamlet_that_a_disc_calls_covered():
    reach, signal = run([MAST], terrain=worlds.ridge())
    behind, front = reach.loc["behind", "4G", "VIETTEL"], reach.loc["front", "4G", "VIETTEL"]
    assert (front["status"], behind["status"]) == ("FULL", "NONE")
    assert behind["disc_share"] == 1.0 and behind["flat_share"] == 1.0
    assert behind["terrain_loss_db"] > 15 and front["terrain_loss_db"] < 1
    assert behind["evidence"] == "modelled"
    assert signal.loc["behind", "4G"]["site_distance_m"] == pytest.approx(4_200, abs=1)


def test_without_terrain_the_disc_decides_and_says_that_it_is_assumed():
    reach, _ = run([MAST], terrain=None)
    row = reach.loc["behind", "4G", "VIETTEL"]
    assert (row["status"], row["evidence"]) == ("FULL", "assumed")


def test_who_delivered_nothing_is_unknown_and_makes_the_union_unknown():
    reach, signal = run([MAST], terrain=worlds.ridge(), operators=["VNPT"])
    assert reach.loc["front", "4G", "VNPT"]["status"] == "UNKNOWN"
    assert pd.isna(reach.loc["front", "4G", "VNPT"]["served_share"])
    assert signal.loc["front", "4G"]["status"] == "FULL"
    assert signal.loc["behind", "4G"]["status"] == "UNKNOWN"


def test_a_complete_list_that_is_silent_about_a_technology_proves_nothing_about_it():
    reach, signal = run([MAST], terrain=worlds.plain(), asked=[("5G", "VIETTEL")])
    for technology in ("3G", "5G"):
        row = reach.loc["front", technology, "VIETTEL"]
        assert (row["status"], row["evidence"]) == ("UNKNOWN", "absent")
        assert signal.loc["front", technology]["status"] == "UNKNOWN"


def test_a_list_that_states_that_it_holds_all_there_is_of_a_technology_is_a_plain_no():
    reach, _ = run([MAST], terrain=worlds.plain(), complete=[("3G", "VIETTEL")])
    assert reach.loc["front", "3G", "VIETTEL"]["status"] == "NONE"


def test_a_crowd_list_beside_a_complete_one_of_another_technology_proves_no_absence():
    far = ("VIETTEL", "3G", 2100.0, -6_000.0, 0.0)
    reach, signal = run([MAST, far], terrain=worlds.ridge(), crowd=[1])
    statuses = reach.xs(("3G", "VIETTEL"), level=(1, 2))["status"]
    assert "NONE" not in set(statuses) and statuses["behind"] == "UNKNOWN"
    assert signal.loc["behind", "3G"]["status"] == "UNKNOWN"
    assert reach.loc["behind", "4G", "VIETTEL"]["status"] == "NONE"
    listed, _ = run([MAST, far], terrain=worlds.ridge())
    assert listed.loc["behind", "3G", "VIETTEL"]["status"] == "NONE"


def test_of_two_files_of_one_operator_the_complete_one_proves_absence_for_its_own_technology():
    masts = [MAST, ("VIETTEL", "3G", 2100.0, 0.0, 0.0), ("VIETTEL", "5G", 2600.0, 0.0, 0.0)]
    reach, _ = run(masts, terrain=worlds.ridge(), crowd=[2])
    behind = reach.loc["behind"].xs("VIETTEL", level="operator")["status"]
    assert behind.to_dict() == {"3G": "NONE", "4G": "NONE", "5G": "UNKNOWN"}


def test_a_polygon_over_the_dark_valley_is_a_disagreement_not_a_cover():
    polygon = ("VIETTEL", "4G", (-500.0, -2_000.0, 6_000.0, 2_000.0))
    reach, _ = run([MAST], terrain=worlds.ridge(), polygons=[polygon])
    behind = reach.loc["behind", "4G", "VIETTEL"]
    assert behind["status"] == "NONE" and behind["disagrees"] and behind["operator_share"] == 1.0
    assert behind["evidence"] == "operator"


def test_a_polygon_alone_is_believed_at_its_odds():
    polygon = ("MOBIFONE", "4G", (1_000.0, -500.0, 2_000.0, 500.0))
    reach, _ = run([MAST], terrain=worlds.plain(), polygons=[polygon])
    assert reach.loc["front", "4G", "MOBIFONE"]["status"] == "FULL"
    assert reach.loc["front", "4G", "MOBIFONE"]["probability"] == pytest.approx(0.8)
    assert reach.loc["behind", "4G", "MOBIFONE"]["status"] == "NONE"


def test_two_operators_with_half_a_hamlet_each_make_a_whole():
    west = ("VIETTEL", "4G", (-500.0, -500.0, 1_500.0, 500.0))
    east = ("VNPT", "4G", (1_500.0, -500.0, 2_500.0, 500.0))
    reach, signal = run(
        [], spots={"front": (1_500.0, 0.0)}, polygons=[west, east], clusters=[(-100, 0), (100, 0)]
    )
    assert signal.loc["front", "4G"]["status"] == "FULL"
    assert {reach.loc["front", "4G", o]["status"] for o in ("VIETTEL", "VNPT")} <= {
        "PARTIAL",
        "FULL",
    }
    assert reach.loc["front", "4G", "VNPT"]["served_share"] < 1


def test_one_mast_of_two_operators_stays_one_mast():
    shared = [
        ("VIETTEL", "4G", 1800.0, 0.0, 0.0),
        ("VNPT", "3G", 2100.0, 40.0, 0.0),
        ("VNPT", "4G", 1800.0, 200.0, 0.0),
    ]
    sites, of_cell = merge_sites(worlds.cells(shared), merge_m=50.0, crs=worlds.CRS)
    assert sorted(sites["operators"]) == ["VIETTEL|VNPT", "VNPT"]
    assert of_cell.tolist()[0] == of_cell.tolist()[1] != of_cell.tolist()[2]


def test_a_list_without_heights_still_makes_masts_with_the_usual_height_assumed():
    table = worlds.cells([("VIETTEL", "4G", 1800.0, 0.0, 0.0)]).assign(height_m=np.nan)
    sites, of_cell = merge_sites(table, merge_m=50.0, crs=worlds.CRS)
    assert sites["height_m"].isna().all()
    carriers = derive_carriers(table, of_cell, radio=P.radio)
    assert carriers["height_m"].tolist() == [P.radio.number("mast_height_m")]
    assert "height_m" in carriers["assumed"].iloc[0]


def test_the_reference_signal_follows_from_power_gain_and_subcarriers():
    table = worlds.cells(
        [
            ("VIETTEL", "4G", 1800.0, 0, 0),
            ("VIETTEL", "4G", 900.0, 0, 0),
            ("VIETTEL", "3G", 2100.0, 0, 0),
        ]
    )
    carriers = derive_carriers(table, pd.Series(["S1"] * 3), radio=P.radio)
    expected = [46 + 17 - 1 - 10 * np.log10(1200), 46 + 17 - 1 - 10 * np.log10(600), 33 + 17 - 1]
    assert carriers["eirp_re_dbm"].tolist() == pytest.approx(expected)
    wide, narrow = "eirp_dbm|azimuth_deg|bandwidth_mhz", "eirp_dbm|azimuth_deg"
    assert carriers["assumed"].tolist() == [wide, wide, narrow]


def test_crowd_sourced_cells_prove_presence_and_never_absence():
    table = worlds.cells([("VNPT", "4G", 900.0, 0.0, 0.0)]).assign(complete=False)
    assert len(select_cells(table, as_of=worlds.DAY)) == 1
    listed = pd.concat(
        [table, worlds.cells([("VNPT", "4G", 900.0, 9_000.0, 0.0)])], ignore_index=True
    )
    assert select_cells(listed, as_of=worlds.DAY)["complete"].tolist() == [True]


def test_a_mast_that_comes_on_the_air_later_does_not_count_yet():
    table = worlds.cells([MAST]).assign(on_air=worlds.DAY + pd.Timedelta(days=1))
    assert select_cells(table, as_of=worlds.DAY).empty
    assert len(select_cells(table, as_of=worlds.DAY + pd.Timedelta(days=1))) == 1


spot = st.tuples(st.integers(-6, 6), st.integers(-6, 6)).map(
    lambda xy: (xy[0] * 1_000.0, xy[1] * 1_000.0)
)
mast = st.tuples(
    st.sampled_from(["VIETTEL", "VNPT"]),
    st.sampled_from(["3G", "4G"]),
    st.just(900.0),
    st.integers(-6, 6),
    st.integers(-6, 6),
).map(lambda m: (m[0], m[1], m[2], m[3] * 1_000.0, m[4] * 1_000.0))
RANK = {"NONE": 0, "PARTIAL": 1, "FULL": 2}


@pytest.mark.long
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(mast, min_size=1, max_size=5),
    mast,
    st.lists(spot, min_size=1, max_size=3, unique=True),
)
def test_adding_a_mast_never_makes_a_gap(masts, extra, places):
    spots = {f"h{i}": p for i, p in enumerate(places)}
    terrain = worlds.ridge(at_x_m=500.0)
    listed = [(o, t, 900.0, 6_000.0, 6_000.0) for o in ("VIETTEL", "VNPT") for t in ("3G", "4G")]
    masts = [*listed, *masts]
    _, before = run(masts, spots=spots, terrain=terrain)
    _, after = run([*masts, extra], spots=spots, terrain=terrain)
    assert (after["served_share"] >= before["served_share"] - 1e-12).all()
    assert (after["status"].map(RANK) >= before["status"].map(RANK)).all()


@pytest.mark.long
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(mast, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(masts, random):
    shuffled = masts.copy()
    random.shuffle(shuffled)
    columns = ["status", "served_share", "probability", "margin_db"]
    one, _ = run(masts, terrain=worlds.ridge())
    two, _ = run(shuffled, terrain=worlds.ridge())
    pd.testing.assert_frame_equal(one[columns], two[columns])


def check(hamlet, ready, operator="VIETTEL", technology="4G", day="2021-09-10", number=1):
    """One finding on the spot."""
    return (f"bao-sai-{number:06d}", hamlet, technology, operator, ready, pd.Timestamp(day))


def test_who_had_no_signal_on_the_spot_is_believed_before_the_model():
    reach, signal = run([MAST], terrain=worlds.plain(), checks=[check("front", False)])
    row, other = reach.loc["front", "4G", "VIETTEL"], reach.loc["behind", "4G", "VIETTEL"]
    assert (row["status"], row["evidence"], row["served_share"]) == ("NONE", "measured", 0.0)
    assert row["probability"] == pytest.approx(0.05) and row["as_of"] == pd.Timestamp("2021-09-10")
    assert (other["status"], other["evidence"]) == ("FULL", "modelled")
    assert signal.loc["front", "4G"]["status"] == "NONE"


def test_who_had_signal_behind_the_ridge_is_believed_before_the_model():
    reach, signal = run([MAST], terrain=worlds.ridge(), checks=[check("behind", True)])
    row = reach.loc["behind", "4G", "VIETTEL"]
    assert (row["status"], row["evidence"]) == ("FULL", "measured")
    assert signal.loc["behind", "4G"]["status"] == "FULL"


def test_the_latest_finding_stands():
    checks = [
        check("front", False, day="2021-09-10"),
        check("front", True, day="2021-09-12", number=2),
    ]
    reach, _ = run([MAST], terrain=worlds.plain(), checks=checks[::-1])
    row = reach.loc["front", "4G", "VIETTEL"]
    assert row["status"] == "FULL" and row["as_of"] == pd.Timestamp("2021-09-12")


def test_nothing_from_anybody_speaks_of_every_operator_and_signal_from_nobody_of_none():
    masts = [MAST, ("VNPT", "4G", 900.0, 0.0, 0.0)]
    reach, signal = run(masts, terrain=worlds.plain(), checks=[check("front", False, operator="")])
    assert set(reach.loc["front"].xs("4G", level="technology")["status"]) == {"NONE"}
    assert signal.loc["front", "4G"]["status"] == "NONE"
    reach, _ = run([MAST], terrain=worlds.ridge(), checks=[check("behind", True, operator="")])
    assert reach.loc["behind", "4G", "VIETTEL"]["status"] == "NONE"


def test_a_finding_about_somebody_who_delivered_nothing_is_no_longer_unknown():
    reach, _ = run([MAST], terrain=worlds.plain(), checks=[check("front", False, operator="VNPT")])
    row, other = reach.loc["front", "4G", "VNPT"], reach.loc["behind", "4G", "VNPT"]
    assert (row["status"], row["evidence"]) == ("NONE", "measured")
    assert other["status"] == "UNKNOWN"


def test_an_operator_who_says_otherwise_disagrees():
    polygon = ("VIETTEL", "4G", (-500.0, -2_000.0, 6_000.0, 2_000.0))
    reach, _ = run(
        [MAST], terrain=worlds.plain(), polygons=[polygon], checks=[check("front", False)]
    )
    assert reach.loc["front", "4G", "VIETTEL"]["disagrees"]
    assert not reach.loc["behind", "4G", "VIETTEL"]["disagrees"]
