"""Reports that coverage is wrong, once accepted: what was found on the spot counts in the next run, nothing else."""

import json
import shutil
from dataclasses import asdict

import pandas as pd
import pytest

from phusong.pipeline.challenges import (
    Challenge,
    Ground,
    Standing,
    challenges_path,
    list_checks,
    read_checks,
)
from phusong.pipeline.explanation import explain_row
from phusong.pipeline.run import run_province, stale_parts
from phusong.store import read_table

DAY = pd.Timestamp("2021-09-21")


def report(
    number,
    *,
    standing=Standing.ACCEPTED,
    ground=Ground.TRIED,
    says="NONE",
    at="2021-09-10",
    **about,
):
    """A report and what was decided about it: two lines of the file."""
    told = {"hamlet_id": "H1", "technology": "4G", "operator": "VIETTEL", **about}
    who = {"account": "tk-1", "role": "education", "organisation": "Sở GD&ĐT"}
    when = f"{at}T08:00:00+07:00"
    return [
        Challenge(number, when, **who, standing="open", says=says, ground=str(ground), **told),
        Challenge(number + 1, when, **who, standing=str(standing), about=number),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({}, 1),
        ({"ground": Ground.MEASURED}, 1),
        ({"says": "FULL"}, 1),
        ({"standing": Standing.REJECTED}, 0),
        ({"ground": Ground.TOLD}, 0),
        ({"ground": Ground.BUILT}, 0),
        ({"says": "PARTIAL"}, 0),
        ({"at": "2021-09-21"}, 1),
        ({"at": "2021-09-22"}, 0),
    ],
)
def test_what_was_found_on_the_spot_and_accepted_counts_from_its_day(change, counts):
    assert len(list_checks(report(1, **change), until=DAY)) == counts


def test_an_open_report_is_no_witness():
    assert list_checks(report(1)[:1], until=DAY).empty


@pytest.fixture(scope="module")
def checked(raw, finished, tmp_path_factory):
    """A run with an accepted report about a hamlet that had full 4G, and the row of it."""
    folder = tmp_path_factory.mktemp("checked")
    shutil.copytree(raw.parent, folder / "raw")
    shutil.copytree(finished, folder / "out")
    province = folder / "raw" / raw.name
    reach = read_table(finished, "reach")
    row = reach[(reach["technology"] == "4G") & (reach["status"] == "FULL")].iloc[0]
    lines = report(1, hamlet_id=row["hamlet_id"], operator=row["operator"])
    text = "".join(json.dumps(asdict(line)) + "\n" for line in lines)
    challenges_path(province).write_text(text, encoding="utf-8")
    assert list(stale_parts(province, folder / "out")["reach"]) == ["checks"]
    run_province(province, folder / "out")
    return province, folder / "out", row


def test_the_next_run_believes_it_and_says_so(checked):
    province, folder, before = checked
    assert len(read_checks(province, until=DAY)) == 1
    reach = read_table(folder, "reach").set_index(["hamlet_id", "technology", "operator"])
    row = reach.loc[(before["hamlet_id"], "4G", before["operator"])]
    assert (row["status"], row["evidence"]) == ("NONE", "measured")
    assert row["as_of"] == pd.Timestamp("2021-09-10")
    assert any("measured" in line for line in explain_row(folder, "gaps", before["hamlet_id"]))


def test_it_changes_nothing_elsewhere(checked, finished):
    _, folder, changed = checked
    before, after = (read_table(f, "reach") for f in (finished, folder))
    same = (before["hamlet_id"] != changed["hamlet_id"]).to_numpy()
    pd.testing.assert_frame_equal(
        before[same].reset_index(drop=True), after[same].reset_index(drop=True)
    )
