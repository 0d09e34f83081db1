"""What must hold on each day of the campaign, in both languages; gaps are filled in with what was found."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class Day(Term):
    """Name the days of the replay."""

    D0 = (
        "20/09/2021",
        "D0: nạp địa bàn, trường, hạ tầng",
        "D0: places, schools, networks are loaded",
    )
    D1 = "21/09/2021", "D1: mở đợt vận động, 40 cam kết", "D1: the campaign opens with 40 pledges"
    D2 = (
        "22/09/2021",
        "D2: nhận 300 máy tính bảng, 120 máy tính xách tay",
        "D2: 300 tablets and 120 laptops come",
    )
    D3 = (
        "23/09/2021",
        "D3: danh sách học sinh nghèo, cận nghèo",
        "D3: the lists of poor and near-poor pupils",
    )
    D4 = (
        "24/09/2021",
        "D4: trạm mới phát sóng; bàn giao đợt đầu",
        "D4: new masts on air; the first hand-over",
    )
    D5 = "25/09/2021", "D5: hai đơn khiếu nại", "D5: two complaints"
    D6 = (
        "26/09/2021",
        "D6: đóng đợt, phân bổ, báo cáo",
        "D6: the window closes; allocation and report",
    )
    LATE = "15/10/2021", "15/10: tiền ủng hộ đến sau đợt", "15 October: money that came late"
    BOUGHT = (
        "15/11/2021",
        "Tháng 11: mua máy, cấp kèm gói cước",
        "November: tablets are bought and awarded",
    )
    FINAL = "10/12/2021", "10/12: báo cáo tổng kết", "10 December: the final report"
    AGAIN = (
        "01/07/2025",
        "1/7/2025: báo cáo lại theo danh mục mới",
        "1 July 2025: told again in the new edition",
    )


class Must(Term):
    """Name what must hold; the invariants of the scenario begin with I."""

    UNITS = "units", "9 huyện, 136 xã: {found}", "9 districts, 136 communes: {found}"
    LEVELS = (
        "levels",
        "học sinh TH/THCS/THPT 125.578/79.210/32.292: {found}",
        "pupils by level 125,578/79,210/32,292: {found}",
    )
    ROWS = (
        "rows",
        "dòng nhận = dòng dùng + dòng loại: {found}",
        "rows in = accepted + quarantined: {found}",
    )
    FROZEN = (
        "frozen",
        "chốt danh sách thôn thiếu kết nối: {found} thôn",
        "the list of gaps is frozen: {found} hamlets",
    )
    PLEDGES = (
        "pledges",
        "40 cam kết được tính, đủ năm hình thức: {found}",
        "40 pledges count, in all five forms: {found}",
    )
    DOUBTS = (
        "doubts",
        "1 cam kết trùng, 1 thiếu số lượng không được tính: {found}",
        "1 duplicate and 1 without quantity are not counted: {found}",
    )
    FIT = "fit", "70 + 300 máy phân bổ được: {found}", "70 + 300 devices can be given: {found}"
    UNFIT = (
        "unfit",
        "30 máy không đủ cấu hình, 20 máy cần bổ sung: {found}",
        "30 below the profile, 20 to be completed: {found}",
    )
    DISTINCT = (
        "distinct",
        "545 học sinh nghèo, 734 cận nghèo, 2.099 khó khăn khác, mỗi em một lần: {found}",
        "545 poor, 734 near-poor, 2,099 others, each once: {found}",
    )
    DOUBLES = (
        "doubles",
        "37 hồ sơ lặp được gộp hoặc tạm giữ: {found}",
        "37 second records merged or held: {found}",
    )
    WRONG = (
        "wrong",
        "3 dòng sai tọa độ bị loại kèm gợi ý đúng: {found}",
        "3 wrong rows quarantined with the right suggestion: {found}",
    )
    NEARBY = (
        "nearby",
        "nhóm chỉ đổi ở thôn trong tầm trạm mới: {found}",
        "classes change only within reach of the new masts: {found}",
    )
    FIRST = (
        "first",
        "40 máy bàn giao trong ngày: {found}",
        "40 devices handed over that day: {found}",
    )
    ANSWERED = (
        "answered",
        "đơn “không có tên” được trả lời từ sổ: {found}",
        "“not listed” is answered from the records: {found}",
    )
    REFUSED = (
        "refused",
        "cấp lần hai bị từ chối, nêu lần cấp trước: {found}",
        "a second award is refused and cites the first: {found}",
    )
    REVERSED = (
        "reversed",
        "thu hồi chỉ bằng quyết định ghi sổ: {found}",
        "taken back only by a recorded decision: {found}",
    )
    REPORTED = (
        "reported",
        "báo cáo in đủ ba định dạng: {found}",
        "the report is there in three formats: {found}",
    )
    AFTER = (
        "after",
        "tiền đến sau đợt ở cột riêng, lũy kế 3,0 tỷ: {found}",
        "late money in a column of its own, 3.0 bn in all: {found}",
    )
    POSSIBLE = "possible", "3,0 tỷ mua được 1.250 máy: {found}", "3.0 bn would buy 1,250: {found}"
    POOR = (
        "poor",
        "học sinh nghèo 545/545 (100,0 %): {found}",
        "poor pupils 545/545 (100.0 %): {found}",
    )
    CONFIRMED = (
        "confirmed",
        "mọi máy đã cấp được xác nhận: {found}",
        "every device given is confirmed: {found}",
    )
    PRINTED = (
        "printed",
        "báo cáo in đúng số suất đã xác nhận trong sổ: {found}",
        "the report prints the awards that the book has confirmed: {found}",
    )
    NEW_UNITS = (
        "new_units",
        "36 xã, phường theo danh mục 1/7/2025: {found}",
        "36 units in the edition of 1 July 2025: {found}",
    )
    SAME = (
        "same",
        "tổng học sinh, thôn, lượt cấp không đổi: {found}",
        "totals of pupils, hamlets and awards stay: {found}",
    )
    MOVED = (
        "moved",
        "Đạo Trù (08914) có cả các thôn của Yên Dương: {found}",
        "Đạo Trù (08914) holds Yên Dương's hamlets: {found}",
    )
    SUNSET = (
        "sunset",
        "khi tắt 3G, thôn nhóm K4 thành K5: {found}",
        "once 3G is off, K4 becomes K5: {found}",
    )
    I1 = (
        "I1",
        "được cấp + chờ + từ chối + không thuộc diện = đã xét: {found}",
        "awarded + waiting + declined + ineligible = assessed: {found}",
    )
    I2 = "I2", "không em nào được cấp hai lần: {found}", "nobody is awarded twice: {found}"
    I3 = (
        "I3",
        "không bậc dưới nào được cấp máy mà bậc trên đang chờ dùng được: {found}",
        "no lower tier holds what a waiting higher one could use: {found}",
    )
    I4 = (
        "I4",
        "đã nhận − đã chi = còn lại, hiện vật không cộng: {found}",
        "received − spent = balance, things not added: {found}",
    )
    I5 = (
        "I5",
        "“không có dữ liệu” không tính là phủ: {found}",
        "UNKNOWN is never counted as covered: {found}",
    )
    I6 = (
        "I6",
        "tổng theo xã = theo huyện = toàn tỉnh: {found}",
        "communes = districts = province: {found}",
    )
    I7 = (
        "I7",
        "đảo thứ tự dòng, kết quả không đổi: {found}",
        "rows in another order, the same result: {found}",
    )
    I8 = (
        "I8",
        "tệp công khai không có tên, số, nhóm dưới 5 em: {found}",
        "public files hold no name, number or count under 5: {found}",
    )
    I9 = "I9", "không mở kết nối mạng nào: {found}", "no network connection was opened: {found}"
    CHAIN = (
        "chain",
        "sổ nguyên vẹn, chuỗi băm khớp: {found}",
        "the book is whole and its chain holds: {found}",
    )


class Published(Term):
    """Name a figure that was published, and say why it cannot be had from the rules as published."""

    NEAR = (
        "near",
        "đã công bố: cận nghèo 703/734 (95,8 %; báo in 95,7 do cắt đuôi). Theo quy tắc đã công bố: {found}."
        " Tiền ủng hộ đủ mua máy cho mọi học sinh cận nghèo; số 703 chỉ có khi để lại 372 máy không mua trong"
        " lúc các em còn chờ, không quy tắc nào nêu như vậy",
        "published: near-poor 703/734 (95.8 %; the press truncated to 95.7). By the rules as published:"
        " {found}. The gifts buy a device for every near-poor pupil; 703 comes out only if 372 devices stay"
        " unbought while pupils wait, which no rule says",
    )
    WAITING = (
        "waiting",
        "đã công bố: còn chờ 31 cận nghèo, 2.099 khó khăn khác. Theo quy tắc đã công bố: {found}, vì cùng"
        " lý do",
        "published: 31 near-poor and 2,099 others wait. By the rules as published: {found}, for the same"
        " reason",
    )
    DEVICES = (
        "devices",
        "đã công bố: 1.248 máy (545 + 703). Theo quy tắc đã công bố: {found} máy, gồm máy được tặng còn dùng"
        " được và mọi máy mà 3,0 tỷ đồng mua được",
        "published: 1,248 devices (545 + 703). By the rules as published: {found}, given ones that are fit"
        " and all that 3.0 bn buys",
    )
    PACKAGES = (
        "packages",
        "đã công bố: mỗi máy kèm gói cước. Theo quy tắc đã công bố: {found} máy có gói cước. Gói cước của một"
        " nhà mạng chỉ dùng được nơi có sóng, cáp của nhà mạng đó; nhà có cáp quang thì mỗi hộ một gói; nơi"
        " chưa có kết nối thì gói được giữ cho đến khi phát sóng",
        "published: a package with each device. By the rules as published: {found} devices have one. An"
        " operator's package works only where that operator's signal or line is; a home with fibre takes one"
        " a household; where nothing is on the air a package is kept for the day of connection",
    )
