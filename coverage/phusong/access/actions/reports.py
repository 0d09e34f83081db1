"""Documents for whoever may have them: the committee's for offices, school lists, annexes for operators."""

from __future__ import annotations

from datetime import UTC, date, datetime

from phusong.access.book import has_book, open_book
from phusong.access.desk import Desk, admit, read_run_parameters, refuse
from phusong.access.log import log_access
from phusong.access.permissions import Data, Extent, find_extent
from phusong.access.principals import Principal
from phusong.ledger.book import Ledger
from phusong.pipeline.reports.figures import gather_figures
from phusong.pipeline.reports.lists import gather_operator, gather_school
from phusong.pipeline.reports.writing import EDITIONS, find_window, make_cover
from phusong.pipeline.settings import read_settings
from phusong.views.documents.forms import (
    compose_final,
    compose_operator_annex,
    compose_school_list,
    compose_weekly,
)
from phusong.views.documents.inputs import Cover, ReportFigures
from phusong.views.documents.model import Document
from phusong.views.documents.rendering import RENDERERS, render_document
from phusong.vocabulary.book import Role
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.terms import Operator

WEEKLY, FINAL, OPERATOR, SCHOOL = "weekly", "final", "operator", "school"
#: Who may have which form.
MAY_HAVE: dict[str, frozenset[Role]] = {
    WEEKLY: frozenset({Role.PLANNER, Role.EDUCATION, Role.FOCAL_POINT, Role.APPROVER}),
    FINAL: frozenset({Role.PLANNER, Role.EDUCATION, Role.FOCAL_POINT, Role.APPROVER}),
    OPERATOR: frozenset({Role.PLANNER, Role.OPERATOR}),
    SCHOOL: frozenset({Role.EDUCATION, Role.FOCAL_POINT, Role.SCHOOL}),
}


def write_report(
    principal: Principal,
    desk: Desk,
    form: str,
    *,
    suffix: str,
    as_of: date,
    edition: str,
    about: str = "",
    language: str = "vi",
) -> bytes:
    """Return a document; who had it is logged.

    Parameters
    ----------
    principal, desk : who asks, and where.
    form : a key of `MAY_HAVE`.
    suffix : ``docx``, ``xlsx`` or ``pdf``.
    as_of : last day reported on.
    edition : year of the administrative map, ``2021`` or ``2025``.
    about : operator, or id of the school, where the form is about one.
    language : ``vi`` or ``en``.

    Raises
    ------
    NotAllowed
        If the role does not have the form, or not about this operator or school.
    ParameterFault
        If a word is unknown, or a school's list is asked for without a book.
    """
    admit(principal, desk, Data.SUMMARY)
    if suffix not in RENDERERS or edition not in EDITIONS:
        raise ParameterFault(f"there is no report as {suffix} in the edition of {edition}")
    _check_may(principal, desk, form, about)
    document = _compose(principal, desk, form, about, as_of, edition, language)
    body = render_document(document, suffix)
    subject = f"{form} {about}".strip()
    log_access(desk.register, principal, "report", when=desk.clock(), subject=subject)
    return body


def _check_may(principal: Principal, desk: Desk, form: str, about: str) -> None:
    """Refuse a form that is not the role's, and what it is about if that is not theirs."""
    own = principal.role in MAY_HAVE.get(form, frozenset())
    if form == OPERATOR:
        own = own and about in list(Operator) and principal.operator in (None, about)
    if form == SCHOOL and principal.role == Role.SCHOOL:
        own = own and about in principal.schools
    if not own:
        refuse(principal, desk, Data.SUMMARY, subject=f"report {form}")


def _compose(
    principal: Principal,
    desk: Desk,
    form: str,
    about: str,
    as_of: date,
    edition: str,
    language: str,
) -> Document:
    """Return the document of a form."""
    ledger = open_book(desk) if has_book(desk) else None
    cover, figures = _gather(desk, ledger, as_of, edition, language)
    if form == SCHOOL:
        if ledger is None:
            raise ParameterFault("lists of schools come from the book: phusong ledger init")
        who = f"{principal.role} ({principal.account_id})"
        told = gather_school(desk.folder, ledger, about, who=who, when=datetime.now(UTC))
        return compose_school_list(cover, told)
    if form == OPERATOR:
        return compose_operator_annex(cover, gather_operator(figures, Operator.of(about)))
    if find_extent(principal.role, Data.ROLLOUT) == Extent.NONE:
        refuse(principal, desk, Data.ROLLOUT, subject=f"report {form}")
    return (compose_weekly if form == WEEKLY else compose_final)(cover, figures)


def _gather(
    desk: Desk, ledger: Ledger | None, as_of: date, edition: str, language: str
) -> tuple[Cover, ReportFigures]:
    """Return cover and figures of a report."""
    _, province, _ = read_settings(desk.folder)
    cover = make_cover(
        province, ledger, as_of=as_of, dated=as_of, edition=edition, language=language
    )
    figures = gather_figures(
        desk.folder,
        ledger,
        window=find_window(province, ledger),
        as_of=as_of,
        edition=EDITIONS[edition],
        parameters=read_run_parameters(desk.folder),
    )
    return cover, figures
