"""``app``: the front end, on this machine only."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer

from phusong.access.register import REGISTER_NAME
from phusong.cli.options import ProvinceFile
from phusong.pipeline.settings import find_province_file, read_settings
from phusong.vocabulary.errors import FolderFault, ParameterFault

HOST = "127.0.0.1"
#: Until the server tells its address.
PREPARING = "Đang chuẩn bị giao diện… · preparing the front end…"
#: How the server was started, handed to its process.
VARIABLE = "PHUSONG_APP"
#: The first release of each line of Python in which `zipfile` refuses what CVE-2024-0450 tells of.
MENDED = ((3, 11, 8), (3, 12, 2), (3, 13, 0))


def app(
    port: Annotated[int, typer.Option(help="port on 127.0.0.1")] = 8501,
    folder: Annotated[Path, typer.Option("--results", help="output folder to show")] = Path(
        "data/processed/demo_province"
    ),
    demo: Annotated[
        bool | None,
        typer.Option(help="sample roles, over made-up data only; by itself where it is"),
    ] = None,
    register: Annotated[
        Path | None, typer.Option(help="file of accounts and sessions; in the folder by itself")
    ] = None,
    ledger: Annotated[
        str, typer.Option(help="URL or file of the programme's book; in the folder by itself")
    ] = "",
    public_url: Annotated[
        str,
        typer.Option(help="address under which a proxy shows it, as https://phusong.example.vn"),
    ] = "",
    province: ProvinceFile = None,
    proxy: Annotated[
        str,
        typer.Option(help="address from which that proxy calls; its X-Forwarded-For alone counts"),
    ] = "",
) -> None:
    """Start the front end on 127.0.0.1; stop it with Ctrl+C."""
    _, run_province, _ = read_settings(folder)
    made_up = run_province.province.demonstration
    if demo and not made_up:
        cure = "sign in with accounts of your own: docs, administrator"
        raise ParameterFault(f"{folder} holds real results, which no sample role may see → {cure}")
    if demo and public_url:
        raise ParameterFault("sample roles need no password → they are for this machine alone")
    settings = {
        "results": str(folder.resolve()),
        "register": str(register.resolve()) if register else "",
        "book": ledger if not ledger or "://" in ledger else str(Path(ledger).resolve()),
        "port": port,
        "samples": (made_up and not public_url) if demo is None else demo,
        "public_url": public_url.rstrip("/"),
        "province_file": str(find_province_file(folder, province).resolve()) if province else "",
        "watches_parent": True,
        "proxy": _check_address(proxy),
    }
    _check_register(register or folder / REGISTER_NAME)
    if warning := warn_old_python(sys.version_info[:3]):
        print(warning, file=sys.stderr, flush=True)
    _check_port(port)
    print(PREPARING, file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "phusong.screens.server"]
    sys.exit(_run_until_stopped(command, os.environ | {VARIABLE: json.dumps(settings)}))


def _check_port(port: int) -> None:
    """Refuse a port that somebody else holds, before the server has prepared everything in vain."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise ParameterFault(
                f"port {port} cannot be used → choose another one: --port"
            ) from error


def _check_register(path: Path) -> None:
    """Refuse a place where no accounts and sessions can be kept, before a server is started over it."""
    folder = path.resolve().parent
    places = [place for place in (folder, path) if place.exists()]
    if not folder.is_dir() or not all(os.access(place, os.W_OK) for place in places):
        raise FolderFault(
            "accounts and sessions cannot be kept here",
            file=str(path),
            cure="name a place that can be written: --register FILE",
        )


def warn_old_python(version: tuple[int, int, int]) -> str:
    """Return what to say about an interpreter with a known hole, in both languages; nothing otherwise."""
    wanted = next((first for first in MENDED if first[:2] == version[:2]), version)
    if version >= wanted:
        return ""
    here, there = (".".join(map(str, parts)) for parts in (version, wanted))
    return (
        f"Python {here} có lỗ hổng đã biết (CVE-2024-0450), hãy nâng lên {there} trở lên · "
        f"Python {here} has a known hole (CVE-2024-0450): upgrade to {there} or newer"
    )


def _check_address(proxy: str) -> str:
    """Return the address of a proxy, if it is one; a name, or everybody, is not believed."""
    try:
        return str(ip_address(proxy)) if proxy else ""
    except ValueError as error:
        raise ParameterFault(f"--proxy {proxy} → give one address, such as 127.0.0.1") from error


def _run_until_stopped(command: list[str], environment: dict[str, str]) -> int:
    """Run the server as a child that is told to stop with this process, and ends where this one is killed.

    The child reads from a pipe that nobody writes into: when this process is gone, the pipe ends.
    """
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE) as server:
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        try:
            return server.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            server.terminate()
