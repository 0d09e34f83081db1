"""The hamlets that one was made of, and the present hamlet behind an id that holds no more."""

from __future__ import annotations

from collections.abc import Container

import streamlit as st

from phusong.access.questions.findings import ask_places
from phusong.access.questions.names import ask_names
from phusong.pipeline.hamlet_ids import find_present_ids
from phusong.places.former_hamlets import name_former
from phusong.screens.frame import Screen
from phusong.vocabulary.terms import HamletChange


def find_present(screen: Screen, hamlet_id: str | None, known: Container[str]) -> str | None:
    """Return the hamlet that an address of the page means at present; None where there is no single one.

    Parameters
    ----------
    screen : the page.
    hamlet_id : as the address has it, perhaps that of a former hamlet.
    known : present ids.
    """
    if hamlet_id is None or hamlet_id in known:
        return hamlet_id
    changes = screen.ask(ask_places, "hamlet_lineage")
    present = set(changes.loc[changes["from_hamlet_id"] == hamlet_id, "to_hamlet_id"])
    found = present.pop() if len(present) == 1 else None
    return found if found in known else None


def show_parts(screen: Screen) -> None:
    """Say of a former hamlet that the address names which hamlets it was split into; else nothing.

    Parameters
    ----------
    screen : the page.
    """
    asked = screen.place.hamlet
    parts = find_present_ids(screen.folder, asked) if asked else []
    names = screen.ask(ask_names)["hamlet_id"]
    known = [f"{names[part]} ({part})" for part in parts if part in names]
    if len(parts) > 1 and known:
        st.warning(
            screen.say(
                "{former} was split; at present it is in {parts}. Choose one of them.",
                former=asked,
                parts=", ".join(known),
            )
        )


def list_merged(screen: Screen, hamlet_id: str) -> dict[str, str]:
    """Return id → name of the former hamlets that lie whole in a present one beside others.

    Parameters
    ----------
    screen : the page.
    hamlet_id : present hamlet.
    """
    changes = screen.ask(ask_places, "hamlet_lineage")
    own = changes[changes["to_hamlet_id"] == hamlet_id].drop_duplicates("from_hamlet_id")
    parts = {former: find_present_ids(screen.folder, former) for former in own["from_hamlet_id"]}
    whole = own[own["from_hamlet_id"].map(lambda f: f != hamlet_id and parts[f] == [hamlet_id])]
    if len(own) < 2:
        return {}
    ends = zip(whole["from_kind"], whole["from_hamlet"], whole["from_hamlet_id"], strict=True)
    return {str(end[2]): name_former(*end) for end in ends}


def show_former(screen: Screen, hamlet_id: str) -> None:
    """Show what a hamlet was before, each with its id, decision and day; nothing where it was not changed.

    Parameters
    ----------
    screen : the page.
    hamlet_id : present hamlet.
    """
    changes = screen.ask(ask_places, "hamlet_lineage")
    for row in changes[changes["to_hamlet_id"] == hamlet_id].itertuples(index=False):
        words = [row.from_kind, row.from_hamlet, f"({row.from_hamlet_id})"]
        name = " ".join(w for w in words if isinstance(w, str))
        decision = row.decision.replace("|", "; ") if isinstance(row.decision, str) else ""
        day = screen.speech.day(row.changed_on.date())
        change = screen.speech.term(HamletChange.of(row.change))
        st.caption(" · ".join(part for part in (change, name, day, decision) if part))
