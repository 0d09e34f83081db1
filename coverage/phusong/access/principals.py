"""Whoever asks: a role of an organisation, in the data that are theirs; never a person's name."""

from __future__ import annotations

from dataclasses import dataclass

from phusong.vocabulary.book import Role
from phusong.vocabulary.terms import Operator


@dataclass(frozen=True)
class Principal:
    """Hold who asks.

    Parameters
    ----------
    account_id : id of the account, as the access log names it.
    role : what the account may do.
    organisation : on whose behalf.
    operator : whose network an operator may see; None for all other roles.
    communes : codes of the communes whose pupils an education official may see; empty: the whole province.
        A commune's account sees these alone, and names at least one.
    schools : ids of the schools that a school's account may see; empty for all other roles.
    demonstration : whether this is a sample role of the demonstration, which shows made-up data only.

    Raises
    ------
    ValueError
        If an operator's account names no operator, or another's does; or a commune's no commune.
    """

    account_id: str
    role: Role
    organisation: str
    operator: Operator | None = None
    communes: frozenset[str] = frozenset()
    schools: frozenset[str] = frozenset()
    demonstration: bool = False

    def __post_init__(self) -> None:
        """Check that an operator, and nobody else, stands for a network."""
        if (self.role == Role.OPERATOR) != (self.operator is not None):
            raise ValueError("an operator's account, and no other, names an operator")
        if self.role == Role.COMMUNE and not self.communes:
            raise ValueError("a commune's account names its communes")
