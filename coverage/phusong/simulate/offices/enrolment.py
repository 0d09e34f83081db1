"""The lists of pupils, each area's in one or more files, and the truth about them."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.offices.large_sheets import write_large_workbook
from phusong.simulate.offices.sector import lay_sector
from phusong.simulate.offices.software import lay_first, lay_second, lay_third
from phusong.simulate.pupils.forms import SECTOR, SOFTWARE_A, SOFTWARE_B

#: Columns of the truth about pupils and about the poor.
STUDENT_TRUTH = (
    "record", "file", "sheet", "row", "pupil", "duplicate_of", "variant", "school_id", "level", "grade",
    "student_code", "status", "true_hamlet", "true_commune", "household", "poverty", "hardships",
    "device", "device_kind", "sharers", "connection", "boarder", "expected_status", "noise",
)  # fmt: skip
POVERTY_TRUTH = (
    "entry", "file", "sheet", "row", "household", "poverty", "true_hamlet", "true_commune", "head",
    "persons", "lacks_telecom", "lacks_information", "shared_code", "variant",
)  # fmt: skip
#: Fewer records are written sooner than another process starts.
MANY = 20_000
STUDENTS_FILE, POVERTY_FILE = "mo_phong_hoc_sinh_that.csv", "mo_phong_ho_ngheo_that.csv"


def deliver_enrolment(
    records: pd.DataFrame,
    schools: pd.DataFrame,
    folder: Path,
    demonstration: Demonstration,
    *,
    workers: int = 1,
) -> pd.DataFrame:
    """Write the list of every district in its form; return the records with sheet and row.

    Parameters
    ----------
    records : of `phusong.simulate.pupils.records`, in the order of the lists.
    schools : school_id, name.
    folder : where the files go.
    demonstration : of which school year, and whether there are districts.
    workers : processes that write side by side; more than one only from a program whose main module may be
        loaded again.

    Returns
    -------
    records : with `sheet` (name; empty in delimited text) and `row` as a spreadsheet shows it.
    """
    lists = [
        (own.reset_index(names="record"), schools, folder / str(file), demonstration)
        for file, own in records.groupby("file", sort=True)
    ]
    if workers == 1 or len(records) < MANY:
        parts = [_write_list(*order) for order in lists]
    else:  # each list is a file of its own: its bytes do not depend on who else writes
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as writers:
            parts = list(writers.map(_write_list, *zip(*lists, strict=True)))
    return pd.concat(parts, ignore_index=True)


def _write_list(
    records: pd.DataFrame, schools: pd.DataFrame, path: Path, demonstration: Demonstration
) -> pd.DataFrame:
    """Write one list in the form of its records; return the records with sheet and row."""
    write = _write_sector if records["form"].iloc[0] == SECTOR else _write_software
    return write(records, schools, path, demonstration)


def _write_sector(
    records: pd.DataFrame, schools: pd.DataFrame, path: Path, demonstration: Demonstration
) -> pd.DataFrame:
    """Write a workbook of the sector's database; return the records with sheet and row."""
    sheets = lay_sector(records, schools, demonstration)
    write_large_workbook(sheets, path, day=demonstration.day)
    first = sheets[0].first_row
    row = records.groupby("level").cumcount() + first
    return records.assign(sheet=records["level"], row=row)


def _write_software(
    records: pd.DataFrame, schools: pd.DataFrame, path: Path, demonstration: Demonstration
) -> pd.DataFrame:
    """Write a list of school software; return the records with sheet and row."""
    form, first, sheet = records["form"].iloc[0], 2, ""
    if form == SOFTWARE_B:
        page = lay_second(records, schools, demonstration)
        write_large_workbook([page], path, day=demonstration.day)
        first, sheet = page.first_row, page.name
    elif form == SOFTWARE_A:
        _write_text(lay_first(records, schools), path, ";", "utf-8-sig")
    else:
        _write_text(lay_third(records, schools), path, "\t", "utf-16")
    return records.assign(sheet=sheet, row=np.arange(len(records)) + first)


def _write_text(rows: pd.DataFrame, path: Path, separator: str, encoding: str) -> None:
    """Write rows as delimited text, UTF-16 with the smaller byte first wherever it is written."""
    text = rows.to_csv(sep=separator, index=False, lineterminator="\r\n")
    mark = "\ufeff" if encoding == "utf-16" else ""
    path.write_bytes((mark + text).encode("utf-16-le" if mark else encoding))


def write_pupil_truth(
    records: pd.DataFrame, entries: pd.DataFrame, schools: pd.DataFrame, hamlets: pd.DataFrame,
    folder: Path,
) -> None:  # fmt: skip
    """Write what is true of every record and of every household on the list of the poor.

    Parameters
    ----------
    records, entries : as delivered, with file, sheet and row.
    schools, hamlets : of the made-up world.
    folder : made if need be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told = records.assign(school_id=schools["school_id"].to_numpy()[records["school"]])
    poor = entries.assign(
        entry=np.arange(len(entries)),
        true_hamlet=hamlets["hamlet_id"].to_numpy()[entries["place"]],
        true_commune=hamlets["commune_code"].to_numpy()[entries["place"]],
    )
    for file, table, columns in (
        (STUDENTS_FILE, told.sort_values("record"), STUDENT_TRUTH),
        (POVERTY_FILE, poor, POVERTY_TRUTH),
    ):
        table[list(columns)].to_csv(folder / file, index=False, lineterminator="\n")
