"""Deeds with deliveries: look at one as the door does, accept it, send it back, take it out again; logged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from phusong.access.desk import Desk, read_run_parameters, refuse
from phusong.access.log import log_access
from phusong.access.permissions import Data
from phusong.access.principals import Principal
from phusong.intake.diagnosis import Checked, Diagnosis, ReadOptions
from phusong.intake.reader_pool import check_in_child
from phusong.pipeline.admission import seal_options
from phusong.pipeline.deliveries import (
    Delivery,
    Effect,
    Verdict,
    add_delivery,
    hash_delivery,
    keep_file,
    list_counting,
    read_deliveries,
)
from phusong.pipeline.settings import find_living, read_settings
from phusong.vocabulary.book import Role
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.tables.accepted import ACCEPTED
from phusong.vocabulary.tables.persons import PERSONAL

#: Who may deliver what; what names persons goes to the education offices alone.
MAY_DELIVER: dict[Role, frozenset[str]] = {
    Role.PLANNER: frozenset(ACCEPTED),
    Role.FOCAL_POINT: frozenset({"contributions", "lots", "packages", "commitments"}),
    Role.EDUCATION: frozenset({"schools", *PERSONAL}),
}
PREVIEW = 20


@dataclass(frozen=True)
class Looked:
    """Hold what the door says of a delivery.

    Parameters
    ----------
    name : of the file as it is kept.
    diagnosis : the door's report.
    preview : the first accepted rows; none of a kind that names persons.
    said : what the person said of the file that it does not say itself.
    """

    name: str
    diagnosis: Diagnosis
    preview: pd.DataFrame
    said: dict[str, Any]


def look_at_file(
    principal: Principal, desk: Desk, kind: str, ending: str, content: bytes, **said: Any
) -> Looked:
    """Keep a file and return what the door says of it; nothing is changed by that.

    Parameters
    ----------
    principal, desk : who delivers, and where.
    kind : source kind.
    ending : of the file's name.
    content : its bytes.
    said : what the person answers to the door: crs, sheet, layer, encoding, operator, technology, as_of.

    Raises
    ------
    NotAllowed
        If the role does not deliver this kind.
    SourceFault
        If the file is too large.
    """
    _need_kind(principal, desk, kind)
    name = keep_file(_place(desk), ending, content)
    answers = {k: v for k, v in said.items() if v}
    checked = _check(desk, kind, name, answers)
    told = checked.diagnosis
    _log(principal, desk, "deliver", f"{kind} {name}", rows=told.rows_in)
    rows = checked.accepted
    shown = pd.DataFrame() if rows is None or kind in PERSONAL else rows.head(PREVIEW)
    plain = pd.DataFrame(shown.drop(columns="geometry", errors="ignore"))
    return Looked(name, told, plain, answers)


def _check(desk: Desk, kind: str, name: str, said: dict[str, Any]) -> Checked:
    """Return what the door says of a file that is kept."""
    _, province, _ = read_settings(desk.folder)
    head = province.province
    options = ReadOptions(province=head.code, edition=str(head.edition), **said)
    sealed = seal_options(options, find_living(desk.folder, "key", desk.province_file))
    rows = 0 if kind in PERSONAL else PREVIEW
    file, parameters = _place(desk) / name, read_run_parameters(desk.folder)
    return check_in_child(kind, file, sealed, parameters, rows=rows)


def decide_delivery(
    principal: Principal,
    desk: Desk,
    looked: Looked,
    verdict: Verdict,
    *,
    why: str,
    effect: Effect = Effect.ADDS,
) -> None:
    """Accept a delivery, which then counts from the next run on, or send it back.

    Parameters
    ----------
    principal, desk : who decides, and where.
    looked : from `look_at_file`.
    verdict : what is decided; only what the door accepts can be accepted.
    why : the reason.
    effect : whether it adds to what is there of its kind or takes its place.

    Raises
    ------
    NotAllowed
        If the role does not deliver this kind.
    SourceFault
        If there is no reason, or the door does not accept the file.
    """
    told = looked.diagnosis
    _need_kind(principal, desk, told.kind)
    if verdict == Verdict.ACCEPTED and told.exit_code:
        raise SourceFault(
            "the door does not accept this file", cure="answer its question, or send it back"
        )
    place = _place(desk)
    made = Delivery(
        looked.name, told.kind, hash_delivery(place, looked.name), told.rows_in, told.rows_accepted,
        told.rows_quarantined, str(verdict), "", "", "", "", "", str(effect), looked.said,
    )  # fmt: skip
    if looked.name not in {d.name for d in read_deliveries(place)}:
        _keep(principal, desk, made, why)


def withdraw_delivery(principal: Principal, desk: Desk, name: str, *, why: str) -> None:
    """Take an accepted delivery out again: it does not count from the next run on.

    Parameters
    ----------
    principal, desk : who decides, and where.
    name : of the file as it is kept.
    why : the reason.

    Raises
    ------
    NotAllowed
        If the role does not deliver this kind.
    SourceFault
        If there is no reason, or no such delivery counts.
    """
    counting = {d.name: d for d in list_counting(_place(desk))}
    if name not in counting:
        raise SourceFault(f"no delivery {name} counts", cure="choose one that was accepted")
    _need_kind(principal, desk, counting[name].kind)
    _keep(principal, desk, replace(counting[name], verdict=str(Verdict.WITHDRAWN)), why)


def _keep(principal: Principal, desk: Desk, made: Delivery, why: str) -> None:
    """Keep a decision with who took it, when and why."""
    if not why.strip():
        raise SourceFault("a decision needs its reason")
    signed = replace(
        made,
        at=desk.clock().isoformat(timespec="seconds"),
        account=principal.account_id,
        role=str(principal.role),
        organisation=principal.organisation,
        why=why.strip(),
    )
    add_delivery(_place(desk), signed)
    _log(principal, desk, "delivery", f"{made.verdict} {made.kind} {made.name}")


def ask_deliveries(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the decisions about kinds that the role delivers, newest first; `counts`: those that count."""
    own = MAY_DELIVER.get(principal.role, frozenset())
    place = _place(desk)
    counting = {d.name for d in list_counting(place)}
    told = [
        vars(d) | {"counts": d.name in counting and d.verdict == Verdict.ACCEPTED}
        for d in read_deliveries(place)
        if d.kind in own
    ]
    return pd.DataFrame(told[::-1], columns=[*Delivery.__dataclass_fields__, "counts"])


def _need_kind(principal: Principal, desk: Desk, kind: str) -> None:
    """Refuse, and log, a kind that a role does not deliver."""
    if kind not in MAY_DELIVER.get(principal.role, frozenset()):
        refuse(principal, desk, Data.COVERAGE, subject=f"deliver {kind}")


def _log(principal: Principal, desk: Desk, what: str, subject: str, **told: Any) -> None:
    """Log a step."""
    log_access(desk.register, principal, what, when=desk.clock(), subject=subject, **told)


def _place(desk: Desk) -> Path:
    """Return the folder of deliveries behind the results."""
    return find_living(desk.folder, "deliveries", desk.province_file)
