"""Data delivered: drop a file, read what the door says, answer its question, accept it or send it back."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from phusong.access.actions.deliveries import (
    Looked,
    decide_delivery,
    list_effects,
    look_at_file,
)
from phusong.access.operators import list_operators
from phusong.access.permissions import list_parts
from phusong.pipeline.deliveries import Effect, Verdict
from phusong.screens.deliveries_columns import ask_columns
from phusong.screens.deliveries_counted import follow_run, show_decided
from phusong.screens.deliveries_diagnosis import show_diagnosis
from phusong.screens.deliveries_left import LOOKED, leave
from phusong.screens.deliveries_poverty import show_poverty_lists
from phusong.screens.faults import tell_fault
from phusong.screens.frame import Screen, open_screen
from phusong.views.labels import SourceKind
from phusong.vocabulary.errors import PhusongError
from phusong.vocabulary.terms import Technology

DECIDED = "deliveries decided"
#: Streamlit writes “Upload” and the size in English whatever the language.
UPLOADER = """<style>
[data-testid="stFileUploaderDropzone"] button p {{ font-size: 0; }}
[data-testid="stFileUploaderDropzone"] button p::after {{ content: "{choose}"; font-size: 0.95rem; }}
[data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}
</style>"""
ENCODINGS = ("utf-8", "utf-16", "cp1258", "tcvn3", "vni", "viscii")


def show() -> None:
    """Show the page."""
    screen = open_screen("deliveries")
    st.title(screen.say("Data delivered"))
    st.caption(
        screen.say(
            "Nothing is lost: rows in are rows accepted plus rows set aside, each with its reason."
        )
    )
    _show_form(screen)
    viewed: Looked | None = st.session_state.get(LOOKED)
    if viewed is not None:
        show_diagnosis(screen, viewed)
        _decide(screen, viewed)
    if st.session_state.pop(DECIDED, None) == Verdict.ACCEPTED:
        st.success(screen.say("Accepted. It counts from the next run on."))
    follow_run(screen)
    show_poverty_lists(screen)
    show_decided(screen)


def _show_form(screen: Screen) -> None:
    """Show the form by which a file is dropped, with what the door may have to be told."""
    kinds = [k for k in SourceKind if k in list_parts(screen.principal.role, "look_at_file")]
    with st.form("deliveries look"):
        kind = st.selectbox(screen.say("What the file is"), kinds, format_func=screen.speech.term)
        file = st.file_uploader(screen.say("File, up to 20 MB"))
        st.html(UPLOADER.format(choose=screen.say("Choose a file")))
        with st.expander(screen.say("What the file does not say itself, or the door asks")):
            stated = _ask_statements(screen)
            crs = st.text_input(screen.say("EPSG code of the coordinates"), placeholder="9210")
            sheet = st.text_input(screen.say("Sheet of a workbook"))
            layer = st.text_input(screen.say("Layer of a container"))
            school = st.text_input(screen.say("School of a list of pupils, where no row names it"))
            filled = st.text_input(screen.say("Columns whose empty cells mean what stands above"))
            encoding = st.selectbox(
                screen.say("Script of a text file"),
                ENCODINGS,
                index=None,
                placeholder=screen.say("as found"),
            )
        viewed: Looked | None = st.session_state.get(LOOKED)
        columns = ask_columns(screen, viewed)
        asked = st.form_submit_button(screen.say("Look at it"))
    if not asked or file is None:
        return
    stated |= {"sheet": sheet, "layer": layer, "encoding": encoding}
    if viewed is not None and viewed.diagnosis.kind == kind:
        stated["read"] = columns
    stated |= {
        "school": school.strip(),
        "fill_down": [c.strip() for c in filled.split(";") if c.strip()],
    }
    stated["crs"] = int(crs) if crs.strip().isdigit() else None
    ending = file.name.rpartition(".")[2]
    leave(screen)
    try:
        st.session_state[LOOKED] = look_at_file(
            screen.principal, screen.desk, str(kind), ending, file.getvalue(), **stated
        )
    except PhusongError as fault:
        st.error(tell_fault(screen.speech, fault))


def _ask_statements(screen: Screen) -> dict[str, Any]:
    """Ask what holds for the whole file: its day, its operator, its technology."""
    unsaid: dict[str, Any] = {"index": None, "placeholder": screen.say("as each row says")}
    day = st.date_input(screen.say("Day of the data, where no row says it"), value=None)
    term = screen.speech.term
    operator = st.selectbox(
        screen.say("Operator"), list_operators(screen.desk), format_func=term, **unsaid
    )
    technology = st.selectbox(
        screen.say("Technology"), list(Technology), format_func=term, **unsaid
    )
    return {
        "as_of": day.isoformat() if isinstance(day, date) else None,
        "operator": str(operator) if operator else None,
        "technology": str(technology) if technology else None,
    }


def _decide(screen: Screen, looked: Looked) -> None:
    """Let the delivery be accepted or sent back."""
    with st.form("deliveries decide"):
        term = screen.speech.term
        sound = not looked.diagnosis.exit_code
        choices = [Verdict.ACCEPTED, Verdict.REFUSED] if sound else [Verdict.REFUSED]
        whole = not looked.diagnosis.rows_quarantined
        verdict = st.radio(
            screen.say("Decision"),
            choices,
            format_func=term,
            index=0 if whole or not sound else None,
        )
        effect: Effect | None = None
        if sound:
            effects = list_effects(screen.principal)
            effect = st.radio(screen.say("If it is accepted, it"), effects, format_func=term)
        confirmed = _ask_confirmation(screen, looked)
        why = st.text_input(
            screen.say("Reason, without names or numbers of persons"), max_chars=200
        )
        asked = st.form_submit_button(screen.say("Decide"))
    if not asked:
        return
    if verdict is None:
        st.error(screen.say("Choose a decision first."))
        return
    try:
        decide_delivery(
            screen.principal,
            screen.desk,
            looked,
            verdict,
            why=why,
            effect=effect or Effect.ADDS,
            confirmed=confirmed,
        )
    except PhusongError as fault:
        st.error(tell_fault(screen.speech, fault))
        return
    st.session_state.pop(LOOKED, None)
    st.session_state[DECIDED] = verdict
    st.rerun()


def _ask_confirmation(screen: Screen, looked: Looked) -> bool:
    """Ask whether much of a file may be left out, where so much is set aside that a person must say so."""
    if not looked.must_confirm:
        return False
    described = looked.diagnosis
    return st.checkbox(
        screen.speech.count(
            "I have seen that {n} row of {total} is left out.",
            "I have seen that {n} rows of {total} are left out.",
            described.rows_quarantined,
            total=screen.speech.number(described.rows_in),
        )
    )
