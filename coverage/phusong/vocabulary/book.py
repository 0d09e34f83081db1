"""The words of the programme's book: what is given, by whom, in which state, and what becomes of it."""

from __future__ import annotations

from phusong.vocabulary.terms import Term

#: Name of the file of the ledger in an output folder.
LEDGER_NAME = "phusong.ledger"


class ContributionForm(Term):
    """Name the five forms of contribution of the plan; they never share one total."""

    MONEY = "money", "ủng hộ bằng tiền", "money"
    DEVICES = "devices", "ủng hộ thiết bị", "devices"
    TARIFF = "tariff", "cơ chế, chính sách của doanh nghiệp viễn thông", "operators' mechanisms"
    STATE_BUDGET = "state_budget", "ngân sách nhà nước", "State budget"
    FUND = "fund", "các quỹ", "funds"


class DonorKind(Term):
    """Say what kind of donor gives."""

    AGENCY = "agency", "cơ quan nhà nước", "State agency"
    ORGANISATION = "organisation", "tổ chức", "organisation"
    ENTERPRISE = "enterprise", "doanh nghiệp", "enterprise"
    PERSON = "person", "cá nhân", "person"
    ANONYMOUS = "anonymous", "ẩn danh", "anonymous"


class PaymentMethod(Term):
    """Say by which way a contribution comes."""

    TREASURY = "treasury", "qua Kho bạc Nhà nước", "through the State Treasury"
    CASH = "cash", "tiền mặt", "cash"
    IN_KIND = "in_kind", "hiện vật", "in kind"


class SourceLevel(Term):
    """Say at which level of government a contribution is received."""

    CENTRAL = "central", "trung ương", "central"
    PROVINCE = "province", "tỉnh", "province"
    DISTRICT = "district", "huyện", "district"
    SCHOOL = "school", "trường", "school"


class LotCondition(Term):
    """Say in which condition devices come."""

    NEW = "new", "mới", "new"
    USED = "used", "đã qua sử dụng", "used"


class Adequacy(Term):
    """Say whether a device can serve for online lessons."""

    ADEQUATE = "adequate", "đủ điều kiện học trực tuyến", "fit for online lessons"
    TO_COMPLETE = "to_complete", "cần bổ sung linh kiện", "fit once completed"
    INADEQUATE = "inadequate", "không đủ điều kiện", "not fit"
    UNKNOWN = "unknown", "chưa rõ cấu hình", "specification not stated"


class Lack(Term):
    """Name what a device lacks against the minimum profile."""

    RAM = "ram", "bộ nhớ RAM", "memory"
    STORAGE = "storage", "dung lượng lưu trữ", "storage"
    SCREEN = "screen", "kích thước màn hình", "screen"
    CAMERA = "camera", "camera", "camera"
    MICROPHONE = "microphone", "micrô", "microphone"
    BATTERY = "battery", "pin", "battery"
    MODEM = "modem", "khe SIM 4G", "4G modem"


class AwardState(Term):
    """Name the states of an award, in the order in which it passes through them."""

    PROPOSED = "proposed", "đề xuất", "proposed"
    APPROVED = "approved", "đã duyệt", "approved"
    HANDED_OVER = "handed_over", "đã bàn giao", "handed over"
    CONFIRMED = "confirmed", "đã xác nhận", "confirmed"
    RETURNED = "returned", "đã thu hồi", "returned"
    REPLACED = "replaced", "đã đổi thiết bị", "replaced"
    LOST = "lost", "bị mất", "lost"
    CANCELLED = "cancelled", "đã hủy", "cancelled"


class PupilChange(Term):
    """Name what may change with a pupil, and decides whether and where a device is given."""

    DECLINED = "declined", "gia đình không nhận", "declined by the family"
    MOVED = "moved", "chuyển trường", "moved to another school"
    DEPARTED = "departed", "chuyển khỏi tỉnh", "left the province"


class DeviceGoes(Term):
    """Say what becomes of the device of a pupil who moves or leaves."""

    ALONG = "along", "thiết bị đi theo học sinh", "the device goes along"
    BACK = "back", "thiết bị nộp lại", "the device comes back"


class CommitmentState(Term):
    """Name the states of an operator's commitment."""

    PLANNED = "planned", "đã cam kết", "planned"
    BUILDING = "building", "đang thi công", "under construction"
    ON_AIR = "on_air", "đã phát sóng, đã thông cáp", "on air"
    ACCEPTED = "accepted", "đã nghiệm thu", "accepted"
    WITHDRAWN = "withdrawn", "đã rút cam kết", "withdrawn"


class Role(Term):
    """Name who may do what in the book; persons are known by role and organisation only."""

    FOCAL_POINT = "focal_point", "đầu mối tiếp nhận", "focal point"
    APPROVER = "approver", "người phê duyệt", "approver"
    SCHOOL = "school", "nhà trường", "school"
    COMMUNE = "commune", "cán bộ Ủy ban nhân dân xã", "commune office"
    PLANNER = "planner", "cán bộ quy hoạch", "planner"
    OPERATOR = "operator", "doanh nghiệp viễn thông", "operator"
    EDUCATION = "education", "cán bộ giáo dục", "education official"
    AUDITOR = "auditor", "cán bộ kiểm tra", "auditor"
    ADMINISTRATOR = "administrator", "quản trị hệ thống", "administrator"


class Outcome(Term):
    """Say what an allocation does for a pupil, and why not more."""

    KEPT = "kept", "đã được hỗ trợ trước đây, giữ nguyên", "awarded before, kept"
    AWARDED = "awarded", "được cấp thiết bị", "given a device"
    AWARDED_OFFLINE = (
        "awarded_offline",
        "được cấp thiết bị kèm học liệu ngoại tuyến",
        "given a device with lessons to use offline",
    )
    PACKAGE_ONLY = "package_only", "được cấp gói cước", "given a data package"
    OUT_OF_STOCK = "out_of_stock", "chờ: hết thiết bị", "waiting: no stock is left"
    RESTRICTED = (
        "restricted",
        "chờ: thiết bị còn lại dành cho nơi khác theo ý nhà tài trợ",
        "waiting: what is left is earmarked for others",
    )
    NO_FIT = (
        "no_fit",
        "chờ: không còn thiết bị hợp cấp học và kết nối của thôn",
        "waiting: no device is there that fits level and signal",
    )
    HOUSEHOLD_SERVED = (
        "household_served",
        "hộ đã có suất cấp thiết bị",
        "the household has an award",
    )
    HOUSEHOLD_WAITING = (
        "household_waiting",
        "chờ cùng hộ: học sinh khác trong hộ đang chờ",
        "waiting behind another pupil of the household",
    )
    HELD = (
        "held",
        "tạm giữ: có thể trùng học sinh khác, cần kiểm tra",
        "held: may be the same as another pupil, to be checked",
    )
    DECLINED = "declined", "gia đình không nhận", "declined by the family"
    DEPARTED = "departed", "đã chuyển khỏi tỉnh", "left the province"
    AWAITING_DECISION = (
        "awaiting_decision",
        "đã thu hồi, chờ quyết định (hoặc bị mất, đã hủy)",
        "returned, awaiting a decision (or lost, or cancelled)",
    )
    CONNECTION_WAITING = (
        "connection_waiting",
        "chờ kết nối, không cần thiết bị",
        "waiting for a connection, needs no device",
    )
    NOT_NEEDED = "not_needed", "không cần thiết bị", "needs no device"
    INELIGIBLE = "ineligible", "không thuộc đối tượng", "not eligible"
    UNJUDGED = "unjudged", "chưa đủ căn cứ để xét", "cannot be judged yet"


class Kit(Term):
    """Say what is handed over beside a device, by what the hamlet's signal can carry."""

    FIXED_LINE = "fixed_line", "kết nối cáp quang tại nhà", "the home's fixed line"
    DATA_PACKAGE = "data_package", "SIM và gói dữ liệu", "SIM and data package"
    MODEM = "modem", "bộ phát Wi-Fi di động kèm gói dữ liệu", "mobile hotspot with data package"
    OFFLINE = (
        "offline",
        "học liệu ngoại tuyến, điểm Wi-Fi trường học",
        "offline lessons, school hot spot",
    )
    NOTHING = "nothing", "không kèm gì", "nothing"


class AllocationUnit(Term):
    """Say whom one device is given to."""

    PER_STUDENT = "per_student", "mỗi học sinh một thiết bị", "one device a pupil"
    PER_HOUSEHOLD = "per_household", "mỗi hộ một thiết bị", "one device a household"


class AllocationReason(Term):
    """Say why a pupil is given what they are given, or waits."""

    LEVEL_BEST = "level_best", "thiết bị hợp nhất với cấp học", "the device fits the level best"
    LEVEL_ACCEPTED = (
        "level_accepted",
        "thiết bị chấp nhận được với cấp học",
        "the device is acceptable for the level",
    )
    LEVEL_LAST = (
        "level_last",
        "thiết bị chỉ là giải pháp cuối cùng với cấp học",
        "the device is a last resort for the level",
    )
    HOME_CONNECTED = "home_connected", "nhà đã có kết nối phù hợp", "the home is connected"
    SIGNAL_FITS = (
        "signal_fits",
        "thôn có kết nối phù hợp với thiết bị",
        "the hamlet's signal carries the device",
    )
    SIGNAL_IN_PART = (
        "signal_in_part",
        "thôn có sóng 4G ở một phần",
        "the hamlet has 4G signal in part",
    )
    ONLY_3G = "only_3g", "thôn chỉ có sóng 3G", "the hamlet has 3G signal only"
    THROUGH_HOTSPOT = (
        "through_hotspot",
        "dùng qua bộ phát Wi-Fi di động",
        "connects through a mobile hotspot",
    )
    SIGNAL_LATER = (
        "signal_later",
        "thôn sẽ có kết nối theo kế hoạch",
        "the hamlet is to be connected",
    )
    SIGNAL_NEVER = (
        "signal_never",
        "thôn chưa có kết nối và chưa có trong kế hoạch",
        "the hamlet has no connection and none is planned",
    )
    PACKAGE_SHORT = (
        "package_short",
        "hết gói cước phù hợp",
        "no data package that fits is left",
    )
    EARLIER_SERVED = (
        "earlier_served",
        "thiết bị phù hợp đã cấp cho học sinh xếp trước",
        "what fits went to pupils earlier in the order",
    )
    FLOOR = (
        "floor",
        "thiết bị phù hợp đã cấp để bảo đảm mức tối thiểu của xã khác",
        "what fits went to the floor of other communes",
    )
    HOTSPOT_SHORT = (
        "hotspot_short",
        "thiết bị cần bộ phát Wi-Fi di động, không còn bộ phát",
        "what would fit needs a mobile hotspot, and none is left",
    )
    STORE_EMPTY = (
        "store_empty",
        "kho không còn thiết bị để phân bổ",
        "no device that can be given is left in store",
    )
    NONE_FITS = (
        "none_fits",
        "không có máy nào phù hợp trong kho",
        "no device in store fits",
    )
    ALL_GIVEN = "all_given", "thiết bị phù hợp đã cấp hết", "what fits has all been given"
    EARMARKED = (
        "earmarked",
        "có thiết bị phù hợp nhưng dành riêng cho địa bàn, trường hoặc cấp khác",
        "what would fit is earmarked for other places, schools or levels",
    )
    NEEDS_MODEM = (
        "needs_modem",
        "thiết bị hợp cấp học trong kho không có khe SIM 4G",
        "what fits the level in store has no 4G modem",
    )
    LEVEL_MISFIT = (
        "level_misfit",
        "thiết bị trong kho không hợp cấp học",
        "what is in store does not fit the level",
    )
    SIBLING_FIRST = (
        "sibling_first",
        "mỗi hộ một thiết bị, học sinh khác trong hộ xếp trước",
        "one device a household, another pupil of it comes first",
    )
    SIBLING_SERVED = (
        "sibling_served",
        "mỗi hộ một thiết bị, suất cấp của học sinh khác trong hộ còn hiệu lực",
        "one device a household, the award of another pupil of it stands",
    )


class AllocationChange(Term):
    """Say what would change a pupil's outcome; `{count}` and `{kind}` are filled in."""

    MORE_DEVICES = (
        "more_devices",
        "thêm {count} {kind} có khe SIM 4G, không kèm điều kiện",
        "{count} more of {kind} with a 4G modem and no earmark",
    )
    MORE_PACKAGES = "more_packages", "thêm gói cước phù hợp", "more data packages that fit"
    SIGNAL = "signal", "thôn được phủ sóng hoặc kéo cáp quang", "signal or fibre in the hamlet"
    ANSWER = "answer", "xác minh thông tin còn thiếu", "an answer to what is not known"


class SurplusWhy(Term):
    """Say why devices of a lot are left over."""

    NONE_LEFT = "none_left", "đã phân bổ hết", "nothing is left"
    UNFIT = "unfit", "không đủ điều kiện phân bổ", "not allocable"
    NOBODY_WAITS = "nobody_waits", "không còn học sinh chờ", "nobody waits"
    EARMARKED = (
        "earmarked",
        "chỉ dành cho địa bàn, trường, cấp đã hết nhu cầu",
        "earmarked where nobody waits any more",
    )
    MISFIT = (
        "misfit",
        "không hợp cấp học hoặc kết nối của học sinh đang chờ",
        "fits neither level nor signal of those who wait",
    )


class MismatchKind(Term):
    """Name what a device and a hamlet's signal cannot do together."""

    NO_MODEM = (
        "no_modem",
        "còn thiết bị không có khe SIM 4G, thôn chỉ có sóng di động",
        "devices without modem are left, the hamlet has mobile signal only",
    )
    MODEM_LATER = (
        "modem_later",
        "đã cấp thiết bị không có khe SIM 4G, thôn sẽ chỉ có sóng di động",
        "given without modem, the hamlet is to have mobile signal only",
    )


class AllocationAim(Term):
    """Name what an allocation seeks, first things first."""

    FLOOR = "floor", "mức tối thiểu cho mỗi xã", "a floor in every commune"
    SERVED = "served", "số học sinh được cấp", "pupils served"
    ORDER = "order", "thứ tự trong bậc", "order within the tiers"
    LEVEL_FIT = "level_fit", "độ lệch với cấp học", "misfit to the level"
    SIGNAL_FIT = "signal_fit", "độ lệch với kết nối", "misfit to the connection"
