"""The official gap of a hamlet: white or partial, and which of its centre and clusters has no signal."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from phusong.access.questions.findings import ask_network
from phusong.gaps.official import assess_points
from phusong.screens.frame import Screen
from phusong.screens.listing import show_list, write_words
from phusong.vocabulary.tables.networks import RESIDENTIAL_SIGNAL
from phusong.vocabulary.terms import Evidence, OfficialGap

PLACES = ("kind", "cluster", "name", "households", "signal", "evidence")


def show_gap(screen: Screen, hamlet: pd.Series) -> None:
    """Show whether a hamlet is in a white or partial gap, and how many of its clusters are without signal.

    Parameters
    ----------
    screen : of the page.
    hamlet : row of table `gaps`.
    """
    technologies = str(hamlet["official_technologies"])
    st.text(
        screen.say(
            "White, partial gap (counting {technologies}): {gap}; {evidence}.",
            technologies=technologies.replace("|", ", "),
            gap=OfficialGap.of(str(hamlet["official_gap"])),
            evidence=Evidence.of(str(hamlet["official_evidence"])),
        )
    )
    st.text(_write_clusters(screen, hamlet))
    if hamlet["gap_4g5g"] != hamlet["official_gap"]:
        other = OfficialGap.of(str(hamlet["gap_4g5g"]))
        st.text(screen.say("By 4G and 5G alone: {gap}.", gap=other))


def _write_clusters(screen: Screen, hamlet: pd.Series) -> str:
    """Return how many clusters have no signal, of how many, and their households."""
    if hamlet["clusters"] == 0:
        return screen.say("Residential clusters: unknown, none was delivered.")
    counts = {n: int(hamlet[n]) for n in ("clusters", "dark_clusters", "unknown_clusters")}
    line = screen.say(
        "Residential clusters without signal: {dark_clusters} of {clusters}; unknown: {unknown_clusters}.",
        **counts,
    )
    if not counts["dark_clusters"]:
        return line
    more = screen.say("Their households are unknown.")
    if pd.notna(hamlet["dark_households"]):
        more = screen.say("Their households: {n}.", n=int(hamlet["dark_households"]))
    return f"{line} {more}"


def show_places(screen: Screen, hamlet_id: str, hamlet: pd.Series) -> None:
    """Show the centre and each cluster, with signal or without, and by which evidence.

    Parameters
    ----------
    screen : of the page.
    hamlet_id : the hamlet.
    hamlet : row of table `gaps`.
    """
    st.caption(screen.say("Culture house or centre, and each residential cluster."))
    technologies = str(hamlet["official_technologies"])
    rows = screen.ask(ask_network, RESIDENTIAL_SIGNAL.name)
    points = assess_points(rows[rows["hamlet_id"] == hamlet_id], technologies.split("|"))
    words = {True: screen.say("signal"), False: screen.say("no signal")}
    unknown = screen.say("unknown")
    signal = [unknown if pd.isna(s) else words[bool(s)] for s in points["served"]]
    ordered = points.assign(signal=signal).sort_values("cluster")
    label = {"signal": screen.say("Signal")}
    described = write_words(screen, ordered, PLACES, RESIDENTIAL_SIGNAL, labels=label)
    show_list(screen, described, empty=screen.say("Neither its centre nor a cluster is known."))
