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


def add_measurements(province):
    """A province file with a few measurements beside it, near the hamlets of the demonstration."""
    rows = [
        "Mã phiếu,Kinh độ,Vĩ độ,Thôn,Xã,Nơi đo,Doanh nghiệp,Công nghệ,Mức tín hiệu (dBm),Có sóng,Thời điểm đo,Nguồn đo",
        "P1,105.5514,21.4996,,,,Viettel,4G,-101,,24/09/2021 08:30,điện thoại",
        "P2,105.5516,21.4997,,,,Viettel,4G,-109,,24/09/2021 08:35,điện thoại",
        "P3,,,Phú Ngưu,Đạo Trù,nhà văn hóa,VNPT,3G,,không có sóng,20/09/2021,kiến nghị",
        "P4,105.30,21.20,,,,MobiFone,3G,-95,,23/09/2021 10:00,đo kiểm trên đường",
    ]
    (province.parent / "do_kiem.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    described = province.read_text(encoding="utf-8")
    described += '\n[[source]]\nkind = "measurements"\nfile = "do_kiem.csv"\n'
    province.write_text(described, encoding="utf-8")
    return province


def add_changes(province):
    """A province file with one hamlet of the demonstration that bore another name until this September."""
    rows = [
        "Thôn cũ,Xã cũ,Thôn mới,Xã mới,Số nghị quyết,Ngày có hiệu lực",
        "Thôn Phú Ngưu Cũ,Đạo Trù,Thôn Phú Ngưu,Đạo Trù,12/NQ-HĐND,01/09/2021",
    ]
    (province.parent / "doi_ten.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    described = province.read_text(encoding="utf-8")
    described += '\n[[source]]\nkind = "hamlet_lineage"\nfile = "doi_ten.csv"\n'
    province.write_text(described, encoding="utf-8")
    return province
