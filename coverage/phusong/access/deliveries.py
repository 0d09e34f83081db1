"""Files that offices deliver through the front end: kept under a random name, diagnosed, then decided about.

They lie beside the province file in a folder that its owner alone can open. What was decided is a line of a
file that only grows. A province file is written by hand: an accepted delivery comes with the lines that name
it there, and changes no result by itself.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from phusong.pipeline.run import read_settings
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.terms import Term

FOLDER, BOOK = "{stem}_deliveries", "deliveries.jsonl"
OWNER_ONLY, CLOSED = 0o600, 0o700
MOST_BYTES = 100_000_000


class Verdict(Term):
    """Say what was decided about a delivery."""

    ACCEPTED = "accepted", "tiếp nhận", "accepted"
    REFUSED = "refused", "trả lại", "sent back"


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


def find_deliveries(folder: Path) -> Path:
    """Return the folder of deliveries behind an output folder; it is made where there is none.

    Parameters
    ----------
    folder : output folder of a run.
    """
    path, _, _ = read_settings(folder)
    place = path.parent / FOLDER.format(stem=path.stem)
    place.mkdir(mode=CLOSED, exist_ok=True)
    return place


def keep_file(place: Path, ending: str, content: bytes) -> str:
    """Keep a file under a random name and return it.

    Parameters
    ----------
    place : from `find_deliveries`.
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
    path = place / name
    path.touch(mode=OWNER_ONLY)
    path.write_bytes(content)
    return name


def add_delivery(place: Path, told: Delivery) -> None:
    """Add a decision to the file of decisions.

    Parameters
    ----------
    place : from `find_deliveries`.
    told : the decision.
    """
    path = place / BOOK
    path.touch(mode=OWNER_ONLY, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(told), ensure_ascii=False) + "\n")


def read_deliveries(place: Path) -> list[Delivery]:
    """Return the decisions, oldest first.

    Parameters
    ----------
    place : from `find_deliveries`.
    """
    path = place / BOOK
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [Delivery(**json.loads(line)) for line in lines]
