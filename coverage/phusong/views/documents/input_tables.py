"""The tables that the forms are made from, declared like every table of the house."""

from __future__ import annotations

from phusong.vocabulary.book import (
    AwardState,
    CommitmentState,
    ContributionForm,
    DonorKind,
    Kit,
    Outcome,
)
from phusong.vocabulary.options import ConnectionBasis, OptionKind
from phusong.vocabulary.pupils import DeviceKind, MatchStatus, Tier
from phusong.vocabulary.reporting import BookMeasure, PledgeUnit, SupportStatus
from phusong.vocabulary.schema import Column, Table
from phusong.vocabulary.tables.columns import OPERATOR, TECHNOLOGY
from phusong.vocabulary.terms import GapClass


def _count(name: str, vi: str, en: str, *, nullable: bool = False) -> Column:
    """Return the declaration of a count."""
    return Column(name, "int", vi, en, nullable=nullable, ge=0)


FORM = Column("form", "text", "Hình thức", "Form", terms=ContributionForm)
DEVICE = Column("device_kind", "text", "Loại thiết bị", "Kind of device", terms=DeviceKind)
DONOR_KIND = Column("donor_kind", "text", "Bên ủng hộ", "Kind of donor", terms=DonorKind)

#: Money by form and kind of donor: what was promised, and came within the window and after it.
MONEY = Table(
    "money_by_form",
    ("form", "donor_kind"),
    "Ủng hộ bằng tiền",
    "Money by form",
    (
        FORM,
        DONOR_KIND,
        _count("gifts", "Số lượt", "Gifts"),
        _count("pledged_vnd", "Cam kết", "Pledged"),
        _count("received_within_vnd", "Đã nhận trong đợt", "Received within the window"),
        _count("received_after_vnd", "Đã nhận sau đợt", "Received after the window"),
    ),
)
#: Money by form: what of it was spent and is left; a đồng spent is no single donor's.
SPENDING = Table(
    "spending_by_form",
    ("form",),
    "Thu, chi theo hình thức",
    "Received and spent by form",
    (
        FORM,
        _count("gifts", "Số lượt", "Gifts"),
        _count("pledged_vnd", "Cam kết", "Pledged"),
        _count("received_vnd", "Đã nhận", "Received"),
        _count("spent_vnd", "Đã chi", "Spent"),
        _count("balance_vnd", "Còn lại", "Balance"),
        _count("set_apart_vnd", "Trong đó đã phân bổ, chưa chi", "Of which set apart, not spent"),
    ),
)
#: Devices and operators' mechanisms by item: pieces, and what they are estimated to be worth.
KIND = Table(
    "kind_by_item",
    ("form", "donor_kind", "item"),
    "Ủng hộ bằng hiện vật, cơ chế",
    "Gifts in kind",
    (
        FORM,
        DONOR_KIND,
        Column("item", "text", "Nội dung", "Item"),
        Column("unit", "text", "Đơn vị", "Unit"),
        _count("gifts", "Số lượt", "Gifts"),
        _count("pledged", "Cam kết", "Pledged"),
        _count("received_within", "Đã nhận trong đợt", "Received within the window"),
        _count("received_after", "Đã nhận sau đợt", "Received after the window"),
        _count("value_vnd", "Giá trị ước tính", "Estimated value", nullable=True),
    ),
)
#: Devices received by kind, what they are fit for, and how far they have come.
LOTS = Table(
    "lots_by_kind",
    ("device_kind",),
    "Thiết bị đã tiếp nhận",
    "Devices received",
    (
        DEVICE,
        _count("received", "Đã nhận", "Received"),
        _count("adequate", "Đủ điều kiện", "Fit"),
        _count("to_complete", "Cần bổ sung", "Fit once completed"),
        _count("inadequate", "Không đủ điều kiện", "Not fit"),
        _count("unknown", "Chưa rõ cấu hình", "Specification not stated"),
        _count(
            "allocated", "Đã đề nghị, duyệt hoặc bàn giao", "Proposed or further", nullable=True
        ),
        _count("handed_over", "Đã bàn giao", "Handed over", nullable=True),
    ),
)
#: Pupils by tier and by what the allocation plans for them: a plan, and no deed.
PLANNED = Table(
    "planned_by_tier",
    ("tier", "outcome"),
    "Kế hoạch phân bổ theo bậc ưu tiên",
    "Planned allocation by tier",
    (
        Column("tier", "text", "Bậc ưu tiên", "Tier", terms=Tier),
        Column("outcome", "text", "Kết quả", "Outcome", terms=Outcome),
        _count("pupils", "Số học sinh", "Pupils", nullable=True),
    ),
)
#: Eligible pupils by tier and by how they stand in the book or wait, each in one place.
SUPPORT = Table(
    "support_by_tier",
    ("tier", "status"),
    "Học sinh theo bậc ưu tiên và kết quả hỗ trợ",
    "Pupils by tier and support",
    (
        Column("tier", "text", "Bậc ưu tiên", "Tier", terms=Tier),
        Column("status", "text", "Kết quả", "Status", terms=SupportStatus),
        _count("pupils", "Số học sinh", "Pupils", nullable=True),
    ),
)
#: Awards of the book by state; a package alone is no device.
STATES = Table(
    "awards_by_state",
    ("state",),
    "Tiến độ cấp phát theo sổ",
    "Awards by state",
    (
        Column("state", "text", "Trạng thái", "State", terms=AwardState),
        _count("devices", "Thiết bị", "Devices", nullable=True),
        _count("packages", "Chỉ gói cước", "Packages alone", nullable=True),
    ),
)
#: Pledges of which not everything has come; things have no sum with money.
PLEDGES = Table(
    "pledges_open",
    ("contribution_id",),
    "Cam kết ủng hộ chưa nhận đủ",
    "Pledges not received in full",
    (
        Column("contribution_id", "text", "Số phiếu", "Receipt"),
        Column("donor", "text", "Bên ủng hộ", "Donor", nullable=True),
        FORM,
        Column("pledged_on", "date", "Ngày cam kết", "Pledged on", nullable=True),
        Column("unit", "text", "Đơn vị", "Unit", terms=PledgeUnit),
        _count("pledged", "Cam kết", "Pledged"),
        _count("received", "Đã nhận", "Received"),
        _count("missing", "Còn thiếu", "Missing"),
    ),
)
#: What the book said at the end of the period before, and says now.
CHANGES = Table(
    "book_changes",
    ("measure",),
    "Thay đổi trong kỳ, theo sổ",
    "Changes in the period, by the book",
    (
        Column("measure", "text", "Chỉ tiêu", "Measure", terms=BookMeasure),
        _count("before", "Kỳ trước", "Before", nullable=True),
        _count("now", "Kỳ này", "Now", nullable=True),
    ),
)
#: Data packages: granted and left, and when the first of them runs out.
PACKAGES = Table(
    "packages_issued",
    ("operator", "name"),
    "Gói cước, hỗ trợ phí",
    "Data packages",
    (
        OPERATOR,
        Column("name", "text", "Tên gói", "Package"),
        _count("quantity", "Số gói", "Packages"),
        _count("issued", "Đã cấp", "Issued", nullable=True),
        Column("gb_per_day", "float", "Dung lượng", "Data a day", nullable=True, ge=0),
        Column("months", "int", "Thời hạn", "Months", nullable=True, ge=0),
        Column("first_expiry", "date", "Ngày hết hạn sớm nhất", "First expiry", nullable=True),
    ),
)
#: Operators' commitments with their lateness on the day of the data; empty where no day was promised.
COMMITMENTS = Table(
    "commitments_due",
    ("commitment_id",),
    "Cam kết của doanh nghiệp viễn thông",
    "Operators' commitments",
    (
        Column("commitment_id", "text", "Mã cam kết", "Commitment id"),
        OPERATOR,
        Column("hamlet", "text", "Thôn", "Hamlet", nullable=True),
        Column("commune", "text", "Xã", "Commune", nullable=True),
        TECHNOLOGY,
        Column("solution", "text", "Giải pháp", "Solution", terms=OptionKind, nullable=True),
        Column("due_on", "date", "Ngày cam kết", "Due on", nullable=True),
        Column("state", "text", "Tiến độ", "State", terms=CommitmentState),
        Column("on_air_on", "date", "Ngày phát sóng", "On air on", nullable=True),
        Column("accepted_under", "text", "Biên bản nghiệm thu", "Acceptance record", nullable=True),
        Column("obstacle", "text", "Vướng mắc", "Obstacle", nullable=True),
        Column("late_days", "int", "Chậm", "Late", "days", nullable=True, ge=0),
    ),
)
#: The hamlets of a rollout by name; pupils hidden where few.
VILLAGES = Table(
    "villages_planned",
    ("hamlet_id",),
    "Thôn trong kế hoạch phủ sóng, kéo cáp",
    "Hamlets of the rollout",
    (
        Column("hamlet_id", "text", "Mã thôn", "Hamlet id"),
        Column("hamlet", "text", "Thôn", "Hamlet"),
        Column("commune", "text", "Xã", "Commune"),
        Column("class", "text", "Nhóm kết nối", "Class", terms=GapClass),
        Column("option", "text", "Phương án", "Option", terms=OptionKind),
        Column("operator", "text", "Doanh nghiệp", "Operator", nullable=True),
        Column("wave", "int", "Đợt", "Wave", nullable=True, ge=1),
        _count("capex_low_vnd", "Chi phí thấp", "Cost, low"),
        _count("capex_vnd", "Chi phí dự kiến", "Cost, likely"),
        _count("capex_high_vnd", "Chi phí cao", "Cost, high"),
        _count("pupils_connected", "Học sinh được kết nối", "Pupils connected", nullable=True),
    ),
)
#: What the connection of each hamlet of the rollout rests on: the plan itself, or an operator's word.
BASES = Table(
    "villages_bases",
    ("hamlet_id",),
    "Căn cứ thực hiện của từng thôn trong kế hoạch",
    "What each hamlet of the rollout rests on",
    (
        Column("hamlet_id", "text", "Mã thôn", "Hamlet id"),
        Column(
            "basis", "text", "Căn cứ thực hiện", "What it rests on", nullable=True, terms=ConnectionBasis
        ),
        Column("basis_id", "text", "Mã cam kết, mã tủ", "Commitment, cabinet", nullable=True),
        Column("basis_on", "date", "Hạn cam kết, ngày báo", "Due, or reported on", nullable=True),
        Column(
            "basis_probability", "float", "Khả năng thực hiện", "Probability", "1", nullable=True, ge=0, le=1
        ),
    ),
)  # fmt: skip
#: Pupils by what became of their address.
ADDRESSES = Table(
    "addresses_by_outcome",
    ("status",),
    "Kết quả tìm thôn theo địa chỉ",
    "Addresses by outcome",
    (
        Column("status", "text", "Kết quả", "Outcome", terms=MatchStatus),
        _count("pupils", "Số học sinh", "Pupils"),
    ),
)
#: Who gets what at one school; pupils by pseudonym.
HANDED = Table(
    "school_awards",
    ("student",),
    "Học sinh được cấp tại trường",
    "Awards at a school",
    (
        Column("group", "text", "Lớp", "Class"),
        Column("student", "text", "Mã học sinh", "Pupil"),
        DEVICE,
        Column("lot_id", "text", "Mã lô", "Lot", nullable=True),
        Column("serial", "text", "Số máy (rút gọn)", "Serial (short)", nullable=True),
        Column("package", "text", "Gói cước", "Package", nullable=True),
        Column("package_until", "date", "Hạn gói cước", "Package until", nullable=True),
        Column("kit", "text", "Kèm theo", "Comes with", terms=Kit, nullable=True),
        Column("state", "text", "Trạng thái", "State", terms=AwardState),
        Column("record", "text", "Biên bản bàn giao", "Hand-over record", nullable=True),
        Column("handed_on", "date", "Ngày bàn giao", "Handed over on", nullable=True),
    ),
)
#: What a donor gave: money, or things with their value, never both in a line.
GIFTS = Table(
    "gifts_of_donor",
    ("contribution_id",),
    "Nội dung ủng hộ",
    "Gifts of a donor",
    (
        Column("contribution_id", "text", "Số phiếu", "Receipt"),
        Column("received_on", "date", "Ngày nhận", "Received on", nullable=True),
        FORM,
        Column("item", "text", "Nội dung", "Item"),
        Column("quantity", "int", "Số lượng", "Quantity", nullable=True, ge=0),
        Column("received_vnd", "int", "Tiền đã nhận", "Money received", nullable=True, ge=0),
        Column("value_vnd", "int", "Giá trị ước tính", "Estimated value", nullable=True, ge=0),
    ),
)

#: The forms that are money; what comes in the other two is never added to it.
MONEY_FORMS = (ContributionForm.MONEY, ContributionForm.STATE_BUDGET, ContributionForm.FUND)
KIND_FORMS = (ContributionForm.DEVICES, ContributionForm.TARIFF)
