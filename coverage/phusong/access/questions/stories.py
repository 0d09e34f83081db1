"""A complaint answered: what the book says of one's own pupil, in words."""

from __future__ import annotations

from phusong.access.book import open_book
from phusong.access.desk import Desk, refuse
from phusong.access.permissions import Data
from phusong.access.principals import Principal
from phusong.access.questions.book import ask_allocation
from phusong.ledger.stories import follow_pupil
from phusong.ledger.telling import tell_story


def ask_story(
    principal: Principal, desk: Desk, student_key: str, language: str = "vi"
) -> list[str]:
    """Return everything the book says of a pupil of one's own communes or schools, a line a step.

    Parameters
    ----------
    principal, desk : who asks, and where.
    student_key : pseudonym, whole or its first signs as lists show them.
    language : ``vi`` or ``en``.

    Raises
    ------
    NotAllowed
        If the role sees no awards, or the pupil is not theirs or not there: the answer is the same.
    """
    own = ask_allocation(principal, desk)["student_key"].astype("str")
    found = own[own.str.startswith(student_key)].unique() if student_key else []
    if len(found) != 1:
        refuse(principal, desk, Data.AWARDS, subject="story")
    return tell_story(follow_pupil(open_book(desk), str(found[0])), language)
