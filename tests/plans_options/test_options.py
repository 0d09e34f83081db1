"""Hamlets on flat ground and behind a ridge: who can be served from where, and what that costs."""

import numpy as np
import pandas as pd
import pytest
import shapely

from phusong.plans.options import list_options
from phusong.plans.options.candidates import find_hilltops, list_candidates, thin_places
from phusong.plans.options.listing import find_microwave
from phusong.plans.options.pricing import price_candidates
from phusong.plans.options.serving import list_live, serve_hamlets
from phusong.reach.terrain import Terrain
from phusong.vocabulary.parameters import load_parameters

P = load_parameters()
R, MONEY = P.radio, P.rollout
FULL = P.policy.number("full_share")


def make_masts(*rows):
    """Return masts from (site_id, x, y, operators)."""
    table = pd.DataFrame(rows, columns=["site_id", "x_m", "y_m", "operators"])
    return table.assign(height_m=42.0)


def make_carriers(*rows):
    """Return carriers from (site_id, operator, technology), as loud as 4G carriers usually are."""
    table = pd.DataFrame(rows, columns=["site_id", "operator", "technology"])
    return table.assign(
        cell_id=[f"c{n}" for n in range(len(rows))],
        frequency_mhz=1800.0, eirp_re_dbm=28.0, azimuth_deg=np.nan, height_m=42.0,
    )  # fmt: skip


def make_hamlets(*rows):
    """Return wanting hamlets from (hamlet_id, x, y, grid_power)."""
    return pd.DataFrame(rows, columns=["hamlet_id", "x_m", "y_m", "grid_power"])


def make_points(hamlets):
    """Return five test points a hamlet, within 200 m."""
    steps = [(0, 0), (200, 0), (-200, 0), (0, 200), (0, -200)]
    rows = [
        (h.hamlet_id, h.x_m + dx, h.y_m + dy, 0.2) for h in hamlets.itertuples() for dx, dy in steps
    ]
    return pd.DataFrame(rows, columns=["hamlet_id", "x_m", "y_m", "weight"]).assign(urban=False)


def flat(height=20.0):
    """Return 30 × 30 km of level ground around the origin."""
    return Terrain(np.full((300, 300), height), -15_000.0, 15_000.0, 100.0)


def ridged():
    """Return level ground with a wall of 400 m along x = 0."""
    ground = np.full((300, 300), 20.0)
    ground[:, 149:152] = 400.0
    return Terrain(ground, -15_000.0, 15_000.0, 100.0)


FAR = make_hamlets(("h1", 9_000.0, 0.0, True))
MASTS = make_masts(("S1", -9_000.0, 0.0, "VNPT"), ("S2", 7_000.0, 500.0, "VIETTEL"))
CARRIERS = make_carriers(("S1", "VNPT", "4G"), ("S2", "VIETTEL", "3G"))
NODES = np.array([[8_000.0, 0.0]])


def ask(hamlets=FAR, masts=MASTS, carriers=CARRIERS, terrain=None, roads=None):
    return list_options(
        hamlets, make_points(hamlets), masts, carriers, NODES, terrain, roads,
        radio=R, rollout=MONEY, full_share=FULL,
    )  # fmt: skip


def test_fields_out_of_reach_stop_no_hamlet_from_counting_as_connected():
    """As for the gaps: where nobody lives nothing is asked."""
    points = make_points(FAR)
    field = {"hamlet_id": "h1", "x_m": -14_000.0, "y_m": 14_000.0, "weight": 0.0, "urban": False}
    fields = pd.DataFrame([field] * 50)
    candidates = list_candidates(FAR, MASTS, CARRIERS, ridged(), radio=R, rollout=MONEY)
    live = list_live(MASTS, CARRIERS, technologies=["4G", "5G"])
    one, two = (
        serve_hamlets(candidates, table, live, ridged(), radio=R, full_share=FULL)
        for table in (points, pd.concat([points, fields], ignore_index=True))
    )
    assert len(one)
    pd.testing.assert_frame_equal(one, two)


def test_a_mast_with_3g_in_sight_is_upgraded_and_nothing_dearer_is_offered_for_the_same():
    found = ask(terrain=ridged())
    assert found.options["kind"].tolist() == ["upgrade"]
    assert found.options.loc[0, "site_id"] == "S2" and found.options.loc[0, "operator"] == "VIETTEL"
    assert found.serves["hamlet_id"].tolist() == ["h1"]
    assert found.options.loc[0, "capex_vnd"] == MONEY.number("upgrade_vnd")


def test_behind_a_ridge_the_old_mast_does_not_help_and_a_cell_in_the_hamlet_does():
    masts = make_masts(("S1", -9_000.0, 0.0, "VNPT"), ("S2", -7_000.0, 500.0, "VIETTEL"))
    over = ask(masts=masts, terrain=ridged())
    assert "upgrade" not in set(over.options["kind"]) and len(over.options)
    assert over.options["x_m"].min() > -1_000


def test_a_repeater_needs_a_signal_to_repeat():
    deaf = make_carriers(("S1", "VNPT", "2G"), ("S2", "VIETTEL", "3G"))
    kinds = set(list_candidates(FAR, MASTS, deaf, flat(), radio=R, rollout=MONEY)["kind"])
    assert "repeater" in kinds
    far = make_masts(("S1", -9_000.0, 0.0, "VNPT"), ("S2", -14_000.0, 500.0, "VIETTEL"))
    assert "repeater" not in set(ask(masts=far, carriers=deaf, terrain=ridged()).options["kind"])


def test_backhaul_power_and_track_are_counted_where_they_are_needed():
    candidates = pd.DataFrame(
        {"kind": ["new_site", "upgrade", "small_cell"], "x_m": [0.0, 0.0, 0.0], "y_m": [0.0, 0.0, 300.0]}
    )  # fmt: skip
    road = shapely.LineString([(-100, 200), (100, 200)])
    capex, parts = price_candidates(
        candidates, np.array([[1_000.0, 0.0]]), np.zeros(3, bool),
        np.array([False, False, True]), road, rollout=MONEY,
    )  # fmt: skip
    line = 1_000 * MONEY.number("backhaul_detour") * MONEY.number("new_poles_price")
    own = MONEY.number("new_site_vnd") + MONEY.number("off_grid_vnd")
    assert capex.loc[0, "capex_vnd"] == own + line + 200 * MONEY.number("track_price")
    assert capex.loc[1, "capex_vnd"] == MONEY.number("upgrade_vnd")
    assert parts[parts["candidate"] == 2]["part"].tolist() == ["mast", "backhaul"]
    assert (capex["capex_low_vnd"] < capex["capex_vnd"]).all()
    assert parts.groupby("candidate")["cost_vnd"].sum().tolist() == capex["capex_vnd"].tolist()


def test_microwave_is_taken_where_a_line_would_cost_more():
    candidates = pd.DataFrame({"kind": ["new_site"], "x_m": [0.0], "y_m": [0.0]})
    far, powered = np.array([[20_000.0, 0.0]]), np.array([True])
    capex, _ = price_candidates(candidates, far, np.array([True]), powered, None, rollout=MONEY)
    assert capex.loc[0, "capex_vnd"] == MONEY.number("new_site_vnd") + MONEY.number("microwave_vnd")
    line = 20_000 * MONEY.number("backhaul_detour") * MONEY.number("new_poles_price")
    capex, _ = price_candidates(candidates, far, np.array([False]), powered, None, rollout=MONEY)
    assert capex.loc[0, "capex_vnd"] == MONEY.number("new_site_vnd") + line
    with pytest.raises(ValueError, match="mast in sight"):
        price_candidates(
            candidates, np.empty((0, 2)), np.array([False]), powered, None, rollout=MONEY
        )


def ridge_between(*, top_m):
    """Return level ground at 20 m with one wall of a height along x = 0."""
    ground = np.full((300, 300), 20.0)
    ground[:, 149:152] = top_m
    return Terrain(ground, -15_000.0, 15_000.0, 100.0)


def seen(terrain, *, height_m=42.0, spot=(-5_000.0, 0.0), masts=((5_000.0, 0.0),)):
    """Return whether an antenna at a spot sees a mast of 42 m by microwave."""
    place = pd.DataFrame(
        {"kind": ["new_site"], "x_m": spot[0], "y_m": spot[1], "height_m": height_m}
    )
    table = make_masts(*((f"S{n}", x, y, "VNPT") for n, (x, y) in enumerate(masts)))
    return bool(find_microwave(place, table, terrain, radio=R, rollout=MONEY)[0])


def test_no_microwave_through_a_ridge_until_the_mast_sees_over_it():
    # Halfway along 10 km at 7.5 GHz: F1 = √(0.03997·5,000·5,000/10,000) = 10.0 m, 0.6 of it 6.0 m. At the worst
    # k of 0.6 the Earth bulges 5,000²/(2·0.6·6,371,000) = 3.3 m. Both antennas stand 62 m above the sea.
    assert seen(flat())
    assert not seen(ridge_between(top_m=400.0))
    assert seen(ridge_between(top_m=62 - 6.0 - 3.3 - 0.5))
    assert not seen(ridge_between(top_m=62 - 6.0 - 3.3 + 0.5))
    assert seen(ridge_between(top_m=62 - 6.0 - 3.3 + 0.5), height_m=42.0 + 2.0)


def test_another_mast_in_sight_serves_where_the_nearest_is_hidden():
    behind, beside = (5_000.0, 0.0), (-5_000.0, 12_000.0)
    assert seen(ridge_between(top_m=400.0), masts=(behind, beside))
    assert not seen(ridge_between(top_m=400.0), masts=(behind, (-5_000.0, 16_000.0)))


def test_no_path_is_free_over_unknown_ground():
    ground = np.full((300, 300), 20.0)
    ground[:, 149:152] = np.nan
    assert not seen(Terrain(ground, -15_000.0, 15_000.0, 100.0))
    assert not seen(None)
    assert not seen(flat(), spot=(-40_000.0, 0.0), masts=((-39_000.0, 0.0),))


def test_without_a_node_only_what_sees_a_mast_is_offered():
    masts = make_masts(("S1", -9_000.0, 0.0, "VNPT"), ("S2", -7_000.0, 500.0, "VIETTEL"))
    nodes = np.empty((0, 2))
    arguments = (CARRIERS, nodes, ridged(), None)
    found = list_options(
        FAR, make_points(FAR), masts, *arguments, radio=R, rollout=MONEY, full_share=FULL
    )
    assert not set(found.options["kind"]) & {"new_site", "small_cell"}


def test_another_mast_on_the_air_never_takes_a_hamlet_away():
    candidates = list_candidates(FAR, MASTS, CARRIERS, ridged(), radio=R, rollout=MONEY)
    points = make_points(FAR)
    shares = []
    for carriers in (CARRIERS[:1], CARRIERS.assign(technology="4G")):
        live = list_live(MASTS, carriers, technologies=["4G"])
        found = serve_hamlets(candidates, points, live, ridged(), radio=R, full_share=0.0)
        shares.append(found.sort_values("candidate")["served_share"].to_numpy())
    assert (shares[1] >= shares[0]).all()


def test_hills_are_found_where_they_are_and_places_side_by_side_are_one():
    ground = np.full((100, 100), 10.0)
    ground[40, 60] = 300.0
    terrain = Terrain(ground, 0.0, 10_000.0, 100.0)
    tops = find_hilltops(terrain, np.array([[6_000.0, 6_000.0]]), radius_m=900, rise_m=15)
    assert tops.tolist() == [[6_050.0, 5_950.0]]
    assert find_hilltops(None, np.array([[0.0, 0.0]]), radius_m=900, rise_m=15).shape == (0, 2)
    spots = np.array([[0.0, 0.0], [10.0, 10.0], [500.0, 0.0]])
    assert thin_places(spots, apart_m=100).tolist() == [[0.0, 0.0], [500.0, 0.0]]


def test_where_nobody_wants_anything_there_is_nothing_to_offer():
    found = ask(hamlets=FAR[:0])
    assert found.options.empty and found.serves.empty


def test_the_order_of_rows_changes_nothing():
    hamlets = make_hamlets(
        ("h1", 9_000.0, 0.0, True), ("h2", 5_000.0, 4_000.0, False), ("h3", 8_000.0, -3_000.0, True)
    )  # fmt: skip
    one = ask(hamlets=hamlets, terrain=ridged())
    other = ask(hamlets=hamlets[::-1], masts=MASTS[::-1], carriers=CARRIERS[::-1], terrain=ridged())
    pd.testing.assert_frame_equal(one.options, other.options)
    pd.testing.assert_frame_equal(one.serves, other.serves)


def test_a_candidate_serves_nobody_over_ground_that_nobody_knows():
    known = ask(terrain=flat())
    assert known.serves["hamlet_id"].tolist() == ["h1"]
    ground = flat().elevation.copy()
    ground[:, 225:235] = np.nan
    holed = Terrain(ground, -15_000.0, 15_000.0, 100.0)
    served = ask(terrain=holed)
    upgrades = served.options[served.options["kind"] == "upgrade"]["option_id"]
    assert "upgrade" in set(known.options["kind"]) and upgrades.empty
