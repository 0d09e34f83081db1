"""Read what a run was made with: its province file, and the overlays over the packaged parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from phusong.pipeline.province import Province, read_province
from phusong.store import Manifest, read_manifest
from phusong.vocabulary.errors import ParameterFault


def read_settings(folder: Path) -> tuple[Path, Province, Manifest]:
    """Return the province file, province and manifest behind an output folder.

    Raises
    ------
    ParameterFault
        If the folder holds no results.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        raise ParameterFault(
            f"{folder}: there are no results here → run `phusong run PROVINCE.toml --out {folder}`"
        )
    path = Path(manifest.province_file)
    return path, read_province(path), manifest


def merge_overlays(*overlays: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return several overlays as one; the later one wins where two change the same parameter."""
    merged: dict[str, dict[str, Any]] = {}
    for overlay in overlays:
        for group, changes in overlay.items():
            if not isinstance(changes, dict):
                raise ParameterFault(
                    f"parameters.{group}: write [parameters.{group}] with its entries below"
                )
            merged[group] = {**merged.get(group, {}), **changes}
    return merged
