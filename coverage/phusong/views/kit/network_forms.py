"""The forms for telecom operators: cells, fibre nodes, statements per hamlet, commitments."""

from __future__ import annotations

from datetime import date

from phusong.views.kit.fields import Field, Template
from phusong.views.kit.place_forms import COMMUNE_CODE, COMMUNE_NAME, LAT, LON
from phusong.views.labels import tell
from phusong.vocabulary.operators import read_packaged
from phusong.vocabulary.options import OptionKind
from phusong.vocabulary.tables.accepted import CELLS, CLAIMS, FIBRE_NODES
from phusong.vocabulary.tables.book import COMMITMENTS
from phusong.vocabulary.terms import Operator, Technology

OPERATORS = tuple(o.vi for key, o in read_packaged().known.items() if key != Operator.OTHER)
OPERATOR = Field(
    "operator",
    "Doanh nghiệp khai thác; mạng ảo ghi theo doanh nghiệp chủ hạ tầng",
    "Viettel",
    words=OPERATORS,
    open_list=True,
    required=True,
)
MOBILE = tuple(tell(t, "vi") for t in Technology if t != Technology.FIBRE)
AS_OF = Field("as_of", "Ngày chốt số liệu", date(2021, 9, 15))
NEAR = Field("commune_code", COMMUNE_CODE.meaning, "08914", vi="Mã xã", holds="text")
HAMLET_ID = Field("hamlet_id", "Mã thôn trong danh sách thôn gửi kèm, nếu có", "VIDU-001")
#: Solutions that an operator builds; the committee's words for having none are not an operator's.
SOLUTIONS = tuple(tell(o, "vi") for o in OptionKind if o != OptionKind.NOTHING)

CELL_FORM = Template(
    "cells",
    3,
    "tram_thu_phat_song",
    "DANH SÁCH TRẠM THU PHÁT SÓNG",
    "doanh nghiệp viễn thông di động",
    CELLS,
    (
        Field("site_code", "Mã trạm của doanh nghiệp", "VIDU0001", required=True),
        OPERATOR,
        Field("technology", "Công nghệ", "4G", words=MOBILE, required=True),
        Field("band", "Băng tần đường xuống", 1800, column="band_mhz"),
        NEAR,
        COMMUNE_NAME,
        Field("lon", LON.meaning, LON.example, required=True),
        Field("lat", LAT.meaning, LAT.example, required=True),
        Field("height_m", "Độ cao anten so với mặt đất, kể cả nhà đặt cột", 42),
        Field(
            "azimuth",
            "Hướng phát của từng cánh sóng, cách nhau bằng dấu ; để trống nếu phát mọi hướng",
            "0; 120; 240",
            column="azimuth_deg",
            holds="text",
        ),
        Field(
            "eirp_dbm",
            "Công suất bức xạ đẳng hướng tương đương của cả sóng mang, cộng mọi cổng phát; không phải của "
            "kênh hoa tiêu 3G, của một phần tử tài nguyên hay của một cổng; 5G ghi của búp sóng quảng bá",
            65,
        ),
        Field("bandwidth_mhz", "Độ rộng đường xuống của sóng mang; chỉ cần với 4G và 5G", 20),
        Field(
            "ports",
            "Số cổng phát tín hiệu chuẩn, ví dụ 2T2R ghi 2; chỉ cần với 4G và 5G; 5G phát búp sóng quảng bá "
            "qua một cổng ghi 1",
            2,
        ),
        Field("structure", "Loại cột: dây co, tự đứng, cột cóc, trên mái nhà…", "dây co"),
        Field("status", "Hiện trạng của trạm", "đang hoạt động"),
        Field("on_air", "Ngày bắt đầu phát sóng", date(2019, 5, 20)),
        AS_OF,
    ),
    (
        "Mỗi dòng là một công nghệ trên một băng tần của một trạm; trạm có 3G và 4G ghi hai dòng.",
        "Xin gửi toàn bộ trạm trong tỉnh và trong phạm vi 20 km quanh tỉnh, kể cả trạm đang thi công.",
        "Danh sách được hiểu là đầy đủ với các công nghệ có trong đó; công nghệ nào không có trạm "
        "trong tỉnh, xin nêu trong công văn, nếu không sẽ ghi là chưa rõ.",
    ),
)

NODE_FORM = Template(
    "fibre_nodes",
    4,
    "diem_cap_quang",
    "DANH SÁCH ĐIỂM TRUY NHẬP CÁP QUANG",
    "doanh nghiệp viễn thông cố định",
    FIBRE_NODES,
    (
        Field("node_id", "Mã tủ, hộp cáp, ODF của doanh nghiệp", "VIDU-S2-0001", required=True),
        OPERATOR,
        Field(
            "kind",
            "Loại điểm; OLT là điểm không cấp trực tiếp cho hộ",
            "hộp S2",
            words=("OLT", "tủ phối S1", "hộp S2"),
            open_list=True,
        ),
        Field("status", "Hiện trạng của điểm", "đang hoạt động"),
        Field("ports", "Tổng số cổng", 16),
        Field("ports_free", "Số cổng còn trống", 5),
        NEAR,
        COMMUNE_NAME,
        Field("lon", LON.meaning, LON.example, required=True),
        Field("lat", LAT.meaning, LAT.example, required=True),
        AS_OF,
    ),
    (
        "Mỗi dòng là một tủ hoặc hộp cáp. Tuyến cáp xin gửi thành lớp bản đồ (.gpkg, .shp hoặc .kml).",
    ),
)

CLAIM_FORM = Template(
    "claims",
    5,
    "hien_trang_theo_thon",
    "HIỆN TRẠNG DỊCH VỤ VIỄN THÔNG THEO THÔN",
    "doanh nghiệp viễn thông",
    CLAIMS,
    (
        HAMLET_ID,
        Field("hamlet_name", "Tên thôn như danh sách thôn gửi kèm", "Ví Dụ Một", required=True),
        COMMUNE_CODE,
        COMMUNE_NAME,
        OPERATOR,
        Field("technology", "Dịch vụ được xác nhận", "cáp quang", required=True),
        Field("ready", "Đã cung cấp được dịch vụ tại thôn", "có", required=True),
        Field(
            "households_passed", "Số hộ trong thôn lắp được ngay mà không phải kéo thêm tuyến", 180
        ),
        AS_OF,
        Field("source_document", "Văn bản mà xác nhận này dựa vào", "Công văn ví dụ số 01"),
    ),
    (
        "Mỗi dòng là một dịch vụ của một doanh nghiệp tại một thôn. Thôn chưa có dịch vụ vẫn ghi, "
        "cột “Đã có” ghi “không”: dòng bỏ trống được hiểu là không có dữ liệu.",
    ),
)

COMMITMENT_FORM = Template(
    "commitments",
    11,
    "cam_ket_cua_doanh_nghiep",
    "CAM KẾT XÓA TRẮNG SÓNG, LÕM SÓNG CỦA DOANH NGHIỆP VIỄN THÔNG",
    "doanh nghiệp viễn thông",
    COMMITMENTS,
    (
        Field("commitment_id", "Mã hoặc số thứ tự để theo dõi", "VIDU-CK-001"),
        OPERATOR,
        HAMLET_ID,
        Field("hamlet", "Tên thôn như danh sách thôn gửi kèm", "Ví Dụ Một", required=True),
        COMMUNE_CODE,
        Field("commune_name", COMMUNE_NAME.meaning, "Đạo Trù", column="commune"),
        Field("technology", "Công nghệ được cam kết", "4G", required=True),
        Field("solution", "Giải pháp thực hiện", "xây trạm thu phát sóng mới", words=SOLUTIONS),
        Field("due_on", "Ngày cam kết hoàn thành", date(2021, 12, 31)),
        Field("state", "Tiến độ tại ngày báo cáo", "đã cam kết", required=True),
        Field("on_air_on", "Ngày phát sóng hoặc thông cáp thực tế"),
        Field("accepted_under", "Số biên bản nghiệm thu"),
        Field("obstacle", "Vướng mắc: mặt bằng, nguồn điện, cột…"),
    ),
    ("Mỗi dòng là một cam kết tại một thôn.",),
)

NETWORK_FORMS = (CELL_FORM, NODE_FORM, CLAIM_FORM, COMMITMENT_FORM)
