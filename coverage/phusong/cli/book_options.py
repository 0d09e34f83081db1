"""What every command on the book is told: which book, who acts, why, and on which day."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Annotated, Any, get_type_hints

import typer

from phusong.ledger.acting import Acting
from phusong.ledger.book import open_ledger
from phusong.ledger.chronology import VIET_NAM
from phusong.vocabulary.book import LEDGER_NAME
from phusong.vocabulary.errors import ParameterFault

Where = Annotated[str, typer.Option("--ledger", metavar="URL", help="file or URL of the book")]
_ACTING: dict[str, tuple[Any, Any]] = {
    "role": (Annotated[str, typer.Option(help="role of whoever acts")], "focal_point"),
    "organisation": (Annotated[str, typer.Option(help="organisation of whoever acts")], ""),
    "why": (Annotated[str, typer.Option(help="the reason, without anybody's number")], ""),
    "account": (Annotated[str, typer.Option(help="account, where several share the role")], ""),
    "key": (
        Annotated[str, typer.Option(help="the same key again is the same command, done once")],
        "",
    ),
}
_DATED = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="day of what is told; default today")
]


def note_unidentified(acting: Any) -> None:
    """Say that a decision bears no person where no account was named; its line in the journal says so too.

    Parameters
    ----------
    acting : who decided.
    """
    if not acting.account:
        told = "chưa xác định người: nêu tài khoản bằng --account · person not identified: name the account"
        typer.echo(told, err=True)


def on_book(work: Callable[..., None]) -> Callable[..., None]:
    """Return a command that is handed the open book as its first argument.

    Parameters
    ----------
    work : takes the book, then what is its own.
    """
    return _widen(work, {"ledger_url": (Where, LEDGER_NAME)}, _hand_book)


def in_book(work: Callable[..., None]) -> Callable[..., None]:
    """Return a command that writes: it is handed the open book, who acts, and the day.

    Parameters
    ----------
    work : takes book, `Acting` and ISO date, then what is its own.
    """
    more = {"ledger_url": (Where, LEDGER_NAME), **_ACTING, "dated": (_DATED, None)}
    return _widen(work, more, _hand_all)


def _widen(
    work: Callable[..., None],
    more: dict[str, tuple[Any, Any]],
    hand: Callable[[dict[str, Any]], Any],
) -> Callable[..., None]:
    """Return a command that takes more options than the function that does it."""
    signature = inspect.signature(work)
    hints = get_type_hints(work, include_extras=True)
    own = [
        p.replace(annotation=hints[p.name])
        for p in signature.parameters.values()
        if p.name not in ("ledger", "acting", "dated")
    ]
    kind = inspect.Parameter.KEYWORD_ONLY
    added = [inspect.Parameter(n, kind, default=d, annotation=a) for n, (a, d) in more.items()]

    @wraps(work)
    def _command(**told: Any) -> None:
        given = {name: told.pop(name) for name in more}
        handed = hand(given)
        try:
            work(*handed, **told)
        finally:
            handed[0].close()

    named = [p.replace(kind=kind) for p in own]
    _command.__signature__ = inspect.Signature([*named, *added])  # type: ignore[attr-defined]
    _command.__annotations__ = {p.name: p.annotation for p in (*own, *added)}
    return _command


def _hand_book(given: dict[str, Any]) -> tuple[Any, ...]:
    """Return the open book."""
    return (open_ledger(given["ledger_url"]),)


def _hand_all(given: dict[str, Any]) -> tuple[Any, ...]:
    """Return the open book, who acts, and the day."""
    if not given["organisation"] or not given["why"]:
        cure = "nothing is written in the book without who and why"
        raise ParameterFault(f"--organisation and --why are needed → {cure}")
    told = {name: given[name] for name in _ACTING}
    acting = Acting(**told, at=datetime.now(UTC))
    day = given["dated"] or datetime.now(VIET_NAM)
    return open_ledger(given["ledger_url"]), acting, day.date().isoformat()
