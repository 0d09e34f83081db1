"""The words in which the journal is told to a person, in both languages; gaps are filled in."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class Deed(Term):
    """Say what a line of the journal did, by its action."""

    REGISTER = "register", "nhập từ sổ, danh sách gửi đến", "entered from a register"
    PLEDGE = "pledge", "ghi nhận cam kết ủng hộ", "wrote down a pledge"
    RECEIVE = "receive", "ghi nhận đã nhận", "wrote down a receipt"
    RECEIPT = "receipt", "tiếp nhận", "received"
    ALLOCATE = "allocate", "dành kinh phí", "set money apart"
    ALLOCATION = "allocation", "dành cho mục đích sử dụng", "set apart"
    PAY = "pay", "chi", "paid"
    PAID = "hand_over", "chi, trao", "handed over"
    CONFIRM_PAYMENT = "confirm payment", "xác nhận khoản chi", "confirmed a payment"
    CONFIRMATION = "confirmation", "xác nhận đã nhận khoản chi", "confirmed"
    REVERSE = "reverse", "ghi bút toán đảo", "reversed an entry"
    SETTLE_DOUBT = "settle doubt", "quyết định về phiếu còn nghi vấn", "settled a doubt"
    STORE = "store", "điều chỉnh kho", "moved stock"
    PROPOSE = "propose", "đề xuất cấp", "proposed an award"
    APPROVE = "approve", "phê duyệt", "approved"
    HAND_OVER = "hand over", "bàn giao", "handed over"
    CONFIRM = "confirm", "xác nhận đã nhận", "confirmed receipt"
    RETURN = "return", "thu hồi thiết bị", "took the device back"
    LOSE = "lose", "ghi nhận mất hoặc đã bán thiết bị", "wrote the device down as lost or sold"
    REPLACE = "replace", "đổi thiết bị", "exchanged the device"
    CANCEL = "cancel", "hủy đề xuất cấp", "cancelled the award"
    FREE = (
        "free",
        "quyết định cho phép xét cấp lại",
        "decided that the pupil may be given another one",
    )
    SEND_BACK = "send back", "trả lại đề xuất cấp", "sent the proposal back"
    DECLINE = "decline", "ghi nhận gia đình không nhận", "wrote down that the family declines"
    MOVE = (
        "move",
        "ghi nhận học sinh chuyển trường",
        "wrote down that the pupil went to another school",
    )
    DEPART = (
        "depart",
        "ghi nhận học sinh chuyển khỏi tỉnh",
        "wrote down that the pupil left the province",
    )
    WITHDRAW = "withdraw", "rút ghi nhận trước đây", "withdrew what was written down before"
    SUBSIDISE = "subsidise", "hỗ trợ phí cho hộ", "helped a household with fees"
    COMMIT = "commit", "cập nhật cam kết của doanh nghiệp", "moved a commitment on"


class Said(Term):
    """Say what one cell of a row tells, by its column; pseudonyms, hashes and line numbers are not told."""

    STATE = "state", "{}", "{}"
    DATED = "dated", "ngày {}", "on {}"
    LOT = "lot_id", "lô {}", "lot {}"
    PACKAGE = "package_id", "gói cước {}", "package {}"
    TIER = "tier", "bậc {}", "tier {}"
    SCHOOL = "school_id", "trường {}", "school {}"
    DEVICE = "device", "{}", "{}"
    RECORD = "record", "biên bản {}", "record {}"
    REASON = "reason", "{}", "{}"
    QUANTITY = "quantity", "số lượng {}", "quantity {}"
    PLEDGED = "pledged_vnd", "cam kết {} đồng", "pledged {} VND"
    CAME = "received_vnd", "đã nhận {} đồng", "received {} VND"
    AMOUNT = "amount_vnd", "{} đồng", "{} VND"
    PIECES = "pieces", "{} đơn vị hiện vật", "{} pieces"
    PURPOSE = "purpose", "mục đích {}", "for {}"
    REVERSES = "reverses", "đảo bút toán số {}", "reverses entry {}"
    RECEIVED = "received", "nhập kho {}", "{} into store"
    SET_ASIDE = "set_aside", "để riêng {}", "{} set aside"
    TAKEN = "taken", "giữ cho học sinh {}", "{} kept for pupils"
    GONE = "gone", "mất, thanh lý {}", "{} gone"
    DOUBT = "doubt", "chưa tính vào tổng: {}", "not counted: {}"


class Reason(Term):
    """Say why stock moves."""

    REGISTER = "register", "theo sổ tiếp nhận", "as the register says"
    FITNESS = "fitness", "theo kết quả kiểm tra cấu hình", "as their fitness was judged"
    PROPOSED = "proposed", "theo đề xuất cấp", "for proposed awards"
    SET_ASIDE = "set aside", "để riêng", "set aside"
    WRITTEN_OFF = "written off", "thanh lý", "written off"


class Doubt(Term):
    """Say why a contribution is written down and not counted."""

    NO_QUANTITY = "no_quantity", "chưa ghi số lượng", "no quantity is stated"
    NO_SUM = "no_sum", "chưa ghi số tiền", "no sum is stated"
    DUPLICATE = "duplicate_of", "có thể trùng phiếu {}", "it may be {} once more"
    LEFT_OUT = "left out by decision", "không tính theo quyết định", "left out by decision"


class Refused(Term):
    """Say why something was refused, by what the refusal is about."""

    ROLE = "role", "vai trò này không được làm việc đó", "the role may not do this"
    AWARD = (
        "award",
        "người đề xuất không được tự phê duyệt",
        "whoever proposed an award may not approve it",
    )
    HOUSEHOLD = (
        "household",
        "hộ đang được hỗ trợ dịch vụ này",
        "the household is being helped with this service",
    )
    PUPIL = (
        "pupil",
        "đã có suất cấp số {award} ngày {dated}, {given}, {state}",
        "already has award {award} of {dated}, {given}, {state}",
    )


class Measure(Term):
    """Say in what a balance is counted; the value of things is an estimate and no money."""

    VND = "vnd", "đồng", "VND"
    PIECES = "pieces", "hiện vật", "pieces"
    VALUE = "value_vnd", "giá trị ước tính (đồng)", "estimated value (VND)"


class Heading(Term):
    """Name the columns of balances, of stock, and of awards by state."""

    FORM = "form", "Hình thức", "Form"
    SOURCE = "source_code", "Nguồn", "Source"
    MEASURE = "measure", "Tính bằng", "In"
    PLEDGED = "pledged", "Cam kết", "Pledged"
    RECEIVED = "received", "Đã nhận", "Received"
    ALLOCATED = "allocated", "Đã phân bổ", "Set apart"
    HANDED_OVER = "handed_over", "Đã chi, trao", "Handed over"
    CONFIRMED = "confirmed", "Đã xác nhận", "Confirmed"
    BALANCE = "balance", "Còn lại", "Balance"
    PLEDGED_BEFORE = "pledged_before", "Cam kết trước đợt", "Pledged before"
    PLEDGED_WITHIN = "pledged_within", "Cam kết trong đợt", "Pledged within"
    PLEDGED_AFTER = "pledged_after", "Cam kết sau đợt", "Pledged after"
    PLEDGED_UNDATED = "pledged_undated", "Cam kết chưa rõ ngày", "Pledged undated"
    RECEIVED_BEFORE = "received_before", "Đã nhận trước đợt", "Received before"
    RECEIVED_WITHIN = "received_within", "Đã nhận trong đợt", "Received within"
    RECEIVED_AFTER = "received_after", "Đã nhận sau đợt", "Received after"
    RECEIVED_UNDATED = "received_undated", "Đã nhận chưa rõ ngày", "Received undated"
    ITEM = "item", "Lô, gói cước", "Lot, package"
    SET_ASIDE = "set_aside", "Để riêng", "Set aside"
    TAKEN = "taken", "Giữ cho học sinh", "For pupils"
    GONE = "gone", "Mất, thanh lý", "Gone"
    FREE = "free", "Còn trong kho", "Free"
    STATE = "state", "Suất cấp", "Awards"
    AWARDS = "awards", "Số lượng", "Number"
    NOTHING = "nothing", "(chưa có)", "(nothing yet)"


class Sentence(Term):
    """Hold the frames of a story's lines."""

    LINE = (
        "line",
        "{at} · {who}: {deed}{told}. Lý do: {why} [dòng {number}]",
        "{at} · {who}: {deed}{told}. Why: {why} [line {number}]",
    )
    UNIDENTIFIED = "unidentified", " (chưa xác định người)", " (person not identified)"
    REFUSED = "refused", " – bị từ chối: {}", " – refused: {}"
    PACKAGE = "package", "gói cước", "a package"
