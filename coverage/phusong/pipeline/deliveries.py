"""Files that offices deliver through the front end: kept under a random name, diagnosed, then decided about.

They lie beside the province file in a folder that its owner alone can open. What was decided is a line of a
file that only grows. An accepted delivery counts like a source of the province file from the next run on,
until it is taken out again.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from phusong.intake.title_lines import NONE_WORDS
from phusong.store.lines import add_line, read_lines
from phusong.store.locks import flush_file, flush_folder
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.terms import Term

FOLDER, BOOK = "{stem}_deliveries", "deliveries.jsonl"
OWNER_ONLY, CLOSED = 0o600, 0o700
MOST_BYTES = 100_000_000


class Verdict(Term):
    """Say what was decided about a delivery."""

    ACCEPTED = "accepted", "tiếp nhận", "accepted"
    REFUSED = "refused", "trả lại", "sent back"
    WITHDRAWN = "withdrawn", "rút khỏi số liệu", "taken out again"


class Effect(Term):
    """Say what an accepted delivery does to what is there of its kind, or of the operator it names."""

    ADDS = "adds", "bổ sung vào số liệu cùng loại đã có", "adds to what is there of its kind"
    REPLACES = (
        "replaces",
        "thay toàn bộ số liệu cùng loại đã có",
        "takes the place of all that is there of its kind",
    )


@dataclass(frozen=True)
class Delivery:
    """Hold one decision about a delivery.

    Parameters
    ----------
    name : of the file as it is kept; random, with the ending that it came with.
    kind : source kind.
    sha256 : of its bytes.
    rows_in, rows_accepted, rows_quarantined : what the door counted [rows].
    verdict : a word of `Verdict`.
    at, account, role, organisation, why : when, who and why.
    effect : a word of `Effect`.
    said : what the person said of the file that it does not say itself, as a source of a province file does.
    communes : codes of the communes that its rows are about, parted by |; empty where they do not tell.
    """

    name: str
    kind: str
    sha256: str
    rows_in: int
    rows_accepted: int
    rows_quarantined: int
    verdict: str
    at: str
    account: str
    role: str
    organisation: str
    why: str
    effect: str = str(Effect.ADDS)
    said: dict[str, Any] = field(default_factory=dict)
    communes: str = ""


def find_deliveries(province_file: Path) -> Path:
    """Return the folder of deliveries beside a province file; it need not be there.

    Parameters
    ----------
    province_file : the province file.
    """
    return province_file.parent / FOLDER.format(stem=province_file.stem)


def keep_file(place: Path, ending: str, content: bytes) -> str:
    """Keep a file under a random name and return it.

    Parameters
    ----------
    place : from `find_deliveries`; it is made where there is none.
    ending : of the name that it came with; nothing else of that name is kept.
    content : its bytes.

    Raises
    ------
    SourceFault
        If it is too large.
    """
    if len(content) > MOST_BYTES:
        cure = "deliver it in parts, or as a folder to whoever runs the province"
        raise SourceFault("the file is larger than the front end takes", cure=cure)
    plain = ending if ending.isalnum() and len(ending) <= 8 else "bin"
    name = f"{secrets.token_hex(8)}.{plain.lower()}"
    place.mkdir(mode=CLOSED, exist_ok=True)
    path = place / name
    path.touch(mode=OWNER_ONLY)
    path.write_bytes(content)
    flush_file(path)
    flush_folder(place)
    return name


def hash_delivery(place: Path, name: str) -> str:
    """Return the sha256 of a file as it is kept.

    Parameters
    ----------
    place : from `find_deliveries`.
    name : from `keep_file`.
    """
    with (place / name).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def add_delivery(place: Path, told: Delivery) -> None:
    """Add a decision to the file of decisions.

    Parameters
    ----------
    place : from `find_deliveries`.
    told : the decision.
    """
    place.mkdir(mode=CLOSED, exist_ok=True)
    add_line(place / BOOK, build_delivery, lambda _known, _number: asdict(told))


def read_deliveries(place: Path) -> list[Delivery]:
    """Return the decisions, oldest first; a line that cannot be read costs that one alone.

    Parameters
    ----------
    place : from `find_deliveries`.
    """
    return read_lines(place / BOOK, build_delivery)


def build_delivery(fields: dict[str, Any]) -> Delivery:
    """Return the decision that a line holds.

    Raises
    ------
    TypeError, ValueError
        If it holds none.
    """
    delivery = Delivery(**fields)
    Verdict.of(delivery.verdict), Effect.of(delivery.effect)
    return delivery


def list_counting(place: Path) -> list[Delivery]:
    """Return the deliveries that count: accepted, and not taken out again; oldest first.

    Parameters
    ----------
    place : from `find_deliveries`.
    """
    decisions = read_deliveries(place)
    gone = {d.name for d in decisions if d.verdict == Verdict.WITHDRAWN}
    return [d for d in decisions if d.verdict == Verdict.ACCEPTED and d.name not in gone]


def add_sources(declared: list[dict[str, Any]], place: Path) -> list[dict[str, Any]]:
    """Return the sources that a province file declares, with what offices have delivered since.

    A delivery that takes the place of others leaves out what came before it of the same kind; where it was
    said to speak for one operator, of that operator alone.

    Parameters
    ----------
    declared : sources as the province file writes them.
    place : from `find_deliveries`.
    """
    sources = list(declared)
    for delivery in list_counting(place):
        made = delivery.said | {"kind": delivery.kind, "file": f"{place.name}/{delivery.name}"}
        if delivery.effect == Effect.REPLACES:
            sources = [s for s in sources if not _is_replaced(s, made)]
        if made["file"] not in {s.get("file") for s in sources}:
            sources.append(made | {"publisher": delivery.organisation})
    return sources


@dataclass(frozen=True)
class SenderAnswers:
    """Hold what a sender said of earlier files of a kind.

    Parameters
    ----------
    read : heading → column; empty where it is to stay unread.
    fill_down : columns of which an empty cell means what stands above it.
    """

    read: dict[str, str] = field(default_factory=dict)
    fill_down: tuple[str, ...] = ()


def recall_answers(
    declared: list[dict[str, Any]],
    place: Path,
    kind: str,
    *,
    account: str,
    organisation: str,
    operator: str | None = None,
) -> SenderAnswers:
    """Return what one sender said of earlier files: of each heading the latest word, and of empty cells.

    Who said it, and when, stands with each delivery. A sender is an account and its organisation; where an
    operator is named, files of other operators say nothing. That no column is filled down was said of one
    file: of the next one it is asked again.

    Parameters
    ----------
    declared : sources as the province file writes them.
    place : from `find_deliveries`.
    kind : source kind.
    account, organisation : who delivers.
    operator : of the whole file, where it is stated.
    """
    earlier = [s for s in declared if organisation and s.get("publisher") == organisation]
    earlier += [
        delivery.said | {"kind": delivery.kind}
        for delivery in list_counting(place)
        if delivery.account == account or (organisation and delivery.organisation == organisation)
    ]
    read: dict[str, str] = {}
    filled: tuple[str, ...] = ()
    for stated in earlier:
        if stated.get("kind") == kind and stated.get("operator") in (None, operator):
            read |= stated.get("read", {})
            filled = _list_filled(stated.get("fill_down")) or filled
    return SenderAnswers(read, filled)


def _list_filled(stated: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the columns that an answer names, in a delivery or a province file; empty where it is none."""
    names = (stated,) if isinstance(stated, str) else tuple(stated or ())
    return tuple(name for name in names if name.strip().casefold() not in NONE_WORDS)


def _is_replaced(source: dict[str, Any], made: dict[str, Any]) -> bool:
    """Return whether a delivery takes the place of a source."""
    operator = made.get("operator")
    return source.get("kind") == made["kind"] and operator in (None, source.get("operator"))


def check_deliveries(place: Path) -> None:
    """Refuse to count a delivery that is not what was accepted.

    Parameters
    ----------
    place : from `find_deliveries`.

    Raises
    ------
    SourceFault
        If a file that counts is gone or was changed.
    """
    for delivery in list_counting(place):
        path = place / delivery.name
        if not path.exists() or hash_delivery(place, delivery.name) != delivery.sha256:
            raise SourceFault(
                "this file is not what was accepted",
                file=str(path),
                cure="take the delivery out again on the page “Data delivered”, and deliver the file anew",
            )
