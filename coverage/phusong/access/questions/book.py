"""Questions about the programme's book: what was given, what lies in store, who was awarded what."""

from __future__ import annotations

import pandas as pd

from phusong.access.book import open_book
from phusong.access.desk import Desk, admit
from phusong.access.permissions import Data, Extent, find_extent
from phusong.access.principals import Principal
from phusong.access.questions.scope import keep_own
from phusong.ledger.inventory import list_commitments, list_lots, list_packages, list_windows
from phusong.ledger.queries import (
    list_awards,
    list_contributions,
    list_entries,
    list_platforms,
    list_refusals,
    list_stock,
    sum_contributions,
    sum_devices,
)
from phusong.ledger.verifying import Verdict, verify_ledger
from phusong.store import has_table, read_table
from phusong.vocabulary.tables.pupils import STUDENTS

#: Of an award; what ties it to a household or to a device in somebody's hands stays in the book.
HIDDEN = ["household_key", "serial", "line"]
PLACES = ["student_key", "school_id", "hamlet_id", "commune_code"]


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
    admit(principal, desk, Data.CONTRIBUTIONS)
    return sum_contributions(open_book(desk), campaign)


def ask_contributions(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the register of contributions; persons who give stand there by pseudonym."""
    admit(principal, desk, Data.CONTRIBUTIONS)
    return list_contributions(open_book(desk))


def ask_entries(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return every entry, oldest first."""
    admit(principal, desk, Data.CONTRIBUTIONS)
    return list_entries(open_book(desk))


def ask_windows(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the campaigns with the days on which they open and close."""
    admit(principal, desk, Data.CONTRIBUTIONS)
    return list_windows(open_book(desk))


def ask_lots(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return table `accepted_lots` as it stands in the book."""
    admit(principal, desk, Data.STOCK)
    return list_lots(open_book(desk))


def ask_packages(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return table `accepted_packages` as it stands in the book."""
    admit(principal, desk, Data.STOCK)
    return list_packages(open_book(desk))


def ask_stock(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return what lies in store by lot and package: received, set aside, taken, gone, free [pieces]."""
    admit(principal, desk, Data.STOCK)
    return list_stock(open_book(desk))


def ask_devices(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return devices by kind and by state of their awards."""
    admit(principal, desk, Data.STOCK)
    return sum_devices(open_book(desk))


def ask_platforms(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the free learning platforms, and at which operators their data cost nothing."""
    admit(principal, desk, Data.COVERAGE)
    return list_platforms(open_book(desk))


def ask_awards(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return awards with their states and days, of one's own communes or schools.

    Returns
    -------
    Columns of the book without those of `HIDDEN`, beside them `school_id, hamlet_id, commune_code` of the
    run; tiers, which tell of poverty, only to whoever sees the list of pupils.
    """
    extent = admit(principal, desk, Data.AWARDS)
    awards = list_awards(open_book(desk)).drop(columns=HIDDEN, errors="ignore")
    students = read_table(desk.folder, STUDENTS.name)[PLACES]
    placed = awards.merge(students, on="student_key", how="left")
    if extent == Extent.OWN:
        placed = keep_own(principal, placed)
    return _hide_tiers(principal, placed)


def ask_allocation(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return what the plan would give to the pupils of one's own communes or schools: table `devices`.

    Returns
    -------
    The table, with `school_id, hamlet_id, commune_code`; empty where nothing was planned.
    """
    extent = admit(principal, desk, Data.AWARDS)
    if not has_table(desk.folder, "devices"):
        return pd.DataFrame(columns=[*PLACES, "outcome"])
    planned = read_table(desk.folder, "devices")
    students = read_table(desk.folder, STUDENTS.name)[PLACES]
    fresh = [c for c in students.columns if c == "student_key" or c not in planned]
    placed = planned.merge(students[fresh], on="student_key", how="left")
    if extent == Extent.OWN:
        placed = keep_own(principal, placed)
    return _hide_tiers(principal, placed)


def _hide_tiers(principal: Principal, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table without tiers where the role does not see the list of pupils."""
    if find_extent(principal.role, Data.PRIORITY) != Extent.NONE or "tier" not in frame:
        return frame.reset_index(drop=True)
    return frame.drop(columns="tier").reset_index(drop=True)


def ask_promises(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return operators' commitments as they stand in the book; an operator sees its own."""
    extent = admit(principal, desk, Data.NETWORKS)
    promised = list_commitments(open_book(desk))
    if extent == Extent.OWN:
        promised = promised[promised["operator"] == principal.operator]
    return promised.reset_index(drop=True)


def ask_refusals(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return what was tried against the rules of the book."""
    admit(principal, desk, Data.JOURNAL)
    return list_refusals(open_book(desk))


def check_book(principal: Principal, desk: Desk) -> Verdict:
    """Return whether the book agrees with itself, with its last line and seal to print on a report."""
    admit(principal, desk, Data.JOURNAL)
    return verify_ledger(open_book(desk))
