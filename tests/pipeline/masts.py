"""One more list of masts for the made-up province: a mast in the middle of every hamlet without 4G."""

from phusong.store import read_table

FILE = "tram_bo_sung.csv"
SOURCE = f"""
[[source]]
kind = "cells"
file = "{FILE}"
operator = "VNPT"
complete = true
as_of = 2021-09-15
publisher = "VNPT Vĩnh Phúc"
"""
HEAD = (
    "STT;Mã trạm;Nhà mạng;Vĩ độ;Kinh độ;Công nghệ;Băng tần;Chiều cao (m);Ngày phát sóng;Hiện trạng"
)


def add_masts(province, results):
    """Put the list beside a province file and name it there; returns the hamlets that get a mast."""
    gaps = read_table(results, "gaps")
    dark = gaps.loc[gaps["mobile_4g"] == "NONE", "hamlet_id"]
    places = read_table(results, "hamlets").set_index("hamlet_id").loc[dark]
    rows = [
        f"{n};MOI-{n};VNPT;{h.centre_lat:.6f};{h.centre_lon:.6f};4G;1800;42;01/09/2021;Đang hoạt động"
        for n, h in enumerate(places.itertuples(), start=1)
    ]
    (province.parent / FILE).write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    province.write_text(province.read_text(encoding="utf-8") + SOURCE, encoding="utf-8")
    return list(dark)
