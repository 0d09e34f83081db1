"""The rules of the door that concern gifts, devices, packages and promises, as `rules` has the others."""

from __future__ import annotations

#: rule → (Vietnamese, English); braces are filled with the details of the case.
BOOK_RULES: dict[str, tuple[str, str]] = {
    # money
    "not_money": (
        "không đọc được số tiền, hãy ghi bằng đồng như 2.350.000 hoặc 1,5 tỷ",
        "not a sum of money: write it in đồng such as 2.350.000, or as 1,5 tỷ",
    ),
    "money_unclear": (
        "số tiền có thể hiểu hai cách, hãy ghi đủ chữ số bằng đồng",
        "this sum can be read in two ways: write all its digits in đồng",
    ),
    "words_differ": (
        "số tiền bằng số và bằng chữ khác nhau, hãy sửa cho khớp chứng từ",
        "the sum in figures differs from the sum in words: correct it by the voucher",
    ),
    "foreign_money": (
        "ngoại tệ: hãy quy ra đồng theo tỷ giá ngày nhận, ghi tỷ giá ở ghi chú",
        "foreign currency: state it in đồng at the rate of the day, with the rate in the note",
    ),
    "sum_too_small": (
        "dưới 1.000 đồng; nếu tính bằng nghìn hay triệu đồng, ghi đơn vị vào tiêu đề cột",
        "less than 1,000 đồng: if it is in thousands or millions, state the unit in the heading",
    ),
    "sum_too_large": (
        "số tiền quá lớn, hãy kiểm tra đơn vị của cột",
        "an impossible sum: check the unit of the column",
    ),
    "month_differs": (
        "mức hỗ trợ và số tháng không khớp với hai cột riêng; dùng hai cột riêng",
        "the support and its months differ from their own columns: those stand",
    ),
    "value_of_whom": (
        "cột “{heading}”, dòng {row}: {value} đ cho {pieces} chiếc, không rõ của một chiếc hay của tất cả "
        "(khi đó mỗi chiếc {each} đ); trả lời bằng --read, hoặc đổi tiêu đề thành “Đơn giá”, “Thành tiền”",
        "column “{heading}”, row {row}: {value} đ for {pieces} pieces, of one or of all (then {each} đ "
        "each)? answer by --read, or call the column “Đơn giá” or “Thành tiền”",
    ),
    "piece_dear": (
        "một thiết bị hơn {limit} đ: hãy kiểm tra có phải giá trị của cả lô",
        "one device above {limit} đ: check whether this is the value of the whole lot",
    ),
    # contributions
    "form_unstated": (
        "không rõ hình thức (tiền, thiết bị, cơ chế doanh nghiệp viễn thông, ngân sách, quỹ), "
        "hãy ghi một trong các hình thức này",
        "the form is not clear (money, devices, operators' mechanism, State budget, fund): "
        "state one of these",
    ),
    "form_read": (
        "hình thức suy ra từ nội dung là {form}; nếu sai, hãy ghi vào cột hình thức",
        "the form is taken from the content as {form}: if wrong, state it",
    ),
    "quantity_unstated": (
        "hiện vật chưa ghi số lượng: nhận vào sổ nhưng chưa tính, hãy bổ sung số lượng",
        "in kind without a quantity: entered and not counted until it is stated",
    ),
    "sum_unstated": (
        "chưa ghi số tiền: nhận vào sổ nhưng chưa tính, hãy bổ sung số tiền",
        "no sum: entered and not counted until it is stated",
    ),
    "received_undated": (
        "ghi đã nhận nhưng không có ngày nhận: coi là cam kết, hãy ghi ngày nhận",
        "received without a date of receipt: taken as a pledge, state the date",
    ),
    "gift_repeated": (
        "giống các dòng {shown} (cùng người ủng hộ, ngày, hình thức, số tiền hoặc số lượng): sổ chỉ "
        "tính một lần, hãy xem có phải một phiếu ghi hai lần",
        "like rows {shown} (same donor, day, form, sum or quantity): the book counts it once, "
        "see whether one gift is listed twice",
    ),
    "value_differs": (
        "thành tiền khác số lượng × đơn giá ({product}); giữ nguyên, hãy sửa ô nào ghi sai",
        "the value differs from quantity × unit value ({product}): kept, correct the one that "
        "is wrong",
    ),
    "more_than_pledged": (
        "đã nhận nhiều hơn cam kết; giữ nguyên, hãy đối chiếu với phiếu thu",
        "more received than pledged: kept, compare it with the receipt",
    ),
    "cash_taken": (
        "nhận tiền mặt: kế hoạch chỉ tiếp nhận qua tài khoản Kho bạc, hãy nộp và ghi chứng từ",
        "taken in cash: the plan receives money through the Treasury alone, pay it in",
    ),
    "donor_unstated": (
        "không ghi người ủng hộ; nếu ẩn danh, hãy ghi “ẩn danh”",
        "no donor is named: if anonymous, write “ẩn danh”",
    ),
    "donor_kind_unstated": (
        "không rõ là cơ quan, tổ chức, doanh nghiệp hay cá nhân: tên được ẩn như tên cá nhân, hãy ghi "
        "loại rồi gửi lại",
        "agency, organisation, enterprise or person is not stated: the name is hidden as a person's, "
        "state the kind and deliver it again",
    ),
    # lots
    "kind_unclear": (
        "không rõ loại thiết bị (máy tính bảng, xách tay, để bàn, điện thoại thông minh), hãy ghi "
        "một trong các loại này",
        "the kind of device is not clear (tablet, laptop, desktop, smartphone): state one of these",
    ),
    "spec_unread": (
        "không đọc được cấu hình, hãy ghi như “RAM 3GB/ROM 32GB/10,1 inch/camera 5MP/pin 6000mAh”",
        "the specification cannot be read: write it as “RAM 3GB/ROM 32GB/10.1 inch/camera 5MP/6000mAh”",
    ),
    "spec_differs": (
        "cấu hình ghi khác cột riêng; dùng cột riêng, hãy sửa ô nào ghi sai",
        "the specification differs from its own column: the column stands, correct the one that"
        " is wrong",
    ),
    "spec_two_values": (
        "một thông số có hai giá trị: dùng giá trị thấp hơn; nếu là hai loại máy, hãy tách thành hai lô",
        "two values for one thing: the lower stands; if these are two models, make two lots",
    ),
    "needs_repair": (
        "máy hỏng, lỗi: nhận vào kho nhưng để trống cấu hình nên chưa phân bổ; sửa xong hãy gửi lại dòng này",
        "broken: taken into store with its specification left empty, so that none is given; deliver the "
        "row again once mended",
    ),
    "not_a_condition": (
        "không hiểu tình trạng (mới, đã qua sử dụng, hỏng); để trống",
        "the condition is not understood (new, used, broken): left empty",
    ),
    "serials_count": (
        "{found} số serial, IMEI cho {quantity} máy, hãy đối chiếu với số máy",
        "{found} serial numbers for {quantity} devices: compare them with the devices",
    ),
    "serial_repeated": (
        "một số serial, IMEI ghi hai lần: ở các dòng {shown}; hãy bỏ một",
        "a serial number stands twice: in rows {shown}; strike one",
    ),
    "wish_unread": (
        "ý nhà tài trợ “{rest}” chưa thành điều kiện phân bổ; nếu phải giữ đúng, hãy ghi mã xã, mã "
        "trường hoặc cấp học vào cột riêng",
        "the donor's wish “{rest}” has not become a condition: if it must hold, state the commune's code, "
        "the school's id or the level in a column of its own",
    ),
    "school_named": (
        "trường ghi bằng tên: lô chỉ được phân bổ sau khi tên khớp danh sách trường; nên ghi mã trường",
        "a school by its name: the lot is held until the name is found in the list of schools; better "
        "state its id",
    ),
    # packages
    "nothing_granted": (
        "không rõ dung lượng, mức miễn hay mức hỗ trợ của gói, hãy ghi ít nhất một mục",
        "neither data, waiver nor support is stated: state one of them",
    ),
    # commitments
    "technology_unstated": (
        "không rõ công nghệ (3G, 4G, 5G, cáp quang), hãy ghi một trong các công nghệ này",
        "the technology is not clear (3G, 4G, 5G, fibre): state one of these",
    ),
    "due_unread": (
        "không đọc được hạn, hãy ghi như 31/12/2021, tháng 12/2021 hoặc quý IV/2021",
        "the due date cannot be read: write 31/12/2021, tháng 12/2021 or quý IV/2021",
    ),
    "due_unstated": (
        "chưa ghi hạn hoàn thành: không theo dõi được chậm hay đúng hạn, hãy ghi hạn hoàn thành",
        "no due date: nobody can tell whether it is late, state the due date",
    ),
    "state_unread": (
        "không hiểu tiến độ, hãy ghi một trong: {choices}",
        "the state is not understood, write one of: {choices}",
    ),
    "state_differs": (
        "có ngày phát sóng nhưng tiến độ là “{state}”; giữ tiến độ, hãy sửa ô nào ghi sai",
        "a day on air while the state is “{state}”: the state stands, correct the one that is wrong",
    ),
    "solution_unread": (
        "không hiểu giải pháp; để trống",
        "the solution is not understood: left empty",
    ),
}
