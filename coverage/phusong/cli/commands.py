"""The list of commands: each is loaded when it is called, so that none waits for what another one needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from difflib import get_close_matches
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from phusong.cli.output import check_targets

#: Of a folder that holds results.
MANIFEST = "manifest.json"


class Entry(NamedTuple):
    """Say where a command is written, and what it does in one line.

    Parameters
    ----------
    module : of `phusong.cli`.
    name : of a function, or of a Typer application with commands below it.
    line : what it does; the first line of its own help, kept equal by test.
    """

    module: str
    name: str
    line: str


COMMANDS = {
    "demo": Entry(
        "demonstrating",
        "demo",
        "Make up a province as its offices would deliver it, run the whole pipeline on it, and plan.",
    ),
    "run": Entry(
        "running",
        "run",
        "Run what is stale of a province: from its sources to tables, summary and map.",
    ),
    "status": Entry(
        "running",
        "status",
        "Say what is fresh, what is stale, and why; and what changed from the run before to the last one.",
    ),
    "explain": Entry(
        "running",
        "explain",
        "Say where a table, or one row, comes from: sources, evidence, rules, parameters.",
    ),
    "check": Entry(
        "checking",
        "check",
        "Diagnose one raw file: what is accepted, what is quarantined, and why.",
    ),
    "locate": Entry(
        "locating", "locate", "Find the hamlet of every address, or say why there is none."
    ),
    "review": Entry(
        "reviewing",
        "review",
        "Look at the addresses that wait for a person, decide them group by group, or take a decision back.",
    ),
    "pairs": Entry(
        "pairing",
        "pairs",
        "Look at the pairs of pupils who may be one, decide that they are one or two, or take it back.",
    ),
    "erase": Entry(
        "erasing",
        "erase",
        "Erase a pupil at somebody's request: out of all results, and out of every later run.",
    ),
    "report": Entry(
        "reporting",
        "report",
        "Write a report, an operator's annex or a school's list from the run and the book.",
    ),
    "replay": Entry(
        "replaying",
        "replay",
        "Replay a campaign with its faults, day by day; 0 if everything held that must hold, else 1.",
    ),
    "kit": Entry(
        "requesting",
        "kit",
        "Write the letters and spreadsheet forms with which a province asks for its data.",
    ),
    "bench": Entry("benching", "bench", "Measure: ours beside a peer, in one run on this machine."),
    "app": Entry("serving", "app", "Start the front end on 127.0.0.1; stop it with Ctrl+C."),
    "plan": Entry("planning", "application", "What to do next: the rollout, and the devices."),
    "ledger": Entry("ledger", "application", "The programme's book."),
    "accounts": Entry(
        "accounting",
        "application",
        "Who may sign in to the front end: role and scope, by the subject of the identity provider.",
    ),
}


def describe_unknown(typed: str, known: Iterable[str]) -> str:
    """Return what is said of a command that there is not, with the nearest one.

    Parameters
    ----------
    typed : what was typed.
    known : names of the commands.
    """
    names = list(known)
    near = get_close_matches(typed.lower(), names, n=1)
    hint = f": có phải · did you mean “{near[0]}”?" if near else ""
    return f"không có lệnh · there is no command “{typed}”{hint} → {', '.join(names)}"


def load_command(name: str) -> Any:
    """Return a command with all its options, or a group with its commands.

    Parameters
    ----------
    name : key of `COMMANDS`.
    """
    entry = COMMANDS[name]
    made = getattr(import_module(f"phusong.cli.{entry.module}"), entry.name)
    if not isinstance(made, typer.Typer):
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        alone.command(name)(made)
        made = alone
    command = typer.main.get_command(made)
    command.name = name
    _check_first(command)
    return command


def _check_first(command: Any) -> None:
    """Let a command, or each command of a group, check where it will write before it works."""
    for below in getattr(command, "commands", {}).values():
        _check_first(below)
    work = command.callback
    if work is None:
        return

    @wraps(work)
    def _checked(**given: Any) -> Any:
        check_targets(given)
        with _know_operators(given):
            return work(**given)

    command.callback = _checked


def _know_operators(given: Mapping[str, Any]) -> AbstractContextManager[None]:
    """Return what lets a command know the operators of the province whose results it is given."""
    folder = given.get("folder")
    if not isinstance(folder, Path) or not (folder / MANIFEST).is_file():
        return nullcontext()
    settings = import_module("phusong.pipeline.settings")  # only where there are results
    operators = import_module("phusong.vocabulary.operators")
    known: AbstractContextManager[None] = operators.use_operators(settings.read_operators(folder))
    return known


class LateGroup(TyperGroup):
    """List the commands from their lines alone, and load the one that is called."""

    def list_commands(self, _ctx: Any) -> list[str]:
        """Return the names of the commands, in the order in which they are told."""
        return list(COMMANDS)

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        """Return what the list says of a command."""
        entry = COMMANDS.get(cmd_name)
        return entry and TyperCommand(cmd_name, help=entry.line)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command that is called, loaded; one that there is not is answered with the nearest."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            ctx.fail(describe_unknown(args[0], COMMANDS))
        name, command, rest = super().resolve_command(ctx, args)
        return name, load_command(name) if name else command, rest
