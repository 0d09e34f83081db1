"""What the forms are made from: plain tables and counts, which another layer has read and made fit to leave.

Counts of pupils come through the door of `views.disclosure`: what is hidden is empty here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from phusong.views.documents.input_tables import (
    ADDRESSES,
    BASES,
    CHANGES,
    COMMITMENTS,
    GIFTS,
    HANDED,
    KIND,
    KIND_FORMS,
    LOTS,
    MONEY,
    MONEY_FORMS,
    PACKAGES,
    PLANNED,
    PLEDGES,
    SPENDING,
    STATES,
    SUPPORT,
    VILLAGES,
)
from phusong.views.documents.model import SignatureBlock
from phusong.vocabulary.book import ContributionForm
from phusong.vocabulary.errors import TableFault
from phusong.vocabulary.offices import OfficeSet
from phusong.vocabulary.options import ScenarioName
from phusong.vocabulary.reporting import Audience, SupportStatus
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.terms import Operator

__all__ = [
    "ADDRESSES",
    "BASES",
    "CHANGES",
    "COMMITMENTS",
    "GIFTS",
    "HANDED",
    "KIND",
    "KIND_FORMS",
    "LOTS",
    "MONEY",
    "MONEY_FORMS",
    "PACKAGES",
    "PLANNED",
    "PLEDGES",
    "SPENDING",
    "STATES",
    "SUPPORT",
    "VILLAGES",
    "Cover",
    "DonorFigures",
    "Equipment",
    "HandOverFigures",
    "OperatorFigures",
    "PlanState",
    "Quality",
    "Reconciliation",
    "ReportFigures",
    "SchoolFigures",
]


@dataclass(frozen=True)
class Cover:
    """Be what every document says of itself.

    Parameters
    ----------
    parent, agency : who is above the writer, and the writer, as in a sentence.
    symbol, number : letters and figures of the number; an empty number is filled in by hand.
    place, dated : where and when it is written.
    as_of, edition : date of the data, edition of the administrative map.
    addressees, recipients : to whom it goes, and who gets a copy.
    signatures : who signs, by role.
    offices : what offices and programme are called on the day.
    anchor : the place in the programme's book.
    basis : the plan or decision that it is written under.
    province_code : code of the province in the tables.
    demonstration : whether it is all made up.
    audience : for whom it is written.
    language : ``vi`` or ``en``.
    """

    parent: str
    agency: str
    symbol: str
    place: str
    dated: date
    as_of: date
    edition: str
    signatures: tuple[SignatureBlock, ...]
    offices: OfficeSet
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    number: str = ""
    anchor: str = ""
    basis: str = ""
    province_code: str = ""
    demonstration: bool = False
    audience: Audience = Audience.PUBLIC
    language: str = "vi"


@dataclass(frozen=True)
class Reconciliation:
    """Be the reconciliation: each eligible pupil stands in exactly one status.

    Parameters
    ----------
    eligible : pupils, as the table of pupils counts them.
    parts : status → pupils, as book and allocation place them.

    Raises
    ------
    TableFault
        If the parts do not make the whole.
    """

    eligible: int
    parts: Mapping[SupportStatus, int]

    def __post_init__(self) -> None:
        placed = sum(self.parts.values())
        if placed != self.eligible:
            fault = f"{self.eligible} pupils are eligible, but {placed} are placed"
            raise TableFault("reconciliation", [fault])


@dataclass(frozen=True)
class Equipment:
    """Be what survey and book say of devices, each of its own day.

    Parameters
    ----------
    surveyed_on : day of the pupils' records.
    without_device, with_both : by the survey [pupils].
    equipped : of those without, who have confirmed a device by the book [pupils].
    completed : who lacked an adequate device alone, and have confirmed one [pupils].
    """

    surveyed_on: date
    without_device: int
    equipped: int
    with_both: int
    completed: int


@dataclass(frozen=True)
class Quality:
    """Be what is known of the data themselves.

    Parameters
    ----------
    addresses : table ADDRESSES.
    rows_in, rows_quarantined : rows delivered, and set aside.
    stale_sources : sources older than they should be.
    unreconciled : sums of the book that do not agree.
    """

    addresses: pd.DataFrame | None = None
    rows_in: int | None = None
    rows_quarantined: int | None = None
    stale_sources: int | None = None
    unreconciled: int | None = None


@dataclass(frozen=True)
class PlanState:
    """Be what is said of a rollout plan beside its figures.

    Parameters
    ----------
    name : under which it is kept.
    scenario : under which it was made.
    waves : years that it plans.
    data_on : date of the data that it was made on.
    made_on : when it was made; None: not known.
    outdated : whether the data have changed since.
    bases : table BASES; None: a plan of an earlier version, which did not tell them apart.
    """

    name: str
    scenario: ScenarioName
    waves: int
    data_on: date
    made_on: date | None = None
    outdated: bool = False
    bases: pd.DataFrame | None = None

    def __post_init__(self) -> None:
        if self.bases is not None:
            object.__setattr__(self, "bases", conform_table(self.bases, BASES)[BASES.names])


@dataclass(frozen=True)
class ReportFigures:
    """Be what a report to the provincial committee is made from; what was not delivered is None.

    Parameters
    ----------
    period, window : first and last day reported on, and of the campaign (None: not known).
    money, spending, kind, lots, planned, support, states, pledges, changes, packages, commitments, villages :
        tables of this module.
    reconciliation, equipment, quality : as declared above.
    indicators : table `indicators`.
    earlier : table `indicators` of the report before.
    changed_rates : `changed_coverage` of `summary.json`: rates on the former and the present list of hamlets.
    pupil_counts : table `pupil_counts_public`.
    received, handed_over : devices that have come, and that have left the store for pupils.
    pupils_moved : pupils whom schools list as moved away; None where no list says so.
    moved_in_book : pupils whom the book knows to have gone to another school; None where it keeps no such.
    rounded_to : of which number counts of pupils by the book are multiples; None where they are whole.
    elsewhere : devices in the book given to whoever does not count as eligible.
    doubles_prevented : second awards refused.
    days_to_hand_over : median time from receipt to hand-over [days].
    plan : which plan `villages` are of; None where nothing was planned.
    difficulties, proposals : the office's own words.
    """

    period: tuple[date, date]
    window: tuple[date, date] | None
    money: pd.DataFrame | None = None
    spending: pd.DataFrame | None = None
    kind: pd.DataFrame | None = None
    lots: pd.DataFrame | None = None
    planned: pd.DataFrame | None = None
    support: pd.DataFrame | None = None
    states: pd.DataFrame | None = None
    pledges: pd.DataFrame | None = None
    changes: pd.DataFrame | None = None
    packages: pd.DataFrame | None = None
    commitments: pd.DataFrame | None = None
    villages: pd.DataFrame | None = None
    reconciliation: Reconciliation | None = None
    equipment: Equipment | None = None
    indicators: pd.DataFrame | None = None
    earlier: pd.DataFrame | None = None
    changed_rates: tuple[Mapping[str, Any], ...] = ()
    pupil_counts: pd.DataFrame | None = None
    quality: Quality = Quality()
    received: int | None = None
    handed_over: int | None = None
    pupils_moved: int | None = None
    moved_in_book: int | None = None
    elsewhere: int = 0
    rounded_to: int | None = None
    doubles_prevented: int | None = None
    days_to_hand_over: int | None = None
    plan: PlanState | None = None
    difficulties: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, table in _TABLES.items():
            frame = getattr(self, name)
            if frame is not None:
                object.__setattr__(self, name, conform_table(frame, table))
        _check_money(self.money, self.spending)
        _check_forms(self.kind, KIND_FORMS, "kind_by_item")


@dataclass(frozen=True)
class SchoolFigures:
    """Be what a school's list is made from.

    Parameters
    ----------
    school, commune : names.
    awards : table HANDED.
    """

    school: str
    commune: str
    awards: pd.DataFrame


@dataclass(frozen=True)
class HandOverFigures:
    """Be what a hand-over record is made from.

    Parameters
    ----------
    giver, receiver, witness : organisations; no witness is an empty text.
    giver_role, receiver_role, witness_role : who stands for each, by role.
    where : place of the hand-over.
    school : whose pupils are given to.
    awards : table HANDED.
    record, handed_on : number and day of the hand-over in the book; empty and None where it is still to come.
    mark : what tells this record from the others of the school in the name of a file.
    promises : what the receiver promises of the use.
    """

    giver: str
    giver_role: str
    receiver: str
    receiver_role: str
    where: str
    school: str
    awards: pd.DataFrame
    record: str = ""
    handed_on: date | None = None
    mark: str = ""
    promises: tuple[str, ...] = ()
    witness: str = ""
    witness_role: str = ""


@dataclass(frozen=True)
class DonorFigures:
    """Be what a letter to a donor is made from.

    Parameters
    ----------
    donor : name; empty for a donor who stays anonymous.
    gifts : table GIFTS.
    pupils_helped : pupils whom the gift has reached; None where hidden or not known yet.
    """

    donor: str
    gifts: pd.DataFrame
    pupils_helped: int | None = None

    @property
    def last_received(self) -> date:
        """Return the day of the last receipt, before which no letter tells of it; the least day without."""
        days = pd.to_datetime(self.gifts["received_on"]).dropna()
        return days.max().date() if len(days) else date.min


@dataclass(frozen=True)
class OperatorFigures:
    """Be what an operator's annex is made from.

    Parameters
    ----------
    operator : whose it is.
    villages, commitments : tables of this module, this operator's rows.
    plan : which plan `villages` are of; None where nothing was planned.
    """

    operator: Operator
    villages: pd.DataFrame | None = None
    commitments: pd.DataFrame | None = None
    plan: PlanState | None = None


#: The tables of a report's figures, by the name of the field.
_TABLES = {
    "money": MONEY,
    "spending": SPENDING,
    "kind": KIND,
    "lots": LOTS,
    "planned": PLANNED,
    "support": SUPPORT,
    "states": STATES,
    "pledges": PLEDGES,
    "changes": CHANGES,
    "packages": PACKAGES,
    "commitments": COMMITMENTS,
    "villages": VILLAGES,
}


def _check_money(money: pd.DataFrame | None, spending: pd.DataFrame | None) -> None:
    """Refuse a book in which donors' sums are not the forms', or received − spent is not the balance."""
    for frame, table in ((money, MONEY), (spending, SPENDING)):
        _check_forms(frame, MONEY_FORMS, table.name)
    if spending is None:
        return
    left = spending["received_vnd"] - spending["spent_vnd"]
    wrong = spending.loc[left != spending["balance_vnd"], "form"].tolist()
    if wrong:
        raise TableFault(SPENDING.name, [f"received − spent ≠ balance: {', '.join(wrong)}"])
    if money is None:
        return
    came = money["received_within_vnd"] + money["received_after_vnd"]
    told = came.groupby(money["form"]).sum().reindex(spending["form"], fill_value=0)
    if (told.to_numpy() != spending["received_vnd"].to_numpy()).any():
        raise TableFault(SPENDING.name, ["what donors gave is not what the forms received"])


def _check_forms(
    frame: pd.DataFrame | None, forms: tuple[ContributionForm, ...], name: str
) -> None:
    """Refuse money among things, and things among money."""
    if frame is None:
        return
    wrong = sorted(set(frame["form"]) - {str(form) for form in forms})
    if wrong:
        raise TableFault(name, [f"form {form} does not belong here" for form in wrong])
