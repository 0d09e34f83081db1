"""The confined process that reads one foreign file: it waits with its libraries loaded, reads, answers, ends.

It is started by `phusong.intake.reader_pool`, takes one order from its input and writes one answer: a line of
JSON, then the tables as Parquet. Nothing that it writes is ever run by whoever asked.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from phusong.intake.confinement import Confinement, confine_process, leave_network

if TYPE_CHECKING:
    import pandas as pd

    from phusong.intake.diagnosis import Checked, ReadOptions


def serve_order() -> None:
    """Read one file as the order on the input says, and write the answer to the output."""
    leave_network()
    door = import_module("phusong.intake.door")
    answers = _open_output()
    line = sys.stdin.buffer.readline()
    if line:
        answers.write(answer_order(json.loads(line), door.check_source))
        answers.flush()
    else:  # whoever would have asked, and then have cleared up, is gone
        shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)


def _open_output() -> io.BufferedWriter:
    """Open what the output was, and send whatever libraries print nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return answers


def answer_order(order: dict[str, Any], check: Callable[..., Checked]) -> bytes:
    """Read the file of an order within its limits, and return the answer as bytes.

    Parameters
    ----------
    order : from `make_order`.
    check : `phusong.intake.door.check_source`.
    """
    errors = import_module("phusong.vocabulary.errors")
    kinds = (errors.ParameterFault, errors.PhusongError)
    options, parameters = _read_order(order)
    confine_process(Confinement(**order["confinement"]))
    try:
        checked = check(order["kind"], Path(order["path"]), options, parameters)
        return encode_checked(checked, rows=order["rows"])
    except MemoryError:
        return _encode({"limit": "memory"})
    except errors.PhusongError as fault:
        name = next(kind.__name__ for kind in kinds if isinstance(fault, kind))
        return _encode({"fault": name, "message": str(fault)})


def make_order(
    kind: str,
    path: Path,
    options: ReadOptions,
    parameters: Any,
    confinement: Confinement,
    *,
    rows: int | None,
) -> bytes:
    """Make the line that tells a reader what to read.

    Parameters
    ----------
    kind, path, options, parameters : as for `phusong.intake.door.check_source`.
    confinement : what it may take.
    rows : how many rows of each table come back; None: all of them.
    """
    said = {f.name: getattr(options, f.name) for f in fields(options)}
    key = said.pop("key", None)
    order = {
        "kind": kind,
        "path": str(path),
        "options": said,
        "key": None if key is None else key.hex(),
        "intake": parameters.intake.model_dump(mode="json"),
        "confinement": vars(confinement),
        "rows": rows,
    }
    return json.dumps(order).encode() + b"\n"


def _read_order(order: dict[str, Any]) -> tuple[Any, Any]:
    """Read what an order says of the file, and the parameters."""
    diagnosis, sealed = (
        import_module("phusong.intake.diagnosis"),
        import_module("phusong.intake.veiling"),
    )
    parameters = import_module("phusong.vocabulary.parameters")
    if order["key"] is None:
        options = diagnosis.ReadOptions(**order["options"])
    else:
        options = sealed.SealedOptions(**order["options"], key=bytes.fromhex(order["key"]))
    intake = parameters.Intake.model_validate(order["intake"])
    return options, parameters.load_parameters().model_copy(update={"intake": intake})


def encode_checked(checked: Checked, *, rows: int | None) -> bytes:
    """Encode a diagnosis and the first rows of its tables.

    Parameters
    ----------
    checked : from the door.
    rows : how many rows of each table; None: all of them.
    """
    accepted = (
        None if checked.accepted is None else _encode_table(checked.accepted.head(_count(rows)))
    )
    quarantined = _encode_table(checked.quarantined.head(_count(rows)))
    head = {
        "diagnosis": checked.diagnosis.as_dict(),
        "accepted": None if accepted is None else len(accepted),
        "quarantined": len(quarantined),
        "shapes": hasattr(checked.accepted, "geometry"),
    }
    return _encode(head) + (accepted or b"") + quarantined


def _count(rows: int | None) -> int:
    """Return how many rows are meant by a number of rows or by all."""
    return sys.maxsize if rows is None else rows


def _encode(head: dict[str, Any]) -> bytes:
    """Encode the first line of an answer."""
    return json.dumps(head, ensure_ascii=False).encode() + b"\n"


def _encode_table(table: pd.DataFrame) -> bytes:
    """Encode a table as Parquet."""
    content = io.BytesIO()
    table.to_parquet(content, index=False)
    return content.getvalue()


if __name__ == "__main__":
    serve_order()
