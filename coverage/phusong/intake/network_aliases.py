"""What the columns of networks may be called: masts, what they send, coverage, cabinets, routes, statements.

As offices and operators write them, and as open data do: OpenCelliD, the ITU, the Open Fibre Data Standard,
public registers of masts and cables. What every kind shares (place, operator, state) stands in `aliases`.
"""

from __future__ import annotations

#: Band, direction, power, width, ports.
CARRIERS: dict[str, tuple[str, ...]] = {
    "band": (
        "Băng tần", "Băng tần (MHz)", "Tần số", "Tần số (MHz)", "Bands", "band_mhz",
        "downlink_frequency_mhz", "Dải tần", "Frequency", "Băng tần sử dụng", "Băng tần hoạt động",
        "Tần số sử dụng", "Tần số phát", "Tần số hoạt động", "Băng tần phát sóng", "Băng tần phát",
        "Frequency band", "Frequency (MHz)", "Frequency MHz", "Downlink frequency", "Tx frequency",
        "Transmit frequency", "Freq", "Freq (MHz)",
    ),
    "azimuth": (
        "Azimuth", "Góc phương vị", "Phương vị", "Hướng", "Hướng anten", "azimuth_degrees", "azimuth_deg",
        "Hướng phủ", "Góc hướng búp sóng chính", "Hướng búp sóng chính", "Hướng búp sóng", "Góc hướng",
        "Hướng bức xạ chính", "Góc azimuth", "Góc phương vị anten", "Hướng phát", "Hướng phát sóng",
        "Antenna azimuth", "Azimuth (deg)", "Bearing", "Direction", "Main beam azimuth",
    ),
    "eirp_dbm": (
        "EIRP", "EIRP (dBm)", "EIRP sóng mang", "EIRP sóng mang (dBm)", "EIRP mỗi sóng mang",
        "EIRP của sóng mang", "Công suất bức xạ", "Công suất EIRP (dBm)",
        "Công suất bức xạ (EIRP) mỗi sóng mang", "Carrier EIRP", "EIRP per carrier", "Công suất phát EIRP",
        "Công suất phát EIRP (dBm)", "Công suất EIRP", "Công suất bức xạ EIRP",
        "Công suất bức xạ đẳng hướng tương đương", "Max EIRP", "Maximum EIRP",
    ),
    "bandwidth_mhz": (
        "Băng thông", "Băng thông (MHz)", "Băng thông kênh", "Băng thông sóng mang", "Độ rộng băng tần",
        "Độ rộng kênh", "Độ rộng sóng mang", "Bandwidth", "Bandwidth (MHz)", "Carrier bandwidth",
        "Channel bandwidth", "BW", "Độ rộng băng thông", "Băng thông (BW)", "BW (MHz)",
    ),
    "ports": (
        "Số cổng phát", "Cổng phát", "Số cổng anten", "Số port phát", "Số nhánh phát", "Cấu hình MIMO",
        "MIMO", "Antenna ports", "Tx ports", "Transmit ports", "TxRx", "Ports", "Số anten phát",
    ),
}  # fmt: skip

CELLS: dict[str, tuple[str, ...]] = {
    **CARRIERS,
    "site_code": (
        "Mã trạm", "Mã vị trí", "Mã trạm BTS", "Tên trạm", "Mã nhà trạm", "Site code", "Site ID",
        "Site name", "ict_id", "Mã cột", "Mã điểm", "Ký hiệu trạm", "Mã BTS", "Tên trạm BTS",
        "Tên nhà trạm", "Số hiệu trạm", "Mã NodeB", "Mã eNodeB", "Mã trạm (Site ID)", "Station",
        "Station name", "Station ID", "Site reference", "Site number", "Tower ID", "Mast ID", "Site",
        "Registration number",
    ),
    "cell_id": ("Mã ô", "Cell ID", "source_cell_id", "Mã cell", "Mã sector", "Tên cell", "Cell name"),
    "technology": (
        "Công nghệ", "Công nghệ mạng", "Tech", "RAT", "radio_type", "Technologies", "Loại công nghệ",
        "Công nghệ phát sóng", "Công nghệ sử dụng", "Thế hệ mạng", "Loại mạng", "Loại sóng",
        "Công nghệ (2G/3G/4G/5G)", "Network type", "Radio technology", "Access technology", "Generation",
        "System",
    ),
    "has_2g": ("2G", "2G (x)", "Có 2G", "GSM", "Mạng 2G", "Trạm 2G", "Sóng 2G"),
    "has_3g": ("3G", "3G (x)", "Có 3G", "UMTS", "WCDMA", "Mạng 3G", "Trạm 3G", "Sóng 3G"),
    "has_4g": ("4G", "4G (x)", "Có 4G", "LTE", "4G/LTE", "Mạng 4G", "Trạm 4G", "Sóng 4G"),
    "has_5g": ("5G", "5G (x)", "Có 5G", "NR", "Mạng 5G", "Trạm 5G", "Sóng 5G", "5G NR"),
    "height_m": (
        "Chiều cao (m)", "Chiều cao", "Chiều cao anten", "Chiều cao anten (m)", "Độ cao anten",
        "Độ cao treo anten so với mặt đất (m)", "Độ cao treo anten", "Chiều cao treo anten", "Cao độ anten",
        "Độ cao treo anten so với mặt đất", "Độ cao anten so với mặt đất", "Độ cao lắp đặt anten",
        "Antenna height (m)", "Antenna height", "Antenna height AGL", "antenna_height",
        "Height of antenna", "Height AGL", "AGL", "AGL (m)",
        "Chiều cao cột", "Chiều cao cột (m)", "Chiều cao cột anten", "Chiều cao cột ăng ten", "Độ cao cột",
        "Độ cao cột anten", "Độ cao (m)", "Chiều cao ăng ten", "Độ cao ăng ten", "Độ cao",
        "tower_height", "Height", "Height (m)", "Tower height (m)", "Mast height", "Mast height (m)",
        "Structure height", "Structure height (m)", "Height of structure", "Overall height above ground",
    ),
    "structure": (
        "Loại cột", "Loại cột anten", "Kết cấu", "Kiểu cột", "Loại nhà trạm", "Loại cột ăng ten",
        "Kết cấu cột", "Loại kết cấu", "Structure type", "Tower type", "Mast type",
    ),
    "on_air": (
        "Ngày phát sóng", "Ngày on air", "Thời điểm phát sóng", "Ngày hoạt động", "On air date",
        "Ngày đưa vào sử dụng", "Ngày vận hành", "Ngày đưa vào hoạt động", "Date on air", "In service date",
    ),
    "address": ("Địa chỉ", "Địa điểm", "Vị trí lắp đặt", "Address", "Địa chỉ lắp đặt", "Địa chỉ trạm"),
    "hamlet_name": ("Thôn", "Thôn/Xóm", "Tên thôn", "Thôn, TDP"),
    "radio": ("radio",),
    "mcc": ("mcc",),
    "net": ("net", "mnc"),
    "area": ("area", "lac", "tac", "LAC/TAC"),
    "cell": ("cell", "cid", "ci", "ECI"),
    "samples": ("samples", "sam", "Số mẫu", "Số mẫu đo"),
    "range_m": ("range", "range_m", "Tầm phủ (m)", "Tầm phủ", "Bán kính phủ (m)", "Bán kính phủ sóng (m)"),
    "created": ("created",),
    "updated": ("updated",),
    "average_signal": ("averageSignal", "average_signal"),
}  # fmt: skip

CLAIMS: dict[str, tuple[str, ...]] = {
    "hamlet_id": ("Mã thôn", "Mã thôn, TDP", "Mã TDP", "Hamlet ID"),
    "hamlet_name": (
        "Thôn", "Tên thôn", "Tên thôn, TDP", "Thôn, TDP", "Thôn/TDP", "Thôn/Xóm", "Khu dân cư",
        "Tên thôn TDP", "Thôn, bản", "Thôn, tổ dân phố", "Tên thôn, tổ dân phố", "Tổ dân phố", "Hamlet",
        "Village",
    ),
    "technology": (
        "Dịch vụ", "Công nghệ", "Loại dịch vụ", "Service", "Loại hạ tầng", "Loại mạng", "Loại kết nối",
        "Technology",
    ),
    "ready": (
        "Đã có", "Đã có (x)", "Thôn đã có cáp quang", "Thôn đã có cáp quang (x)", "Có cáp quang",
        "Sẵn sàng",
        "Đã có cáp quang", "Đã sẵn sàng", "Đã có cáp quang (x)", "Đã phủ", "Đã phủ sóng", "Có phủ sóng",
        "Đã cung cấp dịch vụ", "Có hạ tầng", "Đã có hạ tầng", "Đã kéo cáp", "Available", "Covered",
        "Served",
    ),
    "households_passed": (
        "Số hộ có thể lắp", "Số hộ có thể lắp đặt", "Số hộ trong vùng phục vụ", "Homes passed",
        "Số hộ có thể cung cấp", "Số hộ đáp ứng", "Số hộ phục vụ được", "Premises passed",
        "Households passed",
    ),
    "source_document": (
        "Văn bản", "Căn cứ", "Số văn bản", "Văn bản xác nhận", "Công văn", "Số công văn", "Document",
    ),
}  # fmt: skip

FIBRE_NODES: dict[str, tuple[str, ...]] = {
    "node_id": (
        "Mã tủ", "Mã tủ/ODF/hộp cáp", "Mã tủ/ODF/hộp cáp (splitter)", "Mã hộp cáp", "Mã ODF",
        "Mã splitter", "Mã điểm", "Node ID", "id", "Tên tủ", "Mã hộp", "Ký hiệu tủ", "Ký hiệu hộp cáp",
        "Mã thiết bị", "Tên splitter", "Mã FDT", "Mã FAT", "Mã kết cuối", "Tên điểm", "Tên hộp cáp",
        "Cabinet ID", "Node", "Node name",
    ),
    "kind": (
        "Loại", "Loại tủ", "Loại điểm", "Loại (OLT/tủ phối S1/hộp S2)", "Loại thiết bị", "Type",
        "Loại kết cuối", "Cấp splitter", "Loại splitter", "Loại hộp", "Node type",
    ),
    "ports": (
        "Dung lượng port", "Dung lượng cổng", "Dung lượng", "Tổng port", "Số port", "Số cổng",
        "Tổng số port",
        "Tổng số cổng", "Tổng cổng", "Số lượng port", "Số lượng cổng", "Dung lượng lắp đặt",
        "Dung lượng (port)", "Dung lượng (cổng)", "Port lắp đặt", "Total ports", "Capacity", "Ports",
    ),
    "ports_free": (
        "Port rỗi", "Cổng rỗi", "Port trống", "Số port rỗi", "Cổng còn trống", "Port còn",
        "Số port còn lại",
        "Số cổng còn lại", "Port còn lại", "Cổng còn lại", "Số cổng rỗi", "Số cổng trống", "Số port trống",
        "Cổng trống", "Port còn trống", "Số port còn trống", "Số cổng còn trống", "Còn lại", "Còn trống",
        "Số port chưa sử dụng", "Cổng chưa sử dụng", "Port chưa dùng", "Số cổng chưa dùng", "Rỗi",
        "Port chưa khai thác", "Cổng chưa khai thác",
        "Port khả dụng", "Cổng khả dụng", "Dung lượng còn lại", "Dung lượng rỗi", "Free ports",
        "Available ports", "Spare ports", "Remaining ports",
    ),
    "ports_used": (
        "Port đã dùng", "Cổng đã dùng", "Số port đã dùng", "Số cổng đã dùng", "Đã dùng", "Đã sử dụng",
        "Port đã sử dụng", "Cổng đã sử dụng", "Số port đã sử dụng", "Số cổng đã sử dụng", "Port sử dụng",
        "Số port đang dùng", "Số cổng đang dùng", "Port đang sử dụng", "Cổng đang sử dụng",
        "Dung lượng sử dụng", "Dung lượng đã sử dụng", "Số port sử dụng", "Số cổng sử dụng",
        "Dung lượng đã dùng", "Số thuê bao đang dùng", "Used ports", "Ports used", "Occupied ports",
    ),
    "hamlet_name": ("Thôn", "Thôn/Xóm", "Tên thôn", "Thôn, TDP"),
}  # fmt: skip

COVERAGE: dict[str, tuple[str, ...]] = {
    "coverage_id": ("Mã vùng", "Mã vùng phủ", "id", "fid"),
    "technology": (
        "Công nghệ", "cong_nghe", "radio_type", "Loại mạng", "tech", "signal", "Công nghệ mạng",
        "Loại công nghệ", "Network type", "Technologies", "Generation",
    ),
    "indoor": ("Trong nhà", "trong_nha", "indoor", "Phủ trong nhà", "Phủ sóng trong nhà"),
}  # fmt: skip

FIBRE_ROUTES: dict[str, tuple[str, ...]] = {
    "route_id": (
        "Mã tuyến", "ma_tuyen", "id", "Route ID", "Tên tuyến", "Tên tuyến cáp", "Mã tuyến cáp", "ten_tuyen",
        "Tuyến cáp", "Tuyến", "Ký hiệu tuyến", "Cable ID", "cable_id", "Cable name", "Route name",
    ),
    "medium": (
        "Loại", "Loại tuyến", "loai_tuyen", "Loại (treo/ngầm/kéo cống)", "deployment", "transmissionMedium",
        "Hình thức thi công", "Phương thức lắp đặt", "Loại cáp", "Hình thức (treo/ngầm)", "Treo/ngầm",
        "Deployment type", "Installation",
    ),
    "length_stated_m": (
        "Chiều dài (m)", "Chiều dài km", "Chiều dài (km)", "chieu_dai", "length_m", "fibreLength",
        "Chiều dài tuyến (km)", "Chiều dài tuyến (m)", "Chiều dài cáp (km)", "Chiều dài cáp (m)",
        "Cự ly (km)", "Cự ly (m)", "Length (km)", "Length (m)", "length_km", "Length km",
        "Route length (km)",
        "Cable length (km)", "Total length (km)",
    ),
}  # fmt: skip
