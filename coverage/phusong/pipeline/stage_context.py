"""What a stage may look at, and where it puts what it makes: what it has declared, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from phusong.gaps.pupils.policy import NeedPolicy, load_policy
from phusong.persons.erasure import find_erasures, read_marks
from phusong.persons.keys import open_key
from phusong.persons.vault import Vault
from phusong.pipeline.province import Source
from phusong.pipeline.result_files import (
    PERSONAL_FOLDER,
    QUARANTINE_FOLDER,
    TERRAIN_FILE,
    personal_name,
)
from phusong.pipeline.run_context import RunContext, list_values, strip_credits
from phusong.pipeline.stage import Stage
from phusong.places.registers import Register
from phusong.store import read_table, read_terrain_grid, write_table, write_terrain_grid
from phusong.store.decisions import Decision, read_decisions
from phusong.vocabulary.parameters import Parameters
from phusong.vocabulary.pupils import Audience
from phusong.vocabulary.tables.persons import PERSONAL

if TYPE_CHECKING:
    from phusong.reach.terrain import Terrain

#: Audience → what a stage declares that looks at the releases to it.
REGISTERS = {Audience.PUBLIC: "releases", Audience.OFFICES: "office_releases"}


class UndeclaredAccess(LookupError):
    """Tell that a stage reads or makes something that it does not declare: a bug of ours."""


@dataclass
class StageContext:
    """Hand a stage what it declares; whatever it asks for beyond is refused, so that no key is too narrow.

    Parameters
    ----------
    stage : the stage that asks.
    accessed : field of `Stage` → what the stage has asked for.
    counts : what the stage has counted for the manifest.
    """

    _run: RunContext
    stage: Stage
    accessed: dict[str, set[str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def _check(self, name: str, *fields: str) -> None:
        """Check that the stage declares a thing in one of some fields, and remember that it was asked for."""
        declared = next((f for f in fields if name in getattr(self.stage, f)), None)
        if declared is None:
            raise UndeclaredAccess(
                f"stage {self.stage.name} does not declare “{name}” among its {' or '.join(fields)}"
            )
        self.accessed.setdefault(declared, set()).add(name)

    def head(self, name: str) -> Any:
        """Return one entry of the head of the province file, or a fact derived from it."""
        self._check(name, "head", "head_if_needed")
        return self._run.head(name)

    @property
    def crs(self) -> int:
        """Return the province's metric system."""
        return int(self.head("metric_crs"))

    @property
    def as_of(self) -> pd.Timestamp:
        """Return the day the question is asked."""
        return pd.Timestamp(self.head("as_of"))

    @cached_property
    def parameters(self) -> Parameters:
        """Return the groups of parameters that the stage declares; there are no others in it."""
        groups = {name: getattr(self._run.parameters, name) for name in self.stage.parameters}
        return Parameters.model_construct(set(groups), **groups)

    def values(self, group: str) -> dict[str, Any]:
        """Return the parameters of a group with their values."""
        return list_values(self.parameters, group)

    def sources(self, kind: str) -> list[Source]:
        """Return the sources of a kind, without what changes none of their rows."""
        self._check(kind, "sources")
        return [strip_credits(source) for source in self._run.province.sources(kind)]

    def raw_path(self, source: Source) -> Path:
        """Return where the file of a source lies."""
        self._check(source.kind, "sources")
        return self._run.raw / source.file

    def listing(self) -> list[Source]:
        """Return every source as the province file has it."""
        self._check("listing", "beside")
        return self._run.province.source

    def contents(self) -> dict[str, str]:
        """Return file → hash of every source."""
        self._check("contents", "beside")
        return {file: self._run.hash_source(file) for file in self._run.list_files()}

    @property
    def units(self) -> str:
        """Return the province's own list of units as it is recorded; empty: there is none."""
        self._check("units", "beside")
        return self._run.province.province.units

    @property
    def register(self) -> Register:
        """Return the register of the run; without one, the units that its deliveries name."""
        self._check("register", "beside")
        return self._run.open_register()

    @property
    def key_path(self) -> Path:
        """Return where the key of the pseudonyms lies."""
        self._check("key", "beside")
        return self._run.key_path

    @property
    def secret(self) -> bytes:
        """Return the key of the pseudonyms, on which hangs what is rounded up and what down."""
        return open_key(self.key_path)

    def releases(self, audience: Audience) -> Path:
        """Return where the releases of counts lie, for who looks at those to an audience."""
        self._check(REGISTERS[audience], "beside")
        return self._run.releases

    @property
    def publish(self) -> bool:
        """Return whether this run publishes; whoever asks is never fresh in a run that does."""
        self._check(REGISTERS[Audience.PUBLIC], "beside")
        return self._run.publish

    @property
    def scenario(self) -> dict[str, str]:
        """Return the labels of the scenario with its name; empty for the plain run."""
        self._check("scenario", "beside")
        return self._run.scenario_labels()

    @property
    def moment(self) -> datetime:
        """Return when the run began; no key holds it, so that time alone makes nothing stale."""
        return self._run.moment

    @property
    def own_operators(self) -> str:
        """Return the province's own operators as text; empty where it states none."""
        self._check("own_operators", "beside")
        return self._run.province.own_operators

    @property
    def version(self) -> str:
        """Return the version of phusong."""
        self._check("version", "beside")
        return self._run.version

    def decisions(self) -> list[Decision]:
        """Return what persons have decided about addresses."""
        self._check("decisions", "beside")
        return read_decisions(self._run.decisions_path)

    def erased(self) -> tuple[frozenset[str], bytes]:
        """Return the marks of the pupils who were erased, with their key; neither where there are none."""
        self._check("erased", "beside")
        marks = read_marks(find_erasures(self._run.path))
        return (marks, open_key(self._run.key_path)) if marks else (marks, b"")

    def checks(self) -> pd.DataFrame:
        """Return what was found on the spot and accepted until the day the question is asked."""
        self._check("checks", "beside")
        return self._run.checks()

    def policy(self) -> NeedPolicy:
        """Return whom the policy serves."""
        self._check("policy", "beside")
        return load_policy(self._run.province.pupils.policy)

    def table(self, name: str) -> pd.DataFrame:
        """Return the newest version of a table; empty where nothing was delivered."""
        self._check(name, "reads")
        if name not in self._run.tables:
            path = self._run.commit.path_of(Path("tables") / f"{name}.parquet")
            self._run.tables[name] = read_table(path.parent.parent, name)
        return self._run.tables[name]

    def previous(self, name: str) -> pd.DataFrame:
        """Return a table of the stage's own as its last run left it."""
        self._check(name, "writes")
        return read_table(self._run.commit.folder, name)

    def file(self, name: str) -> Path:
        """Return where the newest version of a file of the output folder lies."""
        self._check(name, "files")
        return self._run.commit.path_of(Path(name))

    def personal(self, name: str) -> pd.DataFrame:
        """Return the newest version of a table that names persons."""
        return Vault(self.file(personal_name(name)).parent).read(name)

    def terrain(self) -> Terrain | None:
        """Return the terrain, or None where none was delivered."""
        return read_terrain_grid(self.file(TERRAIN_FILE).parent.parent)

    def open_quarantine(self, kind: str) -> Path:
        """Return the folder for rows turned away; for rows that name persons it lies in their store."""
        if kind in PERSONAL:
            return Vault(self._run.commit.staging / PERSONAL_FOLDER).open_room(QUARANTINE_FOLDER)
        folder = self._run.commit.staging / QUARANTINE_FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def count(self, name: str, number: int) -> None:
        """Keep a count for the record of the stage in the manifest."""
        self.counts[name] = number

    def save_table(self, name: str, frame: pd.DataFrame) -> None:
        """Save a table that the stage has made."""
        self._check(name, "writes")
        write_table(frame, name, self._run.commit.staging)
        self._run.tables[name] = frame

    def save_personal(self, name: str, frame: pd.DataFrame) -> None:
        """Save a table that names persons where its owner alone can read it."""
        self._check(personal_name(name), "extras")
        Vault(self._run.commit.staging / PERSONAL_FOLDER).write(name, frame)

    def save_terrain(self, terrain: Terrain) -> None:
        """Save the terrain that intake has read."""
        self._check(TERRAIN_FILE, "extras")
        write_terrain_grid(terrain, self._run.commit.staging, crs=self.crs)

    def save_text(self, name: str, text: str) -> None:
        """Save a file of text, such as a page or a summary, under a path in the output folder."""
        self._check(name, "extras")
        path = self._run.commit.staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
