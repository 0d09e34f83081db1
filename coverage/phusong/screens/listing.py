"""Tables as people read them: labels for columns, words for codes, names for places, a count above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from numbers import Number
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from phusong.access.questions.findings import ask_summary
from phusong.access.questions.names import ask_names
from phusong.screens.frame import Screen
from phusong.screens.speech import MISSING, word
from phusong.vocabulary.book import Lack
from phusong.vocabulary.schema import Table
from phusong.vocabulary.terms import Edition, Operator, Term

#: How long a pseudonym is shown: enough to tell two apart, short enough to be read out.
SHORT = 11
#: Width of a letter, of a cell's edges, of the widest column [px]; how much longer a cell is that is cut off.
LETTER_PX, EDGE_PX, WIDEST_PX, OUTLIER = 6.6, 22, {False: 240, True: 560}, 1.3
#: A table of so few columns has room for long ones.
FEW = 6
#: Columns of codes that show names, and what they are called then.
PLACES = {"hamlet_id": word("Hamlet"), "commune_code": word("Commune"), "school_id": word("School")}


def write_words(
    screen: Screen,
    frame: pd.DataFrame,
    columns: Sequence[str],
    *tables: Table,
    words: Mapping[str, type[Term] | type[Operator]] | None = None,
    labels: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return columns of a table with labels for their names, words for their terms, names for their codes.

    A column in which nothing stands is left out.

    Parameters
    ----------
    screen : of the page.
    frame : the table.
    columns : which, in their order; those that the frame lacks are left out.
    tables : that declare the columns.
    words : column → closed list, for columns that no table declares.
    labels : column → label, before those of the tables.
    """
    lists = {c.name: c.terms for t in tables for c in t.columns if c.terms is not None}
    lists |= dict(words or {})
    names = screen.ask(ask_names)
    shown = frame[[c for c in columns if c in frame]].copy()
    for column in shown:
        if column in lists:
            shown[column] = shown[column].map(_label(screen, lists[column]), na_action="ignore")
        elif column in names:
            known = names[column]
            shown[column] = shown[column].map(lambda c, k=known: k.get(c, c), na_action="ignore")
        elif column == "lacks":
            known = {str(n): screen.speech.term(n) for n in Lack}
            shown[column] = shown[column].map(
                lambda t, k=known: _list_words(t, k), na_action="ignore"
            )
        elif column.endswith("_year"):  # a number that nobody counts with: 2021, and not 2.021
            shown[column] = shown[column].map("{:d}".format, na_action="ignore")
        elif column == "student_key":
            shown[column] = shown[column].str.slice(0, SHORT)
        elif column.endswith("_on") or str(shown[column].dtype).startswith("datetime"):
            shown[column] = pd.to_datetime(shown[column]).dt.date
    described = shown.drop(columns=[c for c in shown if shown[c].isna().all() and len(shown)])
    places = {code: screen.say(place) for code, place in PLACES.items()}
    return described.rename(columns=screen.speech.columns(*tables) | places | dict(labels or {}))


def _list_words(told: str, known: Mapping[str, str]) -> str:
    """Return several codes, parted by |, as words."""
    return ", ".join(known.get(code, code) for code in told.split("|"))


def _label(screen: Screen, terms: type[Term] | type[Edition] | type[Operator]) -> Any:
    """Return what writes a code of a closed list as its label."""
    known = {str(t): screen.speech.term(t) for t in terms.list_terms()}
    return lambda code: known.get(str(code), str(code))


def write_head(screen: Screen, title: str) -> list[str]:
    """Return what stands above a table that is saved: what, where, as of when, and whether it is made up.

    Parameters
    ----------
    screen : of the page.
    title : what the table holds.
    """
    summary = screen.ask(ask_summary)
    head = [title, f"{summary['province']} · {screen.speech.day(summary['as_of'])}"]
    made_up = [screen.say("Made-up data, not real figures")] if summary["demonstration"] else []
    return [*head, *made_up]


def show_list(screen: Screen, shown: pd.DataFrame, *, empty: str) -> None:
    """Show a table that `write_words` has written; a sentence where it has no rows.

    Parameters
    ----------
    screen : of the page.
    shown : the table.
    empty : what to say, and what to do, where there is nothing.
    """
    if shown.empty:
        st.info(empty)
        return
    st.dataframe(_write_values(screen, shown), **_lay_out(shown))


def pick_row(screen: Screen, shown: pd.DataFrame, *, key: str, empty: str) -> int | None:
    """Show a table of which one row can be chosen, and return its place; None where none is.

    Parameters
    ----------
    screen : of the page.
    shown : the table.
    key : of the choice, on this page alone.
    empty : what to say where there is nothing.
    """
    if shown.empty:
        st.info(empty)
        return None
    st.caption(screen.say("Tick a row to see more of it."))
    event: Any = st.dataframe(
        _write_values(screen, shown),
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        **_lay_out(shown),
    )
    rows = event.selection.rows
    return int(rows[0]) if rows else None


def _write_values(screen: Screen, shown: pd.DataFrame) -> Styler:
    """Return a table whose numbers and days are written in the page's language, and sort as what they are.

    Left to itself, Streamlit writes them as the browser's language does, whatever that is.
    """
    speech = screen.speech
    numbers = shown.select_dtypes("number").columns
    days = [c for c in shown if shown[c].map(lambda v: isinstance(v, date)).any()]
    forms = dict.fromkeys(numbers, speech.figure) | dict.fromkeys(days, speech.day)
    return shown.style.format(forms, na_rep=MISSING)


def _lay_out(shown: pd.DataFrame) -> dict[str, Any]:
    """Return how a table is laid out: no index, a dash for what is missing, columns wide enough to be read.

    Streamlit's grid measures a column by its usual cells and cuts off those that are much longer, such as
    the one sum of thousands of millions among noughts; such a column is given its width.
    """
    lengths = {c: shown[c].map(_count_letters) for c in shown}
    widest = WIDEST_PX[len(shown.columns) <= FEW]
    wide = {
        c: st.column_config.Column(width=min(round(LETTER_PX * n.max()) + EDGE_PX, widest))
        for c, n in lengths.items()
        if n.max() > OUTLIER * max(n.mean(), len(str(c)))
    }
    return {"hide_index": True, "width": "stretch", "placeholder": MISSING, "column_config": wide}


def _count_letters(value: Any) -> int:
    """Return about how many letters a cell takes; marks between thousands are letters too."""
    if isinstance(value, Number):
        return 0 if pd.isna(value) else len(f"{value:,}")
    return len(value) if isinstance(value, str) else 0
