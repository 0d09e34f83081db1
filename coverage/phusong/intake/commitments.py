"""Accept operators' commitments: which hamlet is to have what by when, and how far it has come."""

from __future__ import annotations

import pandas as pd

from phusong.intake.book_ids import read_ids
from phusong.intake.book_words import (
    SOLUTION_PIECES,
    STATE_PIECES,
    TECHNOLOGY_PIECES,
    find_terms,
    first_term,
)
from phusong.intake.deadlines import read_deadlines
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.identities import make_unique
from phusong.intake.judge import Judge
from phusong.intake.localities import resolve_communes
from phusong.intake.operators import read_operator
from phusong.intake.reading import RawTable
from phusong.intake.values import fill_date, read_dates, read_texts
from phusong.intake.words import TECHNOLOGY_WORDS
from phusong.vocabulary.book import CommitmentState
from phusong.vocabulary.options import OptionKind
from phusong.vocabulary.terms import Severity, Technology

WARNING = Severity.WARNING
#: In what the rows of one commitment must agree.
SAME = ("operator", "hamlet", "due_on", "state")
#: States in which something is on air.
DONE = (CommitmentState.ON_AIR, CommitmentState.ACCEPTED)


def accept_commitments(
    raw: RawTable, findings: Findings, options: ReadOptions, judge: Judge
) -> pd.DataFrame:
    """Return the commitments of a list, one a row; a row for two technologies is two.

    Parameters
    ----------
    raw : the file as text.
    findings : notebook of this reading.
    options : operator and technology of the whole file; edition of the commune codes; date of the list.
    judge : by how much another edition must fit better to be asked about.

    Returns
    -------
    columns of accepted_commitments for every row, wrong ones included; index = row number in the file,
    repeated where a row names two technologies.

    Raises
    ------
    SourceFault
        If the hamlet has no column.
    """
    table = match_headings(raw, "commitments", findings, required=(("hamlet_id", "hamlet"),))
    places = _read_places(table, findings, options, judge)
    commitments = pd.DataFrame(
        {
            "operator": read_operator(table, findings, options),
            **places,
            "solution": _read_solutions(table, findings),
            "due_on": read_deadlines(table, "due_on", findings),
            "on_air_on": read_deadlines(table, "on_air_on", findings),
            "accepted_under": read_texts(table, "accepted_under", findings),
            "obstacle": read_texts(table, "obstacle", findings),
            "as_of": fill_date(
                read_dates(table, "as_of", findings, severity=WARNING), options.as_of
            ),
        }
    )
    undated = (table.cells("due_on") == "").astype(bool)
    name = "due_on" if table.has("due_on") else "hamlet"
    table.fault(findings, "due_unstated", name, undated, severity=WARNING)
    described = commitments.assign(state=_read_states(table, commitments, findings))
    return _split_technologies(described, table, findings, options)


def _read_places(
    table: MatchedTable, findings: Findings, options: ReadOptions, judge: Judge
) -> dict[str, pd.Series]:
    """Return the hamlet of each row by its id, or by its name and commune as written."""
    ids, names = read_texts(table, "hamlet_id", findings), read_texts(table, "hamlet", findings)
    severity = WARNING if ids.notna().all() else Severity.ERROR
    described = resolve_communes(table, findings, options, judge, severity=severity)
    communes = read_texts(table, "commune_name", findings)
    silent = (table.cells("commune_code") == "") & (table.cells("commune_name") == "")
    unstated = ids.isna() & (names.isna() | silent)
    name = "hamlet" if table.has("hamlet") else "hamlet_id"
    table.fault(findings, "place_unstated", name, unstated)
    return {
        "hamlet_id": ids,
        "hamlet": names,
        "commune_code": described.codes,
        "edition": described.editions,
        "commune": communes,
    }


def _read_solutions(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return by what each hamlet is to be connected."""
    cells = table.cells("solution")
    described = {t: first_term(t, SOLUTION_PIECES, OptionKind) for t in cells.unique()}
    solutions = cells.map(described).astype("object")
    unread = solutions.isna() & (cells != "")
    table.fault(findings, "solution_unread", "solution", unread, severity=WARNING)
    return solutions


def _read_states(table: MatchedTable, commitments: pd.DataFrame, findings: Findings) -> pd.Series:
    """Return how far each has come: as stated, else by its record of acceptance and its day on air."""
    cells = table.cells("state")
    described = {t: first_term(t, STATE_PIECES, CommitmentState) for t in cells.unique()}
    stated = cells.map(described).astype("object")
    choices = ", ".join(s.vi for s in CommitmentState)
    table.fault(findings, "state_unread", "state", stated.isna() & (cells != ""), choices=choices)
    aired, accepted = commitments["on_air_on"].notna(), commitments["accepted_under"].notna()
    read = pd.Series(str(CommitmentState.PLANNED), index=cells.index, dtype="object")
    read = read.mask(aired, str(CommitmentState.ON_AIR))
    read = read.mask(accepted, str(CommitmentState.ACCEPTED))
    blank = cells == ""
    findings.fix("state_assumed", table.heading("state"), cells[blank], read[blank])
    open_ones = stated.notna() & aired & ~stated.isin([str(s) for s in DONE])
    for state in sorted(set(stated[open_ones])):
        own, vi = open_ones & (stated == state), CommitmentState.of(state).vi
        table.fault(findings, "state_differs", "state", own, severity=WARNING, state=vi)
    return stated.where(~blank, read)


def _split_technologies(
    commitments: pd.DataFrame, table: MatchedTable, findings: Findings, options: ReadOptions
) -> pd.DataFrame:
    """Return one row a technology, each with an id: `3G, 4G` in one cell are two promises."""
    cells = table.cells("technology")
    whole = TECHNOLOGY_WORDS.get((options.technology or "").lower())
    named = {t: [str(v) for v in _parse_technologies(t)] for t in cells.unique()}
    fibre = (commitments["solution"] == OptionKind.FIBRE) & (cells == "")
    listed = cells.map(lambda t: named[t] or ([str(whole)] if whole else []))
    listed = listed.where(
        ~fibre | listed.map(bool), pd.Series([[str(Technology.FIBRE)]] * len(cells), cells.index)
    )
    none = ~listed.map(bool).astype(bool)
    name = "technology" if table.has("technology") else "hamlet"
    table.fault(findings, "technology_unstated", name, none)
    made_of = commitments[["operator", "hamlet_id", "commune_code", "hamlet", "solution"]]
    ids = read_ids(table, "commitment_id", findings, prefix="CK-", made_of=made_of)
    split = commitments.assign(technology=listed, commitment_id=ids, stated=ids).explode(
        "technology"
    )
    several = split.index.duplicated(keep=False)
    own = split["commitment_id"] + "-" + split["technology"].astype("str")
    split["commitment_id"] = split["commitment_id"].where(~several, own)
    heading = table.heading("commitment_id")
    stated = split.pop("stated")
    return make_unique(split, "commitment_id", heading, findings, same=SAME, stated=stated)


def _parse_technologies(text: str) -> list[Technology]:
    """Return the technologies that a cell names."""
    return find_terms(text, TECHNOLOGY_PIECES)
