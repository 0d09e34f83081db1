"""Reports: which form, in which edition, up to which day; written on a click and fetched once."""

from __future__ import annotations

from datetime import date

import streamlit as st

from phusong.access.actions.reports import (
    FINAL,
    OPERATOR,
    SCHOOL,
    WEEKLY,
    has_whole_figures,
    write_internal_report,
    write_report,
)
from phusong.access.book import find_book_day, has_book
from phusong.access.operators import list_operators
from phusong.access.permissions import list_parts
from phusong.access.questions.findings import ask_summary
from phusong.access.questions.names import ask_schools
from phusong.pipeline.reports.map_editions import find_map, list_maps
from phusong.pipeline.settings import read_settings
from phusong.screens.exports import offer
from phusong.screens.frame import Screen, open_screen
from phusong.screens.speech import word
from phusong.vocabulary.reporting import Audience

FORMS = {
    WEEKLY: word("Weekly report to the provincial committee"),
    FINAL: word("Final report to the provincial committee"),
    OPERATOR: word("Annex for an operator"),
    SCHOOL: word("List of awards for a school, by pseudonym"),
}
SUFFIXES = ("docx", "xlsx", "pdf")


def show() -> None:
    """Show the page."""
    screen = open_screen("reports")
    st.title(screen.say("Reports"))
    st.caption(screen.say("Every percentage stands with numerator, denominator, date and edition."))
    summary = screen.ask(ask_summary)
    _, province, _ = read_settings(screen.desk.folder)
    forms = list_parts(screen.principal.role, "write_report")
    form = st.radio(screen.say("Which report"), forms, format_func=lambda f: screen.say(FORMS[f]))
    left, right = st.columns(2)
    with left:
        editions = list_maps(province)
        in_force = find_map(province, "")
        usual = next(name for name, edition in editions.items() if edition == in_force)
        edition = st.segmented_control(
            screen.say("Edition of the administrative map"), list(editions), default=usual
        )
    with right:
        last = date.fromisoformat(str(summary["as_of"])[:10])
        last = max(last, find_book_day(screen.desk) or last)
        as_of = st.date_input(screen.say("Last day reported on"), value=last, format="DD/MM/YYYY")
    audience = _choose_audience(screen, form)
    about = _choose(screen, form)
    if not has_book(screen.desk):
        st.info(screen.say("There is no book yet, so gifts and awards are left out."))
    if about is None or not isinstance(as_of, date):
        return
    for place, suffix in zip(st.columns(3), SUFFIXES, strict=True):
        with place:
            if audience == Audience.INTERNAL:
                _offer_internal(screen, form, suffix, as_of, edition or usual)
            else:
                _offer(screen, form, suffix, as_of, edition or usual, about)


def _choose_audience(screen: Screen, form: str) -> Audience:
    """Return for whom a report is; whoever has no whole figures of the province is not asked."""
    if form not in (WEEKLY, FINAL) or not has_whole_figures(screen.principal):
        return Audience.PUBLIC
    chosen = st.segmented_control(
        screen.say("For whom"),
        list(Audience),
        default=Audience.PUBLIC,
        format_func=screen.speech.term,
    )
    if chosen == Audience.INTERNAL:
        st.warning(
            screen.say("Whole figures of small groups of pupils: for the offices in charge alone.")
        )
    return Audience.of(chosen or Audience.PUBLIC)


def _choose(screen: Screen, form: str) -> str | None:
    """Return the operator or school that a form is about; empty where it is about none."""
    if form == OPERATOR:
        own = screen.principal.operator
        if own is not None:
            return str(own)
        return str(
            st.selectbox(
                screen.say("Operator"), list_operators(screen.desk), format_func=screen.speech.term
            )
        )
    if form != SCHOOL:
        return ""
    names = screen.ask(ask_schools)
    schools = sorted(names, key=lambda s: names[s])
    chosen = st.selectbox(
        screen.say("School"),
        schools,
        index=None,
        format_func=lambda s: names[s],
        placeholder=screen.say("Choose a school"),
    )
    return None if chosen is None else str(chosen)


def _offer(screen: Screen, form: str, suffix: str, as_of: date, edition: str, about: str) -> None:
    """Show the button of one format."""
    part = f"_{about.lower()}" if about else ""
    offer(
        screen,
        {"docx": "Word", "xlsx": "Excel", "pdf": "PDF"}[suffix],
        f"{form}{part}_{as_of:%Y-%m-%d}_{edition}.{suffix}",
        lambda: write_report(
            screen.principal,
            screen.desk,
            form,
            suffix=suffix,
            as_of=as_of,
            edition=edition,
            about=about,
            language=screen.language,
        ),
    )


def _offer_internal(screen: Screen, form: str, suffix: str, as_of: date, edition: str) -> None:
    """Show the button of one format of the internal edition."""
    offer(
        screen,
        {"docx": "Word", "xlsx": "Excel", "pdf": "PDF"}[suffix],
        f"{form}_noi_bo_{as_of:%Y-%m-%d}_{edition}.{suffix}",
        lambda: write_internal_report(
            screen.principal,
            screen.desk,
            form,
            suffix=suffix,
            as_of=as_of,
            edition=edition,
            language=screen.language,
        ),
    )
