"""An answer about a file as lines of text, none wider than a page of a terminal."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Sequence

from phusong.intake.answers import (
    Answer,
    FaultGroup,
    FixLine,
    Head,
    Part,
    Sentence,
    Tone,
    answer_diagnosis,
    count_rows,
    label,
    write_sentence,
)
from phusong.intake.diagnosis import Diagnosis
from phusong.views.labels import SourceKind
from phusong.vocabulary.errors import ParameterFault

#: No line is wider [letters].
WIDTH = 100
#: Widths of the table of faults: row, column, value, why, what to do; with two blanks between.
COLUMNS = (6, 16, 18, 27, 21)
#: So many rows of one fault are shown; all of them stand in the report and among the rows sent back.
SHOWN = 5
LANGUAGES = ("vi", "en")
MORE = {"vi": "… và {n} dòng nữa", "en": "… and {n} more"}
SEND_BACK = {
    "vi": "Ghi các dòng cần sửa ra tệp: phusong check … --rejected TEN_TEP.xlsx",
    "en": "Write the rows to be corrected into a file: phusong check … --rejected FILE.xlsx",
}

SENT_BACK = {
    "vi": "Các dòng cần sửa đã ghi vào {file}",
    "en": "The rows to be corrected are in {file}",
}


def choose_language(stated: str | None) -> str:
    """Return the language of an answer: as stated, else English where the locale is, else Vietnamese.

    Parameters
    ----------
    stated : ``vi``, ``en`` or None.

    Raises
    ------
    ParameterFault
        If there is no such language.
    """
    if stated is not None and stated not in LANGUAGES:
        raise ParameterFault(f"--lang {stated}: choose one of {', '.join(LANGUAGES)}")
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    found = next((name for name in names if name), "")
    return stated or ("en" if found.lower().startswith("en") else "vi")


def answer_lines(
    diagnosis: Diagnosis,
    language: str,
    *,
    confirm_share: float | None = None,
    rejected: str = "",
) -> list[str]:
    """Return a diagnosis as a clerk reads it: the verdict first, then what became of what.

    Parameters
    ----------
    diagnosis, language, confirm_share : as `answer_diagnosis` takes them.
    rejected : file into which the rows that were set aside have been written; empty: none.
    """
    answer = answer_diagnosis(diagnosis, language, confirm_share=confirm_share)
    kind = SourceKind.of(diagnosis.kind)
    lines = [*_wrap(f"{diagnosis.file} ({label(kind, language)})"), *_wrap(answer.verdict.upper())]
    lines += _list_part(Part.ASKED, answer.asked, language)
    lines += _list_part(Part.ACCEPTED, answer.accepted, language)
    lines += _list_part(Part.FIXED, [_describe_fix(f, language) for f in answer.fixed], language)
    aside = Part.STOPPING if answer.tone in (Tone.REFUSED, Tone.ASKED) else Part.SET_ASIDE
    lines += _list_faults(aside, answer.set_aside, language)
    lines += _list_faults(Part.WARNED, answer.warned, language)
    lines += _list_part(Part.READ, answer.read, language)
    lines += _list_part(Part.UNREAD, answer.unread, language)
    return lines + _list_part(Part.TO_DO, _list_steps(answer, language, rejected), language)


def _list_steps(answer: Answer, language: str, rejected: str) -> list[str]:
    """Return what to do, with where the rows that were set aside are, or how they are written into a file."""
    if rejected and answer.set_aside:
        return [*answer.to_do, SENT_BACK[language].format(file=rejected)]
    return [*answer.to_do, SEND_BACK[language]] if answer.tone == Tone.PART else answer.to_do


def _wrap(text: str, *, indent: str = "") -> list[str]:
    """Return a text as lines that fit, the later ones indented like the first."""
    plain = " ".join(text.split())
    below = indent.replace("- ", "  ")
    lines = textwrap.wrap(
        plain, WIDTH, initial_indent=indent, subsequent_indent=below, break_on_hyphens=False
    )
    return lines or [indent.rstrip()]


def _list_part(part: Part, sentences: Sequence[str], language: str) -> list[str]:
    """Return a part of the answer under its title; nothing where nothing is told."""
    if not sentences:
        return []
    return [
        "",
        label(part, language),
        *(line for t in sentences for line in _wrap(t, indent="  - ")),
    ]


def _describe_fix(fix: FixLine, language: str) -> str:
    """Return a repair with how often it was made and an example."""
    count = write_sentence(Sentence.ROWS, language, n=fix.rows)
    lead = f"{fix.column}: " if fix.column else ""
    before, after = (_shorten(text, 40) for text in (fix.before, fix.after))
    example = f", “{before}” → “{after}”" if before and after else f", “{before}”" if before else ""
    return f"{lead}{fix.what} ({count}{example})"


def _shorten(text: str, most: int) -> str:
    """Return a text on one line, cut where it is longer."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def _list_faults(part: Part, groups: Sequence[FaultGroup], language: str) -> list[str]:
    """Return faults by rule, each with its count and its first rows."""
    if not groups:
        return []
    lines = ["", label(part, language)]
    for group in groups:
        count = count_rows(group, language)
        lines += _wrap(f"{group.title} ({count})", indent="  - ")
    heads = [label(head, language) for head in Head]
    lines += ["", *_write_row(heads)]
    for group in groups:
        for fault in group.lines[:SHOWN]:
            row = str(fault.row) if fault.row else label(Sentence.WHOLE_FILE, language)
            lines += _write_row(
                [row, fault.column, _shorten(fault.value, 60), fault.why, fault.cure]
            )
        left = len(group.lines) - SHOWN
        if left > 0:
            lines += _write_row([MORE[language].format(n=left)], widths=(WIDTH,))
    return lines


def _write_row(cells: Sequence[str], *, widths: Sequence[int] = COLUMNS) -> list[str]:
    """Return a row of a table, each cell on as many lines as it needs."""
    parts = [
        textwrap.wrap(" ".join(cell.split()), width, break_on_hyphens=False) or [""]
        for cell, width in zip(cells, widths, strict=False)
    ]
    height = max(map(len, parts))
    filled = [part + [""] * (height - len(part)) for part in parts]
    return [
        ("  " + "  ".join(f"{p:<{w}}" for p, w in zip(line, widths, strict=False))).rstrip()
        for line in zip(*filled, strict=True)
    ]
