"""The desk at which questions are asked: which results, which register, what time it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

from phusong.access.faults import NotAllowed
from phusong.access.log import log_access
from phusong.access.permissions import Data
from phusong.access.principals import Principal
from phusong.access.register import REGISTER_NAME, Register, open_register
from phusong.pipeline.settings import merge_overlays, read_operators, read_settings
from phusong.store import stamp_results
from phusong.vocabulary.operators import OperatorSet
from phusong.vocabulary.parameters import Access, Parameters, load_parameters, load_scenario


def read_clock() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    """Hold where questions are answered from.

    Parameters
    ----------
    folder : output folder of a run.
    register : accounts, sessions, access log.
    limits : how long sessions and links last.
    demonstration : whether everything in the folder is made up.
    clock : returns the time, with its zone.
    book : URL or file of the programme's book; empty: the one beside the results.
    province_file : where the province file is now; None: where the run left it.
    """

    folder: Path
    register: Register
    limits: Access
    demonstration: bool
    clock: Callable[[], datetime] = field(default=read_clock)
    book: str = ""
    province_file: Path | None = None

    @property
    def stamp(self) -> str:
        """Return what changes when results or plans change; see `stamp_results`."""
        return stamp_results(self.folder)


def open_desk(
    folder: Path,
    register_path: Path | None = None,
    book: str = "",
    province_file: Path | None = None,
) -> Desk:
    """Return the desk over the results in a folder.

    Parameters
    ----------
    folder : output folder of a run.
    register_path : file of the register; None: `phusong.access` in the folder.
    book, province_file : see `Desk`.

    Raises
    ------
    ParameterFault
        If the folder holds no results.
    SourceFault
        If others may read the register.
    """
    _, province, _ = read_settings(folder)
    register = open_register(register_path or folder / REGISTER_NAME)
    limits = read_run_parameters(folder).access
    made_up = province.province.demonstration
    return Desk(folder, register, limits, made_up, book=book, province_file=province_file)


def find_operators(desk: Desk) -> OperatorSet:
    """Return the operators that are known in the results of a desk.

    Parameters
    ----------
    desk : where.
    """
    return _read_operators(desk.folder, desk.stamp)


@lru_cache(maxsize=8)
def _read_operators(folder: Path, stamp: str) -> OperatorSet:  # noqa: ARG001
    """Return the operators of results; `stamp` makes the cache forget when these change."""
    return read_operators(folder)


def read_run_parameters(folder: Path) -> Parameters:
    """Return the parameters as the run in a folder had them."""
    _, province, manifest = read_settings(folder)
    change = load_scenario(manifest.scenario)["change"] if manifest.scenario else {}
    return load_parameters(merge_overlays(province.parameters, change))


def refuse(
    principal: Principal, desk: Desk, data: Data, *, subject: str = "", cure: str = ""
) -> NoReturn:
    """Refuse, and keep that it was asked.

    Parameters
    ----------
    principal, desk : who asks, and where.
    data : what was asked for.
    subject : what exactly, for the log.
    cure : what to do instead, in Vietnamese and English with a middle dot between; empty: to ask.

    Raises
    ------
    NotAllowed
        Always.
    """
    now = desk.clock()
    log_access(desk.register, principal, str(data), when=now, subject=subject, refused=True)
    raise NotAllowed(
        f"{principal.role.vi}: không được xem {data.vi} · {principal.role.en}: no right to see {data.en}",
        cure=cure or "hỏi quản trị hệ thống · ask the administrator",
    )
