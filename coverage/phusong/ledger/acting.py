"""Who acts: a role in an organisation, with a reason and a time; and what each role may do in the book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from phusong.ledger.faults import LedgerFault, NotAllowed
from phusong.ledger.privacy import (
    NAME_SIGNS,
    TEXT_SIGNS,
    check_line,
    check_mark,
    refuse_numbers,
)
from phusong.vocabulary.book import Role

_GIVES = frozenset({Role.FOCAL_POINT, Role.EDUCATION})
_DECIDES = frozenset({Role.APPROVER, Role.EDUCATION})
_HANDS_OUT = frozenset({Role.FOCAL_POINT, Role.EDUCATION, Role.SCHOOL})
_BUILDS = frozenset({Role.FOCAL_POINT, Role.PLANNER, Role.OPERATOR})

#: What is decided about what others did: whoever does it without an account is marked as not identified.
DECISIONS = frozenset({"approve", "free", "reverse", "send back"})
#: What stands in a line of the journal for a person of whom no account is known.
UNIDENTIFIED = {"person": "unidentified"}

#: Who may do what. The proposer of an award never approves it, whatever the role.
MAY: dict[str, frozenset[Role]] = {
    "register": frozenset({*_GIVES, Role.ADMINISTRATOR}),
    "pledge": _GIVES,
    "receive": _GIVES,
    "allocate": _GIVES,
    "pay": _GIVES,
    "confirm payment": _GIVES | {Role.APPROVER},
    "reverse": _GIVES,
    "settle doubt": _GIVES | {Role.APPROVER},
    "store": _GIVES,
    "propose": _GIVES,
    "approve": _DECIDES,
    "hand over": _HANDS_OUT,
    "confirm": _HANDS_OUT,
    "return": _HANDS_OUT,
    "lose": _HANDS_OUT,
    "replace": _HANDS_OUT,
    "cancel": _GIVES | {Role.APPROVER},
    "send back": _DECIDES,
    "free": _DECIDES,
    "decline": _HANDS_OUT,
    "move": _HANDS_OUT,
    "depart": _HANDS_OUT,
    "withdraw": _HANDS_OUT,
    "subsidise": _GIVES,
    "commit": _BUILDS,
}


@dataclass(frozen=True)
class Acting:
    """Say who does something in the book, why and when.

    Parameters
    ----------
    role : a word of `Role`; persons are known by role and organisation, never by name.
    organisation : name of the organisation.
    why : the reason, without anybody's number.
    at : time at which the command is given, with its zone.
    account : id of the account, where several persons share role and organisation.
    key : the same key again is the same command, done once: a double click, a rerun.
    """

    role: str
    organisation: str
    why: str
    at: datetime
    account: str = ""
    key: str = ""

    def __post_init__(self) -> None:
        if self.role not in list(Role):
            cure = f"choose one of: {', '.join(Role)}"
            raise LedgerFault(f"“{self.role}” is no role in the book", cure=cure)
        if not self.organisation.strip() or not self.why.strip():
            raise LedgerFault("nothing is written without an organisation and a reason")
        if self.at.tzinfo is None:
            raise LedgerFault("the time of a command needs its zone")
        check_line(self.organisation, "the organisation", most=NAME_SIGNS)
        check_line(self.why, "the reason", most=TEXT_SIGNS)
        for text in (self.organisation, self.why):
            refuse_numbers(text)
        check_mark(self.account, "the account")
        check_mark(self.key, "the key")

    @property
    def actor(self) -> str:
        """Return by what somebody is known who may not approve what they proposed."""
        return self.account or f"{self.role}@{self.organisation}"

    @property
    def moment(self) -> str:
        """Return the time as the journal writes it, in UTC."""
        return self.at.astimezone(UTC).isoformat(timespec="microseconds")

    def check_may(self, action: str) -> None:
        """Check that the role may do this.

        Raises
        ------
        NotAllowed
            If it may not.
        """
        if self.role not in MAY[action]:
            names = ", ".join(sorted(MAY[action]))
            raise NotAllowed(
                f"the role {self.role} may not {action}",
                kind="role",
                subject=self.role,
                cure=f"this is done by: {names}",
            )


def is_same_person(one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    """Return whether two who acted may be one person.

    Parameters
    ----------
    one, other : role, organisation, account. Where either has no account, the same role in the same
        organisation counts as the same person.
    """
    if one[2] and other[2]:
        return one[2] == other[2]
    return one[:2] == other[:2]
