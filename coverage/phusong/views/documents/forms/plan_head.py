"""What stands above the figures of a rollout plan in a report: which plan, how old, on whose word."""

from __future__ import annotations

import pandas as pd

from phusong.views.documents.forms.frames import begin_large
from phusong.views.documents.forms.plan_words import PlanWord
from phusong.views.documents.forms.report_words import Network
from phusong.views.documents.inputs import PlanState
from phusong.views.documents.model import Block, Cell, Column, Kind, Paragraph, Table
from phusong.views.figures import format_date, format_number
from phusong.views.labels import tell
from phusong.vocabulary.options import ConnectionBasis
from phusong.vocabulary.terms import Operator

_PROMISED = (ConnectionBasis.COMMITTED, ConnectionBasis.BUILDING)


def head_plan(plan: PlanState | None, villages: pd.DataFrame, language: str) -> tuple[Block, ...]:
    """Return which plan it is, a warning where it is out of date, and what it leaves to operators.

    Parameters
    ----------
    plan : which; None: not known, then nothing is said of it.
    villages : table VILLAGES.
    language : ``vi`` or ``en``.
    """
    if plan is None:
        return ()
    blocks: list[Block] = [Paragraph(_name(plan, language))]
    if plan.outdated:
        date = format_date(plan.data_on)
        blocks.append(Paragraph(tell(PlanWord.OUTDATED, language, date=date), strong=True))
    if plan.bases is None:
        return tuple(blocks)
    reached = villages["wave"].notna()
    owed = reached & mark_promised(villages, plan.bases)
    counts = {"planned": int((reached & ~owed).sum()), "promised": int(owed.sum())}
    blocks.append(Paragraph(tell(PlanWord.BY_BASIS, language, **counts)))
    if owed.any():
        promised = villages.loc[owed, ["hamlet_id", "operator"]].merge(plan.bases, on="hamlet_id")
        blocks.append(print_promised(promised, language))
    return tuple(blocks)


def mark_promised(villages: pd.DataFrame, bases: pd.DataFrame) -> pd.Series:
    """Return which hamlets rest on what operators have taken on or are building.

    Parameters
    ----------
    villages : table VILLAGES.
    bases : table BASES.
    """
    known = bases.set_index("hamlet_id")["basis"]
    return villages["hamlet_id"].map(known).isin([str(b) for b in _PROMISED])


def _name(plan: PlanState, language: str) -> str:
    """Return which plan it is, and of when."""
    values = {
        "name": plan.name,
        "scenario": tell(plan.scenario, language),
        "waves": plan.waves,
        "date": format_date(plan.data_on),
    }
    if plan.made_on is None:
        return tell(PlanWord.NAMED, language, **values)
    return tell(PlanWord.MADE, language, made=format_date(plan.made_on), **values)


def print_promised(promised: pd.DataFrame, language: str) -> Table:
    """Return who has taken on or is building for how many hamlets, on which days, and how likely it is.

    Parameters
    ----------
    promised : rows of VILLAGES, with BASES, that rest on a commitment or on what is being built.
    language : ``vi`` or ``en``.
    """
    title = tell(PlanWord.PROMISED, language)
    columns = (
        Column("operator", tell(Network.OPERATOR, language)),
        Column("basis", tell(PlanWord.BASIS, language)),
        Column("hamlets", tell(Network.HAMLETS, language), Kind.INT),
        Column("first", tell(PlanWord.FIRST, language), Kind.DATE),
        Column("last", tell(PlanWord.LAST, language), Kind.DATE),
        Column("likely", tell(PlanWord.LIKELY, language)),
    )
    rows: list[tuple[Cell, ...]] = []
    for (operator, basis), part in promised.groupby(["operator", "basis"], sort=True):
        days = part["basis_on"].dropna()
        first, last = (None, None) if days.empty else (days.min().date(), days.max().date())
        rows.append(
            (
                tell(Operator(str(operator)), language),
                begin_large(tell(ConnectionBasis.of(str(basis)), language)),
                len(part),
                first,
                last,
                format_number(
                    float(part["basis_probability"].mean()), language=language, decimals=2
                ),
            )
        )
    return Table(title, title, columns, tuple(rows))
