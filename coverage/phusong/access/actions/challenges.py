"""Deeds about reports that coverage is told wrong: filed by who sees it, decided by the planners."""

from __future__ import annotations

from dataclasses import replace

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.log import log_access
from phusong.access.own_places import check_place
from phusong.access.principals import Principal
from phusong.access.questions.findings import ask_places
from phusong.access.scope import check_own
from phusong.pipeline.challenges import (
    Challenge,
    Standing,
    add_challenge,
    check_challenge,
    check_note,
    find_challenges,
    list_standing,
    read_challenges,
)
from phusong.pipeline.hamlet_ids import find_present_ids
from phusong.vocabulary.errors import SourceFault


@authorise
def file_challenge(
    principal: Principal,
    desk: Desk,
    *,
    hamlet_id: str,
    technology: str,
    operator: str,
    says: str,
    ground: str,
    note: str = "",
) -> Challenge:
    """File a report that a statement about a hamlet's coverage is wrong.

    Parameters
    ----------
    principal, desk : who reports, and where.
    hamlet_id, technology, operator : the statement; an empty operator means all of them together. An
        operator reports about its own network only. A former hamlet that is whole in a present one is its
        part of that one.
    says : what is so instead, a word of `Status`.
    ground : by what that is known, a word of `Ground`.
    note : more, without anybody's name or number.

    Raises
    ------
    NotAllowed
        If the role may not report, or not about this operator or hamlet.
    SourceFault
        If there is no such hamlet, it was split, a word is unknown, or the note holds somebody's number.
    """
    own = {operator} if principal.operator is None else {principal.operator}
    check_own(principal, desk, "file_challenge", {operator}, own, subject="another operator")
    check_place(principal, desk, commune="", hamlet=hamlet_id, name="file_challenge")
    present = _find_present(principal, desk, hamlet_id)
    report = replace(
        _begin(principal, desk, Standing.OPEN, note),
        hamlet_id=present,
        former_hamlet_id=hamlet_id if hamlet_id != present else "",
        technology=technology,
        operator=operator,
        says=says,
        ground=ground,
    )
    check_challenge(report)
    known = _find_same(desk, report)
    return known if known is not None else _add(principal, desk, report, "file report")


def _find_present(principal: Principal, desk: Desk, hamlet_id: str) -> str:
    """Return the present hamlet that an id means; of one that was split, ask which part is meant."""
    hamlets = ask_places(principal, desk, "hamlets").set_index("hamlet_id")
    parts = [part for part in find_present_ids(desk.folder, hamlet_id) if part in hamlets.index]
    if not parts:
        raise SourceFault("there is no such hamlet")
    if len(parts) > 1:
        named = (f"{part} ({hamlets['kind'][part]} {hamlets['name'][part]})" for part in parts)
        what = f"the hamlet {hamlet_id} was split; at present it is in {', '.join(named)}"
        raise SourceFault(what, cure="report about one of these")
    return parts[0]


def _find_same(desk: Desk, report: Challenge) -> Challenge | None:
    """Return the open report that says the same for the same account: a double click, a form sent again."""
    for known, standing in list_standing(
        read_challenges(find_challenges(desk.folder, desk.province_file))
    ):
        same = replace(known, number=report.number, at=report.at)
        if standing == Standing.OPEN and same == report:
            return known
    return None


@authorise
def settle_challenge(
    principal: Principal, desk: Desk, number: int, *, standing: Standing, note: str
) -> Challenge:
    """Decide about an open report; both lines stay.

    Parameters
    ----------
    principal, desk : who decides, and where.
    number : of the report.
    standing : accepted or rejected.
    note : why, without anybody's name or number.

    Raises
    ------
    NotAllowed
        If the role does not decide.
    SourceFault
        If there is no such open report, or it would be accepted by whoever filed it.
    """
    decided = {Standing.ACCEPTED, Standing.REJECTED}
    check_own(principal, desk, "settle_challenge", {standing}, decided, subject="settle")
    told = replace(_begin(principal, desk, standing, note), about=number)
    return _add(principal, desk, told, "settle report")


def _begin(principal: Principal, desk: Desk, standing: Standing, note: str) -> Challenge:
    """Return what every line begins with."""
    check_note(note)
    return Challenge(
        number=0,
        at=desk.clock().isoformat(timespec="seconds"),
        account=principal.account_id,
        role=str(principal.role),
        organisation=principal.organisation,
        standing=str(standing),
        note=note.strip(),
    )


def _add(principal: Principal, desk: Desk, line: Challenge, what: str) -> Challenge:
    """Add a line to the file and to the access log."""
    kept = add_challenge(find_challenges(desk.folder, desk.province_file), line)
    subject = f"{kept.about or kept.number}"
    log_access(desk.register, principal, what, when=desk.clock(), subject=subject, rows=1)
    return kept
