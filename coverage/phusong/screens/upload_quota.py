"""Keep what is uploaded within bounds: for roles that deliver, one file a session, so many bytes over all.

Streamlit keeps uploaded files in memory for as long as it keeps their tab, which outlives a lost line by a
quarter of an hour. Here they go when the tab is closed, and before that when the room is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol

from phusong.screens.contents import find_page
from phusong.vocabulary.book import Role

#: Pages with an upload.
UPLOAD_PAGES = ("deliveries",)
#: Codes with which a line ends that was lost and may come back (RFC 6455, 7.4.1): nobody closed the tab.
LOST_LINE = frozenset({1006, 1011, 1012, 1013})


class FileStore(Protocol):
    """Be where Streamlit keeps uploaded files."""

    def get_files(self, session_id: str, file_ids: list[str]) -> list[Any]:
        """Return those that are there."""

    def remove_file(self, session_id: str, file_id: str) -> None:
        """Remove one."""


@dataclass(frozen=True)
class Upload:
    """Hold where an uploaded file lies.

    Parameters
    ----------
    tab : Streamlit's id of the tab.
    file : Streamlit's id of the file.
    size : its room [bytes].
    """

    tab: str
    file: str
    size: int


class UploadQuota:
    """Keep the uploads of a server within bounds.

    Parameters
    ----------
    find_store : returns where files are kept; None before Streamlit stands.
    is_open : returns whether a tab is open.
    """

    def __init__(
        self, find_store: Callable[[], FileStore | None], is_open: Callable[[str], bool]
    ) -> None:
        self._find_store, self._is_open = find_store, is_open
        self._kept: dict[str, Upload] = {}
        self._arriving: dict[str, int] = {}
        self._lost: set[str] = set()
        self._lock = Lock()

    def reserve(self, session: str, size: int, *, most: float) -> int:
        """Reserve room for a file, for which a session's earlier one makes way.

        Parameters
        ----------
        session : handle of whoever uploads.
        size : room that the file may take [bytes].
        most : room of all files together [bytes].

        Returns
        -------
        0 where there is room; 429 while another file of the session arrives, 503 where there is none.
        """
        with self._lock:
            if session in self._arriving:
                return 429
            self._remove(session)
            if self._count() + size > most:
                self._remove_closed()
            if self._count() + size > most:
                return 503
            self._arriving[session] = size
            return 0

    def keep(self, session: str, upload: Upload | None) -> None:
        """Note that a file has arrived, or that it never will.

        Parameters
        ----------
        session : handle of whoever uploaded.
        upload : where it lies; None where nothing was kept.
        """
        with self._lock:
            self._arriving.pop(session, None)
            if upload is not None:
                self._kept[session] = upload

    def release_closed(self, *, is_lost: bool) -> None:
        """Remove the files of every tab that was closed, now that a line has ended.

        Parameters
        ----------
        is_lost : whether the line was lost rather than closed: its tab may come back to its file.
        """
        with self._lock:
            closed = {u.tab for u in self._kept.values() if not self._is_open(u.tab)}
            self._lost = closed if is_lost else self._lost & closed
            for session, upload in list(self._kept.items()):
                if upload.tab in closed - self._lost:
                    self._remove(session)

    def count_bytes(self) -> int:
        """Count the room that is taken or reserved [bytes]."""
        with self._lock:
            return self._count()

    def _count(self) -> int:
        """Count the room; a file that the tab itself has removed takes none."""
        store = self._find_store()
        for session, upload in list(self._kept.items()):
            if store is None or not store.get_files(upload.tab, [upload.file]):
                del self._kept[session]
        return sum(upload.size for upload in self._kept.values()) + sum(self._arriving.values())

    def _remove_closed(self) -> None:
        """Remove the files of tabs that are not open, those that may come back too."""
        for session, upload in list(self._kept.items()):
            if not self._is_open(upload.tab):
                self._remove(session)

    def _remove(self, session: str) -> None:
        """Remove the file of a session, if there is one."""
        upload, store = self._kept.pop(session, None), self._find_store()
        if upload is not None and store is not None:
            store.remove_file(upload.tab, upload.file)


def may_upload(role: Role) -> bool:
    """Say whether a role is shown a page with an upload."""
    return any(find_page(name).is_for(role) for name in UPLOAD_PAGES)
