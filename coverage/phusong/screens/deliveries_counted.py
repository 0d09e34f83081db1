"""Deliveries that were decided about: which of them count, one taken out again, the results made anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from phusong.access.actions.deliveries import ask_deliveries, withdraw_delivery
from phusong.access.questions.pending import Pending, ask_pending
from phusong.access.tasks import TaskState
from phusong.pipeline.deliveries import Effect, Verdict
from phusong.pipeline.run import run_province
from phusong.pipeline.run_comparison import describe_runs
from phusong.pipeline.settings import find_province_file, read_settings
from phusong.pipeline.stages import STAGES, Stage
from phusong.screens.faults import tell_fault
from phusong.screens.frame import Screen, turn_to
from phusong.screens.listing import show_list, write_words
from phusong.screens.tasks import follow_task, start_task
from phusong.views.labels import SourceKind
from phusong.views.run_summary import outcome_lines
from phusong.vocabulary.book import Role
from phusong.vocabulary.errors import PhusongError

TASK = "run"


def follow_run(screen: Screen) -> None:
    """Say how many decisions the results do not show yet, and let them be made anew; planners only.

    Parameters
    ----------
    screen : of the page.
    """
    if not screen.may("ask_pending"):
        return
    st.header(screen.say("Results with what was delivered"))
    task = follow_task(screen, TASK)
    if task is not None and task.state == TaskState.RUNNING:
        return
    if task is not None and task.state == TaskState.DONE:
        _offer_map(screen)
    pending = ask_pending(screen.principal, screen.desk)
    _tell_pending(screen, pending)
    with st.form("deliveries run"):
        day = st.date_input(
            screen.say("Day the results speak of"),
            value=pending.as_of,
            max_value=max(pending.as_of, screen.desk.clock().date()),
            format="DD/MM/YYYY",
        )
        asked = st.form_submit_button(screen.say("Make the results anew"))
    if asked:
        living = str(screen.desk.province_file or "")
        given = (str(screen.folder), screen.speech.language, f"{day:%Y-%m-%d}", living)
        start_task(screen, TASK, run_anew, *given)
        st.rerun()


def _offer_map(screen: Screen) -> None:
    """Show the way to the map, which the results are on."""
    if st.button(screen.say("Open the map"), icon=":material/map:", key="deliveries map"):
        turn_to(screen, "overview", screen.place)


def _tell_pending(screen: Screen, pending: Pending) -> None:
    """Say how far the results are behind what was decided."""
    if pending.decisions:
        st.warning(
            screen.speech.count(
                "{n} decision is not in the results yet.",
                "{n} decisions are not in the results yet.",
                pending.decisions,
            )
        )
    else:
        st.caption(
            screen.say(
                "The results show every decision up to {day}.", day=screen.speech.day(pending.as_of)
            )
        )
    if pending.later:
        st.info(
            screen.speech.count(
                "{n} accepted report from the spot is from after {day}; choose a later day to count it.",
                "{n} accepted reports from the spot are from after {day}; choose a later day to count them.",
                pending.later,
                day=screen.speech.day(pending.as_of),
            )
        )


def run_anew(
    tell: Callable[[float, str], None],
    folder: str,
    language: str,
    day: str,
    province_file: str = "",
) -> str:
    """Run what is stale of the province behind the results; runs in a process of its own.

    Parameters
    ----------
    tell : takes how far it is and what it is at.
    folder : output folder.
    language : `vi` or `en`.
    day : the day the results speak of, ISO.
    province_file : where the province file is now; empty: where the run left it.
    """
    _, _, manifest = read_settings(Path(folder))
    path = find_province_file(Path(folder), Path(province_file) if province_file else None)
    begun: list[str] = []

    def _listen(stage: Stage, _fresh: bool) -> None:
        tell(len(begun) / len(STAGES), stage.vi if language == "vi" else stage.en)
        begun.append(stage.name)

    done = run_province(
        path,
        Path(folder),
        scenario=manifest.scenario,
        as_of=date.fromisoformat(day),
        listener=_listen,
    )
    first, *others = outcome_lines(vars(done), describe_runs(Path(folder)), language)
    return "\n".join([first + "\n", *(f"- {line.strip()}" for line in others)])


def show_decided(screen: Screen) -> None:
    """Show what was decided about kinds that the role delivers, and let one be taken out again.

    Parameters
    ----------
    screen : of the page.
    """
    st.header(screen.say("Decided before"))
    labels = {
        "at": screen.say("When"), "kind": screen.say("What the file is"), "verdict": screen.say("Decision"),
        "effect": screen.say("Effect"), "rows_in": screen.say("Rows in"),
        "rows_accepted": screen.say("Accepted"), "rows_quarantined": screen.say("Set aside"),
        "role": screen.say("Role"), "why": screen.say("Why"),
    }  # fmt: skip
    told = ask_deliveries(screen.principal, screen.desk)
    clock = told.assign(at=told["at"].map(screen.speech.moment)) if len(told) else told
    effect = clock["effect"].where(clock["verdict"] == Verdict.ACCEPTED)
    words: dict[str, Any] = {
        "kind": SourceKind, "verdict": Verdict, "role": Role, "effect": Effect,
    }  # fmt: skip
    show_list(
        screen,
        write_words(screen, clock.assign(effect=effect), tuple(labels), words=words, labels=labels),
        empty=screen.say("Nothing has been decided yet."),
    )
    if told["counts"].any():
        _withdraw(screen, clock[clock["counts"].astype(bool)].set_index("name"))


def _withdraw(screen: Screen, counting: pd.DataFrame) -> None:
    """Let a delivery that counts be taken out again."""

    def _describe(name: str) -> str:
        row = counting.loc[name]
        kind = screen.speech.term(SourceKind.of(row["kind"]))
        return f"{row['at']} · {kind} · {screen.speech.number(row['rows_accepted'])}"

    with (
        st.expander(screen.say("Take a delivery out again")),
        st.form("deliveries withdraw", clear_on_submit=True),
    ):
        name = st.selectbox(screen.say("Delivery"), counting.index.tolist(), format_func=_describe)
        why = st.text_input(
            screen.say("Reason, without names or numbers of persons"), max_chars=200
        )
        asked = st.form_submit_button(screen.say("Take it out"))
    if not asked or name is None:
        return
    try:
        withdraw_delivery(screen.principal, screen.desk, str(name), why=why)
    except PhusongError as fault:
        st.error(tell_fault(screen.speech, fault))
        return
    st.rerun()
