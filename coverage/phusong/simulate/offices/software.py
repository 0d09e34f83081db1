"""School software: three programs, each with its own headings, separators, letters and losses."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import numpy as np
import pandas as pd

from phusong.simulate.addresses.fonts import write_tcvn3
from phusong.simulate.demonstration import Demonstration
from phusong.simulate.offices import pupil_wording as wording
from phusong.simulate.offices.large_sheets import LargeSheet
from phusong.simulate.offices.sheets import WARNING_TITLE
from phusong.vocabulary.pupils import Hardship, HomeDevice, Poverty

#: Day 0 of a spreadsheet's calendar.
SERIAL_ZERO = pd.Timestamp("1899-12-30")
#: Hardships for which the first program has no column of crosses.
UNCROSSED = (
    Hardship.POLICY_FAMILY,
    Hardship.INCOME_LOSS,
    Hardship.MINORITY,
    Hardship.OTHER_HARDSHIP,
)
#: Hardships that stand in a column of classes beside one of ethnicity.
NAMED = tuple(term for term in Hardship if term is not Hardship.MINORITY)
SOFTWARE_TITLE = "PHẦN MỀM QUẢN LÝ HỌC SINH (MÔ PHỎNG)"


def lay_first(records: pd.DataFrame, schools: pd.DataFrame) -> pd.DataFrame:
    """Return the list of the first program: names in two parts, crosses, an address in one line.

    Parameters
    ----------
    records : of one file, in its order.
    schools : school_id, name.
    """
    names = records["full_name"].str.rsplit(n=1, expand=True)
    crossed = {
        "Mồ côi": _cross_orphans(records["hardships"]),
        "Khuyết tật": _cross_disabled(records["hardships"]),
        "Con TB-LS": wording.cross_out(wording.holds(records["hardships"], Hardship.MERITORIOUS)),
    }
    device = records["stated_device"]
    has = {str(HomeDevice.OWN): "x", str(HomeDevice.SHARED): "x", str(HomeDevice.NONE): "Không"}
    return pd.DataFrame(
        {
            "STT": np.arange(1, len(records) + 1),
            "Mã trường": schools["school_id"].to_numpy()[records["school"]],
            "Lớp": records["class_name"],
            "Mã học sinh": records["student_code"],
            "Họ đệm": names[0],
            "Tên": names[1],
            "Ngày sinh": records["birth_date"].dt.strftime("%d/%m/%Y"),
            "Nữ": wording.cross_out(records["girl"]),
            "Số CCCD": records["personal_id"],
            "Chỗ ở hiện nay": records["address"],
            "HKTT": records["registered"],
            "SĐT liên hệ": records["phone"],
            "Tên cha": records["father"],
            "Tên mẹ": records["mother"],
            "Hộ nghèo": wording.cross_out(records["stated_poverty"] == Poverty.POOR),
            "Cận nghèo": wording.cross_out(records["stated_poverty"] == Poverty.NEAR_POOR),
            **crossed,
            "Đối tượng ưu tiên": wording.word_classes(records, *UNCROSSED, poverty=False),
            "Có thiết bị": device.map(has).fillna(""),
            "Thiết bị dùng chung": wording.cross_out(device == HomeDevice.SHARED),
            "Kết nối": records["stated_connection"].map(wording.CONNECTION),
            "Trạng thái HS": records["status"].map(wording.STATUS),
        }
    )


def _cross_orphans(hardships: pd.Series) -> pd.Series:
    """Return a cross for who lost one parent, and words for who lost both or lost one to the epidemic."""
    cells = wording.cross_out(wording.holds(hardships, Hardship.ORPHAN_ONE))
    for term in (Hardship.COVID_ORPHAN, Hardship.ORPHAN_BOTH):
        cells = cells.mask(wording.holds(hardships, term), wording.HARDSHIPS[str(term)])
    return cells


def _cross_disabled(hardships: pd.Series) -> pd.Series:
    """Return a cross for a disability, and words for a severe one."""
    cells = wording.cross_out(wording.holds(hardships, Hardship.DISABILITY))
    severe = wording.holds(hardships, Hardship.SEVERE_DISABILITY)
    return cells.mask(severe, wording.HARDSHIPS[str(Hardship.SEVERE_DISABILITY)])


def lay_second(
    records: pd.DataFrame, schools: pd.DataFrame, demonstration: Demonstration
) -> LargeSheet:
    """Return the list of the second program: TCVN3 letters, days and codes as numbers.

    Parameters
    ----------
    records : of one file, in its order.
    schools : school_id, name.
    """
    rows = pd.DataFrame(
        {
            "STT": np.arange(1, len(records) + 1),
            "Mã trường": schools["school_id"].to_numpy()[records["school"]],
            "Tên trường": schools["name"].to_numpy()[records["school"]],
            "Lớp": records["class_name"],
            "Mã HS": _lose_zeros(records["student_code"]),
            "Họ và tên": records["full_name"],
            "Ngày sinh": (records["birth_date"] - SERIAL_ZERO).dt.days,
            "Giới tính": records["girl"].map({True: "Nữ", False: "Nam"}),
            "Dân tộc": records["people"],
            "Số CMND/CCCD": _lose_zeros(records["personal_id"]),
            "Địa chỉ": records["address"],
            "Họ tên cha": records["father"],
            "Họ tên mẹ": records["mother"],
            "Điện thoại": _lose_zeros(records["phone"]),
            "Mã hộ": records["household_code"],
            "Diện chính sách": wording.word_classes(records, *NAMED, poverty=True),
            "Nội trú": records["boarder"].map({True: "Trọ học", False: ""}),
            "Thiết bị": records["stated_device"].map(wording.DEVICE),
            "Loại thiết bị": records["stated_kind"].map(wording.KIND),
            "Internet": records["stated_connection"].map(wording.CONNECTION),
            "Tình trạng": records["status"].map(wording.STATUS),
        }
    )
    # The warning alone stays in Unicode, so that it can be read in whatever font.
    listed = f"Danh sách học sinh năm học {demonstration.name_school_year()}"
    titles = (WARNING_TITLE, write_tcvn3(SOFTWARE_TITLE), write_tcvn3(listed))
    last = {write_tcvn3("STT"): write_tcvn3("Tổng cộng"), write_tcvn3("Họ và tên"): len(records)}
    return LargeSheet("Hoc sinh", titles, write_letters(rows, write_tcvn3), last)


def _lose_zeros(codes: pd.Series) -> pd.Series:
    """Return codes as numbers, which have no leading zeros; nothing where there is no code."""
    return pd.to_numeric(codes.where(codes != "")).astype("float64")


def lay_third(records: pd.DataFrame, schools: pd.DataFrame) -> pd.DataFrame:
    """Return the list of the third program: capital names, letters apart from their marks, short days.

    Parameters
    ----------
    records : of one file, in its order.
    schools : school_id, name.
    """
    day = records["birth_date"].dt
    whole = day.day.astype(str) + "/" + day.month.astype(str) + "/" + day.year.astype(str)
    rows = pd.DataFrame(
        {
            "STT": np.arange(1, len(records) + 1).astype(str),
            "Mã trường": schools["school_id"].to_numpy()[records["school"]],
            "Trường": schools["name"].to_numpy()[records["school"]],
            "Lớp": records["class_name"],
            "Mã học sinh": records["student_code"],
            "Họ tên": records["full_name"].str.upper(),
            "Ngày sinh": whole.mask(records["year_only"], day.year.astype(str)),
            "Giới tính": records["girl"].map({True: "Nữ", False: "Nam"}),
            "Dân tộc": records["people"],
            "CCCD": records["personal_id"],
            "Địa chỉ hiện tại": records["address"],
            "Tên bố": records["father"],
            "Tên mẹ": records["mother"],
            "Số điện thoại": records["phone"],
            "Hoàn cảnh": wording.word_classes(records, *NAMED, poverty=True),
            "Có thiết bị học trực tuyến": records["stated_device"].map(wording.DEVICE),
            "Loại thiết bị": records["stated_kind"].map(wording.KIND),
            "Loại kết nối": records["stated_connection"].map(wording.CONNECTION),
            "Trạng thái": records["status"].map(wording.STATUS),
        }
    )
    return write_letters(rows, lambda text: unicodedata.normalize("NFD", text))


def write_letters(rows: pd.DataFrame, write: Callable[[str], str]) -> pd.DataFrame:
    """Return a list with its headings and all its texts in other letters.

    Parameters
    ----------
    rows : texts and numbers under their headings.
    write : one text in the other letters.
    """
    changed = {}
    for name in rows.columns:
        cells = rows[name]
        if not pd.api.types.is_numeric_dtype(cells):
            cells = cells.map({text: write(text) for text in cells.unique()})
        changed[write(name)] = cells
    return pd.DataFrame(changed)
