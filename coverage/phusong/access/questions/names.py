"""What places and schools are called, so that no page shows a code where a name exists."""

from __future__ import annotations

import pandas as pd

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.principals import Principal
from phusong.access.scope import filter_own
from phusong.store import has_table, read_table


@authorise
def ask_names(principal: Principal, desk: Desk) -> dict[str, dict[str, str]]:
    """Return code → name of hamlets, communes and schools, by the column in which the code stands.

    Raises
    ------
    NotAllowed
        If the role sees no coverage.
    """
    hamlets = read_table(desk.folder, "hamlets", columns=["hamlet_id", "kind", "name"])
    communes = read_table(desk.folder, "communes", columns=["commune_code", "kind", "name"])
    return {
        "hamlet_id": _call(hamlets, "hamlet_id"),
        "commune_code": _call(communes, "commune_code"),
        "school_id": _call_schools(desk),
    }


def _call(places: pd.DataFrame, code: str) -> dict[str, str]:
    """Return code → kind and name: Thôn Đồng Giếng."""
    named = places["kind"].fillna("").str.capitalize() + " " + places["name"].fillna("")
    return dict(zip(places[code], named.str.strip(), strict=True))


def _call_schools(desk: Desk) -> dict[str, str]:
    """Return the names of schools; none where no list of schools was delivered."""
    if not has_table(desk.folder, "accepted_schools"):
        return {}
    schools = read_table(desk.folder, "accepted_schools", columns=["school_id", "name"])
    return dict(zip(schools["school_id"], schools["name"], strict=True))


@authorise
def ask_schools(principal: Principal, desk: Desk) -> dict[str, str]:
    """Return id → name of the schools whose lists of awards somebody may have: one's own, or all.

    An official's are the schools that lie in the communes of the account.

    Raises
    ------
    NotAllowed
        If the role has no list of a school.
    """
    named = {school: school for school in sorted(principal.schools)}
    if not has_table(desk.folder, "accepted_schools"):
        return named
    columns = ["school_id", "name", "commune_code"]
    schools = read_table(desk.folder, "accepted_schools", columns=columns)
    own = filter_own(principal, "ask_schools", schools)
    return named | dict(zip(own["school_id"], own["name"], strict=True))
