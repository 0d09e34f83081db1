"""How long delivered files are kept that do not count: looked at and left, refused, taken out again."""

from __future__ import annotations

from datetime import timedelta

from phusong.access.desk import Desk
from phusong.pipeline.retention import erase_files
from phusong.pipeline.settings import find_living


def erase_old_files(desk: Desk) -> list[str]:
    """Erase the delivered files whose time is over, and return their names; what was decided stays.

    Parameters
    ----------
    desk : where; its limits say for how long files are kept.
    """
    return erase_files(
        find_living(desk.folder, "deliveries", desk.province_file),
        now=desk.clock(),
        undecided=timedelta(minutes=desk.limits.number("undecided_min")),
        refused=timedelta(days=desk.limits.number("refused_days")),
    )
