"""Deeds in the book: whose pupils, by whom, once; and never approved by whoever proposed."""

from dataclasses import replace

import pytest

from phusong.access import book as own_book
from phusong.access.actions.awards import (
    approve_awards,
    confirm_awards,
    hand_over_awards,
    propose_awards,
    take_back_device,
)
from phusong.access.actions.challenges import file_challenge, settle_challenge
from phusong.access.actions.giving import pledge_contribution, receive_contribution
from phusong.access.faults import NotAllowed
from phusong.access.questions.awards import ask_allocation, ask_awards
from phusong.access.questions.book import ask_contributions, check_book
from phusong.access.questions.challenges import ask_challenges
from phusong.access.serials import hash_serial
from phusong.ledger.faults import LedgerFault, Unavailable
from phusong.ledger.faults import NotAllowed as BookRefuses
from phusong.ledger.money import Amount
from phusong.pipeline.challenges import Standing, find_challenges, read_challenges
from phusong.vocabulary.book import Outcome, Role
from phusong.vocabulary.errors import SourceFault

GIVEN = [str(Outcome.AWARDED), str(Outcome.AWARDED_OFFLINE)]


@pytest.fixture
def booked(office, desk, tmp_path):
    """Return a desk with a fresh copy of the book."""
    import shutil

    for file in office.glob("phusong.ledger*"):
        shutil.copy(file, tmp_path / file.name)
    return replace(desk, book=str(tmp_path / "phusong.ledger"))


@pytest.fixture
def waiting(booked, play):
    """Return pupils of the official's communes who are planned a device and have no award."""
    official = play(Role.EDUCATION)
    planned, awarded = ask_allocation(official, booked), ask_awards(official, booked)
    given = planned[planned["outcome"].isin(GIVEN)]
    return list(given[~given["student_key"].isin(awarded["student_key"])]["student_key"])


def test_an_award_goes_its_way_through_four_hands(booked, play, waiting):
    official, approver, school = (play(r) for r in (Role.EDUCATION, Role.APPROVER, Role.SCHOOL))
    done = propose_awards(official, booked, waiting[:3], why="phân bổ đợt hai", key="a")
    numbers = list(done["awards"].values())
    assert len(numbers) == 3 and not done["refused"]
    again = propose_awards(official, booked, waiting[:3], why="phân bổ đợt hai", key="a")
    assert again == done
    with pytest.raises(BookRefuses, match="proposed by the same"):
        approve_awards(official, booked, numbers, why="duyệt", key="b")
    assert approve_awards(approver, booked, numbers, why="duyệt", key="c") == 3
    mine = ask_awards(school, booked)
    own = mine[mine["award"].isin(numbers)]["award"].tolist()
    others = sorted(set(numbers) - set(own))
    by = official if not own else school
    first = own or others
    serials = {first[0]: "sn 00-12 ab"}
    assert hand_over_awards(by, booked, first, why="trao", key="d", serials=serials) == len(first)
    assert confirm_awards(by, booked, first, why="đã nhận", key="e") == len(first)
    take_back_device(official, booked, first[0], fit=True, why="chuyển trường", key="f")
    states = ask_awards(official, booked).set_index("award")["state"]
    assert states[first[0]] == "returned" and check_book(play(Role.AUDITOR), booked).sound


def test_a_serial_number_is_hashed_before_it_reaches_the_book(booked):
    hashed = hash_serial(booked, " SN-0012ab ")
    assert hashed == hash_serial(booked, "sn-0012 AB") and "0012" not in hashed


def test_a_school_acts_on_its_own_pupils_alone(booked, play, waiting):
    school = play(Role.SCHOOL)
    everybody = ask_awards(play(Role.FOCAL_POINT), booked)
    others = everybody[~everybody["school_id"].isin(school.schools)]["award"]
    for numbers in (others.head(1).tolist(), [10**6]):
        with pytest.raises(NotAllowed):
            confirm_awards(school, booked, numbers, why="đã nhận", key="g")


def test_awards_show_no_household_no_serial_and_no_tier_to_the_focal_point(booked, play):
    seen = ask_awards(play(Role.FOCAL_POINT), booked)
    assert len(seen) and not {"household_key", "serial", "tier", "line"} & set(seen.columns)
    assert "tier" in ask_awards(play(Role.EDUCATION), booked)


def test_a_gift_is_pledged_and_received_once(booked, play):
    focal, official = play(Role.FOCAL_POINT), play(Role.EDUCATION)
    told = {
        "contribution_id": "UH-9001",
        "given_on": "2021-09-23",
        "donor": "Công ty mẫu",
        "donor_kind": "enterprise",
        "form": "money",
        "pledged_vnd": 5_000_000,
        "method": "treasury",
        "source": "province",
        "publish": True,
        "as_of": "2021-09-23",
    }
    for _ in range(2):
        answer = pledge_contribution(focal, booked, told, why="đăng ký", key="h")
        assert answer["contribution_id"] == "UH-9001"
    amount = Amount(vnd=5_000_000)
    numbers = {
        receive_contribution(focal, booked, "UH-9001", amount, why="phiếu thu", key="i")
        for _ in range(2)
    }
    assert len(numbers) == 1
    register = ask_contributions(official, booked)
    assert (register["contribution_id"] == "UH-9001").sum() == 1


def test_a_reason_with_a_telephone_number_is_refused(booked, play, waiting):
    with pytest.raises(LedgerFault, match="numbers of persons"):
        propose_awards(play(Role.EDUCATION), booked, waiting[:1], why="gọi 0900 000 123", key="j")


def test_without_a_book_the_desk_says_what_to_do(desk, play, tmp_path, monkeypatch):
    monkeypatch.setattr(own_book, "has_book", lambda desk: False)
    with pytest.raises(Unavailable, match="ledger init"):
        ask_awards(play(Role.EDUCATION), desk)


def test_a_report_is_filed_seen_by_its_office_and_decided_once(
    desk, play, office, tmp_path, monkeypatch, caplog
):
    path = tmp_path / "challenges.jsonl"
    for room in ("actions.challenges", "questions.challenges"):
        monkeypatch.setattr(
            f"phusong.access.{room}.find_challenges", lambda folder, province_file: path
        )
    school, planner, operator = (play(r) for r in (Role.SCHOOL, Role.PLANNER, Role.OPERATOR))
    hamlet = str(ask_allocation(play(Role.EDUCATION), desk)["hamlet_id"].dropna().iloc[0])
    words = {"technology": "4G", "operator": "VNPT", "says": "NONE", "ground": "tried"}
    told = file_challenge(school, desk, hamlet_id=hamlet, **words, note="trong nhà không có sóng")
    assert told.number == 1 and path.stat().st_mode & 0o077 == 0
    for asker, n in ((school, 1), (planner, 1), (operator, 0)):
        assert len(ask_challenges(asker, desk)) == n
    with pytest.raises(NotAllowed):
        file_challenge(operator, desk, hamlet_id=hamlet, **words)
    for wrong in ({"says": "MAYBE"}, {"note": "gọi 0900 000 123"}, {"hamlet_id": "T0"}):
        with pytest.raises(SourceFault):
            file_challenge(school, desk, **{"hamlet_id": hamlet, **words, **wrong})
    with pytest.raises(NotAllowed):
        settle_challenge(school, desk, 1, standing=Standing.ACCEPTED, note="đúng")
    settle_challenge(planner, desk, 1, standing=Standing.ACCEPTED, note="đã đo lại")
    assert ask_challenges(school, desk)["standing"].tolist() == ["accepted"]
    with pytest.raises(SourceFault, match="no open report"):
        settle_challenge(planner, desk, 1, standing=Standing.REJECTED, note="thôi")
    assert [c.number for c in read_challenges(path)] == [1, 2]
    path.write_text(path.read_text().replace('"number": 2', '"number": 7'))
    assert len(ask_challenges(planner, desk)) == 1, "lines that are gone cost no other line"
    assert "5 lines were taken out" in caplog.text


def test_reports_lie_beside_the_province_file(office):
    assert find_challenges(office).name.endswith("_challenges.jsonl")
    assert find_challenges(office).parent != office
