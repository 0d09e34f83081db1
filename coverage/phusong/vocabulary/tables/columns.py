"""Columns that several tables share, each declared once."""

from __future__ import annotations

from phusong.vocabulary.schema import Column
from phusong.vocabulary.terms import (
    Edition,
    HamletKind,
    LocationQuality,
    MeasurementSource,
    NetworkStatus,
    Operator,
    Status,
    Technology,
    UnitKind,
)

LON = Column("lon", "float", "Kinh độ", "Longitude", "°", ge=-180, le=180)
LAT = Column("lat", "float", "Vĩ độ", "Latitude", "°", ge=-90, le=90)
LON_MAYBE = Column("lon", "float", "Kinh độ", "Longitude", "°", nullable=True, ge=-180, le=180)
LAT_MAYBE = Column("lat", "float", "Vĩ độ", "Latitude", "°", nullable=True, ge=-90, le=90)
COMMUNE_CODE = Column("commune_code", "text", "Mã xã", "Commune code")
EDITION = Column("edition", "text", "Danh mục hành chính", "Edition of the map", terms=Edition)
#: The edition of a row's commune code, where it has one.
EDITION_MAYBE = Column(
    "edition", "text", "Danh mục hành chính", "Edition of the map", terms=Edition, nullable=True
)
OPERATOR = Column("operator", "text", "Doanh nghiệp", "Operator", terms=Operator)
TECHNOLOGY = Column("technology", "text", "Công nghệ", "Technology", terms=Technology)
NETWORK_STATUS = Column("status", "text", "Hiện trạng", "State of the network", terms=NetworkStatus)
STATUS = Column("status", "text", "Tình trạng", "Status", terms=Status)
AS_OF = Column("as_of", "date", "Ngày số liệu", "Date of the data", nullable=True)
DISAGREES = Column("disagrees", "bool", "Bằng chứng mâu thuẫn", "Operator and model disagree")

#: What a commune is, wherever it is told.
COMMUNE_FACTS = (
    COMMUNE_CODE,
    EDITION,
    Column("name", "text", "Tên xã", "Commune"),
    Column("kind", "text", "Loại", "Kind", terms=UnitKind),
    Column("district_code", "text", "Mã huyện", "District code", nullable=True),
    Column("district", "text", "Huyện", "District", nullable=True),
    Column("population", "int", "Dân số", "Population", "persons", nullable=True, ge=0, le=10**7),
)

HAMLET_ID = Column(
    "hamlet_id",
    "text",
    "Mã thôn",
    "Hamlet id",
    note="owned by the project; there is no national code",
)
#: Which former hamlet a row named, where another holds since: the row has been carried over.
FORMER_HAMLET_ID = Column(
    "former_hamlet_id",
    "text",
    "Mã thôn cũ",
    "Former hamlet id",
    nullable=True,
    note="the hamlet that the row named, where it was merged, split, renamed or moved since; else empty",
)
QUALITY = Column(
    "location_quality",
    "text",
    "Chất lượng vị trí",
    "Quality of the location",
    terms=LocationQuality,
)

#: Who a hamlet is, wherever it is told.
HAMLET_FACTS = (
    HAMLET_ID,
    Column("kind", "text", "Loại", "Kind", terms=HamletKind),
    Column("name", "text", "Tên thôn, TDP", "Hamlet"),
    COMMUNE_CODE,
    EDITION,
    Column("households", "int", "Số hộ", "Households", "households", nullable=True, ge=0, le=10**5),
    Column(
        "population", "int", "Số nhân khẩu", "Population", "persons", nullable=True, ge=0, le=10**6
    ),
)

#: What bears on how hard a hamlet is to serve, and what it used to be called.
HAMLET_CONDITIONS = (
    Column("grid_power", "bool", "Có điện lưới", "Grid power", nullable=True),
    Column(
        "special_difficulty",
        "bool",
        "Thôn đặc biệt khó khăn",
        "Special-difficulty hamlet",
        nullable=True,
    ),
    Column("former_names", "text", "Tên cũ", "Former names", nullable=True, note="separated by |"),
)

#: What is known of a residential cluster, wherever it stands; empty for the centre and the ground.
CLUSTER_NAME = Column("name", "text", "Tên cụm dân cư", "Cluster", nullable=True)
CLUSTER_HOUSEHOLDS = Column(
    "households",
    "int",
    "Số hộ của cụm",
    "Households of the cluster",
    "households",
    nullable=True,
    ge=0,
)

#: What was measured, by whom and when, wherever it is told.
MEASUREMENT_FACTS = (
    Column(
        "place",
        "text",
        "Nơi đo",
        "Place",
        nullable=True,
        note="culture house, or the name of a residential cluster",
    ),
    Column("operator", "text", "Doanh nghiệp", "Operator", terms=Operator, nullable=True),
    Column("technology", "text", "Công nghệ", "Technology", terms=Technology, nullable=True),
    Column(
        "signal_dbm",
        "float",
        "Mức tín hiệu",
        "Signal",
        "dBm",
        nullable=True,
        ge=-160,
        le=-20,
        note="RSRP of 4G, SS-RSRP of 5G, RSCP of 3G, RxLev of 2G",
    ),
    Column(
        "down_mbps",
        "float",
        "Tốc độ tải xuống",
        "Download",
        "Mbit/s",
        nullable=True,
        ge=0,
        le=10000,
    ),
    Column("up_mbps", "float", "Tốc độ tải lên", "Upload", "Mbit/s", nullable=True, ge=0, le=10000),
    Column("delay_ms", "float", "Độ trễ", "Delay", "ms", nullable=True, ge=0, le=60000),
    Column("served", "bool", "Có sóng", "With signal", nullable=True, note="what a person found"),
    Column(
        "measured_at",
        "date",
        "Thời điểm đo",
        "Time of the measurement",
        nullable=True,
        note="with the time of day in Việt Nam, where it was told",
    ),
    Column(
        "accuracy_m", "float", "Sai số vị trí", "Accuracy of the position", "m", nullable=True, ge=0
    ),
    Column("indoors", "bool", "Đo trong nhà", "Indoors", nullable=True),
    Column("samples", "int", "Số lần đo", "Samples", "samples", nullable=True, ge=1, le=1000000000),
    Column(
        "source", "text", "Nguồn đo", "Kind of measurement", terms=MeasurementSource, nullable=True
    ),
)


def declare_edition(name: str, vi: str, en: str) -> Column:
    """Return the declaration of the edition of one of several commune codes, empty where there is no code."""
    return Column(name, "text", vi, en, terms=Edition, nullable=True)


def declare_share(name: str, vi: str, en: str, note: str = "") -> Column:
    """Return the declaration of a share or probability, 0…1, empty where nothing is known."""
    return Column(name, "float", vi, en, "1", nullable=True, ge=0, le=1, note=note)
