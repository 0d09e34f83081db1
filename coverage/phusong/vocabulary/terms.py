"""The closed lists of words: each term has its value, its Vietnamese and its English label."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

# An edition is a word too, read from data.
from phusong.vocabulary.editions import Edition as Edition  # noqa: PLC0414

# So is an operator, and every other name is one as well.
from phusong.vocabulary.operators import Operator as Operator  # noqa: PLC0414


class Term(StrEnum):
    """Be a word of a closed list, with a label in both languages."""

    vi: str
    en: str

    def __new__(cls, value: str, vi: str, en: str) -> Self:
        """Make a term that equals its plain value."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.vi, term.en = vi, en
        return term

    @classmethod
    def of(cls, value: str) -> Self:
        """Return the term that a plain value is.

        Raises
        ------
        ValueError
            If the list has no such word.
        """
        for term in cls:
            if term.value == value:
                return term
        raise ValueError(f"“{value}” is not in the list {cls.__name__}")

    @classmethod
    def list_terms(cls) -> list[Self]:
        """Return the terms of the list, in order."""
        return list(cls)

    @classmethod
    def list_values(cls) -> list[str]:
        """Return the plain values of the list, in order."""
        return [str(term) for term in cls]


class UnitKind(Term):
    """Name the kinds of administrative unit."""

    PROVINCE = "tỉnh", "tỉnh", "province"
    CITY = "thành phố", "thành phố", "city"
    DISTRICT = "huyện", "huyện", "rural district"
    TOWN = "thị trấn", "thị trấn", "township"
    WARD = "phường", "phường", "ward"
    COMMUNE = "xã", "xã", "commune"
    SPECIAL_ZONE = "đặc khu", "đặc khu", "special zone"
    URBAN_DISTRICT = "quận", "quận", "urban district"
    DISTRICT_TOWN = "thị xã", "thị xã", "town"
    AREA = "đơn vị", "đơn vị hành chính", "administrative area"


class HamletKind(Term):
    """Name the kinds of residential area: one level, many words."""

    THON = "thôn", "thôn", "hamlet (thôn)"
    XOM = "xóm", "xóm", "hamlet (xóm)"
    BAN = "bản", "bản", "upland hamlet (bản)"
    LANG = "làng", "làng", "village (làng)"
    KHU = "khu", "khu dân cư", "residential area (khu)"
    TO_DAN_PHO = "tổ dân phố", "tổ dân phố", "residential group (tổ dân phố)"
    KHU_PHO = "khu phố", "khu phố", "quarter (khu phố)"
    TIEU_KHU = "tiểu khu", "tiểu khu", "sub-area (tiểu khu)"
    AP = "ấp", "ấp", "hamlet (ấp)"
    BUON = "buôn", "buôn", "highland hamlet (buôn)"
    KHOI = "khối", "khối", "block (khối)"
    KHOM = "khóm", "khóm", "quarter (khóm)"
    KHU_VUC = "khu vực", "khu vực", "area (khu vực)"
    BON = "bon", "bon", "highland hamlet (bon)"
    PHUM = "phum", "phum", "Khmer hamlet (phum)"
    SOC = "sóc", "sóc", "Khmer hamlet (sóc)"
    OTHER = "khác", "loại khác, ghi trong tên", "another kind, written in the name"
    UNSTATED = "không ghi", "không ghi loại", "kind not stated"


class HamletChange(Term):
    """Say what became of a hamlet."""

    MERGED = "merged", "sáp nhập", "merged"
    SPLIT = "split", "chia tách", "split"
    MOVED = "moved", "chuyển xã", "moved to another commune"
    RENAMED = "renamed", "đổi tên", "renamed"


class ListedWhen(Term):
    """Say which list of hamlets a figure counts."""

    BEFORE = "before", "danh sách trước sắp xếp", "list before the changes"
    AFTER = "after", "danh sách sau sắp xếp", "list after the changes"


class LocationQuality(Term):
    """Say how well the place of a hamlet is known."""

    OFFICIAL_POLYGON = "official_polygon", "ranh giới chính thức", "official polygon"
    SURVEYED_POINT = "surveyed_point", "điểm đo thực địa", "surveyed point"
    GAZETTEER_POINT = "gazetteer_point", "điểm theo địa danh", "gazetteer point"
    ROUNDED_POINT = (
        "rounded_point",
        "điểm địa danh làm tròn tới phút (≈1,8 km)",
        "gazetteer point rounded to a minute of arc (≈1.8 km)",
    )
    COMMUNE_ONLY = "commune_only", "chỉ biết xã", "commune only"


class GroundBasis(Term):
    """Say where the outline of a hamlet's ground comes from."""

    DELIVERED = "delivered", "ranh giới được cung cấp", "outline delivered"
    VORONOI = (
        "voronoi",
        "chia Voronoi trong xã (ước lượng)",
        "Voronoi within the commune (estimate)",
    )
    ABSENT = "absent", "không có ranh giới", "no outline"


class PointKind(Term):
    """Say what a test point of a hamlet stands for."""

    CENTRE = "centre", "nhà văn hóa / trung tâm", "culture house or centre"
    CLUSTER = "cluster", "cụm dân cư", "residential cluster"
    GROUND = "ground", "đất trong thôn", "ground of the hamlet"


class Technology(Term):
    """Name the ways a hamlet can be connected."""

    G2 = "2G", "2G", "2G"
    G3 = "3G", "3G", "3G"
    G4 = "4G", "4G", "4G"
    G5 = "5G", "5G", "5G"
    FIBRE = "FIBRE", "cáp quang", "fibre"


#: What a lesson can be followed on without a cable, or at least tried.
MOBILE_BROADBAND = (Technology.G3, Technology.G4, Technology.G5)


class Status(Term):
    """Say how much of a hamlet is reached; UNKNOWN is never covered."""

    FULL = "FULL", "phủ sóng", "covered"
    PARTIAL = "PARTIAL", "phủ một phần", "partly covered"
    NONE = "NONE", "không phủ", "not covered"
    UNKNOWN = "UNKNOWN", "không có dữ liệu", "no data"


class Evidence(Term):
    """Say what a statement about coverage rests on, most trusted first."""

    MEASURED = "measured", "đo thực tế", "measured"
    OPERATOR = "operator", "doanh nghiệp công bố", "stated by the operator"
    MODELLED = "modelled", "tính toán theo mô hình", "modelled"
    ASSUMED = "assumed", "giả định theo bán kính", "assumed from a radius"
    ABSENT = "absent", "không có bằng chứng", "no evidence"


class FibreBasis(Term):
    """Say why a hamlet counts as ready for fibre."""

    NODE = "node", "có điểm truy nhập trong bán kính", "live access node within reach"
    CLAIM = "claim", "doanh nghiệp xác nhận", "operator's statement"
    BOTH = "both", "có điểm truy nhập và xác nhận", "node and statement"
    NEITHER = "neither", "không có điểm truy nhập, không có xác nhận", "neither"
    ABSENT = "absent", "không có dữ liệu", "no data"


class NetworkStatus(Term):
    """Say whether a piece of network is alive."""

    LIVE = "live", "đang hoạt động", "in service"
    BUILDING = "building", "đang thi công", "under construction"
    PLANNED = "planned", "kế hoạch", "planned"
    DEAD = "dead", "ngừng hoạt động", "out of service"


class GapClass(Term):
    """Class a hamlet by what a pupil can connect with there."""

    K1 = "K1", "K1: sẵn sàng cáp quang", "K1: fibre ready"
    K2 = "K2", "K2: có 4G, chưa có cáp quang", "K2: 4G, no fibre"
    K3 = "K3", "K3: 4G một phần", "K3: 4G in part"
    K4 = "K4", "K4: chỉ có 3G", "K4: 3G only"
    K5 = "K5", "K5: không có kết nối", "K5: nothing"
    KU = "KU", "KU: không có dữ liệu", "KU: no data"


class OfficialGap(Term):
    """Name the two official kinds of mobile gap: at the culture house, and in a residential cluster alone."""

    WHITE = "white", "trắng sóng", "white gap"
    PARTIAL = "partial", "lõm sóng", "partial gap"
    NONE = "none", "không trắng sóng, không lõm sóng", "no gap"
    UNKNOWN = "unknown", "không có dữ liệu tại trung tâm", "no data at the centre"


class Cause(Term):
    """Say why a hamlet is left out."""

    NOTHING_MISSING = "nothing_missing", "không thiếu", "nothing missing"
    NO_SITE_NEAR = "no_site_near", "không có trạm ở gần", "no site near"
    TERRAIN_SHADOW = "terrain_shadow", "bị núi đồi che khuất", "terrain shadow"
    WEAK_SIGNAL = "weak_signal", "trạm ở xa, tín hiệu yếu", "site too far or too weak"
    ONLY_3G = "only_3g", "chỉ có 3G", "3G only"
    NO_FIBRE = "no_fibre", "không có cáp quang trong tầm", "no fibre within reach"
    NO_DATA = "no_data", "không có dữ liệu", "no data"


class Counted(Term):
    """Say what an indicator counts."""

    HAMLETS = "hamlets", "thôn, tổ dân phố", "hamlets"
    PERSONS = "persons", "nhân khẩu", "persons"


class Indicator(Term):
    """Name the headline figures of target B: signal and fibre to every hamlet."""

    SIGNAL_3G = "signal_3g", "có sóng 3G", "with 3G"
    SIGNAL_4G = "signal_4g", "có sóng 4G", "with 4G"
    SIGNAL_5G = "signal_5g", "có sóng 5G", "with 5G"
    FIBRE = "fibre", "sẵn sàng cáp quang", "fibre ready"
    WHITE_GAP = "white_gap", "trắng sóng", "in a white gap"
    PARTIAL_GAP = "partial_gap", "lõm sóng", "in a partial gap"
    COVERED = "covered", "được phủ sóng", "with mobile coverage"
    WHITE_GAP_3G4G5G = (
        "white_gap_3g4g5g",
        "trắng sóng nếu tính 3G, 4G, 5G",
        "in a white gap by 3G, 4G and 5G",
    )
    PARTIAL_GAP_3G4G5G = (
        "partial_gap_3g4g5g",
        "lõm sóng nếu tính 3G, 4G, 5G",
        "in a partial gap by 3G, 4G and 5G",
    )
    COVERED_3G4G5G = (
        "covered_3g4g5g",
        "được phủ sóng nếu tính 3G, 4G, 5G",
        "with mobile coverage by 3G, 4G and 5G",
    )
    WHITE_GAP_4G5G = (
        "white_gap_4g5g",
        "trắng sóng nếu chỉ tính 4G, 5G",
        "in a white gap by 4G and 5G alone",
    )
    PARTIAL_GAP_4G5G = (
        "partial_gap_4g5g",
        "lõm sóng nếu chỉ tính 4G, 5G",
        "in a partial gap by 4G and 5G alone",
    )
    COVERED_4G5G = (
        "covered_4g5g",
        "được phủ sóng nếu chỉ tính 4G, 5G",
        "with mobile coverage by 4G and 5G alone",
    )
    CLASS_K1 = "class_K1", "nhóm K1", "in class K1"
    CLASS_K2 = "class_K2", "nhóm K2", "in class K2"
    CLASS_K3 = "class_K3", "nhóm K3", "in class K3"
    CLASS_K4 = "class_K4", "nhóm K4", "in class K4"
    CLASS_K5 = "class_K5", "nhóm K5", "in class K5"
    CLASS_KU = "class_KU", "nhóm KU (không có dữ liệu)", "in class KU (no data)"


class MeasurementSource(Term):
    """Say how a measurement came about."""

    DRIVE_TEST = "drive_test", "đo kiểm trên đường", "drive test"
    PHONE = "phone", "đo bằng điện thoại", "phone"
    SPEED_TEST = "speed_test", "đo tốc độ", "speed test"
    FIELD_REPORT = "field_report", "phiếu ghi nhận tại chỗ", "field report"
    PETITION = "petition", "đơn, kiến nghị của người dân", "petition"


class Severity(Term):
    """Say what a fault does to its row."""

    ERROR = "error", "lỗi (loại dòng)", "error (row quarantined)"
    WARNING = "warning", "cảnh báo", "warning"
