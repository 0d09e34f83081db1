"""How each eligible pupil stands on a day: what the book has done for them, and else what they wait for.

A plan is no deed: whoever a plan would give something to, and of whom the book says nothing, still waits.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from phusong.vocabulary.book import AwardState, Outcome
from phusong.vocabulary.pupils import HomeDevice
from phusong.vocabulary.reporting import SupportStatus

#: States of an award that stands, the furthest first.
STANDING_STATES = (
    AwardState.CONFIRMED,
    AwardState.HANDED_OVER,
    AwardState.APPROVED,
    AwardState.PROPOSED,
)
#: What an outcome of the allocation says of a pupil for whom the book has done nothing.
STATUS_OF_OUTCOME: dict[Outcome, SupportStatus] = {
    Outcome.AWARDED: SupportStatus.WAITING_DEVICE,
    Outcome.AWARDED_OFFLINE: SupportStatus.WAITING_DEVICE,
    Outcome.OUT_OF_STOCK: SupportStatus.WAITING_DEVICE,
    Outcome.RESTRICTED: SupportStatus.WAITING_DEVICE,
    Outcome.NO_FIT: SupportStatus.WAITING_DEVICE,
    Outcome.HOUSEHOLD_WAITING: SupportStatus.WAITING_DEVICE,
    Outcome.PACKAGE_ONLY: SupportStatus.WAITING_CONNECTION,
    Outcome.CONNECTION_WAITING: SupportStatus.WAITING_CONNECTION,
    Outcome.HELD: SupportStatus.HELD,
    Outcome.HOUSEHOLD_SERVED: SupportStatus.HOUSEHOLD_SERVED,
    Outcome.DECLINED: SupportStatus.DECLINED,
    Outcome.NOT_NEEDED: SupportStatus.NOT_NEEDED,
    Outcome.INELIGIBLE: SupportStatus.UNJUDGED,
    Outcome.UNJUDGED: SupportStatus.UNJUDGED,
}


def find_support(
    students: pd.DataFrame,
    plan: pd.DataFrame | None,
    awards: pd.DataFrame,
    freed: Collection[int],
) -> pd.DataFrame:
    """Return how each pupil whom the allocation counts as eligible stands.

    Parameters
    ----------
    students : table `students`.
    plan : table `devices`; None: there is no allocation yet, and need alone says who waits.
    awards : the book's awards as of the day.
    freed : numbers of the ended awards whose pupils may be given another one.

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
        words = {str(o): str(s) for o, s in STATUS_OF_OUTCOME.items()}
        # Who keeps an award of the plan's own day may have had none on the day that is told.
        status = outcome.map(words).where(outcome != Outcome.KEPT, listed["student_key"].map(need))
    deeds = listed["student_key"].map(_find_deeds(awards, freed))
    return listed.assign(status=deeds.where(deeds.notna(), status)).reset_index(drop=True)


def _find_need(students: pd.DataFrame) -> pd.Series:
    """Return what each pupil waits for by their own record, by student_key."""
    needs, connected = students["device_needed"], students["connection_adequate"]
    status = pd.Series(str(SupportStatus.NOT_NEEDED), index=students.index, dtype="object")
    cut_off = ~connected.fillna(value=True).astype(bool)
    status = status.mask(cut_off, str(SupportStatus.WAITING_CONNECTION))
    status = status.mask(needs.fillna(value=False).astype(bool), str(SupportStatus.WAITING_DEVICE))
    status = status.mask(needs.isna(), str(SupportStatus.UNJUDGED))
    return status.set_axis(students["student_key"])


def _find_deeds(awards: pd.DataFrame, freed: Collection[int]) -> pd.Series:
    """Return what the book has done for each pupil of whom it knows, by student_key."""
    order = [str(s) for s in STANDING_STATES]
    device = awards["lot_id"].notna()
    standing = awards["state"].isin(order)
    status = awards["state"].where(device, str(SupportStatus.PACKAGE_ONLY))
    status = status.where(standing, str(SupportStatus.ENDED))
    again = awards["award"].isin(list(freed)) | (awards["state"] == AwardState.REPLACED)
    known = awards.assign(status=status, rank=status.map(_RANKS))[standing | ~again]
    first = known.sort_values(["rank", "award"]).drop_duplicates("student_key")
    return first.set_index("student_key")["status"]


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
