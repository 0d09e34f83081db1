"""The sentences about a rollout plan, in both languages."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class PlanLine(Term):
    """Name the sentences that tell of a plan."""

    TITLE = (
        "title",
        "Kế hoạch phủ sóng, kéo cáp · kịch bản: {scenario} · {waves} đợt",
        "Rollout · scenario: {scenario} · {waves} waves",
    )
    NAMED = "named", "kế hoạch {name}", "plan {name}"
    MADE = "made", "lập ngày {date}", "made on {date}"
    OUTDATED = (
        "outdated",
        "KẾ HOẠCH ĐÃ CŨ: lập trên số liệu ngày {date}, số liệu đã thay đổi từ đó; cần lập lại",
        "OUT OF DATE: made on data of {date}, which have changed since; plan again",
    )
    MONEY = (
        "money",
        "Ngân sách {budget} tỷ đồng; dự kiến chi {likely} tỷ (từ {low} đến {high} tỷ)",
        "Budget {budget} bn VND; to be spent {likely} bn ({low} to {high} bn)",
    )
    WHOLE = (
        "whole",
        "Muốn tới mọi thôn có thể tới: {whole} tỷ đồng (sai số chứng minh được {gap})",
        "To reach every hamlet that can be reached: {whole} bn VND (proven within {gap})",
    )
    REACHED = (
        "reached",
        "Thôn được kết nối: {hamlets}/{of}; {who}: {weight}/{all}",
        "Hamlets connected: {hamlets}/{of}; {who}: {weight}/{all}",
    )
    REACHED_IF = (
        "reached_if",
        "Thôn được kết nối nếu mọi cam kết được thực hiện: {hamlets}/{of}; {who}: {weight}/{all}",
        "Hamlets connected if every promise is kept: {hamlets}/{of}; {who}: {weight}/{all}",
    )
    BY_PLAN = (
        "by_plan",
        "{hamlets} thôn do kế hoạch; {promised} thôn doanh nghiệp đã nhận hoặc đang xây, chưa hoàn thành",
        "{hamlets} hamlets by the plan; {promised} committed or being built by operators, not done yet",
    )
    BASIS = (
        "basis",
        "{name}: {hamlets} thôn, {weight} {who}; dự kiến thực hiện được {expected}",
        "{name}: {hamlets} hamlets, {weight} {who}; {expected} of them to be expected",
    )
    CLASS = (
        "class",
        "{name}: {hamlets}/{of} thôn; {weight}/{all} {who}",
        "{name}: {hamlets}/{of} hamlets; {weight}/{all} {who}",
    )
    OPTIONS = "options", "Phương án", "Options"
    OPERATORS = "operators", "Theo doanh nghiệp", "By operator"
    COST = "cost", "{cost} tỷ  {name}", "{cost} bn  {name}"
    CHECK = "check", "riêng các thôn được kéo cáp", "for those given fibre alone"
    PUPILS = "pupils", "học sinh", "pupils"
    PERSONS = "persons", "nhân khẩu", "persons"
    VND = "vnd", "đồng", "VND"
    TURNS = "turns", "{who} × đợt", "{who} × waves"
    PROOF = "proof", "Chứng minh chất lượng kế hoạch", "Proof of how good the plan is"
    AIM = (
        "aim",
        "{aim}: {found} {unit}, cận {bound}, sai số {gap}",
        "{aim}: {found} {unit}, bound {bound}, gap {gap}",
    )
    TRENCH = (
        "trench",
        "tuyến cáp {name}: {cost} tỷ, cận dưới {bound} tỷ, sai số {gap}",
        "trenches {name}: {cost} bn, lower bound {bound} bn, gap {gap}",
    )
    LEFT = (
        "left",
        "Chưa có phương án nào tới: {n} thôn ({ids})",
        "No option reaches {n} hamlets ({ids})",
    )
    UNPLACED = (
        "unplaced",
        "Chưa rõ vị trí, cần khảo sát: {n} thôn ({ids})",
        "No known place, to be surveyed: {n} hamlets ({ids})",
    )
    UNKNOWN = (
        "unknown",
        "Chưa có dữ liệu, cần xác minh trước: {n} thôn ({ids})",
        "No data, to be verified first: {n} hamlets ({ids})",
    )
    PARTS = "parts", "Theo hạng mục", "By component"
    PROMISES = (
        "promises",
        "Cam kết của doanh nghiệp: {list}",
        "Operators' commitments: {list}",
    )
    COMPARE = (
        "compare",
        "{scenario}, ngân sách {budget} tỷ, {waves} năm: {hamlets}/{of} thôn (trong đó {promised} do doanh "
        "nghiệp đã nhận hoặc đang xây), {weight} {who}, {likely} tỷ ({low}–{high}); tới hết: {whole} tỷ",
        "{scenario}, budget {budget} bn, {waves} years: {hamlets}/{of} hamlets ({promised} of them promised "
        "or being built by operators), {weight} {who}, {likely} bn ({low}–{high}), all: {whole} bn",
    )


class KeptLine(Term):
    """Name the sentences that tell of kept plans, and of two beside each other."""

    NONE = "none", "Chưa có kế hoạch nào.", "No plan is kept."
    SHOWN = "shown", "đang dùng trên bản đồ, báo cáo", "shown on the map and in reports"
    MADE = (
        "made",
        "lập ngày {made}, người lập: {who}; số liệu ngày {date}",
        "made on {made} by {who}; data of {date}",
    )
    REACH = (
        "reach",
        "{hamlets}/{of} thôn (trong đó {promised} do doanh nghiệp đã nhận hoặc đang xây), {weight} {who}, "
        "{cost} tỷ đồng",
        "{hamlets}/{of} hamlets ({promised} of them promised or being built by operators), {weight} {who}, "
        "{cost} bn VND",
    )
    WHATEVER = "whatever", "không giới hạn ngân sách", "whatever it takes"
    BUDGET = "budget", "ngân sách {budget} tỷ đồng", "budget {budget} bn VND"
    YEARS = "years", "{n} năm", "{n} years"
    OUTDATED = (
        "outdated",
        "ĐÃ CŨ: số liệu đã thay đổi sau khi lập ({stages})",
        "OUT OF DATE: the data have changed since ({stages})",
    )
    AGAIN = (
        "again",
        "lập lại: phusong plan rollout DIR --name {name}",
        "plan again: phusong plan rollout DIR --name {name}",
    )
    SAME = (
        "same",
        "Cùng câu hỏi, cùng số liệu: chính là kế hoạch {name} đã có; không lập lại.",
        "The same question on the same data: this is plan {name}, which is kept already.",
    )
    DIFFERENCE = (
        "difference",
        "Từ A sang B: thêm {gained} thôn, bớt {lost} thôn; {cost} đồng; {weight} {who}",
        "From A to B: {gained} hamlets more, {lost} fewer; {cost} VND; {weight} {who}",
    )
    WAVES = "waves", "đợt {waves}", "wave {waves}"
    COST = "cost", "{cost} đồng", "{cost} VND"
    NOW_SHOWN = (
        "now_shown",
        "Bản đồ, các trang và báo cáo từ nay dùng kế hoạch {name}.",
        "The map, the pages and the reports show plan {name} from now on.",
    )
    WITHDRAWN = "withdrawn", "Đã rút kế hoạch {name}.", "Plan {name} is withdrawn."
    RUN_OUTDATED = (
        "run_outdated",
        "Kế hoạch {names} được lập trên số liệu trước đó, nay đã cũ.",
        "The plan {names} was made on earlier data and is out of date.",
    )


class ChartLabel(Term):
    """Name the sentences on the pictures of a comparison."""

    PARETO = (
        "pareto",
        "Mỗi tỷ đồng kết nối thêm bao nhiêu {who}",
        "How many {who} each billion đồng connects",
    )
    BUDGET = "budget", "Ngân sách, tỷ đồng", "Budget, bn VND"
    CONNECTED = "connected", "{who} được kết nối", "{who} connected"
    NOTHING = "nothing", "Nơi không có kết nối (K5)", "Where there is nothing (K5)"
    DARK = (
        "dark",
        "Nơi chưa học trực tuyến được (K3, K4)",
        "Where no lesson can be followed (K3, K4)",
    )
    LIT = "lit", "Nơi chưa có cáp quang (K2)", "Where there is no fibre (K2)"
    SENSITIVITY = (
        "sensitivity",
        "Chi phí tới mọi thôn phụ thuộc vào đơn giá nào",
        "What the cost of reaching every hamlet hangs on",
    )
    WHOLE = (
        "whole",
        "Chi phí ít nhất để tới mọi thôn, tỷ đồng",
        "Least cost to reach every hamlet, bn VND",
    )


class Lever(Term):
    """Name the parameters whose range is tried."""

    POLES = "poles_price", "Cáp treo trên cột có sẵn", "Cable on existing poles"
    NEW_POLES = "new_poles_price", "Cáp treo trên cột trồng mới", "Cable on new poles"
    BURIED = "buried_price", "Cáp chôn ngầm", "Buried cable"
    OFF_ROAD = "off_road_detour", "Độ vòng ngoài đường", "Detour off the roads"
    CABINET = "cabinet_vnd", "Tủ chia quang", "Splitter cabinet"
    SATELLITE = "satellite_vnd", "Thiết bị vệ tinh", "Satellite terminal"
    NEW_SITE = "new_site_vnd", "Trạm mới", "New mast"
    UPGRADE = "upgrade_vnd", "Nâng cấp trạm hiện có", "Upgrade of a mast"
    SMALL_CELL = "small_cell_vnd", "Trạm nhỏ kéo xa", "Remote sector"
    REPEATER = "repeater_vnd", "Trạm lặp", "Repeater"
    OFF_GRID = "off_grid_vnd", "Nguồn điện nơi chưa có lưới", "Power off the grid"
