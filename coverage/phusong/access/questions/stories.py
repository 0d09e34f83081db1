"""A complaint answered: what the book says of one's own pupil, in words."""

from __future__ import annotations

from phusong.access.authorisation import authorise
from phusong.access.book import open_book
from phusong.access.desk import Desk
from phusong.access.own_pupils import find_own_pupil
from phusong.access.principals import Principal
from phusong.ledger.stories import follow_pupil
from phusong.ledger.telling import tell_story


@authorise
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
    pupil = find_own_pupil(principal, desk, "ask_story", student_key, subject="story")
    return tell_story(follow_pupil(open_book(desk), str(pupil["student_key"])), language)
