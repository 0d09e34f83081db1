"""The results of a run, read when they are asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from phusong.pipeline.grounds import Ground, read_ground
from phusong.pipeline.run import run_province
from phusong.pipeline.settings import merge_overlays, read_settings
from phusong.reach.terrain import Terrain
from phusong.store import finish_commit, has_table, read_table, read_terrain_grid
from phusong.store.manifest import MANIFEST_NAME, hash_file
from phusong.vocabulary.errors import FolderFault
from phusong.vocabulary.parameters import Parameters, load_parameters, load_scenario
from phusong.vocabulary.tables import TABLES


class Results(Mapping[str, pd.DataFrame]):
    """Give the tables of an output folder by name, each read once and only when asked for.

    Parameters
    ----------
    folder : output folder of a run.

    Raises
    ------
    ParameterFault
        If the folder holds no results.
    """

    def __init__(self, folder: Path | str) -> None:
        """Open the folder."""
        self.folder = Path(folder)
        self._stamp = _stamp_run(self.folder)
        _, self.province, self.manifest = read_settings(self.folder)
        self._read: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table.

        Raises
        ------
        KeyError
            If the run made no such table.
        FolderFault
            If the results were made anew since they were opened.
        """
        if name not in self._read:
            if not has_table(self.folder, name):
                raise KeyError(f"{self.folder} has no table “{name}”; there are: {', '.join(self)}")
            frame = read_table(self.folder, name)
            self._check_unchanged()
            self._read[name] = frame
        return self._read[name].copy()

    def _check_unchanged(self) -> None:
        """Refuse to go on with tables of two runs."""
        if _stamp_run(self.folder) != self._stamp:
            what = "these results were made anew since they were opened"
            raise FolderFault(what, file=str(self.folder), cure="read them again: ps.read_results")

    def __iter__(self) -> Iterator[str]:
        """Return the names of the tables."""
        return (name for name in TABLES if has_table(self.folder, name))

    def __len__(self) -> int:
        """Return the number of tables."""
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        """Return whose results these are."""
        head = self.province.province
        return f"<results of {head.name}, {self.manifest.as_of}: {len(self)} tables>"

    @property
    def crs(self) -> int:
        """Return the EPSG code of the metric system in which the province is computed."""
        return self.province.province.metric_crs

    @cached_property
    def parameters(self) -> Parameters:
        """Return the parameters as the run had them."""
        name = self.manifest.scenario
        change = load_scenario(name)["change"] if name else {}
        return load_parameters(merge_overlays(self.province.parameters, change))

    @cached_property
    def summary(self) -> dict[str, Any]:
        """Return the headline figures."""
        return json.loads((self.folder / "summary.json").read_text(encoding="utf-8"))

    @cached_property
    def terrain(self) -> Terrain | None:
        """Return the ground of the province; None where none was delivered."""
        return read_terrain_grid(self.folder)

    @cached_property
    def ground(self) -> Ground:
        """Return what a rollout is planned on."""
        return read_ground(self.folder)


def _stamp_run(folder: Path) -> str:
    """Return what changes when the results are made anew, once all of them are in place."""
    finish_commit(folder)
    path = folder / MANIFEST_NAME
    return hash_file(path) if path.exists() else ""


def read_results(folder: Path | str) -> Results:
    """Return the results of a finished run.

    Parameters
    ----------
    folder : output folder of a run.

    Raises
    ------
    ParameterFault
        If the folder holds no results.

    Examples
    --------
    >>> results = ps.read_results(folder)
    >>> len(results["hamlets"]) == len(results["gaps"])
    True
    >>> sorted(results["gaps"]["class"].unique())[0]
    'K1'
    """
    return Results(folder)


def run(
    province: Path | str, folder: Path | str, *, scenario: str = "", as_of: date | None = None
) -> Results:
    """Run what is stale of a province, and return its results.

    Parameters
    ----------
    province : province file.
    folder : output folder.
    scenario : name of a packaged scenario, or empty.
    as_of : the day the question is asked, instead of the province file's.

    Raises
    ------
    ParameterFault, SourceFault, NeedsAnswer
        If the province file or a source is refused.

    Examples
    --------
    >>> again = ps.run(province, folder)
    >>> again.province.province.demonstration
    True
    """
    run_province(Path(province), Path(folder), scenario=scenario, as_of=as_of)
    return Results(folder)
