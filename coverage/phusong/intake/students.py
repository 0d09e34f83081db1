"""Accept pupils, as the sector database and school software export them."""

from __future__ import annotations

import pandas as pd

from phusong.intake.circumstances import (
    read_boarders,
    read_connections,
    read_consents,
    read_devices,
    read_hardships,
    read_poverty,
)
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.identifiers import (
    compare_ids,
    read_codes,
    read_personal_ids,
    read_phones,
    restore_zeros,
    warn_repeated,
)
from phusong.intake.judge import Judge
from phusong.intake.localities import fill_communes
from phusong.intake.people import join_cells, read_births, read_names, tidy_cells, written_cells
from phusong.intake.pupil_words import SEX_WORDS
from phusong.intake.reading import RawTable
from phusong.intake.rules import describe_rule
from phusong.intake.schooling import read_schooling
from phusong.intake.title_lines import find_school
from phusong.intake.values import fill_date, read_dates, read_flags, read_terms
from phusong.vocabulary.pupils import Enrolment, Sex
from phusong.vocabulary.tables.persons import ADDRESS_COLUMNS
from phusong.vocabulary.terms import Severity

#: A list without any of these says nothing that could tell a pupil from another.
TELLING = ("birth_date", "student_code", "personal_id", "class_name")
GUARDIANS = ("guardian_1", "guardian_2", "guardian_3")
PHONES = ("phone", "phone_1", "phone_2")
#: Parts of an address, the small before the large, as they are written on one line.
PARTS = ("hamlet", "commune", "district", "province")


def accept_students(
    raw: RawTable, findings: Findings, options: ReadOptions, judge: Judge
) -> pd.DataFrame:
    """Return the pupils of a list; only a row without a name is turned away.

    Ethnicity and the kind of disability are looked at for the hardships they mean and go no further.

    Parameters
    ----------
    raw : the file as text.
    findings : notebook of this reading.
    options : sheet, which may be a level; date of the list; edition of the commune codes.
    judge : by how much another edition of these must fit better to be told.

    Returns
    -------
    columns of accepted_students for every row, wrong ones included; index = row number in the file.

    Raises
    ------
    SourceFault
        If there is no column of names, or nothing that tells two pupils of one name apart.
    """
    table = match_headings(
        raw, "students", findings, required=(("full_name", "given_name"), TELLING)
    )
    _ask_school(table, findings, options)
    on = pd.Timestamp(options.as_of) if options.as_of else pd.Timestamp(options.edition)
    births, sexes = read_births(table, findings, on=on), read_sexes(table, findings)
    ids = read_personal_ids(table, findings)
    compare_ids(ids, births, sexes, table, findings)
    codes = restore_zeros(
        read_codes(table, "student_code", findings), table, "student_code", findings
    )
    warn_repeated(codes, "student_code", "code_repeated", table, findings)
    warn_repeated(ids, "personal_id", "id_repeated", table, findings)
    schooling = read_schooling(table, findings, sheet=options.sheet or raw.sheet)
    guardians = _choose_guardians(table, findings)
    identity = {
        "record_id": name_rows(table, "record_id", options),
        "student_code": codes,
        "personal_id": ids,
        "full_name": read_names(table, findings),
        "birth_date": births,
        "sex": sexes,
    }
    need = {
        "poverty": read_poverty(table, findings),
        "hardships": read_hardships(table),
        "boarder": read_boarders(table),
        **dict(read_devices(table, findings).items()),
        "connection": read_connections(table, findings),
        "consent": read_consents(table, findings),
    }
    return pd.DataFrame(
        {
            **identity,
            "school_id": read_codes(table, "school_id", findings),
            "school_name": tidy_cells(table, "school_name", findings),
            **dict(schooling.items()),
            "status": _assume_studying(schooling["status"], table, findings),
            **read_addresses(table, findings, options, judge),
            "registered_address": _join_registered(table),
            **guardians,
            "phone": read_phones(table, PHONES),
            "household_code": read_codes(table, "household_code", findings),
            **need,
            "as_of": fill_date(
                read_dates(table, "as_of", findings, severity=Severity.WARNING), options.as_of
            ),
        }
    )


def _ask_school(table: MatchedTable, findings: Findings, options: ReadOptions) -> None:
    """Ask which school a list is of where no row, no title and nobody names one."""
    stated = (table.cells("school_name") != "") | (table.cells("school_id") != "")
    if stated.any() or options.school:
        return
    named = dict.fromkeys(filter(None, map(find_school, table.raw.titles)))
    choices = [f'--school "{school}"' for school in named or ("…",)]
    findings.ask("school", [*choices, "--school none"], describe_rule("school_unstated"))


def name_rows(table: MatchedTable, name: str, options: ReadOptions) -> pd.Series:
    """Return an id for each row by which a clerk finds it again: `TH!5`, or `5` where no sheet is named.

    A list that has been accepted before brings its ids with it.

    Parameters
    ----------
    table : the raw table, matched.
    name : column of the ids.
    options : sheet.
    """
    stated, index = table.cells(name), table.raw.frame.index
    if (stated != "").all() and stated.is_unique:
        return stated.astype("object")
    sheet = f"{options.sheet}!" if options.sheet else ""
    return sheet + pd.Series(index.astype("str"), index=index)


def read_sexes(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return the sex of each row, from a word or from a cross under “Nữ”; missing where nothing is said.

    Parameters
    ----------
    table : the raw table, matched.
    findings : notebook of this reading.
    """
    sexes = read_terms(table, "sex", findings, words=SEX_WORDS, severity=Severity.WARNING)
    if not table.has("female"):
        return sexes
    crossed = read_flags(table, "female", findings, severity=Severity.WARNING)
    words = crossed.map({True: str(Sex.FEMALE), False: str(Sex.MALE)}).astype("object")
    return sexes.fillna(words.where(crossed.notna(), None))


def read_addresses(
    table: MatchedTable, findings: Findings, options: ReadOptions, judge: Judge
) -> dict[str, pd.Series]:
    """Return where a household lives, as it is written, column by column.

    Parameters
    ----------
    table : the raw table, matched.
    findings : notebook of this reading; a commune whose code and name disagree is warned of.
    options : edition of the commune codes, where the list has any.
    judge : by how much another edition must fit better.
    """
    lines = {column.name: written_cells(table, column.name) for column in ADDRESS_COLUMNS}
    communes = fill_communes(table, lines["commune"], findings, options, judge)
    return {**lines, "commune": communes}


def _join_registered(table: MatchedTable) -> pd.Series:
    """Return the registered address as one line, put together where it comes in parts."""
    line = written_cells(table, "registered_address")
    parts = [written_cells(table, f"registered_{part}") for part in PARTS]
    return line.fillna(join_cells(parts, ", "))


def _choose_guardians(table: MatchedTable, findings: Findings) -> dict[str, pd.Series]:
    """Return two guardians of each row; who stands alone is the first."""
    first, second, third = (tidy_cells(table, name, findings) for name in GUARDIANS)
    second = second.where(second.notna(), third)
    lone = first.isna()
    return {
        "guardian_1": first.where(~lone, second),
        "guardian_2": second.mask(lone, None),
    }


def _assume_studying(status: pd.Series, table: MatchedTable, findings: Findings) -> pd.Series:
    """Return the states; a list without such a column lists those who study."""
    if table.has("status"):
        return status
    studying = pd.Series(str(Enrolment.STUDYING), index=status.index, dtype="object")
    findings.fix("status_assumed", "status", status.fillna(""), studying)
    return studying
