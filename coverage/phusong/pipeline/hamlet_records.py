"""Say what was promised for a hamlet and reported wrong of it, also under the ids that it had before."""

from __future__ import annotations

from dataclasses import asdict
from importlib import import_module
from pathlib import Path

import pandas as pd

from phusong.pipeline.challenges import (
    Standing,
    find_challenges,
    list_standing,
    read_challenges,
)
from phusong.pipeline.hamlet_ids import bring_to_present, is_about
from phusong.store import has_table, read_table
from phusong.vocabulary.book import LEDGER_NAME, CommitmentState
from phusong.vocabulary.errors import FolderFault
from phusong.vocabulary.tables.book import BOOK
from phusong.vocabulary.terms import Operator, Status, Technology

DELIVERED, BOOKED = "delivered · theo tệp đã nhận", "ledger · theo sổ chương trình"


def explain_records(folder: Path, hamlet_id: str) -> list[str]:
    """Return promises and reports about a hamlet, a line each; nothing where there are none.

    Parameters
    ----------
    folder : output folder of a run; its ledger is read where it lies in it.
    hamlet_id : present hamlet.
    """
    promises = [
        line
        for origin, rows in (
            (DELIVERED, _read_delivered(folder)),
            (BOOKED, read_booked(folder)),
        )
        for line in _list_promises(rows, hamlet_id, origin)
    ]
    reports = _list_reports(folder, hamlet_id)
    head = ["operators' promises · cam kết của doanh nghiệp:", *promises] if promises else []
    return [*head, *(["reported wrong · báo sai:", *reports] if reports else [])]


def read_booked(folder: Path) -> pd.DataFrame:
    """Return the commitments of the ledger in a folder by present hamlet; none where there is no ledger.

    Parameters
    ----------
    folder : output folder of a run.

    Returns
    -------
    table `accepted_commitments` with the columns of `bring_to_present`.
    """
    path = folder / LEDGER_NAME
    if not path.exists():
        return pd.DataFrame(columns=["hamlet_id"])
    book, inventory = (  # databases are loaded only where there is a ledger
        import_module(f"phusong.ledger.{name}") for name in ("book", "inventory")
    )
    ledger = book.open_ledger(str(path))
    try:
        return bring_to_present(inventory.list_commitments(ledger), folder)
    finally:
        ledger.close()


def _read_delivered(folder: Path) -> pd.DataFrame:
    """Return the promises that operators delivered, by present hamlet, as the run has carried them."""
    name = BOOK["commitments"].name
    if not has_table(folder, name):
        return pd.DataFrame(columns=["hamlet_id"])
    return bring_to_present(read_table(folder, name), folder)


def _list_promises(rows: pd.DataFrame, hamlet_id: str, origin: str) -> list[str]:
    """Return the promises about a hamlet, each with its state, and what it named."""
    lines = []
    for row in rows[is_about(rows, [hamlet_id])].to_dict("records"):
        state = CommitmentState.of(row["state"])
        operator, technology = Operator.of(row["operator"]).vi, Technology.of(row["technology"]).vi
        due = f", due · hạn {row['due_on']:%d/%m/%Y}" if pd.notna(row["due_on"]) else ""
        what = f"{row['commitment_id']} {operator}, {technology}"
        lines.append(f"  {what}: {state.en} · {state.vi}{due}{_name_former(row)} ({origin})")
    return lines


def _list_reports(folder: Path, hamlet_id: str) -> list[str]:
    """Return the reports about a hamlet; nothing where what lies beside the province file is gone."""
    try:
        pairs = list_standing(read_challenges(find_challenges(folder)))
    except FolderFault:
        return []
    if not pairs:
        return []
    frame = pd.DataFrame([{**asdict(c), "now": str(s)} for c, s in pairs])
    dated = frame.assign(filed_on=pd.to_datetime(frame["at"].str.slice(0, 10)))
    rows = bring_to_present(dated, folder, day="filed_on")
    lines = []
    for row in rows[is_about(rows, [hamlet_id])].to_dict("records"):
        reported, now = Status.of(row["says"]), Standing.of(row["now"])
        what = f"{row['number']}, {row['filed_on']:%d/%m/%Y}, {row['technology']}"
        states = f"{reported.en} · {reported.vi}; {now.en} · {now.vi}"
        lines.append(f"  {what}: {states}{_name_former(row)}")
    return lines


def _name_former(row: dict[str, object]) -> str:
    """Return which former hamlet a row named, and whether its parts are several."""
    former, parts = row["former_hamlet_id"], row["hamlet_parts"]
    if not isinstance(former, str) or not former:
        return ""
    if isinstance(parts, str) and parts:
        return f", for · cho {former}, now · nay {parts.replace('|', ', ')}"
    return f", for · cho {former}"
