"""Every table, parameter, command and label is documented, in both languages."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from phusong.cli.commands import COMMANDS, load_command
from phusong.vocabulary import book, options, pupils, terms
from phusong.vocabulary.dictionary import describe_parameters, describe_tables
from phusong.vocabulary.parameters import Parameters, list_scenarios, load_parameters, load_scenario
from phusong.vocabulary.tables import TABLES
from phusong.vocabulary.terms import Term

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
CLOSED_LISTS = [
    t
    for module in (terms, pupils, options, book)
    for t in vars(module).values()
    if isinstance(t, type) and issubclass(t, Term) and t.__module__ == module.__name__ and len(t)
]
VIETNAMESE = re.compile(
    "[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.I
)


@pytest.mark.parametrize("terms_of", CLOSED_LISTS, ids=lambda t: t.__name__)
def test_every_term_has_both_labels(terms_of):
    assert all(t.vi.strip() and t.en.strip() for t in terms_of)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_every_table_and_column_has_both_labels(table):
    assert table.vi and table.en and VIETNAMESE.search(table.vi)
    assert all(c.vi and c.en for c in table.columns)
    assert set(table.key) <= set(table.names)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_a_column_with_a_unit_suffix_states_that_unit(table):
    suffixes = {
        "_m": "m",
        "_km2": "km²",
        "_dbm": "dBm",
        "_db": "dB",
        "_mhz": "MHz",
        "_deg": "°",
        "_share": "1",
    }
    for column in table.columns:
        for suffix, unit in suffixes.items():
            if column.name.endswith(suffix):
                assert column.unit == unit, column.name


def test_the_data_dictionary_is_current():
    assert (DOCS / "data_dictionary.md").read_text(encoding="utf-8") == describe_tables()


def test_the_parameter_list_is_current():
    assert (DOCS / "parameters.md").read_text(encoding="utf-8") == describe_parameters()


def test_every_parameter_has_unit_and_source():
    parameters = load_parameters()
    for group in Parameters.model_fields:
        for name in type(getattr(parameters, group)).model_fields:
            entry = getattr(getattr(parameters, group), name)
            assert entry.unit and len(entry.source) > 10, f"{group}.{name}"


def test_a_parameter_with_a_unit_suffix_states_that_unit():
    units = {
        "_m": "m",
        "_db": "dB",
        "_dbm": "dBm",
        "_dbi": "dBi",
        "_mhz": "MHz",
        "_deg": "deg",
        "_mb": "MB",
    }
    for file in (ROOT / "coverage/phusong/parameters").glob("*.toml"):
        for name, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            for suffix, unit in units.items():
                if name.endswith(suffix) and not name.endswith("per_mhz"):
                    assert entry["unit"] == unit, f"{file.name}: {name}"


@pytest.mark.parametrize("name", list_scenarios())
def test_every_scenario_loads_and_says_why(name):
    scenario = load_scenario(name)
    assert load_parameters(scenario["change"]) != load_parameters()
    assert scenario["scenario"]["vi"] and scenario["scenario"]["en"] and scenario["scenario"]["why"]


def test_every_command_and_option_is_documented():
    guide = (DOCS / "commands.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        command = load_command(name)
        assert f"## `phusong {name}" in guide
        section = guide.split(f"## `phusong {name}")[1].split("\n## ")[0]
        for parameter in command.params:
            if parameter.name != "help" and parameter.param_type_name == "option":
                assert parameter.opts[0] in section, f"{name} {parameter.opts[0]}"


def test_no_number_with_meaning_hides_in_a_signature():
    """A default is a parameter in disguise: it would have neither unit, range nor source."""
    rooms = ("vocabulary", "places", "reach", "gaps", "intake", "pipeline", "store")
    hidden = []
    for room in rooms:
        for path in sorted((ROOT / "coverage/phusong" / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    defaults = [*node.args.defaults, *(d for d in node.args.kw_defaults if d)]
                    numbers = [
                        d.value
                        for d in defaults
                        if isinstance(d, ast.Constant) and type(d.value) in (int, float)
                    ]
                    hidden += [f"{path.name}:{node.name} {n}" for n in numbers if n not in (0, 1)]
    assert not hidden
