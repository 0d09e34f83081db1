"""What a stage reads is what it declares: nothing more, so that no key is too narrow, and nothing less."""

import sys
from dataclasses import fields
from pathlib import Path

import pytest
from tests.pipeline.promises import add_changes, add_measurements, add_promises

import phusong
from phusong.pipeline import run as running
from phusong.pipeline.province import KINDS, read_province
from phusong.pipeline.run import run_province
from phusong.pipeline.run_context import BESIDE
from phusong.pipeline.stage import Stage
from phusong.pipeline.stage_context import StageContext, UndeclaredAccess
from phusong.pipeline.stages import RUN_GROUPS, STAGES
from phusong.pipeline.staleness import find_module
from phusong.vocabulary.parameters import Parameters
from phusong.vocabulary.pupils import Audience
from phusong.vocabulary.runs import HeadEntry

PACKAGE = Path(phusong.__file__).parent
THINGS = ("reads", "files", "writes", "extras", "sources", "head", "parameters", "beside")
#: Code that carries values from where they lie to a stage and back, and changes none.
CARRIERS = {
    "store", "persons", "pipeline/run.py", "pipeline/run_context.py", "pipeline/result_files.py",
    "pipeline/stage.py", "pipeline/stage_context.py", "pipeline/staleness.py", "pipeline/province.py",
    "pipeline/challenges.py", "pipeline/releases.py",
    "places/own_units.py", "places/systems.py", "places/registers.py",  # the metric system is in the key as a value
    "intake/operators.py", "intake/words.py",  # so are the operators that the province file names
}  # fmt: skip


class Recorded:
    """An object of which every look at an attribute is remembered."""

    def __init__(self, whole, seen):
        self._whole, self._seen = whole, seen

    def __getattr__(self, name):
        value = getattr(self._whole, name)
        self._seen.add(name)
        return value


class RecordingContext(StageContext):
    """A context that remembers the groups of parameters too."""

    made = {}

    def __init__(self, run, stage):
        super().__init__(run, stage)
        self.made[stage.name] = self

    @property
    def parameters(self):
        groups = StageContext.parameters.func(self)
        return Recorded(groups, self.accessed.setdefault("parameters", set()))


@pytest.fixture(scope="module")
def recorded(raw, tmp_path_factory):
    """Stage → what it asked for, and the code that ran, in a run with a source of every kind."""
    folder = tmp_path_factory.mktemp("recorded")
    province = add_changes(add_measurements(add_promises(raw, folder / "raw")))
    assert {s.kind for s in read_province(province).source} == set(KINDS)
    files = {}
    do = running._do

    def watch(stage, *given):
        seen = files.setdefault(stage.name, set())
        sys.setprofile(
            lambda frame, event, _: event == "call" and seen.add(frame.f_code.co_filename)
        )
        try:
            return do(stage, *given)
        finally:
            sys.setprofile(None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "StageContext", RecordingContext)
        patch.setattr(running, "_do", watch)
        run_province(province, folder / "out", publish=True)
    return RecordingContext.made, files


@pytest.mark.parametrize("stage", STAGES, ids=lambda s: s.name)
def test_what_a_stage_asked_for_is_what_it_declares(recorded, stage):
    accessed = recorded[0][stage.name].accessed
    for thing in THINGS:
        assert accessed.get(thing, set()) == set(getattr(stage, thing)), thing
    assert accessed.get("head_if_needed", set()) <= set(stage.head_if_needed)


@pytest.mark.parametrize("stage", STAGES, ids=lambda s: s.name)
def test_the_code_that_ran_is_in_the_key(recorded, stage):
    allowed = CARRIERS | {*stage.rooms, find_module(stage)}
    own = {f for f in recorded[1][stage.name] if f.startswith(f"{PACKAGE}/")}
    assert any(find_module(stage) in file for file in own)
    for file in own:
        name = Path(file).relative_to(PACKAGE).as_posix()
        assert {name, name.split("/")[0]} & allowed, name


@pytest.mark.parametrize("thing", ["head", "table", "file", "sources"])
@pytest.mark.parametrize("stage", STAGES, ids=lambda s: s.name)
def test_what_is_not_declared_is_refused(stage, thing):
    with pytest.raises(UndeclaredAccess, match=stage.name):
        getattr(StageContext(None, stage), thing)("no such thing")


@pytest.mark.parametrize("stage", STAGES, ids=lambda s: s.name)
def test_what_lies_beside_is_refused_unless_it_is_declared(stage):
    asked = {
        "key": lambda c: c.key_path, "decisions": lambda c: c.decisions(), "checks": lambda c: c.checks(),
        "policy": lambda c: c.policy(), "listing": lambda c: c.listing(), "contents": lambda c: c.contents(),
        "register": lambda c: c.register, "units": lambda c: c.units,
        "own_operators": lambda c: c.own_operators,
        "scenario": lambda c: c.scenario, "version": lambda c: c.version,
        "erased": lambda c: c.erased(),
        "releases": lambda c: c.releases(Audience.PUBLIC),
        "office_releases": lambda c: c.releases(Audience.OFFICES),
    }  # fmt: skip
    assert set(asked) == set(BESIDE)
    for name in set(BESIDE) - set(stage.beside):
        with pytest.raises(UndeclaredAccess, match=name):
            asked[name](StageContext(None, stage))


def test_a_group_that_is_not_declared_is_not_there(recorded):
    for stage in STAGES:
        parameters = StageContext.parameters.func(recorded[0][stage.name])
        for group in set(Parameters.model_fields) - set(stage.parameters):
            assert not hasattr(parameters, group)


def test_the_history_depends_on_every_group_that_any_stage_depends_on():
    others = {g for s in STAGES if s.name != "history" for g in s.parameters}
    assert set(RUN_GROUPS) == others


def test_every_field_of_a_stage_is_tested_here():
    others = {"name", "vi", "en", "work", "rooms", "head_if_needed"}
    assert {f.name for f in fields(Stage)} == others | set(THINGS)


def test_every_entry_of_the_head_that_the_history_keeps_has_its_words():
    history = next(stage for stage in STAGES if stage.name == "history")
    assert {str(entry) for entry in HeadEntry} == set(history.head)
