"""Find the commune that a row names, by code and name in one edition, and tell which edition a file means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from phusong.intake.commune_hints import (
    NO_HINT,
    Stated,
    find_codes,
    find_edition,
    known_codes,
    knows_commune,
    name_of_code,
    share_of_any,
    spells_alike,
    suggest_communes,
    weigh_editions,
)
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.judge import Judge, limit_to_edition
from phusong.intake.rules import add_to_both, describe_rule
from phusong.vocabulary.terms import Severity

#: For how many different unknown communes of a file it is said which may be meant.
HINTED = 50
#: An edition in which less of the rows than this bear their own names is not told from them, 0..1.
LEAST_SHARE = 0.5
NO_DISTRICT = ""


@dataclass(frozen=True)
class Localities:
    """Hold the commune of each row, and the edition in which the file tells them.

    Parameters
    ----------
    codes : commune code on the index of the rows, missing where unknown.
    options : what the user says, with the edition that the file tells.
    judge : who judges positions, against the communes of that edition.
    """

    codes: pd.Series
    options: ReadOptions
    judge: Judge

    @property
    def editions(self) -> pd.Series:
        """Return the edition of each code, missing where there is none."""
        stated = pd.Series(self.options.edition, index=self.codes.index, dtype="object")
        return stated.where(self.codes.notna(), None)


def resolve_communes(
    table: MatchedTable,
    findings: Findings,
    options: ReadOptions,
    judge: Judge,
    *,
    severity: Severity = Severity.ERROR,
) -> Localities:
    """Return the commune of each row, in the edition that codes and names together tell.

    Parameters
    ----------
    table : the raw table, matched; ``commune_code``, ``commune_name`` and ``district`` are read.
    findings : notebook of this reading.
    options : edition of the commune codes as far as the user says.
    judge : where the province and its communes lie.
    severity : what a commune that is unknown, or of which code and name disagree, does to its row. Where it
        is a warning no question is asked either, since the row does not hang on it.
    """
    described = resolve_edition(table, findings, options, judge, may_ask=severity == Severity.ERROR)
    codes = read_communes(table, findings, described, severity=severity)
    return Localities(codes, described, limit_to_edition(judge, described.edition))


def resolve_edition(
    table: MatchedTable,
    findings: Findings,
    options: ReadOptions,
    judge: Judge,
    *,
    may_ask: bool = True,
) -> ReadOptions:
    """Return the options with the edition that codes and names together tell.

    One code stands for different communes in different editions (08707 was Tích Sơn and became Vĩnh Yên),
    so a file read by the wrong list would bear wrong names. An edition that fits every row which fits any,
    where the stated one does not, is taken and listed; one that far more rows fit is asked about. Codes
    without names and names without codes tell no edition for sure, and are asked about alone.

    Parameters
    ----------
    table, findings, options, judge : as for `resolve_communes`.
    may_ask : whether a person is asked where the rows leave it open.
    """
    if not options.is_checked:
        return options
    rows = _state_rows(table)
    both = [pair for pair in rows if all(pair)]
    shares = weigh_editions(both or rows, options.province, options.register)
    own = shares.get(options.edition, 1.0)
    best = max(shares, key=lambda edition: shares[edition], default=options.edition)
    most = shares.get(best, 1.0)
    fits = share_of_any(both, options.province, options.register)
    if both and own < most and most >= LEAST_SHARE and most == fits:
        findings.fix_shapes("edition_told", "edition", len(both), options.edition, best)
        return replace(options, edition=best)
    if may_ask and own + judge.wrong_zone_share < most:
        shown = "; ".join(f"{e}: {100 * s:.0f} %" for e, s in shares.items())
        order = sorted(shares, key=lambda edition: -shares[edition])
        findings.ask("edition", order, add_to_both(describe_rule("edition_doubtful"), shown))
    return options


def _ask(options: ReadOptions) -> dict[str, Any]:
    """Return in which list, of whom and when, a commune is looked for."""
    return {
        "edition": options.edition,
        "province": options.province,
        "register": options.register,
    }


def _state_rows(table: MatchedTable) -> list[Stated]:
    """Return code, with its lost zero, and name of each row that states any."""
    codes, names = _pad_codes(table), _name_cells(table)
    return [pair for pair in zip(codes, names, strict=True) if any(pair)]


def _name_cells(table: MatchedTable) -> pd.Series:
    """Return the names of communes; a code again, as under one merged cell for both, is none."""
    names = table.cells("commune_name")
    return names.mask(names.str.fullmatch(r"\d{3,5}") & (names == table.cells("commune_code")), "")


def _pad_codes(table: MatchedTable) -> pd.Series:
    """Return the codes as text of five digits, where they have three or four."""
    cells = table.cells("commune_code").str.replace(r"\.0$", "", regex=True)
    return cells.where(~cells.str.fullmatch(r"\d{3,4}"), cells.str.zfill(5))


def read_communes(
    table: MatchedTable,
    findings: Findings,
    options: ReadOptions,
    *,
    severity: Severity = Severity.ERROR,
    of_names: Severity | None = None,
) -> pd.Series:
    """Return the commune code of each row.

    A name that several communes carry is quarantined with the candidates, unless the district decides. Where
    a row has code and name, both must be of one commune of the edition; a slip of spelling is warned of.

    Parameters
    ----------
    table : the raw table, matched; ``commune_code``, ``commune_name`` and ``district`` are read.
    findings : notebook of this reading.
    options : edition of the commune codes.
    severity : what a code or name that the edition does not know does to its row.
    of_names : what a name that is not the code's does to its row, where that is something else; where it is
        a warning the code stands.

    Returns
    -------
    code on the index of the rows, missing where unknown.
    """
    if not options.is_checked:
        return take_communes(table, findings)
    codes = _stated_codes(table, findings, options, severity, of_names or severity)
    names, districts = table.cells("commune_name"), table.cells("district")
    left = codes.isna() & (names != "") & (table.cells("commune_code") == "")
    if not left.any():
        return codes
    places = pd.Series(list(zip(names, districts, strict=True)), index=names.index)[left]
    found = {place: find_codes(place, **_ask(options)) for place in set(places)}
    unknown = places.map(lambda p: not found[p]).astype(bool)
    unknown = unknown.reindex(names.index, fill_value=False)
    _fault_unknown(table, findings, "commune_name", unknown, options, severity)
    _fault_homonyms(table, findings, places, found, severity)
    named = places.map(lambda p: found[p][0] if len(found[p]) == 1 else None).astype("object")
    return codes.mask(left, named)


def take_communes(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return the commune of each row as it is written, where no register can check it: code, else name.

    Parameters
    ----------
    table, findings : as for `read_communes`.

    Returns
    -------
    code on the index of the rows, missing where neither stands.
    """
    codes = table.cells("commune_code").str.replace(r"\.0$", "", regex=True)
    written = codes.where(codes != "", table.cells("commune_name"))
    stated = written != ""
    if stated.any():
        heading = table.heading("commune_code" if (codes != "").any() else "commune_name")
        first = written.index[stated][0]
        findings.warn(
            "commune_unchecked", heading, [first], [written[first]], count=int(stated.sum())
        )
    return written.astype("object").where(stated, None)


def fill_communes(
    table: MatchedTable,
    written: pd.Series,
    findings: Findings,
    options: ReadOptions,
    judge: Judge,
) -> pd.Series:
    """Return the communes of addresses as written; where a code alone says which, the name of that code.

    Code and name that are not one commune's are warned of and the name stands, since a person's row does not
    hang on it and the address is read once more with all that it holds.

    Parameters
    ----------
    table : a list of persons, matched; ``commune_code`` and ``commune`` are read.
    written : commune of each row as the list has it, missing where it has none.
    findings, options, judge : as for `resolve_communes`.
    """
    if not table.has("commune_code"):
        return written
    if not options.is_checked:
        return written
    names = {"commune_name": table.heading("commune")} if table.has("commune") else {}
    named = MatchedTable(table.raw, {**table.headings, **names}, table.used)
    described = resolve_edition(named, findings, options, judge, may_ask=False)
    warning = Severity.WARNING
    codes = _stated_codes(named, findings, described, warning, warning)
    bare = written.isna() & codes.notna()
    spelt = codes[bare].map(lambda code: name_of_code(code, **_ask(described))).astype("object")
    findings.fix("commune_from_code", table.heading("commune_code"), codes[bare], spelt)
    return written.mask(bare, spelt.reindex(written.index))


def _stated_codes(
    table: MatchedTable,
    findings: Findings,
    options: ReadOptions,
    severity: Severity,
    of_names: Severity,
) -> pd.Series:
    """Return the codes that the file states, the edition knows and their names bear out."""
    cells = table.cells("commune_code").str.replace(r"\.0$", "", regex=True)
    padded = _pad_codes(table)
    changed = padded != cells
    findings.fix("leading_zero", table.heading("commune_code"), cells[changed], padded[changed])
    known = padded.isin(known_codes(**_ask(options)))
    unknown = (padded != "") & ~known
    _fault_unknown(table, findings, "commune_code", unknown, options, severity)
    split = _fault_names(table, findings, padded.where(known, ""), options, of_names)
    stands = severity == Severity.ERROR and of_names == Severity.WARNING
    return padded.astype("object").where(known & (~split | stands), None)


def _fault_names(
    table: MatchedTable,
    findings: Findings,
    codes: pd.Series,
    options: ReadOptions,
    severity: Severity,
) -> pd.Series:
    """Fault the rows whose code and name are not one commune's; return which codes are then not believed."""
    edition, split = options.edition, pd.Series(False, index=codes.index)
    asked = _ask(options)
    names = _name_cells(table)
    stated = list(zip(codes, names, table.cells("district"), strict=True))
    places = pd.Series(stated, index=codes.index)[(codes != "") & (names != "")]
    for (code, name, district), rows in places.groupby(places, sort=False).groups.items():
        if knows_commune(code, name, district=district, **asked):
            continue
        elsewhere = find_edition(code, name, **asked)
        other = bool(find_codes((name, NO_DISTRICT), **asked))
        slip = not elsewhere and not other and spells_alike(code, name, **asked)
        split[rows] = not slip
        findings.fault(
            "name_disagrees",
            table.heading("commune_name"),
            rows,
            [name] * len(rows),
            severity=Severity.WARNING if slip else severity,
            **_describe_code(name_of_code(code, **asked), elsewhere, edition),
        )
    return split


def _describe_code(name: str, elsewhere: str | None, edition: str) -> dict[str, str]:
    """Return what a code is called in its edition, and the edition in which it bears its row's name."""
    hints = NO_HINT
    if elsewhere:
        hints = {
            "hint_vi": f"; mã và tên khớp nhau trong danh mục {elsewhere}, nếu đúng hãy ghi "
            f"--edition {elsewhere}",
            "hint_en": f"; both are one commune's in the list of {elsewhere}: if that is meant, state "
            f"--edition {elsewhere}",
        }
    return {"name": name, "edition": edition, **hints}


def _fault_unknown(
    table: MatchedTable,
    findings: Findings,
    column: str,
    unknown: pd.Series,
    options: ReadOptions,
    severity: Severity,
) -> None:
    """Fault the rows whose commune the edition does not know, with what may be meant by each."""
    codes, names = table.cells("commune_code"), table.cells("commune_name")
    stated = pd.Series(list(zip(codes, names, strict=True)), index=codes.index)[unknown]
    cells = table.cells(column)
    for count, (place, rows) in enumerate(stated.groupby(stated, sort=False).groups.items()):
        hints = NO_HINT
        if count < HINTED:
            hints = suggest_communes(*place, **_ask(options))
        findings.fault(
            "unknown_commune",
            table.heading(column),
            rows,
            cells[rows],
            severity=severity,
            edition=options.edition,
            hint_vi=hints["hint_vi"],
            hint_en=hints["hint_en"],
        )


def _fault_homonyms(
    table: MatchedTable,
    findings: Findings,
    places: pd.Series,
    found: dict[Stated, tuple[str, ...]],
    severity: Severity,
) -> None:
    """Fault the rows whose commune several communes may be, naming them."""
    for place in sorted(p for p in found if len(found[p]) > 1):
        same = places.map(lambda p, place=place: p == place).astype(bool)
        rows = same.reindex(table.raw.frame.index, fill_value=False)
        table.fault(
            findings,
            "ambiguous_commune",
            "commune_name",
            rows,
            severity=severity,
            candidates=", ".join(found[place]),
        )
