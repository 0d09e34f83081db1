"""Questions about access itself: who looked at what, and who has an account."""

from __future__ import annotations

import pandas as pd

from phusong.access.accounts import Account, add_account, close_account, list_accounts
from phusong.access.desk import Desk, admit
from phusong.access.log import list_log, log_access
from phusong.access.permissions import Data
from phusong.access.principals import Principal
from phusong.persons.vault import Vault
from phusong.pipeline.stage_context import PERSONAL_FOLDER


def ask_log(principal: Principal, desk: Desk, last: int) -> pd.DataFrame:
    """Return the newest lines of the access log, newest first.

    Parameters
    ----------
    principal, desk : who asks, and where.
    last : how many lines [rows].

    Raises
    ------
    NotAllowed
        If the role does not audit.
    """
    admit(principal, desk, Data.LOG)
    return list_log(desk.register, last=last)


def ask_looks(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the log of the personal store, newest first: at, who, why, table, rows.

    Raises
    ------
    NotAllowed
        If the role does not audit.
    """
    admit(principal, desk, Data.LOG)
    looks = [vars(look) for look in Vault(desk.folder / PERSONAL_FOLDER).list_looks()]
    names = ["at", "who", "why", "table", "rows"]
    return pd.DataFrame(looks[::-1], columns=names)


def ask_accounts(principal: Principal, desk: Desk) -> list[Account]:
    """Return every account.

    Raises
    ------
    NotAllowed
        If the role keeps no accounts.
    """
    admit(principal, desk, Data.ACCOUNTS)
    return list_accounts(desk.register)


def open_account(
    principal: Principal, desk: Desk, opened: Principal, *, issuer: str, subject: str
) -> Account:
    """Open an account for somebody.

    Parameters
    ----------
    principal, desk : who asks, and where.
    opened : from `make_principal`.
    issuer, subject : who it is for, as the identity provider says it.

    Raises
    ------
    NotAllowed
        If the role keeps no accounts.
    AccountFault
        If that subject has one.
    """
    admit(principal, desk, Data.ACCOUNTS)
    now = desk.clock()
    account = add_account(desk.register, opened, issuer=issuer, subject=subject, when=now)
    subject_id = account.principal.account_id
    log_access(desk.register, principal, "open account", when=now, subject=subject_id)
    return account


def revoke_account(principal: Principal, desk: Desk, account_id: str) -> None:
    """Close an account and end its sessions.

    Raises
    ------
    NotAllowed
        If the role keeps no accounts.
    AccountFault
        If there is no such open account.
    """
    admit(principal, desk, Data.ACCOUNTS)
    now = desk.clock()
    close_account(desk.register, account_id, when=now)
    log_access(desk.register, principal, "close account", when=now, subject=account_id)
