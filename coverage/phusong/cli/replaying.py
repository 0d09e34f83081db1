"""``replay``: the campaign of 2021, day by day, and whether everything held that must hold."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer

from phusong.cli.output import write_json
from phusong.pipeline.replay.running import REPORT_NAME, replay_campaign
from phusong.pipeline.replay.words import Day, Must, Published
from phusong.vocabulary.errors import ParameterFault

#: What can be replayed.
SCENARIOS = ("vp242",)


def replay(
    scenario: Annotated[str, typer.Argument(help="vp242: the campaign of plan 242/KH-UBND")],
    out: Annotated[
        Path, typer.Option(help="folder of its own; what an earlier replay left goes")
    ] = Path("data/processed/replay_vp242"),
    language: Annotated[str, typer.Option(help="vi or en")] = "vi",
    json_file: Annotated[
        Path | None, typer.Option("--json", help="write the checks here; - for the screen")
    ] = None,
) -> None:
    """Replay a campaign with its faults, day by day; 0 if everything held that must hold, else 1."""
    if scenario not in SCENARIOS:
        raise ParameterFault(f"there is no replay “{scenario}”; there is: {', '.join(SCENARIOS)}")
    told = replay_campaign(out, listener=lambda day: _announce(day, language))
    for line in replay_lines(told, language):
        print(line)
    print(f"  {out / REPORT_NAME}")
    write_json(json_file, told)
    if not told["held"]:
        raise typer.Exit(1)


def _announce(day: Day, language: str) -> None:
    """Print which day is being played."""
    typer.echo(f"… {getattr(day, language)}", err=True)


def replay_lines(told: dict[str, Any], language: str) -> list[str]:
    """Return what a replay found as lines, day by day.

    Parameters
    ----------
    told : from `replay_campaign`.
    language : ``vi`` or ``en``.
    """
    days, musts = {str(d): d for d in Day}, {str(m): m for m in Must}
    lines = []
    for day, checks in groupby(told["checks"], key=lambda c: c["day"]):
        lines.append(getattr(days[day], language))
        for check in checks:
            words = getattr(musts[check["must"]], language).format(found=check["found"])
            name = f"{check['must']} " if check["must"].startswith("I") else ""
            lines.append(f"  {'✓' if check['held'] else '✗'} {name}{words}")
    lines += _list_published(told, language)
    held = sum(c["held"] for c in told["checks"])
    whole = {"vi": "điều kiện thỏa mãn", "en": "of what must hold held"}[language]
    return [*lines, f"{held}/{len(told['checks'])} {whole}"]


def _list_published(told: dict[str, Any], language: str) -> list[str]:
    """Return the published figures: which come out, and which cannot be had from the rules, and why."""
    if not told["published"]:
        return []
    head = {"vi": "Số liệu đã công bố", "en": "Published figures"}[language]
    lines, figures = [head], {str(figure): figure for figure in Published}
    for row in told["published"]:
        words = getattr(figures[row["figure"]], language).format(found=row["found"])
        lines.append(f"  = {row['figure']}: {row['published']}" if row["same"] else f"  ≠ {words}")
    return lines
