"""What the book and the pupils' table say on a day, counted: of these whole figures each edition is made."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from phusong.gaps.pupils.measures import find_counted
from phusong.ledger.as_of import BookAsOf
from phusong.ledger.inventory import list_lots, list_packages
from phusong.ledger.queries import (
    list_awards,
    list_freed,
    list_refusals,
    list_standing_changes,
    sum_devices,
)
from phusong.ledger.services import add_months
from phusong.pipeline.reports.pupil_support import (
    STANDING_STATES,
    find_equipped,
    find_support,
)
from phusong.vocabulary.book import AwardState
from phusong.vocabulary.pupils import Enrolment, Tier
from phusong.vocabulary.reporting import SupportStatus

STATES = [str(s) for s in AwardState]
#: The word of the book for a pupil who goes to another school.
MOVED = "moved"
#: States in which a device has left the store for a pupil.
HANDED = (str(AwardState.HANDED_OVER), str(AwardState.CONFIRMED))


@dataclass(frozen=True)
class BookCounts:
    """Hold what book and pupils say on one day.

    Parameters
    ----------
    states : index state; `devices` and `packages` (awards without a device), awards of each.
    support : eligible pupils, tiers by statuses; None without pupils.
    eligible : pupils whom the table of pupils counts as eligible; None without pupils.
    equipment : from `find_equipped`; None without pupils.
    packages : table `packages_issued`.
    received : devices that have come [devices].
    elsewhere : devices standing in the book for whoever does not count as eligible [devices].
    moved : pupils whom schools list as moved away; None where no list says who studies.
    doubles : second awards to one pupil that were refused.
    moved_in_book : pupils of whom the book says that they went to another school; None where it keeps none.
    """

    states: pd.DataFrame
    support: pd.DataFrame | None
    eligible: int | None
    equipment: dict[str, int] | None
    packages: pd.DataFrame
    received: int
    elsewhere: int
    moved: int | None
    doubles: int
    moved_in_book: int | None = None


def count_book(book: BookAsOf, students: pd.DataFrame, plan: pd.DataFrame | None) -> BookCounts:
    """Return what book and pupils say on the day of the book.

    Parameters
    ----------
    book : the book as of a day.
    students : table `students`; may be empty.
    plan : table `devices`; None: there is no allocation yet.
    """
    awards, refusals, changes = list_awards(book), list_refusals(book), list_standing_changes(book)
    support = eligible = equipment = moved = None
    elsewhere = 0
    if len(students):
        placed = find_support(students, plan, awards, list_freed(book), changes)
        support = cross_support(placed)
        eligible = int(students["eligible"].fillna(value=False).sum())
        equipment = find_equipped(students[find_counted(students)], awards)
        moved = _count_moved(students)
        standing = awards["lot_id"].notna() & awards["state"].isin(STANDING_STATES)
        elsewhere = int((standing & ~awards["student_key"].isin(placed["student_key"])).sum())
    return BookCounts(
        states=_count_states(awards),
        support=support,
        eligible=eligible,
        equipment=equipment,
        packages=_count_packages(list_packages(book), awards),
        received=int(sum_devices(book)["received"].sum()),
        elsewhere=elsewhere,
        moved=moved,
        doubles=int((refusals["about"] == "pupil").sum()),
        moved_in_book=None if changes is None else int((changes["kind"] == MOVED).sum()),
    )


def cross_support(placed: pd.DataFrame) -> pd.DataFrame:
    """Return pupils by tier and status, every tier and every status.

    Parameters
    ----------
    placed : from `find_support`.
    """
    wide = pd.crosstab(placed["tier"], placed["status"])
    return wide.reindex(
        index=[str(t) for t in Tier], columns=[str(s) for s in SupportStatus], fill_value=0
    )


def _count_moved(students: pd.DataFrame) -> int | None:
    """Return how many pupils schools list as moved away; None where no list says who studies."""
    if students["status"].isna().all():
        return None
    return int((students["status"] == Enrolment.MOVED_OUT).sum())


def _count_states(awards: pd.DataFrame) -> pd.DataFrame:
    """Return awards by state: those of a device, and those of a package alone."""
    device = awards["lot_id"].notna()
    counts = {
        "devices": awards.loc[device, "state"].value_counts(),
        "packages": awards.loc[~device, "state"].value_counts(),
    }
    wide = pd.DataFrame(counts).reindex(STATES).fillna(0).astype("int64")
    return wide.rename_axis("state")


def _count_packages(packages: pd.DataFrame, awards: pd.DataFrame) -> pd.DataFrame:
    """Return table `packages_issued`: granted, issued, and when the first runs out."""
    given = awards[awards["package_id"].notna() & awards["handed_over_on"].notna()]
    issued = given["package_id"].value_counts()
    first = given.groupby("package_id")["handed_over_on"].min()
    counted = packages.assign(
        issued=packages["package_id"].map(issued).fillna(0).astype("int64"),
        started=packages["package_id"].map(first),
    )
    ends = [
        add_months(day, int(months)) if isinstance(day, str) and pd.notna(months) else None
        for day, months in zip(counted["started"], counted["months"], strict=True)
    ]
    expiry = pd.to_datetime(pd.Series(ends, index=counted.index, dtype="object"))
    rules = {
        "quantity": "sum", "issued": "sum", "gb_per_day": "max", "months": "max", "first_expiry": "min",
    }  # fmt: skip
    grouped = counted.assign(first_expiry=expiry)
    return grouped.groupby(["operator", "name"], as_index=False).agg(rules)


def measure_days(book: BookAsOf) -> int | None:
    """Return the median time from a lot's receipt to the hand-over of a device of it [days].

    A hand-over dated before the receipt is listed by `verify`, and tells nothing of the time.

    Parameters
    ----------
    book : the book as of a day.
    """
    received = list_lots(book).set_index("lot_id")["received_on"]
    awards = list_awards(book)
    if awards["handed_over_on"].isna().all():
        return None
    delivered = pd.to_datetime(awards["handed_over_on"])
    days = (delivered - awards["lot_id"].map(received)).dt.days.dropna()
    days = days[days >= 0]
    return int(days.median()) if len(days) else None
