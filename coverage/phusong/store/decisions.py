"""What persons have decided about addresses: one line a decision, added and never changed.

The file lies beside the province file, since results can be made again and decisions cannot. A decision
is undone by another one, so that the file tells who thought what and when.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from phusong.vocabulary.errors import SourceFault

#: What a decision does: says which hamlet a group of addresses means; gives a hamlet one more name; takes
#: an earlier decision back.
CONFIRM, ALIAS, UNDO = "confirm", "alias", "undo"
ACTIONS = (CONFIRM, ALIAS, UNDO)
OWNER_ONLY = 0o600


@dataclass(frozen=True)
class Decision:
    """Hold one decision.

    Parameters
    ----------
    number : its place in the file, from 1.
    at : when, ISO with time zone.
    by : role of the person; never a name.
    action : ``confirm``, ``alias`` or ``undo``.
    group : the group of addresses that is decided; for an undo, empty.
    commune_code, edition, text : what the addresses of the group say.
    hamlet_id : what they mean.
    undoes : number of the decision that is taken back; 0 for none.
    why : the reason given.
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


def read_decisions(path: Path) -> list[Decision]:
    """Return every decision of a file, in order; none where there is no file.

    Raises
    ------
    SourceFault
        If a line is not a decision, or is out of order: somebody has edited the file.
    """
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_read_line(line, number, path) for number, line in enumerate(lines, start=1)]


def _read_line(line: str, number: int, path: Path) -> Decision:
    """Return the decision of one line."""
    try:
        decision = Decision(**json.loads(line))
    except (TypeError, ValueError) as error:
        raise _damaged(path, number, "this line is no decision") from error
    if decision.number != number or decision.action not in ACTIONS:
        raise _damaged(path, number, "the decisions are not in order")
    return decision


def _damaged(path: Path, number: int, what: str) -> SourceFault:
    """Return the fault of a file that was edited by hand."""
    return SourceFault(
        what,
        file=str(path),
        row=number,
        cure="take the file back from the last copy; decisions are only ever added by the program",
    )


def add_decision(path: Path, decision: Decision) -> Decision:
    """Add a decision to the file, readable by its owner alone, and return it with its number.

    Raises
    ------
    SourceFault
        If the file is damaged, or an undo names no decision that stands.
    """
    known = read_decisions(path)
    standing = {d.number for d in list_standing(known)}
    if decision.action == UNDO and decision.undoes not in standing:
        numbers = ", ".join(map(str, sorted(standing))) or "none"
        raise SourceFault(
            f"there is no standing decision {decision.undoes} to undo",
            file=str(path),
            cure=f"choose one that stands: {numbers}",
        )
    kept = Decision(**{**asdict(decision), "number": len(known) + 1})
    line = json.dumps(asdict(kept), ensure_ascii=False) + "\n"
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, OWNER_ONLY)
    with os.fdopen(handle, "a", encoding="utf-8") as stream:
        stream.write(line)
        stream.flush()
        os.fsync(stream.fileno())
    return kept


def list_standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions in force: neither undone nor an undo, the last one of each group and hamlet."""
    listed = list(decisions)
    undone = {d.undoes for d in listed if d.action == UNDO}
    standing = [d for d in listed if d.action != UNDO and d.number not in undone]
    last = {
        (d.action, d.group) if d.action == CONFIRM else (d.action, d.commune_code, d.text): d
        for d in standing
    }
    return sorted(last.values(), key=lambda d: d.number)
