"""The pupils: pseudonymous records, the pairs a person must look at, and the counts."""

from __future__ import annotations

from phusong.vocabulary.pupils import (
    CountedUnit,
    DeviceKind,
    Enrolment,
    HomeConnection,
    HomeDevice,
    Identity,
    Level,
    MatchStatus,
    PlacedBy,
    Poverty,
    Tier,
)
from phusong.vocabulary.schema import Column, Table
from phusong.vocabulary.tables.columns import declare_share
from phusong.vocabulary.terms import Edition, GapClass

STUDENT_KEY = Column(
    "student_key",
    "text",
    "Mã giả danh học sinh",
    "Pseudonymous pupil key",
    note="keyed hash; the key lives in a file of its own",
)

STUDENTS = Table(
    "students",
    ("student_key",),
    "Học sinh (giả danh)",
    "Pupils (pseudonymous)",
    (
        STUDENT_KEY,
        Column("school_id", "text", "Mã trường", "School id", nullable=True),
        Column("level", "text", "Cấp học", "Level", terms=Level, nullable=True),
        Column("grade", "int", "Khối", "Grade", nullable=True, ge=1, le=12),
        Column("status", "text", "Trạng thái", "Status", terms=Enrolment, nullable=True),
        Column("records", "int", "Số hồ sơ gộp", "Records merged", "records", ge=1),
        Column(
            "identity",
            "text",
            "Xác định trùng",
            "Identity",
            terms=Identity,
            note="probable: another pupil may be the same and a person must look; "
            "certain: records were merged; different: neither",
        ),
        Column("household_key", "text", "Mã hộ giả danh", "Pseudonymous household", nullable=True),
        Column(
            "household_pupils", "int", "Số học sinh trong hộ", "Pupils of the household", "pupils",
            ge=1,
        ),
        Column("match_status", "text", "Kết quả tìm thôn", "Outcome", terms=MatchStatus),
        Column("match_flags", "text", "Cách tìm", "How it was found", nullable=True),
        Column("placed_by", "text", "Căn cứ xếp thôn", "Placed by", terms=PlacedBy),
        Column("hamlet_id", "text", "Mã thôn", "Hamlet id", nullable=True),
        Column("commune_code", "text", "Mã xã", "Commune code", nullable=True),
        Column("edition", "text", "Danh mục hành chính", "Edition", terms=Edition, nullable=True),
        Column(
            "hamlet_class", "text", "Nhóm kết nối của thôn", "Hamlet's class", terms=GapClass,
            nullable=True,
        ),
        Column("poverty", "text", "Hộ nghèo, cận nghèo", "Poverty", terms=Poverty, nullable=True),
        Column("hardship", "bool", "Hoàn cảnh khó khăn khác", "Other hardship", nullable=True),
        Column("boarder", "bool", "Nội trú, trọ học", "Boarder", nullable=True),
        Column("device", "text", "Thiết bị", "Device at home", terms=HomeDevice, nullable=True),
        Column(
            "device_kind", "text", "Loại thiết bị", "Kind of device", terms=DeviceKind,
            nullable=True,
        ),
        Column(
            "connection", "text", "Kết nối", "Connection", terms=HomeConnection, nullable=True
        ),
        Column(
            "device_adequate", "bool", "Đủ thiết bị", "Device adequate", nullable=True,
            note="empty: not known",
        ),
        Column(
            "connection_adequate", "bool", "Đủ kết nối", "Connection adequate", nullable=True,
            note="empty: not known",
        ),
        Column(
            "eligible", "bool", "Thuộc đối tượng hỗ trợ", "Eligible", nullable=True,
            note="empty: cannot be judged yet",
        ),
        Column("reasons", "text", "Lý do", "Reasons", note="words of the closed list, by |"),
        Column("tier", "text", "Bậc ưu tiên", "Tier", terms=Tier, nullable=True),
        Column(
            "rank", "int", "Thứ tự ưu tiên", "Rank", "1", nullable=True, ge=1,
            note="over all eligible pupils, first served first",
        ),
        Column(
            "device_needed", "bool", "Cần thiết bị (theo từng học sinh)",
            "Needs a device, per pupil", nullable=True,
        ),
        Column(
            "device_needed_household", "bool", "Cần thiết bị (theo hộ)",
            "Needs a device, one per household", nullable=True,
            note="true for the first pupil of the household by rank",
        ),
        Column("policy", "text", "Chính sách áp dụng", "Policy applied"),
        Column("as_of", "date", "Ngày số liệu", "Date"),
    ),
)  # fmt: skip

PUPIL_LINKS = Table(
    "pupil_links",
    ("left_key", "right_key"),
    "Cặp hồ sơ cần kiểm tra",
    "Pairs of pupils that may be one",
    (
        Column("left_key", "text", "Học sinh thứ nhất", "First pupil"),
        Column("right_key", "text", "Học sinh thứ hai", "Second pupil"),
        Column("verdict", "text", "Kết luận", "Verdict", terms=Identity),
        declare_share("probability", "Xác suất trùng", "Probability of one pupil"),
        Column("reasons", "text", "Căn cứ", "What agrees and what does not", nullable=True),
    ),
)

_COUNTS = (
    ("pupils", "Học sinh đang học", "Pupils studying"),
    ("pupils_online", "Học sinh học trực tuyến", "Pupils who learn online"),
    ("without_device", "Không có thiết bị", "Without a device"),
    ("without_device_poor", "Không có thiết bị: hộ nghèo", "Without a device: poor"),
    ("without_device_near_poor", "Không có thiết bị: hộ cận nghèo", "Without a device: near-poor"),
    ("without_device_hardship", "Không có thiết bị: khó khăn khác", "Without a device: hardship"),
    ("without_own_device", "Không có thiết bị riêng", "Without a device of their own"),
    ("device_unknown", "Chưa rõ thiết bị", "Device not known"),
    ("without_connection", "Không đủ kết nối", "Without an adequate connection"),
    ("connection_unknown", "Chưa rõ kết nối", "Connection not known"),
    ("with_both", "Đủ thiết bị và kết nối", "With both"),
    ("eligible", "Thuộc đối tượng hỗ trợ", "Eligible"),
    ("eligibility_unknown", "Chưa xét được", "Eligibility not known"),
    ("devices_per_student", "Thiết bị cần (theo học sinh)", "Devices needed, per pupil"),
    ("devices_per_household", "Thiết bị cần (theo hộ)", "Devices needed, per household"),
    ("tier_1", "Bậc 1", "Tier 1"),
    ("tier_2", "Bậc 2", "Tier 2"),
    ("tier_3", "Bậc 3", "Tier 3"),
    ("tier_4", "Bậc 4", "Tier 4"),
    ("tier_5", "Bậc 5", "Tier 5"),
    ("tier_6", "Bậc 6", "Tier 6"),
)

#: What stands for every level together.
ALL_LEVELS = "all"

_LINE = (
    Column("unit", "text", "Đếm theo", "Counted by", terms=CountedUnit),
    Column("unit_code", "text", "Mã đơn vị", "Code"),
    Column("unit_name", "text", "Tên đơn vị", "Name"),
    Column("edition", "text", "Danh mục hành chính", "Edition of the map", terms=Edition),
    Column("level", "text", "Cấp học", "Level", note=f"TH, THCS, THPT, or `{ALL_LEVELS}`"),
)
_SCHOOLS = (
    Column("schools", "int", "Số trường", "Schools", "schools", ge=0),
    Column(
        "schools_without_internet", "int", "Trường chưa có Internet",
        "Schools without Internet", "schools", ge=0,
    ),
    Column(
        "schools_internet_unknown", "int", "Trường chưa rõ Internet",
        "Schools whose Internet is not known", "schools", ge=0,
    ),
    Column("as_of", "date", "Ngày số liệu", "Date"),
)  # fmt: skip


def _declare_counts(*, nullable: bool) -> tuple[Column, ...]:
    """Return the declarations of the counts of pupils; empty only where they are hidden."""
    return tuple(
        Column(
            name,
            "int",
            vi,
            en,
            "devices" if name.startswith("devices") else "pupils",
            nullable=nullable,
            ge=0,
        )
        for name, vi, en in _COUNTS
    )


PUPIL_COUNTS = Table(
    "pupil_counts",
    ("unit", "unit_code", "edition", "level"),
    "Học sinh theo địa bàn và trường",
    "Pupils by area and school",
    (*_LINE, *_declare_counts(nullable=False), *_SCHOOLS),
)

_ROUNDED = (
    *_LINE,
    *_declare_counts(nullable=True),
    *_SCHOOLS,
    Column(
        "hidden",
        "text",
        "Số đếm được ẩn",
        "Counts hidden",
        nullable=True,
        note="names of columns by |: counts that are rounded to 0, which may be fewer than k pupils",
    ),
)

PUPIL_COUNTS_PUBLIC = Table(
    "pupil_counts_public",
    PUPIL_COUNTS.key,
    "Học sinh theo địa bàn và trường (được công bố)",
    "Pupils by area and school (as published)",
    _ROUNDED,
)

PUPIL_COUNTS_OFFICES = Table(
    "pupil_counts_offices",
    PUPIL_COUNTS.key,
    "Học sinh theo địa bàn và trường (trong cơ quan nhà nước)",
    "Pupils by area and school (for offices)",
    _ROUNDED,
)

#: Tables that tell of single pupils, or of so few that they may be known: their owner alone may read them.
CLOSED = frozenset(
    (
        STUDENTS.name,
        PUPIL_LINKS.name,
        PUPIL_COUNTS.name,
        PUPIL_COUNTS_OFFICES.name,
        "gaps",
        "rollout",
        "devices",
    )
)
