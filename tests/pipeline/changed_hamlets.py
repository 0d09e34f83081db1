"""A province of one commune in which hamlets were merged and split, as its offices would deliver it."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

#: id → name, households, longitude, latitude.
OLD = {
    "H1": ("Đông", 50, 105.560, 21.520), "H2": ("Tây", 30, 105.550, 21.520), "H3": ("Nam", 40, 105.555, 21.510),
    "H4": ("Bắc", 21, 105.555, 21.530),
}  # fmt: skip
#: Who went where: Đông and Tây become one, Nam is split.
LINEAGE = [
    ("H1", "Đông", "H9", "Đông Tây", "1"), ("H2", "Tây", "H9", "Đông Tây", "1"),
    ("H3", "Nam", "H7", "Nam 1", "0,6"), ("H3", "Nam", "H8", "Nam 2", "0,4"),
]  # fmt: skip
CLAIMS = [("H1", "Đông", "có"), ("H2", "Tây", "không"), ("H3", "Nam", "có"), ("H4", "Bắc", "có")]
DAY = "01/06/2026"


def write_changed(folder: Path, *, as_of: str, changes=LINEAGE) -> Path:
    """Write the raw files and the province file; return it."""
    area = shapely.box(105.53, 21.49, 105.58, 21.55)
    communes = gpd.GeoDataFrame(
        {"ma_xa": ["08914"], "ten_xa": ["Đạo Trù"]}, geometry=[area], crs=4326
    )
    communes.to_file(folder / "xa.geojson", driver="GeoJSON")
    place = {"ma_xa": "08914"}
    hamlets = [{"ma_thon": i, "ten_thon": f"Thôn {n}", **place, "so_ho": h, "dan_so": 4 * h, "kinh_do": x,
                "vi_do": y} for i, (n, h, x, y) in OLD.items()]  # fmt: skip
    pd.DataFrame(hamlets).to_csv(folder / "thon.csv", index=False)
    claims = [{"Mã thôn": i, "Tên thôn": n, "Mã xã": "08914", "Doanh nghiệp": "Viettel", "Công nghệ": "4G",
               "Đã có": ready, "Ngày": "01/03/2026"} for i, n, ready in CLAIMS]  # fmt: skip
    claims += [{**c, "Công nghệ": "3G", "Đã có": "không"} for c in claims]
    pd.DataFrame(claims).to_csv(folder / "xac_nhan.csv", index=False)
    promises = [{"Mã cam kết": f"C{i}", "Doanh nghiệp": "Viettel", "Mã thôn": i, "Thôn": n, "Mã xã": "08914",
                 "Công nghệ": "4G", "Tiến độ": "đã cam kết", "Ngày": "01/03/2026"} for i, n, _ in CLAIMS]  # fmt: skip
    pd.DataFrame(promises).to_csv(folder / "cam_ket.csv", index=False)
    pupils = [{"Họ và tên": f"Nguyễn Văn {i}", "Ngày sinh": f"0{k}/02/2012", "Lớp": "8A", "Mã trường": "T1",
               "Giới tính": "Nam", "Địa chỉ": f"Thôn {n}, xã Đạo Trù"}
              for k, (i, (n, *_)) in enumerate(OLD.items(), start=1)]  # fmt: skip
    pd.DataFrame(pupils).to_csv(folder / "hoc_sinh.csv", index=False)
    files = {"communes": "xa.geojson", "hamlets": "thon.csv", "claims": "xac_nhan.csv",
             "commitments": "cam_ket.csv", "students": "hoc_sinh.csv"}  # fmt: skip
    if changes:
        head = ["Mã thôn cũ", "Thôn cũ", "Mã thôn mới", "Thôn mới", "Tỷ lệ"]
        rows = pd.DataFrame(changes, columns=head).assign(
            **{"Mã xã cũ": "08914", "Nghị quyết": "12/NQ-HĐND", "Ngày có hiệu lực": DAY}
        )
        rows.to_csv(folder / "sap_nhap.csv", index=False)
        files["hamlet_lineage"] = "sap_nhap.csv"
    sources = "".join(f'[[source]]\nkind = "{k}"\nfile = "{f}"\n' for k, f in files.items())
    path = folder / "tinh.toml"
    head = f'[province]\ncode = "25"\nname = "Tỉnh"\nedition = "2025-07-01"\nas_of = {as_of}\n'
    path.write_text(head + sources, encoding="utf-8")
    return path
