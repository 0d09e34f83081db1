"""The findings: gaps by hamlet, and the indicators."""

from __future__ import annotations

from phusong.vocabulary.schema import Column, Table
from phusong.vocabulary.tables.columns import DISAGREES, HAMLET_ID, declare_share
from phusong.vocabulary.terms import Cause, Counted, Edition, GapClass, Indicator, MobileGap, Status


def _pupils(name: str, vi: str, en: str) -> Column:
    """Return the declaration of a count of pupils in a hamlet; empty where no pupils were delivered."""
    return Column(name, "int", vi, en, "pupils", nullable=True, ge=0)


_CLASSED = (
    HAMLET_ID,
    Column("class", "text", "Nhóm kết nối", "Connectivity class", terms=GapClass),
    Column("mobile_3g", "text", "3G", "3G by any operator", terms=Status),
    Column("mobile_4g", "text", "4G", "4G by any operator", terms=Status),
    Column("fibre", "text", "Cáp quang", "Fibre by any operator", terms=Status),
    Column("mobile_gap", "text", "Trắng sóng, lõm sóng", "White or partial gap", terms=MobileGap),
    Column("cause", "text", "Nguyên nhân", "Cause", terms=Cause),
    declare_share("probability_4g", "Xác suất có 4G", "Probability of 4G"),
    Column(
        "class_without_3g",
        "text",
        "Nhóm sau khi tắt 3G",
        "Class once 3G is switched off",
        terms=GapClass,
    ),
    DISAGREES,
    Column(
        "disc_says_covered",
        "bool",
        "Bán kính cho là có 4G",
        "A plain radius would call 4G covered",
        nullable=True,
    ),
    Column(
        "fibre_ports_short",
        "bool",
        "Thiếu cổng quang rỗi",
        "Fewer free fibre ports than the stated share of households",
        nullable=True,
        note="of K1 hamlets; empty where ports or households are not counted",
    ),
)
_FOUND_ON = Column("as_of", "date", "Ngày số liệu", "Date of the finding")

HAMLET_CLASSES = Table(
    "hamlet_classes",
    ("hamlet_id",),
    "Nhóm kết nối của thôn, chưa kể học sinh",
    "Connectivity classes of hamlets, before pupils are counted",
    (*_CLASSED, _FOUND_ON),
)

GAPS = Table(
    "gaps",
    ("hamlet_id",),
    "Thôn chưa được kết nối",
    "Gaps by hamlet",
    (
        *_CLASSED,
        _pupils("pupils", "Học sinh", "Pupils"),
        _pupils("pupils_without_device", "Học sinh không có thiết bị", "Pupils without a device"),
        _pupils("pupils_eligible", "Học sinh thuộc đối tượng", "Pupils eligible"),
        _FOUND_ON,
    ),
)

INDICATORS = Table(
    "indicators",
    ("indicator", "counted", "edition", "area_code"),
    "Chỉ tiêu",
    "Indicators",
    (
        Column("indicator", "text", "Chỉ tiêu", "Indicator", terms=Indicator),
        Column("counted", "text", "Đếm theo", "What is counted", terms=Counted),
        Column("edition", "text", "Danh mục hành chính", "Edition of the map", terms=Edition),
        Column(
            "area_code",
            "text",
            "Mã địa bàn",
            "Area code",
            note="a commune's code, or the province's",
        ),
        Column("area", "text", "Địa bàn", "Area"),
        Column("numerator", "int", "Tử số", "Numerator", "as counted", ge=0),
        Column("denominator", "int", "Mẫu số", "Denominator", "as counted", ge=0),
        Column("unknown", "int", "Không có dữ liệu", "Without data", "as counted", ge=0),
        Column(
            "share",
            "float",
            "Tỷ lệ",
            "Share",
            "1",
            nullable=True,
            ge=0,
            le=1,
            note="numerator ÷ denominator, not rounded; empty where the denominator is 0",
        ),
        Column("as_of", "date", "Ngày số liệu", "Date"),
    ),
)
