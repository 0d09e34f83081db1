"""The server: Streamlit behind the gate, with doors, layers of the map and exports as its own routes.

Started by ``phusong app``, which hands the settings over in an environment variable.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from threading import Thread
from typing import Any, cast

from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit import runtime
from streamlit.starlette import App

from phusong.screens.body_limits import LARGEST_UPLOAD_MB
from phusong.screens.doors import Doors
from phusong.screens.export_route import EXPORT_ROUTES
from phusong.screens.gate import Gate
from phusong.screens.identity import has_provider
from phusong.screens.layer_route import LAYER_ROUTES
from phusong.screens.packing import PackedProgram
from phusong.screens.settings import Settings, read_settings
from phusong.screens.state import proofs
from phusong.screens.sweeping import erase_regularly
from phusong.screens.upload_quota import FileStore, UploadQuota
from phusong.screens.warming import warm_up

ENTRY = Path(__file__).parent / "entry.py"
#: A message over a page's line, either way; the largest that a page sends is under one MB.
LARGEST_MESSAGE_MB = 10
#: How long a page that lost its line may come back to what was typed [s].
PATIENCE_S = 900
#: How long open lines may take to close when the parent is gone [s].
FAREWELL_S = 2.0
#: Of buttons and choices; dark enough on white and on its own tint.
ACCENT = "#0b4f94"
LOG = logging.getLogger("phusong.screens")


def make_app(settings: Settings) -> App:
    """Return the server of the front end.

    Parameters
    ----------
    settings : how it was started.
    """
    knocks = has_provider()
    return App(
        ENTRY,
        routes=list_routes(settings, knocks=knocks),
        middleware=[
            Middleware(Gate, settings=settings, knocks=knocks, quota=make_quota()),
            Middleware(PackedProgram),
        ],
        on_script_error=log_failure,
    )


def make_quota() -> UploadQuota:
    """Make what keeps uploads within bounds, over Streamlit's own store of files."""
    return UploadQuota(_find_store, _is_open_tab)


def _find_store() -> FileStore | None:
    """Find where Streamlit keeps uploaded files; None before it stands."""
    return cast(FileStore, runtime.get_instance().uploaded_file_mgr) if runtime.exists() else None


def _is_open_tab(tab: str) -> bool:
    """Say whether a tab has its line to the server."""
    return runtime.exists() and runtime.get_instance().is_active_session(tab)


def list_routes(settings: Settings, *, knocks: bool) -> list[Route]:
    """Return the routes that are ours, beside those of Streamlit.

    Parameters
    ----------
    settings : how the server was started.
    knocks : whether an identity provider is set.
    """
    doors = Doors(settings, proofs(), knocks=knocks)
    return [*doors.routes, *LAYER_ROUTES, *EXPORT_ROUTES]


def log_failure(error: Exception) -> bool:
    """Log where a page failed, without what the error says, which may name a pupil."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno} {last.name}"
    LOG.error("a page failed: %s at %s", type(error).__name__, place)
    return False


def write_config(settings: Settings) -> dict[str, Any]:
    """Return Streamlit's own options: this machine only, nothing sent anywhere, no error texts on pages.

    Parameters
    ----------
    settings : how the server was started.
    """
    names = sorted({host.rsplit(":", 1)[0] for host in settings.hosts})
    return {
        "server.address": "127.0.0.1",
        "server.port": settings.port,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.allowedHosts": names,
        "server.enableCORS": True,
        "server.corsAllowedOrigins": sorted(settings.origins),
        "server.enableXsrfProtection": True,
        "server.enableStaticServing": False,
        "server.enableAgentApi": False,
        "server.maxUploadSize": LARGEST_UPLOAD_MB,
        "server.maxMessageSize": LARGEST_MESSAGE_MB,
        "server.disconnectedSessionTTL": PATIENCE_S,
        "runner.postScriptGC": False,  # collecting all garbage takes longer than running a page
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "viewer",
        "client.disableDataExport": True,  # a CSV of its own leaves formulas in it, and no line in the log
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "theme.primaryColor": ACCENT,
    }


def _end_with_parent() -> None:
    """Wait until the standard input ends, which it does when the parent is gone, and end the server."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(FAREWELL_S)
    os._exit(0)


def trust_proxy(settings: Settings) -> None:
    """Let the proxy that the settings name, and nobody else, say for whom it calls.

    By itself uvicorn trusts whoever calls from this machine.

    Parameters
    ----------
    settings : how the server was started.
    """
    os.environ["FORWARDED_ALLOW_IPS"] = settings.proxy


def serve() -> None:
    """Serve until stopped; the port answers once everything is prepared."""
    settings = read_settings()
    if settings.watches_parent:
        Thread(target=_end_with_parent, name="parent", daemon=True).start()
    trust_proxy(settings)
    warm_up(settings)
    erase_regularly(settings)
    sys.stdout.write(f"{settings.public_url or f'http://127.0.0.1:{settings.port}'}\n")
    sys.stdout.flush()
    make_app(settings).run(config=write_config(settings))


if __name__ == "__main__":
    serve()
