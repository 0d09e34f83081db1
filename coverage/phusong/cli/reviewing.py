"""``review``: what the matcher could not decide, and what a person decides about it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from phusong.cli.options import ProvinceFile
from phusong.pipeline.review import decide_group, list_decisions, open_queue, undo_decision
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.pupils import MatchStatus


def review(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="output folder")],
    decide: Annotated[
        tuple[str, str] | None,
        typer.Option("--decide", metavar="GROUP HAMLET", help="say which hamlet a group means"),
    ] = None,
    alias: Annotated[
        bool, typer.Option("--alias", help="with --decide: the text is one more name of the hamlet")
    ] = False,
    undo: Annotated[int | None, typer.Option(help="take back the decision of this number")] = None,
    decisions: Annotated[
        bool, typer.Option("--decisions", help="list the decisions in force")
    ] = False,
    by: Annotated[str, typer.Option(help="role of whoever looks or decides")] = "",
    why: Annotated[str, typer.Option(help="the reason")] = "",
    top: Annotated[int, typer.Option(help="groups to show")] = 20,
    province: ProvinceFile = None,
) -> None:
    """Look at the addresses that wait for a person, decide them group by group, or take a decision back."""
    now = datetime.now(UTC)
    if (decide or undo is not None) and not (by and why):
        raise ParameterFault("a decision needs --by (a role, not a name) and --why")
    if decide:
        group, hamlet = decide
        made = decide_group(
            folder, group, hamlet, alias=alias, by=by, why=why, now=now, province_file=province
        )
        print(
            f"decision {made.number}: {made.text or made.group} → {hamlet}; it counts from the next run"
        )
    elif undo is not None:
        undo_decision(folder, undo, by=by, why=why, now=now, province_file=province)
        print(f"decision {undo} is taken back; it counts from the next run")
    elif decisions:
        for d in list_decisions(folder, province):
            meant = f"{d.text or d.group} → {d.hamlet_id}"
            print(f"{d.number:>4}  {d.at}  {d.action:7}  {meant}  ({d.by}: {d.why})")
    else:
        for line in queue_lines(open_queue(folder, by=by, now=now), top):
            print(line)


def queue_lines(queue: pd.DataFrame, top: int) -> list[str]:
    """Return the head of the queue as lines: how many records a decision would place, and the candidates.

    Parameters
    ----------
    queue : from `open_queue`.
    top : groups to show.
    """
    if queue.empty:
        return ["nothing waits for a person · không có địa chỉ nào chờ xử lý"]
    shown = queue.head(top)
    lines = [f"{len(queue)} groups, {int(queue['records'].sum())} records; the first {len(shown)}:"]
    for row in shown.itertuples(index=False):
        status = MatchStatus.of(row.status)
        lines.append(f"{row.group}  {row.records:>6}  {status.vi} · {status.en}: {row.example}")
        lines.append(f"{'':10}  → {row.candidates or '?'}")
    return lines
