"""What a file of measurements may say: its columns, its words, and what may be wrong with them.

Beside the headings of offices those of two programs are known: G-NetTrack writes what a telephone hears on
its way, Ookla gives the speed tests of a tile of the map.
"""

from __future__ import annotations

from phusong.vocabulary.terms import MeasurementSource, Technology

#: Columns that G-NetTrack or Ookla alone write, as keys, and how what stands beside them was measured.
MAKERS: dict[str, MeasurementSource] = {
    "networktech": MeasurementSource.DRIVE_TEST,
    "avgdkbps": MeasurementSource.SPEED_TEST,
    "quadkey": MeasurementSource.SPEED_TEST,
}

#: Canonical column → what it may be called, best first; place, commune and operator are as everywhere.
HEADINGS: dict[str, tuple[str, ...]] = {
    "measurement_id": ("Mã phiếu", "Mã phiếu đo", "Số phiếu", "Mã lần đo", "Measurement ID", "test_id"),
    "hamlet_id": ("Mã thôn", "Mã thôn, TDP", "Mã TDP", "Hamlet ID"),
    "hamlet_name": ("Thôn", "Tên thôn", "Tên thôn, TDP", "Thôn, TDP", "Thôn/TDP", "Thôn/Xóm", "Hamlet"),
    "place": (
        "Nơi đo", "Điểm đo", "Địa điểm đo", "Vị trí đo", "Cụm dân cư", "Nhà văn hóa/cụm dân cư", "Location",
    ),
    "operator": ("Operatorname", "Operator name", "Carrier", "Network operator", "SIM operator"),
    "technology": (
        "Công nghệ", "Công nghệ mạng", "NetworkTech", "Network tech", "Network type", "RAT", "Tech",
    ),
    "signal_dbm": (
        "Mức tín hiệu", "Mức tín hiệu (dBm)", "Mức thu", "Mức thu (dBm)", "Cường độ tín hiệu",
        "Cường độ sóng", "Level", "Signal", "Signal strength", "Signal level", "dBm",
    ),
    "rsrp": ("RSRP", "RSRP (dBm)", "LTE RSRP"),
    "ss_rsrp": ("SS-RSRP", "SS-RSRP (dBm)", "NR RSRP", "SSRSRP"),
    "rscp": ("RSCP", "RSCP (dBm)", "CPICH RSCP"),
    "rxlev": ("RxLev", "RxLev (dBm)", "RX level"),
    "down_mbps": (
        "Tốc độ tải xuống", "Tốc độ tải xuống (Mbps)", "Tải xuống", "Tải xuống (Mbps)", "Tốc độ download",
        "Download", "Download (Mbps)", "Download speed", "DL (Mbps)", "Tốc độ DL",
    ),
    "down_kbps": ("DL_bitrate", "DL_bitrate [kbps]", "avg_d_kbps", "Tải xuống (kbps)", "Download (kbps)"),
    "up_mbps": (
        "Tốc độ tải lên", "Tốc độ tải lên (Mbps)", "Tải lên", "Tải lên (Mbps)", "Tốc độ upload",
        "Upload", "Upload (Mbps)", "Upload speed", "UL (Mbps)", "Tốc độ UL",
    ),
    "up_kbps": ("UL_bitrate", "UL_bitrate [kbps]", "avg_u_kbps", "Tải lên (kbps)", "Upload (kbps)"),
    "delay_ms": (
        "Độ trễ", "Độ trễ (ms)", "Ping", "Ping (ms)", "PINGAVG", "Latency", "Latency (ms)", "avg_lat_ms",
    ),
    "served": ("Có sóng", "Có sóng (x)", "Tình trạng sóng", "Có sóng hay không", "Served"),
    "measured_at": (
        "Thời điểm đo", "Ngày đo", "Ngày giờ đo", "Thời gian đo", "Ngày phản ánh", "Ngày", "Timestamp",
        "Date time", "Datetime", "Date",
    ),
    "measured_time": ("Giờ đo", "Giờ", "Time"),
    "accuracy_m": (
        "Sai số vị trí", "Sai số vị trí (m)", "Sai số (m)", "Độ chính xác (m)", "Accuracy", "GPS accuracy",
    ),
    "indoors": ("Đo trong nhà", "Trong nhà", "Trong nhà/ngoài trời", "Indoor", "Indoors"),
    "samples": ("Số lần đo", "Số mẫu", "tests"),
    "source": ("Nguồn đo", "Loại phiếu", "Cách đo", "Hình thức đo", "Nguồn", "Test type"),
    "tile": ("tile", "WKT", "geometry"),
    "quadkey": ("quadkey",),
    "lon": ("tile_x",),
    "lat": ("tile_y",),
}  # fmt: skip

#: What telephones and networks call a technology beside its usual names.
RADIO_WORDS: dict[str, Technology] = {
    key: technology
    for technology, words in {
        Technology.G2: "2g gsm gprs edge",
        Technology.G3: "3g umts wcdma hspa hsdpa hsupa hspaplus",
        Technology.G4: "4g lte ltea lteca lteplus 4gplus iwlan",
        Technology.G5: "5g nr nrsa nrnsa 5gnr 5gsa 5gnsa nsa sa endc",
        Technology.FIBRE: "fibre fiber ftth capquang quang internetcapquang wifi",
    }.items()
    for key in words.split()
}

SOURCE_WORDS: dict[str, MeasurementSource] = {
    key: source
    for source, words in {
        MeasurementSource.DRIVE_TEST: "drivetest dokiemtrenduong dotrenduong doxe drive walktest gnettrack",
        MeasurementSource.PHONE: "phone dienthoai dobangdienthoai app ungdung",
        MeasurementSource.SPEED_TEST: "speedtest dotocdo ookla ispeed kiemtratocdo speed",
        MeasurementSource.FIELD_REPORT: "fieldreport phieudokiem phieughinhan khaosat phieu report",
        MeasurementSource.PETITION: "petition kiennghi phananh donthu don cutri kiennghicutri",
    }.items()
    for key in words.split()
}

#: How a program says that it could not measure, as keys; the second is the largest number of 32 bits.
NOT_MEASURED = frozenset(
    (
        "",
        "2147483647",
        "na",
        "nan",
        "null",
        "none",
        "unknown",
        "noservice",
        "nosignal",
        "unavailable",
    )
)

#: What a person writes of the signal at a place, as keys, and of where one stood.
SERVED_WORDS = {
    **dict.fromkeys(
        ("cosong", "cosongdidong", "songtot", "tot", "songyeu", "yeu", "chapchon"), True
    ),
    **dict.fromkeys(
        ("khongcosong", "khongsong", "matsong", "trangsong", "chuacosong", "nosignal"), False
    ),
}
INDOOR_WORDS = {
    **dict.fromkeys(("trongnha", "indoor", "indoors"), True),
    **dict.fromkeys(("ngoaitroi", "ngoai", "outdoor", "outdoors"), False),
}

#: Rule → (Vietnamese, English), as those of the other kinds.
MEASUREMENT_RULES: dict[str, tuple[str, str]] = {
    "measurement_nowhere": (
        "không rõ đo ở đâu: cần kinh độ và vĩ độ, hoặc mã thôn, hoặc tên thôn và xã",
        "it is not clear where this was measured: give longitude and latitude, or the hamlet's id, or its "
        "name and commune",
    ),
    "nothing_measured": (
        "dòng không có kết quả đo: cần mức tín hiệu, tốc độ, độ trễ, hoặc có sóng hay không",
        "the row holds no result: give a signal, a speed, a delay, or whether there is signal",
    ),
    "signal_impossible": (
        "{quantity} không thể nằm ngoài khoảng {low} đến {high} dBm, hãy xem lại phiếu đo",
        "{quantity} cannot lie outside {low} to {high} dBm: look at the record again",
    ),
    "signal_unsigned": (
        "mức tín hiệu là số âm; nếu đúng, ghi {corrected}",
        "a signal is a negative number; if right, write {corrected}",
    ),
    "signal_of_cable": (
        "cáp quang không có mức tín hiệu vô tuyến; để trống",
        "a cable has no signal of the air: left empty",
    ),
    "moment_in_future": (
        "thời điểm đo ở tương lai, hãy kiểm tra ngày, tháng, năm",
        "the time of the measurement lies in the future: check day, month and year",
    ),
    "moment_too_early": (
        "thời điểm đo trước năm {year}, hãy kiểm tra ngày, tháng, năm",
        "the time of the measurement is before {year}: check day, month and year",
    ),
    "indoors_unread": (
        "chỉ ghi “trong nhà” hoặc “ngoài trời”; để trống",
        "write “trong nhà” (indoors) or “ngoài trời” (outdoors): left empty",
    ),
    "served_unread": (
        "chỉ ghi “có sóng” hoặc “không có sóng”",
        "write “có sóng” (signal) or “không có sóng” (none)",
    ),
}

#: Repair → (Vietnamese, English).
MEASUREMENT_REPAIRS: dict[str, tuple[str, str]] = {
    "speed_converted": ("đổi tốc độ sang Mbit/s", "speed turned into Mbit/s"),
    "sign_restored": ("thêm dấu âm vào mức tín hiệu", "minus sign of the signal restored"),
    "not_measured_blank": ("máy không đo được: để trống", "what a device could not measure left empty"),
    "technology_told": ("công nghệ xác định theo đại lượng đo", "technology told by the quantity measured"),
    "source_told": ("nguồn đo xác định theo phần mềm đo", "kind of measurement told by its program"),
    "tile_to_point": ("lấy tâm của ô bản đồ làm vị trí", "middle of the tile taken as the position"),
    "moment_local": ("đổi thời điểm sang giờ Việt Nam", "time turned into that of Việt Nam"),
}  # fmt: skip
