"""Accounts: whom the identity provider calls by a subject, in our own words of role and scope.

What a provider claims of somebody's roles is never asked: it says who, the register says what they may do.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from phusong.access.faults import AccountFault
from phusong.access.principals import Principal
from phusong.access.register import Register
from phusong.access.tables import ACCOUNTS, SESSIONS
from phusong.ledger.privacy import TEXT_SIGNS, check_line, refuse_numbers
from phusong.vocabulary.book import Role
from phusong.vocabulary.terms import Operator

#: Stands for the identity provider of sample accounts, which no provider can be called.
DEMONSTRATION = "demonstration"


@dataclass(frozen=True)
class Account:
    """Hold an account.

    Parameters
    ----------
    principal : what whoever uses it may see.
    issuer, subject : who that is, in the words of the identity provider.
    opened_at, closed_at : ISO times; closed_at is empty while the account is open.
    """

    principal: Principal
    issuer: str
    subject: str
    opened_at: str
    closed_at: str = ""


#: Roles whose account may name communes.
BOUND_BY_COMMUNE = (Role.EDUCATION, Role.APPROVER, Role.COMMUNE)


def make_principal(
    *,
    role: str,
    organisation: str,
    operator: str = "",
    communes: Iterable[str] = (),
    schools: Iterable[str] = (),
    demonstration: bool = False,
    account_id: str = "",
) -> Principal:
    """Return a principal from plain words, with a new account id where none is given.

    Raises
    ------
    AccountFault
        If role and scope do not go together: an operator needs a network, a school its id, a commune its
        code.
    """
    try:
        known = Role.of(role)
        network = Operator.of(operator) if operator else None
        made = Principal(
            account_id or f"tk-{secrets.token_hex(4)}",
            known,
            organisation.strip(),
            network,
            frozenset(communes),
            frozenset(schools),
            demonstration,
        )
    except ValueError as error:
        raise AccountFault(str(error)) from error
    _check_scope(made)
    return made


def _check_scope(principal: Principal) -> None:
    """Refuse an account whose scope does not fit its role."""
    if not principal.organisation:
        raise AccountFault("an account needs an organisation")
    check_line(principal.organisation, "the organisation")
    refuse_numbers(principal.organisation)
    for named in (*principal.communes, *principal.schools):
        check_line(named, "a commune or school")
    if (principal.role == Role.SCHOOL) != bool(principal.schools):
        raise AccountFault("a school's account, and no other, names its schools")
    if principal.communes and principal.role not in BOUND_BY_COMMUNE:
        raise AccountFault("communes bound education officials, approvers and communes only")


def add_account(
    register: Register, principal: Principal, *, issuer: str, subject: str, when: datetime
) -> Account:
    """Open an account.

    Parameters
    ----------
    register : where accounts are kept.
    principal : what it may see.
    issuer, subject : who it is for, as the identity provider says it.
    when : time, with its zone.

    Raises
    ------
    AccountFault
        If that subject has an account already, or issuer or subject is empty.
    """
    if not issuer.strip() or not subject.strip():
        raise AccountFault(
            "an account needs issuer and subject, as the identity provider says them"
        )
    check_line(issuer, "the issuer", most=TEXT_SIGNS)
    check_line(subject, "the subject", most=TEXT_SIGNS)
    account = Account(principal, issuer, subject, when.isoformat(timespec="seconds"))
    try:
        with register.write() as connection:
            connection.execute(insert(ACCOUNTS), _write_row(account))
    except IntegrityError as error:
        cure = "revoke it first: phusong accounts revoke"
        raise AccountFault(f"this subject has an account already → {cure}") from error
    return account


def list_accounts(register: Register) -> list[Account]:
    """Return every account, closed ones too, in the order in which they were opened."""
    with register.read() as connection:
        rows = connection.execute(select(ACCOUNTS).order_by(ACCOUNTS.c.opened_at)).mappings().all()
    return [read_row(row) for row in rows]


def find_account(register: Register, *, issuer: str, subject: str) -> Account | None:
    """Return the open account of a subject; None where there is none.

    Parameters
    ----------
    register : where accounts are kept.
    issuer, subject : as the identity provider says them.
    """
    asked = select(ACCOUNTS).where(
        ACCOUNTS.c.issuer == issuer, ACCOUNTS.c.subject == subject, ACCOUNTS.c.closed_at.is_(None)
    )
    with register.read() as connection:
        row = connection.execute(asked).mappings().first()
    return read_row(row) if row else None


def change_account(register: Register, account_id: str, principal: Principal) -> None:
    """Give an open account another role or scope; every request from now on is judged by it.

    Raises
    ------
    AccountFault
        If there is no such open account.
    """
    row = _write_scope(replace(principal, account_id=account_id))
    _change(register, account_id, row)


def close_account(register: Register, account_id: str, *, when: datetime) -> None:
    """Close an account and end its sessions; its subject may be given another one.

    Raises
    ------
    AccountFault
        If there is no such open account.
    """
    moment = when.isoformat(timespec="seconds")
    gone = {"closed_at": moment, "subject": f"closed {account_id}", "issuer": ""}
    _change(register, account_id, gone)
    ended = update(SESSIONS).where(
        SESSIONS.c.account_id == account_id, SESSIONS.c.ended_at.is_(None)
    )
    with register.write() as connection:
        connection.execute(ended.values(ended_at=moment))


def _change(register: Register, account_id: str, row: dict[str, Any]) -> None:
    """Change an open account, or say that there is none."""
    which = ACCOUNTS.c.account_id == account_id
    change = update(ACCOUNTS).where(which, ACCOUNTS.c.closed_at.is_(None)).values(**row)
    with register.write() as connection:
        if connection.execute(change).rowcount != 1:
            cure = "see phusong accounts list"
            raise AccountFault(f"there is no open account {account_id} → {cure}")


def _write_row(account: Account) -> dict[str, Any]:
    """Return an account as a row."""
    return {
        "account_id": account.principal.account_id,
        "issuer": account.issuer,
        "subject": account.subject,
        "opened_at": account.opened_at,
        "closed_at": None,
        **_write_scope(account.principal),
    }


def _write_scope(principal: Principal) -> dict[str, Any]:
    """Return the part of a row that says what an account may see."""
    return {
        "role": str(principal.role),
        "organisation": principal.organisation,
        "operator": str(principal.operator) if principal.operator else None,
        "communes": "|".join(sorted(principal.communes)),
        "schools": "|".join(sorted(principal.schools)),
    }


def read_row(row: Any) -> Account:
    """Return an account from its row."""
    principal = Principal(
        row["account_id"],
        Role.of(row["role"]),
        row["organisation"],
        Operator.of(row["operator"]) if row["operator"] else None,
        frozenset(filter(None, row["communes"].split("|"))),
        frozenset(filter(None, row["schools"].split("|"))),
        row["issuer"] == DEMONSTRATION,
    )
    return Account(
        principal, row["issuer"], row["subject"], row["opened_at"], row["closed_at"] or ""
    )
