"""``app``: the front end, on this machine only."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from phusong.pipeline.run import read_settings

#: Where the page looks for results, handed to the server's process.
FOLDER_VARIABLE = "PHUSONG_RESULTS"


def app(
    port: Annotated[int, typer.Option(help="port on 127.0.0.1")] = 8501,
    folder: Annotated[Path, typer.Option("--results", help="output folder to show")] = Path(
        "data/processed/demo_province"
    ),
) -> None:
    """Start the front end on 127.0.0.1; stop it with Ctrl+C."""
    read_settings(folder)
    entry = resources.files("phusong").joinpath("screens", "entry.py")
    command = [sys.executable, "-m", "streamlit", "run", str(entry)]
    command += ["--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true"]
    command += [
        "--browser.gatherUsageStats=false",
        "--client.toolbarMode=minimal",
        "--server.fileWatcherType=none",
    ]
    print(f"http://127.0.0.1:{port}")
    environment = os.environ | {FOLDER_VARIABLE: str(folder.resolve())}
    sys.exit(_run_until_stopped(command, environment))


def _run_until_stopped(command: list[str], environment: dict[str, str]) -> int:
    """Run the server as a child and take it along when this process is told to stop."""
    with subprocess.Popen(command, env=environment) as server:
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        try:
            return server.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            server.terminate()
