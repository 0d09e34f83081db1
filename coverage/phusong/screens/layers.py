"""What the map fetches: ``/geo/findings`` and the shapes of its layers, packed once for a scope and a run.

A shape leaves with the number of its row and nothing else; what is known of the row stands in the findings,
whose columns are those of `phusong.views.records.ALLOWED`. Whatever a question hides from somebody is in
neither.
"""

from __future__ import annotations

import gzip
import json

from phusong.access.desk import Desk
from phusong.access.principals import Principal
from phusong.access.questions.maps import ask_map
from phusong.pipeline.kept_plans import is_kept
from phusong.screens.state import recall

FINDINGS = "findings"


def build_layer(principal: Principal, desk: Desk, name: str, plan: str = "") -> bytes:
    """Return findings or shapes as gzipped JSON, as somebody may see them.

    Parameters
    ----------
    principal, desk : who asks, and where.
    name : `FINDINGS`, or a layer: ``hamlets``, ``communes_0``, ``routes``, ``trenches``.
    plan : name of the kept plan that is drawn; empty: the one that is shown everywhere.

    Raises
    ------
    KeyError
        If there is no such layer or plan.
    NotAllowed
        If the role sees nothing of it.
    """
    if plan and not is_kept(desk.folder, plan):
        raise KeyError(plan)
    return recall(principal, desk, pack_map, plan)[name]


def pack_map(principal: Principal, desk: Desk, plan: str) -> dict[str, bytes]:
    """Return everything the map of a plan fetches, gzipped, by name.

    Parameters
    ----------
    principal, desk : who asks, and where.
    plan : see `build_layer`.
    """
    told = ask_map(principal, desk, plan)
    return {name: _pack(part) for name, part in {FINDINGS: told.data, **told.shapes}.items()}


def _pack(part: object) -> bytes:
    """Return plain data as gzipped JSON."""
    text = json.dumps(part, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)
