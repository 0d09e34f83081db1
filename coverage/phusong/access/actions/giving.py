"""Deeds about what is given: pledged, received, set apart, paid and confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from phusong.access.authorisation import authorise
from phusong.access.book import act, name_day, open_book
from phusong.access.desk import Desk
from phusong.access.principals import Principal
from phusong.ledger import giving
from phusong.ledger.money import Amount
from phusong.ledger.writing import Row


@authorise
def pledge_contribution(
    principal: Principal, desk: Desk, told: Mapping[str, Any], *, why: str, key: str
) -> Row:
    """Write down a contribution and what is pledged of it.

    Parameters
    ----------
    principal, desk : who acts, and where.
    told : columns of `accepted_contributions`; a person who gives stands there by pseudonym.
    why, key : see `phusong.access.book.act`.

    Raises
    ------
    NotAllowed
        If the role sees no contributions; so do all deeds of this module.
    LedgerFault
        If the book refuses; so do all deeds.
    """
    return giving.pledge(open_book(desk), told, acting=act(principal, desk, why=why, key=key))


@authorise
def receive_contribution(
    principal: Principal,
    desk: Desk,
    contribution_id: str,
    amount: Amount,
    *,
    why: str,
    key: str,
    beyond: bool = False,
) -> int:
    """Write down a receipt and return its number; devices come by lot, more than was promised is asked."""
    acting = act(principal, desk, why=why, key=key)
    book, day = open_book(desk), name_day(desk)
    return giving.receive(book, contribution_id, amount, dated=day, acting=acting, beyond=beyond)


@authorise
def settle_contribution(
    principal: Principal, desk: Desk, contribution_id: str, *, counts: bool, why: str, key: str
) -> Row:
    """Decide whether a contribution in doubt counts."""
    acting = act(principal, desk, why=why, key=key)
    return giving.settle_doubt(open_book(desk), contribution_id, counts=counts, acting=acting)


@authorise
def allocate_money(
    principal: Principal,
    desk: Desk,
    amount: Amount,
    *,
    form: str,
    source_code: str,
    purpose: str,
    why: str,
    key: str,
) -> int:
    """Set money of one source apart for a purpose, and return the entry's number."""
    about = {"form": form, "source_code": source_code, "purpose": purpose}
    acting = act(principal, desk, why=why, key=key)
    return giving.allocate(open_book(desk), amount, **about, dated=name_day(desk), acting=acting)


@authorise
def pay_money(
    principal: Principal,
    desk: Desk,
    amount: Amount,
    *,
    form: str,
    source_code: str,
    purpose: str,
    why: str,
    key: str,
) -> int:
    """Hand over what was set apart, and return the entry's number."""
    about = {"form": form, "source_code": source_code, "purpose": purpose}
    acting = act(principal, desk, why=why, key=key)
    return giving.pay(open_book(desk), amount, **about, dated=name_day(desk), acting=acting)


@authorise
def confirm_money(
    principal: Principal,
    desk: Desk,
    amount: Amount,
    *,
    form: str,
    source_code: str,
    purpose: str,
    why: str,
    key: str,
) -> int:
    """Write down that whoever was to get it has it, and return the entry's number."""
    about = {"form": form, "source_code": source_code, "purpose": purpose}
    acting = act(principal, desk, why=why, key=key)
    book, day = open_book(desk), name_day(desk)
    return giving.confirm_payment(book, amount, **about, dated=day, acting=acting)


@authorise
def reverse_entry(principal: Principal, desk: Desk, number: int, *, why: str, key: str) -> int:
    """Take an entry back by another one that names it, and return the new one's number."""
    acting = act(principal, desk, why=why, key=key)
    return giving.reverse(open_book(desk), number, dated=name_day(desk), acting=acting)
