"""Documents for whoever may have them: the committee's for offices, school lists, annexes for operators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phusong.access.authorisation import authorise, check_permission
from phusong.access.book import has_book, open_book
from phusong.access.desk import Desk, read_run_parameters
from phusong.access.log import log_access
from phusong.access.operators import list_operators
from phusong.access.permissions import Extent, find_extent
from phusong.access.principals import Principal
from phusong.access.questions.names import ask_schools
from phusong.access.scope import check_own
from phusong.ledger.as_of import BookAsOf
from phusong.pipeline.reports.figures import gather_figures
from phusong.pipeline.reports.lists import gather_operator, gather_school
from phusong.pipeline.reports.map_editions import find_map
from phusong.pipeline.reports.writing import find_window, make_cover
from phusong.pipeline.settings import read_settings
from phusong.store import read_whole
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
from phusong.vocabulary.reporting import Audience
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
    """Return a document as it may be published; who had it is logged.

    Parameters
    ----------
    principal, desk : who asks, and where.
    form : `WEEKLY`, `FINAL`, `OPERATOR` or `SCHOOL`.
    suffix : ``docx``, ``xlsx`` or ``pdf``.
    as_of : last day reported on; nothing later counts.
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
    _check_suffix(suffix)
    _check_may(principal, desk, form, about)
    asked = AskedReport(as_of, edition, language)
    document, rows = read_whole(desk.folder, _compose, principal, desk, form, about, asked)
    body = render_document(document, suffix)
    subject = f"{form} {about}".strip()
    log_access(desk.register, principal, "report", when=desk.clock(), subject=subject, rows=rows)
    return body


@authorise
def write_internal_report(
    principal: Principal,
    desk: Desk,
    form: str,
    *,
    suffix: str,
    as_of: date,
    edition: str,
    language: str = "vi",
) -> bytes:
    """Return a report to the committee with whole figures, marked as internal; the look is logged.

    Parameters
    ----------
    principal, desk : who asks, and where; an account of some communes alone has no report of the province.
    form : `WEEKLY` or `FINAL`.
    suffix, as_of, edition, language : see `write_report`.

    Raises
    ------
    NotAllowed
        If the role does not have whole figures of the province.
    ParameterFault
        If a word is unknown.
    """
    _check_suffix(suffix)
    check_permission(principal, desk, "write_report", form)
    own = {WEEKLY, FINAL} if has_whole_figures(principal) else set()
    subject = f"report {form} internal"
    check_own(principal, desk, "write_internal_report", {form}, own, subject=subject)
    asked = AskedReport(as_of, edition, language, Audience.INTERNAL)
    cover, figures = read_whole(desk.folder, _gather, desk, asked)
    rows = 0 if figures.pupil_counts is None else len(figures.pupil_counts)
    log_access(
        desk.register,
        principal,
        "report",
        when=desk.clock(),
        subject=f"{form} {cover.audience}",
        rows=rows,
    )
    return render_document(_compose_report(form, cover, figures), suffix)


def has_whole_figures(principal: Principal) -> bool:
    """Return whether somebody may have the internal edition: the committee's roles, for the whole province.

    Parameters
    ----------
    principal : who asks.
    """
    extent = find_extent(principal.role, "write_internal_report")
    return extent == Extent.WHOLE or (extent == Extent.OWN and not principal.communes)


@dataclass(frozen=True)
class AskedReport:
    """Say which report is asked for: up to which day, on which map, in which language, for whom."""

    as_of: date
    edition: str
    language: str
    audience: Audience = Audience.PUBLIC


def _check_suffix(suffix: str) -> None:
    """Refuse what nobody can write."""
    if suffix not in RENDERERS:
        raise ParameterFault(f"there is no report as {suffix}")


def _check_may(principal: Principal, desk: Desk, form: str, about: str) -> None:
    """Refuse a form that is not the role's, and what it is about if that is not theirs."""
    check_permission(principal, desk, "write_report", form)
    own: dict[str, set[str]] = {OPERATOR: set(list_operators(desk)), SCHOOL: set()}
    if principal.operator is not None:
        own[OPERATOR] = {principal.operator}
    if form == SCHOOL:
        own[SCHOOL] = set(ask_schools(principal, desk))
    subject = f"report {form}"
    check_own(principal, desk, "write_report", {about}, own.get(form, {about}), subject=subject)


def _compose(
    principal: Principal, desk: Desk, form: str, about: str, asked: AskedReport
) -> tuple[Document, int]:
    """Return the document of a form, and how many rows about pupils it has."""
    cover, figures = _gather(desk, asked)
    if form == SCHOOL:
        if not has_book(desk):
            raise ParameterFault("lists of schools come from the book: phusong ledger init")
        book = BookAsOf(open_book(desk), asked.as_of)
        who = f"{principal.role} ({principal.account_id})"
        listed = gather_school(desk.folder, book, about, who=who, when=desk.clock())
        return compose_school_list(cover, listed), len(listed.awards)
    if form == OPERATOR:
        return compose_operator_annex(cover, gather_operator(figures, Operator.of(about))), 0
    return _compose_report(form, cover, figures), 0


def _compose_report(form: str, cover: Cover, figures: ReportFigures) -> Document:
    """Return the report to the committee, weekly or final."""
    return (compose_weekly if form == WEEKLY else compose_final)(cover, figures)


def _gather(desk: Desk, asked: AskedReport) -> tuple[Cover, ReportFigures]:
    """Return cover and figures of a report."""
    ledger = open_book(desk) if has_book(desk) else None
    _, province, _ = read_settings(desk.folder)
    cover = make_cover(
        province,
        ledger,
        as_of=asked.as_of,
        dated=asked.as_of,
        edition=asked.edition,
        language=asked.language,
        audience=asked.audience,
    )
    figures = gather_figures(
        desk.folder,
        ledger,
        window=find_window(province, ledger, asked.as_of),
        as_of=asked.as_of,
        edition=find_map(province, asked.edition),
        parameters=read_run_parameters(desk.folder),
        audience=asked.audience,
    )
    return cover, figures
