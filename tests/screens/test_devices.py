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
from phusong.vocabulary.book import PupilChange, Role


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
    next(b for b in page.button if b.label.startswith(label)).click()
    return page.run()


def tick_all(page):
    """Tick every award of the page; at first none is."""
    next(c for c in page.checkbox if c.label == "Chọn tất cả trên trang này").check()
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
    page = open_part(book_stage, "Chờ duyệt", Role.APPROVER)
    assert not [b for b in page.button if b.label.startswith("Duyệt")], (
        "nothing is ticked beforehand"
    )
    page = press(tick_all(page), "Duyệt", name="approve")
    assert not page.exception and page.success
    after = awards(book_stage)["state"].value_counts()
    assert after["approved"] == before["approved"] + before["proposed"]
    assert verify_ledger(open_book(book_stage.desk)).sound


def test_a_step_without_a_reason_is_refused_in_words(book_stage):
    page = tick_all(open_part(book_stage, "Chờ duyệt", Role.APPROVER))
    page = press(page, "Duyệt", reason="", name="approve")
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
    students = students[~students["student_key"].isin(awards(book_stage)["student_key"])]
    line = students[students["eligible"] & students["device_needed"]].sort_values("rank")
    outside = students[students["eligible"] == False]["student_key"].iloc[0]  # noqa: E712
    key = str(line["student_key"].iloc[0])
    page = open_part(book_stage, "Cấp lẻ, đổi thiết bị")
    next(t for t in page.text_input if t.key == "single student").set_value(str(outside))
    next(s for s in page.selectbox if s.key == "lot single").set_value("LO-900")
    page = press(page, "Đề xuất cho học sinh này", name="single")
    assert page.error and not page.exception, "whom the policy gives nothing"
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


def test_a_proposal_goes_back_to_whoever_made_it(book_stage):
    before = awards(book_stage)["state"].value_counts()
    page = tick_all(open_part(book_stage, "Chờ duyệt", Role.APPROVER))
    page = press(page, "Trả lại", reason="thiếu biên bản xét", name="approve")
    assert not page.exception and page.success, [e.value for e in page.error]
    after = awards(book_stage)["state"].value_counts()
    assert after["cancelled"] == before["proposed"] and "proposed" not in after
    assert verify_ledger(open_book(book_stage.desk)).sound


def test_a_step_bears_the_day_on_the_record_and_its_button_states_what_it_does(book_stage):
    from datetime import date

    page = tick_all(open_part(book_stage, "Chờ bàn giao", Role.FOCAL_POINT))
    approved = awards(book_stage)
    ready = approved[approved["state"] == "approved"]
    label = next(b.label for b in page.button if b.label.startswith("Bàn giao"))
    assert f"{int(ready['lot_id'].notna().sum())} máy" in label
    day = next(d for d in page.date_input if d.label == "Ngày trên biên bản")
    assert day.value == book_stage.desk.clock().date() or day.value
    day.set_value(date(2021, 9, 25))
    page = press(page, "Bàn giao", name="hand over")
    assert not page.exception and page.success, [e.value for e in page.error]
    after = awards(book_stage).set_index("award").loc[ready["award"]]
    assert set(after["state"]) == {"handed_over"} and set(after["handed_over_on"]) == {"2021-09-25"}


def test_a_day_before_the_step_it_follows_is_refused_in_words(book_stage):
    from datetime import date

    page = tick_all(open_part(book_stage, "Chờ bàn giao", Role.FOCAL_POINT))
    next(d for d in page.date_input).set_value(date(2021, 9, 1))
    page = press(page, "Bàn giao", name="hand over")
    assert page.error and not page.exception
    assert (awards(book_stage)["state"] == "approved").any()


def test_one_record_is_of_one_school(book_stage):
    from phusong.access.actions.awards import hand_over_awards
    from phusong.access.questions.awards import ask_awards
    from phusong.ledger.faults import LedgerFault

    who = book_stage.sign_in(Role.FOCAL_POINT)
    every = ask_awards(who, book_stage.desk, states=["approved"])
    if every["school_id"].nunique() < 2:
        pytest.skip("the approved awards are of one school")
    told = {"why": "bàn giao", "record": "BB-77", "dated": "2021-09-25"}
    with pytest.raises(LedgerFault, match="schools"):
        hand_over_awards(who, book_stage.desk, every["award"], key="k", **told)
    first, second = (g["award"].tolist() for _, g in list(every.groupby("school_id"))[:2])
    assert hand_over_awards(who, book_stage.desk, first, key="l", **told) == len(first)
    with pytest.raises(LedgerFault, match="schools"):
        hand_over_awards(who, book_stage.desk, second, key="m", **told)
    other = told | {"record": "BB-78"}
    assert hand_over_awards(who, book_stage.desk, second, key="n", **other) == len(second)


def test_a_decline_is_written_down_and_withdrawn_on_the_page(book_stage):
    waiting = awards(book_stage)
    key = str(waiting.loc[waiting["state"] == "proposed", "student_key"].iloc[0])
    page = open_part(book_stage, "Không nhận, chuyển đi", Role.FOCAL_POINT)
    next(t for t in page.text_input if t.key == "change student").set_value(key)
    page = press(page, "Ghi vào sổ", name="pupil")
    assert not page.exception and page.success, [e.value for e in page.error]
    after = awards(book_stage).set_index("student_key")
    assert after.loc[key, "state"] == "cancelled"
    page = open_part(book_stage, "Không nhận, chuyển đi", Role.FOCAL_POINT)
    page = press(page, "Rút ghi nhận", name="withdraw")
    assert not page.exception and page.success, [e.value for e in page.error]
    assert verify_ledger(open_book(book_stage.desk)).sound


def test_who_leaves_with_a_device_in_hand_states_what_becomes_of_it(book_stage):
    given = awards(book_stage)
    key = str(given.loc[given["state"] == "confirmed", "student_key"].iloc[0])
    page = open_part(book_stage, "Không nhận, chuyển đi", Role.FOCAL_POINT)
    next(t for t in page.text_input if t.key == "change student").set_value(key)
    next(r for r in page.radio if r.label == "Nội dung thay đổi").set_value(PupilChange.DEPARTED)
    page = press(page, "Ghi vào sổ", name="pupil")
    assert page.error and not page.exception
    back = "The device comes back, fit: into store"
    next(b for b in page.selectbox if b.key == "change device").set_value(back)
    page = press(page, "Ghi vào sổ", name="pupil")
    assert not page.exception and page.success, [e.value for e in page.error]
    assert awards(book_stage).set_index("student_key").loc[key, "state"] == "returned"


def test_pairs_are_for_whoever_opens_records(book_stage):
    page = open_part(book_stage, "Cặp cần kiểm tra", Role.EDUCATION)
    assert not page.exception and "Cặp cần kiểm tra" in tabs(page)
    assert "Cặp cần kiểm tra" not in tabs(book_stage.open("devices", Role.SCHOOL))
