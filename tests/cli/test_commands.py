"""The list of commands: it tells of each what the command tells of itself, and loads only the one that is called."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

import phusong
from phusong.cli import application
from phusong.cli.commands import COMMANDS, load_command


@pytest.mark.parametrize("name", COMMANDS)
def test_a_line_is_what_the_command_says_of_itself(name):
    stated = load_command(name).help.split("\n\n")[0].replace("\n", " ")
    assert stated == COMMANDS[name].line


def test_the_list_names_every_command():
    described = CliRunner().invoke(application, ["--help"]).output
    assert all(f" {name} " in described for name in COMMANDS)


def test_an_unknown_command_is_refused():
    done = CliRunner().invoke(application, ["cover"])
    assert done.exit_code == 2 and "cover" in done.output


@pytest.mark.parametrize(
    ("typed", "meant"), [("chek", "check"), ("rn", "run"), ("Stauts", "status")]
)
def test_a_mistyped_command_is_answered_with_the_nearest(typed, meant):
    done = CliRunner().invoke(application, [typed])
    assert done.exit_code == 2 and f"“{meant}”" in done.output


def test_the_version_is_printed():
    done = CliRunner().invoke(application, ["--version"])
    assert done.exit_code == 0 and done.output.strip() == f"phusong {phusong.__version__}"


def test_help_waits_for_nothing_that_it_does_not_need():
    script = (
        "import sys; from typer.testing import CliRunner; from phusong.cli import application;"
        "assert CliRunner().invoke(application, ['--help']).exit_code == 0;"
        "print(sorted({'pandas', 'numba', 'folium', 'scipy'} & set(sys.modules)))"
    )
    described = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert described.stdout.strip() == "[]"


def test_asking_about_results_loads_neither_kernels_nor_solvers_nor_writers_of_documents():
    heavy = {"docx", "folium", "networkx", "numba", "ortools", "splink", "sqlalchemy", "xlsxwriter"}
    script = (
        "import sys; import phusong.cli.running, phusong.pipeline.kept_plans;"
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    described = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert described.stdout.strip() == "[]"
