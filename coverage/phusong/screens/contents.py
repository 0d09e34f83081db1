"""The pages, declared: what each is called, and what somebody must be allowed to see to be shown it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

from phusong.access.permissions import Extent, find_extent
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
    needs : questions that somebody must be allowed to ask, all of them.
    """

    name: str
    title: str
    icon: str
    needs: tuple[str, ...]

    @property
    def module(self) -> str:
        """Return the full name of its module."""
        return f"phusong.screens.{self.name}"

    def is_for(self, role: Role) -> bool:
        """Return whether a role is shown the page."""
        return all(find_extent(role, name) != Extent.NONE for name in self.needs)


#: In the order in which they are listed; the first is the one that opens.
PAGES = (
    Page("overview", word("Overview"), ":material/map:", ("ask_summary",)),
    Page("hamlet", word("Hamlet"), ":material/home_pin:", ("ask_gaps",)),
    Page(
        "scenarios",
        word("Plan and scenarios"),
        ":material/alt_route:",
        ("ask_scenarios",),
    ),
    Page(
        "network",
        word("Fibre and sites to build"),
        ":material/cell_tower:",
        ("ask_network", "ask_workbook"),
    ),
    Page("pupils", word("Pupils first in line"), ":material/school:", ("ask_priority",)),
    Page(
        "review",
        word("Addresses to be looked at"),
        ":material/pin_drop:",
        ("ask_queue",),
    ),
    Page("erasure", word("Erase a pupil"), ":material/person_remove:", ("erase_pupil",)),
    Page("devices", word("Devices"), ":material/tablet_mac:", ("ask_awards",)),
    Page(
        "contributions",
        word("Contributions"),
        ":material/volunteer_activism:",
        ("ask_contributions",),
    ),
    Page(
        "deliveries",
        word("Data delivered"),
        ":material/upload_file:",
        ("ask_deliveries",),
    ),
    Page("reports", word("Reports"), ":material/description:", ("write_report",)),
    Page("challenges", word("Reported wrong"), ":material/flag:", ("ask_challenges",)),
    Page("log", word("Logs"), ":material/history:", ("ask_log",)),
    Page("accounts", word("Accounts"), ":material/manage_accounts:", ("ask_accounts",)),
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
