"""The networks and what they reach: masts, carriers, reach by operator and by any."""

from __future__ import annotations

from phusong.vocabulary.schema import Column, Table
from phusong.vocabulary.tables.columns import (
    CLUSTER_HOUSEHOLDS,
    CLUSTER_NAME,
    DISAGREES,
    FORMER_HAMLET_ID,
    HAMLET_ID,
    LAT_MAYBE,
    LON_MAYBE,
    MEASUREMENT_FACTS,
    OPERATOR,
    STATUS,
    TECHNOLOGY,
    declare_share,
)
from phusong.vocabulary.terms import Evidence, FibreBasis, PointKind

SHARE_NOTE = "of where people live: the centre and the residential clusters"
GROUND_SHARE = declare_share(
    "ground_share",
    "Tỷ lệ đất đai được phủ",
    "Share of the ground served",
    "of the points of the grid; stands beside, decides nothing",
)

SITES = Table(
    "sites",
    ("site_id",),
    "Vị trí cột, trạm",
    "Mast sites",
    (
        Column("site_id", "text", "Mã vị trí", "Site id"),
        Column("lon", "float", "Kinh độ", "Longitude", "°"),
        Column("lat", "float", "Vĩ độ", "Latitude", "°"),
        Column(
            "height_m",
            "float",
            "Chiều cao anten",
            "Highest antenna above ground",
            "m",
            nullable=True,
            note="empty where no list states a height",
        ),
        Column("operators", "text", "Các doanh nghiệp", "Operators", note="separated by |"),
        Column("technologies", "text", "Các công nghệ", "Technologies", note="separated by |"),
        Column("cells", "int", "Số ô", "Cells", "cells", ge=1),
    ),
)

CARRIERS = Table(
    "carriers",
    ("cell_id",),
    "Sóng mang đưa vào tính toán",
    "Carriers used in the model",
    (
        Column("cell_id", "text", "Mã ô", "Cell id"),
        Column("site_id", "text", "Mã vị trí", "Site id"),
        OPERATOR,
        TECHNOLOGY,
        Column("frequency_mhz", "float", "Tần số", "Frequency", "MHz", ge=400, le=6000),
        Column(
            "eirp_re_dbm",
            "float",
            "EIRP của tín hiệu chuẩn",
            "EIRP of the reference signal",
            "dBm",
            note="2G: the carrier; 3G: the common pilot; 4G, 5G: one resource element of one port",
        ),
        Column("azimuth_deg", "float", "Góc phương vị", "Azimuth", "°", nullable=True),
        Column("height_m", "float", "Chiều cao anten", "Antenna height above ground", "m"),
        Column(
            "assumed",
            "text",
            "Giá trị giả định",
            "Values assumed",
            nullable=True,
            note="which of band, height, EIRP, azimuth, width and ports were not delivered; separated by |",
        ),
        Column("complete", "bool", "Danh sách đầy đủ", "Complete list"),
    ),
)

REACH = Table(
    "reach",
    ("hamlet_id", "technology", "operator"),
    "Vùng phủ theo thôn, công nghệ, doanh nghiệp",
    "Reach by hamlet, technology and operator",
    (
        HAMLET_ID,
        TECHNOLOGY,
        OPERATOR,
        STATUS,
        declare_share(
            "served_share", "Tỷ lệ được phủ ngoài trời", "Share served outdoors", SHARE_NOTE
        ),
        declare_share(
            "indoor_share", "Tỷ lệ được phủ trong nhà", "Share served indoors", SHARE_NOTE
        ),
        GROUND_SHARE,
        declare_share("probability", "Xác suất", "Probability that a person there has signal"),
        Column("evidence", "text", "Bằng chứng", "Evidence", terms=Evidence),
        Column("as_of", "date", "Ngày số liệu", "Date of the evidence", nullable=True),
        Column(
            "margin_db",
            "float",
            "Độ dự trữ tại trung tâm",
            "Margin at the centre",
            "dB",
            nullable=True,
        ),
        Column(
            "signal_dbm",
            "float",
            "Mức tín hiệu tại trung tâm",
            "Median signal at the centre",
            "dBm",
            nullable=True,
        ),
        Column(
            "cell_id",
            "text",
            "Ô phục vụ tốt nhất",
            "Best serving cell at the centre",
            nullable=True,
        ),
        Column(
            "distance_m",
            "float",
            "Khoảng cách tới trạm hoặc điểm quang",
            "Distance to the serving site or node",
            "m",
            nullable=True,
            ge=0,
        ),
        Column(
            "terrain_loss_db",
            "float",
            "Suy hao địa hình",
            "Loss over terrain at the centre",
            "dB",
            nullable=True,
            ge=0,
        ),
        Column(
            "paths",
            "int",
            "Số điểm đã xét trên địa hình",
            "Test points asked over terrain",
            nullable=True,
            ge=0,
            note="empty where no terrain was delivered, or nobody has spoken of the layer",
        ),
        Column(
            "unknown_paths",
            "int",
            "Số điểm phụ thuộc vùng chưa có địa hình",
            "Test points that hang on ground without terrain",
            nullable=True,
            ge=0,
            note="no path over known ground serves them, and one over ground without heights might",
        ),
        declare_share(
            "flat_share", "Tỷ lệ phủ nếu không có địa hình", "Share served if there were no terrain"
        ),
        declare_share("disc_share", "Tỷ lệ phủ theo bán kính", "Share inside the plain radius"),
        declare_share(
            "modelled_share", "Tỷ lệ phủ theo mô hình", "Share served by the model alone"
        ),
        declare_share(
            "operator_share", "Tỷ lệ phủ do doanh nghiệp công bố", "Share the operator states"
        ),
        DISAGREES,
        Column(
            "fibre_basis",
            "text",
            "Căn cứ cáp quang",
            "Why it counts as fibre ready",
            terms=FibreBasis,
            nullable=True,
        ),
        Column("node_id", "text", "Điểm quang gần nhất", "Nearest live access node", nullable=True),
        Column(
            "ports_free",
            "int",
            "Cổng rỗi tính cho thôn",
            "Free ports that fall to the hamlet",
            "ports",
            nullable=True,
            ge=0,
            note="of the live access nodes within reach whose nearest hamlet it is: no port is counted twice",
        ),
        Column(
            "ports_counted",
            "bool",
            "Mọi điểm quang gần đều có số cổng rỗi",
            "Every live access node within reach counts its free ports",
            nullable=True,
        ),
    ),
)

SIGNAL = Table(
    "signal",
    ("hamlet_id", "technology"),
    "Vùng phủ của thôn với bất kỳ doanh nghiệp nào",
    "Reach of a hamlet by any operator",
    (
        HAMLET_ID,
        TECHNOLOGY,
        STATUS,
        declare_share("served_share", "Tỷ lệ được phủ", "Share served by any operator", SHARE_NOTE),
        declare_share(
            "indoor_share",
            "Tỷ lệ được phủ trong nhà",
            "Share served indoors by any operator",
            f"{SHARE_NOTE}; by the model",
        ),
        GROUND_SHARE,
        declare_share("probability", "Xác suất", "Probability that a person there has signal"),
        declare_share(
            "flat_share", "Tỷ lệ phủ nếu không có địa hình", "Share served if there were no terrain"
        ),
        declare_share(
            "disc_share", "Tỷ lệ phủ theo bán kính", "Share inside the plain radius of a mast"
        ),
        Column(
            "site_distance_m",
            "float",
            "Khoảng cách tới trạm gần nhất",
            "Distance to the nearest mast with this technology",
            "m",
            nullable=True,
            ge=0,
        ),
        Column(
            "operators",
            "text",
            "Doanh nghiệp phủ sóng",
            "Operators that serve it",
            nullable=True,
            note="separated by |; full or in part",
        ),
    ),
)

RESIDENTIAL_SIGNAL = Table(
    "residential_signal",
    ("point_id", "technology"),
    "Sóng tại trung tâm và từng cụm dân cư",
    "Signal at the centre and at each residential cluster",
    (
        Column("point_id", "int", "Số điểm", "Point number", ge=0),
        HAMLET_ID,
        TECHNOLOGY,
        Column("kind", "text", "Loại điểm", "Kind of point", terms=PointKind),
        Column(
            "cluster",
            "int",
            "Cụm thứ",
            "Number of the cluster in its hamlet",
            ge=0,
            note="0 for the centre; clusters are numbered from south to north",
        ),
        CLUSTER_NAME,
        CLUSTER_HOUSEHOLDS,
        Column("lon", "float", "Kinh độ", "Longitude", "°"),
        Column("lat", "float", "Vĩ độ", "Latitude", "°"),
        Column(
            "served",
            "bool",
            "Có sóng",
            "Served by any operator",
            nullable=True,
            note="empty where one who was asked has said nothing, and nobody serves it",
        ),
        Column(
            "indoors",
            "bool",
            "Có sóng trong nhà",
            "Served indoors by any operator, by the model",
            nullable=True,
        ),
        declare_share("probability", "Xác suất", "Probability of the likeliest operator"),
        Column("evidence", "text", "Bằng chứng", "Evidence", terms=Evidence),
        Column(
            "operators",
            "text",
            "Doanh nghiệp phủ sóng",
            "Operators that serve it",
            nullable=True,
            note="separated by |",
        ),
        Column("as_of", "date", "Ngày số liệu", "Date of the evidence", nullable=True),
    ),
)

MEASUREMENTS = Table(
    "measurements",
    ("measurement_id",),
    "Kết quả đo kiểm, phản ánh theo thôn",
    "Measurements and field reports by hamlet",
    (
        Column("measurement_id", "text", "Mã phiếu đo", "Measurement id"),
        Column(
            "hamlet_id",
            "text",
            "Mã thôn",
            "Hamlet id",
            nullable=True,
            note="empty outside all hamlets",
        ),
        FORMER_HAMLET_ID,
        LON_MAYBE,
        LAT_MAYBE,
        Column(
            "at_position",
            "bool",
            "Vị trí đo thực",
            "Position as measured",
            note="false where it is that of the cluster or centre which the row names",
        ),
        *MEASUREMENT_FACTS,
    ),
)
