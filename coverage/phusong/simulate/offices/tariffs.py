"""The Department of Information: what operators grant pupils and homes, package by package."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.offices.sheets import WARNING_TITLE, Sheet, Wrong, fill_sheet, spell_day
from phusong.simulate.offices.sums import group_digits
from phusong.simulate.offices.writing import write_workbook
from phusong.vocabulary.offices import OfficeWord
from phusong.vocabulary.terms import Operator

PACKAGES_FILE = "mo_phong_goi_cuoc.xlsx"
#: Names under which operators go in an office's list; some are not their own.
NAMES = {str(Operator.VNPT): "Vinaphone", str(Operator.MOBIFONE): "Mobifone"}
WRONG = (
    Wrong(
        {"Mã gói": "GC-91", "Số lượng": "đủ dùng"}, "Số lượng", "not_a_number", "không ghi số gói"
    ),
    Wrong({"Mã gói": "GC-92", "Tên gói": None}, "Tên gói", "required_empty", "gói không có tên"),
)


def lay_tariffs(
    packages: pd.DataFrame, demonstration: Demonstration, *, rng: np.random.Generator
) -> Sheet:
    """Return the packages under the headings of the office.

    Parameters
    ----------
    packages : the table `accepted_packages`.
    demonstration : whose office writes it, and when.
    rng : stream of random numbers, for the places of the wrong rows.
    """
    rows = pd.DataFrame(
        {
            "STT": np.arange(1, len(packages) + 1),
            "Mã gói": packages["package_id"].astype(object),
            "Nhà mạng": packages["operator"].map(lambda o: NAMES.get(o, Operator.of(o).vi)),
            "Tên gói": packages["name"].astype(object),
            "Số lượng": packages["quantity"].astype(object),
            "Dung lượng/ngày": _write(
                packages["gb_per_day"], lambda v: f"{v:g} GB".replace(".", ",")
            ),
            "Thời hạn (tháng)": _write(packages["months"], lambda v: f"{v} tháng"),
            "Giá sau ưu đãi": _write(
                packages["price_after_vnd"], lambda v: f"{group_digits(v)}đ/30 ngày"
            ),
            "Nền tảng miễn phí": _write(packages["zero_rated"], lambda v: v.replace("|", ", ")),
            "Miễn phí lắp đặt (đ)": _write(packages["install_waiver_vnd"], group_digits),
            "Hỗ trợ cước (đ/tháng × tháng)": _support(packages),
            "Đối tượng": _write(packages["audience"], str),
            "Kèm bộ phát Wi-Fi": _write(packages["hotspot"], lambda v: "có" if v else "không"),
            "Từ ngày": spell_day(packages["starts_on"]),
        }
    )
    last = {"STT": "Tổng cộng", "Số lượng": int(packages["quantity"].sum())}
    titles = (
        WARNING_TITLE,
        demonstration.head_office(OfficeWord.PLANNER),
        "Gói cước và hỗ trợ phí của doanh nghiệp viễn thông",
    )
    return fill_sheet(
        PACKAGES_FILE, rows, WRONG, rng=rng, name="Gói cước", titles=titles, last=last
    )


def _write(values: pd.Series, spell: object) -> pd.Series:
    """Return values as text; nothing where there is none."""
    told = [None if pd.isna(v) else spell(v) for v in values]  # type: ignore[operator]
    return pd.Series(told, index=values.index, dtype="object")


def _support(packages: pd.DataFrame) -> list[str | None]:
    """Return the support of a month, and for how many, in one cell."""
    pairs = zip(packages["subsidy_vnd_month"], packages["subsidy_months"], strict=True)
    return [
        None
        if pd.isna(vnd)
        else f"{group_digits(vnd)}đ/tháng" + ("" if pd.isna(n) else f" × {n} tháng")
        for vnd, n in pairs
    ]


def deliver_tariffs(
    packages: pd.DataFrame, folder: Path, demonstration: Demonstration, *, rng: np.random.Generator
) -> pd.DataFrame:
    """Write the list of packages; return which of its rows are wrong."""
    sheet = lay_tariffs(packages, demonstration, rng=rng)
    write_workbook(sheet, folder, day=demonstration.day)
    return sheet.faults
