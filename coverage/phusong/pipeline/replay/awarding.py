"""Awards: the first hand-over, two complaints, the window's end, and what money bought later."""

from __future__ import annotations

import pandas as pd

from phusong.ledger.award_steps import approve, confirm, free_pupil, hand_over, take_back
from phusong.ledger.awards import Wish, propose
from phusong.ledger.faults import AlreadyAwarded
from phusong.ledger.giving import receive
from phusong.ledger.imports import list_rows, list_wishes
from phusong.ledger.lots import buy_lot
from phusong.ledger.money import Amount
from phusong.ledger.queries import list_awards, list_contributions, sum_contributions
from phusong.pipeline.demonstration import GIVEN
from phusong.pipeline.devices import allocate_shelf, describe_devices, keep_devices
from phusong.pipeline.pupil_explanation import explain_student
from phusong.pipeline.replay.stage import Stage, iso, tell_counts
from phusong.pipeline.replay.words import Day, Must, Published
from phusong.pipeline.shelves import read_shelf
from phusong.plans.devices import DevicePlan
from phusong.simulate.campaign_gifts import TABLET_VND, buy_tablets
from phusong.vocabulary.book import AllocationUnit, AwardState, ContributionForm, Outcome, Role

#: Devices handed over on the day on which the lists came.
FIRST = 40
LIVING = [str(s) for s in (AwardState.APPROVED, AwardState.HANDED_OVER, AwardState.CONFIRMED)]
MONEY = str(ContributionForm.MONEY)


def allocate_store(stage: Stage) -> DevicePlan:
    """Return the allocation of what lies in store now, and keep it among the results.

    Parameters
    ----------
    stage : with run and book.
    """
    shelf, unit = read_shelf(stage.out, stage.ledger), AllocationUnit.PER_STUDENT
    plan = allocate_shelf(shelf, unit=unit)
    keep_devices(stage.out, plan, describe_devices(shelf, plan, unit=unit, cash_vnd=0))
    return plan


def award(stage: Stage, day: Day, devices: pd.DataFrame, why: str) -> list[int]:
    """Propose, approve by the committee, hand over and confirm; return the numbers of the awards.

    Parameters
    ----------
    stage : with run and book.
    day : of all four steps.
    devices : rows of table `devices` that give something.
    why : the reason.
    """
    ledger, told = stage.ledger, iso(day)
    wishes = list_wishes(devices, tokens=stage.tokens(), households={})
    proposer = stage.acting(day, Role.FOCAL_POINT, why)
    numbers = sorted(propose(ledger, wishes, dated=told, acting=proposer)["awards"].values())
    approve(ledger, numbers, dated=told, acting=stage.acting(day, Role.APPROVER, why))
    record = f"BB-{told}"
    hand_over(
        ledger, numbers, dated=told, acting=stage.acting(day, Role.SCHOOL, why), record=record
    )
    confirm(ledger, numbers, dated=told, acting=stage.acting(day, Role.SCHOOL, why), record=record)
    return numbers


def hand_out_first(stage: Stage) -> None:
    """D4: the first pupils in line get their device."""
    plan = allocate_store(stage)
    given = plan.devices[plan.devices["outcome"].isin(GIVEN)].sort_values("rank")
    numbers = award(stage, Day.D4, given.head(FIRST), "bàn giao đợt đầu")
    stage.check(Day.D4, Must.FIRST, len(numbers) == FIRST, len(numbers))


def answer_complaints(stage: Stage) -> None:
    """D5: a pupil says that they are not listed; another has sold the device."""
    plan = allocate_store(stage)
    waits = plan.waiting.sort_values("waiting").iloc[-1]
    story = explain_student(stage.out, waits["student_key"])
    place = f"{waits['waiting']}/{len(plan.waiting)}, {waits['tier']}"
    stage.check(Day.D5, Must.ANSWERED, len(story) > 3, place)
    awards = list_awards(stage.ledger)
    sold = awards.sort_values("award").iloc[0]
    again = Wish(sold["student_key"], lot_id=sold["lot_id"], tokens=())
    proposer = stage.acting(Day.D5, Role.FOCAL_POINT, "xin cấp lần hai")
    cited = ""
    try:
        propose(stage.ledger, [again], dated=iso(Day.D5), acting=proposer)
    except AlreadyAwarded as refusal:
        cited = f"{refusal.award}, {refusal.dated}, {refusal.lot_id}"
    stage.check(Day.D5, Must.REFUSED, str(sold["award"]) in cited, cited)
    _reverse(stage, int(sold["award"]))


def _reverse(stage: Stage, number: int) -> None:
    """Take a device back that was sold, and free the pupil by a decision of its own."""
    ledger, told = stage.ledger, iso(Day.D5)
    school = stage.acting(Day.D5, Role.SCHOOL, "thu hồi thiết bị đã bán")
    take_back(ledger, number, fit=True, dated=told, acting=school, record="BB-TH-01")
    decision = stage.acting(Day.D5, Role.APPROVER, "quyết định xét lại")
    free_pupil(ledger, number, dated=told, acting=decision)
    state = list_awards(ledger).set_index("award").loc[number, "state"]
    stage.check(Day.D5, Must.REVERSED, state == AwardState.RETURNED, f"{number}: {state}")


def close_window(stage: Stage) -> None:
    """D6: allocate what is left in store at the end of the window."""
    plan = allocate_store(stage)
    given = plan.devices[plan.devices["outcome"].isin(GIVEN)]
    award(stage, Day.D6, given, "phân bổ khi đóng đợt")


def receive_late(stage: Stage) -> None:
    """15 October: the donors who had promised pay; every đồng of it is dated after the window."""
    acting = stage.acting(Day.LATE, Role.FOCAL_POINT, "nhận tiền đến sau đợt")
    told = list_contributions(stage.ledger)
    owed = told[(told["form"] == MONEY) & told["counted"] & told["received_vnd"].isna()]
    for row in owed.itertuples():
        amount = Amount(vnd=int(row.pledged_vnd))
        receive(stage.ledger, row.contribution_id, amount, dated=iso(Day.LATE), acting=acting)
    sums = sum_contributions(stage.ledger, stage.campaign)
    money = sums[(sums["form"] == MONEY) & (sums["measure"] == "vnd")].iloc[0]
    within, after = int(money["received_within"]), int(money["received_after"])
    held = within + after == 3_000_000_000 == int(money["received"]) and after > 0
    stage.check(Day.LATE, Must.AFTER, held, tell_counts((within, after)))


def buy_and_award(stage: Stage) -> None:
    """November: buy as many tablets as the money buys and pupils wait for, and award them in order."""
    day, ledger = Day.BOUGHT, stage.ledger
    sums = sum_contributions(ledger, stage.campaign)
    money = sums[(sums["form"] == MONEY) & (sums["measure"] == "vnd")].iloc[0]
    possible = int(money["balance"]) // TABLET_VND
    stage.check(day, Must.POSSIBLE, possible == 1_250, possible)
    count = min(possible, len(allocate_store(stage).waiting))
    (lot,) = list_rows(buy_tablets(count, pd.Timestamp(iso(day))))
    buyer = stage.acting(day, Role.FOCAL_POINT, "mua máy tính bảng")
    source, price = str(money["source_code"]), count * TABLET_VND
    buy_lot(ledger, lot, form=MONEY, source_code=source, price_vnd=price, acting=buyer)
    plan = allocate_store(stage)
    given = plan.devices[plan.devices["outcome"].isin(GIVEN)]
    award(stage, day, given, "cấp kèm gói cước 3 tháng")
    _compare_wave(stage, allocate_store(stage))


def _compare_wave(stage: Stage, plan: DevicePlan) -> None:
    """Hold the published figures of the first wave against what the rules as published come to."""
    day, held = Day.BOUGHT, list_awards(stage.ledger)
    held = held[held["state"].isin(LIVING)]
    line = plan.devices[plan.devices["outcome"] != Outcome.HELD].set_index("student_key")
    served = line.index.isin(held["student_key"])
    poor, near = line["tier"].isin(["T1", "T2"]), line["tier"].isin(["T3", "T4"])
    told = _format_share(served & poor, poor)
    stage.check(day, Must.POOR, told == "545/545 = 100,0 %", told)
    stage.compare(day, Published.NEAR, "703/734 = 95,8 %", _format_share(served & near, near))
    waits = int((~served & near).sum()), int((~served & ~poor & ~near).sum())
    stage.compare(day, Published.WAITING, "31/2.099", tell_counts(waits))
    stage.compare(day, Published.DEVICES, "1.248", tell_counts([len(held)]))
    with_package = int(held["package_id"].notna().sum())
    whole = tell_counts((1_248, 1_248))
    stage.compare(day, Published.PACKAGES, whole, tell_counts((with_package, len(held))))


def _format_share(some: pd.Series, every: pd.Series) -> str:
    """Return how many of how many, and the share in per cent."""
    done, of = int(some.sum()), int(every.sum())
    return f"{done}/{of} = " + f"{100 * done / of:.1f}".replace(".", ",") + " %"
