"""What the lists, records and letters say, in both languages."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class Handing(Term):
    """Name the sentences of a school's list and of a hand-over record."""

    LIST = "list", "DANH SÁCH", "LIST"
    LIST_SUBJECT = (
        "list_subject",
        "Học sinh được cấp thiết bị theo {programme} tại {school}",
        "Pupils given devices under {programme} at {school}",
    )
    INTERNAL = (
        "internal",
        "Tài liệu nội bộ của nhà trường, có thông tin về từng học sinh; không công khai, không sao gửi. "
        "Học sinh được ghi bằng mã; nhà trường giữ bảng đối chiếu mã với học sinh.",
        "Internal to the school: it tells of single pupils and is not to be published or passed on. "
        "Pupils stand under a code; the school keeps the list of codes.",
    )
    COUNT = "count", "{device} cấp cho học sinh", "Pupils given a {device}"
    GROUP = "group", "Lớp {group}", "Class {group}"
    STATEMENT = (
        "statement",
        "Đại diện lớp và nhà trường xác nhận đã bàn giao đủ thiết bị, gói cước nêu trên cho {n} học "
        "sinh lớp {group}. Ngày bàn giao: ……/……/………",
        "Class and school confirm that all the above has been handed over to {n} pupils of class "
        "{group}. Date of hand-over: ……/……/………",
    )
    TEACHER = "teacher", "GIÁO VIÊN CHỦ NHIỆM", "CLASS TEACHER"
    SCHOOL = "school", "ĐẠI DIỆN NHÀ TRƯỜNG", "FOR THE SCHOOL"
    SIGN = "sign", "(Ký, ghi rõ họ tên)", "(Signature)"
    SEAL = "seal", "(Ký, đóng dấu)", "(Signature and seal)"
    RECORD = "record", "BIÊN BẢN", "RECORD"
    RECORD_SUBJECT = (
        "record_subject",
        "Bàn giao thiết bị học tập theo {programme}",
        "Hand-over of devices under {programme}",
    )
    OPEN_DAY = "open_day", "ngày …… tháng …… năm ………", "…… ……… …………"
    RECORD_NUMBER = (
        "record_number",
        "Biên bản bàn giao số {record} trong sổ chương trình.",
        "Hand-over record No. {record} in the programme's book.",
    )
    NO_RECORD = (
        "no_record",
        "Thiếu số biên bản bàn giao trong sổ chương trình.",
        "The programme's book keeps no number of the hand-over record.",
    )
    TODAY = "today", "Hôm nay, {day}, tại {where}, chúng tôi gồm:", "On {day}, at {where}:"
    GIVER = (
        "giver",
        "Bên giao: {party}; đại diện: {role}.",
        "Giving: {party}; represented by {role}.",
    )
    RECEIVER = (
        "receiver",
        "Bên nhận: {party}; đại diện: {role}.",
        "Receiving: {party}; represented by {role}.",
    )
    WITNESS = (
        "witness",
        "Xác nhận: {party}; đại diện: {role}.",
        "Confirming: {party}; represented by {role}.",
    )
    AGREED = (
        "agreed",
        "Các bên cùng lập biên bản bàn giao với nội dung sau:",
        "The parties record the following hand-over:",
    )
    CONTENT = "content", "NỘI DUNG BÀN GIAO", "WHAT IS HANDED OVER"
    DEVICES = (
        "devices",
        "Thiết bị, gói cước bàn giao cho học sinh {school}",
        "Devices and packages for pupils of {school}",
    )
    USE = "use", "CAM KẾT SỬ DỤNG", "PROMISES OF USE"
    PROMISE_1 = (
        "promise_1",
        "Dùng thiết bị, gói cước vào việc học tập của học sinh; không bán, cho thuê, cầm cố.",
        "The device and the package serve the pupil's lessons; they are not sold, let or pawned.",
    )
    PROMISE_2 = (
        "promise_2",
        "Giữ gìn thiết bị; khi hỏng, mất hoặc chuyển trường thì báo ngay cho nhà trường.",
        "The device is cared for; damage, loss or a change of school is reported at once.",
    )
    PROMISE_3 = (
        "promise_3",
        "Học sinh chưa nhận thiết bị nào khác từ Chương trình.",
        "The pupil has been given no other device by the programme.",
    )
    END = (
        "end",
        "Biên bản được lập thành ba bản có giá trị như nhau, mỗi bên giữ một bản.",
        "This record is made in three copies of equal standing, one for each party.",
    )
    SIDE_GIVER = "side_giver", "ĐẠI DIỆN BÊN GIAO", "FOR THE GIVING PARTY"
    SIDE_RECEIVER = "side_receiver", "ĐẠI DIỆN BÊN NHẬN", "FOR THE RECEIVING PARTY"
    SIDE_WITNESS = "side_witness", "XÁC NHẬN CỦA NHÀ TRƯỜNG", "CONFIRMED BY THE SCHOOL"


class Thanks(Term):
    """Name the sentences of a letter to a donor."""

    TITLE = "title", "THƯ CẢM ƠN", "LETTER OF THANKS"
    SUBJECT = (
        "subject",
        "Ghi nhận ủng hộ {programme}",
        "In acknowledgement of a gift to {programme}",
    )
    DONOR = "donor", "Quý nhà hảo tâm", "our donor"
    OPENING = (
        "opening",
        "{agency} trân trọng cảm ơn {donor} đã ủng hộ {programme}, góp phần để "
        "học sinh có điều kiện học tập trực tuyến.",
        "{agency} thanks {donor} for the gift to {programme}, which "
        "helps pupils to take part in online lessons.",
    )
    CONFIRM = (
        "confirm",
        "{agency} ghi nhận đã tiếp nhận:",
        "{agency} acknowledges having received:",
    )
    MONEY = "money", "Ủng hộ bằng tiền", "Money"
    KIND = "kind", "Ủng hộ bằng hiện vật, cơ chế", "Gifts in kind"
    ESTIMATE = (
        "estimate",
        "Giá trị hiện vật là ước tính, không cộng vào tiền.",
        "Values in kind are estimates and are not added to money.",
    )
    HELPED = (
        "helped",
        "Đến ngày {date}, sự ủng hộ này đã đến với {n} học sinh.",
        "By {date} the gift had reached {n} pupils.",
    )
    ON_ITS_WAY = (
        "on_its_way",
        "Phần ủng hộ này được quản lý trong sổ của Chương trình và phân bổ đúng đối tượng, mỗi học sinh "
        "một lần; kết quả được công khai theo quy định.",
        "The gift is kept in the programme's book and goes to eligible pupils, once each; the results "
        "are published.",
    )
    CLOSING = (
        "closing",
        "{agency} mong tiếp tục nhận được sự đồng hành của {donor}. Trân trọng./.",
        "{agency} hopes for the continued support of {donor}.",
    )


class Carrier(Term):
    """Name the sentences of an operator's annex."""

    TITLE = "title", "DANH MỤC", "LIST"
    SUBJECT = (
        "subject",
        "Thôn cần phủ sóng, kéo cáp và tiến độ cam kết của {operator}",
        "Hamlets to be connected by {operator}, and the progress of its commitments",
    )
    OPENING = (
        "opening",
        "{agency} gửi {operator} danh mục thôn trong kế hoạch phủ sóng, kéo cáp và tiến độ các cam kết, "
        "số liệu đến ngày {date}:",
        "{agency} sends {operator} the hamlets of the rollout and the progress of its commitments, as of "
        "{date}:",
    )
    PROMISES = "promises", "TIẾN ĐỘ CAM KẾT", "PROGRESS OF COMMITMENTS"
    PLAN = "plan", "KẾ HOẠCH PHỦ SÓNG, KÉO CÁP", "ROLLOUT"
    ANNEX = "annex", "Cam kết và tiến độ", "Commitments and their progress"
    VILLAGES = "villages", "Thôn trong kế hoạch", "Hamlets of the rollout"
    ASKED = (
        "asked",
        "Đề nghị doanh nghiệp rà soát, cập nhật ngày phát sóng và vướng mắc của từng thôn.",
        "The operator is asked to check and update the date of service and the obstacles of each hamlet.",
    )
