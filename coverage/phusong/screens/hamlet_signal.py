"""Why a hamlet is in its class: the rule, who reaches it by what, how sure that is, and the nearest fibre."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from phusong.access.questions.findings import ask_network
from phusong.screens.frame import Screen
from phusong.screens.listing import show_list, write_words
from phusong.vocabulary.tables.networks import REACH, SIGNAL
from phusong.vocabulary.terms import Cause, FibreBasis, GapClass, Operator, Status, Technology

#: As the rule of classes asks for them: fibre, then the newest mobile technology.
ORDER = [str(Technology.FIBRE), *(str(t) for t in reversed(Technology) if t != Technology.FIBRE)]
ANY = (
    "technology",
    "status",
    "served_share",
    "indoor_share",
    "ground_share",
    "probability",
    "flat_share",
    "site_distance_m",
    "operators",
)
EACH = (
    "technology", "operator", "status", "served_share", "indoor_share", "ground_share", "probability",
    "evidence", "as_of", "operator_share", "signal_dbm", "margin_db", "terrain_loss_db", "distance_m",
)  # fmt: skip
SHARES = (
    "served_share", "indoor_share", "ground_share", "probability", "flat_share", "operator_share",
)  # fmt: skip
LEVELS = ("signal_dbm", "margin_db", "terrain_loss_db")


def show_class(screen: Screen, hamlet: pd.Series) -> None:
    """Show the class, the rule behind it, the cause, and what may be wrong with it.

    Parameters
    ----------
    screen : of the page.
    hamlet : row of table `gaps`.
    """
    st.header(screen.speech.term(GapClass.of(str(hamlet["class"]))))
    told = {
        n: Status.of(str(hamlet[c]))
        for n, c in (
            ("fibre", "fibre"), ("g5", "mobile_5g"), ("g4", "mobile_4g"), ("g3", "mobile_3g"),
        )
    }  # fmt: skip
    inside = {f"in{n}g": screen.speech.share(hamlet[f"indoor_{n}g"]) for n in (5, 4, 3)}
    st.text(
        screen.say(
            "Rule: fibre – {fibre}; 5G – {g5} (indoors {in5g}); 4G – {g4} (indoors {in4g}); "
            "3G – {g3} (indoors {in3g}).",
            **told,
            **inside,
        )
    )
    if isinstance(hamlet["cause"], str) and hamlet["cause"]:
        st.text(screen.say("Cause: {cause}", cause=Cause.of(hamlet["cause"])))
    _show_ports(screen, hamlet)
    later = GapClass.of(str(hamlet["class_without_3g"]))
    if later != hamlet["class"]:
        st.text(screen.say("Once 3G is switched off: {grade}", grade=later))
    if hamlet["disagrees"]:
        st.warning(
            screen.say("Sources disagree here: measure on the spot before anything is built.")
        )


def _show_ports(screen: Screen, hamlet: pd.Series) -> None:
    """Say of a hamlet that counts as fibre ready whether free ports are too few, or not counted."""
    if hamlet["class"] != GapClass.K1:
        return
    short = hamlet.get("fibre_ports_short")
    if pd.isna(short):
        st.text(screen.say("Free fibre ports: not counted everywhere, so nobody knows."))
    elif short:
        st.warning(screen.say("Fewer free fibre ports than the stated share of households needs."))


def show_signal(screen: Screen, hamlet_id: str) -> None:
    """Show who reaches a hamlet: anybody by each technology, then each operator, then the nearest fibre.

    Parameters
    ----------
    screen : of the page.
    hamlet_id : the hamlet.
    """
    st.header(screen.say("Who reaches it"))
    empty = screen.say("Nothing is known of any network here: no data, which is not “no signal”.")
    reach = _tell(screen, "reach", hamlet_id)
    show_list(screen, write_words(screen, reach, EACH, REACH), empty=empty)
    _show_fibre(screen, reach[reach["technology"] == Technology.FIBRE])
    signal = _tell(screen, "signal", hamlet_id)
    if len(signal):
        st.caption(
            screen.say(
                "By any operator, and what terrain takes: the share there would be on flat ground."
            )
        )
        named = signal.assign(
            operators=signal["operators"].map(lambda t: _name_operators(screen, t))
        )
        show_list(screen, write_words(screen, named, ANY, SIGNAL), empty="")


def _tell(screen: Screen, table: str, hamlet_id: str) -> pd.DataFrame:
    """Return the rows of a hamlet, fibre first, figures as far as they mean anything."""
    rows = screen.ask(ask_network, table)
    mine = rows[rows["hamlet_id"] == hamlet_id].copy()
    mine = mine.sort_values("technology", key=lambda t: t.map(ORDER.index), kind="stable")
    for share in set(SHARES) & set(mine):
        mine[share] = mine[share].map(screen.speech.share)
    for level in set(LEVELS) & set(mine):
        mine[level] = mine[level].round(1)
    for metres in {"distance_m", "site_distance_m"} & set(mine):
        mine[metres] = mine[metres].round(0)
    return mine


def _name_operators(screen: Screen, told: object) -> str | None:
    """Return operators, parted by |, by their labels."""
    if not isinstance(told, str) or not told:
        return None
    return ", ".join(screen.speech.term(Operator(name)) for name in told.split("|"))


def _show_fibre(screen: Screen, fibre: pd.DataFrame) -> None:
    """Show the nearest live access node, and why it counts or does not."""
    near = fibre.dropna(subset=["distance_m"]).sort_values("distance_m")
    if near.empty:
        st.text(screen.say("Nearest fibre: no live access node is known."))
        return
    row = near.iloc[0]
    st.text(
        screen.say(
            "Nearest fibre: {metres} m, {operator}, node {node}; {basis}.",
            metres=int(row["distance_m"]),
            operator=Operator(str(row["operator"])),
            node=row["node_id"],
            basis=FibreBasis.of(str(row["fibre_basis"])),
        )
    )
