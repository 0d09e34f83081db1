"""The Department of Information: what operators have promised, hamlet by hamlet, and by when."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.offices.sheets import WARNING_TITLE, Sheet, Wrong, fill_sheet, spell_day
from phusong.simulate.offices.writing import write_workbook
from phusong.vocabulary.book import CommitmentState
from phusong.vocabulary.offices import OfficeWord
from phusong.vocabulary.options import OptionKind
from phusong.vocabulary.terms import Operator, Technology

PROMISES_FILE = "mo_phong_cam_ket_phu_song.xlsx"
NAMES = {str(Operator.VNPT): "Vinaphone"}
STATES = {
    str(CommitmentState.PLANNED): "Chưa triển khai",
    str(CommitmentState.BUILDING): "Đang thi công",
    str(CommitmentState.ON_AIR): "Đã phát sóng, chờ nghiệm thu",
    str(CommitmentState.ACCEPTED): "Đã nghiệm thu",
    str(CommitmentState.WITHDRAWN): "Rút cam kết",
}
SOLUTIONS = {
    str(OptionKind.NEW_SITE): "Xây trạm mới",
    str(OptionKind.UPGRADE): "Nâng cấp trạm hiện có",
    str(OptionKind.SMALL_CELL): "Kéo xa RRU",
    str(OptionKind.FIBRE): "Kéo cáp",
    str(OptionKind.REPEATER): "Trạm lặp",
    str(OptionKind.SATELLITE): "Vệ tinh",
}
TECHNOLOGIES = {str(Technology.FIBRE): "Cáp quang"}
ROMAN = ("I", "II", "III", "IV")


def list_wrong(commune: str) -> tuple[Wrong, ...]:
    """Return rows wrong on purpose, one of them in a commune that there is not."""
    return (
        Wrong(
            {"Mã cam kết": "CK-901", "Thôn": None, "Mã thôn": None},
            "Thôn",
            "place_unstated",
            "không rõ thôn nào",
        ),
        Wrong(
            {"Mã cam kết": "CK-902", "Mã thôn": None, "Xã": commune, "Mã xã": None},
            "Xã",
            "unknown_commune",
            "không có xã này",
        ),
        Wrong(
            {"Mã cam kết": "CK-903", "Tiến độ": "tốt"},
            "Tiến độ",
            "state_unread",
            "không rõ tiến độ",
        ),
    )


def lay_promises(
    promises: pd.DataFrame, demonstration: Demonstration, *, rng: np.random.Generator
) -> Sheet:
    """Return the promises under the headings of the office.

    Parameters
    ----------
    promises : the table `accepted_commitments`.
    demonstration : whose office writes it, and when.
    rng : stream of random numbers, for the ways of telling a date and the places of the wrong rows.
    """
    rows = pd.DataFrame(
        {
            "STT": np.arange(1, len(promises) + 1),
            "Mã cam kết": promises["commitment_id"].astype(object),
            "Doanh nghiệp": promises["operator"].map(
                lambda o: demonstration.name_operator(o, NAMES.get(o, ""))
            ),
            "Mã thôn": _fill(promises["hamlet_id"]),
            "Thôn": _fill(promises["hamlet"]),
            "Mã xã": _fill(promises["commune_code"]),
            "Xã": _fill(promises["commune"]),
            "Công nghệ": promises["technology"].map(lambda t: TECHNOLOGIES.get(t, t)),
            "Giải pháp": _fill(promises["solution"].map(SOLUTIONS, na_action="ignore")),
            "Ngày cam kết": [tell_day(day, rng) for day in promises["due_on"]],
            "Tiến độ": promises["state"].map(STATES),
            "Ngày phát sóng thực tế": spell_day(promises["on_air_on"]),
            "Biên bản nghiệm thu": _fill(promises["accepted_under"]),
            "Vướng mắc": _fill(promises["obstacle"]),
        }
    )
    wrong = list_wrong(demonstration.stated.wrong.commune)
    titles = (
        WARNING_TITLE,
        demonstration.head_office(OfficeWord.PLANNER),
        "Cam kết phủ sóng và kéo cáp của doanh nghiệp viễn thông",
    )
    return fill_sheet(PROMISES_FILE, rows, wrong, rng=rng, name="Cam kết", titles=titles)


def _fill(values: pd.Series) -> pd.Series:
    """Return values with nothing where there is none."""
    return values.astype(object).where(values.notna(), None)


def tell_day(day: pd.Timestamp, rng: np.random.Generator) -> str | None:
    """Return a day as an operator speaks of it: the day, or the month or quarter that it ends.

    Parameters
    ----------
    day : the last day of what is promised; NaT for none.
    rng : stream of random numbers.
    """
    if pd.isna(day):
        return None
    plain = [day.strftime("%d/%m/%Y")]
    if day.is_month_end:
        plain.append(f"tháng {day.month}/{day.year}")
    if day.is_quarter_end:
        plain.append(f"Quý {ROMAN[day.quarter - 1]}/{day.year}")
    return plain[int(rng.integers(0, len(plain)))]


def deliver_promises(
    promises: pd.DataFrame, folder: Path, demonstration: Demonstration, *, rng: np.random.Generator
) -> pd.DataFrame:
    """Write the list of promises; return which of its rows are wrong."""
    sheet = lay_promises(promises, demonstration, rng=rng)
    write_workbook(sheet, folder, day=demonstration.day)
    return sheet.faults
