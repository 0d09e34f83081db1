"""Documents for whoever may have them: the committee's for offices, school lists, annexes for operators."""

from __future__ import annotations

from datetime import date

from phusong.access.authorisation import authorise, check_permission
from phusong.access.book import has_book, open_book
from phusong.access.desk import Desk, read_run_parameters
from phusong.access.log import log_access
from phusong.access.principals import Principal
from phusong.access.questions.names import ask_schools
from phusong.access.scope import check_own
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
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.terms import Operator

WEEKLY, FINAL, OPERATOR, SCHOOL = "weekly", "final", "operator", "school"


@authorise
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
    form : `WEEKLY`, `FINAL`, `OPERATOR` or `SCHOOL`.
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
    if suffix not in RENDERERS or edition not in EDITIONS:
        raise ParameterFault(f"there is no report as {suffix} in the edition of {edition}")
    _check_may(principal, desk, form, about)
    document, rows = _compose(principal, desk, form, about, as_of, edition, language)
    body = render_document(document, suffix)
    subject = f"{form} {about}".strip()
    log_access(desk.register, principal, "report", when=desk.clock(), subject=subject, rows=rows)
    return body


def _check_may(principal: Principal, desk: Desk, form: str, about: str) -> None:
    """Refuse a form that is not the role's, and what it is about if that is not theirs."""
    check_permission(principal, desk, "write_report", form)
    own: dict[str, set[str]] = {OPERATOR: set(Operator), SCHOOL: set()}
    if principal.operator is not None:
        own[OPERATOR] = {principal.operator}
    if form == SCHOOL:
        own[SCHOOL] = set(ask_schools(principal, desk))
    subject = f"report {form}"
    check_own(principal, desk, "write_report", {about}, own.get(form, {about}), subject=subject)


def _compose(
    principal: Principal,
    desk: Desk,
    form: str,
    about: str,
    as_of: date,
    edition: str,
    language: str,
) -> tuple[Document, int]:
    """Return the document of a form, and how many rows about pupils it has."""
    ledger = open_book(desk) if has_book(desk) else None
    cover, figures = _gather(desk, ledger, as_of, edition, language)
    if form == SCHOOL:
        if ledger is None:
            raise ParameterFault("lists of schools come from the book: phusong ledger init")
        who = f"{principal.role} ({principal.account_id})"
        listed = gather_school(desk.folder, ledger, about, who=who, when=desk.clock())
        return compose_school_list(cover, listed), len(listed.awards)
    if form == OPERATOR:
        return compose_operator_annex(cover, gather_operator(figures, Operator.of(about))), 0
    return (compose_weekly if form == WEEKLY else compose_final)(cover, figures), 0


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
