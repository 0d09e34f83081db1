"""Write the data request kit: the letters that a province sends out, and the forms that come back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from phusong.pipeline.office import REPORT_MARK, Office, head_letter, resolve_offices
from phusong.pipeline.province import add_offices, find_offices, parse_province, read_text
from phusong.places.editions import edition_on, list_units
from phusong.places.registers import read_register
from phusong.views.documents.forms import ADDRESSED, REQUESTS
from phusong.views.documents.inputs import Cover
from phusong.views.documents.rendering import RENDERERS, render_document
from phusong.views.kit import TEMPLATES, Template, render_template
from phusong.views.kit.adaptation import ExamplePlace, adapt_template
from phusong.vocabulary.editions import Edition
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.offices import BLANK, OfficeSet, OfficeWord
from phusong.vocabulary.operators import OperatorSet, read_packaged, use_operators
from phusong.vocabulary.terms import UnitKind

LETTERS, FORMS = "cong_van", "mau_bieu"
#: What a letter is written as: a workbook is no letter.
FORMATS = tuple(suffix for suffix in RENDERERS if suffix != "xlsx")
#: Who writes where nobody says for which province: to be written in.
BLANK_OFFICE = Office(agency=f"Sở {BLANK}", symbol=BLANK)


@dataclass(frozen=True)
class KitWriter:
    """Hold for whom a kit is written.

    Parameters
    ----------
    offices : of the day, with the province's name.
    office : what a province file says of the writer.
    operators : that are known in the province.
    """

    offices: OfficeSet
    office: Office
    operators: OperatorSet = field(default_factory=read_packaged)

    @property
    def edition(self) -> Edition:
        """Return the map of the day: the province's own, else the newest of the country."""
        known = self.offices.edition
        return Edition(known, self.offices.code) if known else find_newest(self.offices.day)


def write_kit(
    folder: Path,
    *,
    province: Path | None = None,
    code: str = "",
    dated: date,
    formats: tuple[str, ...] = ("docx",),
    language: str = "vi",
) -> list[Path]:
    """Write letters and forms, and return the files.

    Parameters
    ----------
    folder : where the kit goes: letters under `cong_van/`, forms under `mau_bieu/`.
    province : province file, whose sources need not be there yet.
    code : of a province of the register, where there is no file; neither: names are left to be written in.
    dated : day of the letters, whose offices, map and law they follow.
    formats : of the letters, of `RENDERERS`.
    language : of the letters, ``vi`` or ``en``; forms are Vietnamese.

    Raises
    ------
    ParameterFault
        If the province file or code is refused, both are given, or a format is not known.
    """
    for suffix in formats:
        if suffix not in FORMATS:
            raise ParameterFault(f"--format {suffix}: choose one of {', '.join(FORMATS)}")
    writer = find_writer(province, code=code, dated=dated)
    with use_operators(writer.operators):
        forms = adapt_forms(writer.offices)
    written = []
    (folder / LETTERS).mkdir(parents=True, exist_ok=True)
    for file, compose in REQUESTS.items():
        document = compose(_make_cover(writer, ADDRESSED[file], language=language))
        for suffix in formats:
            path = folder / LETTERS / f"{file}.{suffix}"
            path.write_bytes(render_document(document, suffix))
            written.append(path)
    return written + write_forms(folder / FORMS, forms)


def find_writer(province: Path | None, *, code: str, dated: date) -> KitWriter:
    """Return for whom a kit is written; parameters as for `write_kit`.

    Raises
    ------
    ParameterFault
        If the province file or code is refused, or both are given.
    """
    if province is not None and code:
        raise ParameterFault(
            f"--province {code}: the file {province} names the province already → give one of the two"
        )
    if province is not None:
        read = add_offices(parse_province(read_text(province), province), province)
        return KitWriter(find_offices(read, dated), read.office, read.operators)
    if code:
        edition = edition_on(dated, code)
        name = str(read_register().describe(code, edition)["name"])
        return KitWriter(resolve_offices(dated, code=code, name=name), Office())
    return KitWriter(resolve_offices(dated, name=BLANK), BLANK_OFFICE)


def adapt_forms(offices: OfficeSet) -> list[Template]:
    """Return the forms as they are asked for on the day: without what the files of offices leave out.

    Parameters
    ----------
    offices : of the day.
    """
    place = _find_example(offices)
    return [adapt_template(form, offices, place) for form in TEMPLATES.values()]


def write_forms(folder: Path, forms: Iterable[Template] = tuple(TEMPLATES.values())) -> list[Path]:
    """Write forms, and return the files.

    Parameters
    ----------
    folder : where they go.
    forms : all as they are declared, or as `adapt_forms` gives them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for template in forms:
        path = folder / template.file
        path.write_bytes(render_template(template))
        written.append(path)
    return sorted(written)


def find_newest(day: date) -> Edition:
    """Return the newest edition of the country's map on a day; the first one for any day before it.

    Parameters
    ----------
    day : of a letter.
    """
    days = Edition.list_values()
    return Edition(max((d for d in days if d <= day.isoformat()), default=days[0]))


def _find_example(offices: OfficeSet) -> ExamplePlace | None:
    """Return a commune of the province for the made-up rows; None where no register holds the province."""
    if not offices.edition:
        return None
    units = list_units(offices.edition, province=offices.code)
    rural = units[units["kind"] == UnitKind.COMMUNE]
    row = (rural if len(rural) else units).iloc[0]
    return ExamplePlace(
        province_code=offices.code,
        province=offices.name,
        district=str(row["district"] or ""),
        commune_code=str(row["code"]),
        commune=str(row["name"]),
        lon=float(row["lon"]),
        lat=float(row["lat"]),
    )


def _make_cover(writer: KitWriter, addressed: str, *, language: str) -> Cover:
    """Return what a letter says of its writer, by who is asked."""
    offices = writer.offices
    letter = head_letter(
        writer.office, offices, writer=offices.find_request_writer(addressed), language=language
    )
    symbol = letter["symbol"].removeprefix(REPORT_MARK)
    open_basis = offices.format(OfficeWord.OPEN_BASIS, language)
    changes = {
        "symbol": f"{symbol}-{BLANK}" if symbol.strip("…") else BLANK,
        "basis": letter["basis"] or open_basis,
    }
    return Cover(
        **letter | changes, dated=offices.day, as_of=offices.day, edition=str(writer.edition)
    )
