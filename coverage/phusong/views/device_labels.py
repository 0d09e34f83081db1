"""The sentences about an allocation of devices, in both languages."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class DeviceLine(Term):
    """Name the sentences that tell of an allocation."""

    TITLE = "title", "Phân bổ thiết bị · {policy}", "Allocation of devices · {policy}"
    SOURCE_BOOK = (
        "source_book",
        "Thiết bị, gói cước và các lần cấp trước: theo sổ của chương trình",
        "Devices, packages and earlier awards: as the programme's book has them",
    )
    SOURCE_RUN = (
        "source_run",
        "Thiết bị, gói cước: theo số liệu được cung cấp; chưa có sổ nên coi như chưa cấp cho ai",
        "Devices and packages: as delivered; there is no book yet, so nobody counts as served",
    )
    OUTCOMES = (
        "outcomes",
        "Kết quả của {pupils} học sinh, mỗi em đúng một dòng",
        "What {pupils} pupils get, each in exactly one line",
    )
    TIERS = "tiers", "Theo bậc ưu tiên: được cấp / cần thiết bị", "By tier: given / in need"
    LOTS = "lots", "Lô thiết bị: nhận, phân bổ được, cấp, còn", "Lots: received, fit, given, left"
    LOT = (
        "lot",
        "{lot}: {received} {kind}; phân bổ được {allocable}, đã giữ {kept}, cấp {given}, còn {left} ({why})",
        "{lot}: {received} {kind}; fit {allocable}, kept {kept}, given {given}, left {left} ({why})",
    )
    PACKAGES = "packages", "Gói cước", "Data packages"
    PACKAGE = (
        "package",
        "{package} ({operator}): {quantity}; đã giữ {held}, cấp {given}, dành cho đợt sau {kept}, còn {left}",
        "{package} ({operator}): {quantity}; held {held}, given {given}, for later waves {kept}, left {left}",
    )
    WAITING = "waiting", "Danh sách chờ: {n} học sinh", "Waiting list: {n} pupils"
    PROOF = (
        "proof",
        "Chứng minh tối ưu: sai số lớn nhất {gap}",
        "Proof of optimality: largest gap {gap}",
    )
    CASH = (
        "cash",
        "Trong đó mua thêm bằng {cash} đồng",
        "Devices bought with {cash} VND included",
    )
    REST = "rest", "không xếp bậc", "without a tier"


class DeviceSheet(Term):
    """Name the sheets of the allocation's workbook."""

    TOTAL = "total", "Tổng hợp", "Summary"
    PUPILS = "pupils", "Học sinh", "Pupils"
    WAITING = "waiting", "Danh sách chờ", "Waiting list"
    LOTS = "lots", "Lô thiết bị", "Lots"
    PACKAGES = "packages", "Gói cước", "Packages"
    PROOF = "proof", "Chứng minh", "Proof"
