"""What a text says: its pieces between separators as fields, each different piece worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter
from typing import Final, NamedTuple

from phusong.places.addresses.cleaning import (
    ENOUGH,
    clean_text,
    is_empty,
    join_apostrophes,
    split_chunks,
    tidy_text,
    weigh_marks,
)
from phusong.places.addresses.fields import Field, parse_chunk
from phusong.places.addresses.gazetteer import Gazetteer
from phusong.places.addresses.gluing import unglue
from phusong.places.addresses.initials import is_province, read_initial, resolve_city
from phusong.places.addresses.kinds import BESIDE, IGNORED
from phusong.places.addresses.register import AddressRegister

#: Columns of a table of addresses beside row_id, in the order in which an address is read.
COLUMNS: Final = ("address", "hamlet", "commune", "district", "province")


class Piece(NamedTuple):
    """Hold what one piece of text says.

    Attributes
    ----------
    fields : all of them; `kept` without streets and institutions, which `beside` names.
    unfinished : whether it ends in a kind without a name.
    marks : how much speaks for cleaning the whole text first.
    head : whether it is one hamlet with its kind.
    """

    fields: tuple[Field, ...]
    kept: tuple[Field, ...]
    beside: tuple[str, ...]
    unfinished: bool
    marks: int
    head: bool


_is_unfinished: Final = attrgetter("unfinished")
_marks: Final = attrgetter("marks")
_kept: Final = attrgetter("kept")
_beside: Final = attrgetter("beside")


class Said(NamedTuple):
    """Hold the fields that each cell of an address says, and flags for what was taken off.

    Attributes
    ----------
    tail : where the only cell begins with a hamlet and its kind, the texts behind it, which alone say what is
        said of commune, district and province; empty elsewhere.
    pieces : where there is a tail, what the whole cell is made of; `cells` then has the hamlet alone.
    """

    cells: tuple[tuple[Field, ...], ...]
    flags: tuple[str, ...]
    tail: tuple[str, ...] = ()
    pieces: Sequence[Piece] = ()

    def list_cells(self) -> tuple[tuple[Field, ...], ...]:
        """Return the fields of each cell, also where only the hamlet was needed so far."""
        return (_join(self.pieces).kept,) if self.tail else self.cells


NOTHING: Final = Said((), ())


def _is_beside(field: Field) -> bool:
    """Return whether a field says nothing about the hamlet."""
    return field.level in BESIDE or (not field.level and field.base in IGNORED)


def _make_piece(fields: Sequence[Field], *, marks: int = 0) -> Piece:
    """Return a piece of some fields."""
    whole = tuple(fields)
    beside = tuple([field.level or "noise" for field in whole if _is_beside(field)])
    kept = tuple([f for f in whole if not _is_beside(f)]) if beside else whole
    unfinished = bool(whole) and not whole[-1].base and bool(whole[-1].level)
    head = len(whole) == 1 and whole[0].level == "hamlet" and bool(whole[0].base)
    return Piece(whole, kept, beside, unfinished, marks, head)


def _list_bases(fields: Sequence[Field]) -> list[str]:
    """Return the words of fields without diacritics."""
    return [word.base for field in fields for word in field.words]


def _read_piece(chunk: str, gazetteer: Gazetteer) -> Piece:
    """Return what a piece between separators says."""
    lexicon = gazetteer.lexicon
    whole = [field for f in parse_chunk(chunk, lexicon) for field in unglue(f, lexicon)]
    fields = [resolve_city(field, gazetteer.register) for field in whole]
    piece = _make_piece(fields, marks=weigh_marks(chunk, _list_bases(fields)))
    gazetteer.memory.pieces.keep(chunk, piece)
    return piece


def _finish(pieces: Sequence[Piece]) -> Piece:
    """Return pieces as one; a kind alone belongs to what follows."""
    fields: list[Field] = []
    for field in chain.from_iterable(piece.fields for piece in pieces):
        before = fields[-1] if fields else None
        if before is not None and before.level and not before.base and not field.level:
            level, kind, weak = before.level, before.kind, before.weak
            fields[-1] = field._replace(level=level, kind=kind, weak=weak)
        else:
            fields.append(field)
    return _make_piece(fields)


def _join(pieces: Sequence[Piece]) -> Piece:
    """Return pieces as one."""
    if len(pieces) == 1:
        return pieces[0]
    if any(map(_is_unfinished, pieces)):
        return _finish(pieces)
    kept = tuple(chain.from_iterable(map(_kept, pieces)))
    beside = tuple(chain.from_iterable(map(_beside, pieces)))
    return Piece((), kept, beside, False, 0, False)


def _read_text(text: str, gazetteer: Gazetteer) -> tuple[list[Piece], list[str], tuple[str, ...]]:
    """Return the pieces of a text, their texts, and flags for what was taken off it."""
    known = gazetteer.memory.pieces
    text = gazetteer.register.join_hyphens(join_apostrophes(tidy_text(text)))
    chunks = split_chunks(text)
    pieces = [known.get(chunk) or _read_piece(chunk, gazetteer) for chunk in chunks]
    if sum(map(_marks, pieces)) < ENOUGH:
        return pieces, chunks, ()
    clean, flags = clean_text(text)
    chunks = split_chunks(clean)
    pieces = [known.get(chunk) or _read_piece(chunk, gazetteer) for chunk in chunks]
    return pieces, chunks, tuple(flags)


def read_address(text: str, gazetteer: Gazetteer) -> Said:
    """Return what a whole address says."""
    text = text.replace("\n", ",") if "\n" in text else text
    pieces, chunks, flags = _read_text(text, gazetteer)
    if not pieces:
        return Said((), flags)
    at = _find_head(pieces)
    if at >= 0:
        head = pieces[at].kept
        said = [flag for piece in pieces if piece.beside for flag in piece.beside]
        tail = ("weak" if head[0].weak else "", *chunks[at + 1 :])
        return Said((head,), (*said, *flags), tail, pieces)
    piece = _join(pieces)
    return Said((piece.kept,), (*piece.beside, *flags) if piece.beside or flags else ())


def _find_head(pieces: Sequence[Piece]) -> int:
    """Return where the hamlet stands that an address begins with, streets left out; −1 where it does not."""
    for at, piece in enumerate(pieces):
        if piece.head:
            return -1 if any(map(_is_unfinished, pieces)) else at
        if piece.kept or piece.unfinished:
            return -1
    return -1


def says_nothing(text: str, column: str) -> bool:
    """Return whether a cell is empty; a number in the column of hamlets is a hamlet."""
    return is_empty(text) and not (column == "hamlet" and text[:1].isdigit())


def _say_column(column: str, fields: tuple[Field, ...], register: AddressRegister) -> list[Field]:
    """Return the fields of a column; a bare name is what the column says."""
    if len(fields) != 1:
        return list(fields)
    only = fields[0]
    if column != "hamlet" and (not only.level or only.weak):
        return [read_initial(only, column, register)._replace(level=column, weak=False)]
    if column == "hamlet" and not only.level and is_province(only, register):
        return [only._replace(level="hamlet")]
    if column == "hamlet" and only.level == "street" and only.number:
        return [only._replace(level="hamlet", kind="")]
    return [only]


def read_cell(column: str, text: str, gazetteer: Gazetteer) -> Said:
    """Return what a cell of a column says."""
    if column == "address":
        return read_address(text, gazetteer)
    known: Said | None = gazetteer.memory.cells.get((column, text))
    if known is not None:
        return known
    pieces, _, flags = _read_text(text, gazetteer)
    whole = _finish(pieces).fields
    piece = _make_piece(_say_column(column, whole, gazetteer.register))
    said: Said = gazetteer.memory.cells.keep(
        (column, text), Said((piece.kept,), (*piece.beside, *flags))
    )
    return said


def read_cells(texts: Sequence[str], gazetteer: Gazetteer) -> Said:
    """Return what the columns of one row say together.

    Parameters
    ----------
    texts : one for each of `COLUMNS`.
    """
    said = [
        read_cell(column, text, gazetteer)
        for column, text in zip(COLUMNS, texts, strict=True)
        if text and not says_nothing(text, column)
    ]
    if len(said) == 1:
        return said[0]
    cells = chain.from_iterable([cell.list_cells() for cell in said])
    return Said(tuple(cells), tuple(chain.from_iterable([cell.flags for cell in said])))
