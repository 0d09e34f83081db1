"""The Department of Education: the register of what has been given, as its focal point keeps it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.offices.sheets import WARNING_TITLE, Sheet, Wrong, fill_sheet, spell_day
from phusong.simulate.offices.sums import group_digits, spell_out, write_sums
from phusong.simulate.offices.writing import write_workbook
from phusong.vocabulary.book import ContributionForm, DonorKind, PaymentMethod, SourceLevel
from phusong.vocabulary.offices import OfficeWord

GIFTS_FILE = "mo_phong_so_tiep_nhan_ung_ho.xlsx"
FORMS = {
    str(ContributionForm.MONEY): "Tiền",
    str(ContributionForm.DEVICES): "Thiết bị",
    str(ContributionForm.TARIFF): "Cơ chế DN viễn thông",
    str(ContributionForm.STATE_BUDGET): "NSNN",
    str(ContributionForm.FUND): "Quỹ",
}
METHODS = {
    str(PaymentMethod.TREASURY): "KBNN",
    str(PaymentMethod.CASH): "TM",
    str(PaymentMethod.IN_KIND): "Hiện vật",
}
KINDS = {str(kind): kind.vi.capitalize() for kind in DonorKind}
LEVELS = {
    str(SourceLevel.CENTRAL): "TW",
    str(SourceLevel.PROVINCE): "Tỉnh",
    str(SourceLevel.DISTRICT): "Huyện",
    str(SourceLevel.SCHOOL): "Trường",
}


def list_wrong(year: int) -> tuple[Wrong, ...]:
    """Return rows wrong on purpose, of a year; each has a receipt number of its own."""
    return (
        Wrong(
            {
                "Số phiếu": "PT-901",
                "Hình thức": "Tiền",
                "Cam kết (đ)": "2,350 tỷ",
                "Bằng chữ": None,
            },
            "Cam kết (đ)",
            "money_unclear",
            "có thể là hai tỷ ba trăm năm mươi triệu hoặc hai nghìn ba trăm năm mươi tỷ",
        ),
        Wrong(
            {
                "Số phiếu": "PT-902",
                "Hình thức": "Tiền",
                "Cam kết (đ)": "300.000.000",
                "Bằng chữ": "Ba mươi triệu đồng",
            },
            "Bằng chữ",
            "words_differ",
            "số tiền bằng số gấp mười lần số tiền bằng chữ",
        ),
        Wrong(
            {
                "Số phiếu": "PT-903",
                "Hình thức": "Tiền",
                "Cam kết (đ)": "hai chục máy",
                "Bằng chữ": None,
            },
            "Cam kết (đ)",
            "not_money",
            "ghi số máy vào cột tiền",
        ),
        Wrong(
            {"Số phiếu": "PT-904", "Ngày": f"31/02/{year}"},
            "Ngày",
            "not_a_date",
            "tháng hai không có ngày 31",
        ),
    )


def lay_gifts(
    pledges: pd.DataFrame, demonstration: Demonstration, *, rng: np.random.Generator
) -> Sheet:
    """Return the register under the headings of the office, some of its sums in words.

    Parameters
    ----------
    pledges : the table `accepted_contributions`.
    demonstration : whose office writes it, and when.
    rng : stream of random numbers, for the hands that wrote it.
    """
    received = pledges["received_vnd"].notna()
    rows = pd.DataFrame(
        {
            "STT": np.arange(1, len(pledges) + 1),
            "Số phiếu": pledges["contribution_id"].astype(object),
            "Ngày": spell_day(pledges["given_on"]),
            "Đơn vị/cá nhân ủng hộ": _fill(pledges["donor"]),
            "Loại": _say(pledges["donor_kind"], KINDS),
            "Hình thức": _say(pledges["form"], FORMS),
            "Cam kết (đ)": write_sums(pledges["pledged_vnd"], rng),
            "Đã nhận (đ)": write_sums(pledges["received_vnd"], rng),
            "Ngày nhận": spell_day(pledges["given_on"]).where(received, None),
            "Bằng chữ": _spell_some(pledges["pledged_vnd"]),
            "Phương thức": _say(pledges["method"], METHODS),
            "Nội dung hiện vật": _fill(pledges["in_kind"]),
            "Số lượng": _fill(pledges["quantity"]),
            "Đơn giá ước tính": write_sums(pledges["unit_value_vnd"], rng),
            "Thành tiền": write_sums(pledges["value_vnd"], rng),
            "Điều kiện của nhà tài trợ": _fill(pledges["condition"]),
            "Nguồn": _say(pledges["source"], LEVELS),
            "Đồng ý công khai tên": _fill(pledges["publish"].map({True: "x", False: "không"})),
            "Ghi chú": _fill(pledges["note"]),
        }
    )
    last = {"STT": "Tổng cộng", "Cam kết (đ)": group_digits(int(pledges["pledged_vnd"].sum()))}
    titles = (
        WARNING_TITLE,
        demonstration.head_office(OfficeWord.EDUCATION),
        f"Sổ tiếp nhận ủng hộ {demonstration.name_programme()}",
    )
    return fill_sheet(
        GIFTS_FILE,
        rows,
        list_wrong(demonstration.day.year),
        rng=rng,
        name="Sổ tiếp nhận",
        titles=titles,
        last=last,
    )


def _fill(values: pd.Series) -> pd.Series:
    """Return values with nothing where there is none."""
    return values.astype(object).where(values.notna(), None)


def _say(values: pd.Series, words: dict[str, str]) -> pd.Series:
    """Return words of a closed list as the office writes them."""
    return _fill(values.map(words, na_action="ignore"))


def _spell_some(sums: pd.Series) -> pd.Series:
    """Return every third sum in words, as vouchers have it."""
    told = [
        spell_out(int(vnd)).capitalize() if not pd.isna(vnd) and n % 3 == 0 else None
        for n, vnd in enumerate(sums)
    ]
    return pd.Series(told, index=sums.index, dtype="object")


def deliver_gifts(
    pledges: pd.DataFrame, folder: Path, demonstration: Demonstration, *, rng: np.random.Generator
) -> pd.DataFrame:
    """Write the register; return which of its rows are wrong."""
    sheet = lay_gifts(pledges, demonstration, rng=rng)
    write_workbook(sheet, folder, day=demonstration.day)
    return sheet.faults
