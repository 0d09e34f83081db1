"""The operators: those that are known under several names, read from data, and any other under its own name.

An operator is its key as plain text, so operators compare as text does. A name that no file knows is an
operator of its own: a foreign or a small one stays itself from the file to the map.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from phusong.vocabulary.packaged import list_packaged, read_packaged_toml

#: What stands between several operators in one cell of a table; no name may hold it.
SEPARATOR = "|"
#: A longer name is no name of an operator.
LONGEST_NAME = 80
#: Up to so many letters, a word in capitals is an abbreviation and stays as it is.
ABBREVIATION = 4
_NO_FILE_NAME = re.compile(r"[^0-9a-z]+")
#: No formula in a spreadsheet and no markup in a page may come of a name.
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f|<>]+")
_NO_BEGINNING = re.compile(r"^[\W_]+")


class Mark(BaseModel):
    """Hold how an operator is drawn: a colour, and a shape that alone tells it apart."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    colour: str
    shape: str


class KnownOperator(Mark):
    """Hold one operator that is known under several names.

    Parameters
    ----------
    key : under which tables hold it.
    vi, en : labels.
    aliases : names without accents, blanks or case.
    networks : MCC-MNC, without leading zeros.
    colour, shape : on the map.
    source : of names and codes.
    """

    key: str
    vi: str
    en: str
    aliases: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    source: str


class _OperatorFile(BaseModel):
    """Hold one file of operators."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    operator: tuple[KnownOperator, ...] = ()
    unstated: KnownOperator | None = None
    further: tuple[Mark, ...] = ()


@cache
def _read_files() -> tuple[_OperatorFile, ...]:
    """Return the packaged files of operators."""
    names = list_packaged("parameters", "operators", suffix=".toml")
    data = (read_packaged_toml("parameters", "operators", f"{name}.toml") for name in names)
    return tuple(_OperatorFile.model_validate(d) for d in data)


@dataclass(frozen=True, eq=False)
class OperatorSet:
    """Hold the operators that are known at a time, by key; the one that stands for nobody named is the last.

    Parameters
    ----------
    known : key → operator.
    """

    known: Mapping[str, KnownOperator]


#: The operators of the province at work, where it states its own; of one thread or task alone.
_IN_USE: ContextVar[OperatorSet | None] = ContextVar("operators_in_use", default=None)


@cache
def read_packaged() -> OperatorSet:
    """Return the operators that packaged files know."""
    listed = [o for file in _read_files() for o in file.operator]
    unstated = [file.unstated for file in _read_files() if file.unstated is not None]
    return OperatorSet({o.key: o for o in (*listed, *unstated[:1])})


def find_in_use() -> OperatorSet:
    """Return the operators of the province at work; where none is, the packaged ones."""
    return _IN_USE.get() or read_packaged()


def read_known() -> Mapping[str, KnownOperator]:
    """Return the operators that are known, by key; the one that stands for nobody named is the last."""
    return find_in_use().known


@contextmanager
def use_operators(operators: OperatorSet) -> Iterator[None]:
    """Let the operators of a province hold within a block, and in this thread or task alone.

    Parameters
    ----------
    operators : of the province.
    """
    token = _IN_USE.set(operators)
    try:
        yield
    finally:
        _IN_USE.reset(token)


def adopt_operators(operators: OperatorSet) -> None:
    """Let the operators of a province hold for the rest of this thread, which serves that one alone.

    Parameters
    ----------
    operators : see `use_operators`.
    """
    _IN_USE.set(operators)


def list_further_marks() -> list[Mark]:
    """Return the marks of operators that no file knows, in the order in which they are given."""
    return [mark for file in _read_files() for mark in file.further]


class _Listed(type):
    """Make the class of operators iterable over the known ones, which are found under their keys too."""

    def __iter__(cls) -> Iterator[Any]:
        return iter([Operator(key) for key in read_known()])

    def __getattr__(cls, key: str) -> Any:
        if not key.isupper() or key not in read_known():
            raise AttributeError(f"no file of operators knows {key}")
        return Operator(key)


class Operator(str, metaclass=_Listed):
    """Be an operator: its key as text, with its labels.

    Parameters
    ----------
    value : key of a known operator, or the name of any other as tables hold it.
    """

    #: Whether other values than the listed ones are operators too.
    is_open = True

    @property
    def value(self) -> str:
        """Return the key as plain text."""
        return str(self)

    @property
    def vi(self) -> str:
        """Return the label in Vietnamese; of an operator that no file knows, its name."""
        known = read_known().get(str(self))
        return str(self) if known is None else known.vi

    @property
    def en(self) -> str:
        """Return the label in English; of an operator that no file knows, its name."""
        known = read_known().get(str(self))
        return str(self) if known is None else known.en

    @property
    def file_stem(self) -> str:
        """Return the operator as part of a file's name; one with other signs has a mark of them behind."""
        plain = unicodedata.normalize("NFD", self.lower()).encode("ascii", "ignore").decode()
        stem = _NO_FILE_NAME.sub("_", plain).strip("_")
        whole = self.lower().replace(" ", "_")
        if stem == whole:
            return stem
        return f"{stem}_{zlib.crc32(self.encode()):08x}".strip("_")

    @classmethod
    def of(cls, value: str) -> Self:
        """Return the operator that a key or a name is; a name that no file knows is an operator of its own.

        Raises
        ------
        ValueError
            If it is empty, or too long for a name.
        """
        text = clean_name(str(value))
        if not text or len(text) > LONGEST_NAME:
            raise ValueError(f"“{value}” is no name of an operator")
        folded = text.casefold()
        for known in read_known().values():
            if folded in {known.key.casefold(), known.vi.casefold(), known.en.casefold()}:
                return cls(known.key)
        return cls(text)

    @classmethod
    def list_values(cls) -> list[str]:
        """Return the keys of the known operators, in order."""
        return list(read_known())

    @classmethod
    def list_terms(cls) -> list[Self]:
        """Return the known operators, in order."""
        return [cls(key) for key in read_known()]

    @classmethod
    def list_with(cls, names: Iterable[object]) -> list[Self]:
        """Return the known operators in order, then those of the names that no file knows, by name.

        Parameters
        ----------
        names : of operators; several in one by `SEPARATOR`, empty ones are passed over.
        """
        present = {
            part for name in names if isinstance(name, str) for part in name.split(SEPARATOR)
        }
        strange = sorted(present - set(read_known()) - {""})
        return [*cls.list_terms(), *(cls(name) for name in strange)]

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let a model take an operator from its name, and write it as that."""
        return core_schema.no_info_after_validator_function(
            cls.of, core_schema.str_schema(), serialization=core_schema.to_string_ser_schema()
        )


def clean_name(text: str) -> str:
    """Return a name as tables hold it: on one line, single blanks, no word shouted or whispered.

    ECONET, econet and Econet are one operator; MTN and AT&T stay as they are. It begins with a letter or
    figure and holds no angle brackets, so that it is neither a formula nor markup.

    Parameters
    ----------
    text : as a file has it.
    """
    safe = _NO_BEGINNING.sub("", _UNSEEN.sub(" ", unicodedata.normalize("NFC", text)))
    words = safe.strip().split(" ")
    return " ".join(_write_word(word) for word in words)


def _write_word(word: str) -> str:
    """Return a word of a name with a capital, unless it is written in small and large letters already."""
    if word.islower():
        return word.capitalize()
    if word.isupper() and word.isalpha() and len(word) > ABBREVIATION:
        return word.capitalize()
    return word
