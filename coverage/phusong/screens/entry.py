"""The front end's frame: which pages there are. Nothing else."""

from __future__ import annotations

from pathlib import Path

import streamlit as st


def navigate() -> None:
    """Show the pages."""
    st.set_page_config(page_title="Phủ Sóng", page_icon="📡", layout="wide")
    here = Path(__file__).parent
    overview = st.Page(here / "overview.py", title="Tổng quan · Overview", default=True)
    st.navigation([overview], position="hidden").run()


if __name__ == "__main__":
    navigate()
