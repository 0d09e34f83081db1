"""The places: communes, hamlets, their test points, and who is out of place."""

from __future__ import annotations

from phusong.vocabulary.schema import Column, Table
from phusong.vocabulary.tables.columns import (
    CLUSTER_HOUSEHOLDS,
    CLUSTER_NAME,
    COMMUNE_CODE,
    COMMUNE_FACTS,
    FORMER_HAMLET_ID,
    HAMLET_CONDITIONS,
    HAMLET_FACTS,
    HAMLET_ID,
    LAT_MAYBE,
    LON_MAYBE,
    QUALITY,
)
from phusong.vocabulary.terms import GroundBasis, HamletChange, HamletKind, PointKind

COMMUNES = Table(
    "communes",
    ("commune_code", "edition"),
    "Xã, phường, thị trấn",
    "Communes",
    (
        *COMMUNE_FACTS,
        Column("area_km2", "float", "Diện tích", "Area", "km²", ge=0),
        Column(
            "area_delivered_km2",
            "float",
            "Diện tích trước khi sửa",
            "Area before repair",
            "km²",
            nullable=True,
            ge=0,
        ),
    ),
    geometry="polygon",
)

HAMLETS = Table(
    "hamlets",
    ("hamlet_id",),
    "Thôn, tổ dân phố",
    "Hamlets",
    (
        *HAMLET_FACTS,
        QUALITY,
        Column(
            "ground_basis",
            "text",
            "Nguồn ranh giới",
            "Where the outline comes from",
            terms=GroundBasis,
        ),
        Column(
            "centre_lon",
            "float",
            "Kinh độ trung tâm",
            "Longitude of the centre",
            "°",
            nullable=True,
        ),
        Column(
            "centre_lat", "float", "Vĩ độ trung tâm", "Latitude of the centre", "°", nullable=True
        ),
        Column("area_km2", "float", "Diện tích", "Area", "km²", nullable=True, ge=0),
        Column(
            "commune_found",
            "text",
            "Xã theo vị trí",
            "Commune in which the centre lies",
            nullable=True,
            note="empty where the centre lies in no commune; listed in the summary when it differs",
        ),
        *HAMLET_CONDITIONS,
    ),
    geometry="polygon",
    geometry_nullable=True,
)

POINTS = Table(
    "points",
    ("point_id",),
    "Điểm kiểm tra trong thôn",
    "Test points of the hamlets",
    (
        Column("point_id", "int", "Số điểm", "Point number", ge=0),
        HAMLET_ID,
        Column("kind", "text", "Loại điểm", "Kind of point", terms=PointKind),
        Column(
            "weight",
            "float",
            "Trọng số",
            "Weight",
            "1",
            ge=0,
            le=1,
            note="sums to 1 over the centre and the clusters of a hamlet; 0 on the ground",
        ),
        CLUSTER_NAME,
        CLUSTER_HOUSEHOLDS,
        Column("x_m", "float", "Hoành độ", "Easting in the province's metric system", "m"),
        Column("y_m", "float", "Tung độ", "Northing in the province's metric system", "m"),
        FORMER_HAMLET_ID,
    ),
)

PLACEMENT = Table(
    "placement",
    ("hamlet_id",),
    "Thôn cần xem lại vị trí",
    "Hamlets whose place wants a look",
    (
        HAMLET_ID,
        COMMUNE_CODE,
        Column(
            "commune_found",
            "text",
            "Xã theo vị trí",
            "Commune in which the point lies",
            nullable=True,
        ),
        Column(
            "distance_m",
            "float",
            "Khoảng cách tới xã đã ghi",
            "Distance to the commune stated",
            "m",
            nullable=True,
            ge=0,
        ),
        Column("finding", "text", "Nhận xét", "Finding"),
    ),
)

HAMLET_LINEAGE = Table(
    "hamlet_lineage",
    ("from_hamlet_id", "changed_on", "to_hamlet_id"),
    "Thôn cũ nay thuộc thôn nào",
    "What became of former hamlets",
    (
        Column("from_hamlet_id", "text", "Mã thôn cũ", "Former hamlet id"),
        Column(
            "changed_on",
            "date",
            "Ngày có hiệu lực",
            "Date of effect",
            note="of the first change after which the id no longer meant what it did",
        ),
        Column(
            "to_hamlet_id",
            "text",
            "Mã thôn hiện nay",
            "Present hamlet id",
            note="the hamlet that holds on the day the question is asked, after every change until then",
        ),
        Column("change", "text", "Thay đổi", "Change", terms=HamletChange),
        Column(
            "share",
            "float",
            "Tỷ lệ",
            "Share",
            "1",
            nullable=True,
            ge=0,
            le=1,
            note="of the former hamlet's households that are in the present one; empty where unstated",
        ),
        Column("from_kind", "text", "Loại thôn cũ", "Former kind", terms=HamletKind, nullable=True),
        Column("from_hamlet", "text", "Tên thôn cũ", "Former hamlet", nullable=True),
        Column("from_commune_code", "text", "Mã xã cũ", "Former commune code", nullable=True),
        Column("to_kind", "text", "Loại thôn mới", "Present kind", terms=HamletKind, nullable=True),
        Column("to_hamlet", "text", "Tên thôn mới", "Present hamlet", nullable=True),
        Column("to_commune_code", "text", "Mã xã mới", "Present commune code", nullable=True),
        Column(
            "households",
            "int",
            "Số hộ thôn cũ",
            "Households of the former hamlet",
            "households",
            nullable=True,
            ge=0,
        ),
        Column(
            "population",
            "int",
            "Số nhân khẩu thôn cũ",
            "Population of the former hamlet",
            "persons",
            nullable=True,
            ge=0,
        ),
        LON_MAYBE,
        LAT_MAYBE,
        Column(
            "decision",
            "text",
            "Số nghị quyết, quyết định",
            "Decisions",
            nullable=True,
            note="of every change on the way, separated by |",
        ),
    ),
)
