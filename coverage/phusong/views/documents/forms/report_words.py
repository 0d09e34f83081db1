"""What a report to the provincial committee says, in both languages."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class Say(Term):
    """Name the sentences of a report."""

    TITLE = "title", "BÁO CÁO", "REPORT"
    WEEKLY = (
        "weekly",
        "Kết quả thực hiện {programme} từ ngày {first} đến ngày {last}",
        "Results of {programme} from {first} to {last}",
    )
    FINAL = (
        "final",
        "Tổng kết thực hiện {programme}",
        "Final report on {programme}",
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
    DEVICE = (
        "device",
        "Học sinh không có thiết bị, theo khảo sát",
        "Pupils without a device, by the survey",
    )
    AFTER_BOOK = (
        "after_book",
        "Sau bàn giao, theo sổ chương trình đến ngày {date}:",
        "After what was handed over, by the programme's book as of {date}:",
    )
    DEVICE_BOOK = (
        "device_book",
        "Học sinh không có thiết bị, trừ số đã xác nhận có theo sổ",
        "Pupils without a device, less those who have confirmed one by the book",
    )
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
    NOTHING = (
        "nothing",
        "Đến ngày báo cáo, sổ chương trình chưa ghi khoản nào.",
        "By the day of the report nothing is written in the programme's book.",
    )
    OPEN = "open", "4. Cam kết ủng hộ chưa nhận đủ", "4. Pledges not received in full"
    OVERDUE = (
        "overdue",
        "Đợt phát động đã kết thúc ngày {date} mà còn {n} cam kết chưa nhận đủ:",
        "The campaign ended on {date}, and {n} pledges are not received in full:",
    )
    NOT_YET = (
        "not_yet",
        "Đợt phát động kéo dài đến ngày {date}; còn {n} cam kết chưa nhận đủ:",
        "The campaign runs until {date}; {n} pledges are not received in full yet:",
    )
    NOT_YET_FREE = (
        "not_yet_free",
        "Còn {n} cam kết chưa nhận đủ:",
        "{n} pledges are not received in full yet:",
    )
    OPEN_FORM = (
        "open_form",
        "{form}: {n} cam kết, còn thiếu {missing} {unit}.",
        "{form}: {n} pledges, {missing} {unit} missing.",
    )
    OPEN_TABLE = "open_table", "Cam kết ủng hộ chưa nhận đủ", "Pledges not received in full"
    UNSPENT = "unspent", "5. Tiền đã nhận, chưa chi", "5. Money received and not spent"
    UNSPENT_SUM = (
        "unspent_sum",
        "{form}: còn {balance} chưa chi, trong đó {apart} đã phân bổ, chưa chi và {free} chưa phân bổ.",
        "{form}: {balance} not spent, of which {apart} are set apart and {free} are not.",
    )
    UNSPENT_WAITING = (
        "unspent_waiting",
        "Cùng ngày còn {pupils} học sinh chờ thiết bị và {packages} gói cước chưa cấp; lý do chưa chi không "
        "ghi trong sổ, cần cơ quan tiếp nhận giải trình.",
        "On the same day {pupils} pupils wait for a device and {packages} data packages are not issued; the "
        "book states no reason for not spending, which the receiving office is to give.",
    )
    UNSPENT_NOBODY = (
        "unspent_nobody",
        "Lý do: không còn học sinh chờ thiết bị.",
        "The reason: no pupil waits for a device any more.",
    )
    ANNEX = "annex", "Ủng hộ, tài trợ", "Contributions"
    NO_SUM = (
        "no_sum",
        "Các dòng thuộc hình thức khác nhau nên không cộng chung.",
        "The rows are of different forms and have no common total.",
    )


class Aim(Term):
    """Name the three aims of the programme, each for everybody."""

    TITLE = (
        "title",
        "Ba mục tiêu của Chương trình: mọi học sinh, mọi thôn",
        "The programme's three aims: every pupil, every hamlet",
    )
    AIM = "aim", "Mục tiêu", "Aim"
    DAY = "day", "Số liệu đến ngày", "Data as of"
    RESULT = "result", "Đã đạt", "Reached"
    TARGET = "target", "Phải đạt", "Target"
    MISSING = "missing", "Còn thiếu", "Missing"
    UNKNOWN = "unknown", "Trong đó chưa rõ", "Of which not known"
    PUPILS_SURVEY = (
        "pupils_survey",
        "1. Học sinh đủ thiết bị và kết nối, theo khảo sát",
        "1. Pupils with device and connection, by the survey",
    )
    PUPILS_BOOK = (
        "pupils_book",
        "1. Học sinh đủ thiết bị và kết nối, theo khảo sát và thiết bị đã xác nhận trong sổ",
        "1. Pupils with device and connection, by the survey and devices confirmed in the book",
    )
    HAMLETS_3G = "hamlets_3g", "2. Thôn, tổ dân phố có sóng 3G", "2. Hamlets with 3G"
    HAMLETS_4G = "hamlets_4g", "2. Thôn, tổ dân phố có sóng 4G", "2. Hamlets with 4G"
    HAMLETS_FIBRE = (
        "hamlets_fibre",
        "3. Thôn, tổ dân phố sẵn sàng cáp quang",
        "3. Hamlets that are fibre ready",
    )


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
    CUT_OFF = (
        "cut_off",
        "{n} học sinh thuộc đối tượng còn chờ kết nối.",
        "{n} eligible pupils still wait for a connection.",
    )
    OVERDUE = (
        "overdue",
        "{n} cam kết ủng hộ chưa nhận đủ khi đợt phát động đã kết thúc.",
        "{n} pledges are not received in full though the campaign has ended.",
    )
    UNSPENT = (
        "unspent",
        "{form}: còn {n} đồng đã nhận mà chưa chi.",
        "{form}: {n} VND have been received and not spent.",
    )


class Proposal(Term):
    """Name the proposals that follow from what is amiss."""

    LATE = (
        "late",
        "Đề nghị chỉ đạo doanh nghiệp viễn thông hoàn thành {n} cam kết đã quá hạn, báo rõ ngày phát sóng.",
        "The operators should complete {n} overdue commitments and state the date of service.",
    )
    OVERDUE = (
        "overdue",
        "Đề nghị đầu mối tiếp nhận làm việc với bên ủng hộ về {n} cam kết chưa nhận đủ.",
        "The receiving office should take up {n} pledges not received in full with their donors.",
    )
    SPEND = (
        "spend",
        "Đề nghị cho chủ trương sử dụng phần tiền đã nhận, chưa chi nêu tại mục II, trong khi {n} học "
        "sinh chờ thiết bị.",
        "The use of the money received and not spent (section II) should be decided, while {n} pupils wait "
        "for a device.",
    )
    HELD = (
        "held",
        "Đề nghị các trường đối chiếu {n} học sinh tạm giữ vì có thể trùng.",
        "The schools should check {n} pupils who may be the same as another.",
    )
    UNMATCHED = (
        "unmatched",
        "Đề nghị các trường, xã bổ sung địa chỉ của {n} học sinh chưa xác định được thôn.",
        "Schools and communes should complete the addresses of {n} pupils whose hamlet is not known.",
    )
