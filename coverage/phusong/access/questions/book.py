"""Questions about the programme's book: what was given, what lies in store, who was awarded what."""

from __future__ import annotations

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.book import open_book, read_book
from phusong.access.desk import Desk
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
from phusong.pipeline.hamlet_ids import bring_to_present


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
    return read_book(desk, sum_contributions, campaign)


@authorise
def ask_contributions(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the register of contributions; persons who give stand there by pseudonym."""
    return read_book(desk, list_contributions)


@authorise
def ask_entries(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return every entry, oldest first."""
    return read_book(desk, list_entries)


@authorise
def ask_windows(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the campaigns with the days on which they open and close."""
    return read_book(desk, list_windows)


@authorise
def ask_lots(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return table `accepted_lots` as it stands in the book."""
    return read_book(desk, list_lots)


@authorise
def ask_packages(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return table `accepted_packages` as it stands in the book."""
    return read_book(desk, list_packages)


@authorise
def ask_stock(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return what lies in store by lot and package: received, set aside, taken, gone, free [pieces]."""
    return read_book(desk, list_stock)


@authorise
def ask_promises(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return operators' commitments as they stand in the book; an operator sees its own.

    One for a former hamlet is for the present one that it is in; `former_hamlet_id` is what it named, and
    `hamlet_parts` the present hamlets of one that was split.
    """
    promised = filter_own(principal, "ask_promises", read_book(desk, list_commitments))
    return bring_to_present(promised.reset_index(drop=True), desk.folder)


@authorise
def ask_refusals(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return what was tried against the rules of the book."""
    return list_refusals(open_book(desk))


@authorise
def check_book(principal: Principal, desk: Desk) -> Verdict:
    """Return whether the book agrees with itself, with its last line and seal to print on a report."""
    return verify_ledger(open_book(desk))
