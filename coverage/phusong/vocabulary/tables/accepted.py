"""The accepted tables: what is left of a raw file once the door has read, checked and listed it."""

from __future__ import annotations

from phusong.vocabulary.schema import Column, Table
from phusong.vocabulary.tables.book import BOOK
from phusong.vocabulary.tables.columns import (
    AS_OF,
    COMMUNE_FACTS,
    EDITION_MAYBE,
    FORMER_HAMLET_ID,
    HAMLET_CONDITIONS,
    HAMLET_FACTS,
    LAT,
    LAT_MAYBE,
    LON,
    LON_MAYBE,
    MEASUREMENT_FACTS,
    NETWORK_STATUS,
    OPERATOR,
    QUALITY,
    TECHNOLOGY,
    declare_edition,
)
from phusong.vocabulary.terms import HamletKind, UnitKind

COMMUNES = Table(
    "accepted_communes",
    ("commune_code", "edition"),
    "Xã, phường, thị trấn đã tiếp nhận",
    "Communes accepted",
    (
        *COMMUNE_FACTS,
        Column(
            "area_stated_km2",
            "float",
            "Diện tích công bố",
            "Area as stated",
            "km²",
            nullable=True,
            ge=0,
        ),
    ),
    geometry="polygon",
)

UNITS = Table(
    "accepted_units",
    ("code", "valid_from"),
    "Danh mục đơn vị hành chính của tỉnh",
    "The province's own list of units",
    (
        Column("code", "text", "Mã đơn vị", "Code"),
        Column("name", "text", "Tên đơn vị", "Name"),
        Column("kind", "text", "Loại đơn vị", "Kind", terms=UnitKind),
        Column("parent_code", "text", "Mã cấp trên", "Code of the unit above"),
        Column("valid_from", "date", "Từ ngày", "First day", nullable=True),
        Column(
            "valid_to",
            "date",
            "Hết hiệu lực từ ngày",
            "First day on which it is no more",
            nullable=True,
        ),
        Column(
            "made_of",
            "text",
            "Hình thành từ",
            "Made of",
            nullable=True,
            note="codes of the day before, separated by |",
        ),
    ),
)

HAMLETS = Table(
    "accepted_hamlets",
    ("hamlet_id",),
    "Thôn, tổ dân phố đã tiếp nhận",
    "Hamlets accepted",
    (
        *HAMLET_FACTS,
        LON_MAYBE,
        LAT_MAYBE,
        QUALITY,
        *HAMLET_CONDITIONS,
        Column(
            "clusters",
            "text",
            "Cụm dân cư",
            "Residential clusters",
            nullable=True,
            note="WKT multipoint of residential clusters in WGS 84, where delivered",
        ),
        Column(
            "cluster_names",
            "text",
            "Tên các cụm dân cư",
            "Names of the residential clusters",
            nullable=True,
            note="in the order of the points, separated by |",
        ),
        Column(
            "cluster_households",
            "text",
            "Số hộ của các cụm dân cư",
            "Households of the residential clusters",
            nullable=True,
            note="in the order of the points, separated by |; empty where a cluster's are unknown",
        ),
    ),
    geometry="polygon",
    geometry_nullable=True,
)

HAMLET_LINEAGE = Table(
    "accepted_hamlet_lineage",
    ("lineage_id",),
    "Thôn sáp nhập, chia tách, đổi tên, chuyển xã đã tiếp nhận",
    "Mergers, splits, renames and moves of hamlets accepted",
    (
        Column("lineage_id", "text", "Mã dòng", "Row id"),
        Column("from_hamlet_id", "text", "Mã thôn cũ", "Former hamlet id", nullable=True),
        Column("from_hamlet", "text", "Tên thôn cũ", "Former hamlet", nullable=True),
        Column(
            "from_kind",
            "text",
            "Loại thôn cũ",
            "Kind of the former hamlet",
            terms=HamletKind,
            nullable=True,
        ),
        Column("from_commune_code", "text", "Mã xã cũ", "Former commune code", nullable=True),
        declare_edition(
            "from_edition", "Danh mục hành chính của mã xã cũ", "Edition of the former commune code"
        ),
        Column("to_hamlet_id", "text", "Mã thôn mới", "New hamlet id", nullable=True),
        Column("to_hamlet", "text", "Tên thôn mới", "New hamlet", nullable=True),
        Column(
            "to_kind",
            "text",
            "Loại thôn mới",
            "Kind of the new hamlet",
            terms=HamletKind,
            nullable=True,
        ),
        Column("to_commune_code", "text", "Mã xã mới", "New commune code", nullable=True),
        declare_edition(
            "to_edition", "Danh mục hành chính của mã xã mới", "Edition of the new commune code"
        ),
        Column(
            "share",
            "float",
            "Tỷ lệ",
            "Share",
            "1",
            nullable=True,
            ge=0,
            le=1,
            note="of the former hamlet's households that went to the new one; empty where nobody stated it",
        ),
        Column(
            "households",
            "int",
            "Số hộ chuyển sang",
            "Households that went over",
            "households",
            nullable=True,
            ge=0,
            le=10**5,
        ),
        LON_MAYBE,
        LAT_MAYBE,
        Column("decision", "text", "Số nghị quyết, quyết định", "Decision", nullable=True),
        Column("changed_on", "date", "Ngày có hiệu lực", "Date of effect"),
    ),
)

CELLS = Table(
    "accepted_cells",
    ("cell_id",),
    "Ô, trạm thu phát sóng đã tiếp nhận",
    "Cells accepted",
    (
        Column("cell_id", "text", "Mã ô", "Cell id"),
        Column("site_code", "text", "Mã trạm", "Site code"),
        OPERATOR,
        TECHNOLOGY,
        Column("band_mhz", "float", "Băng tần", "Band", "MHz", nullable=True, ge=400, le=6000),
        LON,
        LAT,
        Column(
            "height_m",
            "float",
            "Chiều cao anten",
            "Antenna height above ground",
            "m",
            nullable=True,
            ge=1,
            le=200,
        ),
        Column(
            "azimuth_deg", "float", "Góc phương vị", "Azimuth", "°", nullable=True, ge=0, le=360
        ),
        Column(
            "eirp_dbm",
            "float",
            "EIRP của cả sóng mang, cộng mọi cổng phát",
            "EIRP of the whole carrier, all ports together",
            "dBm",
            nullable=True,
            ge=0,
            le=90,
            note="not of its pilot, a resource element or a single port; for 5G of the broadcast beam",
        ),
        Column(
            "bandwidth_mhz",
            "float",
            "Độ rộng sóng mang",
            "Bandwidth of the carrier",
            "MHz",
            nullable=True,
            ge=0.2,
            le=400,
            note="of the downlink; kept for 4G and 5G, where the carrier's power is spread over it",
        ),
        Column(
            "ports",
            "int",
            "Số cổng phát",
            "Transmit ports",
            "ports",
            nullable=True,
            ge=1,
            le=8,
            note="over which the reference signal's power is spread; kept for 4G and 5G",
        ),
        Column("structure", "text", "Loại cột", "Structure", nullable=True),
        NETWORK_STATUS,
        Column("on_air", "date", "Ngày phát sóng", "On-air date", nullable=True),
        Column(
            "complete",
            "bool",
            "Danh sách đầy đủ",
            "Complete list",
            note="true for an operator's own list; false for crowd-sourced rows",
        ),
        Column("samples", "int", "Số mẫu đo", "Samples", "samples", nullable=True, ge=0, le=10**9),
        Column("range_m", "float", "Tầm ước tính", "Estimated range", "m", nullable=True, ge=0),
        AS_OF,
    ),
    geometry="",
)

COVERAGE = Table(
    "accepted_coverage",
    ("coverage_id",),
    "Vùng phủ do doanh nghiệp công bố",
    "Operators' coverage polygons accepted",
    (
        Column("coverage_id", "text", "Mã vùng phủ", "Coverage id"),
        OPERATOR,
        TECHNOLOGY,
        Column("indoor", "bool", "Trong nhà", "Indoor", nullable=True),
        AS_OF,
    ),
    geometry="polygon",
)

FIBRE_NODES = Table(
    "accepted_fibre_nodes",
    ("node_id",),
    "Điểm cáp quang đã tiếp nhận",
    "Fibre nodes accepted",
    (
        Column("node_id", "text", "Mã tủ, hộp cáp", "Node id"),
        OPERATOR,
        Column("kind", "text", "Loại điểm", "Kind of node", nullable=True),
        NETWORK_STATUS,
        Column("ports", "int", "Dung lượng cổng", "Ports", "ports", nullable=True, ge=0, le=10**6),
        Column(
            "ports_free", "int", "Cổng rỗi", "Free ports", "ports", nullable=True, ge=0, le=10**6
        ),
        Column(
            "access",
            "bool",
            "Điểm truy nhập",
            "Access node",
            note="false for backbone points that cannot feed a household",
        ),
        LON,
        LAT,
        Column(
            "complete",
            "bool",
            "Danh sách đầy đủ",
            "Complete list",
            nullable=True,
            note="false where the province file says so: then that no node is near proves no absence",
        ),
        AS_OF,
    ),
)

FIBRE_ROUTES = Table(
    "accepted_fibre_routes",
    ("route_id",),
    "Tuyến cáp quang đã tiếp nhận",
    "Fibre routes accepted",
    (
        Column("route_id", "text", "Mã tuyến", "Route id"),
        OPERATOR,
        Column("medium", "text", "Loại tuyến (treo, ngầm, kéo cống)", "Medium", nullable=True),
        NETWORK_STATUS,
        Column(
            "length_stated_m",
            "float",
            "Chiều dài công bố",
            "Length as stated",
            "m",
            nullable=True,
            ge=0,
        ),
        AS_OF,
    ),
    geometry="line",
)

CLAIMS = Table(
    "accepted_claims",
    ("claim_id",),
    "Xác nhận của doanh nghiệp theo thôn",
    "Operators' statements per hamlet accepted",
    (
        Column("claim_id", "text", "Mã xác nhận", "Claim id"),
        Column("hamlet_id", "text", "Mã thôn", "Hamlet id", nullable=True),
        Column("commune_code", "text", "Mã xã", "Commune code", nullable=True),
        EDITION_MAYBE,
        Column("hamlet_name", "text", "Tên thôn", "Hamlet name", nullable=True),
        OPERATOR,
        TECHNOLOGY,
        Column("ready", "bool", "Đã có", "Ready"),
        Column(
            "households_passed",
            "int",
            "Số hộ có thể lắp",
            "Households passed",
            "households",
            nullable=True,
            ge=0,
            le=10**5,
        ),
        AS_OF,
        Column("source_document", "text", "Văn bản nguồn", "Source document", nullable=True),
        FORMER_HAMLET_ID,
    ),
)

MEASUREMENTS = Table(
    "accepted_measurements",
    ("measurement_id",),
    "Kết quả đo kiểm, phản ánh đã tiếp nhận",
    "Measurements and field reports accepted",
    (
        Column("measurement_id", "text", "Mã phiếu đo", "Measurement id"),
        LON_MAYBE,
        LAT_MAYBE,
        Column("hamlet_id", "text", "Mã thôn", "Hamlet id", nullable=True),
        Column("commune_code", "text", "Mã xã", "Commune code", nullable=True),
        EDITION_MAYBE,
        Column("hamlet_name", "text", "Tên thôn", "Hamlet name", nullable=True),
        FORMER_HAMLET_ID,
        *MEASUREMENT_FACTS,
    ),
)

ROADS = Table(
    "accepted_roads",
    ("road_id",),
    "Đường giao thông đã tiếp nhận",
    "Roads accepted",
    (
        Column("road_id", "text", "Mã đường", "Road id"),
        Column("name", "text", "Tên đường", "Name", nullable=True),
        Column("road_class", "text", "Cấp đường", "Road class", nullable=True),
        Column("surface", "text", "Mặt đường", "Surface", nullable=True),
    ),
    geometry="line",
)

SCHOOLS = Table(
    "accepted_schools",
    ("school_id",),
    "Trường học đã tiếp nhận",
    "Schools accepted",
    (
        Column("school_id", "text", "Mã trường", "School id"),
        Column("name", "text", "Tên trường", "School"),
        Column("level", "text", "Cấp học", "Level", nullable=True),
        Column("commune_code", "text", "Mã xã", "Commune code", nullable=True),
        EDITION_MAYBE,
        LON_MAYBE,
        LAT_MAYBE,
        Column("pupils", "int", "Số học sinh", "Pupils", "pupils", nullable=True, ge=0, le=10**5),
        Column("has_internet", "bool", "Có Internet", "Has Internet", nullable=True),
    ),
)

TERRAIN = Table(
    "accepted_terrain",
    ("tile",),
    "Mảnh địa hình đã tiếp nhận",
    "Terrain tiles accepted",
    (
        Column("tile", "text", "Mảnh", "Tile"),
        Column("rows", "int", "Số hàng", "Rows", "cells", ge=1, le=10**6),
        Column("columns", "int", "Số cột", "Columns", "cells", ge=1, le=10**6),
        Column("cell_m", "float", "Cỡ ô", "Cell size", "m", ge=0),
        Column("voids", "int", "Ô trống đã lấp", "Void cells filled", "cells", ge=0, le=10**12),
        Column("lowest_m", "float", "Thấp nhất", "Lowest elevation", "m"),
        Column("highest_m", "float", "Cao nhất", "Highest elevation", "m"),
    ),
)

#: Source kinds that may name persons or serial numbers beside what is accepted of them.
VEILED = frozenset({"contributions", "lots"})
#: Accepted tables by source kind.
ACCEPTED: dict[str, Table] = {
    "communes": COMMUNES,
    "hamlet_lineage": HAMLET_LINEAGE,
    "hamlets": HAMLETS,
    "cells": CELLS,
    "coverage": COVERAGE,
    "fibre_nodes": FIBRE_NODES,
    "fibre_routes": FIBRE_ROUTES,
    "claims": CLAIMS,
    "measurements": MEASUREMENTS,
    "roads": ROADS,
    "terrain": TERRAIN,
    "schools": SCHOOLS,
    **BOOK,
}
