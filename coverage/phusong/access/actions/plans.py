"""What planners do with kept plans: choose the one that is shown, withdraw one; logged."""

from __future__ import annotations

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.log import log_access
from phusong.access.permissions import PERMISSIONS
from phusong.access.principals import Principal
from phusong.pipeline.shown_plan import show_plan, withdraw_plan


@authorise
def choose_plan(principal: Principal, desk: Desk, plan: str) -> str:
    """Show a kept plan on the map, the pages and the reports from now on, and return its name.

    Parameters
    ----------
    principal, desk : who chooses, and where.
    plan : name of the plan.

    Raises
    ------
    NotAllowed
        If the role does not plan.
    ParameterFault
        If no plan of the name is kept.
    FolderFault
        If another one writes in the folder, or nobody can.
    """
    plan_data = show_plan(desk.folder, plan, by=_name_office(principal))
    _log(principal, desk, "plan shown", plan)
    return str(plan_data["name"])


@authorise
def withdraw_kept_plan(principal: Principal, desk: Desk, plan: str, *, why: str) -> str:
    """Withdraw a kept plan, and return its name.

    Parameters
    ----------
    principal, desk : who withdraws it, and where.
    plan : name of the plan.
    why : the reason, without names of persons.

    Raises
    ------
    NotAllowed
        If the role does not plan.
    ParameterFault
        If no plan of the name is kept, or it is the one that is shown.
    FolderFault
        If another one writes in the folder, or nobody can.
    """
    plan_data = withdraw_plan(desk.folder, plan, by=_name_office(principal), why=why)
    _log(principal, desk, "plan withdrawn", plan)
    return str(plan_data["name"])


def _name_office(principal: Principal) -> str:
    """Return who acts, by role and organisation, never by name."""
    return f"{principal.role.vi}, {principal.organisation}"


def _log(principal: Principal, desk: Desk, done: str, plan: str) -> None:
    """Add the line of the access log that says what was done with which plan."""
    what, when = str(PERMISSIONS["choose_plan"].data), desk.clock()
    log_access(desk.register, principal, what, when=when, subject=f"{done} {plan}")
