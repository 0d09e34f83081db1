"""How each eligible pupil stands on a day: what the book has done for them, and else what they wait for.

A plan is no deed: whoever a plan would give something to, and of whom the book says nothing, still waits.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from phusong.vocabulary.book import AwardState
from phusong.vocabulary.pupils import HomeDevice
from phusong.vocabulary.reporting import SupportStatus

#: States of an award that stands, the furthest first.
STANDING_STATES = (
    AwardState.CONFIRMED,
    AwardState.HANDED_OVER,
    AwardState.APPROVED,
    AwardState.PROPOSED,
)
#: What an outcome of the allocation says of a pupil for whom the book has done nothing, by its word.
STATUS_OF_OUTCOME = {
    "awarded": SupportStatus.WAITING_DEVICE,
    "awarded_offline": SupportStatus.WAITING_DEVICE,
    "out_of_stock": SupportStatus.WAITING_DEVICE,
    "restricted": SupportStatus.WAITING_DEVICE,
    "no_fit": SupportStatus.WAITING_DEVICE,
    "household_waiting": SupportStatus.WAITING_DEVICE,
    "package_only": SupportStatus.WAITING_CONNECTION,
    "connection_waiting": SupportStatus.WAITING_CONNECTION,
    "awaiting_decision": SupportStatus.ENDED,
    "held": SupportStatus.HELD,
    "household_served": SupportStatus.HOUSEHOLD_SERVED,
    "declined": SupportStatus.DECLINED,
    "departed": SupportStatus.DEPARTED,
    "not_needed": SupportStatus.NOT_NEEDED,
    "ineligible": SupportStatus.UNJUDGED,
    "unjudged": SupportStatus.UNJUDGED,
}
#: Outcomes that follow from the book, and on an earlier day may not have been: own need says what was then.
OF_THE_BOOK = ("kept", "awaiting_decision", "declined", "departed")
#: Changes of the book that say how a pupil stands.
CHANGES = {
    "declined": SupportStatus.DECLINED,
    "departed": SupportStatus.DEPARTED,
}


def find_support(
    students: pd.DataFrame,
    plan: pd.DataFrame | None,
    awards: pd.DataFrame,
    freed: Collection[int],
    changes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return how each pupil whom the allocation counts as eligible stands.

    Parameters
    ----------
    students : table `students`.
    plan : table `devices`; None: there is no allocation yet, and need alone says who waits.
    awards : the book's awards as of the day.
    freed : numbers of the ended awards whose pupils may be given another one.
    changes : student_key, kind of what stands as changed in the book; None where it keeps no changes.

    Returns
    -------
    student_key, tier, status; one row an eligible pupil of the plan, or of `students` where there is none.
    """
    need = _find_need(students)
    if plan is None:
        eligible = students["eligible"].fillna(value=False).astype(bool)
        listed = students.loc[eligible, ["student_key", "tier"]]
        status = listed["student_key"].map(need)
    else:
        listed = plan.loc[plan["tier"].notna(), ["student_key", "tier"]]
        outcome = plan.loc[listed.index, "outcome"]
        words = {outcome: str(status) for outcome, status in STATUS_OF_OUTCOME.items()}
        # What the allocation has from the book of its own day may not have been on the day that is told.
        known = OF_THE_BOOK if changes is not None else OF_THE_BOOK[:2]
        own = outcome.isin(known)
        status = outcome.map(words).where(~own, listed["student_key"].map(need))
    steps = listed["student_key"].map(_find_steps(awards, freed, changes))
    return listed.assign(status=steps.where(steps.notna(), status)).reset_index(drop=True)


def _find_need(students: pd.DataFrame) -> pd.Series:
    """Return what each pupil waits for by their own record, by student_key."""
    needs, connected = students["device_needed"], students["connection_adequate"]
    status = pd.Series(str(SupportStatus.NOT_NEEDED), index=students.index, dtype="object")
    cut_off = ~connected.fillna(value=True).astype(bool)
    status = status.mask(cut_off, str(SupportStatus.WAITING_CONNECTION))
    status = status.mask(needs.fillna(value=False).astype(bool), str(SupportStatus.WAITING_DEVICE))
    status = status.mask(needs.isna(), str(SupportStatus.UNJUDGED))
    return status.set_axis(students["student_key"])


def _find_steps(
    awards: pd.DataFrame, freed: Collection[int], changes: pd.DataFrame | None
) -> pd.Series:
    """Return what the book has done for each pupil of whom it knows, by student_key."""
    order = [str(s) for s in STANDING_STATES]
    device = awards["lot_id"].notna()
    standing = awards["state"].isin(order)
    status = awards["state"].where(device, str(SupportStatus.PACKAGE_ONLY))
    status = status.where(standing, str(SupportStatus.ENDED))
    again = awards["award"].isin(list(freed)) | (awards["state"] == AwardState.REPLACED)
    known = awards.assign(status=status, rank=status.map(_RANKS))[standing | ~again]
    first = known.sort_values(["rank", "award"]).drop_duplicates("student_key")
    steps = first.set_index("student_key")["status"]
    if changes is None:
        return steps
    # who has a device has it, whatever was changed since; who declines awaits no decision
    barred = changes[changes["kind"].isin(list(CHANGES))].drop_duplicates(
        "student_key", keep="last"
    )
    described = barred.set_index("student_key")["kind"].map({k: str(s) for k, s in CHANGES.items()})
    firm = steps[steps != SupportStatus.ENDED]
    rest = steps[steps == SupportStatus.ENDED]
    return pd.concat(
        [
            firm,
            described[~described.index.isin(firm.index)],
            rest[~rest.index.isin(described.index)],
        ]
    )


#: Of several awards of one pupil, the one that counts.
_RANKS = {str(s): n for n, s in enumerate(SupportStatus)}


def find_equipped(students: pd.DataFrame, awards: pd.DataFrame) -> dict[str, int]:
    """Return what the survey and the book together say of devices and connections [pupils].

    Parameters
    ----------
    students : table `students`, those who are counted.
    awards : the book's awards as of the day.

    Returns
    -------
    `without_device` by the survey; `equipped` of them, who have confirmed a device; `with_both` by the
    survey; `completed`, who lack an adequate device by the survey, have an adequate connection, and have
    confirmed a device.
    """
    done = (awards["state"] == AwardState.CONFIRMED) & awards["lot_id"].notna()
    confirmed = students["student_key"].isin(awards.loc[done, "student_key"])
    without = (students["device"] == HomeDevice.NONE).fillna(value=False)
    enough = students["device_adequate"].fillna(value=False).astype(bool)
    connected = students["connection_adequate"].fillna(value=False).astype(bool)
    return {
        "without_device": int(without.sum()),
        "equipped": int((without & confirmed).sum()),
        "with_both": int((enough & connected).sum()),
        "completed": int((~enough & connected & confirmed).sum()),
    }
