"""Signing in with the office's own account: `st.login` says who, our register what they may do.

Streamlit keeps what the provider said in a cookie of its own, which outlives a sign-out. So that cookie opens
nothing: it is exchanged, once and from our own page, for a session that the register knows.
"""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from phusong.access.accounts import DEMONSTRATION, find_account
from phusong.screens.doors import Proof
from phusong.screens.frame import find_language
from phusong.screens.gate import ENTER
from phusong.screens.settings import find_desk, has_results, read_settings
from phusong.screens.speech import Speech
from phusong.screens.state import proofs


def knock() -> None:
    """Show whoever is not signed in the way to the identity provider, or from it to their session; and stop.

    Where no provider is set it returns, and the page says that nobody is signed in.
    """
    if not has_results(read_settings()) or not has_provider():
        return
    speech = Speech(find_language())
    st.title("Phủ Sóng")
    if st.user.get("is_logged_in"):
        _show_way_in(speech)
    elif st.button(speech.say("Sign in with your office account"), icon=":material/login:"):
        st.login()
    st.stop()


def _show_way_in(speech: Speech) -> None:
    """Show the link that begins a session, or that there is no account."""
    issuer, subject = (str(st.user.get(name, "")) for name in ("iss", "sub"))
    desk = find_desk(read_settings())
    account = find_account(desk.register, issuer=issuer, subject=subject)
    if account is None or issuer == DEMONSTRATION:
        st.error(speech.say("You have no account here: ask the administrator."))
        st.code(f"{issuer}\n{subject}", language=None)
        if st.button(speech.say("Sign in as somebody else")):
            st.logout()
        return
    proof = proofs().put(Proof(issuer, subject))
    told = speech.say("Begin work as {role}", role=account.principal.role)
    link = f"{ENTER}?{urlencode({'proof': proof, 'lang': speech.language})}"
    st.markdown(f'<a href="{link}" target="_self">{told}</a>', unsafe_allow_html=True)


def has_provider() -> bool:
    """Return whether an identity provider is set in Streamlit's secrets."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False
