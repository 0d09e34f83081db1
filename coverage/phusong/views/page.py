"""One file that needs no other: text, styles, scripts and data put together, and locked.

The page carries a content security policy that names each of its own scripts and styles by hash and
forbids everything else, so that no text in the data can ever run, and nothing can be fetched.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Sequence
from string import Template
from typing import Any

from phusong.vocabulary.packaged import read_packaged_text

ASSETS = ("views", "assets")

#: The scripts of the map wherever it stands, in order; what comes before and after says where that is.
PARTS = (
    "words.js",
    "findings.js",
    "plan.js",
    "drawing.js",
    "legend.js",
    "list.js",
    "panel.js",
    "search.js",
    "controls.js",
)
SCRIPTS = ("disk.js", *PARTS, "head.js", "start.js")
STYLES = ("common.css", "page.css")

POLICY = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def assemble_page(
    *,
    title: str,
    language: str,
    noscript: str,
    map_html: str,
    map_script: str,
    data: dict[str, Any],
) -> str:
    """Return the page as one text.

    Parameters
    ----------
    title : title of the document.
    language : ``vi`` or ``en``.
    noscript : what a reader without scripts is told.
    map_html : the element that holds the map.
    map_script : the script that makes it.
    data : what the page shows, as plain data.

    Raises
    ------
    ValueError
        If a script or style could end its own element early.
    """
    styles = [read_leaflet_style(), *(read_asset("page", name) for name in STYLES)]
    scripts = [read_leaflet_script(), read_asset("page", "ink.js"), map_script, read_page_script()]
    for text in (*styles, *scripts):
        _check_contained(text)
    policy = POLICY.format(scripts=_name_hashes(scripts), styles=_name_hashes(styles))
    return Template(read_asset("page", "page.html")).substitute(
        title=html.escape(title),
        language=language,
        noscript=html.escape(noscript),
        policy=policy,
        main=read_main(map_html, "main"),
        data=embed_json(data),
        styles="\n".join(f"<style>{text}</style>" for text in styles),
        scripts="\n".join(f"<script>{text}</script>" for text in scripts),
    )


def read_asset(*parts: str) -> str:
    """Return the text of an asset, with the line ends that a browser hashes."""
    return read_packaged_text(*ASSETS, *parts).replace("\r\n", "\n")


def read_main(map_html: str, tag: str) -> str:
    """Return the choices, the chart and the table around it.

    Parameters
    ----------
    map_html : the element that holds the map.
    tag : of the element around all of it: ``main`` where it is the document's own, else ``div``.
    """
    text = Template(read_asset("page", "main.html")).substitute(map=map_html.strip(), tag=tag)
    return text.strip()


def read_leaflet_style() -> str:
    """Return Leaflet's style without the images of controls that the page does not have."""
    return re.sub(r"url\([^)]*\)", "none", read_asset("leaflet", "leaflet.css"))


def read_leaflet_script() -> str:
    """Return Leaflet without the line that points a debugger to another file."""
    return re.sub(r"\n//# sourceMappingURL=.*", "", read_asset("leaflet", "leaflet.js"))


def read_page_script() -> str:
    """Return the page's own scripts as one, in a scope of its own."""
    return f'(() => {{\n"use strict";\n{join_scripts(SCRIPTS)}}})();\n'


def join_scripts(names: Sequence[str]) -> str:
    """Return scripts of the page as one text.

    Parameters
    ----------
    names : of their files, in order.
    """
    return "\n".join(read_asset("page", name) for name in names)


def embed_json(data: Any) -> str:
    """Return data as JSON in which no text can end the element that holds it.

    Raises
    ------
    ValueError
        If a number is not finite.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def hash_text(text: str) -> str:
    """Return the hash of a script or style as a policy names it (CSP level 3, hash-source)."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _name_hashes(texts: Sequence[str]) -> str:
    return " ".join(hash_text(text) for text in texts)


def _check_contained(text: str) -> None:
    """Refuse a script or style that holds the end of its element or the start of a comment."""
    if re.search(r"</(script|style)|<!--", text, re.IGNORECASE):
        raise ValueError("a script or style of the page would end its own element")
