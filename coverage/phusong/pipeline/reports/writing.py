"""Write the documents of a run and its book into `reports/`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from phusong.ledger.as_of import BookAsOf
from phusong.ledger.book import Ledger
from phusong.ledger.faults import LedgerFault
from phusong.ledger.inventory import list_windows
from phusong.ledger.queries import find_newest_day
from phusong.persons.vault import Vault
from phusong.pipeline.office import head_letter
from phusong.pipeline.province import Province, find_offices
from phusong.pipeline.reports.figures import gather_figures
from phusong.pipeline.reports.giving import Window
from phusong.pipeline.reports.handing import gather_donors, gather_hand_overs
from phusong.pipeline.reports.lists import gather_operator, gather_school, list_schools
from phusong.pipeline.reports.map_editions import find_map, list_maps
from phusong.pipeline.result_files import PERSONAL_FOLDER
from phusong.pipeline.settings import in_province, merge_overlays, read_settings
from phusong.store import read_whole
from phusong.views.documents.forms import (
    compose_acknowledgement,
    compose_final,
    compose_hand_over,
    compose_operator_annex,
    compose_school_list,
    compose_weekly,
)
from phusong.views.documents.inputs import Cover, ReportFigures
from phusong.views.documents.model import Document
from phusong.views.documents.rendering import RENDERERS, render_document
from phusong.vocabulary.errors import FolderFault, ParameterFault
from phusong.vocabulary.parameters import load_parameters, load_scenario
from phusong.vocabulary.reporting import Audience
from phusong.vocabulary.tables.pupils import PUPIL_COUNTS
from phusong.vocabulary.terms import Operator

FORMS = ("weekly", "final", "operator", "school", "hand-over", "donor")
#: Reports to the committee, which there are in two editions.
REPORTS = ("weekly", "final")
#: Forms that name single pupils by pseudonym, or donors.
CLOSED = ("school", "hand-over", "donor")
FOLDER = "reports"
#: How often documents are composed anew where the book is written in meanwhile.
MOST_TRIES = 5
#: Lists of single pupils, by pseudonym, are for their owner alone.
OWNER_ONLY = 0o600


@in_province
def write_reports(
    folder: Path,
    ledger: Ledger | None,
    *,
    form: str,
    edition: str = "",
    audience: Audience = Audience.PUBLIC,
    as_of: date | None = None,
    formats: tuple[str, ...] = ("docx", "xlsx", "pdf"),
    language: str = "vi",
    dated: date | None = None,
    out: Path | None = None,
) -> list[Path]:
    """Write one form in the formats asked for, and return the files.

    Parameters
    ----------
    folder : output folder of a run.
    ledger : the book, of which nothing later than the last day counts; None: there is none.
    form : one of `FORMS`; the last four write one document for each operator, school or donor.
    edition : year or day of the administrative map, see `find_map`; empty: that in force on its day.
    audience : for whom a report to the committee is: whole figures inside, rounded ones outside.
    as_of : last day reported on; None: see `find_last_day`.
    formats : of `RENDERERS`.
    language : ``vi`` or ``en``.
    dated : on which it is written; None: the last day reported on.
    out : folder of the documents; None: `reports/` in the output folder.

    Raises
    ------
    ParameterFault
        If a word is not known, a school list is asked for without a book, or the figures do not add up.
    FolderFault
        If the documents cannot be written there.
    """
    _check_words(form, formats)
    read_settings(folder)  # what is no output folder is left as it is
    place = _open_place(out or folder / FOLDER)
    internal = audience == Audience.INTERNAL and form in REPORTS
    request = ReportRequest(
        form,
        as_of,
        edition,
        language,
        Audience.INTERNAL if internal else Audience.PUBLIC,
        dated,
    )
    cover, figures, documents = read_whole(folder, _compose_steadily, folder, ledger, request)
    if internal:
        log_internal(folder, figures, who=cover.agency, form=form, when=datetime.now(UTC))
    written = []
    for name, document in documents:
        written += _write(place, name, document, formats, closed=internal or form in CLOSED)
    return written


@dataclass(frozen=True)
class ReportRequest:
    """Say what is to be written; the parts are those of `write_reports`."""

    form: str
    as_of: date | None
    edition: str
    language: str
    audience: Audience
    dated: date | None = None


Composed = tuple[Cover, ReportFigures, list[tuple[str, Document]]]


def _compose_steadily(folder: Path, ledger: Ledger | None, request: ReportRequest) -> Composed:
    """Return the documents, all of them from the book as it is at one line.

    Raises
    ------
    LedgerFault
        If the book is written in faster than it can be told.
    """
    for _ in range(MOST_TRIES):
        head = None if ledger is None else ledger.head()
        composed = _compose_all(folder, ledger, request)
        if ledger is None or ledger.head() == head:
            return composed
    cure = "try again when nobody writes in it"
    raise LedgerFault("the book changes faster than it can be told", cure=cure)


def _compose_all(folder: Path, ledger: Ledger | None, request: ReportRequest) -> Composed:
    """Return cover, figures and documents, all read of one run."""
    _, province, manifest = read_settings(folder)
    day = request.as_of or find_last_day(ledger, date.fromisoformat(manifest.as_of))
    change = load_scenario(manifest.scenario)["change"] if manifest.scenario else {}
    cover = make_cover(
        province,
        ledger,
        as_of=day,
        dated=request.dated or day,
        edition=request.edition,
        language=request.language,
        audience=request.audience,
    )
    figures = gather_figures(
        folder,
        ledger,
        window=find_window(province, ledger, day),
        as_of=day,
        edition=find_map(province, request.edition),
        parameters=load_parameters(merge_overlays(province.parameters, change)),
        audience=request.audience,
    )
    return cover, figures, list(compose_form(folder, ledger, request.form, cover, figures))


def find_last_day(ledger: Ledger | None, of_run: date) -> date:
    """Return the day up to which all that is known is told: that of the run, or of the book's newest entry.

    Parameters
    ----------
    ledger : the book, or None.
    of_run : day of the run.
    """
    newest = None if ledger is None else find_newest_day(ledger)
    return of_run if newest is None else max(of_run, date.fromisoformat(newest))


def log_internal(
    folder: Path, figures: ReportFigures, *, who: str, form: str, when: datetime
) -> None:
    """Add to the log of looks that somebody was given whole figures of small groups of pupils.

    Parameters
    ----------
    folder : output folder of a run.
    figures : of the report.
    who, form, when : who had which form, and when.
    """
    counts = figures.pupil_counts
    if counts is not None:
        why, table = f"internal edition of the {form} report", PUPIL_COUNTS.name
        vault = Vault(folder / PERSONAL_FOLDER)
        vault.log_look(who=who, why=why, table=table, rows=len(counts), when=when)


def _open_place(place: Path) -> Path:
    """Return the folder of the documents, made where there is none; refuse one that cannot be written."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place):
            return place
    except OSError as error:
        raise FolderFault(
            f"no report can be written here ({error.strerror})",
            file=str(place),
            cure="name another folder: --out FOLDER",
        ) from error


def _check_words(form: str, formats: tuple[str, ...]) -> None:
    """Refuse what nobody can write."""
    for option, word, known in (
        ("--form", form, FORMS),
        *(("--format", f, tuple(RENDERERS)) for f in formats),
    ):  # fmt: skip
        if word not in known:
            raise ParameterFault(f"{option} {word}: choose one of {', '.join(known)}")


def find_window(province: Province, ledger: Ledger | None, day: date) -> Window:
    """Return the first and last day of a day's campaign: as the book says, else as the province does.

    None where neither states them.

    Parameters
    ----------
    province : the province file.
    ledger : the book, or None.
    day : last day reported on; of several campaigns the last that had opened counts, else the first.
    """
    if ledger is not None:
        windows = list_windows(ledger).sort_values(["opens_on", "closes_on"])
        opened = windows[windows["opens_on"] <= day.isoformat()]
        if len(windows):
            row = opened.iloc[-1] if len(opened) else windows.iloc[0]
            return date.fromisoformat(row["opens_on"]), date.fromisoformat(row["closes_on"])
    office, stated = province.office, find_offices(province, day).find_campaign()
    opens_on = office.opens_on or (stated[0] if stated else None)
    closes_on = office.closes_on or (stated[1] if stated else None)
    return (opens_on, closes_on) if opens_on and closes_on else None


def make_cover(
    province: Province,
    ledger: Ledger | None,
    *,
    as_of: date,
    dated: date,
    edition: str,
    language: str,
    audience: Audience = Audience.PUBLIC,
) -> Cover:
    """Return what every document says of itself.

    Parameters
    ----------
    province : the province file.
    ledger : the book, whose last line is cited; None: none is.
    as_of, dated, edition, language, audience : see `write_reports`.
    """
    head, offices = province.province, find_offices(province, as_of)
    letter = head_letter(
        province.office,
        offices,
        writer=offices.find_report_writer(),
        language=language,
    )
    return Cover(
        **letter,
        dated=dated,
        as_of=as_of,
        edition=find_map(province, edition),
        addressees=tuple(province.office.addressees) or (letter["parent"],),
        anchor="" if ledger is None else str(ledger.head()),
        province_code=head.code,
        demonstration=head.demonstration,
        audience=audience,
    )


def compose_form(
    folder: Path, ledger: Ledger | None, form: str, cover: Cover, figures: ReportFigures
) -> Iterator[tuple[str, Document]]:
    """Yield the documents of a form, each with the name of its file.

    Parameters
    ----------
    folder, ledger, form : see `write_reports`.
    cover : who, to whom, when.
    figures : of the report.

    Raises
    ------
    ParameterFault
        If a school list is asked for without a book.
    """
    stamp = f"{cover.as_of:%Y-%m-%d}"
    if form == "operator":
        for operator in _list_operators(figures):
            own = gather_operator(figures, operator)
            if any(f is not None and len(f) for f in (own.villages, own.commitments)):
                name = f"doanh_nghiep_{operator.file_stem}_{stamp}"
                yield name, compose_operator_annex(cover, own)
    elif form in CLOSED:
        yield from _compose_closed(folder, ledger, form, cover)
    else:
        compose = compose_weekly if form == "weekly" else compose_final
        kind = "bao_cao_tuan" if form == "weekly" else "bao_cao_tong_ket"
        inside = "_noi_bo" if cover.audience == Audience.INTERNAL else ""
        maps = list_maps(read_settings(folder)[1])
        map_name = next(name for name, edition in maps.items() if edition == cover.edition)
        yield f"{kind}{inside}_{stamp}_{map_name}", compose(cover, figures)


def _list_operators(figures: ReportFigures) -> list[Operator]:
    """Return the operators that an annex may be for."""
    frames = [f for f in (figures.villages, figures.commitments) if f is not None]
    return Operator.list_with(name for frame in frames for name in frame["operator"].unique())


def _compose_closed(
    folder: Path, ledger: Ledger | None, form: str, cover: Cover
) -> Iterator[tuple[str, Document]]:
    """Yield the papers that name single pupils, by pseudonym, or donors, from the book as of the day."""
    if ledger is None:
        raise ParameterFault(f"--form {form}: it is made from the book → --ledger URL")
    book = BookAsOf(ledger, cover.as_of)
    stamp = f"{cover.as_of:%Y-%m-%d}"
    if form == "donor":
        for number, gifts in gather_donors(book):
            letter = replace(cover, dated=max(cover.dated, gifts.last_received))
            yield f"thu_cam_on_{number.lower()}_{stamp}", compose_acknowledgement(letter, gifts)
        return
    for school in list_schools(folder, book, handed=form == "hand-over"):
        listed = gather_school(
            folder,
            book,
            school,
            who=cover.agency,
            when=datetime.now(UTC),
            ended=form == "hand-over",
        )
        if form == "school":
            yield f"truong_{school.lower()}_{stamp}", compose_school_list(cover, listed)
            continue
        for handed in gather_hand_overs(listed, cover.agency):
            minute = replace(cover, dated=handed.handed_on or cover.dated)
            ending = f"{handed.mark}_{minute.dated:%Y-%m-%d}" if handed.mark else stamp
            yield f"bien_ban_{school.lower()}_{ending}", compose_hand_over(minute, handed)


def _write(
    place: Path, name: str, document: Document, formats: tuple[str, ...], *, closed: bool
) -> list[Path]:
    """Write one document in every format; each takes its place whole."""
    paths = []
    for suffix in formats:
        path = place / f"{name}.{suffix}"
        draft = place / f".{path.name}.{os.getpid()}.part"
        draft.unlink(missing_ok=True)
        try:
            draft.touch(mode=OWNER_ONLY if closed else 0o666)
            draft.write_bytes(render_document(document, suffix))
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        paths.append(path)
    return paths
