"""Say, in either language and without a name, why a pupil stands where they stand."""

from __future__ import annotations

from typing import Any

import pandas as pd

from phusong.gaps.pupils.conditions import TierRule
from phusong.gaps.pupils.policy import NeedPolicy
from phusong.gaps.pupils.ranking import find_closures, hash_ties
from phusong.gaps.pupils.words import Fact, Sentence, TieBreak
from phusong.vocabulary.pupils import Hardship, HomeDevice, Reason
from phusong.vocabulary.terms import GapClass, Term

#: How many digits of the hash are shown; enough to compare two pupils.
DIGITS = 12


def explain_pupil(student: pd.Series, *, policy: NeedPolicy, language: str) -> list[str]:
    """Return why a pupil is eligible or not, why in this tier, and what decides within it.

    Parameters
    ----------
    student : one row of table `students`.
    policy : the policy that the row was judged by.
    language : ``vi`` or ``en``.
    """
    title = policy.vi if language == "vi" else policy.en
    lines = [
        _say(Sentence.POLICY, language, name=policy.name, version=policy.version, title=title),
        *(_say(Sentence.LEGAL, language, title=document.title) for document in policy.legal),
        _say(_verdict(student["eligible"]), language),
    ]
    for word in str(student["reasons"]).split("|"):
        lines.append(_say(Sentence.REASON, language, reason=_label(Reason.of(word), language)))
    if pd.isna(student["tier"]):
        return lines
    return [
        *lines,
        *_explain_tier(student, policy, language),
        _say(Sentence.RANK, language, rank=student["rank"]),
        *_explain_ties(student, policy, language),
        _say(Sentence.NEED_PUPIL, language, yes=_yes(student["device_needed"], language)),
        _say(
            Sentence.NEED_HOUSEHOLD,
            language,
            yes=_yes(student["device_needed_household"], language),
        ),
    ]


def _say(sentence: Sentence, language: str, **values: Any) -> str:
    """Return a sentence with its values."""
    return _label(sentence, language).format(**values)


def _label(term: Term, language: str) -> str:
    """Return a term's label."""
    return term.vi if language == "vi" else term.en


def _verdict(eligible: Any) -> Sentence:
    """Return the sentence for a three-valued answer."""
    if pd.isna(eligible):
        return Sentence.UNDECIDED
    return Sentence.ELIGIBLE if eligible else Sentence.NOT_ELIGIBLE


def _yes(answer: Any, language: str) -> str:
    """Return yes, no or not known."""
    if pd.isna(answer):
        return _label(Sentence.NOT_KNOWN, language)
    return _label(Sentence.YES if answer else Sentence.NO, language)


def _explain_tier(student: pd.Series, policy: NeedPolicy, language: str) -> list[str]:
    """Return the tier and what it asks for."""
    rule = next(r for r in policy.tier if str(r.tier) == student["tier"])
    title = rule.vi if language == "vi" else rule.en
    return [
        _say(Sentence.TIER, language, tier=rule.tier, title=title),
        _tell_rule(rule, policy, language),
    ]


def _tell_rule(rule: TierRule, policy: NeedPolicy, language: str) -> str:
    """Return the conditions of a tier in words."""
    if not rule.all:
        return _label(Sentence.RULE_NONE, language)
    names = [_name_condition(name, policy, language) for name in rule.all]
    return _say(Sentence.RULE, language, conditions=_label(Sentence.AND, language).join(names))


def _name_condition(name: str, policy: NeedPolicy, language: str) -> str:
    """Return what a condition or fact is called."""
    if name in policy.condition:
        condition = policy.condition[name]
        return condition.vi if language == "vi" else condition.en
    return _label(Fact.of(name) if name in list(Fact) else Hardship.of(name), language)


def _explain_ties(student: pd.Series, policy: NeedPolicy, language: str) -> list[str]:
    """Return what decides within the tier, in order, with the pupil's own values."""
    lines = [_label(Sentence.TIES, language)]
    for place, rule in enumerate(policy.tie_break, start=1):
        value = _tell_value(student, rule.by, policy, language)
        lines.append(
            _say(Sentence.TIE, language, place=place, name=_label(rule.by, language), value=value)
        )
    return lines


def _tell_value(student: pd.Series, by: TieBreak, policy: NeedPolicy, language: str) -> str:
    """Return a pupil's own value of a tie-break, in words."""
    unknown = _label(Sentence.NOT_KNOWN, language)
    if by == TieBreak.DEVICE_GAP and pd.notna(student["device"]):
        return _label(HomeDevice.of(student["device"]), language)
    if by == TieBreak.EXAM_GRADE and pd.notna(student["grade"]):
        return str(student["grade"])
    if by == TieBreak.CLOSURE:
        return _yes(find_closures(student.to_frame().T, policy=policy)[0], language)
    if by == TieBreak.LEARNERS_PER_DEVICE:
        return str(student["household_pupils"])
    if by == TieBreak.HAMLET_CLASS:
        grade = student["hamlet_class"]
        named_class = unknown if pd.isna(grade) else _label(GapClass.of(grade), language)
        return _say(Sentence.of(policy.connectivity_first), language, hamlet_class=named_class)
    hashed = str(hash_ties(pd.Series([student["student_key"]]), seed=policy.seed)[0])[:DIGITS]
    return hashed if by == TieBreak.HASH else unknown
