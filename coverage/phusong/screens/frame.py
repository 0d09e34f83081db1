"""What every page begins with: who asks, over which results, in which language and at which place.

A page is a function ``show()`` in a module of this folder. Its first line is
``screen = open_screen("name")``, which stops whoever may not see it, by whatever way they came.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

import streamlit as st

from phusong.access.desk import Desk, find_operators
from phusong.access.faults import NotAllowed
from phusong.access.log import log_access
from phusong.access.own_places import check_place, find_own_communes
from phusong.access.permissions import Extent, find_extent
from phusong.access.principals import Principal
from phusong.access.sessions import Session, find_session, hash_key
from phusong.screens import state
from phusong.screens.contents import find_page
from phusong.screens.faults import tell_fault
from phusong.screens.gate import COOKIE, MARK, MARK_NAME, SIGN_IN
from phusong.screens.place import Place, go_to, read_place
from phusong.screens.settings import find_desk, has_results, read_settings
from phusong.screens.speech import LANGUAGES, Speech
from phusong.vocabulary.errors import PhusongError
from phusong.vocabulary.operators import adopt_operators

Answer = TypeVar("Answer")
LANGUAGE = "lang"
#: Under which the front end keeps its pages by name, for `turn_to`.
PAGES = "pages"


@dataclass(frozen=True)
class Screen:
    """Hold what a page works with.

    Parameters
    ----------
    principal : who asks; the first argument of every question of `phusong.access.questions`.
    desk : where; their second.
    speech : the language.
    place : province, commune or hamlet, from the address bar.
    handle : of the session, for links that it alone may follow.
    """

    principal: Principal
    desk: Desk
    speech: Speech
    place: Place
    handle: str

    @property
    def language(self) -> str:
        """Return ``vi`` or ``en``."""
        return self.speech.language

    @property
    def folder(self) -> Path:
        """Return the output folder."""
        return self.desk.folder

    @property
    def stamp(self) -> str:
        """Return what changes when the results change."""
        return self.desk.stamp

    def say(self, message: str, **filling: object) -> str:
        """Return a sentence in the screen's language; see `Speech.say`."""
        return self.speech.say(message, **filling)

    def count(self, one: str, many: str, n: int, **filling: object) -> str:
        """Return a sentence about a number of things; see `Speech.count`."""
        return self.speech.count(one, many, n, **filling)

    def ask(self, question: Callable[..., Answer], *asked: Hashable) -> Answer:
        """Return the answer to a question, worked out once for a scope and a run; see `state.recall`."""
        return state.recall(self.principal, self.desk, question, *asked)

    def sees(self, name: str) -> Extent:
        """Return how much of the answer to a question, or of an action, the principal has."""
        return find_extent(self.principal.role, name)

    def may(self, *names: str) -> bool:
        """Return whether the principal may ask or do any of some questions and actions."""
        return any(self.sees(name) != Extent.NONE for name in names)


def open_screen(name: str = "") -> Screen:
    """Return what a page works with; stops a page that nobody, or not this one, may see.

    Parameters
    ----------
    name : of the page; empty: no page yet, whoever is signed in.
    """
    speech = Speech(find_language())
    desk = _find_results(speech)
    adopt_operators(find_operators(desk))  # a page runs in a thread of its own
    session = find_visitor(desk, used=True)
    if session is None or session.principal.demonstration > desk.demonstration:
        _stop_stranger(speech)
    own = find_own_communes(session.principal, "ask_gaps") or ()
    place = read_place(home=next(iter(own)) if len(own) == 1 else "")
    screen = Screen(session.principal, desk, speech, place, session.handle)
    if name and not find_page(name).is_for(session.principal.role):
        _stop_refused(screen, name)
    _check_place(screen)
    return screen


def _check_place(screen: Screen) -> None:
    """Stop a page whose address names a place that is not one's own; that it was asked is logged."""
    place = screen.place
    try:
        check_place(
            screen.principal,
            screen.desk,
            commune=place.commune or "",
            hamlet=place.hamlet or "",
            name="ask_places",
        )
    except NotAllowed as fault:
        go_to(Place())
        st.error(tell_fault(screen.speech, fault))
        st.stop()


def turn_to(screen: Screen, name: str, place: Place) -> NoReturn:
    """Open another page at a place, as a click on a hamlet in a list does.

    Parameters
    ----------
    screen : of the page that is left.
    name : of the page.
    place : where it opens.
    """
    go_to(place)
    pages = st.session_state.get(PAGES, {})
    if name in pages:
        codes = {**vars(place), LANGUAGE: screen.language}
        st.switch_page(pages[name], query_params={k: v for k, v in codes.items() if v})
    st.rerun()


def find_visitor(desk: Desk, *, used: bool) -> Session | None:
    """Return the session that stands behind a page, as the register has it now.

    Parameters
    ----------
    desk : where.
    used : whether somebody does something, so that the session does not idle.
    """
    key = read_session_key()
    if not key:
        return None
    now = desk.clock()
    return find_session(desk.register, hash_key(key), limits=desk.limits, when=now, used=used)


def is_signed_in() -> bool:
    """Return whether a session stands behind a page; a key alone is none."""
    settings = read_settings()
    return has_results(settings) and find_visitor(find_desk(settings), used=False) is not None


def read_session_key() -> str:
    """Return the key with which the line was opened; empty where none came, or no gate stands before us."""
    if st.context.headers.get(MARK_NAME) != MARK:
        return ""
    return str(st.context.cookies.get(COOKIE, ""))


def find_language() -> str:
    """Return the language of the address bar, else the one chosen before, and keep it in both."""
    asked = st.query_params.get(LANGUAGE, "")
    known = st.session_state.get(LANGUAGE, LANGUAGES[0])
    language: str = asked if asked in LANGUAGES else known
    st.session_state[LANGUAGE] = language
    if asked != language:
        st.query_params[LANGUAGE] = language
    return language


def _find_results(speech: Speech) -> Desk:
    """Return the desk, or say that there are no results."""
    settings = read_settings()
    if not has_results(settings):
        st.title("Phủ Sóng")
        st.info(speech.say("There are no results yet: run phusong demo."))
        st.stop()
    try:
        return find_desk(settings)
    except PhusongError as fault:
        st.error(tell_fault(speech, fault))
        st.stop()


def _stop_stranger(speech: Speech) -> NoReturn:
    """Say that nobody is signed in, and stop."""
    st.title("Phủ Sóng")
    st.warning(speech.say("You are not signed in, or no longer."))
    told = speech.say("Sign in")
    st.markdown(f'<a href="{SIGN_IN}" target="_self">{told}</a>', unsafe_allow_html=True)
    st.stop()


def _stop_refused(screen: Screen, name: str) -> NoReturn:
    """Refuse a page, keep that it was asked for, and stop."""
    now = screen.desk.clock()
    log_access(screen.desk.register, screen.principal, "page", when=now, subject=name, refused=True)
    st.error(screen.say("This page is not for the role of {role}.", role=screen.principal.role))
    st.stop()
