"""The Department of Education: the list of schools, in which commune codes have lost their zeros."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.offices.sheets import (
    WARNING_TITLE,
    Sheet,
    Wrong,
    drop_districts,
    fill_sheet,
)
from phusong.simulate.offices.writing import write_workbook
from phusong.vocabulary.offices import OfficeWord

SCHOOLS_FILE = "mo_phong_truong_hoc.xlsx"


def list_schools(
    schools: pd.DataFrame, demonstration: Demonstration, *, rng: np.random.Generator
) -> Sheet:
    """Return the list of schools; a spreadsheet took the commune codes for numbers."""
    rows = pd.DataFrame(
        {
            "Mã trường": schools["school_id"],
            "Tên trường": schools["name"],
            "Cấp học": schools["level"],
            "Loại hình": schools["ownership"],
            "Mã xã": schools["commune_code"].astype(int),
            "Xã": schools["commune"],
            "Huyện": schools["district"],
            "Địa chỉ": schools["address"],
            "Vĩ độ": schools["lat"],
            "Kinh độ": schools["lon"],
            "Số điểm trường": schools["satellites"],
            "Số lớp": schools["classes"],
            "Số HS": schools["pupils"],
            "Có Internet": np.where(schools["has_internet"], "Có", "Không"),
        }
    )
    rows = drop_districts(rows, has_districts=demonstration.has_districts)
    titles = (
        WARNING_TITLE,
        demonstration.head_office(OfficeWord.EDUCATION),
        f"Danh sách trường phổ thông năm học {demonstration.name_school_year(-1)}",
    )
    return fill_sheet(
        SCHOOLS_FILE, rows, wrong_schools(demonstration), rng=rng, name="Truong", titles=titles
    )


def wrong_schools(demonstration: Demonstration) -> list[Wrong]:
    """Return what is wrong in the list of schools; none of these rows is a school."""
    far = demonstration.list_far()[0]
    return [
        Wrong(
            {
                "Mã trường": f"MP{demonstration.code}9001",
                "Tên trường": "Trường Không Xã (mô phỏng)",
                "Mã xã": 99_999,
                "Xã": "Không Có",
            },
            "Mã xã",
            "unknown_commune",
            "mã xã không có trong danh mục",
        ),
        Wrong(
            {
                "Mã trường": f"MP{demonstration.code}9002",
                "Tên trường": "Trường Ba Trăm (mô phỏng)",
                "Số HS": "ba trăm",
            },
            "Số HS",
            "not_a_number",
            "số học sinh viết bằng chữ",
        ),
        Wrong(
            {
                "Mã trường": f"MP{demonstration.code}9003",
                "Tên trường": "Trường Ngoài Tỉnh (mô phỏng)",
                "Vĩ độ": far.lat,
                "Kinh độ": far.lon,
            },
            "Kinh độ",
            "outside",
            f"tọa độ ở {far.name}",
        ),
    ]


def deliver_education(
    schools: pd.DataFrame, folder: Path, demonstration: Demonstration, *, rng: np.random.Generator
) -> pd.DataFrame:
    """Write the list of schools; return what is wrong in it."""
    sheet = list_schools(schools, demonstration, rng=rng)
    write_workbook(sheet, folder, day=demonstration.day)
    return sheet.faults
