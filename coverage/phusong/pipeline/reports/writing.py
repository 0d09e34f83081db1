"""Write the documents of a run and its book into `reports/`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from phusong.ledger.book import Ledger
from phusong.ledger.inventory import list_windows
from phusong.pipeline.province import Province
from phusong.pipeline.reports.figures import gather_figures
from phusong.pipeline.reports.giving import Window
from phusong.pipeline.reports.handing import gather_donors, gather_hand_over
from phusong.pipeline.reports.lists import gather_operator, gather_school, list_schools
from phusong.pipeline.settings import merge_overlays, read_settings
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
from phusong.views.documents.model import Document, SignatureBlock
from phusong.views.documents.rendering import RENDERERS, render_document
from phusong.vocabulary.errors import FolderFault, ParameterFault
from phusong.vocabulary.parameters import load_parameters, load_scenario
from phusong.vocabulary.terms import Edition, Operator

FORMS = ("weekly", "final", "operator", "school", "hand-over", "donor")
#: Forms that name single pupils by pseudonym, or donors.
CLOSED = ("school", "hand-over", "donor")
FOLDER = "reports"
#: The editions by the year in which they came.
EDITIONS = {"2021": Edition.E2021, "2025": Edition.E2025_07}
#: Lists of single pupils, by pseudonym, are for their owner alone.
OWNER_ONLY = 0o600
SIGN = "(Ký, ghi rõ họ tên, đóng dấu)"


def write_reports(
    folder: Path,
    ledger: Ledger | None,
    *,
    form: str,
    edition: str = "2021",
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
    ledger : the book; None: there is none.
    form : one of `FORMS`; the last four write one document for each operator, school or donor.
    edition : year of the administrative map.
    as_of : last day reported on; None: the day of the run.
    formats : of `RENDERERS`.
    language : ``vi`` or ``en``.
    dated : on which it is written; None: the last day reported on.
    out : folder of the documents; None: `reports/` in the output folder.

    Raises
    ------
    ParameterFault
        If a word is not known, or a school list is asked for without a book.
    FolderFault
        If the documents cannot be written there.
    """
    _check_words(form, edition, formats)
    _, province, manifest = read_settings(folder)
    place = _open_place(out or folder / FOLDER)
    day = as_of or date.fromisoformat(manifest.as_of)
    change = load_scenario(manifest.scenario)["change"] if manifest.scenario else {}
    cover = make_cover(
        province, ledger, as_of=day, dated=dated or day, edition=edition, language=language
    )
    figures = read_whole(
        folder,
        gather_figures,
        folder,
        ledger,
        window=find_window(province, ledger),
        as_of=day,
        edition=EDITIONS[edition],
        parameters=load_parameters(merge_overlays(province.parameters, change)),
    )
    written = []
    for name, document in compose_form(folder, ledger, form, cover, figures):
        written += _write(place, name, document, formats, closed=form in CLOSED)
    return written


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


def _check_words(form: str, edition: str, formats: tuple[str, ...]) -> None:
    """Refuse what nobody can write."""
    for option, word, known in (
        ("--form", form, FORMS), ("--edition", edition, tuple(EDITIONS)),
        *(("--format", f, tuple(RENDERERS)) for f in formats),
    ):  # fmt: skip
        if word not in known:
            raise ParameterFault(f"{option} {word}: choose one of {', '.join(known)}")


def find_window(province: Province, ledger: Ledger | None) -> Window:
    """Return the campaign's first and last day: as the book says, else as the province file does.

    Parameters
    ----------
    province : the province file.
    ledger : the book, or None.
    """
    if ledger is not None:
        windows = list_windows(ledger)
        if len(windows):
            last = windows.iloc[-1]
            return date.fromisoformat(last["opens_on"]), date.fromisoformat(last["closes_on"])
    return province.office.opens_on, province.office.closes_on


def make_cover(
    province: Province,
    ledger: Ledger | None,
    *,
    as_of: date,
    dated: date,
    edition: str,
    language: str,
) -> Cover:
    """Return what every document says of itself.

    Parameters
    ----------
    province : the province file.
    ledger : the book, whose last line is cited; None: none is.
    as_of, dated, edition, language : see `write_reports`.
    """
    head, office = province.province, province.office
    parent = office.parent or f"Ủy ban nhân dân tỉnh {head.name}"
    return Cover(
        parent=parent,
        agency=office.agency,
        symbol=office.symbol,
        place=office.place or head.name,
        dated=dated,
        as_of=as_of,
        edition=str(EDITIONS[edition]),
        signatures=tuple(SignatureBlock(tuple(s.split("|")), SIGN) for s in office.signatures),
        addressees=tuple(office.addressees) or (parent,),
        recipients=tuple(office.recipients),
        anchor="" if ledger is None else str(ledger.head()),
        basis=office.basis,
        province_code=head.code,
        demonstration=head.demonstration,
        language=language,
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
        for operator in Operator:
            mine = gather_operator(figures, operator)
            if any(f is not None and len(f) for f in (mine.villages, mine.commitments)):
                name = f"doanh_nghiep_{operator.lower()}_{stamp}"
                yield name, compose_operator_annex(cover, mine)
    elif form in CLOSED:
        yield from _compose_closed(folder, ledger, form, cover)
    else:
        compose = compose_weekly if form == "weekly" else compose_final
        kind = "bao_cao_tuan" if form == "weekly" else "bao_cao_tong_ket"
        year = cover.edition[:4]
        yield f"{kind}_{stamp}_{year}", compose(cover, figures)


def _compose_closed(
    folder: Path, ledger: Ledger | None, form: str, cover: Cover
) -> Iterator[tuple[str, Document]]:
    """Yield the papers that name single pupils, by pseudonym, or donors."""
    if ledger is None:
        raise ParameterFault(f"--form {form}: it is made from the book → --ledger URL")
    stamp = f"{cover.as_of:%Y-%m-%d}"
    if form == "donor":
        for number, gifts in gather_donors(ledger):
            yield f"thu_cam_on_{number.lower()}_{stamp}", compose_acknowledgement(cover, gifts)
        return
    for school in list_schools(folder, ledger):
        told = gather_school(folder, ledger, school, who=cover.agency, when=datetime.now(UTC))
        if form == "school":
            yield f"truong_{school.lower()}_{stamp}", compose_school_list(cover, told)
        elif len((handed := gather_hand_over(told, cover.agency)).awards):
            yield f"bien_ban_{school.lower()}_{stamp}", compose_hand_over(cover, handed)


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
