"""What a database complains of, in the words of whoever has to mend it."""

from __future__ import annotations

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from phusong.ledger.faults import Damaged, LedgerFault, OutOfStock, Unavailable

#: What the complaint contains → what is wrong, and the cure.
_UNAVAILABLE = {
    "disk is full": ("the disk is full; nothing was written", "make room, then do it again"),
    "no space left": ("the disk is full; nothing was written", "make room, then do it again"),
    "readonly": ("the ledger may only be read here", "give its owner the right to write"),
    "read-only": ("the ledger may only be read here", "give its owner the right to write"),
    "is locked": ("somebody else is writing in the ledger", "try again in a moment"),
    "lock timeout": ("somebody else is writing in the ledger", "try again in a moment"),
    "disk i/o": ("the disk cannot be read or written", "check it, then restore the last backup"),
    "unable to open": ("the ledger cannot be opened", "check the path and the rights"),
    "permission denied": ("the ledger may not be used by this account", "ask for the rights"),
    "connection": ("the database does not answer", "check that it runs and the URL is right"),
}
_DAMAGED = ("malformed", "not a database", "append-only")


def tell_trouble(error: DBAPIError, url: str) -> LedgerFault:
    """Return a database's complaint as a fault of the book; the rows themselves are never quoted.

    Parameters
    ----------
    error : as the driver raised it.
    url : where the book lies; its password is left out.
    """
    said = str(error.orig).splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
    where = make_url(url).render_as_string(hide_password=True)
    for sign, (what, cure) in _UNAVAILABLE.items():
        if sign in said.lower():
            return Unavailable(what, file=where, cure=cure)
    if any(sign in said.lower() for sign in _DAMAGED):
        return Damaged(f"the ledger refuses: {said}", file=where, cure="phusong ledger verify")
    if "stock" in said.lower() and "check" in said.lower():
        return OutOfStock("not so many lie in store", cure="look: phusong ledger balance")
    return LedgerFault(f"the book's own rules forbid this ({said})", file=where)
