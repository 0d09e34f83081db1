"""What the door says of a delivery: counts, its question, what it repaired, what is wrong, the first rows."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from phusong.access.actions.deliveries import Looked
from phusong.intake.diagnosis import ACCEPTED, Diagnosis
from phusong.intake.repairs import describe_repair
from phusong.screens.deliveries_columns import show_columns
from phusong.screens.faults import choose_half
from phusong.screens.frame import Screen
from phusong.screens.listing import show_list, write_words
from phusong.vocabulary.tables.accepted import ACCEPTED as ACCEPTED_TABLES
from phusong.vocabulary.terms import Severity


def show_diagnosis(screen: Screen, looked: Looked) -> None:
    """Show what the door says of a file.

    Parameters
    ----------
    screen : of the page.
    looked : from `look_at_file`.
    """
    told = looked.diagnosis
    places = st.columns(3)
    labels = (screen.say("Rows in"), screen.say("Accepted"), screen.say("Set aside"))
    for place, label, n in zip(
        places, labels, (told.rows_in, told.rows_accepted, told.rows_quarantined), strict=True
    ):
        place.metric(label, screen.speech.number(n))
    if told.status == ACCEPTED:
        st.success(screen.say("The door accepts this file."))
    elif told.question is not None:
        st.warning(
            screen.say(
                "The door asks: {about}. {why}",
                about=told.question.about,
                why=choose_half(screen.speech, told.question.why),
            )
        )
        st.text("\n".join(str(c) for c in told.question.choices))
    else:
        st.error(screen.say("The door refuses this file."))
    show_columns(screen, told)
    if told.fixes:
        st.header(screen.say("Repaired, and told"))
        _show_fixes(screen, told)
    if told.faults:
        st.header(screen.say("What is wrong, row by row"))
        _show_faults(screen, told)
    if len(looked.preview):
        st.header(screen.say("The first accepted rows"))
        told_rows = looked.preview.dropna(axis=1, how="all")
        show_list(
            screen,
            write_words(screen, told_rows, tuple(told_rows.columns), ACCEPTED_TABLES[told.kind]),
            empty="",
        )


def _show_fixes(screen: Screen, told: Diagnosis) -> None:
    """Show what was repaired, skipped or assumed, with an example of each."""
    fixes = pd.DataFrame([vars(f) for f in told.fixes])
    said = [choose_half(screen.speech, describe_repair(rule)) for rule in fixes["rule"]]
    shown = fixes.assign(rule=said)[["rule", "column", "rows", "example_before", "example_after"]]
    show_list(screen, shown.rename(columns=_label(screen)), empty="")


def _show_faults(screen: Screen, told: Diagnosis) -> None:
    """Show what is wrong in which row, and what to do about it."""
    faults = pd.DataFrame([vars(f) for f in told.faults])
    cures = [choose_half(screen.speech, text) for text in faults["suggestion"]]
    grave = [screen.speech.term(Severity.of(word)) for word in faults["severity"]]
    faults = faults.assign(suggestion=cures, severity=grave, row=faults["row"].replace(0, pd.NA))
    shown = faults[["row", "column", "value", "suggestion", "severity"]]
    show_list(screen, shown.rename(columns=_label(screen)), empty="")


def _label(screen: Screen) -> dict[str, str]:
    """Return column → label of repairs and faults."""
    return {
        "row": screen.say("Row"), "column": screen.say("Column"), "rule": screen.say("What was done"),
        "severity": screen.say("Severity"), "value": screen.say("Value"), "rows": screen.say("Rows"),
        "suggestion": screen.say("What to do"), "example_before": screen.say("Before"),
        "example_after": screen.say("After"),
    }  # fmt: skip
