"""What became of a delivery, as the console says it too: verdict, repairs, rows set aside, what to do."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from phusong.access.actions.deliveries import Looked, fetch_rejected
from phusong.intake.answers import (
    Answer,
    FaultGroup,
    Head,
    Part,
    Sentence,
    Tone,
    answer_diagnosis,
    count_rows,
    label,
)
from phusong.screens.deliveries_columns import show_columns
from phusong.screens.exports import offer
from phusong.screens.frame import Screen
from phusong.screens.listing import show_list, write_words
from phusong.vocabulary.tables.accepted import ACCEPTED as ACCEPTED_TABLES

#: Name of the workbook that goes back to the sender.
REJECTED_FILE = {"vi": "dong_can_sua.xlsx", "en": "rows_to_correct.xlsx"}


def show_diagnosis(screen: Screen, looked: Looked) -> None:
    """Show what became of a file.

    Parameters
    ----------
    screen : of the page.
    looked : from `look_at_file`.
    """
    described, language = looked.diagnosis, screen.speech.language
    answer = answer_diagnosis(described, language, confirm_share=looked.confirm_share)
    _show_verdict(answer)
    places = st.columns(3)
    labels = (screen.say("Rows in"), screen.say("Accepted"), screen.say("Set aside"))
    for place, name, n in zip(
        places,
        labels,
        (described.rows_in, described.rows_accepted, described.rows_quarantined),
        strict=True,
    ):
        place.metric(name, screen.speech.number(n))
    _show_lines(Part.ASKED, answer.asked, language)
    refused = answer.tone in (Tone.REFUSED, Tone.ASKED)
    _show_faults(screen, Part.STOPPING if refused else Part.SET_ASIDE, answer.set_aside)
    _offer_rejected(screen, looked)
    _show_faults(screen, Part.WARNED, answer.warned)
    _show_fixes(screen, answer)
    show_columns(screen, described)
    _show_lines(Part.TO_DO, answer.to_do, language)
    _show_preview(screen, looked)


def _show_verdict(answer: Answer) -> None:
    """Show the verdict: green for the whole file alone, yellow for a part of it or a question."""
    show = {Tone.WHOLE: st.success, Tone.REFUSED: st.error}.get(answer.tone, st.warning)
    show(answer.verdict)


def _show_lines(part: Part, lines: Iterable[str], language: str) -> None:
    """Show sentences under the title of their part; nothing where there are none."""
    described = list(lines)
    if described:
        st.header(label(part, language))
        st.text("\n".join(described))


def _show_faults(screen: Screen, part: Part, groups: list[FaultGroup]) -> None:
    """Show faults by rule with their counts, then row by row."""
    if not groups:
        return
    language = screen.speech.language
    st.header(label(part, language))
    st.text("\n".join(f"{group.title} ({count_rows(group, language)})" for group in groups))
    lines = [vars(line) for group in groups for line in group.lines]
    faults = pd.DataFrame(lines)[[str(head) for head in Head]]
    whole = label(Sentence.WHOLE_FILE, language)
    rows = [str(row) if row else whole for row in faults["row"]]
    names = {str(head): label(head, language) for head in Head}
    show_list(screen, faults.assign(row=rows).rename(columns=names), empty="")


def _show_fixes(screen: Screen, answer: Answer) -> None:
    """Show what was repaired, skipped or assumed, with an example of each."""
    if not answer.fixed:
        return
    st.header(label(Part.FIXED, screen.speech.language))
    names = {
        "what": screen.say("What was done"), "column": screen.say("Column"), "rows": screen.say("Rows"),
        "before": screen.say("Before"), "after": screen.say("After"),
    }  # fmt: skip
    show_list(screen, pd.DataFrame([vars(f) for f in answer.fixed]).rename(columns=names), empty="")


def _offer_rejected(screen: Screen, looked: Looked) -> None:
    """Offer the rows that were set aside as a workbook to send back."""
    rows = looked.diagnosis.rows_quarantined
    if not rows:
        return
    language = screen.speech.language
    offer(
        screen,
        screen.say("Save the rows to correct, for the sender"),
        REJECTED_FILE[language],
        lambda: fetch_rejected(screen.principal, screen.desk, looked, language),
        rows=rows,
    )


def _show_preview(screen: Screen, looked: Looked) -> None:
    """Show the first accepted rows, as far as they may be shown."""
    if not len(looked.preview):
        return
    st.header(screen.say("The first accepted rows"))
    rows, table = looked.preview.dropna(axis=1, how="all"), ACCEPTED_TABLES[looked.diagnosis.kind]
    show_list(screen, write_words(screen, rows, tuple(rows.columns), table), empty="")
