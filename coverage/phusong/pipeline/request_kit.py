"""Write the data request kit: the letters that a province sends out, and the forms that come back."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from phusong.pipeline.office import Office
from phusong.pipeline.province import Head
from phusong.places.editions import edition_on
from phusong.views.documents.forms import REQUESTS
from phusong.views.documents.inputs import Cover
from phusong.views.documents.model import SignatureBlock
from phusong.views.documents.rendering import RENDERERS, render_document
from phusong.views.kit import TEMPLATES, render_template
from phusong.vocabulary.editions import Edition
from phusong.vocabulary.errors import ParameterFault

LETTERS, FORMS = "cong_van", "mau_bieu"
#: What a letter is written as: a workbook is no letter.
FORMATS = tuple(suffix for suffix in RENDERERS if suffix != "xlsx")
SIGN = "(Ký, ghi rõ họ tên, đóng dấu)"
#: What is left to be written in by hand where no province file says it.
BLANK = "…………"
#: A report's mark before the letters of the office; a letter has the drafting unit behind them instead.
REPORT_MARK = "BC-"
BLANK_OFFICE = Office(agency=f"Sở {BLANK}", symbol="", basis=f"Kế hoạch số {BLANK}")


def write_kit(
    folder: Path,
    *,
    province: Path | None = None,
    dated: date,
    formats: tuple[str, ...] = ("docx",),
    language: str = "vi",
) -> list[Path]:
    """Write letters and forms, and return the files.

    Parameters
    ----------
    folder : where the kit goes: letters under `cong_van/`, forms under `mau_bieu/`.
    province : province file, whose sources need not be there yet; None: names are left to be written in.
    dated : day of the letters.
    formats : of the letters, of `RENDERERS`.
    language : of the letters, ``vi`` or ``en``; forms are Vietnamese.

    Raises
    ------
    ParameterFault
        If the province file is refused, or a format is not known.
    """
    for suffix in formats:
        if suffix not in FORMATS:
            raise ParameterFault(f"--format {suffix}: choose one of {', '.join(FORMATS)}")
    name, cover = _make_cover(province, dated=dated, language=language)
    written = []
    (folder / LETTERS).mkdir(parents=True, exist_ok=True)
    for file, compose in REQUESTS.items():
        document = compose(cover, province=name)
        for suffix in formats:
            path = folder / LETTERS / f"{file}.{suffix}"
            path.write_bytes(render_document(document, suffix))
            written.append(path)
    return written + write_forms(folder / FORMS)


def write_forms(folder: Path) -> list[Path]:
    """Write every form, and return the files.

    Parameters
    ----------
    folder : where they go.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for template in TEMPLATES.values():
        path = folder / template.file
        path.write_bytes(render_template(template))
        written.append(path)
    return sorted(written)


def _make_cover(province: Path | None, *, dated: date, language: str) -> tuple[str, Cover]:
    """Return the name of the province, and what every letter says of its writer."""
    name, edition, office = BLANK, find_newest(dated), BLANK_OFFICE
    if province is not None:
        name, edition, office = _read_office(province, dated)
    parent = office.parent or f"Ủy ban nhân dân tỉnh {name}"
    return name, Cover(
        parent=parent,
        agency=office.agency,
        symbol=f"{office.symbol.removeprefix(REPORT_MARK)}-{BLANK}" if office.symbol else BLANK,
        place=office.place or name,
        dated=dated,
        as_of=dated,
        edition=edition,
        signatures=tuple(SignatureBlock(tuple(s.split("|")), SIGN) for s in office.signatures),
        recipients=tuple(office.recipients),
        basis=office.basis,
        language=language,
    )


def find_newest(day: date) -> Edition:
    """Return the newest edition of the country's map on a day; the first one for any day before it.

    Parameters
    ----------
    day : of a letter.
    """
    days = Edition.list_values()
    return Edition(max((d for d in days if d <= day.isoformat()), default=days[0]))


def _read_office(path: Path, dated: date) -> tuple[str, Edition, Office]:
    """Return a province's name, the edition of its map on a day, and its office.

    Its sources are what is being asked for, and so may its own list of units be.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        head = Head.model_validate(data.get("province", {}))
        known = bool(Edition.list_of(head.code))
        edition = edition_on(dated, head.code) if known else find_newest(dated)
        return head.name, edition, Office.model_validate(data.get("office", {}))
    except OSError as error:
        raise ParameterFault(f"{path}: this file cannot be read → give a province file") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ParameterFault(f"{path}: this is no TOML file in UTF-8 ({error})") from error
    except ValidationError as error:
        lines = [f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors()]
        raise ParameterFault(f"{path}: " + "; ".join(lines)) from error
