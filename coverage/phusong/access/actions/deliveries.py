"""Deeds with deliveries: look at one as the door does, accept it, send it back, take it out again; logged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from phusong.access.authorisation import authorise, check_permission
from phusong.access.delivery_places import STATES_PLACE, find_row_communes
from phusong.access.desk import Desk, read_run_parameters, refuse
from phusong.access.log import log_access
from phusong.access.permissions import PERMISSIONS, Extent, find_extent, list_parts
from phusong.access.principals import Principal
from phusong.access.retention import erase_old_files
from phusong.access.scope import SEPARATOR, check_own, filter_own
from phusong.intake.answers import must_confirm
from phusong.intake.columns import find_strangers
from phusong.intake.diagnosis import Checked, Diagnosis, ReadOptions
from phusong.intake.reader_pool import check_in_child
from phusong.intake.rejected import render_rejected
from phusong.persons.vault import Vault
from phusong.pipeline.admission import seal_options
from phusong.pipeline.deliveries import (
    Delivery,
    Effect,
    SenderAnswers,
    Verdict,
    add_delivery,
    hash_delivery,
    keep_file,
    list_counting,
    read_deliveries,
    recall_answers,
)
from phusong.pipeline.result_files import PERSONAL_FOLDER
from phusong.pipeline.retention import date_file, erase_undecided
from phusong.pipeline.settings import find_living, read_settings
from phusong.vocabulary.book import Role
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.tables.persons import PERSONAL

PREVIEW = 20
#: Why the rows of a list of persons that were set aside are looked at.
CORRECTION = "correct a delivery"


@dataclass(frozen=True)
class Looked:
    """Hold what the door says of a delivery.

    Parameters
    ----------
    name : of the file as it is kept.
    diagnosis : the door's report.
    preview : the first accepted rows; none of a kind that names persons.
    said : what the person said of the file that it does not say itself.
    account : whose look it was, who alone decides about the file.
    communes : codes of the communes that its rows are about, as far as they tell.
    confirm_share : share of rows set aside above which a person must confirm, 0..1.
    """

    name: str
    diagnosis: Diagnosis
    preview: pd.DataFrame
    said: dict[str, Any]
    account: str = ""
    communes: tuple[str, ...] = ()
    confirm_share: float = 1.0

    @property
    def must_confirm(self) -> bool:
        """Return whether so much is set aside that a person must confirm before the rest is accepted."""
        return must_confirm(self.diagnosis, self.confirm_share)


@authorise
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
    said : what the person answers to the door: crs, sheet, layer, encoding, operator, technology, as_of, and
        read, what columns are, and fill_down, of which columns an empty cell means what stands above. What
        was said of columns of an earlier file of this sender holds for this one too.

    Raises
    ------
    NotAllowed
        If the role does not deliver this kind, or rows lie outside the communes of the account.
    SourceFault
        If the file is too large.
    """
    check_permission(principal, desk, "look_at_file", kind)
    erase_old_files(desk)
    name = keep_file(_place(desk), ending, content)
    date_file(_place(desk) / name, desk.clock())
    answers = {k: v for k, v in said.items() if v}
    known = _recall(principal, desk, kind, answers.get("operator"))
    if known.fill_down:
        answers.setdefault("fill_down", list(known.fill_down))
    checked = _check(desk, kind, name, answers, known=known.read)
    described = checked.diagnosis
    columns = known.read | answers.get("read", {})
    strange = find_strangers(described.columns, columns)
    answers["read"] = {h: n for h, n in columns.items() if h not in strange}
    answers = {k: v for k, v in answers.items() if v}
    _log(principal, desk, "deliver", f"{kind} {name}", rows=described.rows_in)
    rows = checked.accepted
    communes = _check_communes(principal, desk, kind, name, rows)
    shown = pd.DataFrame() if rows is None or kind in PERSONAL else rows.head(PREVIEW)
    plain = pd.DataFrame(shown.drop(columns="geometry", errors="ignore"))
    share = read_run_parameters(desk.folder).intake.number("confirm_share")
    return Looked(name, described, plain, answers, principal.account_id, communes, share)


def _recall(principal: Principal, desk: Desk, kind: str, operator: str | None) -> SenderAnswers:
    """Return what this sender said of columns of earlier files."""
    declared = [s.model_dump() for s in read_settings(desk.folder)[1].source]
    who = {"account": principal.account_id, "organisation": principal.organisation}
    return recall_answers(declared, _place(desk), kind, operator=operator, **who)


@authorise
def fetch_rejected(principal: Principal, desk: Desk, looked: Looked, language: str) -> bytes:
    """Return the rows that were set aside as a workbook for the sender; the look is logged before.

    Parameters
    ----------
    principal, desk : who asks, and where.
    looked : from `look_at_file`.
    language : ``vi`` or ``en``.

    Raises
    ------
    NotAllowed
        If the role does not deliver this kind, or somebody else looked at the file.
    SourceFault
        If it has been erased meanwhile.
    """
    described = looked.diagnosis
    check_permission(principal, desk, "fetch_rejected", described.kind)
    own, subject = {principal.account_id}, f"rejected {described.kind}"
    check_own(principal, desk, "fetch_rejected", {looked.account}, own, subject=subject)
    _require_file(desk, looked.name)
    rows, when = described.rows_quarantined, desk.clock()
    _log(principal, desk, "rejected rows", f"{described.kind} {looked.name}", rows=rows)
    if described.kind in PERSONAL:
        who, vault = f"{principal.role} ({principal.account_id})", desk.folder / PERSONAL_FOLDER
        Vault(vault).log_look(who=who, why=CORRECTION, table=described.kind, rows=rows, when=when)
    return render_rejected(
        _check(desk, described.kind, looked.name, looked.said, whole=True), language
    )


def _require_file(desk: Desk, name: str) -> None:
    """Refuse what is asked of a file that is gone."""
    if not (_place(desk) / name).exists():
        cure = "deliver it again"
        raise SourceFault("the file is gone: nobody decided about it in time", cure=cure)


def _check(
    desk: Desk,
    kind: str,
    name: str,
    said: dict[str, Any],
    *,
    known: dict[str, str] | None = None,
    whole: bool = False,
) -> Checked:
    """Return what is found in a file that is kept, with its first rows, or all of them."""
    _, province, _ = read_settings(desk.folder)
    head = province.province
    options = ReadOptions(
        province=head.code,
        edition=str(head.edition),
        read_in=str(head.edition),
        units=head.units,
        operators=province.own_operators,
        read_before=known or {},
        **said,
    )
    sealed = seal_options(options, find_living(desk.folder, "key", desk.province_file))
    rows = None if whole else 0 if kind in PERSONAL else PREVIEW
    file, parameters = _place(desk) / name, read_run_parameters(desk.folder)
    return check_in_child(kind, file, sealed, parameters, rows=rows)


@authorise
def decide_delivery(
    principal: Principal,
    desk: Desk,
    looked: Looked,
    verdict: Verdict,
    *,
    why: str,
    effect: Effect = Effect.ADDS,
    confirmed: bool = False,
) -> None:
    """Accept a delivery, which then counts from the next run on, or send it back.

    Parameters
    ----------
    principal, desk : who decides, and where.
    looked : from `look_at_file`.
    verdict : what is decided; only what the door accepts can be accepted.
    why : the reason.
    effect : whether it adds to what is there of its kind or takes its place.
    confirmed : whether the person has confirmed that much of the file is left out.

    Raises
    ------
    NotAllowed
        If the role does not deliver this kind, somebody else looked at the file, or an account with communes
        would replace what others have delivered.
    SourceFault
        If there is no reason, the door does not accept the file, so much is set aside that it must be
        confirmed first, or it has been erased meanwhile.
    """
    described = looked.diagnosis
    check_permission(principal, desk, "decide_delivery", described.kind)
    own, subject = {principal.account_id}, f"deliver {described.kind}"
    check_own(principal, desk, "decide_delivery", {looked.account}, own, subject=subject)
    effects = list_effects(principal, "decide_delivery")
    check_own(
        principal, desk, "decide_delivery", {effect}, effects, subject=f"replace {described.kind}"
    )
    if verdict == Verdict.ACCEPTED and described.exit_code:
        raise SourceFault(
            "the door does not accept this file", cure="answer its question, or send it back"
        )
    if verdict == Verdict.ACCEPTED and looked.must_confirm and not confirmed:
        cure = "confirm that the rows set aside are left out, or send the file back"
        raise SourceFault("too many rows of this file are set aside", cure=cure)
    place = _place(desk)
    _require_file(desk, looked.name)
    date_file(place / looked.name, desk.clock())
    made = Delivery(
        looked.name, described.kind, hash_delivery(place, looked.name), described.rows_in,
        described.rows_accepted, described.rows_quarantined, str(verdict), "", "", "", "", "", str(effect),
        looked.said, SEPARATOR.join(looked.communes),
    )  # fmt: skip
    if looked.name not in {d.name for d in read_deliveries(place)}:
        _keep(principal, desk, made, why)


@authorise
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
        If the role does not deliver this kind, or the delivery is about others' communes, or there is none.
    SourceFault
        If there is no reason, or it does not count.
    """
    known = ask_deliveries(principal, desk)
    check_own(principal, desk, "withdraw_delivery", {name}, known["name"], subject="withdrawal")
    counting = {d.name: d for d in list_counting(_place(desk))}
    if name not in counting:
        raise SourceFault(f"no delivery {name} counts", cure="choose one that was accepted")
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


@authorise
def ask_deliveries(principal: Principal, desk: Desk) -> pd.DataFrame:
    """Return the decisions about deliveries that are one's own, newest first; `counts`: those that count.

    One's own are the kinds that the role delivers; for an account with communes, what is about these alone.
    """
    erase_old_files(desk)
    place = _place(desk)
    counting = {d.name for d in list_counting(place)}
    rows = [
        vars(d) | {"counts": d.name in counting and d.verdict == Verdict.ACCEPTED}
        for d in read_deliveries(place)
        if d.kind in list_parts(principal.role, "ask_deliveries")
    ]
    frame = pd.DataFrame(rows, columns=[*Delivery.__dataclass_fields__, "counts"])
    placed = frame.assign(commune_code=frame["communes"])
    own = filter_own(principal, "ask_deliveries", placed, whole=True).index
    silent = (frame["communes"] == "") & (frame["account"] == principal.account_id)
    return frame[frame.index.isin(own) | silent].iloc[::-1].reset_index(drop=True)


@authorise
def drop_file(principal: Principal, desk: Desk, looked: Looked) -> bool:
    """Erase a file that was looked at and not decided about, and return whether there was one.

    Parameters
    ----------
    principal, desk : who leaves it, and where.
    looked : from `look_at_file`.

    Raises
    ------
    NotAllowed
        If somebody else looked at it.
    """
    own = {principal.account_id}
    check_own(principal, desk, "drop_file", {looked.account}, own, subject="withdrawal")
    return erase_undecided(_place(desk), looked.name)


def list_effects(principal: Principal, name: str = "decide_delivery") -> list[Effect]:
    """Return what an accepted delivery of somebody may do: who speaks for some communes replaces nobody's.

    Parameters
    ----------
    principal : who delivers.
    name : of the action.
    """
    bound = find_extent(principal.role, name) == Extent.OWN and principal.communes
    return [e for e in Effect if not (bound and e == Effect.REPLACES)]


def _check_communes(
    principal: Principal, desk: Desk, kind: str, name: str, rows: pd.DataFrame | None
) -> tuple[str, ...]:
    """Return the communes that rows are about; a file with rows outside those of an account is refused."""
    if rows is None or find_extent(principal.role, "look_at_file", kind) != Extent.OWN:
        return ()
    bound = bool(principal.communes)
    placed = find_row_communes(desk, kind, rows, by_address=bound).rename("commune_code").to_frame()
    known = placed[placed["commune_code"] != ""]
    foreign = len(known) - len(filter_own(principal, "look_at_file", known))
    if principal.role == Role.COMMUNE and kind in STATES_PLACE:
        foreign += len(placed) - len(known)
    if foreign:
        erase_undecided(_place(desk), name)
        cure = (
            f"{foreign} dòng nằm ngoài các xã của tài khoản: tách thành tệp riêng · "
            f"{foreign} rows lie outside the communes of this account: leave them out"
        )
        data = PERMISSIONS["look_at_file"].data
        refuse(principal, desk, data, subject=f"deliver {kind} rows {foreign}", cure=cure)
    return tuple(sorted(known["commune_code"].unique()))


def _log(principal: Principal, desk: Desk, what: str, subject: str, **told: Any) -> None:
    """Log a step."""
    log_access(desk.register, principal, what, when=desk.clock(), subject=subject, **told)


def _place(desk: Desk) -> Path:
    """Return the folder of deliveries behind the results."""
    return find_living(desk.folder, "deliveries", desk.province_file)
