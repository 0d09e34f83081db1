"""What pages share: answers worked out once for a scope and a run, and what waits in memory to be fetched.

Nothing that tells of a single pupil is kept here, and nothing without the scope of whoever may see it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, TypeVar

import streamlit as st

from phusong.access.desk import Desk, read_clock
from phusong.access.permissions import PERMISSIONS
from phusong.access.principals import Principal
from phusong.screens.once import Once
from phusong.store import read_whole
from phusong.vocabulary.parameters import load_parameters

Answer = TypeVar("Answer")
MOST_ANSWERS = 128
#: How long a proof from the identity provider waits for the click that follows [min].
PROOF_MIN = 2


def recall(
    principal: Principal, desk: Desk, question: Callable[..., Answer], *asked: Hashable
) -> Answer:
    """Return the answer to a question, worked out once for a scope, what was asked, and a run.

    Parameters
    ----------
    principal, desk : who asks, and where.
    question : a question of `phusong.access.questions` that takes them first; not one about single pupils.
    asked : what else it takes.

    Raises
    ------
    ValueError
        If the question is about single pupils: these are read each time, and logged.
    """
    row = PERMISSIONS.get(question.__name__)
    if row is not None and row.of_pupils:
        raise ValueError(f"{question.__name__} is about single pupils and is never kept")
    name = f"{question.__module__}.{question.__qualname__}"
    key = (str(desk.folder), desk.stamp, name_scope(principal))
    kept: Answer = _answer(principal, desk, question, name, key, asked)
    return kept


def name_scope(principal: Principal) -> tuple[str, ...]:
    """Return what decides how much somebody sees: role and scope, whoever it is."""
    own = (principal.communes, principal.schools)
    scope = ("|".join(sorted(codes)) for codes in own)
    return (str(principal.role), str(principal.operator), *scope, str(principal.demonstration))


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _answer(
    _principal: Principal,
    _desk: Desk,
    _question: Callable[..., Any],
    name: str,  # noqa: ARG001
    key: tuple[Any, ...],  # noqa: ARG001
    asked: tuple[Hashable, ...],
) -> Any:
    """Return an answer, all of it of one run; what begins with a dash does not tell two answers apart."""
    return read_whole(_desk.folder, _question, _principal, _desk, *asked)


@lru_cache(maxsize=1)
def proofs() -> Once[Any]:
    """Return who came back from the identity provider and has not entered yet."""
    return Once(read_clock, PROOF_MIN)


@lru_cache(maxsize=1)
def built_files() -> Once[Any]:
    """Return the files that were built and not fetched yet."""
    return Once(read_clock, load_parameters().access.number("export_min"))
