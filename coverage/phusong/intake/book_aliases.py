"""What the columns of the four registers of the book may be called, as `aliases` has the others."""

from __future__ import annotations

CONTRIBUTIONS: dict[str, tuple[str, ...]] = {
    "contribution_id": (
        "Số phiếu", "Số phiếu thu", "Số phiếu tiếp nhận", "Mã phiếu", "Số biên nhận", "Số chứng từ",
        "Số vào sổ", "Receipt No",
    ),
    "given_on": (
        "Ngày", "Ngày đăng ký", "Ngày cam kết", "Ngày tháng", "Ngày vào sổ", "Ngày ủng hộ",
        "Ngày, tháng, năm", "Thời gian", "Date",
    ),
    "received_on": (
        "Ngày nhận", "Ngày tiếp nhận", "Ngày nhận tiền", "Ngày chuyển tiền", "Ngày thực nhận",
        "Ngày nộp", "Đã nhận: ngày", "Thực nhận: ngày", "Received on",
    ),
    "donor": (
        "Đơn vị/cá nhân ủng hộ", "Đơn vị, cá nhân ủng hộ", "Tên đơn vị, cá nhân", "Đơn vị ủng hộ",
        "Nhà tài trợ", "Người ủng hộ", "Tên đơn vị", "Đơn vị", "Tổ chức, cá nhân", "Mạnh thường quân",
        "Họ tên/đơn vị ủng hộ", "Đơn vị tài trợ", "Tên nhà tài trợ", "Donor",
    ),
    "donor_kind": (
        "Loại", "Loại (cơ quan/tổ chức/doanh nghiệp/cá nhân/ẩn danh)", "Loại nhà tài trợ", "Đối tượng",
        "Loại đơn vị", "Nhóm", "Thành phần",
    ),
    "form": (
        "Hình thức", "Hình thức (tiền/thiết bị/cơ chế DN viễn thông/NSNN/quỹ)", "Hình thức ủng hộ",
        "Hình thức đóng góp", "Hình thức tài trợ", "Loại hình ủng hộ", "Form",
    ),
    "pledged_vnd": (
        "Cam kết", "Cam kết (đ)", "Cam kết (đồng)", "Số tiền cam kết", "Số tiền đăng ký", "Đăng ký",
        "Đăng ký ủng hộ", "Số tiền: cam kết", "Tiền cam kết", "Pledged",
    ),
    "received_vnd": (
        "Đã nhận", "Đã nhận (đ)", "Đã nhận (đồng)", "Số tiền đã nhận", "Thực nhận", "Số tiền thực nhận",
        "Đã tiếp nhận", "Đã chuyển", "Số tiền: đã nhận", "Received",
    ),
    "sum_vnd": ("Số tiền", "Số tiền ủng hộ", "Số tiền (đ)", "Số tiền bằng số", "Bằng số", "Amount"),
    "sum_words": ("Bằng chữ", "Số tiền bằng chữ", "Viết bằng chữ", "Số tiền: bằng chữ", "In words"),
    "method": (
        "Phương thức", "Phương thức (KBNN/TM/hiện vật)", "Phương thức tiếp nhận", "Cách nhận",
        "Hình thức nhận", "Phương thức thanh toán",
    ),
    "in_kind": (
        "Nội dung hiện vật", "Hiện vật", "Nội dung", "Tên hiện vật", "Loại thiết bị", "Tên thiết bị",
        "Nội dung ủng hộ", "Diễn giải",
    ),
    "quantity": ("Số lượng", "SL", "Số lượng (chiếc)", "Số máy", "Số lượng thiết bị", "Quantity"),
    "unit_value_vnd": (
        "Đơn giá ước tính", "Đơn giá", "Đơn giá (đ)", "Giá trị một máy", "Giá trị (đ/máy)", "Unit value",
    ),
    # a bare “value” or “price” is that of all pieces: of one it is only where the heading says so
    "value_vnd": (
        "Thành tiền", "Thành tiền (đ)", "Giá trị", "Giá trị quy đổi", "Tổng giá trị", "Trị giá",
        "Giá trị ước tính", "Giá ước tính", "Giá", "Value",
    ),
    "condition": (
        "Điều kiện của nhà tài trợ", "Điều kiện", "Yêu cầu của nhà tài trợ", "Nguyện vọng",
        "Ý kiến nhà tài trợ", "Mong muốn của nhà tài trợ", "Mục đích",
    ),
    "source": ("Nguồn", "Nguồn (TW/tỉnh/huyện/trường)", "Cấp tiếp nhận", "Nơi tiếp nhận", "Cấp"),
    "publish": (
        "Đồng ý công khai tên", "Công khai", "Công khai tên", "Đồng ý công khai", "Cho phép công khai",
        "Đồng ý công khai (x)",
    ),
    "note": ("Ghi chú", "Chú thích", "Note"),
    "as_of": ("Ngày số liệu", "Số liệu đến ngày", "Ngày báo cáo", "Ngày lập sổ"),
}  # fmt: skip

LOTS: dict[str, tuple[str, ...]] = {
    "lot_id": ("Mã lô", "Số lô", "Lô", "Ký hiệu lô", "Lot"),
    "contribution_id": (
        "Phiếu tiếp nhận", "Số phiếu tiếp nhận", "Số phiếu", "Theo phiếu", "Phiếu số", "Mã phiếu",
    ),
    "kind": (
        "Loại", "Loại thiết bị", "Tên thiết bị", "Thiết bị", "Loại máy", "Chủng loại", "Kind",
    ),
    "model": ("Hãng, model", "Hãng/model", "Hãng", "Model", "Nhãn hiệu", "Tên máy", "Hãng sản xuất"),
    "spec": (
        "Cấu hình", "Cấu hình (RAM/ROM/màn hình/camera/pin)", "Cấu hình kỹ thuật", "Thông số",
        "Thông số kỹ thuật", "Cấu hình máy", "Mô tả", "Specification",
    ),
    "ram_gb": ("RAM", "RAM (GB)", "Bộ nhớ RAM", "Bộ nhớ RAM (GB)"),
    "storage_gb": (
        "Dung lượng lưu trữ", "ROM", "ROM (GB)", "Bộ nhớ trong", "Bộ nhớ trong (GB)", "Ổ cứng",
        "Ổ cứng (GB)", "Lưu trữ (GB)",
    ),
    "screen_in": ("Màn hình", "Màn hình (inch)", "Kích thước màn hình", "Cỡ màn hình"),
    "camera": ("Có camera", "Camera", "Webcam", "Có webcam", "Camera (C/K)"),
    "microphone": ("Có micrô", "Micrô", "Micro", "Mic", "Có micro", "Micro (C/K)"),
    "battery_mah": ("Pin", "Pin (mAh)", "Dung lượng pin", "Dung lượng pin (mAh)"),
    "modem": (
        "SIM/4G (C/K)", "Có khe SIM 4G", "SIM/4G", "Có SIM", "4G", "Khe SIM", "SIM", "Có 4G", "Hỗ trợ 4G",
    ),
    "condition": ("Tình trạng", "Tình trạng (mới/đã qua sử dụng)", "Hiện trạng", "Tình trạng máy"),
    "quantity": ("Số lượng", "SL", "Số lượng (chiếc)", "Số máy", "Số lượng máy", "Quantity"),
    "serials": (
        "Serial/IMEI", "Serial, IMEI (đã băm)", "Serial", "IMEI", "Số serial", "Số máy/IMEI", "Số IMEI",
        "Số sê-ri", "S/N", "Serial number",
    ),
    "warranty_until": ("Bảo hành đến", "Bảo hành đến ngày", "Hạn bảo hành", "Hết hạn bảo hành"),
    "received_on": ("Ngày nhận", "Ngày tiếp nhận", "Ngày nhập", "Ngày nhập kho", "Ngày"),
    "kept_at": ("Nơi lưu", "Nơi lưu giữ", "Kho", "Nơi bảo quản", "Địa điểm"),
    "unit_value_vnd": (
        "Giá trị một máy", "Đơn giá", "Giá trị (đ/máy)", "Đơn giá (đ)", "Đơn giá ước tính", "Unit value",
    ),
    # a bare “value” or “price” is that of the whole lot: of one device it is only where the heading says so
    "value_vnd": (
        "Thành tiền", "Giá trị", "Tổng giá trị", "Giá trị cả lô", "Trị giá", "Giá", "Giá trị ước tính",
        "Giá ước tính", "Giá trị quy đổi", "Value",
    ),
    "package_id": ("Kèm gói cước", "Gói cước kèm theo", "Gói cước", "Mã gói", "Mã gói cước"),
    "only_district": ("Chỉ cho huyện (mã)", "Chỉ cho huyện", "Huyện", "Dành cho huyện"),
    "only_communes": ("Chỉ cho xã (mã)", "Chỉ cho xã", "Xã", "Dành cho xã"),
    "only_schools": ("Chỉ cho trường (mã)", "Chỉ cho trường", "Trường", "Dành cho trường"),
    "only_levels": ("Chỉ cho cấp học", "Cấp học", "Dành cho cấp học", "Chỉ cho cấp"),
    "wish": (
        "Hạn chế phân bổ", "Hạn chế phân bổ (nguyên văn)", "Điều kiện phân bổ", "Điều kiện",
        "Điều kiện của nhà tài trợ", "Yêu cầu của nhà tài trợ", "Đối tượng", "Dành cho",
    ),
    "as_of": ("Ngày số liệu", "Số liệu đến ngày", "Ngày báo cáo"),
}  # fmt: skip

PACKAGES: dict[str, tuple[str, ...]] = {
    "package_id": ("Mã gói", "Mã gói cước", "Ký hiệu gói", "Package ID"),
    "operator": (
        "Nhà mạng", "Doanh nghiệp", "Doanh nghiệp viễn thông", "DNVT", "Nhà cung cấp", "Đơn vị",
        "Tên doanh nghiệp",
    ),
    "name": ("Tên gói", "Gói cước", "Tên gói cước", "Gói", "Nội dung gói", "Nội dung hỗ trợ", "Package"),
    "quantity": (
        "Số lượng", "SL", "Số gói", "Số SIM", "Số lượng SIM", "Số lượng gói", "Số thuê bao", "Quantity",
    ),
    "gb_per_day": (
        "Dung lượng/ngày", "Dung lượng mỗi ngày", "Dung lượng/ngày (GB)", "GB/ngày", "Data/ngày",
        "Dung lượng", "Lưu lượng/ngày",
    ),
    "months": (
        "Thời hạn (tháng)", "Thời hạn", "Số tháng", "Thời gian (tháng)", "Thời gian sử dụng", "Hạn sử dụng",
    ),
    "price_after_vnd": (
        "Giá sau ưu đãi", "Giá sau ưu đãi (đ/tháng)", "Giá cước sau ưu đãi", "Giá sau khuyến mại",
        "Giá sau thời gian ưu đãi", "Cước sau ưu đãi",
    ),
    "zero_rated": (
        "Nền tảng miễn phí", "Nền tảng miễn cước", "Miễn cước truy cập", "Nền tảng học tập miễn phí",
        "Ứng dụng miễn phí data", "Miễn phí data truy cập",
    ),
    "install_waiver_vnd": (
        "Miễn phí lắp đặt (đ)", "Miễn phí lắp đặt", "Miễn giảm phí lắp đặt", "Hỗ trợ phí lắp đặt",
        "Phí lắp đặt được miễn", "Miễn, giảm phí lắp đặt",
    ),
    "subsidy_vnd_month": (
        "Hỗ trợ cước (đ/tháng × tháng)", "Hỗ trợ cước mỗi tháng", "Hỗ trợ cước", "Hỗ trợ cước (đ/tháng)",
        "Hỗ trợ cước đường truyền", "Mức hỗ trợ", "Mức hỗ trợ/tháng",
    ),
    "subsidy_months": ("Số tháng hỗ trợ", "Thời gian hỗ trợ", "Thời gian hỗ trợ (tháng)", "Tháng hỗ trợ"),
    "audience": ("Đối tượng", "Đối tượng áp dụng", "Đối tượng hưởng", "Dành cho", "Áp dụng cho"),
    "hotspot": (
        "Kèm bộ phát Wi-Fi di động", "Kèm bộ phát Wi-Fi", "Kèm bộ phát", "Bộ phát Wi-Fi", "Kèm bộ phát (x)",
        "Có bộ phát Wi-Fi",
    ),
    "starts_on": ("Từ ngày", "Ngày bắt đầu", "Áp dụng từ", "Ngày hiệu lực", "Hiệu lực từ", "Áp dụng từ ngày"),
    "as_of": ("Ngày số liệu", "Số liệu đến ngày", "Ngày báo cáo"),
}  # fmt: skip

COMMITMENTS: dict[str, tuple[str, ...]] = {
    "commitment_id": ("Mã cam kết", "Số cam kết", "Mã công việc", "Mã điểm", "Commitment ID"),
    "operator": (
        "Doanh nghiệp", "Nhà mạng", "Doanh nghiệp viễn thông", "DNVT", "Đơn vị thực hiện", "Đơn vị",
        "Tên doanh nghiệp", "Nhà cung cấp",
    ),
    "hamlet_id": ("Mã thôn", "Mã thôn, TDP", "Mã TDP", "Hamlet ID"),
    "hamlet": (
        "Thôn", "Tên thôn", "Thôn, TDP", "Thôn/TDP", "Thôn/Xóm", "Tên thôn, TDP", "Khu dân cư", "Điểm lõm",
        "Vùng lõm", "Địa điểm", "Thôn, bản",
    ),
    "commune_code": ("Mã xã", "Mã xã/phường", "Mã ĐVHC cấp xã", "MA_XA"),
    "commune_name": (
        "Xã", "Xã/phường/thị trấn", "Xã, phường, thị trấn", "Xã/Phường", "Tên xã", "Phường/Xã", "commune",
    ),
    "district": ("Huyện", "Huyện/thành phố", "Huyện, thành phố", "Huyện/TP", "district"),
    "technology": ("Công nghệ", "Công nghệ (3G/4G/cáp quang)", "Dịch vụ", "Loại dịch vụ", "Loại hạ tầng"),
    "solution": (
        "Giải pháp", "Giải pháp (trạm mới/RRU/nâng cấp/kéo cáp)", "Phương án", "Giải pháp xử lý", "Biện pháp",
        "Hình thức triển khai",
    ),
    "due_on": (
        "Ngày cam kết", "Thời hạn", "Thời hạn hoàn thành", "Hạn hoàn thành", "Thời gian hoàn thành",
        "Dự kiến hoàn thành", "Tiến độ cam kết", "Kế hoạch hoàn thành", "Hoàn thành trước",
    ),
    "state": (
        "Tiến độ", "Tình trạng", "Trạng thái", "Hiện trạng", "Kết quả", "Kết quả thực hiện",
        "Tiến độ thực hiện",
    ),
    "on_air_on": (
        "Ngày phát sóng thực tế", "Ngày phát sóng", "Ngày hoàn thành thực tế", "Ngày hoàn thành",
        "Ngày thông cáp", "Ngày on air",
    ),
    "accepted_under": (
        "Biên bản nghiệm thu", "Số biên bản nghiệm thu", "Số biên bản", "Biên bản", "BBNT",
    ),
    "obstacle": (
        "Vướng mắc", "Vướng mắc (mặt bằng, điện, cột)", "Khó khăn, vướng mắc", "Khó khăn", "Kiến nghị",
        "Lý do chậm",
    ),
    "as_of": ("Ngày số liệu", "Số liệu đến ngày", "Ngày báo cáo", "Ngày cập nhật"),
}  # fmt: skip

#: By source kind.
BOOK_ALIASES = {
    "contributions": CONTRIBUTIONS,
    "lots": LOTS,
    "packages": PACKAGES,
    "commitments": COMMITMENTS,
}
