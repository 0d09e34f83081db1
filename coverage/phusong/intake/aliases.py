"""What a column may be called at the door.

Each canonical column lists the headings that offices, operators and open data sets use, the best
first. Canonical names and the Vietnamese and English labels of a table's own declaration are accepted
without being listed here.
"""

from __future__ import annotations

import re
from functools import cache

from phusong.intake.book_aliases import BOOK_ALIASES
from phusong.intake.carrier_aliases import CARRIERS
from phusong.intake.measurement_words import HEADINGS as MEASURED
from phusong.intake.pupil_aliases import POVERTY, STUDENTS
from phusong.intake.words import word_key
from phusong.vocabulary.tables.accepted import ACCEPTED
from phusong.vocabulary.tables.persons import PERSONAL

PLACE: dict[str, tuple[str, ...]] = {
    "lon": (
        "Kinh độ",
        "Kinh độ (WGS84)",
        "Long",
        "Longitude",
        "Lng",
        "Kinh do",
        "KĐ",
        "Lon_WGS84",
        "Kinh độ E",
        "Nhà văn hóa: kinh độ",
        "Tọa độ: kinh độ",
    ),
    "lat": (
        "Vĩ độ",
        "Vĩ độ (WGS84)",
        "Latitude",
        "Vi do",
        "VĐ",
        "Lat_WGS84",
        "Vĩ độ N",
        "Nhà văn hóa: vĩ độ",
        "Tọa độ: vĩ độ",
    ),
    "position": (
        "Tọa độ",
        "Toạ độ",
        "Tọa độ GPS",
        "Vị trí tọa độ",
        "Kinh độ/Vĩ độ",
        "Kinh độ, vĩ độ",
        "Vĩ độ, kinh độ",
        "Lat/Long",
        "Lat, long",
        "Long/Lat",
        "Coordinates",
        "Tọa độ (kinh độ/vĩ độ)",
        "GPS",
    ),
    "x": ("X", "X (m)", "Tọa độ X", "Toạ độ X", "Tọa độ: X", "X VN2000", "Tọa độ X (VN2000)"),
    "y": ("Y", "Y (m)", "Tọa độ Y", "Toạ độ Y", "Tọa độ: Y", "Y VN2000", "Tọa độ Y (VN2000)"),
    "commune_code": (
        "Mã xã",
        "Mã xã/phường",
        "Mã xã, phường, thị trấn",
        "Mã ĐVHC cấp xã",
        "MA_XA",
        "Ma_px",
        "maxa",
    ),
    "commune_name": (
        "Xã/phường/thị trấn",
        "Xã, phường, thị trấn",
        "Xã/Phường",
        "Xã",
        "Phường/Xã",
        "Tên xã",
        "Xã phường",
        "TEN_XA",
        "Tên xã/phường",
        "commune",
        "admin3",
    ),
    "district": (
        "Huyện",
        "Huyện/thành phố",
        "Huyện, thành phố",
        "Quận/huyện",
        "Tên huyện",
        "Huyện/TP",
        "TEN_HUYEN",
        "district",
        "Huyện/thị",
        "admin2",
    ),
    "as_of": (
        "Ngày số liệu",
        "Ngày cập nhật",
        "Thời điểm số liệu",
        "Ngày báo cáo",
        "Số liệu đến ngày",
        "as of",
    ),
}

OPERATOR: dict[str, tuple[str, ...]] = {
    "operator": (
        "Doanh nghiệp",
        "Nhà mạng",
        "Doanh nghiệp viễn thông",
        "DNVT",
        "DN",
        "Đơn vị",
        "Đơn vị quản lý",
        "operator_name",
        "Tên doanh nghiệp",
        "Nhà cung cấp",
        "mno",
    ),
}

STATUS: dict[str, tuple[str, ...]] = {
    "status": (
        "Hiện trạng",
        "Trạng thái",
        "Tình trạng",
        "Tình trạng hoạt động",
        "Trạng thái hoạt động",
    ),
}

CELLS: dict[str, tuple[str, ...]] = {
    **PLACE,
    **OPERATOR,
    **STATUS,
    **CARRIERS,
    "site_code": (
        "Mã trạm",
        "Mã vị trí",
        "Mã trạm BTS",
        "Tên trạm",
        "Mã nhà trạm",
        "Site code",
        "Site ID",
        "Site name",
        "ict_id",
        "Mã cột",
    ),
    "cell_id": ("Mã ô", "Cell ID", "source_cell_id"),
    "technology": ("Công nghệ", "Công nghệ mạng", "Tech", "RAT", "radio_type", "Technologies"),
    "has_2g": ("2G", "2G (x)", "Có 2G", "GSM"),
    "has_3g": ("3G", "3G (x)", "Có 3G", "UMTS", "WCDMA"),
    "has_4g": ("4G", "4G (x)", "Có 4G", "LTE", "4G/LTE"),
    "has_5g": ("5G", "5G (x)", "Có 5G", "NR"),
    "height_m": (
        "Chiều cao (m)",
        "Chiều cao",
        "Chiều cao anten",
        "Chiều cao anten (m)",
        "Độ cao anten",
        "Chiều cao cột",
        "Chiều cao cột (m)",
        "Chiều cao cột anten",
        "antenna_height",
        "tower_height",
        "Height",
    ),
    "structure": ("Loại cột", "Loại cột anten", "Kết cấu", "Kiểu cột", "Loại nhà trạm"),
    "on_air": (
        "Ngày phát sóng",
        "Ngày on air",
        "Thời điểm phát sóng",
        "Ngày hoạt động",
        "On air date",
    ),
    "address": ("Địa chỉ", "Địa điểm", "Vị trí lắp đặt", "Address"),
    "hamlet_name": ("Thôn", "Thôn/Xóm", "Tên thôn", "Thôn, TDP"),
    "radio": ("radio",),
    "mcc": ("mcc",),
    "net": ("net", "mnc"),
    "area": ("area", "lac", "tac"),
    "cell": ("cell", "cid", "ci"),
    "samples": ("samples", "sam", "Số mẫu"),
    "range_m": ("range", "range_m", "Tầm phủ (m)"),
    "created": ("created",),
    "updated": ("updated",),
    "average_signal": ("averageSignal", "average_signal"),
}

CLAIMS: dict[str, tuple[str, ...]] = {
    **OPERATOR,
    "hamlet_id": ("Mã thôn", "Mã thôn, TDP", "Mã TDP", "Hamlet ID"),
    "hamlet_name": (
        "Thôn",
        "Tên thôn",
        "Tên thôn, TDP",
        "Thôn, TDP",
        "Thôn/TDP",
        "Thôn/Xóm",
        "Khu dân cư",
        "Tên thôn TDP",
    ),
    "commune_code": PLACE["commune_code"],
    "commune_name": PLACE["commune_name"],
    "district": PLACE["district"],
    "technology": ("Dịch vụ", "Công nghệ", "Loại dịch vụ", "Service"),
    "ready": (
        "Đã có",
        "Đã có (x)",
        "Thôn đã có cáp quang",
        "Thôn đã có cáp quang (x)",
        "Có cáp quang",
        "Sẵn sàng",
        "Đã có cáp quang",
        "Đã sẵn sàng",
    ),
    "households_passed": (
        "Số hộ có thể lắp",
        "Số hộ có thể lắp đặt",
        "Số hộ trong vùng phục vụ",
        "Homes passed",
    ),
    "as_of": ("Ngày", *PLACE["as_of"], "Ngày xác nhận", "Ngày văn bản"),
    "source_document": ("Văn bản", "Căn cứ", "Số văn bản", "Văn bản xác nhận"),
}

#: Columns of a measurement; where one stands may be told by a position, a hamlet or a tile.
MEASUREMENTS: dict[str, tuple[str, ...]] = {
    **MEASURED,
    **{n: (*PLACE[n], *MEASURED.get(n, ())) for n in PLACE if n != "as_of"},
    "operator": (*MEASURED["operator"], *OPERATOR["operator"]),
}

SCHOOLS: dict[str, tuple[str, ...]] = {
    **PLACE,
    "school_id": ("Mã trường", "Mã cơ sở giáo dục", "School code", "poi_id", "osm_id"),
    "name": ("Tên trường", "Trường", "Tên cơ sở giáo dục", "School name", "label"),
    "level": ("Cấp học", "Cấp", "Bậc học", "poi_subtype", "fclass", "Loại trường"),
    "pupils": ("Số HS", "Số học sinh", "Tổng số HS", "Tổng số học sinh", "Sĩ số"),
    "has_internet": ("Có Internet", "Internet", "Kết nối Internet", "is_connected"),
    "satellites": ("Số điểm trường", "Điểm trường"),
}

FIBRE_NODES: dict[str, tuple[str, ...]] = {
    **PLACE,
    **OPERATOR,
    **STATUS,
    "node_id": (
        "Mã tủ",
        "Mã tủ/ODF/hộp cáp",
        "Mã tủ/ODF/hộp cáp (splitter)",
        "Mã hộp cáp",
        "Mã ODF",
        "Mã splitter",
        "Mã điểm",
        "Node ID",
        "id",
    ),
    "kind": (
        "Loại",
        "Loại tủ",
        "Loại điểm",
        "Loại (OLT/tủ phối S1/hộp S2)",
        "Loại thiết bị",
        "Type",
    ),
    "ports": (
        "Dung lượng port",
        "Dung lượng cổng",
        "Dung lượng",
        "Tổng port",
        "Số port",
        "Số cổng",
    ),
    "ports_free": (
        "Port rỗi",
        "Cổng rỗi",
        "Port trống",
        "Số port rỗi",
        "Cổng còn trống",
        "Port còn",
    ),
    "hamlet_name": ("Thôn", "Thôn/Xóm", "Tên thôn", "Thôn, TDP"),
}

HAMLETS: dict[str, tuple[str, ...]] = {
    **PLACE,
    "hamlet_id": ("Mã thôn", "Mã thôn, TDP", "Mã TDP", "ma_thon", "Hamlet ID"),
    "name": (
        "Tên thôn TDP",
        "Tên thôn, TDP",
        "Tên thôn",
        "Tên thôn/TDP",
        "Thôn, TDP",
        "Thôn",
        "ten_thon",
        "Khu dân cư",
    ),
    "name_vi": ("Tên tiếng Việt", "name:vi"),
    "kind": ("Loại", "Loại hình", "loai"),
    "households": ("Số hộ", "Tổng số hộ", "so_ho"),
    "population": ("Số nhân khẩu", "Nhân khẩu", "Số khẩu", "Dân số", "dan_so"),
    "special_difficulty": ("Thôn ĐBKK (x)", "Thôn ĐBKK", "ĐBKK", "Thôn đặc biệt khó khăn (x)"),
    "grid_power": ("Có điện lưới (x)", "Điện lưới", "Có điện", "Có điện lưới quốc gia"),
    "former_names": ("Tên cũ", "Tên gọi cũ", "Tên trước sáp nhập"),
    "cluster_count": ("Số cụm dân cư",),
    "cluster_names": ("Tên các cụm dân cư", "Tên các cụm", "ten_cum"),
    "cluster_households": ("Số hộ từng cụm dân cư", "Số hộ từng cụm", "so_ho_cum", "ho_cum"),
}

COMMUNES: dict[str, tuple[str, ...]] = {
    "commune_code": (
        *PLACE["commune_code"],
        "code",
        "gso_code_2023",
        "Mã đơn vị hành chính",
        "ward_code",
        "ma",
    ),
    "commune_name": (*PLACE["commune_name"], "name", "full_name", "Tên đơn vị hành chính", "ten"),
    "district": PLACE["district"],
    "population": ("Dân số", "Dân số (người)", "DAN_SO", "pop_2009", "population"),
    "area_stated_km2": ("Diện tích km²", "Diện tích (km2)", "DT_KM2", "area_km2", "Diện tích"),
}

COVERAGE: dict[str, tuple[str, ...]] = {
    **OPERATOR,
    "coverage_id": ("Mã vùng", "Mã vùng phủ", "id", "fid"),
    "technology": ("Công nghệ", "cong_nghe", "radio_type", "Loại mạng", "tech", "signal"),
    "indoor": ("Trong nhà", "trong_nha", "indoor"),
    "as_of": PLACE["as_of"],
}

FIBRE_ROUTES: dict[str, tuple[str, ...]] = {
    **OPERATOR,
    "route_id": ("Mã tuyến", "ma_tuyen", "id", "Route ID"),
    "medium": (
        "Loại",
        "Loại tuyến",
        "loai_tuyen",
        "Loại (treo/ngầm/kéo cống)",
        "deployment",
        "transmissionMedium",
    ),
    "status": (*STATUS["status"], "trang_thai"),
    "length_stated_m": (
        "Chiều dài (m)",
        "Chiều dài km",
        "Chiều dài (km)",
        "chieu_dai",
        "length_m",
        "fibreLength",
    ),
    "as_of": PLACE["as_of"],
}

ROADS: dict[str, tuple[str, ...]] = {
    "road_id": ("Mã đường", "ma_duong", "osm_id", "road_id"),
    "name": ("Tên đường", "ten", "name", "ref"),
    "road_class": ("Cấp đường", "cap_duong", "highway", "fclass", "class"),
    "surface": ("Mặt đường", "mat_duong", "surface"),
}

#: Headings by source kind: canonical column → what it may be called, best first.
ALIASES: dict[str, dict[str, tuple[str, ...]]] = {
    "cells": CELLS,
    "claims": CLAIMS,
    "measurements": MEASUREMENTS,
    "schools": SCHOOLS,
    "fibre_nodes": FIBRE_NODES,
    "hamlets": HAMLETS,
    "communes": COMMUNES,
    "coverage": COVERAGE,
    "fibre_routes": FIBRE_ROUTES,
    "roads": ROADS,
    "students": STUDENTS,
    "poverty": POVERTY,
    **BOOK_ALIASES,
}

#: What each source kind becomes at the door.
TABLES = {**ACCEPTED, **PERSONAL}

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
