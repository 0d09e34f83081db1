"""Why a hamlet is in its class: the sites, margins, evidence and rule, in words."""

from __future__ import annotations

from phusong.access.desk import Desk, admit
from phusong.access.permissions import Data, Extent
from phusong.access.principals import Principal
from phusong.access.questions.findings import ask_gaps
from phusong.pipeline.explanation import explain_hamlet
from phusong.vocabulary.errors import ParameterFault


def ask_explanation(principal: Principal, desk: Desk, hamlet_id: str) -> list[str]:
    """Return why a hamlet is in its class, a line each; empty for whoever does not see every network.

    Raises
    ------
    NotAllowed
        If the role sees no coverage.
    ParameterFault
        If there is no such hamlet.
    """
    if hamlet_id not in set(ask_gaps(principal, desk)["hamlet_id"]):
        raise ParameterFault("there is no such hamlet")
    if admit(principal, desk, Data.NETWORKS) != Extent.WHOLE:
        return []
    return explain_hamlet(desk.folder, hamlet_id)
