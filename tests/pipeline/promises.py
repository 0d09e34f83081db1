"""The made-up province with what no made-up office delivers: operators' commitments."""

import shutil

SOURCE = """
[[source]]
kind = "commitments"
file = "cam_ket.csv"
as_of = 2021-09-20
"""
HEAD = "Mã cam kết;Doanh nghiệp;Thôn;Xã;Huyện;Công nghệ;Giải pháp;Ngày cam kết;Tiến độ"
ROW = "CK-01;Viettel;Thôn Đồng Giếng;Đạo Trù;Tam Đảo;4G;trạm mới;tháng 12/2021;đang thi công"


def add_promises(raw, folder):
    """A copy of the raw files in a folder, with a list of commitments; returns its province file."""
    shutil.copytree(raw.parent, folder)
    (folder / "cam_ket.csv").write_text(f"{HEAD}\n{ROW}\n", encoding="utf-8")
    province = folder / raw.name
    province.write_text(province.read_text(encoding="utf-8") + SOURCE, encoding="utf-8")
    return province
