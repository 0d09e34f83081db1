"""The book of a demonstration: a campaign under way, with awards in every state for the screens to show."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd

from phusong.ledger.acting import Acting
from phusong.ledger.award_steps import approve, confirm, hand_over
from phusong.ledger.awards import propose
from phusong.ledger.book import Ledger, create_ledger
from phusong.ledger.campaign import set_window
from phusong.ledger.imports import (
    import_contributions,
    import_lots,
    import_packages,
    list_wishes,
)
from phusong.ledger.lots import judge_lots as set_aside
from phusong.pipeline.devices import plan_devices
from phusong.pipeline.office import resolve_offices
from phusong.pipeline.pupils import read_tokens
from phusong.pipeline.shelves import LEDGER_NAME
from phusong.plans.devices import judge_lots
from phusong.simulate.campaign_gifts import list_offers, list_pledges, list_stock
from phusong.store import read_table
from phusong.vocabulary.book import AllocationUnit, Outcome, Role
from phusong.vocabulary.editions import default_province
from phusong.vocabulary.offices import OfficeWord
from phusong.vocabulary.parameters import load_parameters

CAMPAIGN = "VP-242"
#: First and last day of the campaign, and the plan that it was opened under.
OPENS_ON, CLOSES_ON, BASIS = "2021-09-21", "2021-09-26", "242/KH-UBND"
GIVEN = [str(o) for o in (Outcome.AWARDED, Outcome.AWARDED_OFFLINE)]
#: Of four equal parts of what is given, how many have been approved, handed over and confirmed.
PARTS = 4


def act_on(day: str, role: Role, why: str) -> Acting:
    """Return somebody who acts on a day of the campaign.

    Parameters
    ----------
    day : as the book writes it, ``2021-09-24``.
    role : of whoever acts; the approver sits in the committee, all others in the department.
    why : the reason.
    """
    at = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=9)
    offices = resolve_offices(at.date(), code=default_province())
    office = OfficeWord.APPROVER if role == Role.APPROVER else OfficeWord.EDUCATION
    return Acting(str(role), offices.format(office), why, at)


def enter_stock(ledger: Ledger, lots: pd.DataFrame, acting: Acting, dated: str) -> pd.DataFrame:
    """Take lots into store, set aside what is not fit, and return table `lot_fitness`.

    Parameters
    ----------
    ledger : the book.
    lots : table `accepted_lots`.
    acting, dated : who, why and when.
    """
    import_lots(ledger, lots, acting=acting)
    fitness = judge_lots(lots, devices=load_parameters().devices)
    fit = fitness.set_index("lot_id")["allocable"].astype(int).to_dict()
    set_aside(ledger, fit, dated=dated, acting=acting)
    return fitness


def keep_book(folder: Path) -> Ledger:
    """Make the book of a demonstration beside its results, whose campaign has been under way for five days.

    Parameters
    ----------
    folder : output folder of a run on made-up data; a book of an earlier demonstration there is replaced.
    """
    for old in folder.glob(f"{LEDGER_NAME}*"):
        old.unlink()
    ledger = create_ledger(folder / LEDGER_NAME)
    opening = act_on(OPENS_ON, Role.FOCAL_POINT, "mở đợt vận động")
    set_window(
        ledger, CAMPAIGN, opens_on=OPENS_ON, closes_on=CLOSES_ON, basis=BASIS, acting=opening
    )
    import_contributions(ledger, list_pledges(), acting=opening)
    import_packages(ledger, list_offers(), acting=opening)
    day = "2021-09-22"
    enter_stock(ledger, list_stock(), act_on(day, Role.FOCAL_POINT, "nhận thiết bị"), day)
    plan_devices(folder, ledger, unit=AllocationUnit.PER_STUDENT)
    _award_some(folder, ledger)
    return ledger


def _award_some(folder: Path, ledger: Ledger) -> None:
    """Give the first pupils in line what is planned: some proposed, some approved, some on their way."""
    devices = read_table(folder, "devices")
    given = devices[devices["outcome"].isin(GIVEN)].sort_values("rank")
    first = given.head(len(given) * PARTS // (PARTS + 1))
    wishes = list_wishes(first, tokens=read_tokens(folder), households={})
    day, why = "2021-09-24", "phân bổ đợt đầu"
    told = propose(ledger, wishes, dated=day, acting=act_on(day, Role.FOCAL_POINT, why))
    numbers = sorted(told["awards"].values())
    ends = [len(numbers) * part // PARTS for part in range(PARTS)]
    school = act_on(day, Role.SCHOOL, why)
    for step, end, acting in (
        (approve, ends[3], act_on(day, Role.APPROVER, why)),
        (hand_over, ends[2], school),
        (confirm, ends[1], school),
    ):
        if end:
            step(ledger, numbers[:end], dated=day, acting=acting)
