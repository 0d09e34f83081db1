"""``pairs``: pupils who may be one, and what a person decides about them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from phusong.cli.options import ProvinceFile
from phusong.persons.words import tell_reasons
from phusong.pipeline.pair_review import decide_pair, list_pair_decisions, list_pairs, undo_pair
from phusong.store.decisions import ONE
from phusong.vocabulary.errors import ParameterFault

Pair = tuple[str, str] | None


def pairs(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="output folder")],
    two: Annotated[
        Pair, typer.Option("--two", metavar="PUPIL PUPIL", help="they are two pupils")
    ] = None,
    one: Annotated[
        Pair, typer.Option("--one", metavar="PUPIL PUPIL", help="they are one pupil")
    ] = None,
    undo: Annotated[int | None, typer.Option(help="take back the decision of this number")] = None,
    decisions: Annotated[
        bool, typer.Option("--decisions", help="list the decisions in force")
    ] = False,
    by: Annotated[str, typer.Option(help="role of whoever decides")] = "",
    why: Annotated[str, typer.Option(help="the reason")] = "",
    top: Annotated[int, typer.Option(help="pairs to show")] = 20,
    province: ProvinceFile = None,
    ledger: Annotated[str | None, typer.Option(help="book of the programme, file or URL")] = None,
) -> None:
    """Look at the pairs of pupils who may be one, decide that they are one or two, or take it back."""
    now = datetime.now(UTC)
    if sum(asked is not None for asked in (two, one, undo)) > 1:
        raise ParameterFault("--two, --one and --undo: choose one")
    chosen = two or one
    if (chosen or undo is not None) and not (by and why):
        raise ParameterFault("a decision needs --by (a role, not a name) and --why")
    about: dict[str, Any] = {"by": by, "why": why, "now": now, "province_file": province}
    if chosen:
        made = decide_pair(folder, *chosen, is_one=two is None, book=ledger, **about)
        print(
            f"decision {made.number}: {_describe_verdict(made.action)}; it counts from the next run"
        )
    elif undo is not None:
        undo_pair(folder, undo, **about)
        print(f"decision {undo} is taken back; it counts from the next run")
    elif decisions:
        for d in list_pair_decisions(folder, province):
            described = f"{d.left} · {d.right}: {_describe_verdict(d.action)}"
            print(f"{d.number:>4}  {d.at}  {described}  ({d.by}: {d.why})")
    else:
        for line in pair_lines(list_pairs(folder, book=ledger, province_file=province), top):
            print(line)


def _describe_verdict(action: str) -> str:
    """Return what was decided, in both languages."""
    return "một em · one pupil" if action == ONE else "hai em · two pupils"


def pair_lines(found: pd.DataFrame, top: int) -> list[str]:
    """Return the likeliest pairs as lines: who, how likely, and what agrees.

    Parameters
    ----------
    found : from `list_pairs`.
    top : pairs to show.
    """
    if found.empty:
        return ["no pair waits for a person · không có cặp học sinh nào chờ xử lý"]
    lines = [f"{len(found)} pairs; the first {min(top, len(found))}:"]
    for row in found.head(top).itertuples(index=False):
        lines.append(f"{row.left_key}  {row.right_key}  {row.probability:.3f}")
        reasons = "" if pd.isna(row.reasons) else str(row.reasons)
        lines.append("    " + "; ".join(tell_reasons(reasons, language="vi")))
    return lines
