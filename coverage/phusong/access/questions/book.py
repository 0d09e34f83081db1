"""Questions about the programme's book: what was given, what lies in store, who was awarded what."""

from __future__ import annotations

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.book import open_book
from phusong.access.desk import Desk
from phusong.access.own_pupils import read_own_allocation, read_own_awards
from phusong.access.permissions import Extent, find_extent
from phusong.access.principals import Principal
from phusong.access.scope import filter_own
from phusong.ledger.inventory import list_commitments, list_lots, list_packages, list_windows
from phusong.ledger.queries import (
    list_contributions,
    list_entries,
    list_refusals,
    list_stock,
    sum_contributions,
)
from phusong.ledger.verifying import Verdict, verify_ledger


@authorise
def ask_sums(principal: Principal, desk: Desk, campaign: str | None = None) -> pd.DataFrame:
    """Return what was pledged, received, set apart, spent and confirmed, by form and source.

    Parameters
    ----------
    principal, desk : who asks, and where.
    campaign : whose window parts the sums; None for no parting.

    Raises
    ------
    NotAllowed
        If the role sees none of it; so do all questions of this module.
    """
    return sum_contributions(open_book(desk), campaign)


@authorise
def ask_contributions(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the register of contributions; persons who give stand there by pseudonym."""
    return list_contributions(open_book(desk))


@authorise
def ask_entries(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return every entry, oldest first."""
    return list_entries(open_book(desk))


@authorise
def ask_windows(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the campaigns with the days on which they open and close."""
    return list_windows(open_book(desk))


@authorise
def ask_lots(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return table `accepted_lots` as it stands in the book."""
    return list_lots(open_book(desk))


@authorise
def ask_packages(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return table `accepted_packages` as it stands in the book."""
    return list_packages(open_book(desk))


@authorise
def ask_stock(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return what lies in store by lot and package: received, set aside, taken, gone, free [pieces]."""
    return list_stock(open_book(desk))


@authorise
def ask_awards(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return awards with their states and days, of one's own communes or schools.

    Returns
    -------
    Columns of the book without those of `own_pupils.HIDDEN`, beside them `school_id, hamlet_id, commune_code`
    of the run; tiers, which tell of poverty, only to whoever sees the list of pupils.
    """
    return _hide_tiers(principal, read_own_awards(principal, desk, "ask_awards"))


@authorise
def ask_allocation(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return what the plan would give to the pupils of one's own communes or schools: table `devices`.

    Returns
    -------
    The table, with `school_id, hamlet_id, commune_code`; empty where nothing was planned.
    """
    return _hide_tiers(principal, read_own_allocation(principal, desk, "ask_allocation"))


def _hide_tiers(principal: Principal, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table without tiers where the role does not see the list of pupils."""
    if find_extent(principal.role, "ask_priority") != Extent.NONE or "tier" not in frame:
        return frame.reset_index(drop=True)
    return frame.drop(columns="tier").reset_index(drop=True)


@authorise
def ask_promises(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return operators' commitments as they stand in the book; an operator sees its own."""
    promised = list_commitments(open_book(desk))
    return filter_own(principal, "ask_promises", promised).reset_index(drop=True)


@authorise
def ask_refusals(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return what was tried against the rules of the book."""
    return list_refusals(open_book(desk))


@authorise
def check_book(principal: Principal, desk: Desk) -> Verdict:
    """Return whether the book agrees with itself, with its last line and seal to print on a report."""
    return verify_ledger(open_book(desk))
