"""Plans and scenarios: what each costs and whom it connects, beside the one shown; a new one as a task."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import streamlit as st

from phusong.access.questions.plans import ask_plan
from phusong.access.questions.scenarios import PICTURES, ask_picture, ask_scenarios
from phusong.pipeline.planning import Money
from phusong.pipeline.rollout import plan_province
from phusong.screens.deeds import show_answer
from phusong.screens.frame import Screen, open_screen
from phusong.screens.listing import show_list, write_words
from phusong.screens.plan_state import show_plan_state, write_bases
from phusong.screens.scenarios_map import show_plan_map
from phusong.screens.scenarios_steps import show_difference, show_steps
from phusong.screens.speech import Speech
from phusong.screens.tasks import follow_task, start_task
from phusong.vocabulary.options import ScenarioName
from phusong.vocabulary.tables.plans import ROLLOUT
from phusong.vocabulary.tables.results import GAPS
from phusong.vocabulary.terms import Operator

TASK = "plan rollout"
MILLION = 1_000_000
MOST_WAVES = 10
SHOWN = (
    "hamlet_id",
    "commune_code",
    "class",
    "option",
    "operator",
    "wave",
    "basis",
    "basis_on",
    "basis_probability",
    "capex_vnd",
    "pupils_connected",
)


def show() -> None:
    """Show the page."""
    screen = open_screen("scenarios")
    st.title(screen.say("Plan and scenarios"))
    st.caption(
        screen.say(
            "What reaches which hamlet, in which year, and what another choice would change."
        )
    )
    show_answer()
    follow_task(screen, TASK)
    kept = ask_scenarios(screen.principal, screen.desk)
    if kept.empty:
        st.info(screen.say("No plan has been made yet."))
    else:
        _show_kept(screen, kept)
    if screen.may("ask_picture"):
        _show_form(screen)
        _show_pictures(screen)


def _show_kept(screen: Screen, kept: pd.DataFrame) -> None:
    """Show a plan beside the one that is shown everywhere, its hamlets, and what else can be done with it."""
    told = kept.set_index("name", drop=False)
    names = {name: call_plan(screen, row) for name, row in told.iterrows()}
    first = next((n for n, mark in told["shown"].items() if mark), told.index[0])
    chosen = st.selectbox(
        screen.say("Plan"),
        list(names),
        index=list(names).index(first),
        format_func=lambda name: names.get(name, name),
    )
    plan = told.loc[chosen]
    _show_figures(screen, plan, told.loc[first])
    st.caption(write_bases(screen, plan["hamlets_planned"], plan["hamlets_promised"]))
    if author := str(plan["author"]):
        st.caption(screen.say("Made by: {author}", author=author))
    show_plan_state(screen, str(chosen))
    if screen.may("choose_plan"):
        show_steps(screen, plan, TASK)
    show_plan_map(screen, str(chosen), names)
    rollout = screen.ask(ask_plan, "rollout", str(chosen))
    waves = sorted(int(w) for w in rollout["wave"].dropna().unique())
    wave = st.pills(screen.say("Wave"), waves, selection_mode="multi")
    shown = rollout[rollout["wave"].isin(wave)] if wave else rollout
    st.caption(screen.say("{n} of {all} hamlets", n=len(shown), all=len(rollout)))
    show_list(
        screen,
        write_words(screen, shown, SHOWN, ROLLOUT, GAPS, words={"operator": Operator}),
        empty=screen.say("Nothing is planned here."),
    )
    if len(kept) > 1:
        show_difference(screen, str(chosen), names)
        _compare(screen, kept)


def call_plan(screen: Screen, plan: pd.Series) -> str:
    """Return what a kept plan is called where one is chosen: scenario, budget, years, name.

    Parameters
    ----------
    screen : of the page.
    plan : row of `ask_scenarios`.
    """
    parts = [screen.speech.term(ScenarioName.of(plan["scenario"]))]
    if "asked_vnd" in plan and pd.notna(plan["asked_vnd"]):
        budget = screen.speech.decimal(float(plan["asked_vnd"]) / MILLION, 0)
        parts.append(screen.say("budget {budget} million VND", budget=budget))
    parts.append(screen.say("{n} years", n=int(plan["waves"])))
    if plan["stale"]:
        parts.append(screen.say("out of date"))
    return f"{', '.join(parts)} ({plan['name']})"


def _show_figures(screen: Screen, plan: pd.Series, base: pd.Series) -> None:
    """Show a plan's figures, and how far they lie from those of the plan that is shown everywhere."""
    speech = screen.speech
    pairs = [
        (
            screen.say("Hamlets reached if every promise is kept"),
            "hamlets_reached",
            "hamlets",
            speech.number,
        ),
        (
            screen.say("Pupils reached if every promise is kept"),
            "weight_reached",
            "weight",
            speech.number,
        ),
    ]
    columns = st.columns(3)
    for place, (label, done, of, write) in zip(columns, pairs, strict=False):
        delta = float(plan[done]) - float(base[done])
        told = f"{write(plan[done])} / {write(plan[of])}"
        place.metric(label, told, None if delta == 0 else f"{delta:+.0f}")
    if "cost_vnd" in plan:
        delta = float(plan["cost_vnd"] - base["cost_vnd"]) / MILLION
        told = speech.decimal(float(plan["cost_vnd"]) / MILLION, 0)
        columns[2].metric(
            screen.say("Cost, million VND"),
            told,
            None if delta == 0 else f"{delta:+.0f}",
            delta_color="inverse",
        )
        low, high = (
            speech.decimal(float(plan[n]) / MILLION, 0) for n in ("cost_low_vnd", "cost_high_vnd")
        )
        columns[2].caption(screen.say("between {low} and {high}", low=low, high=high))


def _compare(screen: Screen, kept: pd.DataFrame) -> None:
    """Show all plans in one table, with the budget and the years that made them."""
    labels = {
        "name": screen.say("Name of the plan"),
        "scenario": screen.say("Scenario"),
        "asked_vnd": screen.say("Budget, VND (empty: whatever it takes)"),
        "waves": screen.say("Years"),
        "hamlets_reached": screen.say("Hamlets reached if every promise is kept"),
        "hamlets_planned": screen.say("by the plan"),
        "hamlets_promised": screen.say("promised or being built"),
        "weight_reached": screen.say("Pupils reached if every promise is kept"),
        "cost_vnd": screen.say("Cost, VND"),
        "made_on": screen.say("Made on"),
        "as_of": screen.say("Data of"),
        "state": screen.say("State"),
    }
    st.header(screen.say("Plans side by side"))
    days = {
        name: pd.to_datetime(kept[name].str.slice(0, 10)).dt.date for name in ("made_on", "as_of")
    }
    state = [_write_state(screen, row) for _, row in kept.iterrows()]
    shown = write_words(
        screen,
        kept.assign(**days, state=state),
        tuple(labels),
        words={"scenario": ScenarioName},
        labels=labels,
    )
    show_list(screen, shown, empty="")


def _write_state(screen: Screen, plan: pd.Series) -> str:
    """Return whether a plan is the one shown everywhere, and whether it is out of date."""
    marks = [screen.say("shown everywhere")] if plan["shown"] else []
    return ", ".join(
        [*marks, screen.say("out of date") if plan["stale"] else screen.say("current")]
    )


def plan_anew(
    tell: Callable[[float, str], None],
    folder: str,
    scenario: str,
    budget_vnd: int,
    waves: int,
    author: str,
    language: str,
    name: str = "",
) -> str:
    """Plan the rollout; runs in a process of its own.

    Parameters
    ----------
    tell : takes how far it is and what it is at.
    folder : output folder.
    scenario : a word of `ScenarioName`.
    budget_vnd : for all waves together [VND]; 0: whatever it takes.
    waves : number of waves, one a year; 0: as the parameters say.
    author : role and organisation that asked for it.
    language : `vi` or `en`.
    name : of the plan; empty: made of scenario, budget and years.
    """
    tell(0.1, "")
    money = Money(waves=waves or None, budget_vnd=float(budget_vnd) if budget_vnd else None)
    told = plan_province(Path(folder), scenario=scenario, money=money, author=author, name=name)
    return Speech(language).say(
        "the plan reaches {n} of {all} hamlets",
        n=int(told[0]["hamlets_reached"]),
        all=int(told[0]["hamlets"]),
    )


def _show_form(screen: Screen) -> None:
    """Show the few levers of a new plan."""
    with st.form("scenarios plan"):
        st.header(screen.say("Plan anew"))
        scenario = st.selectbox(
            screen.say("Scenario"),
            list(ScenarioName),
            format_func=screen.speech.term,
            key="scenarios new",
        )
        budget = st.number_input(
            screen.say("Budget, million VND (0: whatever it takes)"), min_value=0, value=0, step=500
        )
        waves = st.number_input(
            screen.say("Waves, one a year (0: as the parameters say)"),
            min_value=0, max_value=MOST_WAVES, value=0, step=1,
        )  # fmt: skip
        name = st.text_input(
            screen.say("Name of the plan, small letters and digits (empty: made of the above)"),
            key="scenarios name",
            max_chars=80,
        )
        asked = st.form_submit_button(screen.say("Make the plan"))
    if asked:
        who = f"{screen.speech.term(screen.principal.role)}, {screen.principal.organisation}"
        spent = int(budget) * MILLION
        given = (
            str(screen.folder),
            str(scenario),
            spent,
            int(waves),
            who,
            screen.language,
            name.strip(),
        )
        start_task(screen, TASK, plan_anew, *given)
        st.rerun()


def _show_pictures(screen: Screen) -> None:
    """Show what each budget connects, where plans were compared."""
    for name in PICTURES:
        if picture := screen.ask(ask_picture, name):
            st.image(picture, width="stretch")
