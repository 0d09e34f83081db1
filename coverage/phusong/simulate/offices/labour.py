"""The office in charge of poverty: its list of poor and near-poor households, as communes certified it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.offices import pupil_wording as wording
from phusong.simulate.offices.large_sheets import LargeSheet, write_large_workbook
from phusong.simulate.offices.sheets import WARNING_TITLE
from phusong.vocabulary.pupils import Poverty

POVERTY_FILE = "mo_phong_ho_ngheo.xlsx"
SHEETS = {str(Poverty.POOR): "Hộ nghèo", str(Poverty.NEAR_POOR): "Hộ cận nghèo"}
#: What a household may lack, by the standard of Quyết định 59/2015/QĐ-TTg; two of ten concern us.
TELECOM, INFORMATION = "Sử dụng dịch vụ viễn thông", "Tài sản phục vụ tiếp cận thông tin"
OTHER_LACKS = (
    "Tiếp cận dịch vụ y tế",
    "Bảo hiểm y tế",
    "Trình độ giáo dục của người lớn",
    "Chất lượng nhà ở",
    "Diện tích nhà ở",
    "Nguồn nước sinh hoạt",
    "Hố xí, nhà tiêu",
)


def lay_poor(
    entries: pd.DataFrame,
    poverty: str,
    hamlets: pd.DataFrame,
    demonstration: Demonstration,
    *,
    rng: np.random.Generator,
) -> LargeSheet:
    """Return one sheet of the list.

    Parameters
    ----------
    entries : of one class, in the order of the list.
    poverty : the class.
    hamlets : commune_code, on the rows to which `place` points.
    demonstration : whose office writes it, and when.
    rng : stream of random numbers, for what else the households lack.
    """
    year = demonstration.day.year
    commune = hamlets["commune_code"].to_numpy()[entries["place"]]
    decision = pd.Series(pd.factorize(commune, sort=True)[0] + 11).astype(str) + "/QĐ-UBND"
    rows = pd.DataFrame(
        {
            "STT": np.arange(1, len(entries) + 1),
            "Mã hộ": entries["code"],
            "Họ tên chủ hộ": entries["head"],
            "Năm sinh": entries["head_year"],
            "Dân tộc": entries["people"],
            "Thôn": entries["hamlet"],
            "Xã": entries["commune"],
            "Phân loại": wording.POVERTY[poverty],
            "Số khẩu": entries["persons"],
            "Danh sách thành viên": entries["members"].str.replace("|", "; ", regex=False),
            "Các chiều thiếu hụt": _list_lacks(entries, rng),
            "Số QĐ công nhận": decision,
            "Năm": year,
        }
    )
    titles = (
        WARNING_TITLE,
        demonstration.head_other("poverty"),
        f"Danh sách {SHEETS[poverty].lower()} năm {year}",
    )
    last = {"STT": "Tổng cộng", "Số khẩu": int(entries["persons"].sum())}
    return LargeSheet(SHEETS[poverty], titles, rows, last)


def _list_lacks(entries: pd.DataFrame, rng: np.random.Generator) -> list[str]:
    """Return what each household lacks, one to three things beside what concerns us."""
    lists = []
    pairs = zip(entries["lacks_telecom"], entries["lacks_information"], strict=True)
    for telecom, information in pairs:
        others = rng.choice(OTHER_LACKS, int(rng.integers(1, 4)), replace=False)
        ours = [TELECOM] * bool(telecom) + [INFORMATION] * bool(information)
        lists.append("; ".join([*others, *ours]))
    return lists


def deliver_labour(
    entries: pd.DataFrame,
    hamlets: pd.DataFrame,
    folder: Path,
    demonstration: Demonstration,
    *,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Write the list of the poor; return the entries with file, sheet and row."""
    sheets, placed = [], []
    for poverty, name in SHEETS.items():
        mine = entries[entries["poverty"] == poverty].reset_index(drop=True)
        sheet = lay_poor(mine, poverty, hamlets, demonstration, rng=rng)
        sheets.append(sheet)
        row = np.arange(len(mine)) + sheet.first_row
        placed.append(mine.assign(file=POVERTY_FILE, sheet=name, row=row))
    write_large_workbook(sheets, folder / POVERTY_FILE, day=demonstration.day)
    return pd.concat(placed, ignore_index=True)
