"""What a database complains of, in the words of whoever has to mend it."""

from __future__ import annotations

import sqlite3

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from phusong.ledger.constraints import NOTHING_LEFT, SENTENCES, describe_complaint
from phusong.ledger.engine import find_file
from phusong.ledger.faults import Damaged, LedgerFault, OutOfStock, Unavailable
from phusong.ledger.last_seen import name_restore

#: What the complaint contains → what is wrong, and the cure.
_UNAVAILABLE = {
    "disk is full": ("the disk is full; nothing was written", "make room, then do it again"),
    "no space left": ("the disk is full; nothing was written", "make room, then do it again"),
    "readonly": ("the ledger may only be read here", "give its owner the right to write"),
    "read-only": ("the ledger may only be read here", "give its owner the right to write"),
    "is locked": ("somebody else is writing in the ledger", "try again in a moment"),
    "lock timeout": ("somebody else is writing in the ledger", "try again in a moment"),
    "disk i/o": ("the disk cannot be read or written", "check it, then restore the last backup"),
    "out of memory": ("there is not enough memory", "close other programs"),
    "too many": ("the database takes no more visitors", "try again in a moment"),
    "unable to open": ("the ledger cannot be opened", "check the path and the rights"),
    "permission denied": ("the ledger may not be used by this account", "ask for the rights"),
    'database "': ("this database is not there", "check the URL, or have the database made"),
    'role "': ("the database does not know this account", "check user and password in the URL"),
    "password": ("the database does not know this account", "check user and password in the URL"),
    "timeout": ("the database does not answer", "try again in a moment"),
    "connection": ("the database does not answer", "check that it runs and the URL is right"),
}
_DAMAGED = ("malformed", "not a database", "append-only", "decode", "encoding")
#: What a driver raises; a damaged book of SQLite also holds what is no text.
DRIVER_ERRORS = (DBAPIError, sqlite3.Error, UnicodeDecodeError)


def tell_trouble(error: DBAPIError | sqlite3.Error | UnicodeDecodeError, url: str) -> LedgerFault:
    """Return a database's complaint as a fault of the book; the rows themselves are never quoted.

    Parameters
    ----------
    error : as the driver raised it.
    url : where the book lies; its password is left out.
    """
    orig = getattr(error, "orig", None) or error
    said = str(orig).splitlines()[0] if str(orig).strip() else type(orig).__name__
    where = make_url(url).render_as_string(hide_password=True)
    for sign, (what, cure) in _UNAVAILABLE.items():
        if sign in said.lower():
            return Unavailable(what, file=where, cure=cure)
    if any(sign in said.lower() for sign in _DAMAGED):
        file = find_file(url)
        cure = name_restore(file) if file else "restore the last backup of the database"
        return Damaged(f"the ledger refuses: {said}", file=where, cure=cure)
    what, cure = describe_complaint(said)
    if what == SENTENCES[NOTHING_LEFT][0]:
        return OutOfStock(what, cure=cure)
    return LedgerFault(what, file=where, cure=cure)
