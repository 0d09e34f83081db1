"""What may not stand in the book: numbers of persons, names of persons who give, bare serial numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from unicodedata import category

from phusong.ledger.faults import LedgerFault

#: A Vietnamese telephone number, or a personal id of twelve digits; sums of money do not begin with 0.
_NUMBER = re.compile(r"(?<![\d.])(?:\+?84|0)(?:[ .-]?\d){8,11}(?![\d])")
#: The same, standing by itself: within a random mark one in sixty looks like a number of somebody.
_BARE_NUMBER = re.compile(rf"(?<![\w-]){_NUMBER.pattern}(?![\w-])")
_UNWRITABLE = re.compile(r"[\x00\ud800-\udfff]")
#: Signs that break a line, turn its direction or are not there at all (Unicode, general category).
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
#: How long a name or id may be, and any other text.
NAME_SIGNS, TEXT_SIGNS = 200, 4000
#: Columns that name something, and those that are lists of hashes, each checked by itself.
NAMES = frozenset({
    "contribution_id", "donor", "donor_kind", "form", "source_code", "source",
    "method", "lot_id", "package_id", "commitment_id", "hamlet_id", "hamlet",
    "commune_code", "commune", "operator", "organisation", "role", "kind", "model",
    "campaign", "platform", "owner", "address", "name", "item", "record",
    "student_key", "household_key", "household", "award", "serial", "payer", "service",
    "state", "purpose", "replaces", "tier", "level", "policy", "kept_at",
})  # fmt: skip
LISTS = frozenset({"serials", "tokens"})
MASK = "[số đã ẩn]"
#: A keyed hash of at least 128 bits: hexadecimal or base32, with or without a prefix.
_HASH = re.compile(r"(?:[a-z]{2}-)?[0-9a-z]{26,64}")
DONOR_PREFIX, HASH_BYTES = "nt-", 16


def refuse_numbers(text: str) -> None:
    """Check that a text holds nobody's telephone number or personal id.

    Raises
    ------
    LedgerFault
        If it does.
    """
    if _NUMBER.search(text):
        cure = "write it without; persons are known by role and organisation"
        raise LedgerFault("numbers of persons do not belong in the book", cure=cure)


def check_mark(text: str, what: str) -> None:
    """Check that an account's id or a command's key is no number of a person.

    Raises
    ------
    LedgerFault
        If it is, or is no text that can be written down.
    """
    check_text(text, what)
    if _BARE_NUMBER.search(text):
        raise LedgerFault(f"{what} is a number of a person", cure="choose another mark")


def check_text(told: Any, what: str) -> None:
    """Check that every text in what is told can be written down in either database.

    Parameters
    ----------
    told : a text, or lists and tables of them.
    what : what it is called in the refusal.

    Raises
    ------
    LedgerFault
        If one holds halves of signs, as bytes of another encoding leave them, or the sign of nothing.
    """
    if isinstance(told, str):
        if _UNWRITABLE.search(told):
            raise LedgerFault(f"{what} cannot be read as text", cure="write it in UTF-8")
    elif isinstance(told, Mapping):
        for key, value in told.items():
            check_text(key, what)
            check_text(value, what)
    elif isinstance(told, list | tuple):
        for value in told:
            check_text(value, what)


def check_entry(told: Any, what: str = "") -> None:
    """Check what is about to be written: every text one line that can be read, no longer than it may be.

    Parameters
    ----------
    told : what a command is told: texts by name, or lists and tables of them.
    what : name of the column.

    Raises
    ------
    LedgerFault
        Naming the column.
    """
    if isinstance(told, Mapping):
        for key, value in told.items():
            check_entry(value, str(key))
    elif isinstance(told, list | tuple):
        for value in told:
            check_entry(value, what)
    elif isinstance(told, str) and what not in LISTS:
        check_line(told, what, most=NAME_SIGNS if what in NAMES else TEXT_SIGNS)


def check_line(text: str, what: str, *, most: int = NAME_SIGNS) -> None:
    """Check that a text is one line of signs that can be seen, and not too long.

    Parameters
    ----------
    text : as it was typed.
    what : what it is called in the refusal.
    most : how many signs it may have.

    Raises
    ------
    LedgerFault
        If it is not.
    """
    check_text(text, what)
    if any(category(sign) in _HIDDEN for sign in set(text) if not sign.isprintable()):
        cure = "write it in one line, without hidden signs"
        raise LedgerFault(f"{what} holds line breaks or signs that cannot be seen", cure=cure)
    if len(text) > most:
        raise LedgerFault(f"{what} is longer than {most} signs", cure="write it shorter")


def mask_numbers(text: str) -> str:
    """Return the text with telephone numbers and personal ids taken out."""
    return _NUMBER.sub(MASK, text)


def check_hash(text: str, what: str) -> str:
    """Return a keyed hash as it is.

    Raises
    ------
    LedgerFault
        If it may be the number itself.
    """
    if not _HASH.fullmatch(text) or text.isdigit():
        cure = "hash it with the province's key first"
        raise LedgerFault(f"{what} is no keyed hash", cure=cure)
    return text


def is_donor_pseudonym(text: str) -> bool:
    """Return whether this is what stands for a person who gives."""
    return text.startswith(DONOR_PREFIX) and _HASH.fullmatch(text) is not None
