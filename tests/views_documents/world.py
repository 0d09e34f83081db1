"""A province of three schools, three communes and two operators, small enough to add up by hand.

The pupils are those of the real campaign's shape: 545 poor, 734 near-poor of whom 703 are served, 2,099
of other hardship who wait. The counts of school C2 that fewer than five pupils stand behind are hidden.
"""

from datetime import date

import pandas as pd

from phusong.gaps.pupils.measures import MEASURES
from phusong.pipeline.office import resolve_offices
from phusong.views.documents import inputs
from phusong.views.documents.model import SignatureBlock
from phusong.vocabulary.reporting import SupportStatus
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.results import INDICATORS, PUPIL_COUNTS_PUBLIC
from phusong.vocabulary.terms import Operator

DAY, DATED = date(2021, 9, 26), date(2021, 9, 27)
EDITION, PROVINCE = "2021-01-01", "26"


def cover(**changes):
    told = {
        "parent": "Ủy ban nhân dân tỉnh Vĩnh Phúc",
        "agency": "Sở Giáo dục và Đào tạo",
        "symbol": "BC-SGDĐT",
        "place": "Vĩnh Phúc",
        "dated": DATED,
        "as_of": DAY,
        "edition": EDITION,
        "signatures": (SignatureBlock(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "(Ký, đóng dấu)"),),
        "addressees": ("Ủy ban nhân dân tỉnh Vĩnh Phúc",),
        "recipients": ("Như trên", "Ban Giám đốc Sở", "Lưu: VT, CTTT"),
        "anchor": "1.234 · 5f2a9c01",
        "basis": "Kế hoạch số 242/KH-UBND của Ủy ban nhân dân tỉnh Vĩnh Phúc",
        "province_code": PROVINCE,
        "demonstration": True,
        "offices": resolve_offices(DAY, code=PROVINCE, name="Vĩnh Phúc"),
    }
    return inputs.Cover(**(told | changes))


def pupil_counts():
    """Province, its levels, and three schools; what is None is hidden."""
    lines = [
        ("province", PROVINCE, "tỉnh Vĩnh Phúc", "all", 237_080, 12_000, 9_000, 3_378),
        ("province", PROVINCE, "tỉnh Vĩnh Phúc", "TH", 125_578, 7_000, 5_000, 1_900),
        ("province", PROVINCE, "tỉnh Vĩnh Phúc", "THCS", 79_210, 4_000, 3_000, 1_100),
        ("province", PROVINCE, "tỉnh Vĩnh Phúc", "THPT", 32_292, 1_000, 1_000, 378),
        ("school", "C1", "Trường Tiểu học Đạo Trù", "all", 812, 96, 140, 60),
        ("school", "C2", "Trường THCS Hợp Châu", "all", 455, None, 38, None),
        ("school", "C3", "Trường THPT Tam Đảo", "all", 1_020, 31, 77, 25),
    ]
    rows = []
    for unit, code, name, level, pupils, lacking, offline, eligible in lines:
        counts = dict.fromkeys(MEASURES, 0) | {
            "pupils": pupils,
            "pupils_online": pupils - offline,
            "without_device": lacking,
            "without_device_poor": None if lacking is None else lacking // 10,
            "without_device_near_poor": None if lacking is None else lacking // 5,
            "without_device_hardship": None if lacking is None else lacking // 2,
            "device_unknown": 57,
            "without_connection": offline,
            "with_both": pupils - 150,
            "eligible": eligible,
        }
        schools = {"schools": 323, "schools_without_internet": 4, "schools_internet_unknown": 2}
        rows.append(
            {"unit": unit, "unit_code": code, "unit_name": name, "edition": EDITION, "level": level}
            | counts
            | (schools if unit == "province" else dict.fromkeys(schools, 0))
            | {"as_of": DAY, "hidden": "without_device|eligible" if lacking is None else None}
        )
    return conform_table(pd.DataFrame(rows), PUPIL_COUNTS_PUBLIC)


AREAS = {
    "08914": ("xã Đạo Trù", 12, {"signal_3g": 9, "signal_4g": 7, "fibre": 3, "white_gap": 2}, 1),
    "08917": ("xã Hợp Châu", 9, {"signal_3g": 9, "signal_4g": 8, "fibre": 6, "partial_gap": 1}, 0),
    "08920": ("xã Tam Quan", 15, {"signal_3g": 15, "signal_4g": 15, "fibre": 11}, 0),
}


def indicators(less=0):
    """Hamlets by commune and in the province; `less` hamlets fewer have 4G in Tam Quan."""
    names = ("signal_3g", "signal_4g", "fibre", "white_gap", "partial_gap", "covered", "class_KU")
    rows = []
    for name in names:
        whole = [0, 0, 0]
        for code, (area, hamlets, yes, unknown) in AREAS.items():
            white = yes.get("white_gap", 0)
            usual = {"class_KU": unknown, "covered": hamlets - white - unknown}
            part = yes.get(name, usual.get(name, 0))
            part -= less if (code, name) == ("08920", "signal_4g") else 0
            counts = (part, hamlets - white if name == "partial_gap" else hamlets, unknown)
            whole = [a + b for a, b in zip(whole, counts, strict=True)]
            rows.append((name, code, area, *counts))
        rows.append((name, PROVINCE, "tỉnh Vĩnh Phúc", *whole))
    columns = ["indicator", "area_code", "area", "numerator", "denominator", "unknown"]
    frame = pd.DataFrame(rows, columns=columns)
    share = frame["numerator"] / frame["denominator"]
    official = frame["indicator"].isin(["white_gap", "partial_gap", "covered"])
    technologies = pd.Series("3G|4G|5G", frame.index).where(official)
    frame = frame.assign(counted="hamlets", edition=EDITION, share=share, as_of=DAY)
    return conform_table(frame.assign(technologies=technologies), INDICATORS)


def money():
    rows = [
        ("money", "enterprise", 12, 2_000_000_000, 1_100_000_000, 700_000_000),
        ("money", "person", 340, 900_000_000, 500_000_000, 400_000_000),
        ("state_budget", "agency", 1, 500_000_000, 0, 500_000_000),
        ("fund", "organisation", 2, 300_000_000, 300_000_000, 0),
    ]
    columns = ["form", "donor_kind", "gifts", "pledged_vnd", "received_within_vnd"]
    return pd.DataFrame(rows, columns=[*columns, "received_after_vnd"])


def spending():
    rows = [
        ("money", 352, 2_900_000_000, 2_700_000_000, 1_500_000_000),
        ("state_budget", 1, 500_000_000, 500_000_000, 500_000_000),
        ("fund", 2, 300_000_000, 300_000_000, 120_000_000),
    ]
    columns = ["form", "gifts", "pledged_vnd", "received_vnd", "spent_vnd"]
    frame = pd.DataFrame(rows, columns=columns)
    left = frame["received_vnd"] - frame["spent_vnd"]
    return frame.assign(balance_vnd=left, set_apart_vnd=[200_000_000, 0, 0])


def kind():
    rows = [
        ("devices", "enterprise", "máy tính bảng có 4G", "máy", 3, 300, 300, 0, 720_000_000),
        ("devices", "agency", "máy tính xách tay đã qua sử dụng", "máy", 5, 120, 90, 30, None),
        ("tariff", "enterprise", "gói cước 4 GB/ngày, 3 tháng", "gói", 1, 1_500, 1_500, 0, None),
    ]
    columns = ["form", "donor_kind", "item", "unit", "gifts", "pledged", "received_within"]
    return pd.DataFrame(rows, columns=[*columns, "received_after", "value_vnd"])


def lots():
    rows = [("tablet", 300, 300, 0, 0, 0, 300, 250), ("laptop", 120, 70, 20, 30, 0, 70, 40)]
    columns = ["device_kind", "received", "adequate", "to_complete", "inadequate", "unknown"]
    return pd.DataFrame(rows, columns=[*columns, "allocated", "handed_over"])


def planned(few=None):
    rows = [
        ("T1", "awarded", 41),
        ("T2", "awarded", 480),
        ("T2", "awarded_offline", 24),
        ("T3", "awarded", 33),
        ("T4", "awarded", 670),
        ("T4", "out_of_stock", 25),
        ("T4", "no_fit", 6),
        ("T5", "out_of_stock", 2_099),
        ("T5", "ineligible", few),
    ]
    return pd.DataFrame(rows, columns=["tier", "outcome", "pupils"])


def support():
    """545 poor of whom all, 734 near-poor of whom 703 have confirmed a device; 2,099 others wait."""
    rows = [
        ("T1", "confirmed", 41),
        ("T2", "confirmed", 504),
        ("T3", "confirmed", 33),
        ("T4", "confirmed", 480),
        ("T4", "handed_over", 190),
        ("T4", "waiting_device", 31),
        ("T5", "waiting_device", 2_099),
    ]
    return pd.DataFrame(rows, columns=["tier", "status", "pupils"])


def states():
    rows = [("handed_over", 190, 0), ("confirmed", 1_058, 305), ("returned", 2, 0)]
    return pd.DataFrame(rows, columns=["state", "devices", "packages"])


def pledges():
    rows = [
        ("PT-038", "Quỹ Khuyến học", "fund", date(2021, 9, 21), "vnd", 300_000_000, 0, 300_000_000),
        ("PT-040", None, "devices", date(2021, 9, 22), "devices", 20, 4, 16),
    ]
    return pd.DataFrame(rows, columns=inputs.PLEDGES.names)


def book_changes():
    rows = [("confirmed", 900, 1_058), ("waiting_device", 2_288, 2_130)]
    return pd.DataFrame(rows, columns=["measure", "before", "now"])


def packages():
    rows = [
        ("VIETTEL", "SVM-90", 1_000, 800, 4.0, 3, date(2021, 12, 24)),
        ("VNPT", "Em học trực tuyến", 500, 448, 2.5, 3, date(2022, 1, 5)),
    ]
    columns = ["operator", "name", "quantity", "issued", "gb_per_day", "months", "first_expiry"]
    return pd.DataFrame(rows, columns=columns)


def commitments():
    rows = [
        ("C1", "VIETTEL", "thôn Đồng Giếng", "xã Đạo Trù", "4G", "new_site", date(2021, 9, 20), "building", None, None, "chưa bàn giao mặt bằng", 6),
        ("C2", "VIETTEL", "thôn Vĩnh Ninh", "xã Đạo Trù", "4G", "upgrade", date(2021, 9, 30), "on_air", date(2021, 9, 24), None, None, None),
        ("C3", "VNPT", "thôn Bảo Phác", "xã Hợp Châu", "FIBRE", "fibre", date(2021, 10, 15), "planned", None, None, "chờ thỏa thuận dùng chung cột điện lực", None),
        ("C4", "VNPT", "thôn Chùa Vàng", "xã Tam Quan", "FIBRE", "fibre", date(2021, 9, 15), "accepted", date(2021, 9, 14), "BB 03/NT", None, None),
        ("C5", "VNPT", "thôn Làng Mạ", "xã Tam Quan", "4G", "small_cell", None, "withdrawn", None, None, "trùng vùng phủ", None),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=inputs.COMMITMENTS.names)


def villages():
    rows = [
        ("H1", "thôn Đồng Giếng", "xã Đạo Trù", "K5", "new_site", "VIETTEL", 1, 900_000_000, 1_200_000_000, 1_700_000_000, 74),
        ("H2", "thôn Vĩnh Ninh", "xã Đạo Trù", "K4", "upgrade", "VIETTEL", 1, 80_000_000, 120_000_000, 200_000_000, None),
        ("H3", "thôn Bảo Phác", "xã Hợp Châu", "K2", "fibre", "VNPT", 2, 150_000_000, 210_000_000, 330_000_000, 51),
        ("H4", "thôn Lõng Sâu", "xã Hợp Châu", "K5", "nothing", None, None, 0, 0, 0, 12),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=inputs.VILLAGES.names)


def quality():
    rows = [("MATCHED", 231_000), ("AMBIGUOUS", 2_080), ("COMMUNE_ONLY", 3_500), ("EMPTY", 500)]
    addresses = pd.DataFrame(rows, columns=["status", "pupils"])
    return inputs.Quality(addresses, 238_365, 714, 1, 0)


def figures(**changes):
    told = {
        "period": (date(2021, 9, 20), DAY),
        "window": (date(2021, 9, 21), DAY),
        "money": money(),
        "spending": spending(),
        "kind": kind(),
        "lots": lots(),
        "planned": planned(),
        "support": support(),
        "states": states(),
        "pledges": pledges(),
        "changes": book_changes(),
        "packages": packages(),
        "commitments": commitments(),
        "villages": villages(),
        "reconciliation": inputs.Reconciliation(
            3_378,
            {
                SupportStatus.CONFIRMED: 1_058,
                SupportStatus.HANDED_OVER: 190,
                SupportStatus.WAITING_DEVICE: 2_130,
            },
        ),
        "equipment": inputs.Equipment(DAY, 12_000, 1_058, 236_930, 900),
        "received": 420,
        "handed_over": 290,
        "pupils_moved": 7,
        "indicators": indicators(),
        "earlier": indicators(less=2),
        "pupil_counts": pupil_counts(),
        "quality": quality(),
        "doubles_prevented": 12,
        "days_to_hand_over": 9,
        "difficulties": ("Một số thôn vùng đồi chưa có điện ổn định cho trạm thu phát sóng.",),
        "proposals": (
            "Đề nghị Ủy ban nhân dân tỉnh chỉ đạo các địa phương bàn giao mặt bằng xây trạm trong "
            "tháng 10/2021.",
            "Đề nghị các doanh nghiệp viễn thông kéo dài gói cước ưu đãi đến hết năm học.",
        ),
    }
    return inputs.ReportFigures(**(told | changes))


def handed(classes=("5A", "5B"), pupils=4):
    rows = []
    for group in classes:
        for n in range(pupils):
            kit = ("data_package", "offline")[n % 2]
            package = ("SVM-90", date(2021, 12, 24)) if kit == "data_package" else (None, None)
            rows.append(
                (group, f"{group}-{n:02d}-7f3c91", ("tablet", "laptop")[n % 2], "L1", f"…{1000 + n}", *package, kit, "approved", None, None)
            )  # fmt: skip
    return pd.DataFrame(rows, columns=inputs.HANDED.names)


def school():
    return inputs.SchoolFigures("Trường Tiểu học Đạo Trù", "xã Đạo Trù", handed())


def hand_over():
    return inputs.HandOverFigures(
        "Sở Giáo dục và Đào tạo",
        "Chuyên viên Văn phòng Sở",
        "Trường Tiểu học Đạo Trù",
        "Phó Hiệu trưởng",
        "Trường Tiểu học Đạo Trù, xã Đạo Trù",
        "Trường Tiểu học Đạo Trù",
        handed(("5A",)),
        witness="Ủy ban nhân dân xã Đạo Trù",
        witness_role="Công chức văn hóa - xã hội",
    )


def donor():
    rows = [
        ("PT-007", date(2021, 9, 23), "money", "chuyển khoản qua Kho bạc Nhà nước", None, 50_000_000, None),
        ("PT-008", date(2021, 9, 24), "devices", "máy tính bảng 8 inch, có 4G", 20, None, 48_000_000),
        ("PT-009", date(2021, 10, 2), "devices", "máy tính xách tay đã qua sử dụng", 3, None, None),
    ]  # fmt: skip
    gifts = pd.DataFrame(rows, columns=inputs.GIFTS.names)
    return inputs.DonorFigures("Công ty TNHH Ánh Dương", gifts, 20)


def carrier():
    own = villages()
    promised = commitments()
    return inputs.OperatorFigures(
        Operator.VNPT, own[own["operator"] == "VNPT"], promised[promised["operator"] == "VNPT"]
    )
