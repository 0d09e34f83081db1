"""Rows for the sender: as they came, in their own columns, with row, reason and what to do behind them."""

from __future__ import annotations

import io
import re

import pandas as pd
import xlsxwriter

from phusong.intake.answers import FaultLine, Head, Sentence, group_faults, label, split_sentence
from phusong.intake.diagnosis import Checked, Diagnosis, Fault, Question
from phusong.intake.neutral import neutralise_text
from phusong.vocabulary.errors import choose_half
from phusong.vocabulary.terms import Severity, Term

#: Columns that stand before the sender's own among the rows that were turned away.
ADDED = ("sheet", "row", "reasons")
_UNNAMED, _RENAMED = re.compile(r"\(\d+\)"), re.compile(r"(row|reasons|sheet) \(2\)")
TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
#: Most letters of a worksheet's name, and what it may not hold.
NAME_LETTERS, _NO_NAME = 31, re.compile(r"[\[\]:*?/\\]")
WIDEST = 60


class Title(Term):
    """Name what is added to the sender's rows."""

    ROWS = "rows", "Dòng cần sửa", "Rows to correct"
    WHY = "why", "Lý do", "Reason"


def list_rejected(checked: Checked, language: str) -> dict[str, pd.DataFrame]:
    """Return the rows that were turned away by sheet: own columns in their order, then row, reason, cure.

    Parameters
    ----------
    checked : a diagnosis with its rows.
    language : ``vi`` or ``en``.

    Returns
    -------
    name of the sheet → text; one nameless sheet where the file has none.
    """
    frame = checked.quarantined
    if "sheet" not in frame:
        return {"": _build_sheet(frame, checked.diagnosis, "", language)}
    return {
        str(name): _build_sheet(rows, checked.diagnosis, f"{name}!", language)
        for name, rows in frame.groupby("sheet", sort=False)
    }


def _build_sheet(
    rows: pd.DataFrame, diagnosis: Diagnosis, lead: str, language: str
) -> pd.DataFrame:
    """Return the rows of one sheet with what is wrong in each."""
    own = rows.drop(columns=[c for c in ADDED if c in rows])
    lines = _list_lines(diagnosis.faults, lead, language)
    whole = lines.get(0, [])
    described = [
        _join(lines.get(int(row)) or whole, str(reasons), diagnosis.question, language)
        for row, reasons in zip(rows["row"], rows["reasons"], strict=True)
    ]
    added = pd.DataFrame(
        {
            label(Head.ROW, language): rows["row"].astype("int64").to_numpy(),
            label(Title.WHY, language): [why for why, _ in described],
            label(Head.CURE, language): [cure for _, cure in described],
        },
        index=own.index,
    )
    sheet = pd.concat([own, added], axis=1)
    sheet.columns = pd.Index([_name_column(str(c)) for c in own.columns] + list(added.columns))
    return sheet


def _list_lines(faults: list[Fault], lead: str, language: str) -> dict[int, list[FaultLine]]:
    """Return what is wrong by row of one sheet."""
    lines: dict[int, list[FaultLine]] = {}
    errors = [f for f in faults if f.severity == Severity.ERROR and f.column.startswith(lead)]
    for line in (line for group in group_faults(errors, language) for line in group.lines):
        lines.setdefault(line.row, []).append(line)
    return lines


def _join(
    lines: list[FaultLine], reasons: str, question: Question | None, language: str
) -> tuple[str, str]:
    """Return why a row was turned away, and what to do, each in one cell."""
    if question is not None:
        return choose_half(question.why, language), label(Sentence.ANSWER, language)
    if not lines:
        why, cure = split_sentence(choose_half(reasons, language), language)
        return why, cure or label(Sentence.CURE_FILE, language)
    columns = [line.column.rpartition("!")[2] for line in lines]
    whys = [f"{c}: {line.why}" if c else line.why for c, line in zip(columns, lines, strict=True)]
    cures = [
        f"{c}: {line.cure}" if c else line.cure for c, line in zip(columns, lines, strict=True)
    ]
    return "; ".join(dict.fromkeys(whys)), "; ".join(dict.fromkeys(cures))


def _name_column(name: str) -> str:
    """Return a heading as it came: without what was put in its place."""
    renamed = _RENAMED.fullmatch(name)
    return "" if _UNNAMED.fullmatch(name) else renamed[1] if renamed else name


def render_rejected(checked: Checked, language: str) -> bytes:
    """Return the rows that were turned away as a workbook in which no text can act as a formula.

    Parameters
    ----------
    checked, language : as `list_rejected` takes them.
    """
    content = io.BytesIO()
    bad = _find_bad_columns(checked)
    with xlsxwriter.Workbook(content, {**TEXT_ONLY, "in_memory": True}) as book:
        for number, (name, rows) in enumerate(list_rejected(checked, language).items(), start=1):
            title = _NO_NAME.sub(" ", name or label(Title.ROWS, language))[:NAME_LETTERS]
            used = {sheet.get_name().lower() for sheet in book.worksheets()}
            title = title if title.lower() not in used else f"{title[:27]} {number}"
            _write_sheet(book, title, rows, bad.get(name, {}))
    return content.getvalue()


def _find_bad_columns(checked: Checked) -> dict[str, dict[int, set[str]]]:
    """Return sheet → row → headings under which something is wrong."""
    bad: dict[str, dict[int, set[str]]] = {}
    for fault in checked.diagnosis.faults:
        if fault.severity == Severity.ERROR and fault.row:
            sheet, _, column = fault.column.rpartition("!")
            bad.setdefault(sheet, {}).setdefault(fault.row, set()).add(column)
    return bad


def _write_sheet(
    book: xlsxwriter.Workbook, name: str, rows: pd.DataFrame, bad: dict[int, set[str]]
) -> None:
    """Write one sheet, headings first, with the cells marked in which something is wrong."""
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"valign": "top"})
    marked = book.add_format({"valign": "top", "bg_color": "#ffe08a"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    own = rows.shape[1] - 3
    numbers = rows.iloc[:, own].tolist()
    for at, heading in enumerate(rows.columns):
        cells = ["" if pd.isna(cell) else str(cell) for cell in rows.iloc[:, at]]
        sheet.write_string(0, at, str(heading), bold)
        for r, (row, cell) in enumerate(zip(numbers, cells, strict=True), start=1):
            if at == own:
                sheet.write_number(r, at, int(cell), plain)
            else:
                wrong = at < own and str(heading) in bad.get(int(row), set())
                sheet.write_string(r, at, cell, marked if wrong else wrapped if at > own else plain)
        longest = max([len(str(heading)), *(len(cell) for cell in cells)], default=0)
        sheet.set_column(at, at, min(longest + 2, WIDEST))
    sheet.freeze_panes(1, 0)


def write_rejected_csv(checked: Checked, language: str) -> str:
    """Return the rows that were turned away as CSV in which no cell can act as a formula.

    Parameters
    ----------
    checked, language : as `list_rejected` takes them.
    """
    parts = []
    for name, rows in list_rejected(checked, language).items():
        texts = rows.map(lambda cell: "" if pd.isna(cell) else str(cell))
        safe = pd.DataFrame(
            {
                at: neutralise_text(texts.iloc[:, at].astype("str"))[0]
                for at in range(texts.shape[1])
            }
        )
        heads = neutralise_text(pd.Series([str(c) for c in rows.columns], dtype="str"))[0]
        lead = [name] if name else []
        body = safe.to_csv(index=False, header=[*heads], lineterminator="\r\n")
        parts.append("\r\n".join([*lead, body]))
    return "\ufeff" + "\r\n".join(parts)
