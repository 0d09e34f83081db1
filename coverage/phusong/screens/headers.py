"""What every answer tells the browser: load nothing from elsewhere, guess no types, be framed by nobody."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from functools import lru_cache
from pathlib import Path

import streamlit

#: For pages of the front end. Streamlit writes styles into elements, so inline ones must work;
#: scripts come from this server alone, or from a component's own text, which is handed over as a blob.
POLICY = (
    "default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval' {hashes}; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'; "
    "frame-ancestors 'none'"
)
#: For a stand-alone page that we show in a frame: it runs by itself, knows no cookie and reaches nothing.
FRAMED = (
    "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; frame-ancestors 'self'"
)
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
NEVER_KEPT = "private, no-store"


@lru_cache(maxsize=1)
def page_policy() -> str:
    """Return the policy of pages, which lets the inline scripts of Streamlit's own page run and no others."""
    page = Path(streamlit.__file__).parent / "static" / "index.html"
    inline = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.DOTALL)
    digests = [b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline]
    return POLICY.format(hashes=" ".join(f"'sha256-{digest}'" for digest in digests))


def write_headers(present: dict[str, str], *, kept: bool) -> dict[str, str]:
    """Return the headers that an answer lacks.

    Parameters
    ----------
    present : headers that it has, names in lower case.
    kept : whether browsers may keep the answer, as they may the program but no data.
    """
    wanted = {**ALWAYS, "content-security-policy": page_policy()}
    if not kept:
        wanted["cache-control"] = NEVER_KEPT
    if "frame-ancestors 'self'" not in present.get("content-security-policy", ""):
        wanted["x-frame-options"] = "DENY"
    return {name: value for name, value in wanted.items() if name not in present}
