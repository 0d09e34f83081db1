"""Free ports against households: too few, enough, or not known."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import worlds

from phusong.gaps.hamlets import best_fibre, class_hamlets
from phusong.gaps.ports import assess_ports
from phusong.pipeline.publication import count_ports
from phusong.reach.fibre import reach_fibre
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables import TABLES

FIBRE = load_parameters({"fibre": {"ports_share": 0.25}}).fibre
CLAIMS, NODES = TABLES["accepted_claims"], TABLES["accepted_fibre_nodes"]
#: Two hamlets of 100 households each, 1,200 m apart; a node between them is within reach of both.
SPOTS = {"west": (0.0, 0.0), "east": (1_200.0, 0.0)}


def node(x, free, *, operator="VNPT", name=None):
    lon, lat = worlds.degrees(x, 0.0)
    return {
        "node_id": name or f"{operator}-{x}", "operator": operator, "status": "live", "access": True,
        "ports_free": free, "lon": lon[0], "lat": lat[0], "as_of": worlds.DAY,
    }  # fmt: skip


def claim(hamlet_id, *, operator="FPT"):
    return {
        "claim_id": f"{operator}-{hamlet_id}", "hamlet_id": hamlet_id, "commune_code": "08914", "operator": operator,
        "technology": "FIBRE", "ready": True, "as_of": worlds.DAY,
    }  # fmt: skip


def judge(nodes, claims=(), *, households=100, fibre=FIBRE):
    """Short or not by hamlet, and the rows of reach."""
    hamlets = worlds.hamlets(SPOTS).assign(
        households=pd.Series([households] * len(SPOTS), dtype="Int64")
    )
    listed = conform_table(pd.DataFrame(nodes), NODES) if nodes else empty_table(NODES)
    stated = conform_table(pd.DataFrame(claims), CLAIMS) if claims else empty_table(CLAIMS)
    operators = sorted(set(listed["operator"]) | set(stated["operator"]))
    reach = reach_fibre(hamlets, listed, stated, operators=operators, fibre=fibre, full_share=0.95)
    index = pd.Index(hamlets["hamlet_id"])
    dark = pd.Series("NONE", index=index)
    classes = class_hamlets(best_fibre(reach, index), dark, dark)
    return assess_ports(hamlets, reach, classes, fibre=fibre), reach.set_index("hamlet_id")


def test_few_ports_for_many_households_are_short_and_enough_are_not():
    short, reach = judge([node(0.0, 3), node(1_200.0, 25)])
    assert short.to_dict() == {"west": True, "east": False}
    assert reach["ports_free"].to_dict() == {"west": 3, "east": 25}
    assert reach["status"].eq("FULL").all()


def test_the_ports_of_a_node_within_reach_of_two_count_for_the_nearer_one_alone():
    short, reach = judge([node(500.0, 40)])
    assert reach["ports_free"].to_dict() == {"west": 40, "east": 0}
    assert short.to_dict() == {"west": False, "east": True}


def test_the_ports_of_every_operator_are_added_up():
    short, _ = judge([node(0.0, 13), node(0.0, 12, operator="VIETTEL"), node(1_200.0, 1)])
    assert short.to_dict() == {"west": False, "east": True}


def test_where_a_node_counts_no_ports_a_shortage_is_unknown_and_enough_is_enough():
    short, reach = judge([node(0.0, 3), node(50.0, None), node(1_200.0, 30), node(1_250.0, None)])
    assert pd.isna(short["west"]) and not short["east"]
    assert reach["ports_counted"].to_dict() == {"west": False, "east": False}


def test_a_statement_counts_no_ports():
    short, _ = judge([node(0.0, 3)], [claim("west"), claim("east")])
    assert short.isna().all()


def test_of_no_k1_hamlet_and_without_households_nothing_is_stated():
    short, reach = judge([node(-5_000.0, 1)])
    assert short.isna().all() and reach["ports_free"].isna().all()
    unknown, _ = judge([node(0.0, 3)], households=None)
    assert unknown.isna().all()


def test_a_node_without_a_free_port_neither_connects_nor_counts():
    short, reach = judge([node(0.0, 0), node(1_200.0, 30)])
    assert pd.isna(short["west"]) and reach.loc["west", "status"] == "NONE"


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(-900, 2_100), st.integers(1, 30)), min_size=1, max_size=8))
def test_no_port_is_counted_twice_and_none_within_reach_is_lost(nodes):
    listed = [node(float(x), free, name=f"N{i}") for i, (x, free) in enumerate(nodes)]
    _, reach = judge(listed)
    near = sum(
        free for x, free in nodes if min(abs(x - place) for place, _ in SPOTS.values()) < 999.0
    )
    assert near <= reach["ports_free"].fillna(0).sum() <= sum(free for _, free in nodes)


SHARES = [load_parameters({"fibre": {"ports_share": s}}).fibre for s in (0.05, 0.2, 0.4, 1.0)]


@pytest.mark.parametrize("free", [4, 5, 39, 60])
def test_a_larger_share_never_makes_a_short_hamlet_enough(free):
    short = [bool(judge([node(0.0, free)], fibre=f)[0]["west"]) for f in SHARES]
    assert short == sorted(short) and short == [free < s * 100 for s in (0.05, 0.2, 0.4, 1.0)]


def test_short_enough_and_unknown_add_up_to_the_hamlets_of_the_class():
    flags = pd.array([True, False, None, True], dtype="boolean")
    gaps = pd.DataFrame({"class": ["K1", "K1", "K1", "K2"], "fibre_ports_short": flags})
    described = count_ports(gaps, 0.3)
    assert described == {"hamlets": 3, "short": 1, "enough": 1, "unknown": 1, "ports_share": 0.3}
    with pytest.raises(KeyError):
        count_ports(gaps.drop(columns="fibre_ports_short"), 0.3)
