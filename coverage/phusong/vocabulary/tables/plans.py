"""The tables of the rollout: what each hamlet gets, which trenches are dug, which antennas are hung."""

from __future__ import annotations

from phusong.vocabulary.book import CommitmentState
from phusong.vocabulary.options import (
    ConnectionBasis,
    Medium,
    OptionKind,
    PlanChange,
    PromiseVerdict,
)
from phusong.vocabulary.schema import Column, Table
from phusong.vocabulary.tables.columns import HAMLET_ID, TECHNOLOGY
from phusong.vocabulary.terms import GapClass


def _money(name: str, vi: str, en: str) -> Column:
    """Return the declaration of a sum of money."""
    return Column(name, "int", vi, en, "VND", ge=0)


CAPEX = (
    _money("capex_low_vnd", "Chi phí thấp", "Cost, low"),
    _money("capex_vnd", "Chi phí dự kiến", "Cost, likely"),
    _money("capex_high_vnd", "Chi phí cao", "Cost, high"),
)
WAVE = Column("wave", "int", "Đợt", "Wave", nullable=True, ge=1, note="empty: not within the plan")
OPERATOR = Column("operator", "text", "Doanh nghiệp", "Operator", nullable=True)

ROLLOUT = Table(
    "rollout",
    ("hamlet_id",),
    "Kế hoạch phủ sóng, kéo cáp",
    "Rollout by hamlet",
    (
        HAMLET_ID,
        Column("class", "text", "Nhóm kết nối hiện nay", "Class today", terms=GapClass),
        Column("option", "text", "Phương án", "Option", terms=OptionKind),
        OPERATOR,
        WAVE,
        Column("piece", "text", "Hạng mục nối tới thôn", "Piece that connects it", nullable=True),
        Column(
            "basis", "text", "Căn cứ thực hiện", "What it rests on", nullable=True, terms=ConnectionBasis,
            note="empty where nothing connects it",
        ),
        Column(
            "basis_id", "text", "Mã cam kết hoặc mã tủ cáp", "Commitment or cabinet", nullable=True,
            note="empty where this plan builds it",
        ),
        Column(
            "basis_on", "date", "Hạn cam kết, ngày danh sách báo đang xây",
            "Due date of the commitment, or day of the list that says it is being built", nullable=True,
            note="empty where this plan builds it, or the commitment has no day",
        ),
        Column(
            "basis_probability", "float", "Khả năng thực hiện", "Probability that it comes about", "1",
            nullable=True, ge=0, le=1, note="empty where this plan builds it",
        ),
        *CAPEX,
        Column(
            "pupils_connected", "int", "Học sinh được kết nối", "Pupils connected", "pupils",
            nullable=True, ge=0, note="empty where no pupils were delivered",
        ),
        Column("as_of", "date", "Ngày số liệu", "Date of the gaps"),
    ),
)  # fmt: skip

TRENCHES = Table(
    "trenches",
    ("trench_id",),
    "Tuyến cáp quang xây mới",
    "Trenches",
    (
        Column("trench_id", "text", "Mã tuyến", "Trench id"),
        OPERATOR,
        WAVE,
        Column("length_m", "float", "Chiều dài", "Length", "m", ge=0),
        Column(
            "medium", "text", "Cách đi cáp", "Medium", terms=Medium, note="of most of its length"
        ),
        Column("off_road_m", "float", "Ngoài đường trên bản đồ", "Off the mapped roads", "m", ge=0),
        Column(
            "from_id", "text", "Từ (mã tủ, thôn hoặc tuyến rẽ nhánh)",
            "From (node, hamlet, or trench that it leaves)", nullable=True,
        ),
        Column(
            "to_id", "text", "Đến (mã thôn)", "To (hamlet)", nullable=True,
            note="empty where it ends at a fork",
        ),
        Column(
            "hamlets", "text", "Các thôn được kéo cáp qua tuyến", "Hamlets that it feeds", nullable=True,
            note="by |",
        ),
        *CAPEX,
    ),
    geometry="line",
)  # fmt: skip

ANTENNAS = Table(
    "antennas",
    ("option_id",),
    "Trạm xây mới, nâng cấp",
    "Antennas to build",
    (
        Column("option_id", "text", "Mã phương án", "Option id"),
        Column("kind", "text", "Loại", "Kind", terms=OptionKind),
        OPERATOR,
        WAVE,
        Column("site_id", "text", "Trạm hiện có", "Existing mast", nullable=True),
        Column("height_m", "float", "Độ cao", "Height", "m", ge=0),
        Column("hamlets", "text", "Các thôn được phủ", "Hamlets served", note="by |"),
        *CAPEX,
    ),
    geometry="point",
)

COMMITMENTS = Table(
    "commitments",
    ("commitment_id",),
    "Tiến độ cam kết của doanh nghiệp",
    "Progress of operators' commitments",
    (
        Column("commitment_id", "text", "Mã cam kết", "Commitment id"),
        OPERATOR,
        Column("hamlet_id", "text", "Mã thôn", "Hamlet id", nullable=True),
        TECHNOLOGY,
        Column("solution", "text", "Giải pháp", "Solution", terms=OptionKind, nullable=True),
        Column("due_on", "date", "Ngày cam kết", "Due on", nullable=True),
        Column("state", "text", "Tiến độ", "State", terms=CommitmentState),
        Column("on_air_on", "date", "Ngày phát sóng thực tế", "On air on", nullable=True),
        Column("obstacle", "text", "Vướng mắc", "Obstacle", nullable=True),
        Column("verdict", "text", "Đánh giá", "Verdict", terms=PromiseVerdict),
        Column("days_late", "int", "Số ngày chậm", "Days late", "d", nullable=True, ge=0),
    ),
)

PLAN_DIFFERENCE = Table(
    "plan_difference",
    ("hamlet_id",),
    "Khác biệt giữa hai kế hoạch",
    "Difference between two plans",
    (
        HAMLET_ID,
        Column("change", "text", "Thay đổi từ kế hoạch A sang B", "Change from A to B", terms=PlanChange),
        Column("class", "text", "Nhóm kết nối", "Class", terms=GapClass, nullable=True),
        Column("wave_a", "int", "Đợt, kế hoạch A", "Wave in A", nullable=True, ge=1),
        Column("wave_b", "int", "Đợt, kế hoạch B", "Wave in B", nullable=True, ge=1),
        Column("option_a", "text", "Phương án, kế hoạch A", "Option in A", terms=OptionKind, nullable=True),
        Column("option_b", "text", "Phương án, kế hoạch B", "Option in B", terms=OptionKind, nullable=True),
        Column("operator_a", "text", "Doanh nghiệp, kế hoạch A", "Operator in A", nullable=True),
        Column("operator_b", "text", "Doanh nghiệp, kế hoạch B", "Operator in B", nullable=True),
        Column("capex_a_vnd", "int", "Chi phí dự kiến, kế hoạch A", "Cost in A, likely", "VND", ge=0),
        Column("capex_b_vnd", "int", "Chi phí dự kiến, kế hoạch B", "Cost in B, likely", "VND", ge=0),
        Column("more_vnd", "int", "Chi phí B trừ A", "Cost, B less A", "VND"),
        Column(
            "pupils", "int", "Học sinh trong thôn", "Pupils of the hamlet", "pupils", nullable=True, ge=0,
            note="of those whom either plan connects; empty where it is not known or not shown",
        ),
    ),
)  # fmt: skip
