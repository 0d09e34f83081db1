"""The words of a rollout: what can be built for a hamlet, and what becomes of it."""

from __future__ import annotations

from phusong.vocabulary.terms import Term

#: Stands in the id of every piece that is a cabinet, and of no other.
CABINET = "-cabinet-"


class OptionKind(Term):
    """Say by what a hamlet is connected."""

    FIBRE = "fibre", "kéo cáp quang dọc đường", "fibre along the road"
    NEW_SITE = "new_site", "xây trạm thu phát sóng mới", "a new mast"
    UPGRADE = "upgrade", "nâng cấp 4G tại trạm hiện có", "4G on an existing mast"
    SMALL_CELL = "small_cell", "trạm nhỏ kéo xa bằng cáp quang", "a remote sector on fibre"
    REPEATER = "repeater", "trạm lặp", "a repeater"
    SATELLITE = (
        "satellite",
        "vệ tinh quỹ đạo thấp tại nhà văn hóa",
        "satellite at the culture house",
    )
    NOTHING = "nothing", "chưa có phương án trong ngân sách", "nothing within the budget"


class ConnectionBasis(Term):
    """Say on what a connection to come rests: this plan, or what an operator does of its own."""

    PLANNED = "planned", "do kế hoạch này xây", "built by this plan"
    COMMITTED = "committed", "doanh nghiệp đã cam kết", "committed by the operator"
    BUILDING = (
        "building",
        "doanh nghiệp đang xây tủ cáp gần thôn",
        "a cabinet of the operator under construction near by",
    )


class CostPart(Term):
    """Say what money is spent on."""

    MAST = "mast", "cột, nhà trạm, thiết bị", "mast, shelter, equipment"
    BACKHAUL = "backhaul", "truyền dẫn", "backhaul"
    POWER = "power", "nguồn điện", "power"
    ACCESS = "access", "đường vào trạm", "access track"
    TRENCH = "trench", "tuyến cáp quang", "fibre route"
    CABINET = "cabinet", "tủ chia quang", "splitter cabinet"
    TERMINAL = "terminal", "thiết bị vệ tinh", "satellite terminal"


class WayBasis(Term):
    """Say what a way for cable follows."""

    ROAD = "road", "dọc đường", "along a road"
    OFF_ROAD = "off_road", "ngoài đường (chưa có trên bản đồ)", "off the mapped roads"
    DROP = "drop", "nhánh vào thôn", "from the road to the hamlet"
    FIBRE = "fibre", "tuyến cáp quang hiện có", "existing fibre route"


class Medium(Term):
    """Say how cable is carried."""

    POLES = "poles", "treo trên cột có sẵn", "on existing poles"
    NEW_POLES = "new_poles", "treo trên cột trồng mới", "on new poles"
    BURIED = "buried", "chôn ngầm", "buried"
    EXISTING = "existing", "cáp có sẵn", "existing cable"


class ScenarioName(Term):
    """Name the ways in which a rollout is imagined."""

    BASELINE = "baseline", "cơ sở: dùng chung hạ tầng", "baseline: infrastructure shared"
    NO_SHARING = "no_sharing", "không dùng chung hạ tầng", "nothing shared"
    FIBRE_ONLY = "fibre_only", "chỉ cáp quang", "fibre only"
    MOBILE_FIRST = "mobile_first", "ưu tiên sóng di động", "mobile first"
    NO_3G = "no_3g", "sau khi tắt 3G", "once 3G is switched off"
    LESS_MONEY = "less_money", "ngân sách giảm 30 %", "budget less 30 %"
    MORE_MONEY = "more_money", "ngân sách tăng 30 %", "budget plus 30 %"


class AimName(Term):
    """Name what a plan seeks, in words for a report."""

    NOTHING = "nothing", "học sinh ở nơi không có kết nối", "pupils with nothing"
    FLOOR = "floor", "mức tối thiểu cho mỗi xã", "a floor in every commune"
    DARK = "dark", "học sinh chưa học trực tuyến được tại nhà", "pupils without lessons at home"
    FIBRE = "fibre", "học sinh chưa có cáp quang", "pupils without fibre"
    SPENT = "spent", "chi phí ít nhất", "the least spent"
    REACHED = "reached", "số thôn tới được", "hamlets reached"
    NOTHING_EARLY = (
        "nothing_early",
        "nơi không có kết nối được làm trước",
        "those with nothing, early",
    )
    DARK_EARLY = (
        "dark_early",
        "nơi chưa học trực tuyến được làm trước",
        "those without lessons, early",
    )
    FIBRE_EARLY = "fibre_early", "nơi chưa có cáp quang làm sau cùng", "those without fibre, early"


class PromiseVerdict(Term):
    """Say what became of an operator's promise."""

    MET = "met", "đã thực hiện, có bằng chứng", "met, and seen in the evidence"
    UNSEEN = (
        "unseen",
        "báo đã phát sóng, chưa có bằng chứng; cần đo kiểm",
        "reported on air, not seen in the evidence; to be measured",
    )
    OPEN = "open", "chưa đến hạn", "not yet due"
    LATE = "late", "quá hạn", "late"
    UNDATED = "undated", "chưa có ngày cam kết", "without a due date"
    WITHDRAWN = "withdrawn", "đã rút", "withdrawn"


class PlanChange(Term):
    """Say what becomes of a hamlet from one plan to another."""

    GAINED = "gained", "thêm được kết nối", "gained"
    LOST = "lost", "không còn được kết nối", "lost"
    EARLIER = "earlier", "sớm hơn", "earlier"
    LATER = "later", "muộn hơn", "later"
    OTHERWISE = "otherwise", "bằng cách khác", "by other means"
    SAME = "same", "không đổi", "unchanged"


class PlannedWave(Term):
    """Say when a plan connects a hamlet, as the map colours it."""

    NOW = "now", "đã sẵn sàng cáp quang, không cần xây mới", "fibre ready, nothing to build"
    FIRST = "1", "đợt 1", "wave 1"
    SECOND = "2", "đợt 2", "wave 2"
    THIRD = "3", "đợt 3", "wave 3"
    LATER = "later", "đợt 4 trở đi", "wave 4 or later"
    NEVER = "never", "chưa có trong kế hoạch", "not within the plan"
    OTHERS = "others", "không thuộc phần của doanh nghiệp này", "not this operator's part"
    UNVERIFIED = "unverified", "cần kiểm tra trước khi lập kế hoạch", "to be verified first"
