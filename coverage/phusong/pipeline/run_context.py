"""What a run is made with, and the hashes by which it sees that something has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from phusong.gaps.pupils.policy import load_policy
from phusong.persons.erasure import find_erasures
from phusong.pipeline.challenges import hash_checks, read_checks
from phusong.pipeline.province import Province, Source, decisions_path, key_path
from phusong.pipeline.releases import list_numbers, releases_path
from phusong.places.own_units import make_given_register
from phusong.places.registers import Register
from phusong.store import Commit, read_table
from phusong.store.manifest import hash_file, hash_value
from phusong.vocabulary.editions import NO_PROVINCE
from phusong.vocabulary.parameters import Parameters, load_scenario
from phusong.vocabulary.pupils import Audience

#: What of a source is told to readers and changes no row: a stage that reads the file does not see it.
CREDITS = {"publisher": "", "licence": ""}
ABSENT = "absent"
#: What a stage asks of the head that the sources say, see `Province`.
FACTS = ("complete_lists",)


@dataclass
class RunContext:
    """Hold what a run is made with.

    Parameters
    ----------
    province : the province file.
    raw : folder of the raw files.
    parameters : in force, scenario and province overlays included.
    scenario : name of the scenario, or empty.
    commit : the run's results so far.
    path : the province file, beside which the key and the decisions lie.
    version : of phusong.
    moment : when the run began, with its time zone.
    publish : whether the counts of pupils become the next release.
    """

    province: Province
    raw: Path
    parameters: Parameters
    scenario: str
    commit: Commit
    path: Path
    version: str
    moment: datetime
    publish: bool = False
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    _hashes: dict[str, str] = field(default_factory=dict)

    @property
    def key_path(self) -> Path:
        """Return where the key of the pseudonyms lies."""
        return key_path(self.path, self.province)

    @property
    def decisions_path(self) -> Path:
        """Return where the decisions about addresses lie."""
        return decisions_path(self.path, self.province)

    @property
    def releases(self) -> Path:
        """Return where the releases of counts lie."""
        return releases_path(self.path)

    def list_files(self) -> list[str]:
        """List the raw files of the run: its sources, and the province's own list of units."""
        own = self.province.province.register_file
        return [s.file for s in self.province.source] + ([own] if own else [])

    def open_register(self) -> Register:
        """Return the register of the run; without one, the units that its deliveries name."""
        head = self.province.province
        if head.code != NO_PROVINCE:
            return head.unit_register
        given = (read_table(p.parent.parent, p.stem) for p in self._list_given())
        return make_given_register(head.edition, *given)

    def hash_register(self) -> str:
        """Return the hash of what the register of the run is made of, beside the packaged one."""
        head = self.province.province
        given = self._list_given() if head.code == NO_PROVINCE else []
        return hash_value([head.units, *(_hash_path(path) for path in given)])

    def _list_given(self) -> list[Path]:
        """Return where the newest tables lie that name units where there is no register."""
        names = ("communes", "hamlets")
        return [self.commit.path_of(Path("tables") / f"{name}.parquet") for name in names]

    def hash_releases(self, audience: Audience) -> str:
        """Return the hash of which release to an audience is the last."""
        return hash_value(max(list_numbers(self.releases, audience), default=0))

    def head(self, name: str) -> Any:
        """Return one entry of the head of the province file, or a fact derived from it or its sources."""
        return getattr(self.province if name in FACTS else self.province.province, name)

    def checks(self) -> pd.DataFrame:
        """Return what was found on the spot and accepted until the day the question is asked."""
        return read_checks(self.path, until=pd.Timestamp(self.head("as_of")))

    def scenario_labels(self) -> dict[str, str]:
        """Return a scenario's labels, or nothing for the plain run."""
        if not self.scenario:
            return {}
        return dict(load_scenario(self.scenario)["scenario"], name=self.scenario)

    def hash_source(self, file: str) -> str:
        """Return the hash of a source with its companions, since a shapefile is several files."""
        if file not in self._hashes:
            path = self.raw / file
            companions = sorted(p for p in path.parent.glob(f"{path.stem}.*") if p.is_file())
            self._hashes[file] = hash_value([(p.name, hash_file(p)) for p in companions])
        return self._hashes[file]

    def hash_group(self, group: str) -> str:
        """Return the hash of the values of a group; what is written about them changes nothing."""
        return hash_value(list_values(self.parameters, group))


def list_values(parameters: Parameters, group: str) -> dict[str, Any]:
    """List the parameters of a group with their values.

    Parameters
    ----------
    parameters : in force.
    group : name of a group.
    """
    entries = getattr(parameters, group)
    return {name: getattr(entries, name).value for name in type(entries).model_fields}


def strip_credits(source: Source) -> Source:
    """Return a source as a stage sees it that reads its file: without publisher and licence."""
    return source.model_copy(update=CREDITS)


def _hash_path(path: Path) -> str:
    return hash_file(path) if path.exists() else ABSENT


#: What a stage may depend on beside tables, sources, parameters and head, each with its hash.
BESIDE: dict[str, Callable[[RunContext], str]] = {
    "key": lambda run: _hash_path(run.key_path),
    "decisions": lambda run: _hash_path(run.decisions_path),
    "checks": lambda run: hash_checks(run.checks()),
    "erased": lambda run: _hash_path(find_erasures(run.path)),
    "policy": lambda run: hash_value(
        load_policy(run.province.pupils.policy).model_dump(mode="json")
    ),
    "listing": lambda run: hash_value([s.model_dump(mode="json") for s in run.province.source]),
    "contents": lambda run: hash_value([run.hash_source(file) for file in run.list_files()]),
    "units": lambda run: hash_value(run.province.province.units),
    "register": lambda run: run.hash_register(),
    "own_operators": lambda run: hash_value(run.province.own_operators),
    "scenario": lambda run: hash_value(run.scenario_labels()),
    "version": lambda run: hash_value(run.version),
    "releases": lambda run: run.hash_releases(Audience.PUBLIC),
    "office_releases": lambda run: run.hash_releases(Audience.OFFICES),
}
