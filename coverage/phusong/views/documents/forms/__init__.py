"""The forms of the programme, each composed from plain tables into a document.

weekly and final reports to the provincial committee, a school's hand-over list, the record of one
hand-over, a letter to a donor, an operator's annex, the letters that ask for data.
"""

from __future__ import annotations

from phusong.views.documents.forms.acknowledgement import compose_acknowledgement
from phusong.views.documents.forms.hand_over import compose_hand_over
from phusong.views.documents.forms.operator import compose_operator_annex
from phusong.views.documents.forms.report import compose_final, compose_weekly
from phusong.views.documents.forms.request import (
    ADDRESSED,
    REQUESTS,
    compose_commune_request,
    compose_operator_request,
    compose_school_request,
)
from phusong.views.documents.forms.school import compose_school_list

__all__ = [
    "ADDRESSED",
    "REQUESTS",
    "compose_acknowledgement",
    "compose_commune_request",
    "compose_final",
    "compose_hand_over",
    "compose_operator_annex",
    "compose_operator_request",
    "compose_school_list",
    "compose_school_request",
    "compose_weekly",
]
