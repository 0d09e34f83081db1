"""Ids once each."""

import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.identities import make_unique


def run(ids, lon=None, index=None, **details):
    lon = lon or [105.6] * len(ids)
    frame = pd.DataFrame(
        {"id": ids, "lon": lon, "lat": 21.3, "name": ids}, index=index or range(2, 2 + len(ids))
    )
    frame["name"] = [f"tên {x}" for x in lon]
    findings = Findings()
    return make_unique(frame, "id", "Mã", findings, **details)["id"].tolist(), findings


def test_different_ids_stay():
    ids, findings = run(["a", "b"])
    assert ids == ["a", "b"]
    assert not findings.faults


def test_a_repeated_id_is_numbered_and_warned_of():
    ids, findings = run(["a", "b", "a", "a"])
    assert ids == ["a", "b", "a~2", "a~3"]
    assert [(f.rule, f.row, f.severity) for f in findings.faults] == [
        ("duplicate_id", 4, "warning"),
        ("duplicate_id", 5, "warning"),
    ]


def test_one_id_at_two_places_contradicts_itself_and_both_rows_go():
    findings = run(["a", "a", "b"], lon=[105.6, 105.7, 105.8], same_m=1.0)[1]
    assert [(f.rule, f.row, f.severity) for f in findings.faults] == [
        ("contradicting_id", 2, "error"),
        ("contradicting_id", 3, "error"),
    ]
    assert "2, 3" in findings.faults[0].suggestion


def test_a_step_within_the_tolerance_is_no_contradiction():
    assert run(["a", "a"], lon=[105.6, 105.6000001], same_m=1.0)[1].faults[0].rule == "duplicate_id"


def test_one_id_with_two_names_contradicts_itself():
    findings = run(["a", "a"], lon=[105.6, 105.7], same=("name",))[1]
    assert {f.rule for f in findings.faults} == {"contradicting_id"}


def test_cells_of_one_row_are_warned_of_once():
    findings = run(["a", "a", "a"], index=[2, 3, 3])[1]
    assert [(f.rule, f.row) for f in findings.faults] == [("duplicate_id", 3)]


def test_missing_ids_are_left_to_whoever_requires_them():
    ids, findings = run([None, None, "a"])
    assert not findings.faults
    assert ids[2] == "a"


def test_a_number_that_is_taken_already_is_not_given_twice():
    ids = run(["a", "a", "a~2"])[0]
    assert len(set(ids)) == 3


def test_a_row_whose_cells_all_contradict_is_faulted_once():
    findings = run(
        ["a", "b", "a", "b"], lon=[105.6, 105.6, 105.7, 105.7], index=[2, 2, 3, 3], same_m=1.0
    )[1]
    assert [f.row for f in findings.faults] == [2, 3]
