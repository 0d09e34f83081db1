"""What a clerk is told of a file, in one language: the verdict and its share, then what became of what.

Console and page say the same words, from here; code words stay in the report for machines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from phusong.intake.columns import describe_read
from phusong.intake.cures import CURES
from phusong.intake.diagnosis import ACCEPTED, NEEDS_ANSWER, Diagnosis, Fault
from phusong.intake.repairs import describe_repair
from phusong.intake.rules import RULES
from phusong.vocabulary.errors import choose_half
from phusong.vocabulary.terms import Severity, Term


class Tone(Term):
    """Say how much of a file was accepted; in part is never all right."""

    WHOLE = "whole", "Nhận toàn bộ", "Accepted in whole"
    PART = "part", "Nhận một phần", "Accepted in part"
    ASKED = "asked", "Cần trả lời thêm", "An answer is needed"
    REFUSED = "refused", "Chưa nhận", "Refused"


class Part(Term):
    """Name the parts of an answer."""

    ACCEPTED = "taken", "Đã nhận", "Accepted"
    FIXED = "fixed", "Đã tự sửa", "Repaired"
    SET_ASIDE = "set_aside", "Để riêng, cần sửa", "Set aside, to be corrected"
    STOPPING = "stopping", "Vì sao chưa nhận", "Why it is refused"
    WARNED = "warned", "Nên xem lại (dòng vẫn được nhận)", "Worth a look (the rows are accepted)"
    READ = "read", "Cột đã đọc", "Columns read"
    UNREAD = "unread", "Cột không đọc", "Columns not read"
    ASKED = "asked", "Câu hỏi", "Question"
    TO_DO = "to_do", "Việc cần làm", "What to do"


class Head(Term):
    """Name the columns of the table of faults."""

    ROW = "row", "Dòng", "Row"
    COLUMN = "column", "Cột", "Column"
    VALUE = "value", "Giá trị", "Value"
    WHY = "why", "Vì sao", "Why"
    CURE = "cure", "Cách sửa", "What to do"


class Sentence(Term):
    """Name the sentences of an answer; a plural stands behind a bar."""

    ROWS = "rows", "{n} dòng", "{n} row|{n} rows"
    SHARE = "share", "{accepted}/{total} dòng", "{accepted}/{total} row|{accepted}/{total} rows"
    ASIDE = "aside", "{n} dòng để riêng, cần sửa", "{n} row set aside|{n} rows set aside"
    WARNINGS = "warnings", "{n} điều nên xem lại", "{n} thing worth a look|{n} things worth a look"
    CELLS = "cells", "{n} ô", "{n} cell|{n} cells"
    WHOLE_FILE = "whole_file", "cả tệp", "whole file"
    NO_FAULT = "no_fault", "Không phải làm gì thêm.", "Nothing more to do."
    REVIEW = (
        "look",
        "Xem lại các điều nêu trên; nếu đúng thì không phải sửa.",
        "Look at what is named above; where it is right, leave it.",
    )
    CORRECT = (
        "correct",
        "Sửa {n} dòng để riêng theo cột “Cách sửa”, rồi gửi lại các dòng đó.",
        "Correct {n} row as the last column says, then deliver it again.|"
        "Correct {n} rows as the last column says, then deliver them again.",
    )
    CONFIRM = (
        "confirm",
        "Quá {share} % số dòng bị để riêng: người có trách nhiệm phải xác nhận trước khi nhận.",
        "More than {share} % of the rows are set aside: a person must confirm before it is accepted.",
    )
    REPLY = (
        "reply",
        "Trả lời câu hỏi ở trên rồi kiểm tra lại tệp; chưa dòng nào được nhận.",
        "Answer the question above and check the file again; no row is accepted yet.",
    )
    RETURN = (
        "return",
        "Sửa tệp như nêu trên rồi gửi lại; chưa dòng nào được nhận.",
        "Correct the file as said above and deliver it again; no row is accepted yet.",
    )
    CURE = "cure", "sửa ô này rồi gửi lại dòng", "correct this cell and deliver the row again"
    ANSWER = (
        "answer",
        "trả lời câu hỏi rồi kiểm tra lại tệp",
        "answer the question and check the file again",
    )
    CURE_FILE = "cure_file", "sửa tệp rồi gửi lại", "correct the file and deliver it again"
    CURE_NONE = "cure_none", "xem lại, đúng thì giữ nguyên", "look at it; if right, leave it"


class Question(Term):
    """Name what may be asked."""

    CRS = "crs", "Hệ tọa độ", "Coordinate system"
    ENCODING = "encoding", "Bảng mã chữ", "Encoding of the text"
    SHEET = "sheet", "Trang tính", "Sheet"
    COLUMN = "column", "Cột của tệp", "Columns of the file"
    LAYER = "layer", "Lớp dữ liệu", "Layer"
    NUMBER = "number", "Cách viết số", "How numbers are written"
    EDITION = "edition", "Danh mục hành chính", "List of communes"
    SWAPPED = "swapped", "Thứ tự kinh độ, vĩ độ", "Order of longitude and latitude"
    VALUE = "value", "Giá trị của một máy hay cả lô", "Value of one or of all"
    SCHOOL = "school", "Trường của danh sách", "School of the list"
    DATE_ORDER = "date_order", "Ngày hay tháng đứng trước", "Whether day or month stands first"
    FILL_DOWN = "fill_down", "Ô trống dưới ô có chữ", "Cells empty below a filled one"


#: Where the sentence of a rule goes over from why to what to do.
_CURES = {
    "vi": re.compile(
        r"[,;:] (?:hãy |(?=nếu đúng|nếu sai|nếu phải|nếu ẩn danh|nếu tính bằng|nếu là hai|nên ghi|chỉ ghi |"
        r"cần kinh độ|cần Kinh độ|thêm --read|cần mã thôn|cần mức |nộp thêm |xem lý do|"
        r"chấp nhận các tiêu đề|cần các cột))"
    ),
    "en": re.compile(
        r"[:;,] (?=(?:fill|correct|state|keep|type|take|write|survey|check|deliver|draw|look|send|name|pack|"
        r"export|save|simplify|clip|give|add|complete|choose|split|remove|open|delete|mend|pay|strike|see|make|"
        r"better|answer|compare|ask for|"
        r"if right|if wrong|if that|if it|if these|if anonymous|these headings|columns such)\b)"
    ),
}


@dataclass(frozen=True)
class FaultLine:
    """Be one line of the table of faults; row 0 is the whole file."""

    row: int
    column: str
    value: str
    why: str
    cure: str


@dataclass(frozen=True)
class FaultGroup:
    """Hold the faults of one rule.

    Parameters
    ----------
    rule : of the catalogue; for machines.
    title : what is wrong, without the details of a row.
    lines : one a row, by row.
    """

    rule: str
    title: str
    lines: list[FaultLine]


@dataclass(frozen=True)
class FixLine:
    """Tell one kind of repair, with an example of it."""

    what: str
    column: str
    rows: int
    before: str
    after: str


@dataclass(frozen=True)
class Answer:
    """Hold what a clerk is told, in one language.

    Parameters
    ----------
    tone : how much was accepted.
    verdict : that, with the share of rows.
    accepted : what was accepted, a sentence a line.
    fixed : what was repaired, skipped or assumed.
    set_aside : why rows, or the whole file, were turned away; the commonest first.
    warned : what is worth a look in accepted rows.
    read : columns that were read, each with what it is read as.
    unread : columns that were not read, each with what is known of it.
    asked : the question in words, and its choices.
    to_do : what to do, a sentence a line.
    """

    tone: Tone
    verdict: str
    accepted: list[str]
    fixed: list[FixLine]
    set_aside: list[FaultGroup]
    warned: list[FaultGroup]
    read: list[str]
    unread: list[str]
    asked: list[str]
    to_do: list[str]


def answer_diagnosis(
    diagnosis: Diagnosis, language: str, *, confirm_share: float | None = None
) -> Answer:
    """Return what a clerk is told of a file.

    Parameters
    ----------
    diagnosis : the report.
    language : ``vi`` or ``en``.
    confirm_share : share of rows set aside above which a person must confirm, 0..1; None: nobody need.
    """
    faults = {s: [f for f in diagnosis.faults if f.severity == s] for s in Severity}
    return Answer(
        tone=find_tone(diagnosis),
        verdict=_describe_verdict(diagnosis, language),
        accepted=_describe_accepted(diagnosis, language),
        fixed=[_describe_fix(f, language) for f in diagnosis.fixes],
        set_aside=group_faults(faults[Severity.ERROR], language),
        warned=group_faults(faults[Severity.WARNING], language),
        read=describe_read(diagnosis.columns, diagnosis.kind, language),
        unread=list_unread_columns(diagnosis, language),
        asked=_describe_question(diagnosis, language),
        to_do=_advise(diagnosis, language, confirm_share),
    )


def find_tone(diagnosis: Diagnosis) -> Tone:
    """Return how much of a file was accepted."""
    if diagnosis.status == ACCEPTED:
        return Tone.PART if diagnosis.rows_quarantined else Tone.WHOLE
    return Tone.ASKED if diagnosis.status == NEEDS_ANSWER else Tone.REFUSED


def must_confirm(diagnosis: Diagnosis, confirm_share: float) -> bool:
    """Return whether so many rows are set aside that a person must confirm before the rest is accepted.

    Parameters
    ----------
    diagnosis : the report.
    confirm_share : 0..1.
    """
    aside = diagnosis.rows_quarantined
    return diagnosis.status == ACCEPTED and aside > confirm_share * diagnosis.rows_in


def write_sentence(sentence: Sentence, language: str, **values: object) -> str:
    """Return a sentence in a language, in the plural where its number calls for it.

    Parameters
    ----------
    sentence : of the list.
    language : ``vi`` or ``en``.
    values : what stands for each ``{name}``; `n` or `total` decides the plural.
    """
    forms = (sentence.vi if language == "vi" else sentence.en).split("|")
    one = values.get("total", values.get("n")) == 1
    return forms[0 if one else -1].format(**values)


def label(term: Term, language: str) -> str:
    """Return a term's label in a language."""
    return term.vi if language == "vi" else term.en


def _describe_verdict(diagnosis: Diagnosis, language: str) -> str:
    """Return the verdict with the share of rows: the first thing that is said."""
    share = {"accepted": diagnosis.rows_accepted, "total": diagnosis.rows_in}
    parts = [
        f"{label(find_tone(diagnosis), language)}: {write_sentence(Sentence.SHARE, language, **share)}"
    ]
    if find_tone(diagnosis) == Tone.PART:
        parts.append(write_sentence(Sentence.ASIDE, language, n=diagnosis.rows_quarantined))
    return "; ".join(parts)


def _describe_accepted(diagnosis: Diagnosis, language: str) -> list[str]:
    """Return what was accepted; nothing where nothing was."""
    if not diagnosis.rows_accepted:
        return []
    parts = [write_sentence(Sentence.ROWS, language, n=diagnosis.rows_accepted)]
    warnings = sum(f.severity == Severity.WARNING for f in diagnosis.faults)
    if warnings:
        parts.append(write_sentence(Sentence.WARNINGS, language, n=warnings))
    return ["; ".join(parts)]


def _describe_fix(fix: object, language: str) -> FixLine:
    """Return a repair in words."""
    described = vars(fix)
    what = choose_half(describe_repair(described["rule"]), language)
    return FixLine(
        what,
        described["column"],
        described["rows"],
        described["example_before"],
        described["example_after"],
    )


def group_faults(faults: Iterable[Fault], language: str) -> list[FaultGroup]:
    """Return faults by rule, the commonest first, those of the whole file before all.

    Parameters
    ----------
    faults : of one severity.
    language : ``vi`` or ``en``.
    """
    groups: dict[str, list[Fault]] = {}
    for fault in faults:
        groups.setdefault(fault.rule, []).append(fault)
    described = [
        FaultGroup(
            rule,
            _name_rule(rule, own, language),
            [_describe_fault(f, language) for f in sorted(own, key=lambda f: f.row)],
        )
        for rule, own in groups.items()
    ]
    return sorted(described, key=lambda g: (g.lines[0].row > 0, -len(g.lines)))


def count_rows(group: FaultGroup, language: str) -> str:
    """Return how many rows a group is about, in words.

    Parameters
    ----------
    group : faults of one rule.
    language : ``vi`` or ``en``.
    """
    if not group.lines[0].row:
        return label(Sentence.WHOLE_FILE, language)
    return write_sentence(Sentence.ROWS, language, n=len({line.row for line in group.lines}))


def _describe_fault(fault: Fault, language: str) -> FaultLine:
    """Return one fault in words."""
    why, cure = split_sentence(choose_half(fault.suggestion, language), language)
    return FaultLine(
        fault.row, fault.column, fault.value, why, cure or _cure_plainly(fault, language)
    )


def find_cure(rule: str, language: str) -> str:
    """Return what to do under a rule whose sentence does not say it; empty where nobody has said it.

    Parameters
    ----------
    rule : of the catalogue.
    language : ``vi`` or ``en``.
    """
    return CURES.get(rule, ("", ""))[0 if language == "vi" else 1]


def _cure_plainly(fault: Fault, language: str) -> str:
    """Return what to do where the sentence of the rule does not say it."""
    if cure := find_cure(fault.rule, language):
        return cure
    if fault.severity == Severity.WARNING:
        return label(Sentence.CURE_NONE, language)
    return label(Sentence.CURE if fault.row else Sentence.CURE_FILE, language)


def split_sentence(sentence: str, language: str) -> tuple[str, str]:
    """Return why, and what to do; the latter empty where the sentence does not say it.

    Parameters
    ----------
    sentence : of a rule, in one language.
    language : ``vi`` or ``en``.
    """
    sentence, _, described = sentence.partition(" → ")
    if described:
        return sentence, described
    found = _CURES[language].search(sentence)
    if not found:
        return sentence, ""
    return sentence[: found.start()], sentence[found.end() :]


def _name_rule(rule: str, faults: list[Fault], language: str) -> str:
    """Return what is wrong under a rule: as all its rows say it, else without their details."""
    whys = {split_sentence(choose_half(f.suggestion, language), language)[0] for f in faults}
    if len(whys) == 1 or rule not in RULES:
        return min(whys)
    why, _ = split_sentence(RULES[rule][0 if language == "vi" else 1], language)
    return re.sub(r"\{\w+\}", "…", why)


def list_unread_columns(diagnosis: Diagnosis, language: str) -> list[str]:
    """Return the columns of the file that were not read, each with the share of its cells that are filled.

    Parameters
    ----------
    diagnosis : the report; equal columns of several sheets stand once.
    language : ``vi`` or ``en``.
    """
    filled = {
        "vi": "{heading} (có số liệu ở {share} % số ô)",
        "en": "{heading} ({share} % of its cells filled)",
    }
    return [
        filled[language].format(
            heading=f"{c.sheet}!{c.heading}" if c.sheet else c.heading,
            share=round(100 * c.filled_share),
        )
        for c in diagnosis.columns
        if c.read_as is None and c.filled_share > 0
    ]


def _describe_question(diagnosis: Diagnosis, language: str) -> list[str]:
    """Return the question in words, then its choices."""
    asked = diagnosis.question
    if asked is None:
        return []
    known = {str(q): label(q, language) for q in Question}
    about = known.get(asked.about, asked.about)
    choices = [choose_half(str(c), language) for c in asked.choices]
    return [f"{about}: {choose_half(asked.why, language)}", *choices]


def _advise(diagnosis: Diagnosis, language: str, confirm_share: float | None) -> list[str]:
    """Return what to do next."""
    tone = find_tone(diagnosis)
    if tone in (Tone.ASKED, Tone.REFUSED):
        return [label(Sentence.REPLY if tone == Tone.ASKED else Sentence.RETURN, language)]
    lines = []
    if tone == Tone.PART:
        lines.append(write_sentence(Sentence.CORRECT, language, n=diagnosis.rows_quarantined))
    if confirm_share is not None and must_confirm(diagnosis, confirm_share):
        lines.append(write_sentence(Sentence.CONFIRM, language, share=round(100 * confirm_share)))
    if any(f.severity == Severity.WARNING for f in diagnosis.faults):
        lines.append(label(Sentence.REVIEW, language))
    return lines or [label(Sentence.NO_FAULT, language)]
