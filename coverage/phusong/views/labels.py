"""Every sentence of ours on the map and in the summary, in Vietnamese and in English.

Words of the closed lists (classes, statuses, operators) have their labels in `vocabulary.terms`;
names of places and sources are data and are never translated. ``{…}`` is filled in by the page.
"""

from __future__ import annotations

from phusong.vocabulary.terms import Edition, Operator, Term


class Label(Term):
    """Name the sentences of the map."""

    TITLE = "title", "Kết nối đến từng thôn, tổ dân phố", "Connectivity of every hamlet"
    PROVINCE = "province", "Tỉnh {name}", "{name} province"
    CITY = "city", "Thành phố {name}", "{name} city"
    FIGURES_AS_OF = "figures_as_of", "Số liệu đến ngày {date}", "Data as of {date}"
    BANNER = "banner", "DỮ LIỆU MÔ PHỎNG", "SIMULATED DATA"
    BANNER_NOTE = (
        "banner_note",
        "Số liệu do phần mềm tạo ra để trình diễn, không phản ánh thực tế.",
        "These figures were made up by the software to demonstrate it; they describe no real place.",
    )
    SCENARIO = "scenario", "Kịch bản: {name}", "Scenario: {name}"
    LANGUAGE = "language", "English", "Tiếng Việt"
    LANGUAGE_HINT = "language_hint", "Read this page in English", "Đọc trang này bằng tiếng Việt"
    SKIP = "skip", "Đến bảng danh sách", "Skip to the table"
    FIGURES = "figures", "Chỉ tiêu toàn tỉnh", "Headline figures"
    UNKNOWN_COUNT = "unknown_count", "không có dữ liệu: {n}", "no data: {n}"
    CONTROLS = "controls", "Chọn nội dung bản đồ", "What the map shows"
    SEARCH = "search", "Tìm thôn, xã", "Find a hamlet or commune"
    SEARCH_HINT = "search_hint", "Gõ không dấu cũng được", "Accents are not needed"
    SEARCH_NONE = "search_none", "Không tìm thấy “{text}”", "Nothing found for “{text}”"
    SEARCH_COUNT = "search_count", "{n} kết quả", "Results: {n}"
    THEME = "theme", "Tô màu theo", "Colour by"
    THEME_CLASS = "theme_class", "Nhóm kết nối", "Connectivity class"
    THEME_GAP = "theme_gap", "Trắng sóng, lõm sóng", "White, partial gap"
    THEME_EVIDENCE = "theme_evidence", "Bằng chứng", "Evidence"
    THEME_PLAN = "theme_plan", "Kế hoạch theo đợt", "Plan by wave"
    THEME_EVIDENCE_NOTE = (
        "theme_evidence_note",
        "Bằng chứng về công nghệ quyết định nhóm: cáp quang ở K1; 4G ở K2, K3, K5; 3G ở K4.",
        "Evidence for what decides the class: fibre in K1; 4G in K2, K3, K5; 3G in K4.",
    )
    OPERATOR = "operator", "Doanh nghiệp", "Operator"
    OPERATOR_ANY = "operator_any", "Bất kỳ doanh nghiệp nào", "Any operator"
    OPERATOR_CLASS_NOTE = (
        "operator_class_note",
        "Tính theo bất kỳ doanh nghiệp nào.",
        "Any operator counts.",
    )
    LAYERS = "layers", "Lớp hiển thị", "Layers"
    LAYER_COMMUNES = "layer_communes", "Ranh giới, tên xã", "Communes and their names"
    LAYER_DISPUTES = "layer_disputes", "Nơi các nguồn nói khác nhau", "Where sources disagree"
    LAYER_SITES = "layer_sites", "Cột, trạm thu phát sóng", "Mast sites"
    LAYER_MEASUREMENTS = "layer_measurements", "Điểm đo kiểm", "Measurements"
    LAYER_NODES = "layer_nodes", "Điểm cáp quang", "Fibre nodes"
    LAYER_ROUTES = "layer_routes", "Tuyến cáp quang", "Fibre routes"
    LAYER_TRENCHES = "layer_trenches", "Tuyến cáp xây mới (kế hoạch)", "Trenches (plan)"
    LAYER_ANTENNAS = "layer_antennas", "Trạm xây mới, nâng cấp (kế hoạch)", "Antennas (plan)"
    EDITION = "edition", "Danh mục hành chính", "Edition of the map"
    MAP = (
        "map",
        "Bản đồ các thôn; phím mũi tên để di chuyển, + và − để phóng. Bảng bên cạnh có cùng nội dung.",
        "Map of the hamlets; arrow keys move it, + and − zoom. The table beside it says the same.",
    )
    ZOOM_IN = "zoom_in", "Phóng to", "Zoom in"
    ZOOM_OUT = "zoom_out", "Thu nhỏ", "Zoom out"
    WHOLE = "whole", "Toàn tỉnh", "Whole province"
    LEGEND = "legend", "Chú giải", "Legend"
    LEGEND_HINT = (
        "legend_hint",
        "Bấm vào một dòng để ẩn hoặc hiện",
        "Press an entry to hide or show it",
    )
    LEGEND_DOTS = (
        "legend_dots",
        "Chấm: tính theo mô hình hoặc giả định (thấy khi phóng to)",
        "Dotted: modelled or assumed (seen once zoomed in)",
    )
    LEGEND_POINT = "legend_point", "Thôn chưa có ranh giới: {n}", "Hamlets without an outline: {n}"
    LEGEND_ESTIMATED = (
        "legend_estimated",
        "Ranh giới ước lượng: {n}",
        "Outline estimated: {n}",
    )
    LEGEND_NOWHERE = (
        "legend_nowhere",
        "Chưa rõ vị trí, chỉ có trong bảng: {n}",
        "Place unknown, in the table only: {n}",
    )
    LEGEND_DISPUTES = (
        "legend_disputes",
        "Các nguồn nói khác nhau: {n} thôn",
        "Sources disagree: {n} hamlets",
    )
    LEGEND_SHARED = "legend_shared", "nhiều doanh nghiệp dùng chung", "shared by several operators"
    LEGEND_UNTOLD = "legend_untold", "không nêu doanh nghiệp", "operator not told"
    LEGEND_SITES = "legend_sites", "Cột, trạm", "Mast sites"
    LEGEND_MEASUREMENTS = "legend_measurements", "Điểm đo kiểm", "Measurements"
    LEGEND_NODES = "legend_nodes", "Điểm cáp quang", "Fibre nodes"
    LEGEND_ROUTES = "legend_routes", "Tuyến cáp quang", "Fibre routes"
    LEGEND_TRENCHES = "legend_trenches", "Tuyến cáp xây mới", "Trenches"
    LEGEND_ANTENNAS = "legend_antennas", "Trạm xây mới, nâng cấp", "Antennas to build"
    LEGEND_IDLE = (
        "legend_idle",
        "Nét đứt: đang thi công, kế hoạch hoặc ngừng hoạt động",
        "Dashed: under construction, planned or out of service",
    )
    LIST = "list", "Danh sách thôn, tổ dân phố", "List of hamlets"
    LIST_CAPTION = (
        "list_caption",
        "Cùng các thôn với bản đồ. Bấm tên thôn để xem chi tiết; phím ↑ ↓ để chuyển dòng.",
        "The same hamlets as the map. Press a name for details; ↑ ↓ move between rows.",
    )
    SHOWN = "shown", "Đang hiện {n}/{of} thôn, tổ dân phố", "Showing {n}/{of} hamlets"
    FILTER_CLASS = "filter_class", "Nhóm", "Class"
    FILTER_GAP = "filter_gap", "Trắng sóng, lõm sóng", "White, partial gap"
    FILTER_ALL = "filter_all", "Tất cả", "All"
    FILTER_CLEAR = "filter_clear", "Bỏ lọc", "Clear filters"
    FILTER_COMMUNE = "filter_commune", "Bỏ lọc theo {name}", "Stop filtering by {name}"
    LIST_EMPTY = (
        "list_empty",
        "Không có thôn nào khớp với bộ lọc. Hãy bỏ bớt điều kiện lọc.",
        "No hamlet matches the filters. Remove a filter to see more.",
    )
    COLUMN_NAME = "column_name", "Thôn, TDP", "Hamlet"
    COLUMN_COMMUNE = "column_commune", "Xã", "Commune"
    COLUMN_CLASS = "column_class", "Nhóm", "Class"
    COLUMN_4G = "column_4g", "4G", "4G"
    COLUMN_3G = "column_3g", "3G", "3G"
    COLUMN_FIBRE = "column_fibre", "Cáp quang", "Fibre"
    SORT = "sort", "Sắp xếp theo {name}", "Sort by {name}"
    SHORT_FULL = "short_FULL", "có", "yes"
    SHORT_PARTIAL = "short_PARTIAL", "một phần", "in part"
    SHORT_NONE = "short_NONE", "không", "no"
    SHORT_UNKNOWN = "short_UNKNOWN", "chưa rõ", "unknown"
    PANEL_CLOSE = "panel_close", "Đóng", "Close"
    PANEL_SHEET = (
        "panel_sheet",
        "Mở phiếu thôn: kế hoạch, báo sai",
        "Open the sheet: plan, report wrong",
    )
    PANEL_PREVIOUS = "panel_previous", "Thôn trước", "Previous hamlet"
    PANEL_NEXT = "panel_next", "Thôn sau", "Next hamlet"
    PANEL_CLASS = "panel_class", "Nhóm kết nối", "Class"
    PANEL_CAUSE = "panel_cause", "Nguyên nhân", "Cause"
    PANEL_GAP = "panel_gap", "Trắng sóng, lõm sóng", "White, partial gap"
    GAP_CLUSTERS = (
        "gap_clusters",
        "{dark}/{all} cụm dân cư chưa có sóng",
        "{dark}/{all} residential clusters without signal",
    )
    GAP_HOUSEHOLDS = "gap_households", "{n} hộ", "{n} households"
    GAP_NO_HOUSEHOLDS = "gap_no_households", "chưa rõ số hộ", "households unknown"
    GAP_UNCLEAR = "gap_unclear", "{n} cụm chưa rõ", "{n} clusters unknown"
    GAP_NO_CLUSTERS = (
        "gap_no_clusters",
        "chưa có số liệu cụm dân cư",
        "residential clusters unknown",
    )
    GAP_COUNTED = "gap_counted", "tính {technologies}", "counting {technologies}"
    GAP_4G5G = "gap_4g5g", "nếu chỉ tính 4G, 5G: {gap}", "by 4G and 5G alone: {gap}"
    OF_NOT_WHITE = "of_not_white", "không trắng sóng", "not in a white gap"
    PANEL_MEASURED = "panel_measured", "Đo kiểm, phản ánh", "Measured"
    MEASURED = (
        "measured",
        "{technology}: {n} lần, gần nhất {date}{signal}",
        "{technology}: {n}, latest {date}{signal}",
    )
    MEASURED_SERVED = "measured_served", "có sóng", "signal"
    MEASURED_UNSERVED = "measured_unserved", "không có sóng", "no signal"
    MEASURED_SIGNAL = "measured_signal", ", trung vị {dbm} dBm", ", median {dbm} dBm"
    PANEL_SUNSET = "panel_sunset", "Nhóm khi tắt 3G", "Class once 3G is off"
    PANEL_KIND = "panel_kind", "Loại", "Kind"
    PANEL_PEOPLE = "panel_people", "Hộ; nhân khẩu", "Households; persons"
    PANEL_PUPILS = (
        "panel_pupils",
        "Học sinh; không có thiết bị; thuộc đối tượng",
        "Pupils; without a device; eligible",
    )
    PANEL_PUPILS_COMMUNE = (
        "panel_pupils_commune",
        "Học sinh của cả xã; không có thiết bị; thuộc đối tượng",
        "Pupils of the whole commune; without a device; eligible",
    )
    HIDDEN = "hidden", "ẩn", "hidden"
    PANEL_PLAN = "panel_plan", "Kế hoạch", "Plan"
    PANEL_PLAN_COST = (
        "panel_plan_cost",
        "Chi phí phần của thôn (thấp – cao)",
        "The hamlet's share of the cost (low – high)",
    )
    PANEL_PLAN_BASIS = (
        "panel_plan_basis",
        "Chưa hoàn thành",
        "Not done yet",
    )
    PLAN_WAVE = "plan_wave", "đợt {n}", "wave {n}"
    PLAN_OUTDATED = (
        "plan_outdated",
        "Kế hoạch đã cũ: lập trên số liệu ngày {date}, số liệu đã thay đổi từ đó; cần lập lại",
        "This plan is out of date: it was made on data of {date}, which have changed since; plan again",
    )
    PLAN_FIGURE = (
        "plan_figure",
        "Kế hoạch ({scenario}), trong {of} thôn chưa đủ kết nối: {planned} thôn do kế hoạch, {waves} đợt, "
        "{cost} tỷ đồng; {promised} thôn doanh nghiệp đã nhận hoặc đang xây, chưa hoàn thành",
        "Plan ({scenario}), of {of} hamlets that lack something: {planned} by the plan, {waves} waves, "
        "{cost} bn VND; {promised} that operators have taken on or are building, not done yet",
    )
    MONEY_RANGE = (
        "money_range",
        "{likely} triệu đồng ({low} – {high})",
        "{likely} m VND ({low} – {high})",
    )
    MONEY = "money", "{likely} triệu đồng", "{likely} m VND"
    PANEL_POWER = "panel_power", "Điện lưới", "Grid power"
    PANEL_HARD = "panel_hard", "Thôn đặc biệt khó khăn", "Special-difficulty hamlet"
    PANEL_PLACE = "panel_place", "Vị trí; ranh giới", "Location; outline"
    PANEL_FORMER = "panel_former", "Tên cũ", "Former names"
    PANEL_CODE = "panel_code", "Mã thôn", "Hamlet id"
    PANEL_DISAGREES = (
        "panel_disagrees",
        "Công bố của doanh nghiệp và kết quả tính toán khác nhau; nên đo kiểm tại chỗ.",
        "The operator's statement and the model disagree; a measurement on the spot is advised.",
    )
    PANEL_TABLE = (
        "panel_table",
        "Vùng phủ theo công nghệ và doanh nghiệp",
        "Reach by technology and operator",
    )
    PANEL_STATUS = "panel_status", "Tình trạng", "Status"
    PANEL_SHARE = "panel_share", "Được phủ", "Served"
    INDOORS = "indoors", "trong nhà {share}", "indoors {share}"
    PANEL_PROBABILITY = "panel_probability", "Xác suất", "Probability"
    PANEL_EVIDENCE = "panel_evidence", "Bằng chứng, ngày", "Evidence, date"
    PANEL_DISTANCE = "panel_distance", "Cách", "Distance"
    PANEL_SILENT = (
        "panel_silent",
        "Không có dữ liệu nào về thôn này.",
        "Nothing is known about this hamlet.",
    )
    YES = "yes", "có", "yes"
    NO = "no", "không", "no"
    NOT_KNOWN = "not_known", "chưa rõ", "not known"
    SITE_HEIGHT = "site_height", "Chiều cao anten {n} m", "Antenna height {n} m"
    NODE_PORTS = "node_ports", "Cổng rỗi: {n}", "Free ports: {n}"
    SOURCES = "sources", "Nguồn số liệu", "Sources"
    SOURCE_KIND = "source_kind", "Loại", "Kind"
    SOURCE_PUBLISHER = "source_publisher", "Nơi cung cấp", "Publisher"
    SOURCE_LICENCE = "source_licence", "Giấy phép", "Licence"
    SOURCE_FILE = "source_file", "Tệp", "File"
    SOURCE_DATE = "source_date", "Ngày số liệu", "Date"
    SOURCE_ABSENT = "source_absent", "Không được cung cấp: {kinds}", "Not delivered: {kinds}"
    SOURCE_NONE = "source_none", "Chưa ghi nguồn.", "No source is on record."
    MADE_WITH = (
        "made_with",
        "Trang này mở được khi không có mạng. Thư viện bản đồ: Leaflet 1.9.4 (BSD-2-Clause).",
        "This page needs no network. Map library: Leaflet 1.9.4 (BSD-2-Clause).",
    )
    NO_SCRIPT = (
        "no_script",
        "Trình duyệt này không chạy được phần tương tác của bản đồ. Hãy mở bằng trình duyệt khác.",
        "This browser does not run the interactive map. Please open it in another one.",
    )
    METHOD = (
        "method",
        "Có 3G, 4G: chỉ tính thôn “phủ sóng”. Trắng sóng: nhà văn hóa, trung tâm thôn chưa có "
        "sóng; lõm sóng: trung tâm có sóng, còn cụm dân cư chưa có, trên số thôn không trắng sóng. "
        "Đồng ruộng không tính. “Không có dữ liệu” không bao giờ được tính là có.",
        "With 3G, 4G: only “covered” counts. White gap: no signal at the culture house or centre; "
        "partial gap: signal at the centre and not in every residential cluster, of the hamlets "
        "that are not white. Fields do not count. “No data” is never counted as covered.",
    )


class SourceKind(Term):
    """Name the kinds of source in both languages."""

    COMMUNES = "communes", "ranh giới xã", "commune boundaries"
    HAMLETS = "hamlets", "thôn, tổ dân phố", "hamlets"
    CELLS = "cells", "trạm thu phát sóng", "cell sites"
    COVERAGE = "coverage", "vùng phủ công bố", "operators' coverage"
    FIBRE_NODES = "fibre_nodes", "điểm cáp quang", "fibre nodes"
    FIBRE_ROUTES = "fibre_routes", "tuyến cáp quang", "fibre routes"
    CLAIMS = "claims", "xác nhận của doanh nghiệp", "operators' statements"
    HAMLET_LINEAGE = "hamlet_lineage", "thôn sáp nhập, chia tách, đổi tên", "changes of hamlets"
    MEASUREMENTS = "measurements", "đo kiểm, phản ánh tại chỗ", "measurements"
    ROADS = "roads", "đường giao thông", "roads"
    TERRAIN = "terrain", "địa hình", "terrain"
    SCHOOLS = "schools", "trường học", "schools"
    STUDENTS = "students", "học sinh", "pupils"
    POVERTY = "poverty", "hộ nghèo, cận nghèo", "poor and near-poor households"
    CONTRIBUTIONS = "contributions", "sổ tiếp nhận ủng hộ", "contributions"
    LOTS = "lots", "lô thiết bị", "device lots"
    PACKAGES = "packages", "gói cước, hỗ trợ phí", "data packages and fee support"
    COMMITMENTS = "commitments", "cam kết của doanh nghiệp viễn thông", "operators' commitments"
    UNITS = "units", "danh mục đơn vị hành chính của tỉnh", "the province's own list of units"


class PupilLine(Term):
    """Name the sentences of the summary about pupils."""

    TITLE = (
        "title",
        "Học sinh (chính sách {policy}; số liệu làm tròn đến bội của {k}, cộng khớp; dưới {k} thì ẩn)",
        "Pupils (policy {policy}; figures are multiples of {k} that add up; under {k} they are hidden)",
    )
    RELEASE = (
        "release",
        "Công bố lần {release}, số liệu đến ngày {day}",
        "Release {release}, data as of {day}",
    )
    RECORDS = (
        "records",
        "Hồ sơ: {records}; học sinh: {pupils}, đang học tại các cấp của chương trình: {studying}",
        "Records: {records}; pupils: {pupils}, studying at the programme's levels: {studying}",
    )
    IDENTITY = (
        "identity",
        "Hồ sơ trùng đã gộp: {merged}; cặp cần người kiểm tra: {pairs}",
        "Records merged as one pupil: {merged}; pairs for a person to check: {pairs}",
    )
    MATCHES = "matches", "Tìm thôn theo địa chỉ ({n} học sinh)", "Hamlet by address ({n} pupils)"
    DECIDED = "decided", "do người xác nhận", "by a person's decision"
    ONLINE = "online", "học trực tuyến", "learning online"
    DEVICE = "device", "không có thiết bị", "without a device"
    POOR = "poor", "  trong đó hộ nghèo", "  of which poor"
    NEAR_POOR = "near_poor", "  trong đó hộ cận nghèo", "  of which near-poor"
    HARDSHIP = "hardship", "  trong đó khó khăn khác", "  of which other hardship"
    SCHOOLS = "schools", "trường chưa có Internet", "schools without Internet"
    CONNECTION = "connection", "không đủ kết nối", "without an adequate connection"
    BOTH = "both", "đủ cả thiết bị và kết nối", "with both device and connection"
    ELIGIBLE = "eligible", "thuộc đối tượng hỗ trợ", "eligible"
    TIERS = "tiers", "Bậc ưu tiên của đối tượng", "Tiers of the eligible"
    DEVICES = (
        "devices",
        "Thiết bị cần: {students} nếu mỗi học sinh một, {households} nếu mỗi hộ một",
        "Devices needed: {students} at one per pupil, {households} at one per household",
    )


class Line(Term):
    """Name the sentences of the summary in a terminal."""

    HEAD = (
        "head",
        "{area} · số liệu đến ngày {date} · {edition}",
        "{area} · data as of {date} · {edition}",
    )
    INDICATORS = "indicators", "Chỉ tiêu ({counted})", "Indicators ({counted})"
    UNKNOWN = "unknown", "không có dữ liệu {n}", "no data {n}"
    OFFICIAL = (
        "official",
        "Trắng sóng: nhà văn hóa, trung tâm thôn chưa có sóng. Lõm sóng: trung tâm có sóng, còn "
        "cụm dân cư chưa có, trên số thôn không trắng sóng. Được phủ sóng: không trắng sóng; chưa "
        "rõ không tính là có",
        "White gap: no signal at the culture house or centre. Partial gap: signal at the centre "
        "and not in every residential cluster, of those not white. Coverage: not white; unknown "
        "does not count",
    )
    NO_CLUSTERS = (
        "no_clusters",
        "Thôn chưa có số liệu cụm dân cư, nên chưa rõ có lõm sóng hay không: {n}",
        "Hamlets whose residential clusters nobody delivered, so that a partial gap would not "
        "show: {n}",
    )
    CLASSES = "classes", "Nhóm kết nối", "Connectivity classes"
    CAUSES = "causes", "Nguyên nhân", "Causes"
    PLACES = "places", "Vị trí của {n} thôn, tổ dân phố", "Location of {n} hamlets"
    PLACEMENT = (
        "placement",
        "Thôn có vị trí cần xem lại: {n}",
        "Hamlets whose place wants a look: {n}",
    )
    SITES = (
        "sites",
        "Ô thu phát sóng: {cells}, trên {sites} cột; do cộng đồng ghi nhận: {crowd}",
        "Cells: {cells}, on {sites} sites; crowd-sourced: {crowd}",
    )
    MEASUREMENTS = (
        "measurements",
        "Kết quả đo kiểm, phản ánh: {rows}, tại {hamlets} thôn; chưa rõ thôn: {unplaced}",
        "Measurements and reports: {rows}, in {hamlets} hamlets; hamlet unknown: {unplaced}",
    )
    DISAGREEMENTS = (
        "disagreements",
        "Thôn mà công bố và mô hình khác nhau: {n}",
        "Hamlets where statement and model disagree: {n}",
    )
    FIBRE_BASIS = "fibre_basis", "Căn cứ sẵn sàng cáp quang", "Why fibre counts as ready"
    SUNSET = (
        "sunset",
        "Nhóm K5: hiện nay {now}, khi tắt 3G {then}",
        "Class K5: {now} today, {then} once 3G is off",
    )
    DISC = (
        "disc",
        "So với vòng tròn bán kính {radius} m ({n} thôn so được): vòng tròn cho là có 4G mà "
        "kết quả không: {disc}; ngược lại: {model}; do địa hình che khuất: {shadow}",
        "Against a plain radius of {radius} m ({n} hamlets compared): the radius says 4G and the "
        "finding does not: {disc}; the reverse: {model}; in the shadow of terrain: {shadow}",
    )
    PORTS = (
        "ports",
        "Nhóm K1 có số cổng quang rỗi ít hơn {share} số hộ: {short}/{hamlets} thôn; "
        "không rõ số cổng hoặc số hộ: {unknown}",
        "Class K1 with fewer free fibre ports than {share} of its households: {short}/{hamlets} "
        "hamlets; ports or households not counted: {unknown}",
    )
    PATHS = (
        "paths",
        "Điểm kiểm tra mà câu trả lời phụ thuộc vùng chưa có địa hình, ghi là chưa biết: {unknown}/{paths}, "
        "ở {n}/{hamlets} thôn",
        "Test points whose answer hangs on ground without terrain, hence unknown: {unknown} of {paths}, "
        "in {n} of {hamlets} hamlets",
    )
    SOURCES = "sources", "Nguồn số liệu", "Sources"
    SOURCE_ROWS = (
        "source_rows",
        "nhận {accepted}/{total} dòng, loại {quarantined}",
        "accepted {accepted}/{total} rows, quarantined {quarantined}",
    )
    ABSENT = "absent", "Không được cung cấp: {kinds}", "Not delivered: {kinds}"


def tell(label: Term | Edition | Operator, language: str, **values: object) -> str:
    """Return a label in a language, with its gaps filled in.

    Parameters
    ----------
    label : any term.
    language : ``vi`` or ``en``.
    values : what stands for each ``{name}``.

    Raises
    ------
    KeyError
        If a gap has no value.
    """
    text = label.vi if language == "vi" else label.en
    return text.format(**values) if values else text
