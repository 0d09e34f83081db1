"""Reports that a statement about coverage is wrong ("báo sai"), and what was decided about each.

They lie beside the province file, as decisions about addresses do: one line each, added and never changed,
since results can be made again and what people reported cannot. The next run may read them as statements
in dispute; nothing here changes a result.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock

from phusong.ledger.privacy import refuse_numbers
from phusong.pipeline.settings import read_settings
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.terms import Operator, Status, Technology, Term

OWNER_ONLY = 0o600
LONGEST_NOTE = 300
_LOCK = Lock()


class Ground(Term):
    """Say by what somebody knows that a statement is wrong."""

    TRIED = "tried", "đã thử tại chỗ", "tried on the spot"
    MEASURED = "measured", "đã đo kiểm", "measured"
    TOLD = "told", "người dân, nhà trường phản ánh", "residents or the school say so"
    BUILT = "built", "mới phát sóng, mới kéo cáp", "newly on air or newly laid"
    GONE = "gone", "trạm, tuyến cáp đã ngừng", "site or cable no longer in service"


class Standing(Term):
    """Say how it stands with a report."""

    OPEN = "open", "chờ xem xét", "waiting"
    ACCEPTED = "accepted", "chấp nhận", "accepted"
    REJECTED = "rejected", "không chấp nhận", "rejected"


@dataclass(frozen=True)
class Challenge:
    """Hold one line: a report, or what was decided about one.

    Parameters
    ----------
    number : its place in the file, from 1.
    at : when, ISO with time zone.
    account, role, organisation : who.
    standing : `open` for a report; what was decided for a decision.
    about : number of the report that a decision is about; 0 for a report.
    hamlet_id, technology, operator : the statement; an empty operator means all of them together.
    says : what is so instead, a word of `Status`.
    ground : by what that is known.
    note : more, without anybody's name or number.
    """

    number: int
    at: str
    account: str
    role: str
    organisation: str
    standing: str
    about: int = 0
    hamlet_id: str = ""
    technology: str = ""
    operator: str = ""
    says: str = ""
    ground: str = ""
    note: str = ""


def find_challenges(folder: Path) -> Path:
    """Return where the reports behind an output folder lie.

    Parameters
    ----------
    folder : output folder of a run.
    """
    path, _, _ = read_settings(folder)
    return path.with_name(f"{path.stem}_challenges.jsonl")


def read_challenges(path: Path) -> list[Challenge]:
    """Return every line of a file, in order; none where there is no file.

    Raises
    ------
    SourceFault
        If a line is none of ours, or out of order: somebody has edited the file.
    """
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_read_line(line, number, path) for number, line in enumerate(lines, start=1)]


def _read_line(line: str, number: int, path: Path) -> Challenge:
    """Return what one line holds."""
    cure = "take the file back from the last copy; lines are only ever added by the program"
    try:
        challenge = Challenge(**json.loads(line))
        Standing.of(challenge.standing)
    except (TypeError, ValueError) as error:
        what = "this line is no report"
        raise SourceFault(what, file=str(path), row=number, cure=cure) from error
    if challenge.number != number:
        raise SourceFault("the reports are not in order", file=str(path), row=number, cure=cure)
    return challenge


def check_challenge(challenge: Challenge) -> None:
    """Check that the words of a report are of their lists.

    Raises
    ------
    SourceFault
        If not.
    """
    try:
        Technology.of(challenge.technology), Status.of(challenge.says), Ground.of(challenge.ground)
        if challenge.operator:
            Operator.of(challenge.operator)
    except ValueError as error:
        raise SourceFault(str(error)) from error


def check_note(note: str) -> None:
    """Check that a note is short and holds nobody's number.

    Raises
    ------
    SourceFault
        If not.
    """
    if len(note) > LONGEST_NOTE:
        raise SourceFault(f"the note is longer than {LONGEST_NOTE} letters", cure="shorten it")
    refuse_numbers(note)


def add_challenge(path: Path, challenge: Challenge) -> Challenge:
    """Add a line, readable by its owner alone, and return it with its number.

    Parameters
    ----------
    path : from `find_challenges`.
    challenge : a report or a decision; its number is given here.

    Raises
    ------
    SourceFault
        If the file is damaged, or a decision is about no open report.
    """
    with _LOCK, _hold(path) as handle:
        known = read_challenges(path)
        if challenge.about and challenge.about not in {c.number for c, _ in list_open(known)}:
            raise SourceFault(f"there is no open report {challenge.about}", file=str(path))
        kept = replace(challenge, number=len(known) + 1)
        line = json.dumps(asdict(kept), ensure_ascii=False) + "\n"
        os.write(handle, line.encode())
        os.fsync(handle)
    return kept


@contextmanager
def _hold(path: Path) -> Iterator[int]:
    """Give the file to one process at a time, where the system can."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, OWNER_ONLY)
    try:
        if hasattr(os, "lockf"):
            os.lseek(handle, 0, os.SEEK_SET)
            os.lockf(handle, os.F_LOCK, 0)
        yield handle
    finally:
        os.close(handle)


def list_standing(lines: list[Challenge]) -> list[tuple[Challenge, Standing]]:
    """Return every report with how it stands: the last decision counts."""
    decided = {c.about: Standing.of(c.standing) for c in lines if c.about}
    return [(c, decided.get(c.number, Standing.OPEN)) for c in lines if not c.about]


def list_open(lines: list[Challenge]) -> list[tuple[Challenge, Standing]]:
    """Return the reports that nobody has decided about."""
    return [pair for pair in list_standing(lines) if pair[1] == Standing.OPEN]
