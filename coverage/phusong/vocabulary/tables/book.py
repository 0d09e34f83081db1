"""The tables of the programme's book: what donors and operators deliver, and what an allocation gives."""

from __future__ import annotations

from phusong.vocabulary.book import (
    Adequacy,
    CommitmentState,
    ContributionForm,
    DonorKind,
    Kit,
    LotCondition,
    Outcome,
    PaymentMethod,
    SourceLevel,
)
from phusong.vocabulary.options import OptionKind
from phusong.vocabulary.pupils import DeviceKind, Level, Tier
from phusong.vocabulary.schema import Column, Table
from phusong.vocabulary.tables.columns import (
    AS_OF,
    EDITION_MAYBE,
    FORMER_HAMLET_ID,
    OPERATOR,
    TECHNOLOGY,
)
from phusong.vocabulary.tables.pupils import STUDENT_KEY

#: No sum of a programme is larger [VND].
MOST_VND = 10**14
#: No gift, lot or package holds more pieces.
MOST_PIECES = 10**7
#: No support lasts longer [months].
MOST_MONTHS = 120


def _money(name: str, vi: str, en: str, note: str = "") -> Column:
    """Return the declaration of a sum that may not be stated."""
    return Column(name, "int", vi, en, "VND", nullable=True, ge=0, le=MOST_VND, note=note)


CONTRIBUTIONS = Table(
    "accepted_contributions",
    ("contribution_id",),
    "Sổ tiếp nhận ủng hộ",
    "Contributions accepted",
    (
        Column("contribution_id", "text", "Số phiếu", "Receipt number"),
        Column("given_on", "date", "Ngày", "Date", nullable=True),
        Column("donor", "text", "Đơn vị, cá nhân ủng hộ", "Donor", nullable=True),
        Column("donor_kind", "text", "Loại", "Kind of donor", terms=DonorKind, nullable=True),
        Column("form", "text", "Hình thức", "Form", terms=ContributionForm),
        _money("pledged_vnd", "Cam kết", "Pledged"),
        _money("received_vnd", "Đã nhận", "Received"),
        Column("method", "text", "Phương thức", "Method", terms=PaymentMethod, nullable=True),
        Column("in_kind", "text", "Nội dung hiện vật", "What is given in kind", nullable=True),
        Column(
            "quantity", "int", "Số lượng", "Quantity", "pieces", nullable=True, ge=0, le=MOST_PIECES
        ),
        _money("unit_value_vnd", "Đơn giá ước tính", "Estimated unit value"),
        _money("value_vnd", "Thành tiền", "Estimated value", "in kind: never added to money"),
        Column("condition", "text", "Điều kiện của nhà tài trợ", "Donor's wish", nullable=True),
        Column("source", "text", "Nguồn", "Level", terms=SourceLevel, nullable=True),
        Column("publish", "bool", "Đồng ý công khai tên", "May be named in public", nullable=True),
        Column("note", "text", "Ghi chú", "Note", nullable=True),
        AS_OF,
    ),
)

LOTS = Table(
    "accepted_lots",
    ("lot_id",),
    "Lô thiết bị đã tiếp nhận",
    "Device lots accepted",
    (
        Column("lot_id", "text", "Mã lô", "Lot id"),
        Column("contribution_id", "text", "Phiếu tiếp nhận", "Receipt number", nullable=True),
        Column("kind", "text", "Loại", "Kind", terms=DeviceKind),
        Column("model", "text", "Hãng, model", "Maker and model", nullable=True),
        Column("ram_gb", "float", "RAM", "Memory", "GB", nullable=True, ge=0),
        Column("storage_gb", "float", "Dung lượng lưu trữ", "Storage", "GB", nullable=True, ge=0),
        Column("screen_in", "float", "Màn hình", "Screen", "in", nullable=True, ge=0),
        Column("camera", "bool", "Có camera", "Camera", nullable=True),
        Column("microphone", "bool", "Có micrô", "Microphone", nullable=True),
        Column("battery_mah", "float", "Pin", "Battery", "mAh", nullable=True, ge=0),
        Column("modem", "bool", "Có khe SIM 4G", "4G modem", nullable=True),
        Column("condition", "text", "Tình trạng", "Condition", terms=LotCondition, nullable=True),
        Column("quantity", "int", "Số lượng", "Quantity", "devices", ge=1, le=MOST_PIECES),
        Column(
            "serials",
            "text",
            "Serial, IMEI (đã băm)",
            "Serials (hashed)",
            nullable=True,
            note="by |; keyed hashes, never the numbers themselves",
        ),
        Column("warranty_until", "date", "Bảo hành đến", "Warranty until", nullable=True),
        Column("received_on", "date", "Ngày nhận", "Received on", nullable=True),
        Column("kept_at", "text", "Nơi lưu", "Where it is kept", nullable=True),
        _money("unit_value_vnd", "Giá trị một máy", "Value of one"),
        Column("package_id", "text", "Kèm gói cước", "Package that comes with it", nullable=True),
        Column(
            "only_district", "text", "Chỉ cho huyện (mã)", "For this district only", nullable=True
        ),
        Column(
            "only_communes",
            "text",
            "Chỉ cho xã (mã)",
            "For these communes only",
            nullable=True,
            note="codes by |",
        ),
        Column(
            "only_schools",
            "text",
            "Chỉ cho trường (mã)",
            "For these schools only",
            nullable=True,
            note="ids by |",
        ),
        Column(
            "only_levels",
            "text",
            "Chỉ cho cấp học",
            "For these levels only",
            nullable=True,
            note="levels by |",
        ),
        Column(
            "wish", "text", "Hạn chế phân bổ (nguyên văn)", "Restriction as written", nullable=True
        ),
        AS_OF,
    ),
)

PACKAGES = Table(
    "accepted_packages",
    ("package_id",),
    "Gói cước, hỗ trợ phí",
    "Data packages and fee support",
    (
        Column("package_id", "text", "Mã gói", "Package id"),
        OPERATOR,
        Column("name", "text", "Tên gói", "Package"),
        Column("quantity", "int", "Số lượng", "Quantity", "packages", ge=0, le=MOST_PIECES),
        Column(
            "gb_per_day",
            "float",
            "Dung lượng mỗi ngày",
            "Data a day",
            "GB/day",
            nullable=True,
            ge=0,
        ),
        Column(
            "months", "int", "Thời hạn", "Months", "months", nullable=True, ge=0, le=MOST_MONTHS
        ),
        _money("price_after_vnd", "Giá sau ưu đãi", "Price a month afterwards"),
        Column(
            "zero_rated",
            "text",
            "Nền tảng miễn phí",
            "Platforms free of charge",
            nullable=True,
            note="by |",
        ),
        _money("install_waiver_vnd", "Miễn phí lắp đặt", "Installation fee waived"),
        _money("subsidy_vnd_month", "Hỗ trợ cước mỗi tháng", "Charge supported a month"),
        Column(
            "subsidy_months",
            "int",
            "Số tháng hỗ trợ",
            "Months supported",
            "months",
            nullable=True,
            ge=0,
            le=MOST_MONTHS,
        ),
        Column("audience", "text", "Đối tượng", "For whom", nullable=True),
        Column(
            "hotspot",
            "bool",
            "Kèm bộ phát Wi-Fi di động",
            "With a mobile hotspot",
            nullable=True,
            note="empty: without",
        ),
        Column("starts_on", "date", "Từ ngày", "From", nullable=True),
        AS_OF,
    ),
)

COMMITMENTS = Table(
    "accepted_commitments",
    ("commitment_id",),
    "Cam kết của doanh nghiệp viễn thông",
    "Operators' commitments",
    (
        Column("commitment_id", "text", "Mã cam kết", "Commitment id"),
        OPERATOR,
        Column("hamlet_id", "text", "Mã thôn", "Hamlet id", nullable=True),
        Column("hamlet", "text", "Thôn", "Hamlet as written", nullable=True),
        Column("commune_code", "text", "Mã xã", "Commune code", nullable=True),
        EDITION_MAYBE,
        Column("commune", "text", "Xã", "Commune as written", nullable=True),
        TECHNOLOGY,
        Column("solution", "text", "Giải pháp", "Solution", terms=OptionKind, nullable=True),
        Column("due_on", "date", "Ngày cam kết", "Due on", nullable=True),
        Column("state", "text", "Tiến độ", "State", terms=CommitmentState),
        Column("on_air_on", "date", "Ngày phát sóng thực tế", "On air on", nullable=True),
        Column("accepted_under", "text", "Biên bản nghiệm thu", "Acceptance record", nullable=True),
        Column("obstacle", "text", "Vướng mắc", "Obstacle", nullable=True),
        AS_OF,
        FORMER_HAMLET_ID,
    ),
)

#: What donors and operators deliver, by source kind.
BOOK = {
    "contributions": CONTRIBUTIONS,
    "lots": LOTS,
    "packages": PACKAGES,
    "commitments": COMMITMENTS,
}

LOT_FITNESS = Table(
    "lot_fitness",
    ("lot_id",),
    "Thiết bị đủ điều kiện",
    "What a lot is fit for",
    (
        Column("lot_id", "text", "Mã lô", "Lot id"),
        Column("adequacy", "text", "Đánh giá", "Adequacy", terms=Adequacy),
        Column("levels", "text", "Hợp với cấp học", "Fit for levels", note="levels by |"),
        Column(
            "lacks",
            "text",
            "Còn thiếu",
            "Lacks",
            nullable=True,
            note="words of the closed list, by |",
        ),
        Column("allocable", "int", "Số máy phân bổ được", "Allocable", "devices", ge=0),
    ),
)

DEVICES = Table(
    "devices",
    ("student_key",),
    "Phân bổ thiết bị",
    "Allocation of devices",
    (
        STUDENT_KEY,
        Column("outcome", "text", "Kết quả", "Outcome", terms=Outcome),
        Column("lot_id", "text", "Mã lô", "Lot id", nullable=True),
        Column(
            "device_kind",
            "text",
            "Loại thiết bị",
            "Kind of device",
            terms=DeviceKind,
            nullable=True,
        ),
        Column("package_id", "text", "Mã gói cước", "Package", nullable=True),
        Column("kit", "text", "Kèm theo", "Comes with", terms=Kit, nullable=True),
        Column("tier", "text", "Bậc ưu tiên", "Tier", terms=Tier, nullable=True),
        Column("level", "text", "Cấp học", "Level", terms=Level, nullable=True),
        Column(
            "rank",
            "int",
            "Thứ tự trong danh sách",
            "Rank",
            "1",
            nullable=True,
            ge=1,
            note="over all pupils who need a device, first served first",
        ),
        Column(
            "waiting", "int", "Thứ tự chờ", "Place on the waiting list", "1", nullable=True, ge=1
        ),
        Column(
            "wave",
            "int",
            "Đợt thôn có kết nối",
            "Wave that connects the hamlet",
            "1",
            nullable=True,
            ge=0,
            note="0: connected today; empty: no wave does",
        ),
        Column(
            "kit_then",
            "text",
            "Kèm theo khi có kết nối",
            "Comes with it once connected",
            terms=Kit,
            nullable=True,
        ),
        Column(
            "package_then",
            "text",
            "Gói cước dành khi có kết nối",
            "Package kept for that day",
            nullable=True,
        ),
        Column("reason", "text", "Lý do", "Reason", note="words of the closed lists, by |"),
        Column(
            "would_change",
            "text",
            "Điều gì sẽ thay đổi",
            "What would change it",
            nullable=True,
            note="word of the closed list, or word:kind:count",
        ),
        Column("policy", "text", "Chính sách áp dụng", "Policy applied"),
        Column("as_of", "date", "Ngày số liệu", "Date"),
    ),
)
