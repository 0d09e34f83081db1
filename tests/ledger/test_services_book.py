"""Help for households, operators' promises, the campaign's window and the free platforms."""

from datetime import UTC, datetime

import pytest
from tests.ledger.books import acting, gift

from phusong.ledger.campaign import list_platform, rate_platform, set_window
from phusong.ledger.faults import LedgerFault
from phusong.ledger.giving import pledge, receive, register_organisation
from phusong.ledger.inventory import list_commitments, list_windows
from phusong.ledger.money import Amount
from phusong.ledger.queries import list_platforms, sum_contributions
from phusong.ledger.services import (
    Subsidy,
    SubsidyStands,
    add_months,
    end_subsidy,
    may_follow,
    move_commitment,
    subsidise,
    take_commitments,
)
from phusong.ledger.verifying import verify_ledger
from phusong.vocabulary.book import Role

HOME = {"household_key": "ho-1", "service": "FIBRE", "payer": "VNPT", "starts_on": "2021-10-01"}
MONTHLY = {**HOME, "vnd_month": 50_000, "months": 3}


def promise(**more):
    told = {
        "commitment_id": "C1",
        "operator": "VIETTEL",
        "hamlet": "Thôn Đồng Giếng",
        "technology": "4G",
    }
    return {**told, "due_on": "2021-12-31", "state": "building", "as_of": "2021-09-22"} | more


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        ("2021-10-01", 3, "2022-01-01"),
        ("2021-11-30", 3, "2022-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
    ],
)
def test_months_end_on_the_same_day_or_on_the_months_last(day, months, end):
    assert add_months(day, months) == end


def test_a_household_is_helped_once_at_a_time_for_a_service(book):
    (first,) = subsidise(book, [Subsidy(**MONTHLY)], acting=acting())
    with pytest.raises(SubsidyStands, match="ho-1"):
        subsidise(book, [Subsidy(**{**MONTHLY, "starts_on": "2021-12-31"})], acting=acting())
    subsidise(book, [Subsidy(**HOME, waiver_vnd=300_000)], acting=acting(), beside=True)
    subsidise(book, [Subsidy(**{**MONTHLY, "starts_on": "2022-01-01"})], acting=acting())
    subsidise(book, [Subsidy(**{**MONTHLY, "service": "4G"})], acting=acting())
    with pytest.raises(LedgerFault):
        end_subsidy(book, 99, dated="2021-11-01", acting=acting())
    end_subsidy(book, first, dated="2021-11-01", acting=acting())
    assert verify_ledger(book).sound


def test_households_are_helped_all_or_none(book):
    rows = [Subsidy(**MONTHLY), Subsidy(**MONTHLY)]
    with pytest.raises(SubsidyStands):
        subsidise(book, rows, acting=acting())
    assert len(subsidise(book, [Subsidy(**MONTHLY)], acting=acting())) == 1


def test_a_promise_goes_on_and_never_back(book):
    assert take_commitments(book, [promise()], acting=acting())[0]["status"] == "new"
    planner = acting(Role.PLANNER, at=datetime(2022, 2, 1, 2, tzinfo=UTC))
    move_commitment(book, "C1", "on_air", dated="2022-01-05", acting=planner)
    row = list_commitments(book).iloc[0]
    assert (row["state"], row["on_air_on"].isoformat()[:10]) == ("on_air", "2022-01-05")
    told = take_commitments(book, [promise()], acting=acting())[0]
    assert told["doubt"]
    assert list_commitments(book).iloc[0]["state"] == "on_air"
    with pytest.raises(LedgerFault):
        move_commitment(book, "C1", "building", dated="2022-02-01", acting=planner)
    move_commitment(book, "C1", "accepted", dated="2022-02-01", acting=planner, record="NT-7")
    assert list_commitments(book).iloc[0]["accepted_under"] == "NT-7"
    assert may_follow("accepted", "withdrawn")
    assert verify_ledger(book).sound


def test_money_is_parted_by_the_window_and_nothing_late_is_lost(book):
    window = {"opens_on": "2021-09-21", "closes_on": "2021-09-26", "basis": "242/KH-UBND"}
    set_window(book, "VP", **window, acting=acting())
    pledge(book, gift(pledged_vnd=1_000, given_on="2021-09-20"), acting=acting())
    late = acting(at=datetime(2021, 9, 27, 2, tzinfo=UTC))
    for day, sum_ in (
        ("2021-09-20", 1),
        ("2021-09-21", 10),
        ("2021-09-26", 100),
        ("2021-09-27", 500),
    ):
        receive(book, "G1", Amount(vnd=sum_), dated=day, acting=late)
    row = sum_contributions(book, "VP").iloc[0]
    parts = ["received_before", "received_within", "received_after", "received"]
    assert row[parts].tolist() == [1, 110, 500, 611]
    set_window(book, "VP", **{**window, "closes_on": "2021-10-15"}, acting=acting())
    assert sum_contributions(book, "VP").iloc[0]["received_after"] == 0
    assert list_windows(book)["closes_on"].tolist() == ["2021-10-15"]


def test_a_window_that_closes_before_it_opens_is_refused(book):
    with pytest.raises(LedgerFault):
        set_window(
            book, "VP", opens_on="2021-09-26", closes_on="2021-09-21", basis="", acting=acting()
        )


def test_free_platforms_and_who_charges_nothing_for_them(book):
    list_platform(book, "VNEdu", owner="VNPT", address="vnedu.vn", listed=True, acting=acting())
    rate_platform(book, "VNEdu", "VNPT", free=True, since="2021-09-15", acting=acting())
    rate_platform(book, "VNEdu", "VIETTEL", free=True, since="2021-09-15", acting=acting())
    rate_platform(book, "VNEdu", "VIETTEL", free=False, since="2022-01-01", acting=acting())
    assert list_platforms(book)[["platform", "free_at"]].to_numpy().tolist() == [["VNEdu", "VNPT"]]


def test_organisations_are_known_by_role_and_kind(book):
    about = {"acting": acting(), "role": "focal_point", "kind": "agency"}
    assert register_organisation(book, "Sở Giáo dục và Đào tạo", **about) == "new"
    assert register_organisation(book, "Sở Giáo dục và Đào tạo", **about) == "same"
    assert verify_ledger(book).sound
