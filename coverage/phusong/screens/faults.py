"""Faults as pages tell them: what was refused and what to do, in the language of the page.

The storeys below say what is wrong in English, and at the raw files in both languages with a middle dot
between. The catalogue `words/*/faults.po` holds the patterns: what stands in braces is taken over.
"""

from __future__ import annotations

import re
from functools import lru_cache

from phusong.screens.speech import Speech, list_catalogues, read_file, read_words
from phusong.vocabulary import errors
from phusong.vocabulary.book import AwardState, CommitmentState, Role
from phusong.vocabulary.errors import PhusongError
from phusong.vocabulary.terms import Term

FILE = "faults.po"
#: Closed lists of which faults name a word; a number is no word of theirs.
NAMED: tuple[type[Term], ...] = (AwardState, CommitmentState, Role)
CURE, BRACES = " → ", re.compile(r"\\\{\d\\\}")


def tell_fault(speech: Speech, fault: PhusongError) -> str:
    """Return what a fault says in the language of the page; what no catalogue has stays in English.

    Parameters
    ----------
    speech : of the page.
    fault : what was refused.
    """
    return CURE.join(_tell_part(speech, part, fault.in_both) for part in _split(fault))


def choose_half(speech: Speech, text: str) -> str:
    """Return the half of a text that is in the language of the page; Vietnamese stands first.

    Parameters
    ----------
    speech : of the page.
    text : Vietnamese, a middle dot, English; or in one language alone.
    """
    return errors.choose_half(text, speech.language)


def _split(fault: PhusongError) -> list[str]:
    """Return what is wrong and the cures; without the file's path, which is nobody's business on a page."""
    if message := getattr(fault, "message", ""):
        return [part for part in (message, getattr(fault, "cure", "")) if part]
    return str(fault).split(CURE)


def _tell_part(speech: Speech, part: str, in_both: bool) -> str:
    """Return what is wrong, or the cure; only of a text that stands in both languages one half."""
    for pattern, stated in _read_patterns(speech.language):
        if found := pattern.fullmatch(part):
            return stated.format(*(_tell_value(speech, value) for value in found.groups()))
    return choose_half(speech, part) if in_both else part


def _tell_value(speech: Speech, value: str) -> str:
    """Return what stands in braces: a word that can be said in the language of the page, else itself."""
    known = _list_terms().get(value)
    stated = read_words(speech.language).get(value, (value,))[0]
    return stated if known is None else speech.term(known)


@lru_cache
def _read_patterns(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Return the patterns of a language with what they become; those that say most come first."""
    file = next(f for f in list_catalogues(language) if f.name == FILE)
    pairs = [(str(m.id), str(m.string)) for m in read_file(file, language) if m.id]
    pairs.sort(key=lambda pair: -len(re.sub(r"\{\d\}", "", pair[0])))
    return [
        (re.compile(BRACES.sub("(.*?)", re.escape(key)), re.DOTALL), stated)
        for key, stated in pairs
    ]


@lru_cache
def _list_terms() -> dict[str, Term]:
    """Return the words that faults name, by code and by English label."""
    words = [word for closed in NAMED for word in closed]
    return {written: word for word in words for written in (word.en, str(word))}
