"""Sample accounts for the demonstration: one a role, over made-up data alone."""

from __future__ import annotations

from datetime import date

from phusong.access.accounts import (
    DEMONSTRATION,
    Account,
    add_account,
    find_account,
    list_accounts,
    make_principal,
)
from phusong.access.desk import Desk
from phusong.access.faults import AccountFault
from phusong.access.pupil_index import load_pupil_index
from phusong.pipeline.province import find_offices
from phusong.pipeline.settings import read_settings
from phusong.store import read_table
from phusong.vocabulary.book import Role
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.offices import OfficeWord
from phusong.vocabulary.terms import Operator


def find_sample(desk: Desk, role: Role) -> Account:
    """Return the sample account of a role, which is opened when it is first asked for.

    Parameters
    ----------
    desk : over results that are made up.
    role : whose part is played.

    Raises
    ------
    ParameterFault
        If the results are real: nobody gets at pupils without an account of their own.
    AccountFault
        If the administrator has closed it: it stays closed.
    """
    if not desk.demonstration:
        raise ParameterFault("sample roles see made-up data only; these results are real")
    known = find_account(desk.register, issuer=DEMONSTRATION, subject=str(role))
    if known is not None:
        return known
    if any(a.principal.account_id == f"mau-{role}" for a in list_accounts(desk.register)):
        raise AccountFault(
            f"tài khoản mẫu “{role.vi}” đã đóng · the sample account of the {role.en} was closed"
        )
    made = make_principal(
        role=role,
        organisation=_name_organisation(desk, role),
        operator=str(Operator.VIETTEL) if role == Role.OPERATOR else "",
        communes=_pick_bounds(desk, role),
        schools=_pick_school(desk) if role == Role.SCHOOL else (),
        demonstration=True,
        account_id=f"mau-{role}",
    )
    return add_account(
        desk.register, made, issuer=DEMONSTRATION, subject=str(role), when=desk.clock()
    )


def _name_organisation(desk: Desk, role: Role) -> str:
    """Return for whom a sample account acts: the office of the run's day, or the operator."""
    if role == Role.OPERATOR:
        return Operator.VIETTEL.vi
    _, province, manifest = read_settings(desk.folder)
    day = date.fromisoformat(manifest.as_of)
    return find_offices(province, day).format(OfficeWord.of(str(role)))


def _pick_bounds(desk: Desk, role: Role) -> list[str]:
    """Return the communes that bound a sample account; none for roles that are not bound so."""
    if role == Role.COMMUNE:
        return _pick_commune(desk)
    return _pick_communes(desk) if role == Role.EDUCATION else []


def _pick_commune(desk: Desk) -> list[str]:
    """Return the commune with most hamlets."""
    hamlets = read_table(desk.folder, "hamlets", columns=["commune_code"])["commune_code"]
    counts = hamlets.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return [str(counts.index[0])]


def _pick_communes(desk: Desk) -> list[str]:
    """Return the communes of the district with most pupils; of none where no pupils were delivered."""
    students = load_pupil_index(desk.folder).pupils["commune_code"].dropna()
    names = ["commune_code", "district_code"]
    communes = read_table(desk.folder, "communes", columns=names).drop_duplicates("commune_code")
    district = communes.set_index("commune_code")["district_code"]
    counts = students.map(district).value_counts()
    if counts.empty:
        return []
    return sorted(district[district == counts.index[0]].index)


def _pick_school(desk: Desk) -> list[str]:
    """Return the school with most pupils; where no pupils were delivered, a school that is none."""
    counts = load_pupil_index(desk.folder).pupils["school_id"].dropna().value_counts()
    return [str(counts.index[0])] if len(counts) else ["–"]
