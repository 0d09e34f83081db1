"""A province of ten hamlets on squared paper, with every class and the nastiest of names.

Eight squares of 1 km in two rows, the four on the left commune 08914, the four on the right 08917; one
hamlet that is only a point; one of which nobody knows the place. In 2025 both communes became one.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.vocabulary.metres import to_degrees, transform_xy
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables import accepted, results

CRS = 5897
CORNER = np.array([560_000.0, 2_356_000.0])
SIDE = 1_000.0
DAY = pd.Timestamp("2021-09-21")
OLD, NEW = "2021-01-01", "2025-07-01"

IMAGE = '<img src=x onerror="window.hacked=1">'
SCRIPT = "</script><script>window.hacked=2</script>"
QUOTES = 'Đ\'Ô "Ngoặc" & ${window.hacked=3} {{7*7}}'
COMMUNE = "Hợp Châu <b onmouseover=alert(1)>"

#: name, class, 4G, 3G, fibre, what Viettel's 4G rests on, column, row (None: no outline); VNPT's 4G
#: is a modelled no wherever anything is known
HAMLETS = [
    ("Đồng Giếng", "K1", "FULL", "FULL", "FULL", "modelled", 0, 0),
    (IMAGE, "K2", "FULL", "FULL", "NONE", "operator", 1, 0),
    (SCRIPT, "K3", "PARTIAL", "FULL", "NONE", "modelled", 0, 1),
    (QUOTES, "K4", "NONE", "FULL", "NONE", "modelled", 1, 1),
    ("Ân Đức", "K5", "NONE", "NONE", "NONE", "operator", 2, 0),
    ("Ba Vành", "KU", "UNKNOWN", "UNKNOWN", "UNKNOWN", "absent", 3, 0),
    ("Hòa Bình", "K1", "FULL", "FULL", "FULL", "measured", 2, 1),
    ("Hoà Bình", "K2", "FULL", "FULL", "UNKNOWN", "assumed", 3, 1),
    ("Điểm Lẻ", "K2", "FULL", "NONE", "NONE", "operator", 1.5, None),
    ("Không Rõ", "KU", "UNKNOWN", "UNKNOWN", "UNKNOWN", "absent", None, None),
]
SHARE = {"FULL": 1.0, "PARTIAL": 0.5, "NONE": 0.0, "UNKNOWN": np.nan}
GAP = {"K3": "partial", "K4": "none", "K5": "white", "KU": "unknown"}
#: hamlet → residential clusters, and how many of them have no signal; the others delivered none.
CLUSTERS = {0: (4, 0), 2: (5, 2), 4: (3, 3)}
CAUSE = {"K1": "nothing_missing", "K2": "no_fibre", "K3": "none", "K4": "only_3g", "KU": "no_data"}


def degrees(column, row):
    """Longitude and latitude of a spot, counted in sides from the corner."""
    spot = CORNER + SIDE * np.array([column, row], dtype=float)
    lon, lat = transform_xy([spot[0]], [spot[1]], source=CRS, target=4326)
    return float(lon[0]), float(lat[0])


def square(column, row, wide=1, high=1):
    west, south = CORNER + SIDE * np.array([column, row])
    return shapely.box(west, south, west + wide * SIDE, south + high * SIDE)


def placed(rows):
    return to_degrees(gpd.GeoDataFrame(rows, geometry="geometry", crs=CRS))


def hamlets():
    rows = []
    for number, (name, _, _, _, _, _, column, row) in enumerate(HAMLETS):
        lon, lat = (np.nan, np.nan) if column is None else degrees(column + 0.5, (row or 0) + 0.5)
        drawn = row is not None
        rows.append(
            {
                "hamlet_id": f"VP-{number}",
                "kind": "không ghi" if number == 9 else "thôn",
                "name": name,
                "commune_code": "08914" if (column or 0) < 2 else "08917",
                "edition": OLD,
                "households": 1_234 if number == 0 else 250,
                "population": 4_321 if number == 0 else 1_000,
                "location_quality": "official_polygon" if drawn else "surveyed_point",
                "ground_basis": "delivered" if drawn else "absent",
                "centre_lon": lon,
                "centre_lat": lat,
                "grid_power": None if number == 9 else True,
                "special_difficulty": number == 4,
                "former_names": "Gò Cũ|Gò Mới" if number == 4 else None,
                "geometry": square(column, row) if drawn else None,
            }
        )
    return conform_table(placed(rows), results.HAMLETS)


def communes(edition=OLD):
    old = [("08914", "Đạo Trù", "xã", "Tam Đảo", 0), ("08917", COMMUNE, "thị trấn", "Tam Đảo", 2)]
    new = [("08911", "Tam Đảo", "xã", None, 0)]
    rows = [
        {
            "commune_code": code,
            "edition": edition,
            "name": name,
            "kind": kind,
            "district_code": "243" if district else None,
            "district": district,
            "population": 9_000,
            "area_km2": 4.0,
            "geometry": square(column, 0, 2 if edition == OLD else 4, 2),
        }
        for code, name, kind, district, column in (old if edition == OLD else new)
    ]
    return conform_table(placed(rows), results.COMMUNES)


def gaps():
    rows = [
        {
            "hamlet_id": f"VP-{number}",
            "class": grade,
            "mobile_3g": third,
            "mobile_4g": fourth,
            "fibre": fibre,
            "mobile_5g": "UNKNOWN",
            "official_gap": GAP.get(grade, "none"),
            "official_technologies": "3G|4G|5G",
            "official_evidence": "absent" if grade == "KU" else "modelled",
            "clusters": CLUSTERS.get(number, (0, 0))[0],
            "dark_clusters": CLUSTERS.get(number, (0, 0))[1],
            "unknown_clusters": 0,
            "dark_households": 14 if number == 2 else 0,
            "gap_4g5g": "white" if grade == "K4" else GAP.get(grade, "none"),
            "cause": "terrain_shadow" if grade in {"K3", "K5"} else CAUSE[grade],
            "class_without_3g": "K5" if grade == "K4" else grade,
            "disagrees": number == 2,
            "as_of": DAY,
        }
        for number, (_, grade, fourth, third, fibre, *_) in enumerate(HAMLETS)
    ]
    return conform_table(pd.DataFrame(rows), results.GAPS)


def _statement(hamlet, technology, operator, status, evidence, **more):
    share = SHARE[status]
    plain = {"served_share": share, "probability": share, "disagrees": False, "distance_m": 1_534.0}
    day = pd.NaT if status == "UNKNOWN" else DAY
    names = {"hamlet_id": f"VP-{hamlet}", "technology": technology, "operator": operator}
    return {**names, **plain, "status": status, "evidence": evidence, "as_of": day, **more}


def reach():
    rows = []
    for number, (_, _, fourth, third, fibre, evidence, *_) in enumerate(HAMLETS):
        rows.append(_statement(number, "4G", "VIETTEL", fourth, evidence))
        rows.append(_statement(number, "3G", "VIETTEL", third, evidence))
        vnpt = "UNKNOWN" if fourth == "UNKNOWN" else "NONE"
        rows.append(
            _statement(number, "4G", "VNPT", vnpt, "absent" if vnpt == "UNKNOWN" else "modelled")
        )
        told = "absent" if fibre == "UNKNOWN" else "operator"
        basis = {"FULL": "node", "NONE": "neither", "UNKNOWN": "absent"}[fibre]
        rows.append(_statement(number, "FIBRE", "VNPT", fibre, told, fibre_basis=basis))
    rows[-1]["distance_m"] = rows[-2]["distance_m"] = np.nan
    return conform_table(pd.DataFrame(rows), results.REACH)


def signal():
    rows = [
        {
            "hamlet_id": f"VP-{number}",
            "technology": technology,
            "status": status,
            "served_share": SHARE[status],
            "probability": SHARE[status],
            "site_distance_m": 850.0,
        }
        for number, (_, _, fourth, third, *_) in enumerate(HAMLETS)
        for technology, status in (("4G", fourth), ("3G", third))
    ]
    return conform_table(pd.DataFrame(rows), results.SIGNAL)


def sites():
    owners = ["VIETTEL", "VNPT", "VIETTEL|VNPT"]
    rows = [
        {
            "site_id": f"S{i}",
            "lon": degrees(i + 0.2, 0.2)[0],
            "lat": degrees(i + 0.2, 0.2)[1],
            "height_m": 42.0,
            "operators": owner,
            "technologies": "3G|4G",
            "cells": 3,
        }
        for i, owner in enumerate(owners)
    ]
    return conform_table(pd.DataFrame(rows), results.SITES)


def nodes():
    lon, lat = degrees(0.8, 0.8)
    row = {"node_id": "N1", "operator": "VNPT", "kind": IMAGE, "status": "live", "ports": 64}
    row |= {"ports_free": 12, "access": True, "lon": lon, "lat": lat, "as_of": DAY}
    return conform_table(pd.DataFrame([row]), accepted.FIBRE_NODES)


def routes():
    line = shapely.LineString([CORNER + [100, 100], CORNER + [3_900, 1_900]])
    row = {"route_id": "R1", "operator": "VNPT", "medium": "treo", "status": "planned"}
    return conform_table(
        placed([{**row, "length_stated_m": 4_000.0, "as_of": DAY, "geometry": line}]),
        accepted.FIBRE_ROUTES,
    )


#: hamlet → option, operator, wave; the last of them is in no wave.
PLANNED = {1: ("fibre", "VNPT", 1), 4: ("new_site", "VIETTEL", 2), 3: ("nothing", None, None)}
CAPEX = {"capex_low_vnd": 200_000_000, "capex_vnd": 300_000_000, "capex_high_vnd": 450_000_000}


def plan():
    """What is planned: a trench along the second hamlet, a mast on the fifth."""
    rows = [
        {
            "hamlet_id": f"VP-{number}",
            "class": HAMLETS[number][1],
            "option": option,
            "operator": operator,
            "wave": wave,
            "piece": None,
            **(CAPEX if wave else dict.fromkeys(CAPEX, 0)),
            "pupils_connected": 7,
            "as_of": DAY,
        }
        for number, (option, operator, wave) in PLANNED.items()
    ]
    line = shapely.LineString([CORNER + [1_200, 500], CORNER + [1_800, 500]])
    trench = {"trench_id": "t1", "operator": "VNPT", "wave": 1, "length_m": 600.0}
    trench |= {"medium": "poles", "off_road_m": 0.0, **CAPEX, "geometry": line}
    spot = shapely.Point(CORNER + [2_500, 500])
    mast = {"option_id": "o1", "kind": "new_site", "operator": "VIETTEL", "wave": 2}
    mast |= {"site_id": None, "height_m": 42.0, "hamlets": "VP-4", **CAPEX, "geometry": spot}
    return {
        "rollout": conform_table(pd.DataFrame(rows), results.ROLLOUT),
        "trenches": conform_table(placed([trench]), results.TRENCHES),
        "antennas": conform_table(placed([mast]), results.ANTENNAS),
        "told": {
            "scenario": "baseline",
            "waves": 3,
            "spent": {"cost_vnd": 600_000_000},
            "hamlets": 3,
            "hamlets_reached": 2,
        },
    }


def tables():
    old = communes()
    return {
        "communes": old,
        "hamlets": hamlets(),
        "gaps": gaps(),
        "reach": reach(),
        "signal": signal(),
        "sites": sites(),
        "accepted_fibre_nodes": nodes(),
        "accepted_fibre_routes": routes(),
        "communes_by_edition": {OLD: old, NEW: communes(NEW)},
    }


def indicator(name, numerator, unknown, *, counted="hamlets", denominator=10):
    return {
        "indicator": name,
        "counted": counted,
        "edition": OLD,
        "area": "Vĩnh Phúc",
        "numerator": numerator,
        "denominator": denominator,
        "unknown": unknown,
        "share": numerator / denominator,
        "as_of": "2021-09-21",
    }


def summary():
    return {
        "province": "Vĩnh Phúc",
        "edition": OLD,
        "as_of": "2021-09-21",
        "demonstration": True,
        "note": f"Ghi chú {IMAGE}",
        "scenario": {},
        "indicators": [
            indicator("signal_4g", 5, 2),
            indicator("signal_3g", 6, 2),
            indicator("fibre", 2, 3),
            indicator("signal_4g", 5_321, 2_000, counted="persons", denominator=13_321),
            {**indicator("signal_4g", 1, 0), "area": "xã Đạo Trù"},
            {**indicator("signal_4g", 5, 2), "edition": NEW},
        ],
        "classes": {"K1": 2, "K2": 3, "K3": 1, "K4": 1, "K5": 1, "KU": 2},
        "causes": {"terrain_shadow": 2, "only_3g": 1, "no_fibre": 0},
        "lines": {
            "hamlets": 10,
            "location_quality": {"official_polygon": 8, "surveyed_point": 2, "commune_only": 0},
            "placement": 1,
            "cells": 4_100,
            "cells_crowd_sourced": 300,
            "sites": 1_050,
            "disagreements": 1,
            "fibre_by_basis": {"node": 2},
            "without_3g": {"k5_now": 1, "k5_then": 2},
            "terrain": {
                "disc_yes_model_no": 3,
                "disc_no_model_yes": 1,
                "terrain_shadow": 2,
                "compared": 8,
            },
            "disc_radius_m": 3_000.0,
        },
        "sources": [
            {
                "kind": "hamlets",
                "file": "mo_phong_danh_sach_thon.xlsx",
                "publisher": f"Sở Nội vụ {SCRIPT}",
                "licence": "CC0",
                "as_of": "2021-08-31",
                "rows_in": 1_000,
                "rows_accepted": 990,
                "rows_quarantined": 10,
            }
        ],
        "absent": ["schools"],
    }
