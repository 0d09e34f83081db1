"""Reports that a statement about coverage is wrong ("báo sai"), and what was decided about each.

They lie beside the province file, as decisions about addresses do: one line each, added and never changed,
since results can be made again and what people reported cannot. What was tried or measured on the spot, and
accepted, is one more witness in the next run; what was only told, and partial coverage, asks for a
measurement or a delivery of data, and changes no result.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from phusong.ledger.privacy import refuse_numbers
from phusong.pipeline.province import challenges_path
from phusong.pipeline.settings import find_living
from phusong.reach.checks import CHECK_COLUMNS
from phusong.store.lines import add_line, read_lines
from phusong.store.manifest import hash_value
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.terms import Operator, Status, Technology, Term

LONGEST_NOTE = 300


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


#: By what somebody must know for a report to be a witness, and what it must say of the whole hamlet.
ON_THE_SPOT = (Ground.TRIED, Ground.MEASURED)
SAYS_ALL = (Status.FULL, Status.NONE)


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
    former_hamlet_id : the former hamlet on whose ground the report is; empty: it is of the whole hamlet.
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
    former_hamlet_id: str = ""


def find_challenges(folder: Path, province_file: Path | None = None) -> Path:
    """Return where the reports behind an output folder lie.

    Parameters
    ----------
    folder : output folder of a run.
    province_file : where the province file is now; None: where the run left it.

    Raises
    ------
    FolderFault
        If it is gone, or reports that there were are gone.
    """
    return find_living(folder, "challenges", province_file)


def read_challenges(path: Path) -> list[Challenge]:
    """Return every line of a file, in order; none where there is no file.

    A line that cannot be read costs that line alone, see `store.lines`.
    """
    return read_lines(path, build_challenge)


def build_challenge(fields: dict[str, Any]) -> Challenge:
    """Return what one line holds.

    Raises
    ------
    TypeError, ValueError
        If it holds none.
    """
    challenge = Challenge(**fields)
    Standing.of(challenge.standing)
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
        If a decision is about no open report, or accepts what the same person reported.
    """

    def _make(known: list[Challenge], number: int) -> dict[str, Any]:
        if challenge.about:
            _check_decision(challenge, known, path)
        return asdict(replace(challenge, number=number))

    return add_line(path, build_challenge, _make)


def _check_decision(decision: Challenge, known: list[Challenge], path: Path) -> None:
    """Check that a decision is about an open report, which nobody accepts who filed it."""
    report = {c.number: c for c, _ in list_open(known)}.get(decision.about)
    if report is None:
        raise SourceFault(f"there is no open report {decision.about}", file=str(path))
    if decision.standing == Standing.ACCEPTED and decision.account == report.account:
        what = "nobody accepts what they reported themselves"
        raise SourceFault(what, cure="let another planner decide about it")


def list_standing(lines: list[Challenge]) -> list[tuple[Challenge, Standing]]:
    """Return every report with how it stands: the last decision counts."""
    decided = {c.about: Standing.of(c.standing) for c in lines if c.about}
    return [(c, decided.get(c.number, Standing.OPEN)) for c in lines if not c.about]


def list_open(lines: list[Challenge]) -> list[tuple[Challenge, Standing]]:
    """Return the reports that nobody has decided about."""
    return [pair for pair in list_standing(lines) if pair[1] == Standing.OPEN]


def list_checks(lines: list[Challenge], *, until: pd.Timestamp) -> pd.DataFrame:
    """Return what was tried or measured on the spot and accepted, up to a day, as table `CHECK_COLUMNS`.

    Parameters
    ----------
    lines : every line of the file.
    until : last day that counts.
    """
    rows = [
        (f"bao-sai-{c.number:06d}", c.former_hamlet_id or c.hamlet_id, c.technology, c.operator,
         c.says == Status.FULL, c.at[:10])
        for c, standing in list_standing(lines)
        if standing == Standing.ACCEPTED and c.ground in ON_THE_SPOT and c.says in SAYS_ALL
    ]  # fmt: skip
    told = pd.DataFrame(rows, columns=CHECK_COLUMNS)
    told = told.assign(as_of=pd.to_datetime(told["as_of"]), ready=told["ready"].astype(bool))
    return told[told["as_of"] <= until].reset_index(drop=True)


def read_checks(province_file: Path, *, until: pd.Timestamp) -> pd.DataFrame:
    """Return what was found on the spot and accepted, from the reports beside a province file.

    Parameters
    ----------
    province_file : the province file.
    until : last day that counts.
    """
    return list_checks(read_challenges(challenges_path(province_file)), until=until)


def hash_checks(checks: pd.DataFrame) -> str:
    """Return the hash by which a run sees that findings have changed.

    Parameters
    ----------
    checks : from `read_checks`.
    """
    return hash_value(checks.to_json(orient="values", date_format="iso"))
