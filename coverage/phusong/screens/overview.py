"""The one page so far: the map, the table of gaps and the summary."""

from __future__ import annotations

import streamlit as st

from phusong.screens.results import load_gaps, load_map, load_summary, results_folder, results_stamp
from phusong.views.summary import summary_lines
from phusong.vocabulary.tables.results import GAPS, HAMLETS
from phusong.vocabulary.terms import GapClass

MAP_HEIGHT = 860

folder = results_folder()
if not (folder / "manifest.json").exists():
    st.title("Phủ Sóng")
    st.info(f"Chưa có kết quả ở {folder} · No results yet in {folder}: `phusong demo`")
    st.stop()

stamp = results_stamp(folder)
summary = load_summary(folder, stamp)
language = st.segmented_control("Ngôn ngữ · Language", ["vi", "en"], default="vi") or "vi"
st.title(f"Phủ Sóng: {summary['province']}")
if summary["demonstration"]:
    st.warning("DỮ LIỆU MÔ PHỎNG – KHÔNG PHẢI SỐ LIỆU THẬT · MADE-UP DATA, NOT REAL FIGURES")

picture, table, words = st.tabs(["Bản đồ · Map", "Danh sách · List", "Tóm tắt · Summary"])
with picture:
    st.iframe(load_map(folder, stamp), height=MAP_HEIGHT)
with table:
    gaps = load_gaps(folder, stamp)
    chosen = st.pills(
        "Nhóm · Class",
        [str(c) for c in GapClass],
        default=["K5", "K4", "K3", "KU"],
        selection_mode="multi",
    )
    shown = gaps[gaps["class"].isin(chosen)]
    labels = {c.name: getattr(c, language) for c in (*HAMLETS.columns, *GAPS.columns)}
    st.caption(
        f"{len(shown)} / {len(gaps)} thôn, tổ dân phố · hamlets; {summary['as_of']}; {summary['edition']}"
    )
    st.dataframe(shown.rename(columns=labels), hide_index=True, width="stretch")
with words:
    st.code("\n".join(summary_lines(summary, language)), language=None, wrap_lines=True)
