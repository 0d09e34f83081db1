"""Small worlds of made-up pupils: one line says what is special about a record."""

import pandas as pd

from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.persons import POVERTY, STUDENTS

PERSONS = load_parameters().persons
KEY = bytes(range(32))

#: A girl of Đạo Trù; every test changes what it is about.
GIRL = {
    "student_code": "2601000001",
    "personal_id": None,
    "full_name": "Nguyễn Thị Khánh Hà",
    "birth_date": "2011-03-15",
    "sex": "female",
    "school_id": "26-TH-01",
    "school_name": "Trường Tiểu học Đạo Trù A",
    "level": "TH",
    "grade": 5,
    "class_name": "5A",
    "status": "studying",
    "hamlet": "Thôn Tân Lập",
    "guardian_1": "Nguyễn Văn Thành",
    "guardian_2": "Lê Thị Hoa Mai",
    "phone": "0900000123",
    "household_code": None,
    "hamlet_id": "08914-03",
    "commune_code": "08914",
    "edition": "2021-01-01",
    "match_status": "MATCHED",
    "match_flags": None,
    "placed_by": "address",
}
PLACED = ("hamlet_id", "commune_code", "edition", "match_status", "match_flags", "placed_by")


def make_records(*changes):
    """Return one record for each dictionary of changes to the girl; record ids a, b, c…"""
    rows = [{"record_id": chr(ord("a") + n)} | GIRL | change for n, change in enumerate(changes)]
    frame = pd.DataFrame(rows)
    for name in PLACED:
        frame[name] = frame[name].astype("object").where(frame[name].notna(), None).astype("str")
    return conform_table(frame, STUDENTS)


def make_entries(*changes):
    """Return one household on the commune's list for each dictionary of changes."""
    usual = {
        "household_code": None,
        "head_name": "Nguyễn Văn Thành",
        "poverty": "poor",
        "members": "Nguyễn Văn Thành (1980)|Lê Thị Hoa Mai (1984)|Nguyễn Thị Khánh Hà (2011)",
        "list_year": 2021,
        "hamlet_id": "08914-03",
        "commune_code": "08914",
    }
    rows = [{"entry_id": f"n{n}"} | usual | change for n, change in enumerate(changes, start=1)]
    frame = pd.DataFrame(rows)
    for name in ("hamlet_id", "commune_code"):
        frame[name] = frame[name].astype("object").where(frame[name].notna(), None).astype("str")
    return conform_table(frame, POVERTY)
