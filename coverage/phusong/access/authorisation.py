"""The one way to a question or an action: its row is read first, and an answer about pupils is logged."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sized
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from phusong.access.desk import Desk, find_operators, refuse
from phusong.access.log import log_access
from phusong.access.permissions import PERMISSIONS, Extent, find_extent
from phusong.access.principals import Principal
from phusong.access.selection import EVERYWHERE, Selection
from phusong.store import finish_commit
from phusong.vocabulary.operators import use_operators

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
#: How the access log's line begins that says that somebody was shown pupils.
LISTED = "list"


def authorise(
    function: Callable[Concatenate[Principal, Desk, Asked], Answer],
) -> Callable[Concatenate[Principal, Desk, Asked], Answer]:
    """Return a question or action that those roles alone reach whom its row names; others are refused.

    An answer that tells of single pupils is one line of the access log, with whose pupils, which filters and
    how many rows.

    Parameters
    ----------
    function : takes who asks and where first; its name is a key of `PERMISSIONS`.

    Raises
    ------
    KeyError
        If the function has no row.
    """
    name = function.__name__
    row, signature = PERMISSIONS[name], inspect.signature(function)

    @wraps(function)
    def _authorised(
        principal: Principal, desk: Desk, *asked: Asked.args, **chosen: Asked.kwargs
    ) -> Answer:
        check_permission(principal, desk, name)
        with use_operators(find_operators(desk)):
            answer = function(principal, desk, *asked, **chosen)
        if row.of_pupils:
            bound = signature.bind(principal, desk, *asked, **chosen).arguments
            _log_pupils(principal, desk, name, bound, answer)
        return answer

    return _authorised


def check_permission(principal: Principal, desk: Desk, name: str, part: str = "") -> None:
    """Refuse, and log, what a role has nothing of; and a sample role real results.

    Parameters
    ----------
    principal, desk : who asks, and where.
    name : of the question or action.
    part : a kind within it.

    Raises
    ------
    NotAllowed
        If it is refused.
    """
    finish_commit(desk.folder)
    known = find_extent(principal.role, name, part) != Extent.NONE
    if not known or principal.demonstration > desk.demonstration:
        refuse(principal, desk, PERMISSIONS[name].data, subject=f"{name} {part}".strip())


def _log_pupils(
    principal: Principal, desk: Desk, name: str, asked: dict[str, Any], answer: object
) -> None:
    """Add the one line that says who was shown which pupils, and how many."""
    chosen = [(k, v) for k, v in list(asked.items())[2:] if v not in ("", None, (), EVERYWHERE)]
    filters = [f"{k}={_name_filter(v)}" for k, v in chosen]
    subject = "; ".join([f"{LISTED} {name}", name_own(principal), *filters])
    rows = len(answer) if isinstance(answer, Sized) and hasattr(answer, "columns") else 1
    log_access(
        desk.register,
        principal,
        str(PERMISSIONS[name].data),
        when=desk.clock(),
        subject=subject,
        rows=rows,
    )


def name_own(principal: Principal) -> str:
    """Return whose pupils somebody sees, in codes.

    Parameters
    ----------
    principal : who asks.
    """
    if principal.schools:
        return "schools " + ",".join(sorted(principal.schools))
    if principal.communes:
        return "communes " + ",".join(sorted(principal.communes))
    return "province"


def _name_filter(value: object) -> str:
    """Return a filter as the log may know it: a number, a listed word, a code; never what was typed."""
    if isinstance(value, Selection):
        return value.describe()
    if isinstance(value, tuple | list | set | frozenset):
        return ",".join(_name_filter(v) for v in value)
    text = str(value)
    is_code = text.isascii() and text.replace("-", "").replace("_", "").isalnum()
    is_word = isinstance(value, bool | int | float) or type(value) is not str
    return text if is_word or (is_code and any(c.isdigit() for c in text)) else "…"
