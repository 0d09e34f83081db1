"""A raw file while it is checked: its form is detected once, and a workbook is opened once."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from phusong.intake.rules import refuse
from phusong.intake.sniffing import Form, sniff_form
from phusong.intake.workbooks import Workbook, open_workbook
from phusong.vocabulary.parameters import Intake

MEGABYTE = 1_000_000


class SourceFile:
    """Hold what is known of a raw file, worked out when it is first needed.

    Parameters
    ----------
    kind : source kind.
    path : the file.
    intake : caps, and where to look for headings.
    """

    def __init__(self, kind: str, path: Path, intake: Intake) -> None:
        self.kind, self.path, self.intake = kind, path, intake

    @property
    def name(self) -> str:
        """Return the file as the user named it."""
        return str(self.path)

    @cached_property
    def form(self) -> Form:
        """Detect the form of the file from its first bytes.

        Raises
        ------
        SourceFault
            If it is not there, too large, or of a form that is turned away.
        """
        check_size(self.path, self.intake)
        return sniff_form(self.path, file=self.name)

    @cached_property
    def book(self) -> Workbook:
        """Open the file as a workbook.

        Raises
        ------
        SourceFault
            If it is damaged, locked or too large.
        """
        return open_workbook(self.path, self.kind, self.intake, file=self.name)


def check_size(path: Path, intake: Intake) -> None:
    """Refuse a file that is not there, is no file, or is too large to be read safely.

    Raises
    ------
    SourceFault
        Naming the file and the cap.
    """
    if not path.is_file():
        raise refuse("no_such_file", file=str(path))
    cap = intake.number("file_cap_mb")
    if path.stat().st_size > cap * MEGABYTE:
        raise refuse(
            "file_too_large",
            file=str(path),
            value=f"{path.stat().st_size / MEGABYTE:.0f}",
            cap=f"{cap:g}",
        )
