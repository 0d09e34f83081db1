"""An allocation of devices as a workbook for the education office; it tells of single pupils by pseudonym."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from phusong.plans.devices import DevicePlan
from phusong.views.device_labels import DeviceLine, DeviceSheet
from phusong.views.labels import tell
from phusong.views.sheets import TEXT_ONLY, write_sheet
from phusong.views.summary import head_lines
from phusong.vocabulary.book import Adequacy, AllocationUnit, Outcome, SurplusWhy
from phusong.vocabulary.pupils import DeviceKind, Tier
from phusong.vocabulary.schema import Column, Table
from phusong.vocabulary.tables.book import DEVICES
from phusong.vocabulary.terms import Operator


def _count(name: str, vi: str, en: str) -> Column:
    """Return the declaration of a count."""
    return Column(name, "int", vi, en, ge=0)


TOTALS = Table(
    "totals", ("outcome", "tier"), "Tổng hợp", "Summary",
    (
        Column("outcome", "text", "Kết quả", "Outcome", terms=Outcome),
        Column("tier", "text", "Bậc ưu tiên", "Tier", terms=Tier, nullable=True),
        _count("pupils", "Số học sinh", "Pupils"),
    ),
)  # fmt: skip
SURPLUS = Table(
    "surplus", ("lot_id",), "Lô thiết bị", "Lots",
    (
        Column("lot_id", "text", "Mã lô", "Lot id"),
        Column("kind", "text", "Loại", "Kind", terms=DeviceKind),
        _count("received", "Đã nhận", "Received"),
        Column("adequacy", "text", "Đánh giá", "Adequacy", terms=Adequacy),
        _count("allocable", "Phân bổ được", "Fit"),
        _count("kept", "Đã giữ", "Kept"),
        _count("given", "Cấp lần này", "Given"),
        _count("left", "Còn lại", "Left"),
        Column("why", "text", "Lý do còn", "Why it is left", terms=SurplusWhy),
        _count("waiting", "Học sinh chờ mà lô này hợp", "Waiting whom it would suit"),
    ),
)  # fmt: skip
PACKAGES = Table(
    "packages", ("package_id",), "Gói cước", "Packages",
    (
        Column("package_id", "text", "Mã gói", "Package id"),
        Column("operator", "text", "Doanh nghiệp", "Operator", terms=Operator),
        _count("quantity", "Số lượng", "Quantity"),
        _count("held", "Đã giữ", "Held"),
        _count("given", "Cấp lần này", "Given"),
        _count("kept", "Dành cho đợt sau", "For later waves"),
        _count("left", "Còn lại", "Left"),
    ),
)  # fmt: skip
PROOF = Table(
    "proof", ("aim",), "Chứng minh", "Proof",
    (
        Column("aim", "text", "Mục tiêu", "Aim"),
        Column("found", "float", "Đạt được", "Found"),
        Column("bound", "float", "Không cách nào hơn", "Bound"),
        Column("gap", "float", "Sai số", "Gap"),
    ),
)  # fmt: skip
#: What the lists of pupils show; every one is a column of table `devices`.
PUPIL_COLUMNS = (
    "student_key", "outcome", "device_kind", "lot_id", "package_id", "kit", "tier", "level", "rank",
    "waiting", "wave", "kit_then", "reason", "would_change",
)  # fmt: skip


def write_device_book(path: Path, plan: DevicePlan, *, told: Mapping[str, Any]) -> Path:
    """Write the allocation's workbook: totals, pupils, waiting list, lots, packages, proof.

    Parameters
    ----------
    path : file to write; its owner alone should read it.
    plan : the plan.
    told : what `plan.json` says, for policy, date, edition and whether it is all made up.
    """
    unit = tell(AllocationUnit.of(told["policy"]), "vi")
    first, *rest = head_lines(told, "vi")
    title = " · ".join([tell(DeviceLine.TITLE, "vi", policy=unit), first])
    head = [title, ". ".join(rest)]
    pupils = plan.devices.sort_values(["rank", "student_key"], ignore_index=True)
    waiting = pupils[pupils["waiting"].notna()].sort_values("waiting", ignore_index=True)
    sheets = (
        (DeviceSheet.TOTAL, plan.reconciliation, TOTALS.names, TOTALS),
        (DeviceSheet.PUPILS, pupils, PUPIL_COLUMNS, DEVICES),
        (DeviceSheet.WAITING, waiting, PUPIL_COLUMNS, DEVICES),
        (DeviceSheet.LOTS, plan.surplus, SURPLUS.names, SURPLUS),
        (DeviceSheet.PACKAGES, plan.packages, PACKAGES.names, PACKAGES),
        (DeviceSheet.PROOF, plan.proof, PROOF.names, PROOF),
    )
    with xlsxwriter.Workbook(str(path), TEXT_ONLY) as book:
        for name, table, columns, schema in sheets:
            write_sheet(book, tell(name, "vi"), head, table, columns, (schema,))
    return path
