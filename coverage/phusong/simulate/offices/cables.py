"""The fixed-line operators: VNPT's open fibre data, Viettel's list of cabinets, statements by hamlet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.fibre import BOX, CABINET, EXCHANGE, SPLICE
from phusong.simulate.offices.sheets import (
    WARNING_TITLE,
    Sheet,
    Wrong,
    cross,
    drop_districts,
    fill_sheet,
    spell_day,
)
from phusong.simulate.offices.writing import write_workbook
from phusong.vocabulary.terms import NetworkStatus, Operator

NODES_FILE = "mo_phong_cap_quang_nodes.geojson"
SPANS_FILE = "mo_phong_cap_quang_spans.geojson"
CABINETS_FILE = "mo_phong_tu_cap_viettel.xlsx"
CLAIMS_FILE = "mo_phong_xac_nhan_cap_quang.xlsx"

#: Codes of the Open Fibre Data Standard, version 0.4.
OFDS_STATUS = {
    str(NetworkStatus.LIVE): "operational",
    str(NetworkStatus.BUILDING): "underConstruction",
    str(NetworkStatus.PLANNED): "planned",
    str(NetworkStatus.DEAD): "decommissioned",
}
OFDS_TYPE = {EXCHANGE: "exchange", CABINET: "cabinet", BOX: "cabinet", SPLICE: "aggregationPoint"}
OFDS_DEPLOYMENT = {"treo": "aboveGround", "ngầm": "belowGround", "kéo cống": "belowGround"}
PROVIDER = {"id": "MP-VNPT", "name": "VNPT"}
SCHEMA = "https://standard.ofds.info/en/0__4__0/network-schema.json"

STATES = {
    str(NetworkStatus.LIVE): "Hiện có",
    str(NetworkStatus.BUILDING): "Đang thi công",
    str(NetworkStatus.PLANNED): "Kế hoạch",
    str(NetworkStatus.DEAD): "Ngừng hoạt động",
}
FIBRE_SERVICE = "Cáp quang (FTTH)"


def describe_network(demonstration: Demonstration) -> dict[str, Any]:
    """Return what every feature says of VNPT's network."""
    return {
        "id": f"mo-phong-vnpt-{demonstration.file_name.replace('_', '-')}",
        "name": f"VNPT {demonstration.name} – {WARNING_TITLE}",
        "publicationDate": demonstration.on(9, 1).isoformat(),
        "links": [{"rel": "describedby", "href": SCHEMA}],
    }


def describe_nodes(
    nodes: pd.DataFrame, hamlets: pd.DataFrame, network: Mapping[str, Any]
) -> dict[str, Any]:
    """Return VNPT's nodes as a GeoJSON collection of the Open Fibre Data Standard."""
    mine = nodes[nodes["operator"] == Operator.VNPT]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
            "properties": {
                "id": row.node_id,
                "name": f"{row.kind} {hamlets['name'].iloc[row.place]}",
                "status": OFDS_STATUS[row.status],
                "type": [OFDS_TYPE[row.kind]],
                "accessPoint": bool(row.access),
                "networkProviders": [PROVIDER],
                "network": network,
                "featureType": "node",
            },
        }
        for row in mine.itertuples(index=False)
    ]
    return {"type": "FeatureCollection", "description": WARNING_TITLE, "features": features}


def describe_spans(routes: gpd.GeoDataFrame, network: Mapping[str, Any]) -> dict[str, Any]:
    """Return VNPT's routes as a GeoJSON collection of the Open Fibre Data Standard."""
    mine = routes[routes["operator"] == Operator.VNPT]
    features = [
        {
            "type": "Feature",
            "geometry": json.loads(shapely.to_geojson(shapely.set_precision(row.geometry, 1e-6))),
            "properties": {
                "id": row.route_id,
                "name": f"{row.start_node} – {row.end_node}",
                "status": OFDS_STATUS[row.status],
                "start": {"id": row.start_node},
                "end": {"id": row.end_node},
                "transmissionMedium": ["fibre"],
                "deployment": [OFDS_DEPLOYMENT[row.medium]],
                "fibreLength": float(row.length_stated_m),
                "networkProviders": [PROVIDER],
                "network": network,
                "featureType": "span",
            },
        }
        for row in mine.itertuples(index=False)
    ]
    return {"type": "FeatureCollection", "description": WARNING_TITLE, "features": features}


def list_cabinets(
    nodes: pd.DataFrame,
    hamlets: pd.DataFrame,
    demonstration: Demonstration,
    *,
    rng: np.random.Generator,
) -> Sheet:
    """Return Viettel's list of exchanges, cabinets and boxes."""
    mine = nodes[nodes["operator"] == Operator.VIETTEL].reset_index(drop=True)
    home = hamlets.iloc[mine["place"]].reset_index(drop=True)
    rows = pd.DataFrame(
        {
            "Mã tủ": mine["node_id"],
            "Loại": mine["kind"],
            "Kinh độ": mine["lon"],
            "Vĩ độ": mine["lat"],
            "Xã": home["commune"],
            "Thôn": home["name"],
            "Dung lượng port": mine["ports"].where(mine["ports"] > 0),
            "Port rỗi": mine["ports_free"].where(mine["ports"] > 0),
            "Trạng thái": mine["status"].map(STATES),
            "Ngày cập nhật": spell_day(mine["as_of"]),
        }
    )
    site, far = demonstration.site_prefix, demonstration.list_far()[0]
    wrong = [
        Wrong(
            {"Mã tủ": f"VTL.{site}.90001", "Kinh độ": far.lon, "Vĩ độ": far.lat},
            "Kinh độ",
            "outside",
            f"tọa độ ở {far.name}",
        ),
        Wrong(
            {"Mã tủ": f"VTL.{site}.90002", "Kinh độ": None, "Vĩ độ": None},
            "Kinh độ",
            "required_empty",
            "thiếu tọa độ",
        ),
        Wrong(
            {
                "Mã tủ": f"VTL.{site}.90003",
                "Trạng thái": "Ngừng hoạt động",
                "Dung lượng port": 8,
                "Port rỗi": 12,
            },
            "Port rỗi",
            "more_free_than_ports",
            "số port rỗi lớn hơn dung lượng",
            "warning",
        ),
    ]
    titles = (WARNING_TITLE, f"Danh sách tủ, hộp cáp quang Viettel {demonstration.name} (mô phỏng)")
    return fill_sheet(CABINETS_FILE, rows, wrong, rng=rng, name="Tu cap", titles=titles)


def list_claims(
    claims: pd.DataFrame,
    hamlets: pd.DataFrame,
    demonstration: Demonstration,
    *,
    rng: np.random.Generator,
) -> Sheet:
    """Return the statements of VNPT and FPT by hamlet; a few give no code."""
    home = hamlets.iloc[claims["place"]].reset_index(drop=True)
    rows = pd.DataFrame(
        {
            "Mã thôn": claims["hamlet_id"],
            "Thôn": claims["name"],
            "Xã": home["commune"],
            "Huyện": home["district"],
            "Doanh nghiệp": claims["operator"].map({"VNPT": "VNPT", "FPT": "FPT Telecom"}),
            "Dịch vụ": FIBRE_SERVICE,
            "Đã có (x)": cross(claims["ready"]),
            "Số hộ có thể lắp": claims["households_passed"],
            "Ngày": spell_day(claims["as_of"]),
            "Văn bản": claims["source_document"],
        }
    )
    rows = drop_districts(rows, has_districts=demonstration.has_districts)
    letter = demonstration.letter_mark
    silent = np.flatnonzero(~np.isin(np.arange(len(hamlets)), claims["place"]))
    twice = hamlets.iloc[silent[len(silent) // 2]]
    about = {
        "Mã thôn": twice["hamlet_id"],
        "Thôn": twice["name"],
        "Xã": twice["commune"],
        "Huyện": twice["district"],
        "Doanh nghiệp": "VNPT",
        "Văn bản": f"MP-09/VNPT-{letter}",
    }
    why = "hai xác nhận trái nhau về một thôn"
    wrong = [
        Wrong(
            {"Mã thôn": None, "Xã": "Không Có", "Huyện": None},
            "Xã",
            "unknown_commune",
            "xã không có trong danh mục",
        ),
        Wrong(
            {
                "Văn bản": f"MP-10/VNPT-{letter}",
                "Ngày": f"01/07/{demonstration.day.year}",
                "Đã có (x)": "có lẽ",
            },
            "Đã có (x)",
            "not_a_flag",
            "không rõ có hay không",
        ),
        Wrong({**about, "Đã có (x)": "x"}, "Đã có (x)", "contradicting_id", why),
        Wrong({**about, "Đã có (x)": None}, "Đã có (x)", "contradicting_id", why),
    ]
    titles = (WARNING_TITLE, "Tổng hợp xác nhận cáp quang đến thôn, tổ dân phố (mô phỏng)")
    return fill_sheet(CLAIMS_FILE, rows, wrong, rng=rng, name="Xac nhan", titles=titles)


def deliver_cables(
    nodes: pd.DataFrame,
    routes: gpd.GeoDataFrame,
    claims: pd.DataFrame,
    hamlets: pd.DataFrame,
    folder: Path,
    demonstration: Demonstration,
    *,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Write the files about fibre; return what is wrong in them."""
    network = describe_network(demonstration)
    for file, content in (
        (NODES_FILE, describe_nodes(nodes, hamlets, network)),
        (SPANS_FILE, describe_spans(routes, network)),
    ):
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        (folder / file).write_text(text + "\n", encoding="utf-8", newline="\n")
    cabinets = list_cabinets(nodes, hamlets, demonstration, rng=rng)
    statements = list_claims(claims, hamlets, demonstration, rng=rng)
    for sheet in (cabinets, statements):
        write_workbook(sheet, folder, day=demonstration.day)
    return pd.concat([cabinets.faults, statements.faults], ignore_index=True)
