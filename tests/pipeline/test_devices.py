"""Devices over a run and a book: what is on the shelf, what is given once, what a return gives back."""

import json
import shutil
import stat
from contextlib import closing

import pandas as pd
import pytest

from phusong.ledger.award_steps import cancel, take_back
from phusong.ledger.faults import LedgerFault
from phusong.ledger.queries import count_awards, list_awards, list_stock
from phusong.ledger.verifying import verify_ledger
from phusong.pipeline.demonstration import act_on, keep_book
from phusong.pipeline.devices import allocate_shelf, choose_unit, plan_devices, read_plan
from phusong.pipeline.pair_review import list_pairs
from phusong.pipeline.plan_shelf import list_plans
from phusong.pipeline.shelves import FROM_BOOK, FROM_RUN, find_ledger, move_pupils, read_shelf
from phusong.pipeline.single_device import check_single
from phusong.store import read_table, write_table
from phusong.vocabulary.book import AllocationUnit, Role
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.schema import check_table
from phusong.vocabulary.tables import TABLES

PER_STUDENT = AllocationUnit.PER_STUDENT


@pytest.fixture(scope="module")
def folder(finished, tmp_path_factory):
    """A finished run of its own, with the book of a campaign under way."""
    place = tmp_path_factory.mktemp("book") / "out"
    shutil.copytree(finished, place)
    keep_book(place).close()
    return place


@pytest.fixture
def book(folder):
    ledger = find_ledger(folder, None)
    yield ledger
    ledger.close()


def needed(folder):
    students = read_table(folder, "students")
    return set(students.loc[students["eligible"] & students["device_needed"], "student_key"])


def test_the_demonstration_shows_awards_in_every_state_and_its_book_verifies(book):
    states = count_awards(book).groupby("state")["awards"].sum()
    shown = {"proposed", "approved", "handed_over", "confirmed"}
    assert (states[list(shown)] > 0).all()
    assert verify_ledger(book).sound


def test_nobody_is_given_two_devices_and_everybody_is_in_one_cell(folder, book):
    described = plan_devices(folder, book, unit=PER_STUDENT)
    devices = read_table(folder, "devices")
    check_table(devices, TABLES["devices"])
    assert devices["student_key"].is_unique
    assert sum(r["pupils"] for r in described["reconciliation"]) == len(devices)
    assert needed(folder) <= set(devices["student_key"])
    assert described["gap"] == 0


def test_what_is_awarded_is_kept_when_the_plan_is_made_again(folder, book):
    plan_devices(folder, book, unit=PER_STUDENT)
    devices = read_table(folder, "devices").set_index("student_key")
    awards = list_awards(book)
    kept = devices.loc[awards["student_key"], "lot_id"]
    assert kept.tolist() == awards["lot_id"].tolist()
    assert set(devices.loc[awards["student_key"], "outcome"]) == {"kept"}


def test_what_is_told_lies_with_the_plan_for_its_owner_alone(folder, book):
    described = plan_devices(folder, book, unit=PER_STUDENT)
    place = folder / "plan" / "devices"
    assert read_plan(folder) == json.loads(json.dumps(described))
    assert {stat.S_IMODE(p.stat().st_mode) for p in place.iterdir()} == {0o600}


def test_a_device_that_came_back_fit_can_be_given_again_and_one_that_did_not_cannot(
    folder, tmp_path
):
    place = tmp_path / "out"
    shutil.copytree(folder, place)
    ledger = find_ledger(place, None)
    awards = list_awards(ledger)
    first, second = awards.loc[awards["state"] == "confirmed", "award"].head(2)
    lots = awards.set_index("award")["lot_id"]
    before = list_stock(ledger).set_index("item")["free"]
    school = act_on("2021-09-25", Role.SCHOOL, "thu hồi")
    take_back(ledger, int(first), fit=True, dated="2021-09-25", acting=school)
    take_back(ledger, int(second), fit=False, dated="2021-09-25", acting=school)
    plan = allocate_shelf(read_shelf(place, ledger), unit=PER_STUDENT)
    free = list_stock(ledger).set_index("item")["free"]
    assert (free - before).to_dict() == {n: int(n == "lot:" + lots[first]) for n in before.index}
    shown = plan.surplus.set_index("lot_id")
    fit = shown[shown["why"] != "unfit"]
    assert (fit["given"] + fit["left"]).to_dict() == {n: free["lot:" + n] for n in fit.index}
    assert (shown["received"] >= shown["allocable"]).all()
    came_back = plan.devices.set_index("student_key").loc[
        awards.set_index("award").loc[[first, second], "student_key"], "outcome"
    ]
    assert set(came_back) == {"awaiting_decision"}
    ledger.close()


def test_a_cancelled_proposal_leaves_the_store_as_it_was(folder, tmp_path):
    place = tmp_path / "out"
    shutil.copytree(folder, place)
    ledger = find_ledger(place, None)
    awards = list_awards(ledger)
    number = int(awards.loc[awards["state"] == "proposed", "award"].iloc[0])
    before = read_shelf(place, ledger).stock.set_index("item")["free"]
    who = act_on("2021-09-25", Role.FOCAL_POINT, "rút đề xuất")
    cancel(ledger, number, dated="2021-09-25", acting=who)
    after = read_shelf(place, ledger).stock.set_index("item")["free"]
    lot_id = awards.set_index("award").loc[number, "lot_id"]
    assert (after - before)["lot:" + lot_id] == 1
    ledger.close()


def test_without_a_book_the_shelf_holds_what_was_delivered(folder, tmp_path):
    place = tmp_path / "out"
    shutil.copytree(folder, place, ignore=shutil.ignore_patterns("phusong.ledger*"))
    assert find_ledger(place, None) is None
    shelf = read_shelf(place, None)
    assert (shelf.source, len(shelf.awards)) == (FROM_RUN, 0)
    assert read_shelf(folder, find_ledger(folder, None)).source == FROM_BOOK


def test_money_buys_devices_for_those_who_wait(folder, book):
    shelf = read_shelf(folder, book)
    poor = allocate_shelf(shelf, unit=PER_STUDENT, cash_vnd=0)
    rich = allocate_shelf(shelf, unit=PER_STUDENT, cash_vnd=100_000_000)
    assert len(rich.waiting) <= len(poor.waiting)


def test_what_cannot_be_asked_for_is_refused_in_words(folder, book):
    with pytest.raises(ParameterFault, match="per-student"):
        choose_unit("per-class")
    with pytest.raises(ParameterFault, match="0 or more"):
        plan_devices(folder, book, unit=PER_STUDENT, cash_vnd=-1)


def test_a_run_without_pupils_explains_itself(folder, tmp_path):
    place = tmp_path / "out"
    shutil.copytree(folder, place)
    students = read_table(place, "students")
    write_table(students.head(0), "students", place)
    with pytest.raises(ParameterFault, match="no pupils"):
        read_shelf(place, None)
    assert read_plan(folder)["pupils"] > 0
    with pytest.raises(ParameterFault, match="plan devices"):
        read_plan(tmp_path)


def test_an_allocation_is_no_plan_of_the_rollout(folder):
    assert "devices" not in list_plans(folder)


def test_the_newer_word_on_a_pupils_school_counts():
    students = pd.DataFrame({"student_key": ["a", "b", "c"], "school_id": ["s1", "s1", None]})
    moved = pd.DataFrame(
        {"student_key": ["a", "b", "c"], "school_id": ["s2"] * 3, "dated": ["2021-09-25"] * 3}
    )
    days = pd.Series(pd.to_datetime(["2021-09-20", "2021-10-01", None]), ["a", "b", "c"])
    assert move_pupils(students, moved, days)["school_id"].tolist() == ["s2", "s1", "s2"]


def test_a_new_pupil_near_to_a_served_one_waits_until_a_person_decides(folder, tmp_path):
    """A middle name left out by another school: nobody is given a second device before a person has looked."""
    place = tmp_path / "out"
    shutil.copytree(folder, place)
    with closing(find_ledger(place, None)) as book:
        shelf = read_shelf(place, book)
        served = sorted(set(shelf.awards.loc[shelf.awards["holds"].astype(bool), "student_key"]))[0]
        plan = allocate_shelf(shelf, unit=PER_STUDENT)
        linked = {*shelf.links["left_key"], *shelf.links["right_key"]}
        given = plan.devices.loc[plan.devices["lot_id"].notna(), "student_key"]
        new = sorted(set(given) - set(shelf.awards["student_key"]) - linked)[0]
        _rename_near(place, new, served)
        pair = sorted((new, served))
        waiting = list_pairs(place)
        assert pair in waiting[["left_key", "right_key"]].to_numpy().tolist()
        again = allocate_shelf(read_shelf(place, book), unit=PER_STUDENT)
        row = again.devices.set_index("student_key").loc[new]
        assert pd.isna(row["lot_id"])
        with pytest.raises(LedgerFault, match=new):
            check_single(place, book, new, with_device=True)


def _rename_near(place, new, served):
    """Let a pupil have the name of another, its middle left out, and their date of birth."""
    file = place / "personal" / "pupils.parquet"
    pupils = pd.read_parquet(file).set_index("student_key")
    first, *_, last = pupils.loc[served, "full_name"].split()
    pupils.loc[new, "full_name"] = f"{first} {last}"
    for column in ("birth_date", "sex"):
        pupils.loc[new, column] = pupils.loc[served, column]
    pupils.loc[new, "personal_id"] = None
    pupils.reset_index().to_parquet(file)
    file.chmod(0o600)
