"""How the server was started: which results, which names it answers to, and who may sign in how."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from phusong.access.desk import Desk, open_desk
from phusong.store import finish_commit
from phusong.store.manifest import MANIFEST_NAME, hash_file

#: Set by ``phusong app`` for the process that serves.
VARIABLE = "PHUSONG_APP"
DEFAULT = Path("data/processed/demo_province")


@dataclass(frozen=True)
class Settings:
    """Hold how the server was started.

    Parameters
    ----------
    results : output folder that is shown.
    register : file of accounts, sessions and access log; empty: the one in the folder.
    book : URL or file of the programme's book; empty: the one in the folder.
    port : on 127.0.0.1.
    samples : whether sample roles may sign in; made-up data only.
    public_url : address under which a proxy shows the server; empty: this machine's own.
    province_file : where the province file is now; empty: where the run left it.
    watches_parent : whether the server ends when its standard input does, which its parent holds open.
    proxy : address from which that proxy calls, and alone is believed whom it calls for; empty: none.
    """

    results: str = str(DEFAULT)
    register: str = ""
    book: str = ""
    port: int = 8501
    samples: bool = True
    public_url: str = ""
    province_file: str = ""
    watches_parent: bool = False
    proxy: str = ""

    @property
    def folder(self) -> Path:
        """Return the output folder."""
        return Path(self.results)

    @property
    def is_secure(self) -> bool:
        """Return whether browsers reach the server by https."""
        return self.public_url.startswith("https://")

    @property
    def origins(self) -> frozenset[str]:
        """Return the origins that are the server's own."""
        near = {f"http://{name}:{self.port}" for name in ("127.0.0.1", "localhost")}
        return frozenset({self.public_url.rstrip("/")} if self.public_url else near)

    @property
    def hosts(self) -> frozenset[str]:
        """Return the hosts that the server answers to."""
        return frozenset(origin.split("://", 1)[1] for origin in self.origins)


def write_settings(settings: Settings) -> str:
    """Return settings as the variable holds them."""
    return json.dumps(asdict(settings))


def read_settings() -> Settings:
    """Return the settings of this process; the usual ones where none were given."""
    return Settings(**json.loads(os.environ.get(VARIABLE, "{}")))


def has_results(settings: Settings) -> bool:
    """Return whether there is anything to show."""
    finish_commit(settings.folder)
    return (settings.folder / MANIFEST_NAME).exists()


def find_desk(settings: Settings) -> Desk:
    """Return the desk over the results; the same one until they change.

    Parameters
    ----------
    settings : of the server.

    Raises
    ------
    ParameterFault
        If there are no results.
    """
    finish_commit(settings.folder)
    return _open_desk(settings, hash_file(settings.folder / MANIFEST_NAME))


@lru_cache(maxsize=2)
def _open_desk(settings: Settings, stamp: str) -> Desk:  # noqa: ARG001
    """Return the desk; `stamp` makes the cache forget when the results change."""
    register = Path(settings.register) if settings.register else None
    province = Path(settings.province_file) if settings.province_file else None
    return open_desk(settings.folder, register, settings.book, province)
