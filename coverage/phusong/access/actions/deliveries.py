"""Deeds with deliveries: look at one as the door does, accept it or send it back; every step is logged."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import pandas as pd

from phusong.access.deliveries import (
    Delivery,
    Verdict,
    add_delivery,
    find_deliveries,
    keep_file,
    read_deliveries,
)
from phusong.access.desk import Desk, read_run_parameters, refuse
from phusong.access.log import log_access
from phusong.access.permissions import Data
from phusong.access.principals import Principal
from phusong.intake.diagnosis import Checked, Diagnosis, ReadOptions
from phusong.intake.door import check_source
from phusong.pipeline.admission import seal_options
from phusong.pipeline.province import key_path
from phusong.pipeline.run import read_settings
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
    """

    name: str
    diagnosis: Diagnosis
    preview: pd.DataFrame


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
    said : what the person answers to the door: crs, sheet, layer, encoding.

    Raises
    ------
    NotAllowed
        If the role does not deliver this kind.
    SourceFault
        If the file is too large.
    """
    if kind not in MAY_DELIVER.get(principal.role, frozenset()):
        refuse(principal, desk, Data.COVERAGE, subject=f"deliver {kind}")
    name = keep_file(find_deliveries(desk.folder), ending, content)
    checked = _check(desk, kind, name, said)
    told = checked.diagnosis
    log_access(
        desk.register,
        principal,
        "deliver",
        when=desk.clock(),
        subject=f"{kind} {name}",
        rows=told.rows_in,
    )
    rows = checked.accepted
    shown = pd.DataFrame() if rows is None or kind in PERSONAL else rows.head(PREVIEW)
    return Looked(name, told, pd.DataFrame(shown.drop(columns="geometry", errors="ignore")))


def _check(desk: Desk, kind: str, name: str, said: dict[str, Any]) -> Checked:
    """Return what the door says of a file that is kept."""
    path, province, _ = read_settings(desk.folder)
    head = province.province
    options = ReadOptions(province=head.code, edition=str(head.edition), **said)
    sealed = seal_options(options, key_path(path, province))
    return check_source(
        kind, find_deliveries(desk.folder) / name, sealed, read_run_parameters(desk.folder)
    )


def decide_delivery(
    principal: Principal, desk: Desk, looked: Looked, verdict: Verdict, *, why: str
) -> str:
    """Accept a delivery or send it back, and return the lines that name it in the province file.

    Parameters
    ----------
    principal, desk : who decides, and where.
    looked : from `look_at_file`.
    verdict : what is decided; only what the door accepts can be accepted.
    why : the reason.

    Raises
    ------
    NotAllowed
        If the role does not deliver this kind.
    SourceFault
        If there is no reason, or the door does not accept the file.
    """
    told = looked.diagnosis
    if told.kind not in MAY_DELIVER.get(principal.role, frozenset()):
        refuse(principal, desk, Data.COVERAGE, subject=f"deliver {told.kind}")
    if not why.strip():
        raise SourceFault("a decision needs its reason")
    if verdict == Verdict.ACCEPTED and told.exit_code:
        raise SourceFault(
            "the door does not accept this file", cure="answer its question, or send it back"
        )
    place = find_deliveries(desk.folder)
    known = {d.name for d in read_deliveries(place)}
    content = (place / looked.name).read_bytes()
    made = Delivery(
        looked.name, told.kind, hashlib.sha256(content).hexdigest(), told.rows_in, told.rows_accepted,
        told.rows_quarantined, str(verdict), desk.clock().isoformat(timespec="seconds"),
        principal.account_id, str(principal.role), principal.organisation, why.strip(),
    )  # fmt: skip
    if looked.name not in known:
        add_delivery(place, made)
        subject = f"{verdict} {told.kind} {looked.name}"
        log_access(desk.register, principal, "delivery", when=desk.clock(), subject=subject)
    if verdict == Verdict.REFUSED:
        return ""
    file = json.dumps(f"{place.name}/{looked.name}")
    told_lines = (
        "[[source]]",
        f'kind = "{told.kind}"',
        f"file = {file}",
        f"as_of = {made.at[:10]}",
    )
    return "\n".join((*told_lines, 'publisher = ""', 'licence = ""')) + "\n"


def ask_deliveries(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the decisions about kinds that the role delivers, newest first."""
    own = MAY_DELIVER.get(principal.role, frozenset())
    told = [vars(d) for d in read_deliveries(find_deliveries(desk.folder)) if d.kind in own]
    return pd.DataFrame(told[::-1], columns=list(Delivery.__dataclass_fields__))
