"""Accept lists of hamlets that were merged, split, renamed or moved to another commune."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from phusong.intake.coordinates import read_positions
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.hamlet_names import split_name
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.identities import make_unique
from phusong.intake.judge import Judge
from phusong.intake.localities import resolve_communes
from phusong.intake.numbers import read_numbers
from phusong.intake.reading import RawTable
from phusong.intake.values import read_column, read_dates, read_texts
from phusong.places.hamlet_lineage import find_cycles, round_share_sums
from phusong.vietnamese.keys import base_key
from phusong.vocabulary.tables.accepted import HAMLET_LINEAGE
from phusong.vocabulary.terms import Severity

WARNING = Severity.WARNING
ENDS = ("from", "to")
FULL_PERCENT = 100.0


def accept_hamlet_lineage(
    raw: RawTable, findings: Findings, options: ReadOptions, judge: Judge
) -> pd.DataFrame:
    """Return the changes of a list, one a row: which former hamlet went, as a whole or in part, to which.

    Parameters
    ----------
    raw : the file as text.
    findings : notebook of this reading.
    options : edition of the commune codes; date of the whole list, which stands where a row has none.
    judge : where the province lies.

    Returns
    -------
    columns of accepted_hamlet_lineage for every row, wrong ones included; index = row number in the file.

    Raises
    ------
    SourceFault
        If the former or the new hamlet has no column.
    """
    required = (("from_hamlet_id", "from_hamlet"), ("to_hamlet_id", "to_hamlet"))
    table = match_headings(raw, "hamlet_lineage", findings, required=required)
    ends = [_read_end(table, end, findings, options, judge) for end in ENDS]
    whole = table.heading("from_hamlet" if table.has("from_hamlet") else "from_hamlet_id")
    changes = pd.concat(ends, axis=1).assign(
        households=read_column(table, HAMLET_LINEAGE.column("households"), findings),
        decision=_read_decisions(table, findings),
        changed_on=_read_days(table, findings, options),
        **read_positions(table, findings, options, judge, required=False),
    )
    keys = {end: key_hamlets(changes, end) for end in ENDS}
    changes["share"] = _read_shares(table, changes, keys["from"], findings)
    _fault_cycles(table, changes, keys, findings)
    days = changes["changed_on"].dt.strftime("-%Y%m%d").fillna("")
    origin, target = (keys[end].astype("str") for end in ENDS)
    named = changes.assign(lineage_id=origin + ":" + target + days)
    return make_unique(named, "lineage_id", whole, findings, stated=keys["from"])


def key_hamlets(changes: pd.DataFrame, end: str) -> pd.Series:
    """Return what names each hamlet: its id, else its commune and name; missing where neither is there.

    Parameters
    ----------
    changes : columns of accepted_hamlet_lineage.
    end : ``from`` or ``to``.
    """
    named = changes[f"{end}_hamlet"].map(lambda t: base_key(t) if isinstance(t, str) else None)
    by_name = changes[f"{end}_commune_code"].astype("str") + "/" + named.astype("str")
    return changes[f"{end}_hamlet_id"].fillna(by_name).astype("object")


def _read_end(
    table: MatchedTable, end: str, findings: Findings, options: ReadOptions, judge: Judge
) -> pd.DataFrame:
    """Return id, name, kind and commune of the former or the new hamlets, and fault who is not named.

    A list that has one column of communes alone means it of both.
    """
    ids = read_texts(table, f"{end}_hamlet_id", findings)
    names = read_texts(table, f"{end}_hamlet", findings)
    split = names.map(lambda t: split_name(t) if isinstance(t, str) else (None, None))
    view = _view_communes(table, end)
    severity = WARNING if ids.notna().all() else Severity.ERROR
    localities = resolve_communes(view, findings, options, judge, severity=severity)
    silent = (view.cells("commune_code") == "") & (view.cells("commune_name") == "")
    unstated = ids.isna() & (names.isna() | silent)
    column = f"{end}_hamlet" if table.has(f"{end}_hamlet") else f"{end}_hamlet_id"
    table.fault(findings, "place_unstated", column, unstated)
    return pd.DataFrame(
        {
            f"{end}_hamlet_id": ids,
            f"{end}_hamlet": split.map(lambda s: s[1]).astype("object"),
            f"{end}_kind": split.map(lambda s: str(s[0]) if s[0] else None).astype("object"),
            f"{end}_commune_code": localities.codes,
            f"{end}_edition": localities.editions,
        }
    )


def _view_communes(table: MatchedTable, end: str) -> MatchedTable:
    """Return the table with the communes of one end where those of any list stand."""
    columns = {"commune_code": "commune_code", "commune_name": "commune"}
    own = end if any(table.has(f"{end}_{c}") for c in columns.values()) else ENDS[0]
    found = {n: f"{own}_{c}" for n, c in columns.items() if table.has(f"{own}_{c}")}
    table.used.update(found.values())
    return replace(table, headings={n: table.headings[c] for n, c in found.items()}, used=set())


def _read_decisions(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return the number of each decision; one that is not stated is warned of."""
    decisions = read_texts(table, "decision", findings)
    name = "decision" if table.has("decision") else "from_hamlet"
    table.fault(findings, "lineage_undecided", name, decisions.isna(), severity=WARNING)
    return decisions


def _read_days(table: MatchedTable, findings: Findings, options: ReadOptions) -> pd.Series:
    """Return the day from which each change holds, the list's own where a row has none."""
    days = read_dates(table, "changed_on", findings)
    blank = table.cells("changed_on") == ""
    if options.as_of is not None:
        days = days.mask(blank, pd.Timestamp(options.as_of))
    name = "changed_on" if table.has("changed_on") else "from_hamlet"
    table.fault(findings, "lineage_undated", name, days.isna() & blank)
    return days


def _read_shares(
    table: MatchedTable, changes: pd.DataFrame, origins: pd.Series, findings: Findings
) -> pd.Series:
    """Return which share of its former hamlet each row moves: as stated, else by households, else the whole.

    The shares of one former hamlet and day must sum to 1, but for rounding; then they are made to.
    """
    stated = _parse_shares(table, findings)
    groups = [origins.fillna(""), changes["changed_on"]]
    parts = origins.groupby(groups, dropna=False).transform("size").fillna(1)
    moved = changes["households"].astype("float64")
    counted = moved.groupby(groups, dropna=False).transform(lambda h: h.sum(skipna=False))
    by_households = (moved / counted).where((parts > 1) & (counted > 0))
    shares = stated.fillna(by_households).mask(stated.isna() & (parts == 1), 1.0)
    total, right = round_share_sums(shares, groups)
    named = origins.notna() & changes["changed_on"].notna()
    column = "share" if table.has("share") else "from_hamlet"
    for value in sorted(set(total[named & ~right & total.notna()])):
        wrong = named & ~right & (total == value)
        table.fault(findings, "lineage_shares", column, wrong, total=f"{value:.3g}")
    unknown = named & shares.isna() & (parts > 1)
    table.fault(findings, "lineage_shares_unstated", column, unknown, severity=WARNING)
    return (shares / total).where(right & (total > 0), shares).clip(0, 1)


def _parse_shares(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return the shares as stated, 0..1; in per cent where the heading or a cell has the sign.

    A spreadsheet holds 60 % in a cell of percentages as 0.6. The parts of a hamlet are its whole, so that no
    list in per cent has none above one.
    """
    if not table.has("share"):
        return pd.Series(np.nan, index=table.raw.frame.index)
    heading = table.heading("share")
    cells = table.raw.frame[heading].astype("str")
    percent = "%" in heading or bool(cells.str.contains("%", regex=False).any())
    bare = table.raw.frame.assign(**{heading: cells.str.replace("%", "", regex=False).str.strip()})
    plain = replace(table, raw=replace(table.raw, frame=bare))
    high = FULL_PERCENT if percent else 1.0
    shares = read_numbers(plain, "share", findings, low=0, high=high)
    return shares / high if (shares > 1).any() else shares


def _fault_cycles(
    table: MatchedTable, changes: pd.DataFrame, keys: dict[str, pd.Series], findings: Findings
) -> None:
    """Fault the rows that lead back to where they came from on one day."""
    frame = pd.DataFrame(
        {"from_hamlet_id": keys["from"], "to_hamlet_id": keys["to"], "changed_on": changes["changed_on"]}
    )  # fmt: skip
    column = "to_hamlet" if table.has("to_hamlet") else "to_hamlet_id"
    table.fault(
        findings,
        "lineage_cycle",
        column,
        find_cycles(frame.dropna()).reindex(frame.index, fill_value=False),
    )
