"""What places and schools are called, so that no page shows a code where a name exists."""

from __future__ import annotations

from phusong.access.authorisation import authorise
from phusong.access.desk import Desk
from phusong.access.names import read_names
from phusong.access.own_places import find_own_communes, list_hamlets
from phusong.access.principals import Principal
from phusong.access.scope import filter_own
from phusong.store import has_table, read_table


@authorise
def ask_names(principal: Principal, desk: Desk) -> dict[str, dict[str, str]]:
    """Return code → name of hamlets, communes and schools, by the column in which the code stands.

    To a commune those of its own hamlets.

    Raises
    ------
    NotAllowed
        If the role sees no coverage.
    """
    names, communes = read_names(desk.folder), find_own_communes(principal, "ask_names")
    if communes is None:
        return names
    own = {
        "hamlet_id": list_hamlets(desk.folder, desk.stamp, communes),
        "commune_code": communes,
    }
    return {
        column: {code: name for code, name in listed.items() if code in own.get(column, ())}
        for column, listed in names.items()
    }


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
