"""What operators promised, by operator and one by one, with how late each is."""

from __future__ import annotations

import pandas as pd

from phusong.views.documents.forms.frames import declare, list_rows
from phusong.views.documents.forms.report_words import Network, Say
from phusong.views.documents.inputs import COMMITMENTS, Cover
from phusong.views.documents.model import Cell, Column, Gap, Kind, Table, add_total
from phusong.views.documents.words import Word
from phusong.views.labels import tell
from phusong.vocabulary.book import CommitmentState
from phusong.vocabulary.terms import Operator

DONE = (CommitmentState.ON_AIR, CommitmentState.ACCEPTED)
#: The columns of a list of commitments.
LISTED = (
    ("operator", Kind.TEXT),
    ("commune", Kind.TEXT),
    ("hamlet", Kind.TEXT),
    ("technology", Kind.TEXT),
    ("solution", Kind.TEXT),
    ("due_on", Kind.DATE),
    ("state", Kind.TEXT),
    ("on_air_on", Kind.DATE),
    ("late_days", Kind.INT),
    ("obstacle", Kind.TEXT),
)


def print_operators(commitments: pd.DataFrame, cover: Cover) -> Table:
    """Return how far each operator has come; what was withdrawn is no commitment any more.

    Parameters
    ----------
    commitments : table COMMITMENTS.
    cover : for language, date and edition.
    """
    tongue = cover.language
    title = tell(Network.BY_OPERATOR, tongue)
    heads = (
        ("due", Network.DUE),
        ("done", Network.DONE),
        ("accepted", Network.ACCEPTED),
        ("late", Network.LATE),
        ("withdrawn", Network.WITHDRAWN),
    )
    columns = [Column("operator", tell(Network.OPERATOR, tongue))]
    columns += [Column(name, tell(head, tongue), Kind.INT) for name, head in heads]
    rate = Column("rate", tell(Say.RATE, tongue), Kind.SHARE, "%", ("done", "due"))
    columns.insert(3, rate)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (tell(operator, tongue), *_count(commitments[commitments["operator"] == operator]))
        for operator in Operator.list_with(commitments["operator"])
        if (commitments["operator"] == operator).any()
    )
    table = Table(title, title, tuple(columns), rows, as_of=cover.as_of, edition=cover.edition)
    return add_total(table, *(name for name, _ in heads), label=tell(Word.TOTAL, tongue))


def print_late(commitments: pd.DataFrame, language: str, *, skip: str = "") -> Table:
    """Return the commitments that are late, the latest first.

    Parameters
    ----------
    commitments : table COMMITMENTS.
    language : ``vi`` or ``en``.
    skip : a column that says nothing here.
    """
    late = commitments[is_late(commitments)]
    late = late.sort_values(["late_days", "commitment_id"], ascending=[False, True])
    return _list(late, tell(Network.LATE_LIST, language), language, skip=skip)


def print_progress(commitments: pd.DataFrame, language: str, *, skip: str = "") -> Table:
    """Return every commitment, by operator, commune and hamlet.

    Parameters
    ----------
    commitments : table COMMITMENTS.
    language : ``vi`` or ``en``.
    skip : a column that says nothing here.
    """
    order = ["operator", "commune", "hamlet", "commitment_id"]
    title = tell(Network.PROGRESS, language)
    return _list(commitments.sort_values(order), title, language, skip=skip)


def is_late(commitments: pd.DataFrame) -> pd.Series:
    """Return which commitments are late and still stand.

    Parameters
    ----------
    commitments : table COMMITMENTS.
    """
    open_ones = ~commitments["state"].isin((*DONE, CommitmentState.WITHDRAWN))
    return open_ones & (commitments["late_days"].fillna(0) > 0)


def _count(own: pd.DataFrame) -> tuple[int, ...]:
    """Return an operator's commitments: standing, done, accepted, late, withdrawn."""
    state = own["state"]
    withdrawn = int((state == CommitmentState.WITHDRAWN).sum())
    done, accepted = state.isin(DONE), state == CommitmentState.ACCEPTED
    late = int(is_late(own).sum())
    return (len(own) - withdrawn, int(done.sum()), int(accepted.sum()), late, withdrawn)


def _list(commitments: pd.DataFrame, title: str, language: str, *, skip: str = "") -> Table:
    """Return commitments one by one."""
    listed = [(name, kind) for name, kind in LISTED if name != skip]
    unit = {"late_days": tell(Say.DAY, language)}
    columns = [declare(COMMITMENTS, n, language, k, unit.get(n, "")) for n, k in listed]
    missing: dict[str, Cell] = {"due_on": Gap.UNKNOWN, "hamlet": Gap.UNKNOWN}
    names = [name for name, _ in listed]
    rows = list_rows(commitments, COMMITMENTS, names, language, missing=missing)
    return Table(title, title, tuple(columns), rows, numbered=True)
