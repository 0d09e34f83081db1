"""A story from the journal as lines that a person reads, in Vietnamese or English."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd

from phusong.ledger.chronology import VIET_NAM
from phusong.ledger.words import Deed, Doubt, Reason, Refused, Said, Sentence
from phusong.vocabulary.book import AwardState, CommitmentState, DeviceGoes, Role
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.terms import Term

#: Days and hours are told as clocks in Việt Nam show them.
_DAY = {"vi": "%d/%m/%Y", "en": "%Y-%m-%d"}
_THOUSANDS = {"vi": ".", "en": ","}
#: Columns whose cells are words of closed lists.
_LISTS: dict[str, tuple[type[Term], ...]] = {
    Said.STATE: (AwardState, CommitmentState),
    Said.REASON: (Reason, AwardState),
    Said.DEVICE: (DeviceGoes,),
}


def tell_story(steps: pd.DataFrame, language: str) -> list[str]:
    """Return what became of a pupil, a lot or a gift, a line a step.

    Parameters
    ----------
    steps : from `follow_pupil`, `follow_lot` or `follow_gift`.
    language : ``vi`` or ``en``.

    Raises
    ------
    ParameterFault
        If it is another language.
    """
    check_language(language)
    return [_tell_step(step, language) for step in steps.to_dict("records")]


def check_language(language: str) -> None:
    """Check that the book can be told in a language.

    Raises
    ------
    ParameterFault
        If it is neither Vietnamese nor English.
    """
    if language not in _DAY:
        raise ParameterFault(f"--language {language}: choose one of {', '.join(_DAY)}")


def _tell_step(step: Mapping[Any, Any], language: str) -> str:
    """Return one step: when, who, what, to what it came, and why."""
    after = json.loads(step["after"])
    at = datetime.fromisoformat(step["at"]).astimezone(VIET_NAM)
    told = _tell_refusal(after, language) if step["kind"] == "refusal" else _tell(after, language)
    return _say(
        Sentence.LINE,
        language,
        at=at.strftime(f"{_DAY[language]} %H:%M"),
        who=f"{_label((Role,), step['role'], language)}, {step['organisation']}"
        f"{_say(Sentence.UNIDENTIFIED, language) if 'person' in after else ''}",
        deed=_label((Deed,), step["action"], language),
        told=told,
        why=step["why"],
        number=step["number"],
    )


def tell_doubt(doubt: str, language: str) -> str:
    """Return in words why a contribution is written down and not counted.

    Parameters
    ----------
    doubt : a code, and after a colon what it is about.
    language : ``vi`` or ``en``.
    """
    kind, _, other = doubt.partition(":")
    return _label((Doubt,), kind, language).format(other)


def _tell(after: Mapping[str, Any], language: str) -> str:
    """Return what the rows of a line say, each thing once."""
    said = [
        _tell_cell(name, row[name], language)
        for rows in after["rows"].values()
        for row in rows
        for name in Said
        if row.get(name) not in (None, 0, "")
    ]
    return f" ({', '.join(dict.fromkeys(said))})" if said else ""


def _tell_cell(name: Said, value: Any, language: str) -> str:
    """Return one cell in words."""
    if name == Said.DATED:
        return _say(name, language, _tell_day(value, language))
    if name == Said.DOUBT:
        return _say(name, language, tell_doubt(str(value), language))
    if name in _LISTS:
        return _label(_LISTS[name], str(value), language)
    if isinstance(value, int) and name != Said.REVERSES:
        value = f"{value:,}".replace(",", _THOUSANDS[language])
    return _say(name, language, value)


def _tell_refusal(after: Mapping[str, Any], language: str) -> str:
    """Return why something was refused; a second award cites the first."""
    first = after.get("first")
    facts = {}
    if first:
        facts = {
            "award": first["award"],
            "dated": _tell_day(first["dated"], language),
            "given": _say(Said.LOT, language, first["lot_id"])
            if first["lot_id"]
            else _say(Sentence.PACKAGE, language),
            "state": _label((AwardState,), first["state"], language),
        }
    return _say(Sentence.REFUSED, language, _say(Refused.of(after["about"]), language, **facts))


def _tell_day(day: str, language: str) -> str:
    """Return a day as people write it."""
    return date.fromisoformat(day).strftime(_DAY[language])


def _label(lists: tuple[type[Term], ...], value: str, language: str) -> str:
    """Return the label of a word of the first list that has it, else the word itself."""
    found = [term for words in lists for term in words if term == value]
    return str(getattr(found[0], language)) if found else value


def _say(term: Term, language: str, *values: object, **named: object) -> str:
    """Return a term's label with its gaps filled in."""
    return str(getattr(term, language)).format(*values, **named)
