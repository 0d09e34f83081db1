"""The forms for whoever receives: contributions, lots of devices, data packages."""

from __future__ import annotations

from datetime import date

from phusong.views.kit.fields import Field, Template
from phusong.views.kit.network_forms import OPERATOR
from phusong.vocabulary.tables.book import CONTRIBUTIONS, LOTS, PACKAGES

CONTRIBUTION_FORM = Template(
    "contributions",
    8,
    "so_tiep_nhan_ung_ho",
    "SỔ TIẾP NHẬN ỦNG HỘ",
    "đầu mối tiếp nhận",
    CONTRIBUTIONS,
    (
        Field("contribution_id", "Số phiếu tiếp nhận", "VIDU-PT-01", required=True),
        Field("given_on", "Ngày đăng ký ủng hộ", date(2021, 9, 22), required=True),
        Field("received_on", "Ngày thực nhận; để trống nếu chưa nhận", date(2021, 9, 24),
              vi="Ngày nhận", holds="date"),
        Field("donor", "Tên đơn vị; cá nhân muốn giấu tên ghi “ẩn danh”", "Công ty Ví Dụ", required=True),
        Field("donor_kind", "Loại nhà tài trợ", "doanh nghiệp", required=True),
        Field("form", "Hình thức ủng hộ", "ủng hộ thiết bị", required=True),
        Field("pledged_vnd", "Số tiền cam kết; hiện vật để trống"),
        Field("received_vnd", "Số tiền đã nhận; hiện vật để trống"),
        Field("method", "Phương thức tiếp nhận", "hiện vật"),
        Field("in_kind", "Tên, loại hiện vật", "máy tính bảng"),
        Field("quantity", "Số lượng hiện vật", 20),
        Field("unit_value_vnd", "Đơn giá ước tính của một chiếc", 2_400_000),
        Field("value_vnd", "Số lượng nhân đơn giá", 48_000_000),
        Field("condition", "Nguyện vọng của nhà tài trợ, ghi nguyên văn"),
        Field("source", "Cấp tiếp nhận", "tỉnh"),
        Field("publish", "Nhà tài trợ đồng ý công khai tên", "có"),
        Field("note", "Ghi chú", "dòng ví dụ"),
    ),
    ("Mỗi dòng là một lần ủng hộ. Tiền và hiện vật không cộng chung; không chia bình quân cho học sinh.",),
)  # fmt: skip

LOT_FORM = Template(
    "lots",
    9,
    "lo_thiet_bi",
    "DANH SÁCH LÔ THIẾT BỊ",
    "đầu mối tiếp nhận",
    LOTS,
    (
        Field(
            "lot_id", "Mã lô; máy cùng loại, cùng đợt nhận là một lô", "VIDU-LO-01", required=True
        ),
        Field("contribution_id", "Số phiếu tiếp nhận của lô", "VIDU-PT-01"),
        Field("kind", "Loại thiết bị", "máy tính bảng", required=True),
        Field("model", "Hãng và kiểu máy", "Ví Dụ Tab 10"),
        Field("ram_gb", "Bộ nhớ RAM", 3, required=True),
        Field("storage_gb", "Dung lượng lưu trữ trong máy, không kể thẻ nhớ", 32, required=True),
        Field("screen_in", "Đường chéo màn hình", 10.1, required=True),
        Field("camera", "Máy có camera", "có"),
        Field("microphone", "Máy có micrô", "có"),
        Field("battery_mah", "Dung lượng pin", 6000),
        Field("modem", "Máy có khe SIM 4G", "có"),
        Field("condition", "Tình trạng khi nhận", "mới"),
        Field("quantity", "Số máy của lô", 20, required=True),
        Field("warranty_until", "Ngày hết hạn bảo hành", date(2022, 9, 24)),
        Field("received_on", "Ngày nhận", date(2021, 9, 24)),
        Field("kept_at", "Nơi lưu giữ", "Kho Ví Dụ"),
        Field("unit_value_vnd", "Giá trị ước tính của một máy", 2_400_000),
        Field("package_id", "Mã gói cước tặng kèm, nếu có"),
        Field("only_district", "Chỉ ghi khi nhà tài trợ yêu cầu: mã huyện"),
        Field("only_communes", "Chỉ ghi khi nhà tài trợ yêu cầu: mã xã, cách nhau bằng dấu ;"),
        Field("only_schools", "Chỉ ghi khi nhà tài trợ yêu cầu: mã trường, cách nhau bằng dấu ;"),
        Field(
            "only_levels", "Chỉ ghi khi nhà tài trợ yêu cầu: TH, THCS, THPT, cách nhau bằng dấu ;"
        ),
        Field("wish", "Yêu cầu của nhà tài trợ, ghi nguyên văn"),
    ),
    (
        "Mỗi dòng là một lô. Không ghi số serial, IMEI vào mẫu này: số máy được ghi khi bàn giao.",
        "Thông số chưa biết thì để trống: máy chưa rõ cấu hình chưa được phân bổ.",
    ),
)

PACKAGE_FORM = Template(
    "packages",
    10,
    "goi_cuoc_ho_tro",
    "DANH SÁCH GÓI CƯỚC VÀ MỨC HỖ TRỢ",
    "doanh nghiệp viễn thông",
    PACKAGES,
    (
        Field("package_id", "Mã gói", "VIDU-GOI-01", required=True),
        OPERATOR,
        Field("name", "Tên gói hoặc nội dung hỗ trợ", "Gói ví dụ", required=True),
        Field("quantity", "Số gói dành cho chương trình", 100, required=True),
        Field("gb_per_day", "Dung lượng tốc độ cao mỗi ngày", 4),
        Field("months", "Thời hạn sử dụng", 3),
        Field("price_after_vnd", "Giá cước một tháng sau thời gian ưu đãi", 90_000),
        Field("zero_rated", "Nền tảng học tập không tính cước; cách nhau bằng dấu ;"),
        Field("install_waiver_vnd", "Phí lắp đặt được miễn, với thuê bao cố định"),
        Field("subsidy_vnd_month", "Mức hỗ trợ cước mỗi tháng, với thuê bao cố định"),
        Field("subsidy_months", "Số tháng được hỗ trợ cước"),
        Field("audience", "Đối tượng được hưởng", "học sinh thuộc hộ nghèo, hộ cận nghèo"),
        Field("hotspot", "Gói kèm bộ phát Wi-Fi di động", "không"),
        Field("starts_on", "Ngày bắt đầu áp dụng", date(2021, 9, 24)),
    ),
    ("Mỗi dòng là một loại gói. Không ghi số thuê bao của học sinh.",),
)

BOOK_FORMS = (CONTRIBUTION_FORM, LOT_FORM, PACKAGE_FORM)
