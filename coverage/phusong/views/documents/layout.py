"""A document as plain lines and cells, every one written out: what Word and PDF print alike.

Nothing of it is markup. The PDF's template receives it as JSON, Word as text of its runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from phusong.views.documents.cells import (
    clean_text,
    write_cell,
    write_count,
    write_day,
    write_percentage,
    write_ratio,
)
from phusong.views.documents.model import (
    Amount,
    Annex,
    Block,
    Bullet,
    Document,
    DocumentKind,
    FigureLine,
    Gap,
    HandOverSheet,
    Kind,
    Paragraph,
    Section,
    Share,
    SignatureBlock,
    Table,
)
from phusong.views.documents.widths import measure_room, share_width
from phusong.views.documents.words import Word
from phusong.views.figures import format_date
from phusong.views.labels import Label, tell
from phusong.views.summary import label_edition
from phusong.vocabulary.terms import Term

Plain = dict[str, Any]
#: Decree 30/2020/NĐ-CP numbers annexes by Roman figures.
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
ALIGN = {Kind.TEXT: "left", Kind.DATE: "center"}
#: What stands where a number is to be written in by hand.
BLANK = "…"


def lay_document(document: Document) -> Plain:
    """Return a document as plain data: texts, lists of texts, and tables of texts.

    Parameters
    ----------
    document : any form.
    """
    tongue = document.language
    banner, banner_note = write_banner(document)
    return {
        "language": tongue,
        "kind": str(document.kind),
        "maker": tell(Word.MAKER, tongue),
        "name": name_document(document),
        "dated": [document.dated.year, document.dated.month, document.dated.day],
        "head": _lay_head(document),
        "banner": banner,
        "banner_note": banner_note,
        "title": clean_text(document.title),
        "subject": clean_text(document.subject),
        "to": tell(Word.TO, tongue),
        "addressees": _clean(document.addressees),
        "opening": lay_blocks(document.opening, tongue),
        "sections": [_lay_section(section, tongue) for section in document.sections],
        "closing": lay_blocks(document.closing, tongue),
        "recipients": _lay_recipients(document.recipients, tongue),
        "signatures": _lay_signatures(document.signatures),
        "annexes": [_lay_annex(annex, document) for annex in document.annexes],
        "trace": write_trace(document),
    }


def write_banner(document: Document) -> tuple[str, str]:
    """Return what a document is marked with at its head and on each page, and why; nothing where it is not.

    Parameters
    ----------
    document : any form.
    """
    marks: list[tuple[Term, Term]] = []
    if document.internal:
        marks.append((Word.INTERNAL, Word.INTERNAL_NOTE))
    if document.demonstration:
        marks.append((Label.BANNER, Label.BANNER_NOTE))
    described = [
        (tell(mark, document.language), tell(note, document.language)) for mark, note in marks
    ]
    return " · ".join(mark for mark, _ in described), " ".join(note for _, note in described)


def name_document(document: Document) -> str:
    """Return title and subject, or what a letter is about, as one line, for metadata."""
    parts = [document.title, document.subject, document.regarding]
    return clean_text(" ".join(filter(None, parts)))


def write_number(document: Document) -> str:
    """Return number and symbol, with room where the number is not given; nothing where there is none."""
    if not document.symbol:
        return ""
    values = {"number": _pad(document.number), "symbol": clean_text(document.symbol)}
    return tell(Word.NUMBER, document.language, **values)


def write_basis(line: FigureLine | Table, language: str) -> str:
    """Return date, edition and rounding rule of a percentage, without a full stop.

    Parameters
    ----------
    line : figure, or table with shares.
    language : ``vi`` or ``en``.
    """
    edition = label_edition(line.edition, language)
    described = tell(Word.DATA_OF, language, date=format_date(line.as_of), edition=edition)
    return f"{described}; {tell(Word.ROUNDING, language)}"


def write_trace(document: Document) -> str:
    """Return where figures and offices' names come from, for the foot of each page.

    A letter of request has no figures.
    """
    named = clean_text(document.offices)
    offices = tell(Word.TRACE_OFFICES, document.language, files=named) if named else ""
    return f"{_trace_figures(document)} {offices}".strip()


def _trace_figures(document: Document) -> str:
    """Return where the figures come from, and with what the document was made."""
    if document.kind == DocumentKind.REQUEST:
        return tell(Word.TRACE_LETTER, document.language)
    word = Word.TRACE if document.anchor else Word.TRACE_FREE
    values = {"date": format_date(document.as_of), "anchor": clean_text(document.anchor)}
    return tell(word, document.language, **values)


def write_line(line: FigureLine | Amount, language: str) -> str:
    """Return a figure as a sentence without its full stop.

    Parameters
    ----------
    line : percentage or plain amount.
    language : ``vi`` or ``en``.
    """
    if isinstance(line, Amount):
        value = write_cell(line.value, line.kind, language=language, unit=True)
        value = f"{value} {clean_text(line.unit)}".strip()
        return tell(Word.AMOUNT, language, name=clean_text(line.label), value=value)
    known = line.share.tenths is not None
    text = tell(
        Word.RATIO if known else Word.NO_RATIO,
        language,
        name=clean_text(line.label),
        ratio=write_ratio(line.share, language=language),
        unit=clean_text(line.unit),
        percentage=write_percentage(line.share, language=language),
    )
    if not line.unknown:
        return text
    count = write_count(line.unknown, language=language)
    return f"{text}; {tell(Word.NOT_KNOWN, language, n=count)}"


def lay_blocks(blocks: Sequence[Block], language: str, *, landscape: bool = False) -> list[Plain]:
    """Return blocks as plain data; figures in a row share one note on date, edition and rounding.

    Parameters
    ----------
    blocks : in the order of reading.
    language : ``vi`` or ``en``.
    landscape : whether the page lies on its side.
    """
    laid: list[Plain] = []
    for figures, group in groupby(blocks, key=lambda b: isinstance(b, FigureLine | Amount)):
        if figures:
            laid += _lay_figures([b for b in group if isinstance(b, FigureLine | Amount)], language)
        else:
            laid += [part for block in group for part in _lay_block(block, language, landscape)]
    return laid


def _lay_figures(lines: list[FigureLine | Amount], language: str) -> list[Plain]:
    """Return figures as bullets, with what makes their percentages true below them."""
    shares = [line for line in lines if isinstance(line, FigureLine)]
    bases = list(dict.fromkeys(write_basis(line, language) for line in shares))
    laid = []
    for line in lines:
        text = write_line(line, language)
        if len(bases) > 1 and isinstance(line, FigureLine):
            text += f" ({write_basis(line, language)})"
        laid.append({"block": "bullet", "text": text + "."})
    notes = [f"{bases[0]}."] if len(bases) == 1 else []
    cells = [c for line in shares for c in (line.share, line.unknown)]
    plain = [line.value for line in lines if isinstance(line, Amount)]
    notes += [tell(Word.HIDDEN, language)] if _hides([*cells, *plain]) else []
    return laid + [{"block": "note", "text": text} for text in notes]


def _lay_block(block: Block, language: str, landscape: bool) -> list[Plain]:
    """Return one block that is no figure."""
    match block:
        case Paragraph():
            flags = {"strong": block.strong, "slanted": block.slanted, "centred": block.centred}
            return [{"block": "paragraph", "text": clean_text(block.text), **flags}]
        case Bullet():
            return [{"block": "bullet", "text": clean_text(block.text)}]
        case Table():
            return [lay_table(block, language, landscape=landscape)]
        case HandOverSheet():
            return [
                {
                    "block": "sheet",
                    "group": clean_text(block.group),
                    "table": lay_table(block.table, language, landscape=landscape),
                    "statement": clean_text(block.statement),
                    "signatures": _lay_signatures(block.signatures),
                }
            ]
    raise TypeError(f"{block!r} is no block of a document")


def lay_table(table: Table, language: str, *, landscape: bool) -> Plain:
    """Return a table as texts: headings, alignments, widths, rows, total, notes.

    Parameters
    ----------
    table : any table.
    language : ``vi`` or ``en``.
    landscape : whether the page lies on its side.
    """
    full = table.shares()
    kinds = [column.kind for column in table.columns]
    rows = [
        [write_cell(c, kind, language=language) for c, kind in zip(row, kinds, strict=True)]
        for row in full
    ]
    total = rows.pop() if table.total is not None else None
    heads = [{"label": clean_text(c.label), "unit": clean_text(c.unit)} for c in table.columns]
    aligns = [ALIGN.get(kind, "right") for kind in kinds]
    if table.numbered:
        heads.insert(0, {"label": tell(Word.COUNTER, language), "unit": ""})
        aligns.insert(0, "center")
        rows = [[str(n), *row] for n, row in enumerate(rows, start=1)]
        total = None if total is None else ["", *total]
    return {
        "block": "table",
        "title": clean_text(table.title),
        "heads": heads,
        "aligns": aligns,
        "widths": share_width(
            heads,
            [*rows, *([total] if total else [])],
            aligns,
            room=measure_room(landscape=landscape),
        ),
        "rows": rows,
        "total": total,
        "notes": note_table(table, language),
    }


def note_table(table: Table, language: str) -> list[str]:
    """Return what must be said below a table: its own notes, its percentages' basis, its dashes.

    Parameters
    ----------
    table : any table.
    language : ``vi`` or ``en``.
    """
    notes = [clean_text(note) for note in table.notes]
    if any(column.of for column in table.columns):
        notes.append(f"{write_basis(table, language)}.")
    if _hides(cell for row in table.shares() for cell in row):
        notes.append(tell(Word.HIDDEN, language))
    return notes


def _hides(cells: Iterable[object]) -> bool:
    """Return whether a hidden count stands among cells; a share of nothing hides none."""
    return any(
        c is Gap.HIDDEN or (isinstance(c, Share) and Gap.HIDDEN in (c.numerator, c.denominator))
        for c in cells
    )


def _lay_head(document: Document) -> Plain:
    """Return the two halves of the head of page one."""
    tongue = document.language
    day = write_day(document.dated, language=tongue)
    return {
        "parent": clean_text(document.parent).upper(),
        "agency": clean_text(document.agency).upper(),
        "number": write_number(document),
        "regarding": clean_text(document.regarding),
        "country": tell(Word.COUNTRY, tongue),
        "motto": tell(Word.MOTTO, tongue),
        "place": tell(Word.PLACE, tongue, place=clean_text(document.place), day=day),
    }


def _lay_section(section: Section, language: str) -> Plain:
    """Return a section under its numbered heading."""
    heading = f"{section.number}. {clean_text(section.title)}"
    return {"heading": heading, "blocks": lay_blocks(section.blocks, language)}


def _lay_annex(annex: Annex, document: Document) -> Plain:
    """Return an annex with number, title, and what it is attached to."""
    tongue = document.language
    attached = tell(
        Word.ATTACHED if document.symbol else Word.ATTACHED_FREE,
        tongue,
        what=clean_text(document.title).capitalize(),
        number=_pad(document.number),
        symbol=clean_text(document.symbol),
        day=write_day(document.dated, language=tongue),
        agency=clean_text(document.agency),
    )
    return {
        "number": tell(Word.ANNEX, tongue, number=ROMAN[annex.number]),
        "title": clean_text(annex.title).upper(),
        "attached": attached,
        "landscape": annex.landscape,
        "blocks": lay_blocks(annex.blocks, tongue, landscape=annex.landscape),
    }


def _lay_recipients(recipients: Sequence[str], language: str) -> Plain:
    """Return who gets a copy: each line ends with a semicolon, the last with a full stop."""
    lines = [f"- {text};" for text in _clean(recipients)]
    lines[-1:] = [line[:-1] + "." for line in lines[-1:]]
    return {"heading": tell(Word.RECIPIENTS, language) if lines else "", "lines": lines}


def _lay_signatures(signatures: Sequence[SignatureBlock]) -> list[Plain]:
    """Return the places to sign."""
    return [{"lines": _clean(s.lines), "note": clean_text(s.note)} for s in signatures]


def _pad(number: str) -> str:
    """Return a number of two figures at least, or room to write one in."""
    text = clean_text(number)
    return text.zfill(2) if text else BLANK


def _clean(texts: Iterable[str]) -> list[str]:
    """Return texts fit for a document."""
    return [clean_text(text) for text in texts]
