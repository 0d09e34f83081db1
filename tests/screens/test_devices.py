"""Devices on the page: who proposes never approves, a deed is done once, and the book answers complaints."""

import shutil

import pytest
from tests.screens.stage import Stage, read_text

from phusong.access.actions.awards import propose_awards
from phusong.access.actions.lots import NewLot, take_lot
from phusong.access.actions.replacing import Fate
from phusong.access.book import act, open_book
from phusong.access.faults import NotAllowed
from phusong.ledger.awards import propose
from phusong.ledger.faults import NotAllowed as BookRefuses
from phusong.ledger.queries import list_awards
from phusong.ledger.verifying import verify_ledger
from phusong.pipeline.demonstration import keep_book
from phusong.screens.devices import TAB
from phusong.store import read_table
from phusong.vocabulary.book import Role


@pytest.fixture(scope="module")
def campaign(finished, tmp_path_factory):
    """A finished run of its own, with the book of a campaign under way."""
    place = tmp_path_factory.mktemp("devices") / "out"
    shutil.copytree(finished, place)
    keep_book(place).close()
    return place


@pytest.fixture
def book_stage(campaign, tmp_path, monkeypatch):
    """A stage over a copy of the campaign, so that each test finds it as it was."""
    place = tmp_path / "out"
    shutil.copytree(campaign, place)
    return Stage(place, tmp_path / "phusong.access", monkeypatch)


def open_part(stage, part, who=None, **query):
    """Return the page with one of its parts open; the others are neither asked for nor sent."""
    page = stage.open("devices", who, **query)
    page.session_state[TAB] = part
    return page.run()


def tabs(page):
    return [t.label for t in page.tabs]


def awards(stage):
    return list_awards(open_book(stage.desk))


def press(page, label, reason="theo kế hoạch", name=""):
    """Give a reason in the form of a step, and press its button."""
    field = next(t for t in page.text_input if t.key == f"reason {name}")
    field.set_value(reason)
    next(b for b in page.button if b.label == label).click()
    return page.run()


@pytest.mark.parametrize(
    ("role", "has", "lacks"),
    [
        (Role.FOCAL_POINT, ["Trong kho", "Phương án, đề xuất", "Chờ bàn giao"], ["Chờ duyệt"]),
        (Role.APPROVER, ["Trong kho", "Chờ duyệt"], ["Chờ bàn giao"]),
        (Role.SCHOOL, ["Chờ bàn giao", "Chờ xác nhận"], ["Trong kho", "Chờ duyệt"]),
        (Role.EDUCATION, ["Chờ duyệt", "Chờ bàn giao"], []),
    ],
)
def test_each_role_finds_its_own_work(book_stage, role, has, lacks):
    page = book_stage.open("devices", role)
    assert not page.exception
    shown = tabs(page)
    assert set(has) <= set(shown) and not set(lacks) & set(shown)


@pytest.mark.parametrize("role", [Role.PLANNER, Role.OPERATOR, Role.ADMINISTRATOR])
def test_others_are_refused(book_stage, role):
    page = book_stage.open("devices", role)
    assert page.error and not page.tabs


def test_both_languages_stand(book_stage):
    assert "Once per pupil" in read_text(book_stage.open("devices", Role.FOCAL_POINT, lang="en"))


def test_without_a_book_the_page_says_how_to_make_one(stage):
    page = stage.open("devices", Role.FOCAL_POINT)
    assert "phusong ledger init" in page.info[0].value


def test_what_was_proposed_is_approved_by_another_and_goes_its_way(book_stage):
    before = awards(book_stage)["state"].value_counts()
    page = press(open_part(book_stage, "Chờ duyệt", Role.APPROVER), "Duyệt", name="approve")
    assert not page.exception and page.success
    after = awards(book_stage)["state"].value_counts()
    assert after["approved"] == before["approved"] + before["proposed"]
    assert verify_ledger(open_book(book_stage.desk)).sound


def test_a_step_without_a_reason_is_refused_in_words(book_stage):
    page = press(
        open_part(book_stage, "Chờ duyệt", Role.APPROVER), "Duyệt", reason="", name="approve"
    )
    assert page.error and not page.exception
    assert (awards(book_stage)["state"] == "proposed").any()


def test_a_double_click_is_one_deed(book_stage):
    book_stage.sign_in(Role.FOCAL_POINT)
    from phusong.access.questions.awards import ask_allocation
    from phusong.ledger.imports import GIVEN

    who = book_stage.sign_in(Role.FOCAL_POINT)
    planned = ask_allocation(who, book_stage.desk)
    keys = (
        planned.loc[planned["outcome"].isin([str(g) for g in GIVEN]), "student_key"]
        .head(2)
        .tolist()
    )
    before = len(awards(book_stage))
    told = [propose_awards(who, book_stage.desk, keys, why="đợt 2", key="form") for _ in range(2)]
    assert told[0] == told[1]
    made = len(told[0]["awards"])
    assert len(awards(book_stage)) == before + made


def test_a_device_comes_back_and_the_book_tells_it(book_stage):
    who = book_stage.sign_in(Role.SCHOOL)
    given = awards(book_stage)
    own = given[given["state"] == "confirmed"]
    from phusong.access.questions.awards import ask_awards

    mine = ask_awards(who, book_stage.desk)
    mine = mine[mine["award"].isin(own["award"])]
    if mine.empty:
        pytest.skip("the sample school holds no confirmed award")
    number = int(mine["award"].iloc[0])
    page = open_part(book_stage, "Thu hồi, mất")
    choice = next(s for s in page.selectbox if s.label == "Lượt cấp")
    choice.set_value(number)
    page = press(page, "Ghi vào sổ", name="after")
    assert not page.exception
    assert awards(book_stage).set_index("award").loc[number, "state"] == "returned"
    key = str(mine["student_key"].iloc[0])
    page = open_part(book_stage, "Trả lời kiến nghị")
    page.text_input[-1].set_value(key[:11])
    next(b for b in page.button if b.label == "Xem sổ ghi gì").click()
    page.run()
    assert len(page.text) >= 5


def test_a_pupil_who_is_not_ones_own_is_not_told_of(book_stage):
    book_stage.sign_in(Role.FOCAL_POINT)
    page = open_part(book_stage, "Trả lời kiến nghị")
    page.text_input[-1].set_value("hs-nobody")
    next(b for b in page.button if b.label == "Xem sổ ghi gì").click()
    page.run()
    assert page.error and not page.exception


def choose(page, label, value):
    next(s for s in page.selectbox if s.label == label).set_value(value)


def stocked(stage):
    """Return a lot with devices left, taken in for the test."""
    who = stage.sign_in(Role.FOCAL_POINT)
    has = "3GB/32GB, 10 inch, SIM 4G, pin 5000mAh"
    lot = NewLot("LO-900", "tablet", 3, has, condition="new")
    take_lot(who, stage.desk, lot, why="theo sổ", key="lot")
    return who


def test_a_lost_device_is_replaced_by_another_which_waits_for_approval(book_stage):
    stocked(book_stage)
    before = awards(book_stage)
    given = before[before["state"].isin(["handed_over", "confirmed"]) & before["lot_id"].notna()]
    number = int(given["award"].iloc[0])
    page = open_part(book_stage, "Cấp lẻ, đổi thiết bị")
    choose(page, "Lượt cấp cần đổi thiết bị", number)
    next(r for r in page.radio if r.label == "Thiết bị cũ").set_value(Fate.LOST)
    choices = [s for s in page.selectbox if s.label == "Lô của thiết bị cấp"]
    next(s for s in choices if s.key == "lot replace").set_value("LO-900")
    page = press(page, "Đổi thiết bị", name="replace")
    assert not page.exception and page.success, [e.value for e in page.error]
    after = awards(book_stage).set_index("award")
    assert after.loc[number, "state"] == "replaced" and len(after) == len(before) + 1
    assert after["state"].iloc[-1] == "proposed" and after["lot_id"].iloc[-1] == "LO-900"
    assert verify_ledger(open_book(book_stage.desk)).sound


def test_a_device_is_proposed_for_one_pupil_without_a_plan(book_stage):
    stocked(book_stage)
    students = read_table(book_stage.desk.folder, "students")
    key = str(students[~students["student_key"].isin(awards(book_stage)["student_key"])].iloc[0, 0])
    page = open_part(book_stage, "Cấp lẻ, đổi thiết bị")
    next(t for t in page.text_input if t.key == "single student").set_value(key)
    next(s for s in page.selectbox if s.key == "lot single").set_value("LO-900")
    page = press(page, "Đề xuất cho học sinh này", name="single")
    assert not page.exception and page.success, [e.value for e in page.error]
    last = awards(book_stage).iloc[-1]
    assert (last["student_key"], last["lot_id"], last["state"]) == (key, "LO-900", "proposed")


def test_a_school_replaces_its_own_but_writes_nothing_off(book_stage):
    page = open_part(book_stage, "Cấp lẻ, đổi thiết bị", Role.SCHOOL)
    assert not page.exception and "Cấp lẻ, đổi thiết bị" in tabs(page)
    fates = [r for r in page.radio if r.label == "Thiết bị cũ"]
    assert not fates or "bị mất: ghi giảm kho" not in fates[0].options
    assert not [b for b in page.button if b.label == "Đề xuất cho học sinh này"]


def test_an_approver_has_no_single_devices(book_stage):
    assert "Cấp lẻ, đổi thiết bị" not in tabs(book_stage.open("devices", Role.APPROVER))


def test_a_role_that_may_not_is_refused_at_the_door_and_by_the_book_too(book_stage):
    who = book_stage.sign_in(Role.SCHOOL)
    with pytest.raises(NotAllowed):
        propose_awards(who, book_stage.desk, [], why="x", key="k")
    acting = act(who, book_stage.desk, why="x", key="k")
    with pytest.raises(BookRefuses):
        propose(open_book(book_stage.desk), [], dated="2026-03-02", acting=acting)
