"""What became of each promise, and what a plan may build on."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.plans.commitments import find_promised, judge_commitments
from phusong.vocabulary.schema import check_table
from phusong.vocabulary.tables.plans import COMMITMENTS

TODAY = pd.Timestamp("2021-09-21")
REACH = pd.DataFrame(
    [("h1", "4G", "VIETTEL", "FULL"), ("h2", "4G", "VIETTEL", "NONE"), ("h3", "FIBRE", "VNPT", "UNKNOWN")],
    columns=["hamlet_id", "technology", "operator", "status"],
)  # fmt: skip


def promise(number, hamlet, technology="4G", state="planned", due="2021-12-31", on_air=None):
    return {
        "commitment_id": f"c{number}",
        "operator": "VNPT" if technology == "FIBRE" else "VIETTEL",
        "hamlet_id": hamlet,
        "technology": technology,
        "solution": None,
        "due_on": pd.Timestamp(due) if due else pd.NaT,
        "state": state,
        "on_air_on": pd.Timestamp(on_air) if on_air else pd.NaT,
        "obstacle": None,
    }


def judge(*rows):
    judged = judge_commitments(pd.DataFrame(rows), REACH, as_of=TODAY)
    check_table(judged, COMMITMENTS)
    return judged


@pytest.mark.parametrize(
    ("row", "verdict", "days"),
    [
        (promise(1, "h1", state="on_air", on_air="2021-09-01", due="2021-08-30"), "met", 2),
        (promise(1, "h1", state="accepted", on_air="2021-08-01", due="2021-08-30"), "met", 0),
        (promise(1, "h2", state="on_air", on_air="2021-09-01"), "unseen", 0),
        (promise(1, "h3", "FIBRE", state="accepted"), "unseen", 0),
        (promise(1, "h2"), "open", 0),
        (promise(1, "h2", due="2021-09-21"), "open", 0),
        (promise(1, "h2", due="2021-09-20", state="building"), "late", 1),
        (promise(1, "h2", due=None), "undated", None),
        (promise(1, "h2", state="withdrawn", due="2021-01-01"), "withdrawn", None),
        (promise(1, None, due="2021-09-01"), "late", 20),
    ],
)
def test_every_promise_gets_the_verdict_that_its_dates_and_the_evidence_give(row, verdict, days):
    told = judge(row).iloc[0]
    assert told["verdict"] == verdict
    assert (None if pd.isna(told["days_late"]) else told["days_late"]) == days


def test_a_plan_builds_on_what_is_owed_and_on_nothing_else():
    judged = judge(
        promise(1, "h1", due="2023-06-30"),
        promise(2, "h2", due="2021-09-01"),
        promise(3, "h3", "FIBRE", due=None),
        promise(4, "h4", state="withdrawn"),
        promise(5, "h5", due="2022-01-31"),
        promise(6, "h5", "FIBRE", due="2021-12-31"),
        promise(7, "h6", "3G"),
    )
    hamlets = pd.DataFrame(
        {"hamlet_id": ["h1", "h2", "h3", "h4", "h5", "h6"], "gap_class": ["K5"] * 6}
    )
    told = find_promised(judged, hamlets, year=2021).set_index("hamlet_id")["wave"].to_dict()
    assert told == {"h1": 2, "h2": 0, "h5": 0}
    hamlets["gap_class"] = "K2"
    assert find_promised(judged, hamlets, year=2021)["hamlet_id"].tolist() == ["h5"]


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(6)), st.integers(-400, 400))
def test_order_changes_nothing_and_a_later_day_never_makes_a_promise_less_late(order, shift):
    rows = [promise(n, f"h{n % 3 + 1}", due="2021-10-01") for n in range(6)]
    plain = judge(*rows)
    pd.testing.assert_frame_equal(judge(*(rows[n] for n in order)), plain)
    day = TODAY + pd.Timedelta(days=shift)
    late = judge_commitments(pd.DataFrame(rows), REACH, as_of=day)["days_late"]
    later = judge_commitments(pd.DataFrame(rows), REACH, as_of=day + pd.Timedelta(days=30))
    assert (later["days_late"] >= late).all()


def test_nothing_promised_is_nothing_owed():
    nothing = judge(promise(1, "h1")).iloc[:0]
    hamlets = pd.DataFrame({"hamlet_id": ["h1"], "gap_class": ["K5"]})
    assert find_promised(nothing, hamlets, year=2021).empty
