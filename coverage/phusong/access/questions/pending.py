"""The question of which decisions the results do not show yet: deliveries, and what was found on the spot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.principals import Principal
from phusong.pipeline.challenges import hash_checks, read_checks
from phusong.pipeline.deliveries import list_counting
from phusong.pipeline.settings import find_living, find_province_file, read_settings


@dataclass(frozen=True)
class Pending:
    """Hold how far the results are behind what was decided.

    Parameters
    ----------
    decisions : deliveries to be added or taken out, and one more if what was found on the spot has changed.
    later : accepted findings from after the day of the results; they count when a later day is asked.
    as_of : day of the results.
    """

    decisions: int
    later: int
    as_of: date


@authorise
def ask_pending(principal: Principal, desk: Desk) -> Pending:
    """Return how far the results are behind what was decided.

    Parameters
    ----------
    principal, desk : who asks, and where.

    Raises
    ------
    NotAllowed
        If the role may not have the province run anew.
    """
    _, _, manifest = read_settings(desk.folder)
    path = find_province_file(desk.folder, desk.province_file)
    place = find_living(desk.folder, "deliveries", path)
    wanted = {f"{place.name}/{d.name}" for d in list_counting(place)}
    counted = {file for file in manifest.inputs if file.startswith(f"{place.name}/")}
    day = pd.Timestamp(manifest.as_of)
    checks, every = read_checks(path, until=day), read_checks(path, until=pd.Timestamp.max)
    shown = manifest.stages["reach"].parts.get("checks")
    changed = hash_checks(checks) != shown if shown else bool(len(checks))
    return Pending(len(wanted ^ counted) + changed, len(every) - len(checks), day.date())
