"""What the document around the pages says of itself: its language, for those who have it read to them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import streamlit as st

SAYING = """
export default ({ data }) => {
  document.documentElement.lang = data.language;
};
"""


@lru_cache(maxsize=1)
def _register() -> Callable[..., Any]:
    """Return the component; it is made known to Streamlit once."""
    return st.components.v2.component("phusong.document", js=SAYING)


def say_language(language: str) -> None:
    """Write into the document which language its pages are in; Streamlit's own says English always.

    Parameters
    ----------
    language : ``vi`` or ``en``.
    """
    _register()(key="document", data={"language": language}, height=1)
