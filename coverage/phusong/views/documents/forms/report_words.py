"""What a report to the provincial committee says, in both languages."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class Say(Term):
    """Name the sentences of a report."""

    TITLE = "title", "BÁO CÁO", "REPORT"
    WEEKLY = (
        "weekly",
        "Kết quả thực hiện Chương trình “Sóng và máy tính cho em” từ ngày {first} đến ngày {last}",
        "Results of the programme “Signal and computers for pupils” from {first} to {last}",
    )
    FINAL = (
        "final",
        "Tổng kết thực hiện Chương trình “Sóng và máy tính cho em”",
        "Final report on the programme “Signal and computers for pupils”",
    )
    OPENING = (
        "opening",
        "Thực hiện {basis}, {agency} báo cáo kết quả đến ngày {date} như sau:",
        "Under {basis}, {agency} reports the results as of {date}:",
    )
    OPENING_FREE = (
        "opening_free",
        "{agency} báo cáo kết quả đến ngày {date} như sau:",
        "{agency} reports the results as of {date}:",
    )
    CLOSING = (
        "closing",
        "Trên đây là báo cáo của {agency}, trân trọng báo cáo {whom} xem xét, chỉ đạo./.",
        "This report of {agency} is respectfully submitted to {whom}.",
    )
    I = "i", "TÌNH HÌNH", "SITUATION"  # noqa: E741  # the number of the section
    II = "ii", "KẾT QUẢ VẬN ĐỘNG", "CONTRIBUTIONS"
    III = "iii", "PHÂN BỔ", "ALLOCATION"
    IV = "iv", "HẠ TẦNG", "INFRASTRUCTURE"
    V = "v", "KHÓ KHĂN, VƯỚNG MẮC", "DIFFICULTIES"
    VI = "vi", "KIẾN NGHỊ", "PROPOSALS"
    NO_DATA = (
        "no_data",
        "Chưa có số liệu tại thời điểm báo cáo.",
        "No data at the time of this report.",
    )
    SEE_ANNEX = "see_annex", "(Chi tiết tại Phụ lục {number}.)", "(Details in Annex {number}.)"
    PUPIL = "pupil", "học sinh", "pupils"
    SCHOOL = "school", "trường", "schools"
    HAMLET = "hamlet", "thôn", "hamlets"
    CASE = "case", "trường hợp", "cases"
    ROW = "row", "dòng", "rows"
    SOURCE = "source", "nguồn", "sources"
    DAY = "day", "ngày", "days"
    DEVICE = "device", "thiết bị", "devices"
    PACKAGE = "package", "gói", "packages"
    GIFT = "gift", "lượt", "gifts"
    COMMITMENT = "commitment", "cam kết", "commitments"
    VND = "vnd", "đồng", "VND"
    MILLIONS = "millions", "triệu đồng", "million VND"
    RATE = "rate", "Tỷ lệ", "Share"


class Situation(Term):
    """Name the sentences of section I and annex I."""

    PUPILS = "pupils", "1. Học sinh, thiết bị và kết nối", "1. Pupils, devices and connections"
    QUALITY = "quality", "2. Chất lượng số liệu", "2. Quality of the data"
    STUDYING = (
        "studying",
        "Học sinh đang học tại các cấp của chương trình",
        "Pupils studying at the programme's levels",
    )
    ONLINE = "online", "Học sinh học trực tuyến", "Pupils who learn online"
    DEVICE = "device", "Học sinh không có thiết bị", "Pupils without a device"
    POOR = "poor", "Trong số không có thiết bị: hộ nghèo", "Of those without a device: poor"
    NEAR_POOR = (
        "near_poor",
        "Trong số không có thiết bị: hộ cận nghèo",
        "Of those without a device: near-poor",
    )
    HARDSHIP = (
        "hardship",
        "Trong số không có thiết bị: khó khăn khác",
        "Of those without a device: other hardship",
    )
    CONNECTION = (
        "connection",
        "Học sinh không đủ kết nối để học trực tuyến",
        "Pupils without an adequate connection",
    )
    BOTH = (
        "both",
        "Học sinh đủ cả thiết bị và kết nối",
        "Pupils with both device and connection",
    )
    ELIGIBLE = "eligible", "Học sinh thuộc đối tượng hỗ trợ", "Eligible pupils"
    SCHOOLS = "schools", "Trường chưa có Internet", "Schools without Internet"
    BY_LEVEL = "by_level", "Học sinh theo cấp học", "Pupils by level"
    LEVEL = "level", "Cấp học", "Level"
    MATCHED = (
        "matched",
        "Học sinh đã xác định được thôn nơi ở",
        "Pupils whose hamlet has been found",
    )
    QUARANTINED = (
        "quarantined",
        "Dòng dữ liệu chưa nhận được, chờ đơn vị cung cấp sửa",
        "Rows set aside until their owner mends them",
    )
    STALE = "stale", "Nguồn số liệu đã quá hạn cập nhật", "Sources that are out of date"
    UNRECONCILED = (
        "unreconciled",
        "Tổng chưa khớp trong sổ chương trình",
        "Sums of the book that do not agree",
    )
    ANNEX = "annex", "Học sinh theo trường", "Pupils by school"
    NAME = "name", "Trường", "School"
    SHORT_PUPILS = "short_pupils", "Học sinh", "Pupils"
    SHORT_DEVICE = "short_device", "Không có thiết bị", "Without a device"
    SHORT_CONNECTION = "short_connection", "Không đủ kết nối", "Without a connection"
    SHORT_BOTH = "short_both", "Đủ cả hai", "With both"
    SHORT_ELIGIBLE = "short_eligible", "Thuộc đối tượng", "Eligible"
    WHOLE = "whole", "Toàn tỉnh", "Province"
    DIRECTIONS = (
        "directions",
        "Số toàn tỉnh gồm cả học sinh chưa rõ trường.",
        "The province counts pupils of no stated school as well.",
    )


class Giving(Term):
    """Name the sentences of section II and annex III."""

    WINDOW = (
        "window",
        "Thời gian phát động từ ngày {first} đến ngày {last}; phần tiếp nhận sau thời gian này được "
        "nêu riêng. Năm hình thức ủng hộ không cộng chung với nhau; giá trị hiện vật là ước tính và "
        "không cộng vào tiền.",
        "The campaign ran from {first} to {last}; what came later stands apart. The five forms of "
        "contribution share no total; values in kind are estimates and are not added to money.",
    )
    MONEY = "money", "1. Bằng tiền, ngân sách và quỹ", "1. Money, State budget and funds"
    KIND = (
        "kind",
        "2. Thiết bị và cơ chế của doanh nghiệp viễn thông",
        "2. Devices and operators' mechanisms",
    )
    LOTS = "lots", "3. Thiết bị đã tiếp nhận", "3. Devices received"
    MONEY_TABLE = "money_table", "Ủng hộ bằng tiền", "Money"
    KIND_TABLE = "kind_table", "Ủng hộ bằng hiện vật, cơ chế", "Gifts in kind, mechanisms"
    LOTS_TABLE = "lots_table", "Thiết bị theo loại", "Devices by kind"
    WITHIN = "within", "{form}, đã nhận trong đợt", "{form}, received within the window"
    AFTER = "after", "{form}, đã nhận sau đợt", "{form}, received after the window"
    ADEQUATE = (
        "adequate",
        "Thiết bị đủ điều kiện học trực tuyến",
        "Devices fit for online lessons",
    )
    HANDED = "handed", "Thiết bị đã bàn giao", "Devices handed over"
    ANNEX = "annex", "Ủng hộ, tài trợ", "Contributions"
    NO_SUM = (
        "no_sum",
        "Các dòng thuộc hình thức khác nhau nên không cộng chung.",
        "The rows are of different forms and have no common total.",
    )


class Sharing(Term):
    """Name the sentences of section III and annex IV."""

    RECONCILED = (
        "reconciled",
        "Đối chiếu: {eligible} thuộc đối tượng = {awarded} đã cấp + {waiting} đang chờ + {declined} "
        "không nhận + {moved} chuyển đi. Mỗi học sinh chỉ được tính một lần.",
        "Reconciliation: {eligible} eligible = {awarded} awarded + {waiting} waiting + {declined} "
        "declined + {moved} moved away. Each pupil is counted once.",
    )
    AWARDED = "awarded", "Học sinh thuộc đối tượng đã được cấp", "Eligible pupils awarded"
    WAITING = "waiting", "Học sinh thuộc đối tượng đang chờ", "Eligible pupils waiting"
    BY_TIER = "by_tier", "Phân bổ theo bậc ưu tiên", "Allocation by tier"
    TIER = "tier", "Bậc ưu tiên", "Tier"
    SHORT_ALL = "short_all", "Học sinh", "Pupils"
    SHORT_AWARDED = "short_awarded", "Được cấp", "Awarded"
    SHORT_WAITING = "short_waiting", "Đang chờ", "Waiting"
    SHORT_OTHER = "short_other", "Khác", "Other"
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
    STATES = "states", "Tiến độ bàn giao", "State of the hand-over"
    STATE = "state", "Trạng thái", "State"
    PACKAGES = "packages", "Gói cước, hỗ trợ phí", "Data packages and fee support"
    PER_DAY = "per_day", "{n} GB/ngày", "{n} GB/day"
    DATA = "data", "Dung lượng", "Data"
    MONTHS = "months", "tháng", "months"
    ANNEX = "annex", "Phân bổ thiết bị", "Allocation of devices"
    OUTCOMES = "outcomes", "Kết quả phân bổ theo bậc ưu tiên", "Outcomes by tier"
    OUTCOME = "outcome", "Kết quả", "Outcome"


class Network(Term):
    """Name the sentences of section IV and annexes II and V."""

    SIGNAL = "signal", "1. Phủ sóng, cáp quang đến thôn", "1. Signal and fibre to the hamlets"
    PROMISES = (
        "promises",
        "2. Cam kết của doanh nghiệp viễn thông",
        "2. Operators' commitments",
    )
    PLAN = "plan", "3. Kế hoạch phủ sóng, kéo cáp", "3. Rollout"
    OF_HAMLETS = "of_hamlets", "Thôn, tổ dân phố {indicator}", "Hamlets {indicator}"
    AMONG = "among", "(trong số không trắng sóng)", "(of those not in a white gap)"
    OFFICIAL = (
        "official",
        "Tính theo {technologies}. Trắng sóng: trung tâm thôn chưa có sóng; lõm sóng: trung tâm có sóng, "
        "còn cụm dân cư chưa có. Thôn chưa rõ không tính là được phủ sóng.",
        "Counting {technologies}. White gap: no signal at the centre; partial gap: signal at the centre and "
        "not in every residential cluster. What is unknown does not count as covered.",
    )
    NOT_WHITE = "not_white", "Không trắng sóng", "Not in a white gap"
    OF_THEM_PARTIAL = "of_them_partial", "Trong đó lõm sóng", "Of them in a partial gap"
    CHANGE = "change", "So với kỳ báo cáo trước", "Against the report before"
    INDICATOR = "indicator", "Chỉ tiêu", "Indicator"
    BEFORE = "before", "Kỳ trước", "Before"
    NOW = "now", "Kỳ này", "Now"
    MORE = "more", "Tăng", "More"
    LESS = "less", "Giảm", "Fewer"
    BY_OPERATOR = "by_operator", "Cam kết theo doanh nghiệp", "Commitments by operator"
    OPERATOR = "operator", "Doanh nghiệp", "Operator"
    DUE = "due", "Cam kết", "Commitments"
    DONE = "done", "Đã phát sóng, thông cáp", "On air"
    ACCEPTED = "accepted", "Trong đó đã nghiệm thu", "Of which accepted"
    LATE = "late", "Chậm", "Late"
    WITHDRAWN = "withdrawn", "Đã rút", "Withdrawn"
    LATE_LIST = "late_list", "Các cam kết chậm tiến độ", "Commitments that are late"
    PROGRESS = "progress", "Tiến độ từng cam kết", "Progress of each commitment"
    BY_WAVE = "by_wave", "Kế hoạch theo đợt", "Rollout by wave"
    WAVE = "wave", "Đợt", "Wave"
    OUTSIDE = "outside", "ngoài ngân sách", "beyond the budget"
    PUPILS = "pupils", "Học sinh được kết nối", "Pupils connected"
    COST_LOW = "cost_low", "Chi phí thấp", "Cost, low"
    COST = "cost", "Chi phí dự kiến", "Cost, likely"
    COST_HIGH = "cost_high", "Chi phí cao", "Cost, high"
    ANNEX_II = (
        "annex_ii",
        "Kết nối của thôn, tổ dân phố theo xã",
        "Hamlets' connectivity by commune",
    )
    ANNEX_V = (
        "annex_v",
        "Tiến độ của doanh nghiệp viễn thông",
        "Operators' progress",
    )
    COMMUNE = "commune", "Xã, phường, thị trấn", "Commune"
    HAMLETS = "hamlets", "Số thôn", "Hamlets"
    UNKNOWN = "unknown", "Không có dữ liệu 4G", "No data on 4G"


class Trouble(Term):
    """Name the sentences of sections V and VI."""

    LATE = (
        "late",
        "{n} cam kết của doanh nghiệp viễn thông đã quá hạn.",
        "{n} commitments of operators are overdue.",
    )
    UNKNOWN = (
        "unknown",
        "{n} thôn, tổ dân phố chưa có dữ liệu về sóng 4G; không được tính là đã phủ sóng.",
        "{n} hamlets have no data on 4G; they do not count as covered.",
    )
    UNMATCHED = (
        "unmatched",
        "{n} học sinh chưa xác định được thôn nơi ở theo địa chỉ.",
        "{n} pupils' addresses have not led to a hamlet.",
    )
    WAITING = (
        "waiting",
        "{n} học sinh thuộc đối tượng còn chờ thiết bị.",
        "{n} eligible pupils still wait for a device.",
    )
    NONE = "none", "Không có.", "None."
