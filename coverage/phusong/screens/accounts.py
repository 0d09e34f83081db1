"""Accounts: who may sign in, as what, and for which places; opened and closed by the administrator."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from phusong.access.accounts import Account, make_principal
from phusong.access.operators import list_operators
from phusong.access.questions.audits import (
    ask_accounts,
    open_account,
    rescope_account,
    revoke_account,
)
from phusong.screens.deeds import do_once, show_answer
from phusong.screens.frame import Screen, open_screen
from phusong.screens.listing import show_list
from phusong.vocabulary.book import Role


def show() -> None:
    """Show the page."""
    screen = open_screen("accounts")
    st.title(screen.say("Accounts"))
    st.caption(
        screen.say(
            "An account is a role of an office, known by what the identity provider says; never a name."
        )
    )
    show_answer()
    accounts = ask_accounts(screen.principal, screen.desk)
    st.caption(screen.count("{n} account", "{n} accounts", len(accounts)))
    show_list(screen, _tabulate(screen, accounts), empty=screen.say("There are no accounts yet."))
    _show_open(screen)
    _show_scope(screen, [a for a in accounts if not a.closed_at])
    _show_close(screen, [a for a in accounts if not a.closed_at])


def _tabulate(screen: Screen, accounts: list[Account]) -> pd.DataFrame:
    """Return the accounts as a table."""
    rows = [
        {
            screen.say("Account"): a.principal.account_id,
            screen.say("Role"): screen.speech.term(a.principal.role),
            screen.say("Organisation"): a.principal.organisation,
            screen.say("Operator"): screen.speech.term(a.principal.operator)
            if a.principal.operator
            else "",
            screen.say("Communes"): ", ".join(sorted(a.principal.communes)),
            screen.say("Schools"): ", ".join(sorted(a.principal.schools)),
            screen.say("Sample"): a.principal.demonstration,
            screen.say("Since"): screen.speech.moment(a.opened_at),
            screen.say("Until"): screen.speech.moment(a.closed_at or None),
        }
        for a in accounts
    ]
    return pd.DataFrame(rows)


def _show_open(screen: Screen) -> None:
    """Show the form for a new account."""
    with st.expander(screen.say("Open an account")), st.form("accounts open"):
        issuer = st.text_input(
            screen.say("Address of the identity provider"), placeholder="https://…"
        )
        subject = st.text_input(screen.say("Subject there"))
        words = _ask_scope(screen, "open")
        asked = st.form_submit_button(screen.say("Open the account"))
    if asked:
        do_once(
            screen,
            "open",
            lambda _: open_account(
                screen.principal,
                screen.desk,
                make_principal(**words),
                issuer=issuer.strip(),
                subject=subject.strip(),
            ),
            lambda made: screen.say("Account {name} is open.", name=made.principal.account_id),
        )


def _ask_scope(screen: Screen, name: str) -> dict[str, Any]:
    """Show the fields that say what an account is, and return what stands in them for `make_principal`."""
    role = st.selectbox(
        screen.say("Role"), list(Role), format_func=screen.speech.term, key=f"role {name}"
    )
    organisation = st.text_input(
        screen.say("Organisation"), max_chars=120, key=f"organisation {name}"
    )
    operator = st.selectbox(
        screen.say("Operator"),
        ["", *list_operators(screen.desk)],
        format_func=lambda o: screen.speech.term(o) if o else screen.say("none"),
        key=f"operator {name}",
    )
    communes = st.text_input(
        screen.say("Codes of communes, parted by commas; empty: the whole province"),
        key=f"communes {name}",
    )
    schools = st.text_input(screen.say("Ids of schools, parted by commas"), key=f"schools {name}")
    return {
        "role": str(role),
        "organisation": organisation.strip(),
        "operator": str(operator),
        "communes": _split(communes),
        "schools": _split(schools),
    }


def _name_accounts(screen: Screen, living: list[Account]) -> dict[str, str]:
    """Return open accounts that belong to nobody's demonstration, by id, as a list of choices shows them."""
    own = [a.principal for a in living if not a.principal.demonstration]
    return {
        p.account_id: f"{p.account_id} · {screen.speech.term(p.role)} · {p.organisation}"
        for p in own
    }


def _show_scope(screen: Screen, living: list[Account]) -> None:
    """Show the form by which an account is given another role or scope, from its next click on."""
    named = _name_accounts(screen, living)
    if not named:
        return
    with st.expander(screen.say("Change role or scope")), st.form("accounts scope"):
        chosen = st.selectbox(screen.say("Account"), list(named), format_func=lambda a: named[a])
        words = _ask_scope(screen, "scope")
        asked = st.form_submit_button(screen.say("Change it"))
    if asked:
        do_once(
            screen,
            "scope",
            lambda _: rescope_account(
                screen.principal, screen.desk, str(chosen), make_principal(**words)
            ),
            lambda _: screen.say("Account {name} is changed.", name=chosen),
        )


def _split(told: str) -> list[str]:
    """Return the codes of a field."""
    return [part.strip() for part in told.split(",") if part.strip()]


def _show_close(screen: Screen, living: list[Account]) -> None:
    """Show the form by which an account is closed and its sessions end."""
    named = _name_accounts(screen, living)
    st.header(screen.say("Close an account"))
    if not named:
        st.info(screen.say("Sample accounts belong to the demonstration and stay as they are."))
        return
    with st.form("accounts close"):
        chosen = st.selectbox(screen.say("Account"), list(named), format_func=lambda a: named[a])
        asked = st.form_submit_button(screen.say("Close it and end its sessions"))
    if asked:
        do_once(
            screen,
            "close",
            lambda _: revoke_account(screen.principal, screen.desk, str(chosen)),
            lambda _: screen.say("Account {name} is closed.", name=chosen),
        )
