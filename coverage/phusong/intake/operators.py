"""Read which operators a row names, under any of the names they go by."""

from __future__ import annotations

import re

import pandas as pd

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.words import list_networks, list_operator_words, word_key
from phusong.vietnamese.keys import base_key
from phusong.vocabulary.operators import LONGEST_NAME
from phusong.vocabulary.terms import Operator

#: What parts names for certain, and what may stand within one name too, as in AT&T.
_BETWEEN = re.compile(r"\s*[,;/|\n]\s*")
_MAYBE_BETWEEN = re.compile(r"\s*[+&]\s*|\s+và\s+")
#: Behind a dash stands another name of the same operator, or where it is.
_DASH = re.compile(r"\s+-\s+")

#: Country and network as telephones write them together, such as 45204.
_NETWORK = re.compile(r"(\d{3})[- ]?(\d{2,3})(?:\.0)?")


def parse_operators(text: str) -> list[Operator]:
    """Return the operators that a cell names, each once; a name that nobody knows is an operator of its own.

    Parameters
    ----------
    text : of the cell: names or network codes, several by commas, slashes and the like.
    """
    whole = _find_known(text)
    if whole is not None:
        return [whole]
    names = [name for part in _BETWEEN.split(text) for name in _part_known(part)]
    found = [_find_known(name) or _find_within(name) or name_unknown(name) for name in names]
    return list(dict.fromkeys(operator for operator in found if operator is not None))


def _part_known(text: str) -> list[str]:
    """Return the names within a part; signs that names have too part only what holds a known one."""
    named = [name for name in _DASH.split(text) if _is_known(name)]
    if named:
        return [part for name in named for part in _MAYBE_BETWEEN.split(name) if part.strip()]
    names = [name for name in _MAYBE_BETWEEN.split(text) if name.strip()]
    return names if any(_is_known(name) for name in names) else [text]


def _is_known(text: str) -> bool:
    """Return whether a text or a word of it names a known operator."""
    return (_find_known(text) or _find_within(text)) is not None


def _find_known(text: str) -> Operator | None:
    """Return the known operator that a whole text names, by network code, alias, key or label."""
    code = _NETWORK.fullmatch(text.strip())
    network = list_networks().get(f"{code[1]}-{int(code[2])}") if code else None
    key = word_key(text)
    if network or not key:
        return network
    labelled = (o for o in Operator if key in (word_key(o.value), word_key(o.vi), word_key(o.en)))
    return list_operator_words().get(key) or next(labelled, None)


def _find_within(text: str) -> Operator | None:
    """Return the known operator that a word of a name means, as in VNPT beside a province's name."""
    words, known = base_key(text).split(), list_operator_words()
    return next((known[word] for word in words if word in known), None)


def name_unknown(text: str) -> Operator | None:
    """Return the operator that goes by a name which no file knows; none for mere signs.

    Parameters
    ----------
    text : the name, or a network code.
    """
    if not any(sign.isalnum() for sign in text):
        return None
    return Operator.of(text[:LONGEST_NAME])


def read_operators(
    table: MatchedTable, findings: Findings, options: ReadOptions, *, warn_unstated: bool = True
) -> pd.Series:
    """Return the operators of each row.

    A row that names none takes the operator stated for the whole file. Unknown names are operators of their
    own, rows for which nobody is named are another operator's; both are warned of, once a name.

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
    listed = {*Operator.list_values(), *whole}
    for text in sorted(t for t in parsed if t and not set(parsed[t]) <= listed):
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
