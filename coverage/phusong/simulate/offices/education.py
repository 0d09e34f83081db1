"""The Department of Education: the list of schools, in which commune codes have lost their zeros."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from phusong.simulate.offices.sheets import WARNING_TITLE, Sheet, Wrong, fill_sheet
from phusong.simulate.offices.writing import write_workbook

SCHOOLS_FILE = "mo_phong_truong_hoc.xlsx"
TITLES = (
    WARNING_TITLE,
    "SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH VĨNH PHÚC (MÔ PHỎNG)",
    "Danh sách trường phổ thông năm học 2020–2021",
)


def list_schools(schools: pd.DataFrame, *, rng: np.random.Generator) -> Sheet:
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
    wrong = [
        Wrong(
            {
                "Mã trường": "MP269001",
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
                "Mã trường": "MP269002",
                "Tên trường": "Trường Ba Trăm (mô phỏng)",
                "Số HS": "ba trăm",
            },
            "Số HS",
            "not_a_number",
            "số học sinh viết bằng chữ",
        ),
        Wrong(
            {
                "Mã trường": "MP269003",
                "Tên trường": "Trường Ngoài Tỉnh (mô phỏng)",
                "Vĩ độ": 20.861,
                "Kinh độ": 106.683,
            },
            "Kinh độ",
            "outside",
            "tọa độ ở Hải Phòng",
        ),
    ]
    return fill_sheet(SCHOOLS_FILE, rows, wrong, rng=rng, name="Truong", titles=TITLES)


def deliver_education(
    schools: pd.DataFrame, folder: Path, *, rng: np.random.Generator
) -> pd.DataFrame:
    """Write the list of schools; return what is wrong in it."""
    sheet = list_schools(schools, rng=rng)
    write_workbook(sheet, folder)
    return sheet.faults
