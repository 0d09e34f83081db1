"""What to do about a fault whose own sentence only says what is wrong."""

from __future__ import annotations

_CHOOSE = ("chọn một trong các giá trị nêu ở đây", "choose one of those named here")
_LEAVE = (
    "đúng thì giữ nguyên; sai thì sửa rồi gửi lại",
    "if right, leave it; if wrong, correct it",
)
_REPACK = (
    "giải nén rồi nén lại đúng một lớp bản đồ vào một tệp .zip",
    "unpack it, and pack exactly one layer into a .zip",
)
_FILL = ("ghi cho đúng nếu cần dùng số liệu này", "state it rightly if this value is needed")
_LAYER = ("xuất lại lớp bản đồ có hình", "export the layer with its shapes")
_RASTER = ("gửi lưới độ cao (GeoTIFF hoặc .hgt)", "send a grid of heights (GeoTIFF or .hgt)")

#: Rule → what to do, in Vietnamese and English.
CURES: dict[str, tuple[str, str]] = {
    "out_of_bounds": ("sửa giá trị, xem lại đơn vị của cột", "correct the value, look at the column's unit"),
    "unknown_term": _CHOOSE,
    "unknown_operator": ("ghi tên doanh nghiệp như Viettel, VNPT", "name the operator as Viettel, VNPT"),
    "operator_unstated": ("ghi doanh nghiệp trong tệp", "state the operator in the file"),
    "several_operators": ("tách mỗi doanh nghiệp một dòng", "give each operator a row of its own"),
    "site_moved": ("giữ vị trí đúng, sửa dòng kia", "keep the right position, correct the other row"),
    "clusters_uneven": _FILL,
    "band_unmatched": ("tách mỗi công nghệ một dòng", "give each technology a row of its own"),
    "one_sample": _LEAVE,
    "implausible_range": _LEAVE,
    "shared_positions": _LEAVE,
    "no_signal": ("không phải sửa; cột này không dùng", "nothing; this column is not used"),
    "shared_point": ("ghi tọa độ riêng của từng trường", "give each school its own coordinates"),
    "more_free_than_ports": ("sửa dung lượng hoặc số cổng rỗi", "correct the ports, or the free ports"),
    "unknown_commune": (
        "ghi mã xã 5 chữ số, hoặc tên xã đúng danh mục; tệp theo danh mục khác thì ghi --edition",
        "write the code of 5 digits, or the name as listed; of another list state --edition",
    ),
    "duplicate_id": ("đặt mỗi dòng một mã", "give each row an id of its own"),
    "not_whole": ("ghi số nguyên", "write a whole number"),
    "not_a_flag": ("ghi x, có, không hoặc để trống", "write x, có, không, or leave it empty"),
    "number_form": ("ghi số không có dấu phân cách hàng nghìn", "write the number without grouping marks"),
    "swapped_rows": ("đổi chỗ hai cột ở các dòng đó", "exchange both columns in these rows"),
    "other_country": ("gửi tệp của tỉnh", "send the file of the province"),
    "stray": _LEAVE,
    "wrong_shape": ("vẽ lại đúng loại hình", "draw it as the kind of shape needed"),
    "overlap": ("sửa ranh giới chung của hai hình", "correct the border that both share"),
    "gaps": _LEAVE,
    "crs_overruled": ("đúng thì giữ nguyên; sai thì bỏ --crs", "if wrong, leave --crs out"),
    "name_disagrees": ("sửa tên hoặc mã cho khớp", "correct the name or the code"),
    "route_nowhere": ("ghi mã điểm ở hai đầu tuyến", "name the node at each end"),
    "route_end_apart": ("nối đầu tuyến vào điểm đã ghi", "draw the end to the node that it names"),
    "zero_length": ("vẽ lại tuyến hoặc xóa dòng", "draw the route again, or delete the row"),
    "archive_entries": _REPACK,
    "archive_size": _REPACK,
    "archive_ratio": _REPACK,
    "archive_path": _REPACK,
    "archive_link": _REPACK,
    "archive_nested": _REPACK,
    "archive_layers": _REPACK,
    "no_layer": _LAYER,
    "no_such_layer": _CHOOSE,
    "no_shapes": _LAYER,
    "raster_bands": _RASTER,
    "raster_picture": _RASTER,
    "raster_void": _RASTER,
    "raster_heights": _LEAVE,
    "tile_name": ("đổi tên tệp như N21E105.hgt", "name the file like N21E105.hgt"),
    "signal_of_cable": ("không phải sửa", "nothing"),
    "indoors_unread": ("ghi “trong nhà” hoặc “ngoài trời”", "write “trong nhà” or “ngoài trời”"),
    "served_unread": ("ghi “có sóng” hoặc “không có sóng”", "write “có sóng” or “không có sóng”"),
    "old_card": ("ghi số định danh 12 chữ số nếu có", "write the personal id of 12 digits, if there is one"),
    "not_a_personal_id": ("ghi đủ 12 chữ số, định dạng ô là văn bản", "write 12 digits, with the cell as text"),
    "level_differs": _LEAVE,
    "not_a_grade": ("ghi khối từ 1 đến 12", "write a grade of 1 to 12"),
    "not_a_device": ("ghi có riêng, dùng chung hoặc không có", "write own, shared or none"),
    "not_a_connection": ("ghi wifi, 4G, 3G hoặc không", "write wifi, 4G, 3G or none"),
    "month_differs": _LEAVE,
    "quantity_unstated": ("bổ sung số lượng", "state the quantity"),
    "sum_unstated": ("bổ sung số tiền", "state the sum"),
    "not_a_condition": ("ghi mới, đã qua sử dụng hoặc hỏng", "write new, used or broken"),
    "solution_unread": _FILL,
    "unknown_encoding": _CHOOSE,
    "no_such_sheet": _CHOOSE,
    "form_pickle": ("gửi bảng tính hoặc .csv", "send a workbook or .csv"),
    "form_virtual": ("gửi chính tệp dữ liệu", "send the data themselves"),
    "wrong_form": ("chọn đúng loại số liệu, hoặc gửi đúng kiểu tệp", "choose its kind, or send its form"),
    "headings_only": ("gửi lại tệp có dòng dữ liệu", "send a file with rows of data"),
    "heading_preferred": (
        "xóa hoặc đổi tên một trong hai cột",
        "delete or rename one of both columns",
    ),
}  # fmt: skip
