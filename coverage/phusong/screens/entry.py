"""The front end's frame: who is there, what all pages show above themselves, and which pages there are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module

import streamlit as st

from phusong.access.questions.findings import ask_summary
from phusong.access.sessions import end_session
from phusong.screens import deliveries_left as deliveries
from phusong.screens.contents import Page, list_pages
from phusong.screens.document import say_language
from phusong.screens.faults import tell_fault
from phusong.screens.frame import (
    LANGUAGE,
    PAGES,
    Screen,
    find_visitor,
    is_signed_in,
    open_screen,
)
from phusong.screens.identity import knock
from phusong.screens.speech import LANGUAGE_NAMES, LANGUAGES
from phusong.vocabulary.errors import PhusongError

ICON = "📡"
#: Less empty space than Streamlit leaves, so that a map and its figures fit on one screen of a laptop; small
#: print dark enough to be read (WCAG 2.2, 4.5 to 1); our name where Streamlit leaves room for one. Out of
#: sight: its English menu and hints.
STYLE = """<style>
[data-testid="stHeader"] { height: 2.6rem; min-height: 2.6rem; }
.stMainBlockContainer { padding: 3.2rem 2.4rem 3rem; }
[data-testid="stSidebarHeader"]::before {
  content: "Phủ Sóng"; font-size: 1.35rem; font-weight: 700; color: #0b4f8a; letter-spacing: 0.01em;
}
[data-testid="stMainMenu"], [data-testid="stStatusWidget"] button,
[data-testid="InputInstructions"] { display: none; }
.stMainBlockContainer h1 { font-size: 1.9rem; padding: 0.2rem 0; }
.stMainBlockContainer h2 { font-size: 1.35rem; padding: 0.4rem 0 0.2rem; }
[data-testid="stMetricValue"] { font-size: 1.7rem; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] * { color: #4b5563; opacity: 1; }
[class*="st-key-trail"] button:disabled { color: #31333f; font-weight: 600; opacity: 1; }
[data-testid="stMetricDelta"], [data-testid="stMetricDelta"] * { color: #374151; }
@media (max-width: 640px) { .stMainBlockContainer { padding: 3.4rem 1rem 2rem; } }
</style>"""


def navigate() -> None:
    """Show the pages of whoever is signed in."""
    st.set_page_config(page_title="Phủ Sóng", page_icon=ICON, layout="wide")
    if not is_signed_in():
        knock()
    screen = open_screen()
    st.html(STYLE)
    listed = list_pages(screen.principal.role)
    pages = {page.name: _make_page(screen, page, first=not n) for n, page in enumerate(listed)}
    st.session_state[PAGES] = pages
    chosen = st.navigation(list(pages.values()))
    _show_head(screen)
    _show_side(screen)
    _watch(screen)
    if chosen.url_path != deliveries.PAGE:
        deliveries.leave(screen)
    chosen.run()


def _make_page(screen: Screen, page: Page, *, first: bool) -> st.Page:
    """Return a page as Streamlit lists it."""
    run = partial(_run_page, screen, page)
    title = screen.say(page.title)
    return st.Page(run, title=title, icon=page.icon, url_path=page.name, default=first)


def _run_page(screen: Screen, page: Page) -> None:
    """Run a page; a fault on purpose is told, any other is logged by the server."""
    show: Callable[[], None] = import_module(page.module).show
    try:
        show()
    except PhusongError as fault:
        st.error(tell_fault(screen.speech, fault))


def _show_head(screen: Screen) -> None:
    """Show whose figures these are, of which day, and that they are made up where they are."""
    told = screen.ask(ask_summary)
    day, edition = screen.speech.day(told["as_of"]), screen.speech.day(told["edition"])
    line = screen.say(
        "{province} · data of {day} · administrative list of {edition}",
        province=told["province"],
        day=day,
        edition=edition,
    )
    if told["demonstration"]:
        made_up = screen.say("DEMONSTRATION – MADE-UP DATA")
        st.warning(f"**{made_up}** · {line}", icon=":material/science:")
    else:
        st.caption(line)


def _show_side(screen: Screen) -> None:
    """Show who is signed in, the languages, and the way out."""
    with st.sidebar:
        st.caption(
            f"**{screen.speech.term(screen.principal.role)}** · {screen.principal.organisation}"
        )
        if screen.principal.demonstration:
            st.caption(screen.say("Sample role over made-up data."))
        st.segmented_control(
            screen.say("Language"),
            LANGUAGES,
            format_func=LANGUAGE_NAMES.__getitem__,
            default=screen.language,
            key="language choice",
            on_change=_change_language,
        )
        if st.button(screen.say("Sign out"), icon=":material/logout:", key="sign out"):
            end_session(screen.desk.register, screen.handle, when=screen.desk.clock())
            if st.user.get("is_logged_in"):
                st.logout()
            st.rerun()
        say_language(screen.language)


def _change_language() -> None:
    """Keep the language that was chosen, for this page and those that follow."""
    chosen = st.session_state["language choice"]
    if chosen in LANGUAGES:
        st.session_state[LANGUAGE] = st.query_params[LANGUAGE] = chosen


def _watch(screen: Screen) -> None:
    """Look from time to time whether the session still stands, in a tab that nobody touches too."""
    pause = screen.desk.limits.number("recheck_s")

    @st.fragment(run_every=pause)
    def _look() -> None:
        session = find_visitor(screen.desk, used=False)
        if session is None or session.principal != screen.principal:
            st.rerun()

    _look()


if __name__ == "__main__":
    navigate()
