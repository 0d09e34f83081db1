"""What is done with kept plans: made again, shown everywhere, withdrawn, put beside each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import streamlit as st

from phusong.access.actions.plans import choose_plan, withdraw_kept_plan
from phusong.access.questions.plans import ask_difference
from phusong.pipeline.rollout import replan_province
from phusong.screens.deeds import ask_reason, do_once
from phusong.screens.frame import Screen
from phusong.screens.listing import show_list, write_words
from phusong.screens.speech import Speech
from phusong.screens.tasks import start_task
from phusong.vocabulary.options import PlanChange
from phusong.vocabulary.tables.plans import PLAN_DIFFERENCE
from phusong.vocabulary.tables.results import GAPS
from phusong.vocabulary.terms import Operator


def plan_again(
    progress: Callable[[float, str], None], folder: str, name: str, author: str, language: str
) -> str:
    """Plan again what a kept plan was asked; runs in a process of its own.

    Parameters
    ----------
    progress : takes how far it is and what it is at.
    folder : output folder.
    name : of the plan.
    author : role and organisation that asked for it.
    language : `vi` or `en`.
    """
    progress(0.1, "")
    text = replan_province(Path(folder), name, author=author)
    return Speech(language).say(
        "the plan reaches {n} of {all} hamlets",
        n=int(text[0]["hamlets_reached"]),
        all=int(text[0]["hamlets"]),
    )


def show_steps(screen: Screen, plan: pd.Series, task: str) -> None:
    """Offer what a planner can do with a plan: make it again, show it everywhere, withdraw it.

    Parameters
    ----------
    screen : of the page.
    plan : row of `ask_scenarios`.
    task : kind of the task that plans, which the page follows.
    """
    name = str(plan["name"])
    if plan["stale"] and st.button(screen.say("Plan again"), key=f"again {name}", type="primary"):
        who = f"{screen.speech.term(screen.principal.role)}, {screen.principal.organisation}"
        start_task(screen, task, plan_again, str(screen.folder), name, who, screen.language)
        st.rerun()
    if plan["shown"]:
        st.caption(screen.say("The map, the pages and the reports show this plan."))
    elif st.button(screen.say("Show this plan on the map, pages and reports"), key=f"show {name}"):
        do_once(
            screen,
            f"show {name}",
            lambda _: choose_plan(screen.principal, screen.desk, name),
            lambda chosen: screen.say("Plan {name} is shown from now on.", name=chosen),
        )
    if not plan["shown"]:
        _offer_withdrawal(screen, name)


def _offer_withdrawal(screen: Screen, name: str) -> None:
    """Offer to withdraw a plan, with a reason."""
    with st.expander(screen.say("Withdraw this plan")):
        why = ask_reason(screen, f"withdraw {name}")
        if st.button(screen.say("Withdraw"), key=f"withdraw {name}", disabled=not why.strip()):
            do_once(
                screen,
                f"withdraw {name}",
                lambda _: withdraw_kept_plan(screen.principal, screen.desk, name, why=why),
                lambda gone: screen.say("Plan {name} is withdrawn.", name=gone),
            )


def show_difference(screen: Screen, plan: str, names: Mapping[str, str]) -> None:
    """Show, against a plan that is chosen, which hamlets a plan gains and loses, and for how much.

    Parameters
    ----------
    screen : of the page.
    plan : name of the plan in view, B.
    names : what people call each kept plan, by its name.
    """
    st.header(screen.say("What this plan changes against another"))
    other = st.selectbox(
        screen.say("Other plan (A)"),
        [name for name in names if name != plan],
        index=None,
        format_func=lambda name: names.get(name, name),
        placeholder=screen.say("Choose a plan"),
        key="scenarios difference",
    )
    if other is None or other not in names or other == plan:
        return
    changed = screen.ask(ask_difference, other, plan)
    counts = changed["change"].value_counts()
    values = {
        "gained": int(counts.get(PlanChange.GAINED, 0)),
        "lost": int(counts.get(PlanChange.LOST, 0)),
    }
    text = screen.say("{gained} hamlets more, {lost} fewer", **values)
    if "more_vnd" in changed:
        more = screen.speech.number(int(changed["more_vnd"].sum()))
        text += "; " + screen.say("difference in cost: {vnd} VND", vnd=more)
    st.markdown(f"**{text}**")
    words = {"operator_a": Operator, "operator_b": Operator}
    columns = [name for name in PLAN_DIFFERENCE.names if name != "pupils"] + ["pupils"]
    show_list(
        screen,
        write_words(screen, changed, columns, PLAN_DIFFERENCE, GAPS, words=words),
        empty=screen.say("The two plans do the same for every hamlet."),
    )
