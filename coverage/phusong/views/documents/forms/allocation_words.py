"""What section III and annex IV of a report say, in both languages: the book's results, and plans apart."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class Sharing(Term):
    """Name the sentences of section III and annex IV."""

    BY_BOOK = (
        "by_book",
        "1. Kết quả theo sổ chương trình đến ngày {date}",
        "1. Results by the programme's book as of {date}",
    )
    ROUNDED = (
        "rounded",
        "Bản công bố: số học sinh và số suất cấp được làm tròn đến bội của {k} và cộng khớp với nhau; "
        "số 0 có thể là từ 0 đến {most}.",
        "Public edition: pupils and awards are rounded to multiples of {k} and add up; 0 may stand for 0 to "
        "{most}.",
    )
    RECONCILED = (
        "reconciled",
        "Đối chiếu: {eligible} học sinh thuộc đối tượng = {parts}. Mỗi học sinh chỉ được tính một lần.",
        "Reconciliation: {eligible} eligible pupils = {parts}. Each pupil is counted once.",
    )
    WAITING_DEVICE = (
        "waiting_device",
        "Học sinh thuộc đối tượng chờ thiết bị",
        "Eligible pupils waiting for a device",
    )
    WAITING_CONNECTION = (
        "waiting_connection",
        "Học sinh thuộc đối tượng chờ kết nối, không cần thiết bị",
        "Eligible pupils waiting for a connection, who need no device",
    )
    HELD = (
        "held",
        "Học sinh tạm giữ để đối chiếu trùng, chưa tính trong số cần thiết bị",
        "Pupils held apart who may be the same as another, not counted among those who need a device",
    )
    DECLINED = "declined", "Gia đình không nhận", "Declined by the family"
    NONE_DECLINED = (
        "none_declined",
        "Gia đình không nhận: chưa có trường hợp nào được ghi.",
        "Declined by the family: none is on record.",
    )
    MOVED = (
        "moved",
        "Chuyển đi, theo danh sách của trường (không tính trong số thuộc đối tượng)",
        "Moved away by the schools' lists (not counted as eligible)",
    )
    MOVED_UNKNOWN = (
        "moved_unknown",
        "Chuyển đi: chưa theo dõi, danh sách của trường không ghi học sinh chuyển đi.",
        "Moved away: not followed, no school's list says who has moved.",
    )
    MOVED_BOOK = (
        "moved_book",
        "Chuyển trường, theo sổ (vẫn thuộc đối tượng)",
        "Moved to another school by the book (still eligible)",
    )
    ELSEWHERE = (
        "elsewhere",
        "Thiết bị trong sổ của học sinh không còn thuộc đối tượng",
        "Devices in the book of pupils who are not eligible any more",
    )
    POOR = "poor", "Hộ nghèo (T1, T2)", "Poor households (T1, T2)"
    NEAR_POOR = "near_poor", "Hộ cận nghèo (T3, T4)", "Near-poor households (T3, T4)"
    HARDSHIP = "hardship", "Khó khăn khác (T5)", "Other hardship (T5)"
    OTHERS = "others", "Học sinh khác (T6)", "Other pupils (T6)"
    GIVEN = (
        "given",
        "{group} cần thiết bị, đã được bàn giao",
        "{group} in need of a device, handed over",
    )
    SURE = (
        "sure",
        "{group} cần thiết bị, đã xác nhận có",
        "{group} in need of a device, confirmed",
    )
    BY_TIER = (
        "by_tier",
        "Thiết bị theo bậc ưu tiên và trạng thái trong sổ",
        "Devices by tier and state in the book",
    )
    TIER = "tier", "Bậc ưu tiên", "Tier"
    SHORT_NEEDING = "short_needing", "Cần thiết bị", "Need a device"
    SHORT_PROPOSED = "short_proposed", "Đề nghị, chờ duyệt", "Proposed"
    SHORT_APPROVED = "short_approved", "Đã duyệt, chờ bàn giao", "Approved"
    SHORT_HANDED = "short_handed", "Đã bàn giao, chờ xác nhận", "Handed over"
    SHORT_CONFIRMED = "short_confirmed", "Đã xác nhận", "Confirmed"
    SHORT_RATE = "short_rate", "Tỷ lệ đã xác nhận", "Share confirmed"
    SHORT_WAITING = "short_waiting", "Chờ thiết bị", "Waiting"
    DOUBLES = (
        "doubles",
        "Lượt cấp lần hai cho cùng một học sinh đã ngăn",
        "Second awards to the same pupil prevented",
    )
    DAYS = (
        "days",
        "Thời gian từ tiếp nhận đến bàn giao (trung vị)",
        "Time from receipt to hand-over (median)",
    )
    STATES = "states", "Tiến độ cấp phát theo sổ", "Awards of the book by state"
    PACKAGES = "packages", "Gói cước, hỗ trợ phí", "Data packages and fee support"
    PER_DAY = "per_day", "{n} GB/ngày", "{n} GB/day"
    DATA = "data", "Dung lượng", "Data"
    MONTHS = "months", "tháng", "months"
    ANNEX = "annex", "Cấp phát thiết bị và kế hoạch phân bổ", "Devices given, and planned"
    STATUSES = (
        "statuses",
        "Học sinh thuộc đối tượng theo bậc ưu tiên và kết quả đến ngày báo cáo",
        "Eligible pupils by tier, and how each stands on the day of the report",
    )
    OUTCOME = "outcome", "Kết quả", "Outcome"


class Plan(Term):
    """Name the sentences about what an allocation plans, which is no deed."""

    HEADING = (
        "heading",
        "2. Dự kiến theo kế hoạch phân bổ (chưa phải kết quả)",
        "2. What the allocation plans (no result yet)",
    )
    GIVES = (
        "gives",
        "Kế hoạch phân bổ gần nhất dự kiến cấp thiết bị cho {devices} học sinh, chỉ gói cước cho {packages} "
        "học sinh. Đây là dự kiến, không phải kết quả, và không cộng vào các số nêu trên.",
        "The last allocation plans devices for {devices} pupils and a package alone for {packages}. This is "
        "a plan and no result; none of it is counted above.",
    )
    OUTCOMES = (
        "outcomes",
        "Dự kiến của kế hoạch phân bổ theo bậc ưu tiên",
        "What the allocation plans, by tier",
    )


class Change(Term):
    """Name the sentences about what has changed since the report before."""

    TITLE = (
        "title",
        "Thay đổi trong kỳ báo cáo, theo sổ chương trình",
        "Changes in the period, by the programme's book",
    )
    MORE = "more", "Tăng", "More"
    LESS = "less", "Giảm", "Fewer"
