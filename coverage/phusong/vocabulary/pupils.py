"""The closed lists about pupils: school, home, need, and how sure a record is of its place and person."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class Level(Term):
    """Name the levels of schooling; the programme serves the first three."""

    TH = "TH", "tiểu học", "primary"
    THCS = "THCS", "trung học cơ sở", "lower secondary"
    THPT = "THPT", "trung học phổ thông", "upper secondary"
    MN = "MN", "mầm non", "pre-school"
    GDTX = "GDTX", "giáo dục thường xuyên", "continuing education"


class Enrolment(Term):
    """Say whether a pupil studies at the school that lists them."""

    STUDYING = "studying", "đang học", "studying"
    MOVED_IN = "moved_in", "chuyển đến", "moved in, studying"
    MOVED_OUT = "moved_out", "chuyển đi", "moved to another school"
    LEFT = "left", "thôi học", "left school"
    DROPPED_OUT = "dropped_out", "bỏ học", "dropped out"
    ON_LEAVE = "on_leave", "tạm nghỉ", "on leave"


class Sex(Term):
    """Say the sex that a school's list states."""

    MALE = "male", "nam", "male"
    FEMALE = "female", "nữ", "female"


class Poverty(Term):
    """Say how a household stands on the commune's list of the year."""

    POOR = "poor", "hộ nghèo", "poor household"
    NEAR_POOR = "near_poor", "hộ cận nghèo", "near-poor household"
    NEITHER = "neither", "không thuộc diện nghèo, cận nghèo", "neither poor nor near-poor"


class Hardship(Term):
    """Name the conditions that raise a pupil's tier."""

    ORPHAN_BOTH = "orphan_both", "mồ côi cả cha lẫn mẹ", "orphan of both parents"
    ORPHAN_ONE = "orphan_one", "mồ côi cha hoặc mẹ", "orphan of one parent"
    COVID_ORPHAN = "covid_orphan", "cha, mẹ mất do COVID-19", "parent died of COVID-19"
    MERITORIOUS = (
        "meritorious",
        "con thương binh, liệt sĩ, người có công",
        "family of war invalid, martyr or person of merit",
    )
    SEVERE_DISABILITY = "severe_disability", "khuyết tật nặng", "severe disability"
    DISABILITY = "disability", "khuyết tật", "disability"
    POLICY_FAMILY = "policy_family", "gia đình chính sách", "policy family"
    INCOME_LOSS = "income_loss", "mất thu nhập do dịch bệnh", "sudden loss of income"
    MINORITY = "minority", "dân tộc thiểu số", "ethnic minority"
    OTHER_HARDSHIP = "other_hardship", "hoàn cảnh khó khăn khác", "other certified hardship"


class HomeDevice(Term):
    """Say what a pupil has at home to learn with."""

    OWN = "own", "có thiết bị riêng", "a device of their own"
    SHARED = "shared", "dùng chung thiết bị", "a shared device"
    NONE = "none", "không có thiết bị", "no device"


class DeviceKind(Term):
    """Name the four kinds of device of the programme."""

    DESKTOP = "desktop", "máy tính để bàn", "desktop computer"
    LAPTOP = "laptop", "máy tính xách tay", "laptop"
    TABLET = "tablet", "máy tính bảng", "tablet"
    SMARTPHONE = "smartphone", "điện thoại thông minh", "smartphone"


class HomeConnection(Term):
    """Say how a pupil's home reaches the Internet."""

    FIXED = "fixed", "Internet cố định, wifi", "fixed line or wifi"
    MOBILE_4G = "mobile_4g", "di động 4G", "4G mobile"
    MOBILE_3G = "mobile_3g", "di động 3G", "3G mobile"
    UNSPECIFIED = "unspecified", "có kết nối, không rõ loại", "connected, kind not stated"
    NONE = "none", "không có kết nối", "none"


class MatchStatus(Term):
    """Name the six outcomes of looking for an address's hamlet; only the first feeds hamlet totals."""

    MATCHED = "MATCHED", "đã xác định thôn", "hamlet found"
    AMBIGUOUS = "AMBIGUOUS", "nhiều khả năng, cần người chọn", "several readings, a person chooses"
    COMMUNE_ONLY = "COMMUNE_ONLY", "chỉ xác định được xã", "commune only"
    OUT_OF_PROVINCE = "OUT_OF_PROVINCE", "ngoài tỉnh", "outside the province"
    EMPTY = "EMPTY", "không có địa chỉ", "no address"
    CONFLICT = "CONFLICT", "địa chỉ mâu thuẫn", "address contradicts itself"


class PlacedBy(Term):
    """Say what put a pupil into a hamlet."""

    ADDRESS = "address", "địa chỉ", "address"
    DECISION = "decision", "người xác nhận", "a person's decision"
    NOTHING = "nothing", "chưa xác định", "not placed"


class Identity(Term):
    """Say whether two records are the same pupil."""

    CERTAIN = "certain", "chắc chắn là một học sinh", "certainly the same pupil"
    PROBABLE = (
        "probable",
        "có thể là một học sinh, cần kiểm tra",
        "probably the same, a person checks",
    )
    DIFFERENT = "different", "hai học sinh khác nhau", "different pupils"


class Tier(Term):
    """Name the tiers of need, first served first."""

    T1 = (
        "T1",
        "hộ nghèo và mồ côi, khuyết tật nặng hoặc gia đình có công",
        "poor household and orphaned, severely disabled or of a family of merit",
    )
    T2 = "T2", "hộ nghèo khác", "other poor household"
    T3 = (
        "T3",
        "hộ cận nghèo và mồ côi, khuyết tật nặng hoặc gia đình có công",
        "near-poor household and orphaned, severely disabled or of a family of merit",
    )
    T4 = "T4", "hộ cận nghèo khác", "other near-poor household"
    T5 = "T5", "hoàn cảnh khó khăn khác được xác nhận", "other certified hardship"
    T6 = (
        "T6",
        "học sinh khác chưa đủ điều kiện học trực tuyến",
        "any other pupil without the means to learn online",
    )


class Reason(Term):
    """Say why a pupil is eligible, is not, or cannot be judged yet."""

    NO_DEVICE = "no_device", "không có thiết bị", "no device"
    SHARED_DEVICE = "shared_device", "thiết bị dùng chung không đủ", "shared devices do not suffice"
    UNSUITABLE_DEVICE = (
        "unsuitable_device",
        "thiết bị không thuộc loại được tính",
        "a device of a kind that does not count",
    )
    NO_CONNECTION = "no_connection", "nhà không có kết nối", "no connection at home"
    SLOW_CONNECTION = (
        "slow_connection",
        "kết nối không đủ cho lớp học trực tuyến",
        "connection too slow for a live lesson",
    )
    NO_SIGNAL = "no_signal", "thôn không có kết nối phù hợp", "nothing adequate in the hamlet"
    EQUIPPED = "equipped", "đã đủ thiết bị và kết nối", "device and connection suffice"
    LEVEL_OUTSIDE = "level_outside", "cấp học ngoài chương trình", "level outside the programme"
    NOT_STUDYING = "not_studying", "không còn học tại trường", "not studying"
    NOT_BENEFICIARY = (
        "not_beneficiary",
        "không thuộc nhóm đối tượng của chính sách",
        "in none of the policy's groups",
    )
    LEVEL_UNKNOWN = "level_unknown", "chưa rõ cấp học", "level not stated"
    STATUS_UNKNOWN = "status_unknown", "chưa rõ còn học hay không", "enrolment not stated"
    DEVICE_UNKNOWN = "device_unknown", "chưa rõ thiết bị", "device not stated"
    CONNECTION_UNKNOWN = "connection_unknown", "chưa rõ kết nối", "connection not known"
    CONNECTION_DISPUTED = (
        "connection_disputed",
        "kê khai có kết nối nhưng thôn chưa có sóng phù hợp",
        "connection stated where the hamlet has none that fits",
    )
    POVERTY_PROBABLE = (
        "poverty_probable",
        "có thể thuộc hộ nghèo, cận nghèo, cần xác nhận",
        "possibly of a poor or near-poor household, to be confirmed",
    )
    IDENTITY_PROBABLE = (
        "identity_probable",
        "có thể trùng học sinh khác, cần kiểm tra",
        "possibly the same as another pupil, to be checked",
    )


class Audience(Term):
    """Say for whom counts of pupils are rounded."""

    PUBLIC = "public", "công chúng", "the public"
    OFFICES = "offices", "cơ quan nhà nước", "offices"


class CountedUnit(Term):
    """Name what pupils are counted by."""

    PROVINCE = "province", "toàn tỉnh", "province"
    DISTRICT = "district", "huyện", "district"
    COMMUNE = "commune", "xã", "commune"
    HAMLET = "hamlet", "thôn, tổ dân phố", "hamlet"
    SCHOOL = "school", "trường", "school"
    UNPLACED = "unplaced", "chưa xác định nơi ở", "not placed"
