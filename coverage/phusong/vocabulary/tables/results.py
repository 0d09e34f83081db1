"""The result tables: what the program finds out, stage by stage."""

from __future__ import annotations

from phusong.vocabulary.tables.book import DEVICES, LOT_FITNESS
from phusong.vocabulary.tables.findings import CHANGED_COVERAGE, GAPS, HAMLET_CLASSES, INDICATORS
from phusong.vocabulary.tables.networks import (
    CARRIERS,
    MEASUREMENTS,
    REACH,
    RESIDENTIAL_SIGNAL,
    SIGNAL,
    SITES,
)
from phusong.vocabulary.tables.places import COMMUNES, HAMLET_LINEAGE, HAMLETS, PLACEMENT, POINTS
from phusong.vocabulary.tables.plans import (
    ANTENNAS,
    COMMITMENTS,
    PLAN_DIFFERENCE,
    ROLLOUT,
    TRENCHES,
)
from phusong.vocabulary.tables.pupils import (
    PUPIL_COUNTS,
    PUPIL_COUNTS_OFFICES,
    PUPIL_COUNTS_PUBLIC,
    PUPIL_LINKS,
    STUDENTS,
)
from phusong.vocabulary.tables.runs import HISTORY, RUN_CLASSES, RUN_FACTS, RUNS

__all__ = [
    "ANTENNAS",
    "CARRIERS",
    "CHANGED_COVERAGE",
    "COMMITMENTS",
    "PLAN_DIFFERENCE",
    "COMMUNES",
    "DEVICES",
    "GAPS",
    "HAMLETS",
    "HAMLET_LINEAGE",
    "HAMLET_CLASSES",
    "HISTORY",
    "INDICATORS",
    "LOT_FITNESS",
    "MEASUREMENTS",
    "PLACEMENT",
    "POINTS",
    "PUPIL_COUNTS",
    "PUPIL_COUNTS_OFFICES",
    "PUPIL_COUNTS_PUBLIC",
    "PUPIL_LINKS",
    "REACH",
    "RESIDENTIAL_SIGNAL",
    "RESULTS",
    "ROLLOUT",
    "RUNS",
    "RUN_CLASSES",
    "RUN_FACTS",
    "SIGNAL",
    "SITES",
    "STUDENTS",
    "TRENCHES",
]

RESULTS = (
    COMMUNES,
    HAMLETS,
    HAMLET_LINEAGE,
    POINTS,
    SITES,
    CARRIERS,
    REACH,
    SIGNAL,
    RESIDENTIAL_SIGNAL,
    MEASUREMENTS,
    HAMLET_CLASSES,
    GAPS,
    INDICATORS,
    CHANGED_COVERAGE,
    HISTORY,
    RUNS,
    RUN_FACTS,
    RUN_CLASSES,
    PLACEMENT,
    STUDENTS,
    PUPIL_LINKS,
    PUPIL_COUNTS,
    PUPIL_COUNTS_OFFICES,
    PUPIL_COUNTS_PUBLIC,
    ROLLOUT,
    TRENCHES,
    ANTENNAS,
    COMMITMENTS,
    PLAN_DIFFERENCE,
    LOT_FITNESS,
    DEVICES,
)
