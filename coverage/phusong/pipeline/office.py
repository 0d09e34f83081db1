"""Who writes the documents: offices by the files of the day, then what the province file says of its own."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from phusong.places.editions import edition_on
from phusong.places.registers import read_register
from phusong.views.documents.model import SignatureBlock
from phusong.vocabulary.editions import Edition
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.offices import (
    OfficeFile,
    OfficeSet,
    OfficeWord,
    list_packaged_offices,
    parse_offices,
)

SIGN = "(Ký, ghi rõ họ tên, đóng dấu)"
#: A report's mark before the letters of the office; a letter has the drafting unit behind them instead.
REPORT_MARK = "BC-"
BETWEEN_LINES = "|"


class Office(BaseModel):
    """Hold what a province file says of the office that writes; offices and roles, never persons.

    Empty is what the files of offices say on the day.

    Parameters
    ----------
    parent, agency : who is above the writer, and the writer.
    symbol : letters behind the number.
    place : where it is written; empty: the province's name.
    addressees, recipients : to whom it goes, and who gets a copy.
    signatures : lines of each signature, by |.
    basis : the plan that it is written under.
    opens_on, closes_on : the campaign's window, where the book says none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    parent: str = ""
    agency: str = ""
    symbol: str = ""
    place: str = ""
    addressees: list[str] = []
    recipients: list[str] = []
    signatures: list[str] = []
    basis: str = ""
    opens_on: date | None = None
    closes_on: date | None = None


def read_offices(path: Path) -> OfficeFile:
    """Return a province's own file of offices.

    Parameters
    ----------
    path : of the file.

    Raises
    ------
    ParameterFault
        If it is not there, is no TOML in UTF-8, or says what no file of offices says.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ParameterFault(
            f"{path}: this file of offices cannot be read → put it there, or take `offices` out of the "
            "province file"
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ParameterFault(f"{path}: this is no TOML file in UTF-8 ({error})") from error
    return parse_offices(data, file=path.name)


def resolve_offices(
    day: date, *, code: str = "", name: str = "", own: OfficeFile | None = None
) -> OfficeSet:
    """Return the offices and words that hold for a province on a day.

    Parameters
    ----------
    day : of the data.
    code : of the province; empty, or one that no register holds: what holds everywhere.
    name : of the province.
    own : the province's own file, which goes before the packaged ones.
    """
    files = (*(() if own is None else (own,)), *list_packaged_offices(code))
    if not Edition.list_of(code):
        return OfficeSet(day, files, name, code)
    edition = edition_on(day, code)
    kind = str(read_register().describe(code, edition)["kind"])
    return OfficeSet(day, files, name, code, kind=kind, edition=str(edition))


def head_letter(
    office: Office, offices: OfficeSet, *, writer: OfficeWord, language: str
) -> dict[str, Any]:
    """Return what a document says of its writer, by the names of `Cover`; all but its days and addressees.

    Parameters
    ----------
    office : of the province file, which goes before.
    offices : of the day.
    writer : whose office writes.
    language : ``vi`` or ``en``.
    """
    entry = offices.find(writer)
    signatures = office.signatures or list(entry.signatures if entry else ())
    copies = offices.format(OfficeWord.RECIPIENTS, language).split(BETWEEN_LINES)
    return {
        "parent": office.parent or offices.format(OfficeWord.PROVINCE_COMMITTEE, language),
        "agency": office.agency or offices.format(writer, language),
        "symbol": office.symbol or (REPORT_MARK + entry.symbol if entry and entry.symbol else ""),
        "place": office.place or offices.name,
        "recipients": tuple(office.recipients or copies),
        "signatures": tuple(
            SignatureBlock(tuple(lines.split(BETWEEN_LINES)), SIGN) for lines in signatures
        ),
        "basis": office.basis or offices.format(OfficeWord.BASIS, language),
        "offices": offices,
        "language": language,
    }
