"""What a column may be called at the door.

Each canonical column lists the headings that offices, operators and open data sets use, the best
first. Canonical names and the Vietnamese and English labels of a table's own declaration are accepted
without being listed here.
"""

from __future__ import annotations

import re
from functools import cache

from phusong.intake.book_aliases import BOOK_ALIASES
from phusong.intake.lineage_words import HEADINGS as LINEAGE
from phusong.intake.measurement_words import HEADINGS as MEASURED
from phusong.intake.network_aliases import (
    CELLS,
    CLAIMS,
    COVERAGE,
    FIBRE_NODES,
    FIBRE_ROUTES,
)
from phusong.intake.pupil_aliases import POVERTY, STUDENTS
from phusong.intake.unit_words import UNIT_HEADINGS
from phusong.intake.words import word_key
from phusong.vocabulary.tables.accepted import ACCEPTED, UNITS
from phusong.vocabulary.tables.persons import PERSONAL

PLACE: dict[str, tuple[str, ...]] = {
    "lon": (
        "Kinh độ", "Kinh độ (WGS84)", "Long", "Longitude", "Lng", "Kinh do", "KĐ", "Lon_WGS84", "Kinh độ E",
        "Nhà văn hóa: kinh độ", "Tọa độ: kinh độ", "Kinh độ (E)", "Kinh độ Đông", "Tọa độ kinh độ",
        "Tọa độ (kinh độ)", "Longitude (E)", "Long_WGS84", "Kinh độ (Long)", "Kinh độ (Longitude)",
    ),
    "lat": (
        "Vĩ độ", "Vĩ độ (WGS84)", "Latitude", "Vi do", "VĐ", "Lat_WGS84", "Vĩ độ N",
        "Nhà văn hóa: vĩ độ", "Tọa độ: vĩ độ", "Vĩ độ (N)", "Vĩ độ Bắc", "Tọa độ vĩ độ", "Tọa độ (vĩ độ)",
        "Latitude (N)", "Vĩ độ (Lat)", "Vĩ độ (Latitude)",
    ),
    "position": (
        "Tọa độ", "Toạ độ", "Tọa độ GPS", "Vị trí tọa độ", "Kinh độ/Vĩ độ", "Kinh độ, vĩ độ",
        "Vĩ độ, kinh độ", "Lat/Long", "Lat, long", "Long/Lat", "Coordinates", "Tọa độ (kinh độ/vĩ độ)",
        "GPS", "Tọa độ địa lý", "Tọa độ (vĩ độ, kinh độ)", "Vĩ độ/Kinh độ", "Tọa độ trạm", "Tọa độ vị trí",
        "Lat/Lon", "Lat, Lon", "Location (lat, long)", "GPS coordinates",
    ),
    "x": (
        "X", "X (m)", "Tọa độ X", "Toạ độ X", "Tọa độ: X", "X VN2000", "Tọa độ X (VN2000)", "X (VN2000)",
        "X_VN2000", "X_m",
    ),
    "y": (
        "Y", "Y (m)", "Tọa độ Y", "Toạ độ Y", "Tọa độ: Y", "Y VN2000", "Tọa độ Y (VN2000)", "Y (VN2000)",
        "Y_VN2000", "Y_m",
    ),
    "commune_code": (
        "Mã xã", "Mã xã/phường", "Mã xã, phường, thị trấn", "Mã ĐVHC cấp xã", "MA_XA", "Ma_px", "maxa",
        "Mã ĐVHC", "Mã xã/phường/thị trấn", "Mã đơn vị hành chính cấp xã", "Mã phường/xã", "Mã phường, xã",
        "Commune code", "Ward code", "admin3 code", "admin3_code",
    ),
    "commune_name": (
        "Xã/phường/thị trấn", "Xã, phường, thị trấn", "Xã/Phường", "Xã", "Phường/Xã", "Tên xã",
        "Xã phường", "TEN_XA", "Tên xã/phường", "commune", "admin3", "Xã, phường", "Phường, xã", "Phường",
        "Tên xã, phường, thị trấn", "Xã/phường/TT", "Đơn vị hành chính cấp xã", "ĐVHC cấp xã",
        "Thuộc xã", "Địa bàn xã", "Ward",
    ),
    "district": (
        "Huyện", "Huyện/thành phố", "Huyện, thành phố", "Quận/huyện", "Tên huyện", "Huyện/TP", "TEN_HUYEN",
        "district", "Huyện/thị", "admin2", "Quận, huyện", "Huyện, TP", "Huyện/TX/TP", "Huyện, thị, thành",
        "Huyện/thị xã/thành phố", "Thuộc huyện",
    ),
    "as_of": (
        "Ngày số liệu", "Ngày cập nhật", "Thời điểm số liệu", "Ngày báo cáo", "Số liệu đến ngày", "as of",
        "Ngày thống kê", "Thời điểm thống kê", "Thời điểm báo cáo", "Cập nhật ngày", "Updated on",
    ),
}  # fmt: skip

OPERATOR: dict[str, tuple[str, ...]] = {
    "operator": (
        "Doanh nghiệp", "Nhà mạng", "Doanh nghiệp viễn thông", "DNVT", "DN", "Đơn vị", "Đơn vị quản lý",
        "operator_name", "Tên doanh nghiệp", "Nhà cung cấp", "mno", "Tên nhà mạng",
        "Doanh nghiệp (nhà mạng)",
        "Đơn vị khai thác", "Doanh nghiệp khai thác", "Đơn vị cung cấp", "Nhà cung cấp dịch vụ",
        "Doanh nghiệp cung cấp", "Mạng", "Network operator", "Licensee", "Licence holder", "License holder",
        "Carrier", "Provider", "Service provider", "Network provider",
    ),
}  # fmt: skip
#: Who owns a cable runs it; who owns a mast need not.
_CABLES: dict[str, tuple[str, ...]] = {
    "operator": (
        *OPERATOR["operator"], "Chủ sở hữu", "Đơn vị sở hữu", "Doanh nghiệp sở hữu", "Owner", "Owners",
        "Owned by",
    ),
}  # fmt: skip

STATUS: dict[str, tuple[str, ...]] = {
    "status": (
        "Hiện trạng", "Trạng thái", "Tình trạng", "Tình trạng hoạt động", "Trạng thái hoạt động",
        "Hiện trạng hoạt động", "Tình trạng khai thác", "Hiện trạng sử dụng", "trang_thai",
        "Trạng thái phát sóng", "Trạng thái khai thác", "Operational status",
    ),
}  # fmt: skip

#: Columns of a measurement; where one stands may be told by a position, a hamlet or a tile.
MEASUREMENTS: dict[str, tuple[str, ...]] = {
    **MEASURED,
    **{n: (*PLACE[n], *MEASURED.get(n, ())) for n in PLACE if n != "as_of"},
    "operator": (*MEASURED["operator"], *OPERATOR["operator"]),
}

SCHOOLS: dict[str, tuple[str, ...]] = {
    **PLACE,
    "school_id": (
        "Mã trường", "Mã cơ sở giáo dục", "School code", "poi_id", "osm_id", "Mã CSGD", "Mã trường học",
        "Mã đơn vị", "Mã trường (CSDL ngành)", "School ID", "giga_id_school", "school_id_giga",
    ),
    "name": (
        "Tên trường", "Trường", "Tên cơ sở giáo dục", "School name", "label", "Tên trường học",
        "Trường học",
        "Tên đơn vị", "Cơ sở giáo dục", "Tên CSGD", "Đơn vị trường",
    ),
    "level": (
        "Cấp học", "Cấp", "Bậc học", "poi_subtype", "fclass", "Loại trường", "Cấp trường",
        "Education level",
    ),
    "pupils": (
        "Số HS", "Số học sinh", "Tổng số HS", "Tổng số học sinh", "Sĩ số", "Số lượng học sinh", "Tổng HS",
        "HS", "Tổng học sinh", "Quy mô học sinh", "Enrolment", "Number of pupils", "Number of students",
        "Students", "num_students",
    ),
    "has_internet": (
        "Có Internet", "Internet", "Kết nối Internet", "is_connected", "Có kết nối Internet", "Có mạng",
        "Có mạng Internet", "Đã kết nối Internet", "Mạng Internet",
    ),
    "satellites": ("Số điểm trường", "Điểm trường", "Số điểm trường lẻ"),
}  # fmt: skip

HAMLETS: dict[str, tuple[str, ...]] = {
    **PLACE,
    "hamlet_id": ("Mã thôn", "Mã thôn, TDP", "Mã TDP", "ma_thon", "Hamlet ID", "Mã thôn/TDP",
        "Mã khu dân cư", "Village code", "Village ID", "geonameid", "geoname_id", "poi_id"),
    "name": (
        "Tên thôn TDP", "Tên thôn, TDP", "Tên thôn", "Tên thôn/TDP", "Thôn, TDP", "Thôn", "ten_thon",
        "Khu dân cư", "Tên thôn, tổ dân phố", "Thôn, tổ dân phố", "Thôn/Tổ dân phố", "Tên thôn/tổ dân phố",
        "Thôn/Xóm", "Tên thôn, bản, tổ dân phố", "Thôn, bản", "Tên khu dân cư", "Tên TDP", "Tổ dân phố",
        "Tên thôn (TDP)", "Village", "Village name", "Hamlet name", "Settlement", "Place name", "label",
    ),
    "name_vi": ("Tên tiếng Việt", "name:vi"),
    "kind": ("Loại", "Loại hình", "loai", "Phân loại"),
    "households": (
        "Số hộ", "Tổng số hộ", "so_ho", "Tổng hộ", "Số hộ dân", "Số hộ gia đình", "Hộ", "Tổng số hộ dân",
        "Tổng số hộ gia đình", "Number of households", "Households",
    ),
    "population": (
        "Số nhân khẩu", "Nhân khẩu", "Số khẩu", "Dân số", "dan_so", "Tổng số nhân khẩu", "Tổng nhân khẩu",
        "Tổng số khẩu", "Số dân", "Khẩu", "Dân số (người)", "Tổng dân số",
    ),
    "special_difficulty": (
        "Thôn ĐBKK (x)", "Thôn ĐBKK", "ĐBKK", "Thôn đặc biệt khó khăn (x)", "Thôn đặc biệt khó khăn",
        "Thuộc diện ĐBKK", "Thôn thuộc diện đặc biệt khó khăn", "Đặc biệt khó khăn",
    ),
    "grid_power": (
        "Có điện lưới (x)", "Điện lưới", "Có điện", "Có điện lưới quốc gia", "Có điện lưới",
        "Điện lưới quốc gia",
    ),
    "former_names": (
        "Tên cũ", "Tên gọi cũ", "Tên trước sáp nhập", "Tên thôn cũ", "Tên gọi khác",
        "Tên trước khi sáp nhập",
    ),
    "cluster_count": ("Số cụm dân cư",),
    "cluster_names": ("Tên các cụm dân cư", "Tên các cụm", "ten_cum"),
    "cluster_households": ("Số hộ từng cụm dân cư", "Số hộ từng cụm", "so_ho_cum", "ho_cum"),
}  # fmt: skip

COMMUNES: dict[str, tuple[str, ...]] = {
    "commune_code": (
        *PLACE["commune_code"], "code", "gso_code_2023", "Mã đơn vị hành chính", "ward_code", "ma",
        "pcode", "adm3_pcode", "adm2_pcode", "shapeID",
    ),
    "commune_name": (
        *PLACE["commune_name"], "name", "full_name", "Tên đơn vị hành chính", "ten", "adm3_en", "adm2_en",
        "shapeName",
    ),
    "district": (*PLACE["district"], "Tên đơn vị cấp trên", "parent_name", "parent"),
    "district_code": ("Mã huyện", "Mã đơn vị cấp trên", "parent_code", "admin2_code"),
    "population": (
        "Dân số", "Dân số (người)", "DAN_SO", "pop_2009", "population", "Số dân", "Tổng dân số",
        "Quy mô dân số (người)",
    ),
    "area_stated_km2": (
        "Diện tích km²", "Diện tích (km2)", "DT_KM2", "area_km2", "Diện tích", "Diện tích tự nhiên (km2)",
        "Diện tích tự nhiên (km²)",
    ),
}  # fmt: skip

ROADS: dict[str, tuple[str, ...]] = {
    "road_id": ("Mã đường", "ma_duong", "osm_id", "road_id", "Mã tuyến đường", "Số hiệu đường"),
    "name": ("Tên đường", "ten", "name", "ref", "Tên tuyến đường", "Tên tuyến", "Road name"),
    "road_class": ("Cấp đường", "cap_duong", "highway", "fclass", "class", "Loại đường", "Road type"),
    "surface": ("Mặt đường", "mat_duong", "surface", "Kết cấu mặt đường", "Loại mặt đường", "Road surface"),
}  # fmt: skip

#: Headings by source kind: canonical column → what it may be called, best first.
ALIASES: dict[str, dict[str, tuple[str, ...]]] = {
    "cells": {
        **PLACE,
        "operator": (*OPERATOR["operator"], "Network"),
        **STATUS,
        **CELLS,
    },
    "claims": {
        **OPERATOR,
        **CLAIMS,
        **{name: PLACE[name] for name in ("commune_code", "commune_name", "district")},
        "as_of": ("Ngày", *PLACE["as_of"], "Ngày xác nhận", "Ngày văn bản"),
    },
    "measurements": MEASUREMENTS,
    "schools": SCHOOLS,
    "fibre_nodes": {**PLACE, **_CABLES, **STATUS, **FIBRE_NODES},
    "hamlets": HAMLETS,
    "hamlet_lineage": {
        **LINEAGE,
        **{n: PLACE[n] for n in ("lon", "lat", "position", "x", "y", "district")},
    },
    "communes": COMMUNES,
    "coverage": {**OPERATOR, **COVERAGE, "as_of": PLACE["as_of"]},
    "fibre_routes": {**_CABLES, **STATUS, **FIBRE_ROUTES, "as_of": PLACE["as_of"]},
    "roads": ROADS,
    "units": UNIT_HEADINGS,
    "students": STUDENTS,
    "poverty": POVERTY,
    **BOOK_ALIASES,
}

#: What else the Open Fibre Data Standard says of a node or a span.
_OPEN_FIBRE = (
    "name", "phase", "physicalInfrastructureProvider", "supplier", "transmissionMediumOwner", "fibreType",
    "fibreTypeDetails", "fibreCount", "capacity", "capacityDetails", "countries", "readyForServiceDate",
    "directed", "darkFibre", "technologies", "power", "internationalConnections", "location", "featureType",
)  # fmt: skip
#: Headings that are known and of no use, by source kind: what resembles them is listed as not read, no more.
UNNEEDED: dict[str, tuple[str, ...]] = {
    "cells": (
        "Công nghệ truyền dẫn", "Truyền dẫn", "Giấy phép xây dựng", "Chủ sở hữu", "Nguồn điện", "Góc nghiêng",
        "Tilt", "Dùng chung hạ tầng", "Loại truyền dẫn", "Diện tích", "Ghi chú", "unit", "changeable",
        "Country", "Continent", "License number", "source_ict_id", "dataset_id", "country_code", "admin1",
        "uplink_frequency_mhz", "antenna_model", "antenna_gain", "antenna_horizontal_beamwidth_degrees",
        "antenna_vertical_beamwidth_degrees", "mechanical_tilt_degrees", "electrical_tilt_degrees",
        "backhaul_type", "backhaul_throuput_mbps", "power_source",
    ),
    "fibre_nodes": ("Suy hao (dB)", "Địa chỉ", "Ghi chú", *_OPEN_FIBRE),
    "fibre_routes": (
        "Từ – đến", "Chủ cột (điện lực/VT)", "Số sợi", "Hạn hoàn thành", "Ghi chú", *_OPEN_FIBRE,
    ),
    "hamlets": (
        "Số hộ nghèo", "Số hộ cận nghèo", "Số hộ DTTS", "Dân tộc chủ yếu", "Căn cứ", "Ngày hiệu lực",
        "Trưởng thôn", "Số điện thoại trưởng thôn", "Diện tích", "Ghi chú", "Nhà văn hóa",
    ),
    "schools": (
        "Loại hình", "Phòng GD&ĐT", "Số lớp", "Số máy tính", "Địa chỉ", "Hiệu trưởng", "Điện thoại",
        "Tốc độ Internet", "Số giáo viên", "Ghi chú", "poi_type", "source_poi_id", "dataset_id", "is_public",
        "country_code", "admin1", "connectivity_type", "has_electricity", "electricity_type",
    ),
    "communes": (
        "full_name_en", "gis_server_id", "Mã tỉnh", "province_code", "Tỉnh", "province", "Khu vực", "Ghi chú",
    ),
    "students": (
        "Quốc tịch", "Tôn giáo", "Nghề nghiệp", "Năm vào trường", "Buổi học", "Email", "Số thứ tự",
        "Tên tiếng Anh", "Bảo hiểm y tế", "Ngày vào trường", "Học lực", "Hạnh kiểm", "Đoàn viên", "Đội viên",
        "Nhóm máu", "Số buổi học trên tuần", "Mã tỉnh", "Mã huyện", "Mã xã", "Mã thôn",
    ),
}  # fmt: skip

#: What each source kind becomes at the door.
TABLES = {**ACCEPTED, **PERSONAL, "units": UNITS}

#: Second line of a two-row heading that stands for the whole of the first.
WHOLE_WORDS = frozenset(("tongso", "tong", "chung"))

_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def heading_keys(heading: str) -> list[str]:
    """Return the keys under which a heading may be known: as it stands, then without its unit."""
    keys = [word_key(heading), word_key(_PARENTHESES.sub(" ", heading))]
    if ":" in heading:
        group, _, part = heading.rpartition(":")
        keys += heading_keys(group) if word_key(part) in WHOLE_WORDS else heading_keys(part)
    return [k for k in dict.fromkeys(keys) if k]


@cache
def known_headings(kind: str) -> dict[str, tuple[str, int]]:
    """Return heading key → canonical column and its rank among the column's headings, best 0.

    Parameters
    ----------
    kind : source kind.
    """
    known: dict[str, tuple[str, int]] = {}
    for name, headings in ALIASES.get(kind, {}).items():
        for rank, heading in enumerate(headings):
            known.setdefault(word_key(heading), (name, rank + 1))
    for column in TABLES[kind].columns:
        for heading in (column.name, column.vi, column.en):
            known.setdefault(word_key(heading), (column.name, 0))
    for name in ALIASES.get(kind, {}):
        known[word_key(name)] = (name, 0)
    return known


def accepted_headings(kind: str, name: str) -> list[str]:
    """Return what a canonical column may be called, best first, as a clerk would type it."""
    labels = [c.vi for c in TABLES[kind].columns if c.name == name]
    return list(dict.fromkeys([*labels, *ALIASES.get(kind, {}).get(name, ()), name]))
