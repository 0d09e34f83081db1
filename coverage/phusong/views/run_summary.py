"""What changed from one run to another, as lines that a person reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from phusong.views.figures import format_date, format_number, format_share
from phusong.views.labels import SourceKind, tell
from phusong.views.run_labels import RunLine
from phusong.views.summary import label_of
from phusong.vocabulary.runs import HeadEntry, RunChange, RunFact
from phusong.vocabulary.terms import Indicator

Comparison = Mapping[str, Any]
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
#: Changes of one kind listed before it is said how many more there are.
LISTED = 12
#: What cannot be read: the hash of a content.
_OPAQUE = (RunFact.SOURCE, RunFact.CHECKS)


def comparison_lines(comparison: Comparison, language: str) -> list[str]:
    """Return what changed from one run to another as lines: because of what, which hamlets, which figures.

    Parameters
    ----------
    comparison : as the pipeline's `compare_runs` makes it.
    language : ``vi`` or ``en``.
    """
    first, last = (format_run(comparison[name], language) for name in ("first", "last"))
    return [
        tell(RunLine.TITLE, language, last=last, first=first),
        *(f"  {line}" for line in change_lines(comparison, language)),
    ]


def change_lines(comparison: Comparison, language: str) -> list[str]:
    """Return the same without saying which runs they were.

    Parameters
    ----------
    comparison, language : see `comparison_lines`.
    """
    facts = [format_fact(fact, language) for fact in comparison["facts"]]
    if not comparison["complete"]:
        facts = [tell(RunLine.FIGURES_ONLY, language)]
    effects = _list_effects(comparison, language)
    cause = tell(_name_cause(comparison["facts"]), language) if facts and effects else ""
    shown = facts[:LISTED]
    if len(facts) > LISTED:
        shown.append(
            tell(RunLine.MORE, language, n=format_number(len(facts) - LISTED, language=language))
        )
    return [*shown, *([cause] if cause else []), *(effects or [tell(RunLine.NO_EFFECT, language)])]


def history_lines(runs: Mapping[str, Any], language: str, *, hamlets: bool = False) -> list[str]:
    """Return every run, and what changed from the compared one to the other.

    Parameters
    ----------
    runs : as the pipeline's `describe_runs` makes it.
    language : ``vi`` or ``en``.
    hamlets : whether each hamlet that changed class is listed too.
    """
    comparison = runs["comparison"]
    lines = [format_run(run, language) for run in runs["runs"]]
    if comparison is None:
        return [*lines, tell(RunLine.FIRST_RUN, language)] if lines else []
    lines += comparison_lines(comparison, language)
    if hamlets:
        lines += [
            f"    {hamlet['hamlet_id']} {hamlet['name']}: {_format_ends(hamlet, language)}"
            for hamlet in comparison["hamlets"]
        ]
    return lines


def outcome_lines(outcome: Mapping[str, Any], runs: Mapping[str, Any], language: str) -> list[str]:
    """Return how many steps were computed again, and what that changed.

    Parameters
    ----------
    outcome : ran, fresh, recorded: steps, and the number of the run that was added to the history, or 0.
    runs : as the pipeline's `describe_runs` makes it.
    language : ``vi`` or ``en``.
    """
    counts = {
        name: format_number(len(outcome[name]), language=language) for name in ("ran", "fresh")
    }
    lines = [tell(RunLine.STAGES, language, **counts)]
    if not outcome["recorded"]:
        last = [
            tell(RunLine.SAME, language, last=format_run(run, language))
            for run in runs["runs"][-1:]
        ]
        return lines + last
    if runs["comparison"] is None:
        return [*lines, tell(RunLine.FIRST_RUN, language)]
    return lines + comparison_lines(runs["comparison"], language)


def _name_cause(facts: Sequence[Mapping[str, Any]]) -> RunLine:
    """Return whether what follows is the work of one file, of one change, or of several together."""
    if len(facts) == 1:
        return RunLine.THIS_FILE if facts[0]["fact"] == RunFact.SOURCE else RunLine.THIS_CHANGE
    return RunLine.TOGETHER


def _list_effects(comparison: Comparison, language: str) -> list[str]:
    """List the hamlets by change of class, then the figures that moved."""
    lines = []
    if comparison["hamlets"]:
        n = format_number(len(comparison["hamlets"]), language=language)
        moves = "; ".join(_format_move(move, language) for move in comparison["classes"])
        lines.append(tell(RunLine.HAMLETS, language, n=n, moves=moves))
    return lines + [_format_figure(figure, language) for figure in comparison["figures"]]


def _format_move(move: Mapping[str, Any], language: str) -> str:
    """Return from which class to which, and how many."""
    return f"{_format_ends(move, language)}: {format_number(move['hamlets'], language=language)}"


def _format_ends(move: Mapping[str, Any], language: str) -> str:
    """Return the class before and after; a merged or new hamlet is in one of the lists alone."""
    unlisted = tell(RunLine.UNLISTED, language)
    return f"{move['before'] or unlisted} → {move['after'] or unlisted}"


def _format_figure(figure: Mapping[str, Any], language: str) -> str:
    """Return an indicator with numerator, denominator and share, before and after."""
    ends = [_format_ratio(figure, end, language) for end in ("before", "after")]
    return f"{label_of(Indicator, figure['indicator'], language)}: {' → '.join(ends)}"


def _format_ratio(figure: Mapping[str, Any], end: str, language: str) -> str:
    """Return numerator, denominator and share; a dash where the run did not count it."""
    if figure[f"numerator_{end}"] is None:
        return tell(RunLine.NOTHING, language)
    counts = [
        format_number(figure[f"{name}_{end}"], language=language)
        for name in ("numerator", "denominator")
    ]
    return f"{'/'.join(counts)} ({format_share(figure[f'share_{end}'], language=language)})"


def format_fact(fact: Mapping[str, Any], language: str) -> str:
    """Return one thing that differs: what it is, its name, and from what to what it went.

    Parameters
    ----------
    fact : fact, name, kind, publisher, before, after.
    language : ``vi`` or ``en``.
    """
    change = name_change(fact)
    parts = [label_of(SourceKind, fact["kind"], language) if fact["kind"] else "", fact["name"]]
    name = " · ".join(part for part in parts if part)
    if fact["fact"] == RunFact.HEAD:
        name = label_of(HeadEntry, name, language)
    publisher = f" ({fact['publisher']})" if fact["publisher"] else ""
    what = "" if fact["fact"] == RunFact.HEAD else f"{label_of(RunFact, fact['fact'], language)} "
    head = f"{tell(change, language)}: {what}{name}".rstrip()
    if fact["fact"] in [str(f) for f in _OPAQUE] or change != RunChange.CHANGED:
        return head + publisher
    return f"{head}: {fact['before']} → {fact['after']}"


def name_change(fact: Mapping[str, Any]) -> RunChange:
    """Return whether a thing was added, withdrawn or changed.

    Parameters
    ----------
    fact : before, after.
    """
    if fact["before"] is None:
        return RunChange.ADDED
    return RunChange.WITHDRAWN if fact["after"] is None else RunChange.CHANGED


def format_run(run: Mapping[str, Any], language: str) -> str:
    """Return number, moment and day of the data of a run.

    Parameters
    ----------
    run : run, ran_at, as_of.
    language : ``vi`` or ``en``.
    """
    day = format_date(run["as_of"])
    if run["ran_at"] is None:
        return tell(RunLine.RUN_OF_DAY, language, run=run["run"], day=day)
    return tell(RunLine.RUN, language, run=run["run"], moment=format_moment(run["ran_at"]), day=day)


def format_moment(moment: str) -> str:
    """Return a moment as clocks in Việt Nam have it.

    Parameters
    ----------
    moment : ISO with time zone.
    """
    return datetime.fromisoformat(moment).astimezone(ZONE).strftime("%H:%M %d/%m/%Y")
