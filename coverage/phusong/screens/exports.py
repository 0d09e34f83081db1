"""Exports: built when somebody asks, fetched once, by whoever asked, within some minutes, and logged."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from phusong.access.links import offer_link
from phusong.access.log import log_access
from phusong.access.sessions import hash_key
from phusong.screens.frame import Screen
from phusong.screens.state import built_files

EXPORT = "/export/"
DIGEST_SHOWN = 16


@dataclass(frozen=True)
class BuiltFile:
    """Hold a file that waits to be fetched.

    Parameters
    ----------
    name : under which it is saved.
    body : its bytes.
    """

    name: str
    body: bytes

    @property
    def kind(self) -> str:
        """Return its media type."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def __repr__(self) -> str:
        """Return name and size; what is in it is nobody's business in a log."""
        return f"BuiltFile({self.name}, {len(self.body)} bytes)"


def offer(
    screen: Screen, label: str, name: str, build: Callable[[], bytes], *, rows: int = 0
) -> None:
    """Show a button that builds a file when pressed, then a link that leads to it once.

    Parameters
    ----------
    screen : of the page.
    label : on the button, in the screen's language.
    name : of the file, without anybody's name; its ending says what it is.
    build : returns its bytes; it asks for its data itself, with `screen.principal`.
    rows : how many rows the log says it has [rows].
    """
    if st.button(label, key=f"export {name}", icon=":material/download:"):
        link = prepare(screen, name, build(), rows=rows)
        told = screen.say("Download {name}", name=name)
        st.markdown(f'<a href="{link}" target="_self" download>{told}</a>', unsafe_allow_html=True)
        minutes = int(screen.desk.limits.number("export_min"))
        st.caption(screen.say("The link works once, for you alone, for {n} minutes.", n=minutes))


def prepare(screen: Screen, name: str, body: bytes, *, rows: int = 0) -> str:
    """Return the link to a file, which is kept in memory until it is fetched or too old; logged.

    Parameters
    ----------
    screen : of whoever may fetch it.
    name, body : of the file.
    rows : how many rows the log says it has [rows].
    """
    desk, now = screen.desk, screen.desk.clock()
    key = offer_link(desk.register, screen.handle, "file", {"name": name}, when=now)
    built_files().put(BuiltFile(name, body), hash_key(key))
    digest = hashlib.sha256(body).hexdigest()[:DIGEST_SHOWN]
    subject = f"{name} sha256:{digest}"
    log_access(desk.register, screen.principal, "export", when=now, subject=subject, rows=rows)
    return EXPORT + key
