"""Awards: once per pupil under any name, approved by another person, handed over, undone by recorded steps."""

import pytest
from tests.ledger.books import APPROVER, DAY, SCHOOL, acting, award, lot, package, stock, wish

from phusong.ledger.award_steps import (
    approve,
    cancel,
    confirm,
    free_pupil,
    hand_over,
    lose,
    replace,
    take_back,
)
from phusong.ledger.awards import Wish, propose
from phusong.ledger.faults import AlreadyAwarded, LedgerFault, NotAllowed, OutOfStock
from phusong.ledger.lots import judge_lots, move_aside
from phusong.ledger.queries import count_awards, list_awards, list_refusals, list_stock
from phusong.ledger.stories import follow_gift, follow_lot, follow_pupil
from phusong.ledger.telling import tell_story
from phusong.ledger.verifying import verify_ledger
from phusong.vocabulary.book import Role

TOKEN, OTHER = "t" * 26, "u" * 26


def counts(book, item="lot:L1"):
    return (
        list_stock(book)
        .set_index("item")
        .loc[item, ["received", "set_aside", "taken", "gone", "free"]]
        .tolist()
    )


def states(book):
    return dict(zip(list_awards(book)["award"], list_awards(book)["state"], strict=True))


def go(book, numbers, upto="confirmed"):
    """Bring awards as far as that."""
    approve(book, numbers, dated=DAY, acting=APPROVER)
    if upto != "approved":
        hand_over(book, numbers, dated=DAY, acting=SCHOOL, record="BB-1")
    if upto == "confirmed":
        confirm(book, numbers, dated=DAY, acting=SCHOOL)


def test_an_award_passes_through_its_states_in_order(book):
    stock(book)
    (number,) = award(book, "hs-a")
    assert counts(book) == [10, 0, 1, 0, 9]
    for early in (hand_over, confirm):
        with pytest.raises(LedgerFault, match="not"):
            early(book, [number], dated=DAY, acting=SCHOOL)
    go(book, [number])
    row = list_awards(book).iloc[0]
    days = ["proposed_on", "approved_on", "handed_over_on", "confirmed_on"]
    assert row[days].tolist() == [DAY] * 4
    assert row["state"] == "confirmed"
    assert verify_ledger(book).sound


def test_a_second_award_is_refused_and_the_first_is_cited(book):
    stock(book, lot(), lot("L2"))
    (number,) = award(book, "hs-a")
    with pytest.raises(AlreadyAwarded) as told:
        award(book, "hs-a", lot_id="L2")
    assert (told.value.award, told.value.dated, told.value.lot_id) == (number, DAY, "L1")
    assert str(number) in str(told.value)
    assert DAY in str(told.value)
    assert counts(book, "lot:L2") == [10, 0, 0, 0, 10]
    refusals = list_refusals(book)
    assert refusals[["about", "subject"]].to_numpy().tolist() == [["pupil", "hs-a"]]


def test_the_same_identity_under_another_pseudonym_is_the_same_pupil(book):
    stock(book)
    propose(book, [wish("hs-a", tokens=(TOKEN,))], dated=DAY, acting=acting())
    with pytest.raises(AlreadyAwarded) as told:
        propose(book, [wish("hs-b", tokens=(OTHER, TOKEN))], dated=DAY, acting=acting())
    assert told.value.because == "token"
    assert propose(book, [wish("hs-c", tokens=(OTHER,))], dated=DAY, acting=acting())["awards"]


def test_two_of_one_identity_in_one_plan_are_one_too_many(book):
    stock(book)
    twins = [wish("hs-a", tokens=(TOKEN,)), wish("hs-b", tokens=(TOKEN,))]
    with pytest.raises(AlreadyAwarded):
        propose(book, twins, dated=DAY, acting=acting())
    assert list_awards(book).empty, "a plan comes in whole or not at all"
    told = propose(book, twins, dated=DAY, acting=acting(), skip_awarded=True)
    assert list(told["awards"]) == ["hs-a"]
    assert list(told["refused"]) == ["hs-b"]


def test_one_per_household_where_the_policy_says_so(book):
    stock(book)
    home = [wish("hs-a", household_key="ho-1"), wish("hs-b", household_key="ho-1")]
    both = propose(book, home, dated=DAY, acting=acting())
    assert len(both["awards"]) == 2, "once per pupil lets siblings have one each"
    held = [wish("hs-c", household_key="ho-2")]
    propose(book, held, dated=DAY, acting=acting(), per_household=True)
    with pytest.raises(AlreadyAwarded) as told:
        propose(
            book,
            [wish("hs-d", household_key="ho-2")],
            dated=DAY,
            acting=acting(),
            per_household=True,
        )
    assert told.value.because == "household"


def test_a_household_served_before_the_policy_changed_is_served(book):
    stock(book)
    propose(book, [wish("hs-a", household_key="ho-1")], dated=DAY, acting=acting())
    sibling = [wish("hs-b", household_key="ho-1")]
    about = {"dated": DAY, "acting": acting(), "per_household": True}
    with pytest.raises(AlreadyAwarded) as told:
        propose(book, sibling, **about)
    assert (told.value.because, told.value.award) == ("household", 1)
    cancel(book, 1, dated=DAY, acting=APPROVER, frees=True)
    assert propose(book, sibling, **about)["awards"] == {"hs-b": 2}


def test_nobody_approves_what_they_proposed(book):
    stock(book)
    (number,) = award(book, "hs-a", role=Role.EDUCATION)
    with pytest.raises(NotAllowed):
        approve(book, [number], dated=DAY, acting=acting(Role.EDUCATION))
    with pytest.raises(NotAllowed):
        approve(book, [number], dated=DAY, acting=acting(Role.SCHOOL))
    assert states(book) == {number: "proposed"}
    approve(book, [number], dated=DAY, acting=APPROVER)


def test_one_office_with_two_accounts_is_two_persons(book):
    stock(book)
    (number,) = award(book, "hs-a", role=Role.EDUCATION, account="so-gd-1")
    with pytest.raises(NotAllowed):
        approve(book, [number], dated=DAY, acting=acting(Role.EDUCATION, account="so-gd-1"))
    approve(book, [number], dated=DAY, acting=acting(Role.EDUCATION, account="so-gd-2"))


def test_no_more_is_promised_than_lies_there(book):
    stock(book, lot(quantity=2), packages=[package(quantity=1)])
    award(book, "hs-a", "hs-b")
    with pytest.raises(OutOfStock):
        award(book, "hs-c")
    alone = [Wish(p, package_id="P1") for p in ("hs-d", "hs-e")]
    with pytest.raises(OutOfStock):
        propose(book, alone, dated=DAY, acting=acting())
    assert counts(book, "package:P1") == [1, 0, 0, 0, 1]


def test_what_is_not_fit_is_set_aside_and_cannot_be_given(book):
    stock(book, lot(quantity=3))
    judge_lots(book, {"L1": 1}, dated=DAY, acting=acting())
    assert counts(book) == [3, 2, 0, 0, 1]
    assert judge_lots(book, {"L1": 1}, dated=DAY, acting=acting()) == []
    award(book, "hs-a")
    with pytest.raises(OutOfStock):
        award(book, "hs-b")
    move_aside(book, "lot:L1", -1, gone=False, dated=DAY, acting=acting())
    award(book, "hs-b")
    move_aside(book, "lot:L1", 1, gone=True, dated=DAY, acting=acting())
    assert counts(book) == [3, 0, 2, 1, 0]


def test_a_device_comes_back_and_the_pupil_stays_served_until_a_decision(book):
    stock(book)
    (number,) = award(book, "hs-a")
    go(book, [number])
    take_back(book, number, fit=False, dated=DAY, acting=SCHOOL, record="BB-TH")
    assert counts(book) == [10, 1, 0, 0, 9]
    with pytest.raises(AlreadyAwarded):
        award(book, "hs-a")
    free_pupil(book, number, dated=DAY, acting=APPROVER)
    with pytest.raises(LedgerFault, match="freed already"):
        free_pupil(book, number, dated=DAY, acting=APPROVER)
    award(book, "hs-a")
    assert verify_ledger(book).sound


def test_a_lost_device_is_gone_and_a_cancelled_one_never_left(book):
    stock(book)
    one, other = award(book, "hs-a", "hs-b")
    go(book, [one])
    lose(book, one, dated=DAY, acting=SCHOOL)
    cancel(book, other, dated=DAY, acting=APPROVER, frees=True)
    assert counts(book) == [10, 0, 0, 1, 9]
    award(book, "hs-b")
    with pytest.raises(LedgerFault):
        cancel(book, one, dated=DAY, acting=APPROVER)


def test_an_exchange_is_an_award_of_its_own_in_the_place_of_the_first(book):
    stock(book, lot(), lot("L2"))
    (number,) = award(book, "hs-a")
    go(book, [number])
    new = replace(book, number, "L2", fit=False, dated=DAY, acting=SCHOOL)
    assert states(book) == {number: "replaced", new: "proposed"}
    assert counts(book) == [10, 1, 0, 0, 9]
    assert counts(book, "lot:L2") == [10, 0, 1, 0, 9]
    with pytest.raises(AlreadyAwarded) as told:
        award(book, "hs-a")
    assert told.value.award == new
    with pytest.raises(LedgerFault):
        free_pupil(book, number, dated=DAY, acting=APPROVER)


def test_a_device_is_in_one_hand_at_a_time(book):
    stock(book, lot(), lot("L2", serials=OTHER))
    one, other = award(book, "hs-a", "hs-b")
    approve(book, [one, other], dated=DAY, acting=APPROVER)
    about = {"dated": DAY, "acting": SCHOOL}
    hand_over(book, [one], serials={one: TOKEN}, **about)
    with pytest.raises(LedgerFault, match="went out with award"):
        hand_over(book, [other], serials={other: TOKEN}, **about)
    with pytest.raises(LedgerFault, match="lot L2"):
        hand_over(book, [other], serials={other: OTHER}, **about)
    with pytest.raises(LedgerFault, match="hash"):
        hand_over(book, [other], serials={other: "352099001761481"}, **about)
    take_back(book, one, fit=True, dated=DAY, acting=SCHOOL)
    hand_over(book, [other], serials={other: TOKEN}, **about)


def test_steps_over_many_awards_are_all_or_none(book):
    stock(book)
    one, other = award(book, "hs-a", "hs-b")
    approve(book, [one], dated=DAY, acting=APPROVER)
    with pytest.raises(LedgerFault):
        hand_over(book, [one, other], dated=DAY, acting=SCHOOL)
    assert states(book) == {one: "approved", other: "proposed"}
    with pytest.raises(LedgerFault, match="twice"):
        approve(book, [other, other], dated=DAY, acting=APPROVER)
    with pytest.raises(LedgerFault, match="no award 99"):
        approve(book, [99], dated=DAY, acting=APPROVER)
    assert count_awards(book).set_index("state")["awards"][["proposed", "approved"]].tolist() == [
        1,
        1,
    ]


def test_a_double_click_and_a_rerun_do_it_once(book):
    stock(book)
    for _ in range(3):
        told = propose(book, [wish()], dated=DAY, acting=acting(key="form-1"))
    assert told == {"awards": {"hs-a": 1}, "refused": {}}
    approver = acting(Role.APPROVER, key="form-2")
    assert [approve(book, [1], dated=DAY, acting=approver) for _ in range(2)] == [1, 1]
    assert len(list_awards(book)) == 1
    with pytest.raises(LedgerFault, match="another command"):
        propose(book, [wish("hs-b")], dated=DAY, acting=acting(key="form-1"))


def test_a_complaint_is_answered_from_the_log(book):
    stock(book, lot(contribution_id="G1"))
    (number,) = award(book, "hs-a")
    go(book, [number])
    with pytest.raises(AlreadyAwarded):
        award(book, "hs-a")
    story = follow_pupil(book, "hs-a")
    assert story["action"].tolist() == ["propose", "approve", "hand over", "confirm", "propose"]
    assert story["at"].is_monotonic_increasing
    assert follow_pupil(book, "hs-nobody").empty
    assert follow_lot(book, "L1")["action"].tolist()[:2] == ["register", "register"]


def test_a_story_is_told_in_both_languages(book):
    stock(book, lot(contribution_id="G1"))
    (number,) = award(book, "hs-a", role=Role.EDUCATION)
    with pytest.raises(NotAllowed):
        approve(book, [number], dated=DAY, acting=acting(Role.EDUCATION))
    go(book, [number])
    with pytest.raises(AlreadyAwarded):
        award(book, "hs-a")
    story = follow_pupil(book, "hs-a")
    vi, en = tell_story(story, "vi"), tell_story(story, "en")
    assert vi[0] == (
        "24/09/2021 09:00 · cán bộ giáo dục, Sở Giáo dục và Đào tạo: đề xuất cấp "
        "(đề xuất, ngày 24/09/2021, lô L1). Lý do: theo kế hoạch [dòng 5]"
    )
    assert "phê duyệt – bị từ chối: người đề xuất không được tự phê duyệt" in vi[1]
    assert "biên bản BB-1" in vi[3]
    assert "đã có suất cấp số 1 ngày 24/09/2021, lô L1, đã xác nhận" in vi[-1]
    assert "already has award 1 of 2021-09-24, lot L1, confirmed" in en[-1]
    assert "quantity 10" in tell_story(follow_gift(book, "G1"), "en")[0]
    assert "nhập kho 10" in " ".join(tell_story(follow_lot(book, "L1"), "vi"))


def test_an_empty_wish_is_refused_by_name(book):
    stock(book)
    with pytest.raises(LedgerFault, match="hs-a"):
        propose(book, [Wish("hs-a")], dated=DAY, acting=acting())
    with pytest.raises(LedgerFault, match="L9"):
        award(book, "hs-a", lot_id="L9")
