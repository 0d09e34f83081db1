"""What the three letters say that ask operators, schools and communes for data."""

from __future__ import annotations

from datetime import date

from phusong.vocabulary.terms import Term


class Request(Term):
    """Name the sentences that the letters share."""

    REGARDING = "regarding", "V/v đề nghị {what}", "Re: {what}"
    ASKED = "asked", "Số liệu đề nghị cung cấp", "What is asked for"
    FORM = "form", "Mẫu {number}. {title}. {advice}", "Form {number}. {title}. {advice}"
    HOW = "how", "Cách ghi và kiểm tra", "How to fill in and check"
    FILL = (
        "fill",
        "Ghi trực tiếp vào trang “Số liệu” của tệp mẫu; không thêm, bớt, đổi tên cột; xóa dòng ví dụ "
        "trước khi gửi. Ý nghĩa và cách ghi từng cột có tại trang “Hướng dẫn”.",
        "Fill in the sheet “Số liệu” of the file; add, drop and rename no column; strike the example. "
        "What each column means is on the sheet “Hướng dẫn”.",
    )
    UNKNOWN = (
        "unknown",
        "Nội dung chưa có số liệu thì để trống. Ô trống được hiểu là chưa có số liệu, không phải là số 0 "
        "hoặc “không”; thôn chưa có dịch vụ vẫn phải ghi là “không”.",
        "Leave empty what is not known: an empty cell is no data, neither 0 nor “no”; a hamlet without "
        "a service is stated as “không”.",
    )
    CHECKED = (
        "checked",
        "Tệp nhận được sẽ được kiểm tra tự động; những dòng chưa đạt được gửi lại kèm lý do từng dòng để "
        "bổ sung, không bị sửa hoặc bỏ đi khi chưa trao đổi lại.",
        "Every file is checked; rows that fail come back with a reason each, none is changed or dropped "
        "without asking.",
    )
    GUARD = "guard", "Bảo vệ và sử dụng số liệu", "How the data are guarded and used"
    DEADLINE_PART = "deadline_part", "Thời hạn và cách gửi", "When and how to send"
    DEADLINE = (
        "deadline",
        "Đề nghị gửi trước ngày ……/……/………, bằng công văn kèm tệp số liệu, qua hệ thống quản lý văn bản và "
        "điều hành của tỉnh hoặc thư điện tử công vụ: ………………………………",
        "Please send by ……/……/………, with a covering letter, through the province's document system or "
        "official e-mail: ………………………………",
    )
    SAFE = (
        "safe",
        "Tệp có dữ liệu cá nhân phải được nén và đặt mật khẩu; mật khẩu gửi riêng bằng kênh khác. Không "
        "gửi qua Zalo, Facebook, thư điện tử cá nhân, không để trên thư mục chia sẻ công khai.",
        "Files with personal data are zipped under a password, which is sent by another way. Nothing goes "
        "through Zalo, Facebook, private e-mail or a public folder.",
    )
    CONTACT = (
        "contact",
        "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị liên hệ {agency}; đầu mối: "
        "…………………………, điện thoại: …………………………",
        "Questions go to {agency}; contact: …………………………, telephone: …………………………",
    )
    THANKS = (
        "thanks",
        "Rất mong nhận được sự quan tâm, phối hợp của {whom}./.",
        "We thank {whom} for the cooperation.",
    )


class ToOperators(Term):
    """Name what the letter to operators says."""

    ADDRESSEE = (
        "addressee",
        "Các doanh nghiệp viễn thông trên địa bàn {area}",
        "Telecom operators in {area}",
    )
    WHOM = "whom", "quý doanh nghiệp", "the operators"
    SUBJECT = (
        "subject",
        "cung cấp số liệu hạ tầng viễn thông theo thôn",
        "data on telecom infrastructure by hamlet",
    )
    OPENING = (
        "opening",
        "Thực hiện {basis} về {programme}, {agency} rà soát hiện trạng sóng di "
        "động và cáp quang đến từng thôn, tổ dân phố để xác định nơi học sinh chưa thể học trực tuyến, "
        "làm căn cứ cùng doanh nghiệp lựa chọn phương án đầu tư. {agency} đề nghị quý doanh nghiệp cung "
        "cấp các nội dung sau:",
        "Under {basis} on {programme}, {agency} reviews mobile signal "
        "and fibre in every hamlet, to find where pupils cannot learn online and to choose with the "
        "operators what to build. {agency} asks for the following:",
    )
    USE = (
        "use",
        "Số liệu hạ tầng là thông tin của doanh nghiệp, chỉ dùng để rà soát trắng sóng, lõm sóng và lập "
        "phương án; không cung cấp cho doanh nghiệp khác hoặc bên thứ ba khi chưa có ý kiến của doanh "
        "nghiệp; bản đồ có vị trí trạm, tuyến cáp chỉ dùng trong nội bộ cơ quan.",
        "The data remain the operator's; they serve to find gaps and to plan, are shown to no other "
        "operator or third party without its word, and maps with masts and cables stay in the office.",
    )
    NOT_COVERED = (
        "not_covered",
        "Vùng phủ do doanh nghiệp công bố được đối chiếu với tính toán theo địa hình và kết quả đo; nơi "
        "khác nhau được gửi lại doanh nghiệp để xác minh trước khi báo cáo.",
        "What an operator states is held against terrain and measurements; where they differ the "
        "operator is asked before anything is reported.",
    )
    NO_SUBSCRIBERS = (
        "no_subscribers",
        "Không gửi số thuê bao, lưu lượng hoặc thông tin về người sử dụng dịch vụ.",
        "No subscriber numbers, traffic or data on users are to be sent.",
    )
    SAFE = (
        "safe",
        "Tệp số liệu hạ tầng được nén và đặt mật khẩu; mật khẩu gửi riêng bằng kênh khác.",
        "Files are zipped under a password, which is sent by another way.",
    )


class ToSchools(Term):
    """Name what the letter to education offices and schools says."""

    SCHOOLS = (
        "schools",
        "Các cơ sở giáo dục phổ thông trên địa bàn {area}",
        "Schools in {area}",
    )
    WHOM = "whom", "các đơn vị", "all schools and offices"
    SUBJECT = (
        "subject",
        "cung cấp danh sách học sinh và điều kiện học trực tuyến",
        "lists of pupils and their means to learn online",
    )
    OPENING = (
        "opening",
        "Thực hiện {basis} về {programme}, để việc xét, cấp thiết bị và gói cước "
        "đúng đối tượng, không trùng, không sót, {agency} đề nghị các đơn vị cung cấp các nội dung sau:",
        "Under {basis} on {programme}, so that devices and packages "
        "reach the right pupils, none twice and none left out, {agency} asks for the following:",
    )
    WHOLE = (
        "whole",
        "Ghi toàn bộ học sinh đang học tại trường, kể cả học sinh đã có thiết bị, để tính đúng tỷ lệ; địa "
        "chỉ ghi nơi học sinh đang ở, không ghi nơi sinh hoặc quê quán.",
        "List every pupil, those with a device too, so that shares are true; the address is where the "
        "pupil lives, not a place of birth or origin.",
    )


class ToCommunes(Term):
    """Name what the letter to communes says."""

    ADDRESSEE = (
        "addressee",
        "{communes} trên địa bàn {area}",
        "{communes} in {area}",
    )
    WHOM = "whom", "{communes}", "the People's Committees"
    SUBJECT = (
        "subject",
        "cung cấp danh sách thôn và danh sách hộ nghèo, hộ cận nghèo có học sinh",
        "lists of hamlets and of poor households with pupils",
    )
    OPENING = (
        "opening",
        "Thực hiện {basis} về {programme}, để xác định đúng thôn chưa có sóng, chưa có cáp quang và học sinh "
        "có hoàn cảnh khó khăn, {agency} đề nghị {communes} cung cấp các nội dung sau:",
        "Under {basis} on {programme}, to find hamlets without signal "
        "or fibre and pupils in hardship, {agency} asks for the following:",
    )
    TOTALS = (
        "totals",
        "Đối chiếu tổng số hộ của các thôn với số liệu của xã trước khi gửi; nếu chênh lệch, ghi rõ lý do "
        "trong công văn kèm theo, không sửa số của thôn cho khớp.",
        "Hold the hamlets' households against the commune's total; where they differ, say why in the "
        "covering letter and change no hamlet's figure to fit.",
    )


class Privacy(Term):
    """Name what is said of personal data."""

    LAW = (
        "law",
        "Việc cung cấp, tiếp nhận và sử dụng dữ liệu cá nhân thực hiện theo {law}.",
        "Personal data are delivered, received and used under {law}.",
    )
    PURPOSE = (
        "purpose",
        "Dữ liệu chỉ dùng để xét, cấp thiết bị, gói cước và lập báo cáo tổng hợp của chương trình; không "
        "dùng vào việc khác. Mẫu chỉ có những cột cần cho mục đích này: không ghi thêm dân tộc, loại khuyết "
        "tật, số điện thoại, hình ảnh của học sinh.",
        "The data serve to judge and give devices and packages and to report totals, nothing else. The "
        "form has the columns needed for that alone: add no ethnicity, kind of disability, telephone or "
        "picture.",
    )
    CHILDREN = (
        "children",
        "Nhà trường, địa phương thông báo cho cha mẹ hoặc người giám hộ về mục đích, phạm vi sử dụng và ghi "
        "nhận phiếu đồng ý; không niêm yết, không đăng tải danh sách có tên học sinh. Việc công bố thông tin "
        "đời sống riêng tư của trẻ từ đủ 7 tuổi phải có sự đồng ý của trẻ và của cha mẹ hoặc người giám hộ.",
        "Parents or guardians are told purpose and scope, and their consent is recorded; no list with "
        "names is posted or published. To disclose the private life of a child of 7 or more needs the "
        "consent of the child and of a parent or guardian.",
    )
    PSEUDONYM = (
        "pseudonym",
        "Khi tiếp nhận, họ tên và mã định danh được tách khỏi số liệu và thay bằng mã riêng; báo cáo chỉ có "
        "số tổng hợp và không nêu nhóm quá ít học sinh.",
        "On receipt names and codes are taken apart from the figures and replaced by a code; reports hold "
        "totals alone and withhold groups of very few pupils.",
    )
    WITHDRAW = (
        "withdraw",
        "Gia đình có quyền xem, đề nghị chỉnh sửa, rút lại sự đồng ý hoặc yêu cầu xóa dữ liệu; đề nghị nhà "
        "trường, địa phương chuyển yêu cầu đến {agency} ngay trong ngày nhận được.",
        "Families may see and correct their data, withdraw consent or ask for deletion; such requests are "
        "passed to {agency} on the day they come.",
    )


class Law(Term):
    """Name the law on personal data by the day from which it is cited."""

    OF_2015 = (
        "2016-07-01",
        "Luật An toàn thông tin mạng số 86/2015/QH13, Điều 21 Luật Trẻ em số 102/2016/QH13 và Điều 33 Nghị "
        "định số 56/2017/NĐ-CP của Chính phủ",
        "Law 86/2015/QH13 on network information security, article 21 of Law 102/2016/QH13 on children and "
        "article 33 of Decree 56/2017/NĐ-CP",
    )
    OF_2023 = (
        "2023-07-01",
        "Điều 21 Luật Trẻ em số 102/2016/QH13 và Nghị định số 13/2023/NĐ-CP của Chính phủ về bảo vệ dữ liệu "
        "cá nhân",
        "article 21 of Law 102/2016/QH13 on children and Decree 13/2023/NĐ-CP on the protection of "
        "personal data",
    )
    OF_2025 = (
        "2026-01-01",
        "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, Nghị định số 356/2025/NĐ-CP của Chính phủ và Điều 21 "
        "Luật Trẻ em số 102/2016/QH13",
        "Law 91/2025/QH15 on the protection of personal data, Decree 356/2025/NĐ-CP and article 21 of Law "
        "102/2016/QH13 on children",
    )


def find_law(day: date) -> Law:
    """Return the law that a letter of a day cites; the first for any day before it.

    Parameters
    ----------
    day : of the letter.
    """
    begun = [law for law in Law if date.fromisoformat(law) <= day]
    return begun[-1] if begun else next(iter(Law))
