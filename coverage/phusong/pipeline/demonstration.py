"""The book of a demonstration: a campaign under way, with awards in every state for the screens to show."""

from __future__ import annotations

import json
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
from phusong.plans.devices import judge_lots
from phusong.simulate.campaign_gifts import list_offers, list_pledges, list_stock
from phusong.simulate.demonstration import Demonstration, open_demonstration
from phusong.store import read_table
from phusong.vocabulary.book import LEDGER_NAME, AllocationUnit, Outcome, Role
from phusong.vocabulary.offices import OfficeWord
from phusong.vocabulary.parameters import load_parameters

GIVEN = [str(o) for o in (Outcome.AWARDED, Outcome.AWARDED_OFFLINE)]
#: Of four equal parts of what is given, how many have been approved, handed over and confirmed.
PARTS = 4


def act_on(day: str, role: Role, why: str, province: str = "") -> Acting:
    """Return somebody who acts on a day of the campaign.

    Parameters
    ----------
    day : as the book writes it, ``2021-09-24``.
    role : of whoever acts; the approver sits in the committee, all others in the department.
    why : the reason.
    province : code; empty: the default one.
    """
    at = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=9)
    offices = resolve_offices(at.date(), code=open_demonstration(province).code)
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


def read_province_code(folder: Path) -> str:
    """Return the code of the province of which results are.

    Parameters
    ----------
    folder : output folder of a run.
    """
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return str(summary["code"])


def keep_book(folder: Path) -> Ledger:
    """Make the book of a demonstration beside its results, whose campaign has been under way for five days.

    Parameters
    ----------
    folder : output folder of a run on made-up data; a book of an earlier demonstration there is replaced.
    """
    model = open_demonstration(read_province_code(folder))
    opens, closes = model.day, model.closes_on
    for old in folder.glob(f"{LEDGER_NAME}*"):
        old.unlink()
    ledger = create_ledger(folder / LEDGER_NAME)
    window = {"opens_on": opens.isoformat(), "closes_on": closes.isoformat()}
    opening = act_on(window["opens_on"], Role.FOCAL_POINT, "mở đợt vận động", model.code)
    basis = model.campaign_basis
    set_window(ledger, model.campaign_number, **window, basis=basis, acting=opening)
    import_contributions(ledger, list_pledges(opens), acting=opening)
    import_packages(ledger, list_offers(opens), acting=opening)
    day = (opens + timedelta(days=1)).isoformat()
    stocking = act_on(day, Role.FOCAL_POINT, "nhận thiết bị", model.code)
    enter_stock(ledger, list_stock(opens), stocking, day)
    plan_devices(folder, ledger, unit=AllocationUnit.PER_STUDENT)
    _award_some(folder, ledger, model)
    return ledger


def _award_some(folder: Path, ledger: Ledger, model: Demonstration) -> None:
    """Give the first pupils in line what is planned: some proposed, some approved, some on their way."""
    devices = read_table(folder, "devices")
    given = devices[devices["outcome"].isin(GIVEN)].sort_values("rank")
    first = given.head(len(given) * PARTS // (PARTS + 1))
    wishes = list_wishes(first, tokens=read_tokens(folder), households={})
    day, why = (model.day + timedelta(days=3)).isoformat(), "phân bổ đợt đầu"

    def _act(role: Role) -> Acting:
        """Return somebody of a role who acts on that day."""
        return act_on(day, role, why, model.code)

    told = propose(ledger, wishes, dated=day, acting=_act(Role.FOCAL_POINT))
    numbers = sorted(told["awards"].values())
    ends = [len(numbers) * part // PARTS for part in range(PARTS)]
    school = _act(Role.SCHOOL)
    for step, end, acting in (
        (approve, ends[3], _act(Role.APPROVER)),
        (hand_over, ends[2], school),
        (confirm, ends[1], school),
    ):
        if end:
            step(ledger, numbers[:end], dated=day, acting=acting)
