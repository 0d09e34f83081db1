"""One hamlet: who reaches it and how sure that is, how many learn there, what is planned, what is wrong."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from phusong.access.questions.counts import ask_counts
from phusong.access.questions.findings import ask_gaps
from phusong.access.questions.names import ask_names
from phusong.access.questions.plans import ask_plan
from phusong.screens.deeds import show_answer
from phusong.screens.frame import Screen, open_screen
from phusong.screens.hamlet_former import find_present, show_former, show_parts
from phusong.screens.hamlet_gap import show_gap, show_places
from phusong.screens.hamlet_records import show_records
from phusong.screens.hamlet_report import show_report
from phusong.screens.hamlet_signal import show_class, show_signal
from phusong.screens.listing import show_list, write_words
from phusong.screens.map.component import show_map
from phusong.screens.place import Place, go_to
from phusong.screens.plan_state import show_plan_state
from phusong.vocabulary.pupils import CountedUnit
from phusong.vocabulary.tables.plans import ROLLOUT
from phusong.vocabulary.tables.pupils import ALL_LEVELS
from phusong.vocabulary.tables.results import GAPS
from phusong.vocabulary.terms import LocationQuality, Operator

PLANNED = (
    "option", "operator", "wave", "basis", "basis_id", "basis_on", "basis_probability", "capex_vnd",
    "pupils_connected",
)  # fmt: skip
COUNTED = ("pupils", "without_device", "eligible")


def show() -> None:
    """Show the page."""
    screen = open_screen("hamlet")
    gaps = screen.ask(ask_gaps)
    chosen = _choose(screen, gaps)
    if chosen is None:
        st.title(screen.say("Hamlet"))
        show_parts(screen)
        st.info(screen.say("Choose a hamlet: by its name, or on the map."))
        show_map(screen, key="hamlet map")
        return
    hamlet = gaps.set_index("hamlet_id").loc[chosen]
    _show_head(screen, chosen, hamlet)
    show_class(screen, hamlet)
    show_gap(screen, hamlet)
    show_answer()
    show_signal(screen, chosen)
    show_places(screen, chosen, hamlet)
    _show_pupils(screen, chosen)
    _show_plan(screen, chosen)
    show_records(screen, chosen)
    if screen.may("file_challenge"):
        show_report(screen, chosen)


def _choose(screen: Screen, gaps: pd.DataFrame) -> str | None:
    """Return the hamlet that is chosen, from the list or the address bar; None where there is none."""
    names = screen.ask(ask_names)
    ids = gaps["hamlet_id"].tolist()
    communes = dict(zip(ids, gaps["commune_code"], strict=True))
    here = find_present(screen, screen.place.hamlet, communes)

    def _call(hamlet_id: str) -> str:
        commune = names["commune_code"].get(communes[hamlet_id], communes[hamlet_id])
        return f"{names['hamlet_id'].get(hamlet_id, hamlet_id)}, {commune}"

    chosen = st.selectbox(
        screen.say("Hamlet, ward"),
        sorted(ids, key=_call),
        index=None if here is None else sorted(ids, key=_call).index(here),
        format_func=_call,
        placeholder=screen.say("Type a part of the name"),
    )
    if chosen is not None and chosen != here:
        go_to(Place(commune=communes[chosen], hamlet=chosen))
    return None if chosen is None else str(chosen)


def _show_head(screen: Screen, hamlet_id: str, hamlet: pd.Series) -> None:
    """Show name, commune, inhabitants, and how well its place is known."""
    names = screen.ask(ask_names)
    st.title(names["hamlet_id"].get(hamlet_id, hamlet_id))
    commune = names["commune_code"].get(hamlet["commune_code"], hamlet["commune_code"])
    people = screen.speech.number(hamlet["population"])
    told = screen.say("{commune} · {n} inhabitants", commune=commune, n=people)
    place = screen.speech.term(LocationQuality.of(str(hamlet["location_quality"])))
    st.caption(f"{told} · {place}")
    show_former(screen, hamlet_id)


def _show_pupils(screen: Screen, hamlet_id: str) -> None:
    """Show how many learn here, as far as the role may know."""
    if not screen.may("ask_counts"):
        return
    counts = ask_counts(screen.principal, screen.desk)
    mine = counts[
        (counts["unit"] == CountedUnit.HAMLET)
        & (counts["unit_code"] == hamlet_id)
        & (counts["level"] == ALL_LEVELS)
    ]
    st.header(screen.say("Pupils"))
    labels = (screen.say("Pupils"), screen.say("without a device"), screen.say("eligible"))
    values = mine.iloc[0] if len(mine) else {}
    for place, label, name in zip(st.columns(3), labels, COUNTED, strict=True):
        place.metric(label, screen.speech.number(values.get(name)))
    st.caption(screen.say("A dash: nothing is known, or the number would tell of single pupils."))


def _show_plan(screen: Screen, hamlet_id: str) -> None:
    """Show what is planned for it."""
    if not screen.may("ask_plan"):
        return
    plan = screen.ask(ask_plan, "rollout")
    mine = plan[plan["hamlet_id"] == hamlet_id] if len(plan) else plan
    st.header(screen.say("What is planned"))
    show_plan_state(screen, key="hamlet plan again")
    show_list(
        screen,
        write_words(screen, mine, PLANNED, ROLLOUT, GAPS, words={"operator": Operator}),
        empty=screen.say("Nothing is planned here."),
    )
