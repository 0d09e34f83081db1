"""A document as data: who writes what to whom, on which day, by which list of communes.

Word, Excel and PDF are drawn from the same document, so they cannot disagree. What the law and the
programme ask of a document is asked of its parts: a percentage has a numerator and a denominator, or it
cannot be made; a total stands only where it was asked for; whoever signs is a role, never a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phusong.views.documents.printed import Column, Table, add_total
from phusong.views.documents.values import (
    TENTHS,
    Cell,
    Gap,
    Kind,
    Number,
    Share,
    check_basis,
    check_cell,
    check_count,
)
from phusong.vocabulary.terms import Term

__all__ = [
    "TENTHS",
    "Amount",
    "Annex",
    "Block",
    "Bullet",
    "Cell",
    "Column",
    "Document",
    "DocumentKind",
    "FigureLine",
    "Gap",
    "HandOverSheet",
    "Kind",
    "Number",
    "Paragraph",
    "Section",
    "Share",
    "SignatureBlock",
    "Table",
    "add_total",
]


class DocumentKind(Term):
    """Name the forms."""

    WEEKLY = "weekly", "báo cáo tuần", "weekly report"
    FINAL = "final", "báo cáo tổng kết", "final report"
    SCHOOL = "school", "danh sách bàn giao tại trường", "hand-over list of a school"
    HAND_OVER = "hand_over", "biên bản bàn giao", "hand-over record"
    ACKNOWLEDGEMENT = "acknowledgement", "thư cảm ơn", "letter of acknowledgement"
    OPERATOR = "operator", "phụ lục cho doanh nghiệp viễn thông", "operator's annex"
    REQUEST = "request", "công văn", "official letter"


@dataclass(frozen=True)
class Paragraph:
    """Be a paragraph of text."""

    text: str
    strong: bool = False
    slanted: bool = False
    centred: bool = False


@dataclass(frozen=True)
class Bullet:
    """Be an item of a list."""

    text: str


@dataclass(frozen=True)
class Amount:
    """Be a plain figure: what it counts, how many or how much.

    Parameters
    ----------
    label : what is counted.
    value : the figure, or why it is not shown.
    kind : what it is: a count, money, a value in kind, or a date.
    unit : of a count.
    """

    label: str
    value: Number | date
    kind: Kind = Kind.INT
    unit: str = ""

    def __post_init__(self) -> None:
        check_cell(self.value, self.kind)
        if self.kind in (Kind.TEXT, Kind.SHARE):
            raise ValueError(f"an amount is no {self.kind}")


@dataclass(frozen=True)
class FigureLine:
    """Be a percentage with all that makes it one.

    Parameters
    ----------
    label : what the part is.
    share : numerator and denominator.
    unit : what is counted.
    as_of : date of the data.
    edition : edition of the administrative map.
    unknown : how many of the whole nothing is known about, if that is told.
    """

    label: str
    share: Share
    unit: str
    as_of: date
    edition: str
    unknown: Number | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.share, Share):
            raise TypeError("a percentage is made of a numerator and a denominator")
        check_basis(self.as_of, self.edition)
        if self.unknown is not None:
            check_count(self.unknown)


@dataclass(frozen=True)
class SignatureBlock:
    """Be the place where a role signs; there is no field for a name.

    Parameters
    ----------
    lines : authority and office, such as ``KT. GIÁM ĐỐC`` and ``PHÓ GIÁM ĐỐC``.
    note : what is asked of whoever signs.
    """

    lines: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class HandOverSheet:
    """Be the hand-over of one class: one table, and one set of signatures for all of it.

    Parameters
    ----------
    group : the class.
    table : what each pupil is given.
    statement : what the signatures confirm.
    signatures : who signs, side by side.
    """

    group: str
    table: Table
    statement: str
    signatures: tuple[SignatureBlock, ...]


Block = Paragraph | Bullet | Amount | FigureLine | Table | HandOverSheet


@dataclass(frozen=True)
class Section:
    """Be a numbered part of a document."""

    number: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Annex:
    """Be an annex, which begins on a page of its own, broad where its tables are."""

    number: int
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True)
class Document:
    """Be a whole document.

    Parameters
    ----------
    kind : which form it is.
    parent, agency : who is above the writer, and the writer.
    symbol : letters after the number, such as ``BC-SGDĐT``; empty where the form has no number.
    number : the number; empty is left to be filled in by hand.
    place, dated : where and when it is written.
    title, subject : kind of document in capitals, and what it is about; an official letter has neither.
    regarding : what an official letter is about; it stands under the number.
    addressees : to whom.
    opening : before the first section.
    sections, annexes : the body.
    closing : after the last section.
    recipients : who gets a copy.
    signatures : who signs; one stands at the right, several side by side.
    as_of, edition : date of the data, edition of the administrative map.
    anchor : the place in the programme's book that the figures are drawn from.
    demonstration : whether it is all made up.
    internal : whether it is for the office alone, and marked so.
    language : ``vi`` or ``en``.
    offices : names of the files that word offices and programme.
    """

    kind: DocumentKind
    parent: str
    agency: str
    symbol: str
    number: str
    place: str
    dated: date
    title: str
    subject: str
    as_of: date
    edition: str
    signatures: tuple[SignatureBlock, ...]
    regarding: str = ""
    addressees: tuple[str, ...] = ()
    opening: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    annexes: tuple[Annex, ...] = ()
    closing: tuple[Block, ...] = ()
    recipients: tuple[str, ...] = ()
    anchor: str = ""
    demonstration: bool = False
    internal: bool = False
    language: str = "vi"
    offices: str = ""

    def __post_init__(self) -> None:
        check_basis(self.as_of, self.edition)
        if self.language not in ("vi", "en"):
            raise ValueError(f"no document is written in “{self.language}”")

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return every block in the order of reading."""
        parts: list[Section | Annex] = [*self.sections, *self.annexes]
        return (*self.opening, *(b for part in parts for b in part.blocks), *self.closing)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Return every table in the order of reading, those of hand-over sheets among them."""
        held = [b.table if isinstance(b, HandOverSheet) else b for b in self.blocks]
        return tuple(b for b in held if isinstance(b, Table))
