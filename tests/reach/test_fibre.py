"""Fibre: a live access node near enough, or an operator's word; which of the two is kept."""

import pandas as pd
import pytest
from tests import worlds

from phusong.reach.checks import CHECK_COLUMNS, mark_checked
from phusong.reach.fibre import reach_fibre
from phusong.reach.statements import identify_claims
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables import TABLES

FIBRE = load_parameters().fibre
SPOTS = {"near": (0.0, 0.0), "far": (5_000.0, 0.0)}


def node(x, *, node_id="N1", operator="VNPT", status="live", access=True, free=None, complete=None):
    lon, lat = worlds.degrees(x, 0.0)
    return {
        "node_id": node_id, "operator": operator, "status": status, "access": access, "ports_free": free,
        "lon": lon[0], "lat": lat[0], "complete": complete, "as_of": worlds.DAY,
    }  # fmt: skip


def claim(hamlet_id, ready, *, passed=None, day=worlds.DAY, claim_id="Q1", name=None):
    return {
        "claim_id": claim_id, "hamlet_id": hamlet_id, "commune_code": "08914", "hamlet_name": name, "operator": "VNPT",
        "technology": "FIBRE", "ready": ready, "households_passed": passed, "as_of": day,
    }  # fmt: skip


def reach(nodes=(), claims=()):
    hamlets = worlds.hamlets(SPOTS)
    tables = {}
    for name, rows in (("accepted_fibre_nodes", nodes), ("accepted_claims", claims)):
        table = TABLES[name]
        tables[name] = conform_table(pd.DataFrame(rows), table) if rows else empty_table(table)
    said = identify_claims(tables["accepted_claims"], hamlets)
    nodes = tables["accepted_fibre_nodes"]
    operators = sorted(set(nodes["operator"]) | set(said["operator"]))
    result = reach_fibre(hamlets, nodes, said, operators=operators, fibre=FIBRE, full_share=0.95)
    return result.set_index("hamlet_id")


def test_a_live_node_within_the_distance_makes_ready():
    rows = reach([node(800.0)])
    assert rows.loc["near", ["status", "fibre_basis", "node_id"]].tolist() == ["FULL", "node", "N1"]
    assert rows.loc["near", "distance_m"] == pytest.approx(800, abs=0.5)
    assert rows.loc["far", ["status", "fibre_basis"]].tolist() == ["NONE", "neither"]


@pytest.mark.parametrize(
    "change", [{"status": "planned"}, {"status": "building"}, {"access": False}, {"free": 0}]
)
def test_a_node_that_cannot_connect_anybody_does_not(change):
    rows = reach([node(800.0, **change), node(-9_000.0, node_id="N2")])
    assert rows.loc["near", "status"] == "NONE"
    assert rows.loc["near", "node_id"] == "N2"


def test_a_list_that_is_stated_to_be_incomplete_proves_presence_and_no_absence():
    rows = reach([node(800.0, complete=False)])
    assert rows["status"].to_dict() == {"near": "FULL", "far": "UNKNOWN"}
    assert rows["fibre_basis"].to_dict() == {"near": "node", "far": "absent"}
    both = reach([node(800.0, complete=False), node(-9_000.0, node_id="N2", complete=True)])
    assert both["status"].to_dict() == {"near": "FULL", "far": "NONE"}
    said = reach([node(800.0, complete=False)], [claim("far", False)])
    assert said.loc["far", "status"] == "NONE"


def test_the_edge_of_the_distance_belongs_to_it():
    assert reach([node(999.0)]).loc["near", "status"] == "FULL"
    assert reach([node(1_002.0)]).loc["near", "status"] == "NONE"


def test_a_claim_alone_makes_ready_and_is_kept_as_such():
    rows = reach(claims=[claim("near", True)])
    assert rows.loc["near", ["status", "fibre_basis"]].tolist() == ["FULL", "claim"]
    assert rows.loc["near", "probability"] == pytest.approx(0.8)
    assert rows.loc["far", "status"] == "UNKNOWN" and pd.isna(rows.loc["far", "served_share"])


def test_two_witnesses_are_surer_than_one():
    rows = reach([node(800.0)], [claim("near", True)])
    assert rows.loc["near", "fibre_basis"] == "both"
    assert rows.loc["near", "probability"] == pytest.approx(1 - 0.1 * 0.2)


def test_a_node_beside_a_denial_is_a_disagreement():
    rows = reach([node(800.0)], [claim("near", False)])
    assert rows.loc["near", "status"] == "FULL" and rows.loc["near", "disagrees"]


def test_a_claim_for_half_the_households_is_half_a_claim():
    rows = reach(claims=[claim("near", True, passed=62)])
    assert rows.loc["near", "status"] == "PARTIAL"
    assert rows.loc["near", "served_share"] == pytest.approx(62 / 125)


def test_the_latest_word_stands():
    earlier = worlds.DAY - pd.Timedelta(days=30)
    rows = reach(
        claims=[
            claim("near", True, claim_id="Q1", day=earlier),
            claim("near", False, claim_id="Q2"),
        ]
    )
    assert rows.loc["near", "status"] == "NONE"


def test_a_claim_may_name_its_hamlet_with_or_without_diacritics():
    assert reach(claims=[claim(None, True, name="NEAR")]).loc["near", "status"] == "FULL"


def test_nobody_spoke_no_rows():
    assert reach().empty


@pytest.mark.parametrize(("ready", "status", "share"), [(True, "FULL", 1.0), (False, "NONE", 0.0)])
def test_what_was_found_on_the_spot_stands_before_node_and_claim(ready, status, share):
    rows = reach([node(800.0)]).reset_index()
    day = pd.Timestamp("2021-09-10")
    found = [
        ("b1", name, "FIBRE", rows["operator"].iloc[0], ready, day) for name in ("near", "far")
    ]
    checks = pd.DataFrame(found, columns=CHECK_COLUMNS)
    marked = mark_checked(rows, checks, certainty=0.95).set_index("hamlet_id")
    for name in ("near", "far"):
        row = marked.loc[name]
        assert (row["status"], row["served_share"], row["evidence"]) == (status, share, "measured")
        assert row["probability"] == pytest.approx(0.95 if ready else 0.05) and row["as_of"] == day
