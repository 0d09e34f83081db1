"""The request of a family: one of one's own pupils is erased, and the log has that it was done."""

from __future__ import annotations

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.log import log_access
from phusong.access.own_pupils import find_own_pupil
from phusong.access.principals import Principal
from phusong.access.purposes import Purpose
from phusong.pipeline import erasure
from phusong.pipeline.erasure import Erased


@authorise
def erase_pupil(principal: Principal, desk: Desk, student: str, *, why: str) -> Erased:
    """Erase a pupil of one's own communes, out of all results and every later run.

    Parameters
    ----------
    principal, desk : who does it, and where.
    student : pseudonym, whole or its first signs as lists show it.
    why : the reason, such as the number of the request; nobody's name or number.

    Raises
    ------
    NotAllowed
        If the role erases nobody, or the pupil is not theirs or not there: the answer is the same.
    ParameterFault
        If there is no reason.
    """
    pupil = find_own_pupil(principal, desk, "erase_pupil", student, subject="erasure")
    who, now = f"{principal.role} ({principal.account_id})", desk.clock()
    done = erasure.erase_pupil(
        desk.folder,
        str(pupil["student_key"]),
        who=who,
        why=why.strip(),
        now=now,
        province_file=desk.province_file,
    )
    log_access(
        desk.register,
        principal,
        "erase pupil",
        when=now,
        subject=f"erasure {done.number}",
        why=str(Purpose.REQUEST),
        rows=sum(done.rows.values()),
    )
    return done
