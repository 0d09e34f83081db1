"""Questions about awards, and about what the plan gives, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.own_awards import find_own_allocation, find_own_awards
from phusong.access.permissions import Extent, find_extent
from phusong.access.principals import Principal
from phusong.access.pupil_index import write_codes
from phusong.access.selection import EVERYWHERE, Counted, Selection, cut_page
from phusong.ledger.imports import GIVEN


@authorise
def ask_awards(
    principal: Principal,
    desk: Desk,
    selection: Selection = EVERYWHERE,
    *,
    states: Sequence[str] = (),
    with_device: bool = False,
    page: int | None = None,
) -> pd.DataFrame:
    """Return awards of one's own communes or schools with their states and days, by number.

    Parameters
    ----------
    principal, desk : who asks, and where.
    selection : which of them; its text may also be the number of an award or of a lot.
    states : only awards in one of these; none: in whatever state.
    with_device : only those that give a device.
    page : counted from 1; None: all of them.

    Returns
    -------
    `award, student_key, tier, level, lot_id, package_id, policy, replaces, state`, a day for each state, and
    `school_id, hamlet_id, commune_code` of the run; tiers, which tell of poverty, only to whoever sees the
    list of pupils.

    Raises
    ------
    NotAllowed
        If the role sees no awards; so do all questions of this module.
    """
    awards = find_own_awards(principal, desk, "ask_awards")
    own = awards.narrow(states=states, with_device=with_device)
    part = cut_page(own[awards.match(selection, desk)[own]], page)
    rows = awards.table.take(part).join(write_codes(awards.places.iloc[part]))
    return _hide_tiers(principal, rows)


@authorise
def count_awards(
    principal: Principal,
    desk: Desk,
    selection: Selection = EVERYWHERE,
    *,
    states: Sequence[str] = (),
    with_device: bool = False,
) -> Counted:
    """Return how many awards `ask_awards` has on all its pages, and how many without the selection."""
    awards = find_own_awards(principal, desk, "count_awards")
    own = awards.narrow(states=states, with_device=with_device)
    return Counted(int(awards.match(selection, desk)[own].sum()), len(own))


@authorise
def ask_allocation(
    principal: Principal, desk: Desk, selection: Selection = EVERYWHERE, *, page: int | None = None
) -> pd.DataFrame:
    """Return what the plan gives to pupils of one's own communes or schools, first served first.

    Parameters
    ----------
    principal, desk : who asks, and where.
    selection : which of them.
    page : counted from 1; None: all of them.

    Returns
    -------
    Columns of table `devices` with `school_id, hamlet_id, commune_code`; no rows where nothing was planned.
    """
    plan, own = find_own_allocation(principal, desk, "ask_allocation")
    own = own[plan["outcome"].isin([str(o) for o in GIVEN]).to_numpy()[own]]
    found = own[selection.match(plan, desk.folder)[own]]
    return _hide_tiers(principal, write_codes(plan.iloc[cut_page(found, page)]))


@authorise
def count_allocation(
    principal: Principal, desk: Desk, selection: Selection = EVERYWHERE
) -> dict[str, int]:
    """Return how many pupils of one's own communes or schools the plan does what for [pupils].

    Returns
    -------
    word of `Outcome` → pupils, the most frequent first; empty where nothing was planned.
    """
    plan, own = find_own_allocation(principal, desk, "count_allocation")
    found = own[selection.match(plan, desk.folder)[own]]
    counts = plan["outcome"].iloc[found].value_counts()
    return {str(outcome): int(n) for outcome, n in counts.items() if n}


def _hide_tiers(principal: Principal, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table without tiers where the role does not see the list of pupils."""
    if find_extent(principal.role, "ask_priority") != Extent.NONE:
        return frame
    return frame.drop(columns="tier")
