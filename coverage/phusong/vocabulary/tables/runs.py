"""The history: every run that differed from the one before, what it was made with, and what it found.

`run_facts` and `run_classes` hold changes only, each with what was before and after; all of a run's facts and
classes follow from the changes up to it.
"""

from __future__ import annotations

from phusong.vocabulary.runs import RunFact
from phusong.vocabulary.schema import Column, Table
from phusong.vocabulary.tables.columns import HAMLET_ID
from phusong.vocabulary.tables.findings import INDICATORS
from phusong.vocabulary.terms import GapClass

RUN = Column("run", "int", "Lần tính", "Run", ge=1, note="numbered from 1 in the output folder")

RUNS = Table(
    "runs",
    ("run",),
    "Các lần tính",
    "Runs",
    (
        RUN,
        Column("ran_at", "text", "Tính lúc", "Run at", nullable=True, note="ISO with time zone"),
        Column("as_of", "date", "Ngày số liệu", "Date of the data"),
        Column("version", "text", "Phiên bản chương trình", "Version", nullable=True),
    ),
)

RUN_FACTS = Table(
    "run_facts",
    ("run", "fact", "name", "kind"),
    "Thay đổi về nguồn, tham số qua các lần tính",
    "Changes of sources and parameters, run by run",
    (
        RUN,
        Column("fact", "text", "Nội dung", "What", terms=RunFact),
        Column("name", "text", "Tên", "Name", note="a file, a parameter, an entry; else empty"),
        Column("kind", "text", "Loại nguồn", "Kind of source", note="empty for what is no source"),
        Column("publisher", "text", "Đơn vị cung cấp", "Publisher", nullable=True),
        Column(
            "before",
            "text",
            "Trước",
            "Before",
            nullable=True,
            note="of a file: its hash, cut short",
        ),
        Column("after", "text", "Sau", "After", nullable=True),
    ),
)

RUN_CLASSES = Table(
    "run_classes",
    ("run", "hamlet_id"),
    "Thôn đổi nhóm qua các lần tính",
    "Hamlets that changed class, run by run",
    (
        RUN,
        HAMLET_ID,
        Column("before", "text", "Nhóm trước", "Class before", terms=GapClass, nullable=True),
        Column("after", "text", "Nhóm sau", "Class after", terms=GapClass, nullable=True),
    ),
)

HISTORY = Table(
    "history",
    (*INDICATORS.key, "run"),
    "Chỉ tiêu qua các lần tính",
    "Indicators, run by run",
    (*INDICATORS.columns, RUN),
)
