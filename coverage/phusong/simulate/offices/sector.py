"""The sector's database: one workbook an area, a sheet for each level, headings in two rows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.offices import pupil_wording as wording
from phusong.simulate.offices.large_sheets import LargeSheet
from phusong.simulate.offices.sheets import WARNING_TITLE, drop_districts, format_date
from phusong.vocabulary.pupils import Hardship, Level

DATABASE = "CƠ SỞ DỮ LIỆU NGÀNH GIÁO DỤC VÀ ĐÀO TẠO (MÔ PHỎNG)"
LEVELS = (str(Level.TH), str(Level.THCS), str(Level.THPT))
#: Hardships that stand in the column of classes; a minority has a column of its own.
NAMED = tuple(term for term in Hardship if term is not Hardship.MINORITY)


def lay_sector(
    records: pd.DataFrame, schools: pd.DataFrame, demonstration: Demonstration
) -> list[LargeSheet]:
    """Return the three sheets of one workbook; the second is there even where it is empty.

    Parameters
    ----------
    records : of one file, in its order.
    schools : school_id, name.
    demonstration : of which school year, and whether there are districts.
    """
    parts = {level: records[records["level"] == level] for level in LEVELS}
    return [
        lay_level(part.reset_index(drop=True), schools, level, demonstration)
        for level, part in parts.items()
    ]


def lay_level(
    records: pd.DataFrame, schools: pd.DataFrame, level: str, demonstration: Demonstration
) -> LargeSheet:
    """Return one sheet under the headings of the sector's database."""
    school, count = records["school"].to_numpy(), len(records)
    father_answers = records["father"].ne("") & np.arange(count) % 2 == 0
    phone = records["phone"]
    sharers = records["sharers"].astype(object).where(records["stated_device"] == "shared", None)
    rows = pd.DataFrame(
        {
            "STT": np.arange(1, count + 1),
            "Mã trường": schools["school_id"].to_numpy()[school],
            "Trường": schools["name"].to_numpy()[school],
            "Khối": records["grade"],
            "Lớp": records["class_name"],
            "Mã định danh Bộ GD&ĐT": records["student_code"],
            "Số định danh cá nhân": records["personal_id"],
            "Họ và tên": records["full_name"],
            "Ngày sinh": records["birth_date"].astype(object),
            "Giới tính": records["girl"].map({True: "Nữ", False: "Nam"}),
            "Dân tộc": records["people"],
            "Trạng thái": records["status"].map(wording.STATUS),
            "Chỗ ở hiện nay|Tỉnh": records["province"],
            "Chỗ ở hiện nay|Huyện": records["district"],
            "Chỗ ở hiện nay|Xã": records["commune"],
            "Chỗ ở hiện nay|Thôn/Xóm": records["hamlet"],
            "Cha|Họ tên": records["father"],
            "Cha|SĐT": phone.where(father_answers, ""),
            "Mẹ|Họ tên": records["mother"],
            "Mẹ|SĐT": phone.mask(father_answers, ""),
            "Mã hộ": records["household_code"],
            "Đối tượng": wording.word_classes(records, *NAMED, poverty=True),
            "Nội trú/Trọ học": records["boarder"].map({True: "Trọ học", False: ""}),
            "Có thiết bị": records["stated_device"].map(wording.DEVICE),
            "Loại thiết bị": records["stated_kind"].map(wording.KIND),
            "Số người dùng chung": sharers,
            "Kết nối Internet": records["stated_connection"].map(wording.CONNECTION),
            "Phiếu đồng ý": wording.cross_out(records["consent"]),
        }
    )
    titles = (
        WARNING_TITLE,
        DATABASE,
        f"Danh sách học sinh năm học {demonstration.name_school_year()}, "
        f"đến ngày {format_date(demonstration.pupils_day)}",
    )
    rows = drop_districts(rows, has_districts=demonstration.has_districts)
    return LargeSheet(level, titles, rows, {"STT": "Tổng cộng", "Họ và tên": f"{count} học sinh"})
