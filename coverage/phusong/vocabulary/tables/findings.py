"""The findings: gaps by hamlet, and the indicators."""

from __future__ import annotations

from phusong.vocabulary.schema import Column, Table
from phusong.vocabulary.tables.columns import DISAGREES, EDITION, HAMLET_ID, declare_share
from phusong.vocabulary.terms import (
    Cause,
    Counted,
    Edition,
    Evidence,
    GapClass,
    Indicator,
    ListedWhen,
    OfficialGap,
    Status,
)

TECHNOLOGIES_NOTE = "separated by |"
_INDOORS = "share of the centre and the clusters, by the model"


def _pupils(name: str, vi: str, en: str) -> Column:
    """Return the declaration of a count of pupils in a hamlet; empty where no pupils were delivered."""
    return Column(name, "int", vi, en, "pupils", nullable=True, ge=0)


def _gap(name: str, vi: str, en: str, note: str = "", *, nullable: bool = False) -> Column:
    """Return the declaration of white gap, partial gap, none or unknown."""
    return Column(name, "text", vi, en, terms=OfficialGap, note=note, nullable=nullable)


def _clusters(name: str, vi: str, en: str, note: str = "", *, nullable: bool = False) -> Column:
    """Return the declaration of a count of residential clusters."""
    return Column(name, "int", vi, en, "clusters", ge=0, note=note, nullable=nullable)


def _other_set(name: str, vi: str, en: str) -> tuple[Column, ...]:
    """Return the declarations of gap and clusters by a set of technologies, whatever is switched off."""
    return (
        _gap(
            f"gap_{name}",
            f"Trắng sóng, lõm sóng {vi}",
            f"White or partial gap {en}",
            nullable=True,
        ),
        _clusters(
            f"dark_clusters_{name}",
            f"Số cụm chưa có sóng {vi}",
            f"Clusters without signal {en}",
            nullable=True,
        ),
        _clusters(
            f"unknown_clusters_{name}",
            f"Số cụm chưa rõ có sóng hay không {vi}",
            f"Clusters of which nothing is known {en}",
            nullable=True,
        ),
    )


_OFFICIAL = (
    _gap(
        "official_gap",
        "Trắng sóng, lõm sóng",
        "White or partial gap",
        "white: no mobile broadband at the centre; partial: at the centre, not in every cluster",
    ),
    Column(
        "official_technologies",
        "text",
        "Công nghệ tính đến",
        "Technologies that count",
        nullable=True,
        note=TECHNOLOGIES_NOTE,
    ),
    Column(
        "official_evidence",
        "text",
        "Căn cứ về trắng sóng, lõm sóng",
        "Evidence of the gap",
        terms=Evidence,
        nullable=True,
        note="at the centre; of a partial gap, at its dark clusters",
    ),
    _clusters("clusters", "Số cụm dân cư", "Residential clusters", "0: none was delivered"),
    _clusters("dark_clusters", "Số cụm chưa có sóng", "Clusters without signal"),
    _clusters(
        "unknown_clusters",
        "Số cụm chưa rõ có sóng hay không",
        "Clusters of which nothing is known",
        nullable=True,
    ),
    Column(
        "dark_households",
        "int",
        "Số hộ ở các cụm chưa có sóng",
        "Households of the clusters without signal",
        "households",
        nullable=True,
        ge=0,
        note="empty where the households of one of them are unknown",
    ),
    *_other_set("3g4g5g", "nếu tính 3G, 4G, 5G", "by 3G, 4G and 5G"),
    *_other_set("4g5g", "nếu chỉ tính 4G, 5G", "by 4G and 5G alone"),
)
_CLASSED = (
    HAMLET_ID,
    Column("class", "text", "Nhóm kết nối", "Connectivity class", terms=GapClass),
    Column("mobile_3g", "text", "3G", "3G by any operator", terms=Status),
    Column("mobile_4g", "text", "4G", "4G by any operator", terms=Status),
    Column("mobile_5g", "text", "5G", "5G by any operator", terms=Status),
    declare_share("indoor_3g", "3G trong nhà", "3G indoors", _INDOORS),
    declare_share("indoor_4g", "4G trong nhà", "4G indoors", _INDOORS),
    declare_share("indoor_5g", "5G trong nhà", "5G indoors", _INDOORS),
    Column("fibre", "text", "Cáp quang", "Fibre by any operator", terms=Status),
    *_OFFICIAL,
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
        Column(
            "technologies",
            "text",
            "Công nghệ tính đến",
            "Technologies that count",
            nullable=True,
            note=f"{TECHNOLOGIES_NOTE}; of white gap, partial gap and coverage",
        ),
    ),
)

CHANGED_COVERAGE = Table(
    "changed_coverage",
    ("listed", "area_code"),
    "Tỷ lệ phủ sóng của các thôn đã sắp xếp, trước và sau",
    "Coverage of changed hamlets on the former list and on the present one",
    (
        Column("listed", "text", "Theo danh sách", "List", terms=ListedWhen),
        Column(
            "area_code",
            "text",
            "Mã địa bàn",
            "Area code",
            note="a commune's code, or the province's",
        ),
        Column("white", "int", "Thôn trắng sóng", "Hamlets in a white gap", "hamlets", ge=0),
        Column("covered", "int", "Tử số: thôn đã phủ sóng", "Numerator: covered", "hamlets", ge=0),
        Column("unknown", "int", "Không có dữ liệu", "Without data", "hamlets", ge=0),
        Column("hamlets", "int", "Mẫu số: số thôn", "Denominator: hamlets", "hamlets", ge=0),
        declare_share("share", "Tỷ lệ", "Share", note="covered ÷ hamlets, not rounded"),
        Column("as_of", "date", "Ngày số liệu", "Date"),
        Column(
            "listed_on",
            "date",
            "Ngày của danh sách",
            "Day of the list",
            note="of the former list the day before the first change, of the present one the day of the data",
        ),
        EDITION,
    ),
)
