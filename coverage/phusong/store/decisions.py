"""What persons have decided about addresses and pairs of pupils: one line a decision, never changed.

The file lies beside the province file, since results can be made again and decisions cannot. A decision
is undone by another one, so that the file tells who thought what and when.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from phusong.store.lines import add_line, read_lines
from phusong.vocabulary.errors import SourceFault

#: What a decision does: says which hamlet a group of addresses means; gives a hamlet one more name; takes
#: an earlier decision back; says that a pair of pupils is one pupil, or two.
CONFIRM, ALIAS, UNDO, ONE, TWO = "confirm", "alias", "undo", "one", "two"
PAIRS = (ONE, TWO)
ACTIONS = (CONFIRM, ALIAS, UNDO, *PAIRS)


@dataclass(frozen=True)
class Decision:
    """Hold one decision.

    Parameters
    ----------
    number : its place in the file, from 1.
    at : when, ISO with time zone.
    by : role of the person; never a name.
    action : ``confirm``, ``alias``, ``undo``, ``one`` or ``two``.
    group : the group of addresses that is decided; for an undo, empty.
    commune_code, edition, text : what the addresses of the group say.
    hamlet_id : what they mean.
    undoes : number of the decision that is taken back; 0 for none.
    why : the reason given.
    left, right : pseudonyms of a pair of pupils, left < right.
    left_tokens, right_tokens : keyed hashes of their identities, by |, under which later records meet them.
    """

    number: int
    at: str
    by: str
    action: str
    group: str = ""
    commune_code: str = ""
    edition: str = ""
    text: str = ""
    hamlet_id: str = ""
    undoes: int = 0
    why: str = ""
    left: str = ""
    right: str = ""
    left_tokens: str = ""
    right_tokens: str = ""


def read_decisions(path: Path) -> list[Decision]:
    """Return every decision of a file, in order; none where there is no file.

    A line that cannot be read costs that decision alone, see `store.lines`.
    """
    return read_lines(path, build_decision)


def build_decision(fields: dict[str, Any]) -> Decision:
    """Return the decision that a line holds.

    Raises
    ------
    TypeError, ValueError
        If it holds none.
    """
    decision = Decision(**fields)
    if decision.action not in ACTIONS:
        raise ValueError(decision.action)
    return decision


def add_decision(path: Path, decision: Decision) -> Decision:
    """Add a decision to the file, readable by its owner alone, and return it with its number.

    Raises
    ------
    SourceFault
        If an undo names no decision that stands.
    """

    def _make(known: list[Decision], number: int) -> dict[str, Any]:
        standing = {d.number for d in list_standing(known)}
        if decision.action == UNDO and decision.undoes not in standing:
            numbers = ", ".join(map(str, sorted(standing))) or "none"
            raise SourceFault(
                f"there is no standing decision {decision.undoes} to undo",
                file=str(path),
                cure=f"choose one that stands: {numbers}",
            )
        return {**asdict(decision), "number": number}

    return add_line(path, build_decision, _make)


def list_standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions in force: neither undone nor an undo, the last of each group, hamlet and pair."""
    listed = list(decisions)
    undone = {d.undoes for d in listed if d.action == UNDO}
    standing = [d for d in listed if d.action != UNDO and d.number not in undone]
    last = {_name_subject(d): d for d in standing}
    return sorted(last.values(), key=lambda d: d.number)


def _name_subject(decision: Decision) -> tuple[str, ...]:
    """Return what a decision is about."""
    if decision.action in PAIRS:
        return "pair", decision.left, decision.right
    if decision.action == CONFIRM:
        return decision.action, decision.group
    return decision.action, decision.commune_code, decision.text
