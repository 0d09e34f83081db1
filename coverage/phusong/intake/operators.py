"""Read which operators a row names, under any of the names they go by."""

from __future__ import annotations

import re

import pandas as pd

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.words import NETWORKS, OPERATOR_WORDS, word_key
from phusong.vietnamese.keys import base_key
from phusong.vocabulary.terms import Operator

_BETWEEN = re.compile(r"\s*[,;/+&|\n]\s*|\s+và\s+|\s+-\s+")

#: Country and network as telephones write them together, such as 45204.
_NETWORK = re.compile(r"(\d{3})[- ]?(\d{2})(?:\.0)?")


def parse_operators(text: str) -> list[Operator]:
    """Return the operators that a cell names, each once; a name that nobody knows is another operator."""
    code = _NETWORK.fullmatch(text.strip())
    network = NETWORKS.get(f"{code[1]}-{int(code[2])}") if code else None
    whole = network or OPERATOR_WORDS.get(word_key(text))
    if whole:
        return [whole]
    found = [_parse_operator(part) for part in _BETWEEN.split(text) if part]
    return list(dict.fromkeys(found))


def _parse_operator(text: str) -> Operator:
    """Return the operator that one name means, by the name or by a word of it."""
    words = [word_key(text), *base_key(text).split()]
    known = [OPERATOR_WORDS[w] for w in words if w in OPERATOR_WORDS]
    return known[0] if known else _labelled(text)


def _labelled(text: str) -> Operator:
    key = word_key(text)
    return next((o for o in Operator if key in (word_key(o.value), word_key(o.vi))), Operator.OTHER)


def read_operators(
    table: MatchedTable, findings: Findings, options: ReadOptions, *, warn_unstated: bool = True
) -> pd.Series:
    """Return the operators of each row.

    A row that names none takes the operator stated for the whole file. Unknown names, and rows for which
    nobody is named, are kept as another operator and warned of, once a name.

    Parameters
    ----------
    table : the raw table, matched.
    findings : notebook of this reading.
    options : operator of the whole file.
    warn_unstated : whether rows for which nobody is named are warned of.

    Returns
    -------
    lists of operators on the index of the rows.
    """
    cells = table.cells("operator")
    whole = parse_operators(options.operator or "")
    parsed = {text: parse_operators(text) or whole or [Operator.OTHER] for text in cells.unique()}
    if warn_unstated and not whole and (cells == "").any():
        count = int((cells == "").sum())
        row = 0 if (cells == "").all() else int(cells.index[cells == ""][0])
        findings.warn("operator_unstated", table.heading("operator"), [row], [""], count=count)
    for text in sorted(t for t in parsed if t and Operator.OTHER in parsed[t]):
        rows = cells.index[cells == text]
        findings.warn(
            "unknown_operator", table.heading("operator"), [rows[0]], [text], count=len(rows)
        )
    return cells.map(lambda text: parsed[text]).astype("object")


def read_operator(
    table: MatchedTable, findings: Findings, options: ReadOptions, *, warn_unstated: bool = True
) -> pd.Series:
    """Return the one operator of each row; a row that names several is faulted.

    Parameters
    ----------
    table, findings, options, warn_unstated : as for `read_operators`.
    """
    named = read_operators(table, findings, options, warn_unstated=warn_unstated)
    several = named.map(len) > 1
    table.fault(findings, "several_operators", "operator", several)
    return named.map(lambda operators: operators[0].value).astype("object")
