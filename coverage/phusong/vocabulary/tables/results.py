"""The result tables: what the program finds out, stage by stage."""

from __future__ import annotations

from phusong.vocabulary.tables.findings import GAPS, INDICATORS
from phusong.vocabulary.tables.networks import CARRIERS, REACH, SIGNAL, SITES
from phusong.vocabulary.tables.places import COMMUNES, HAMLETS, PLACEMENT, POINTS

__all__ = [
    "CARRIERS",
    "COMMUNES",
    "GAPS",
    "HAMLETS",
    "INDICATORS",
    "PLACEMENT",
    "POINTS",
    "REACH",
    "RESULTS",
    "SIGNAL",
    "SITES",
]

RESULTS = (COMMUNES, HAMLETS, POINTS, SITES, CARRIERS, REACH, SIGNAL, GAPS, INDICATORS, PLACEMENT)
