"""The Department of Education: its list of device lots, each with what the devices have in one cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.offices.sheets import WARNING_TITLE, Sheet, Wrong, fill_sheet, spell_day
from phusong.simulate.offices.sums import write_sums
from phusong.simulate.offices.writing import write_workbook
from phusong.vocabulary.book import LotCondition
from phusong.vocabulary.offices import OfficeWord
from phusong.vocabulary.pupils import DeviceKind

LOTS_FILE = "mo_phong_lo_thiet_bi.xlsx"
CONDITIONS = {str(LotCondition.NEW): "Mới 100%", str(LotCondition.USED): "Đã qua sử dụng"}
KINDS = {str(kind): kind.vi.capitalize() for kind in DeviceKind}
#: A lot no larger than this comes with a list of its serial numbers [devices].
LISTED = 20
WRONG = (
    Wrong(
        {"Mã lô": "LO-91", "Số lượng": "nhiều", "Serial/IMEI": None},
        "Số lượng",
        "not_a_number",
        "không đếm số máy",
    ),
    Wrong(
        {
            "Mã lô": "LO-92",
            "Loại": "Máy",
            "Hãng, model": None,
            "Cấu hình (RAM/ROM/màn hình/camera/pin)": None,
            "Serial/IMEI": None,
        },
        "Loại",
        "kind_unclear",
        "không rõ là loại máy nào",
    ),
    Wrong(
        {"Mã lô": "LO-93", "Số lượng": 0, "Serial/IMEI": None},
        "Số lượng",
        "out_of_bounds",
        "lô không có máy nào",
    ),
)


def lay_stock(
    lots: pd.DataFrame, demonstration: Demonstration, *, rng: np.random.Generator
) -> Sheet:
    """Return the lots under the headings of the office.

    Parameters
    ----------
    lots : the table `accepted_lots`.
    demonstration : whose office writes it, and when.
    rng : stream of random numbers, for the hands that wrote it.
    """
    rows = pd.DataFrame(
        {
            "Mã lô": lots["lot_id"].astype(object),
            "Phiếu tiếp nhận": _fill(lots["contribution_id"]),
            "Loại": lots["kind"].map(KINDS).astype(object),
            "Hãng, model": _fill(lots["model"]),
            "Cấu hình (RAM/ROM/màn hình/camera/pin)": _specify(lots, rng),
            "SIM/4G (C/K)": _fill(lots["modem"].map({True: "C", False: "K"})),
            "Tình trạng": _fill(lots["condition"].map(CONDITIONS, na_action="ignore")),
            "Số lượng": lots["quantity"].astype(object),
            "Serial/IMEI": _list_serials(lots),
            "Bảo hành đến": spell_day(lots["warranty_until"]),
            "Ngày nhận": spell_day(lots["received_on"]),
            "Nơi lưu": _fill(lots["kept_at"]),
            "Giá trị một máy": write_sums(lots["unit_value_vnd"], rng),
            "Kèm gói cước": _fill(lots["package_id"]),
            "Hạn chế phân bổ": _fill(lots["wish"]),
        }
    )
    last = {"Mã lô": "Tổng cộng", "Số lượng": int(lots["quantity"].sum())}
    titles = (
        WARNING_TITLE,
        demonstration.head_office(OfficeWord.EDUCATION),
        "Danh sách lô thiết bị đã tiếp nhận",
    )
    return fill_sheet(LOTS_FILE, rows, WRONG, rng=rng, name="Lô thiết bị", titles=titles, last=last)


def _fill(values: pd.Series) -> pd.Series:
    """Return values with nothing where there is none."""
    return values.astype(object).where(values.notna(), None)


def _specify(lots: pd.DataFrame, rng: np.random.Generator) -> list[str | None]:
    """Return what each lot's devices have in one cell, in any order and between any marks."""
    told = []
    for lot in lots.to_dict("records"):
        parts = _list_parts(lot)
        mark = ("/", ", ", "; ")[int(rng.integers(0, 3))]
        told.append(mark.join(parts[n] for n in rng.permutation(len(parts))) or None)
    return told


def _list_parts(lot: dict[str, Any]) -> list[str]:
    """Return the parts of a specification that are known."""
    disk = "SSD" if lot["kind"] == DeviceKind.LAPTOP else "ROM"
    numbers = (
        ("ram_gb", "RAM {:g}GB"), ("storage_gb", disk + " {:g}GB"), ("screen_in", "{:g} inch"),
        ("battery_mah", "pin {:g}mAh"),
    )  # fmt: skip
    flags = (("camera", "webcam" if disk == "SSD" else "camera"), ("microphone", "micro"))
    parts = [form.format(lot[name]) for name, form in numbers if not pd.isna(lot[name])]
    return parts + [
        word if lot[name] else f"không có {word}" for name, word in flags if not pd.isna(lot[name])
    ]


def _list_serials(lots: pd.DataFrame) -> list[str | None]:
    """Return made-up serial numbers of small lots, as a hand-over record has them."""
    return [
        ", ".join(f"MP{lot.lot_id.replace('-', '')}{n:04d}" for n in range(1, lot.quantity + 1))
        if lot.quantity <= LISTED
        else None
        for lot in lots.itertuples()
    ]


def deliver_stock(
    lots: pd.DataFrame, folder: Path, demonstration: Demonstration, *, rng: np.random.Generator
) -> pd.DataFrame:
    """Write the list of lots; return which of its rows are wrong."""
    sheet = lay_stock(lots, demonstration, rng=rng)
    write_workbook(sheet, folder, day=demonstration.day)
    return sheet.faults
