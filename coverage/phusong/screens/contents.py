"""The pages, declared: what each is called, and what somebody must be allowed to see to be shown it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

from phusong.access.permissions import Data, Extent, find_extent
from phusong.screens.speech import word
from phusong.vocabulary.book import Role


@dataclass(frozen=True)
class Page:
    """Declare a page.

    Parameters
    ----------
    name : of its module in this folder, which has a function `show`, and of its path in the address bar.
    title : sentence of the catalogues.
    icon : a Material symbol.
    needs : what somebody must be allowed to see, all of it.
    roles : who alone is meant; empty: whoever may see what is needed.
    """

    name: str
    title: str
    icon: str
    needs: tuple[Data, ...]
    roles: frozenset[Role] = frozenset()

    @property
    def module(self) -> str:
        """Return the full name of its module."""
        return f"phusong.screens.{self.name}"

    def is_for(self, role: Role) -> bool:
        """Return whether a role is shown the page."""
        meant = not self.roles or role in self.roles
        return meant and all(find_extent(role, data) != Extent.NONE for data in self.needs)


_OFFICES = frozenset({Role.PLANNER, Role.EDUCATION, Role.FOCAL_POINT, Role.APPROVER})
#: In the order in which they are listed; the first is the one that opens.
PAGES = (
    Page("overview", word("Overview"), ":material/map:", (Data.SUMMARY,)),
    Page("hamlet", word("Hamlet"), ":material/home_pin:", (Data.COVERAGE,)),
    Page(
        "scenarios",
        word("Plan and scenarios"),
        ":material/alt_route:",
        (Data.ROLLOUT,),
        _OFFICES | {Role.SCHOOL},
    ),
    Page(
        "network",
        word("Fibre and sites to build"),
        ":material/cell_tower:",
        (Data.NETWORKS, Data.ROLLOUT),
        frozenset({Role.OPERATOR, Role.PLANNER}),
    ),
    Page("pupils", word("Pupils first in line"), ":material/school:", (Data.PRIORITY,)),
    Page(
        "review",
        word("Addresses to be looked at"),
        ":material/pin_drop:",
        (Data.RECORD,),
        frozenset({Role.EDUCATION}),
    ),
    Page("devices", word("Devices"), ":material/tablet_mac:", (Data.AWARDS,)),
    Page(
        "contributions",
        word("Contributions"),
        ":material/volunteer_activism:",
        (Data.CONTRIBUTIONS,),
    ),
    Page(
        "deliveries",
        word("Data delivered"),
        ":material/upload_file:",
        (Data.COVERAGE,),
        frozenset({Role.PLANNER, Role.EDUCATION, Role.FOCAL_POINT}),
    ),
    Page("reports", word("Reports"), ":material/description:", (Data.SUMMARY,), _OFFICES),
    Page("challenges", word("Reported wrong"), ":material/flag:", (Data.CHALLENGES,)),
    Page("log", word("Logs"), ":material/history:", (Data.LOG,)),
    Page("accounts", word("Accounts"), ":material/manage_accounts:", (Data.ACCOUNTS,)),
)


def find_page(name: str) -> Page:
    """Return a page by its name.

    Raises
    ------
    KeyError
        If none is declared under it.
    """
    return {page.name: page for page in PAGES}[name]


def list_pages(role: Role) -> list[Page]:
    """Return the pages that a role is shown; one whose module is not there is left out."""
    return [page for page in PAGES if page.is_for(role) and find_spec(page.module) is not None]
