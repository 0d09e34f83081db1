"""What offices would hand in: small tables on disk, and the door that they go through."""

import csv
import io
from functools import cache
from pathlib import Path

import pandas as pd
import xlsxwriter

from phusong.intake.diagnosis import Checked, Fix, ReadOptions
from phusong.intake.door import check_source
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.judge import Judge, make_judge
from phusong.intake.reading import RawTable
from phusong.vocabulary.parameters import load_parameters

PARAMETERS = load_parameters()
REAL = Path(__file__).parents[3] / "shared" / "real"

#: Places inside Vĩnh Phúc: (lon, lat) near Tích Sơn, Đạo Trù, Tam Quan, Hồ Sơn, Đồng Thịnh.
PLACES = [
    (105.581, 21.312),
    (105.562, 21.523),
    (105.591, 21.442),
    (105.623, 21.424),
    (105.431, 21.383),
]
NAMES = ["Tích Sơn", "Đạo Trù", "Tam Quan", "Hồ Sơn", "Đồng Thịnh"]


def write_csv(path, rows, *, separator=",", encoding="utf-8", newline="\n"):
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=newline).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(path, rows, *, sheet="Sheet1", more=()):
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, cells in [(sheet, rows), *more]:
            page = book.add_worksheet(name)
            for r, row in enumerate(cells):
                for c, cell in enumerate(row):
                    if cell is not None:
                        page.write(r, c, cell)
    return path


def check(kind, path, *, parameters=PARAMETERS, **options) -> Checked:
    checked = check_source(kind, path, ReadOptions(**options), parameters)
    d = checked.diagnosis
    assert d.rows_in == d.rows_accepted + d.rows_quarantined
    assert d.rows_quarantined == len(checked.quarantined)
    return checked


def raw_table(rows, *, first_row=2) -> RawTable:
    """A table whose first row holds the headings, as the reader would hand it on."""
    frame = pd.DataFrame(rows[1:], columns=rows[0], dtype="str")
    frame.index = pd.RangeIndex(first_row, first_row + len(frame))
    return RawTable(frame, file="bang.csv")


def matched(rows, kind="cells") -> tuple[MatchedTable, Findings]:
    findings = Findings()
    return match_headings(raw_table(rows), kind, findings), findings


@cache
def judge_of(province="26", **options) -> Judge:
    return make_judge(ReadOptions(province=province, **options), PARAMETERS.intake)


def rules(checked_or_findings, severity=None) -> list[str]:
    source = getattr(checked_or_findings, "diagnosis", checked_or_findings)
    return [f.rule for f in source.faults if severity in (None, f.severity)]


#: What every layer is told, whatever else: in which coordinate system it was read.
SYSTEM_READ = "crs_read"


def repairs(checked) -> list[Fix]:
    """Everything that was repaired, in the order in which it was."""
    return [f for f in checked.diagnosis.fixes if f.rule != SYSTEM_READ]


def fixes(checked_or_findings) -> dict[str, int]:
    source = getattr(checked_or_findings, "diagnosis", checked_or_findings)
    return {f.rule: f.rows for f in source.fixes if f.rule != SYSTEM_READ}


def fault(checked, rule):
    return next(f for f in checked.diagnosis.faults if f.rule == rule)
