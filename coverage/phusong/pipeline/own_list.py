"""Read the list of units that a province file names: checked like any source, and recorded with the run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from phusong.intake.diagnosis import NEEDS_ANSWER, Diagnosis, ReadOptions
from phusong.intake.door import check_source
from phusong.intake.units import format_days
from phusong.places.own_units import OWN_COLUMNS, PROVINCE_KIND, write_units
from phusong.places.registers import read_register
from phusong.vocabulary.errors import NeedsAnswer, ParameterFault, SourceFault
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.terms import Severity


def read_own_list(path: Path, *, code: str, name: str, since: date) -> str:
    """Return a province's own list as a run records it.

    Parameters
    ----------
    path : the list, a table of text or a workbook.
    code, name : of the province.
    since : first day of the rows that state none.

    Raises
    ------
    ParameterFault
        If there is no such file.
    SourceFault
        If a row is wrong: with file, row, column and cure. A list of which a part is left out is no register.
    NeedsAnswer
        If the file leaves something open that a person must answer.
    """
    if not path.is_file():
        raise ParameterFault(
            f"{path}: there is no such list of units → put it beside the province file, or correct "
            "`register` in it"
        )
    checked = check_source("units", path, ReadOptions(province=code), load_parameters())
    diagnosis = checked.diagnosis
    if diagnosis.status == NEEDS_ANSWER and diagnosis.question:
        asked = diagnosis.question
        raise NeedsAnswer(asked.about, choices=asked.choices, why=asked.why, file=str(path))
    _refuse_first(diagnosis, path)
    if checked.accepted is None:
        raise SourceFault("no row could be accepted", file=str(path))
    return write_units(_complete(checked.accepted, code, name, since.isoformat()))


def _refuse_first(diagnosis: Diagnosis, path: Path) -> None:
    """Refuse a list in which a row is wrong, naming the first."""
    wrong = [f for f in diagnosis.faults if f.severity == Severity.ERROR]
    if wrong:
        first = min(wrong, key=lambda f: (f.rule == "no_row_left", f.row))
        raise SourceFault(
            first.suggestion, file=str(path), row=first.row or None, column=first.column
        )


def _complete(accepted: pd.DataFrame, code: str, name: str, since: str) -> pd.DataFrame:
    """Return the rows of a list with days as text, and the province's own row first.

    A row without a first day holds from `since` on; one that only ends, of a unit that the packaged register
    has, keeps the first day that it has there.
    """
    days = {
        column: format_days(accepted[column], absent="") for column in ("valid_from", "valid_to")
    }
    base = read_register()
    known = accepted["code"].isin({*base.unit_rows["code"], *base.district_rows["code"]})
    only_ends = known & (days["valid_to"] != "")
    begun = days["valid_from"].mask((days["valid_from"] == "") & ~only_ends, since)
    made_of = accepted["made_of"].astype("str").fillna("")
    rows = accepted.assign(**(days | {"valid_from": begun, "made_of": made_of}))
    rows = rows[list(OWN_COLUMNS)].astype("str")
    own = rows[rows["code"] == code]
    if own.empty:
        first = {"code": code, "name": name, "kind": PROVINCE_KIND}
        own = pd.DataFrame([first]).reindex(columns=rows.columns, fill_value="")
    stated = begun[begun != ""]
    own = own.assign(valid_from=stated.min() if len(stated) else since, parent_code="")
    return pd.concat([own.head(1), rows[rows["code"] != code]], ignore_index=True)
