"""``locate``: a list of hamlets and a list of addresses, one answer a row."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer
from rich.progress import track

from phusong.cli.output import SCREEN, replace_whole, write_json
from phusong.intake.address_lists import read_address_list, read_hamlet_list
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.neutral import neutralise_text
from phusong.places.addresses import Gazetteer, make_gazetteer, match_addresses
from phusong.places.addresses.scoring import Score, has_truth, score_answers
from phusong.places.registers import read_register
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.parameters import load_parameters

#: Addresses between two steps of the bar.
BLOCK_ROWS = 10_000


def locate(
    hamlets: Annotated[
        Path,
        typer.Option(help="list of hamlets: hamlet_id,kind,name,commune_code,edition,aliases"),
    ],
    addresses: Annotated[
        Path, typer.Option(help="list of addresses: row_id,address or hamlet,commune,district …")
    ],
    out: Annotated[Path, typer.Option(help="write one answer a row here (CSV)")],
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="the day of addresses that state none"),
    ] = None,
    province: Annotated[
        str | None,
        typer.Option(help="code of the province; without it the one in which the hamlets lie"),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="utf-8, utf-16, cp1258, tcvn3, vni or viscii")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="write the summary here; - for the screen")
    ] = None,
) -> None:
    """Find the hamlet of every address, or say why there is none."""
    if out.suffix.lower() != ".csv" or out.is_dir():
        raise ParameterFault(f"--out {out}: end the name in .csv")
    if province is not None:
        read_register().describe(province)
    parameters, options = load_parameters(), ReadOptions(encoding=encoding)
    listed = read_hamlet_list(hamlets, options, parameters.intake)
    gazetteer = make_gazetteer(listed, province=province)
    table = read_address_list(addresses, options, parameters.intake)
    if as_of is not None:
        table = _date(table, as_of.date().isoformat())
    most = int(parameters.places.number("address_candidates"))
    answers = _answer(table, gazetteer, most)
    _write(answers, out)
    score = score_answers(table, answers, gazetteer=gazetteer) if has_truth(table) else None
    summary = summarise(answers, score) | {"hamlets": str(hamlets), "addresses": str(addresses)}
    _tell(summary | {"out": str(out)}, json_file)


def _date(table: pd.DataFrame, day: str) -> pd.DataFrame:
    """Return the addresses with a day where they state none."""
    stated = table["as_of"] if "as_of" in table else pd.Series("", index=table.index)
    return table.assign(as_of=stated.where(stated != "", day))


def _answer(table: pd.DataFrame, gazetteer: Gazetteer, most: int) -> pd.DataFrame:
    """Return the answers, block by block, showing how far it is."""
    parts = [
        match_addresses(table.iloc[start : start + BLOCK_ROWS], gazetteer, most_candidates=most)
        for start in _walk(len(table))
    ]
    return pd.concat(parts)


def _walk(rows: int) -> Iterator[int]:
    """Yield where each block begins: a bar on a terminal, plain lines elsewhere."""
    starts = range(0, rows, BLOCK_ROWS)
    if sys.stderr.isatty():
        yield from track(starts, description="địa chỉ · addresses", transient=True)
        return
    for start in starts:
        if start:
            print(f"… {start:,}/{rows:,} địa chỉ · addresses", file=sys.stderr, flush=True)
        yield start


def _write(answers: pd.DataFrame, path: Path) -> None:
    """Write the answers as UTF-8 text of which no cell can act as a formula."""
    safe = pd.DataFrame({name: neutralise_text(cells)[0] for name, cells in answers.items()})
    path.parent.mkdir(parents=True, exist_ok=True)
    with replace_whole(path) as draft:
        safe.to_csv(draft, index=False, encoding="utf-8")


def summarise(answers: pd.DataFrame, score: Score | None) -> dict[str, Any]:
    """Return rows by status, and how right they are where the truth is known.

    Parameters
    ----------
    answers : from `match_addresses`.
    score : from `score_answers`, or None.
    """
    counts = answers["status"].value_counts().sort_index()
    statuses = {
        str(status): {"rows": int(count), "share": count / len(answers)}
        for status, count in counts.items()
    }
    told = None
    if score is not None:
        told = score._asdict() | {"precision": score.precision, "recall": score.recall}
    return {"rows": len(answers), "statuses": statuses, "score": told}


def summary_lines(summary: dict[str, Any]) -> list[str]:
    """Return a summary as a clerk reads it: every share with its numerator and denominator."""
    rows = summary["rows"]
    lines = [f"{rows} địa chỉ · addresses → {summary['out']}"]
    for status, told in summary["statuses"].items():
        lines.append(f"  {status:16} {told['rows']}/{rows} ({100 * told['share']:.1f} %)")
    score = summary["score"]
    if score is None:
        return lines
    lines.append(f"  đúng · precision  {_say_share(score['right'], score['matched'])}")
    lines.append(f"  tìm được · recall {_say_share(score['right'], score['meant'])}")
    lines.append(f"  sai xã · wrong communes {score['wrong_communes']}/{rows}")
    if score["statuses_right"] is not None:
        right = _say_share(score["statuses_right"], rows)
        lines.append(f"  đúng trạng thái · statuses as expected {right}")
    return lines


def _say_share(part: int, whole: int) -> str:
    """Return a share with its numerator and denominator."""
    return f"{part}/{whole} ({100 * part / whole:.2f} %)" if whole else f"{part}/{whole}"


def _tell(summary: dict[str, Any], json_file: Path | None) -> None:
    """Print the summary for a person, or write it for a machine."""
    write_json(json_file, summary)
    if json_file is not None and str(json_file) == SCREEN:
        return
    for line in summary_lines(summary):
        print(line)
