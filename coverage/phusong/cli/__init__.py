"""The commands: thin, each one screen of code over the storeys below.

Exit codes: 0 done; 1 a fault of ours; 2 input, arguments or the machine refuse; 3 a person must answer;
130 stopped with Ctrl+C; 141 whoever read the output has gone.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from phusong.cli.commands import LateGroup
from phusong.cli.endings import check_words, end_command, prepare_streams
from phusong.cli.interrupts import remember_interrupts, was_interrupted

application = typer.Typer(
    name="phusong",
    cls=LateGroup,
    help="Phủ Sóng: which hamlets and which pupils are left out, and what is the best next đồng.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(asked: bool) -> None:
    """Print the version and end, if it was asked for."""
    if asked:
        print(f"phusong {version('phusong')}")
        raise typer.Exit


@application.callback()
def _stand_above(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", help="say which version this is", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Make a group of it: the commands are added when they are called."""


def main() -> None:
    """Run the console script: whatever goes wrong becomes a sentence and an exit code."""
    prepare_streams()
    try:
        with remember_interrupts():
            _run_command()
    except SystemExit as ending:
        if isinstance(ending.__context__, BrokenPipeError):
            sys.exit(end_command(ending.__context__, ()))
        if ending.code and was_interrupted():
            sys.exit(end_command(KeyboardInterrupt(), ()))
        raise
    except BaseException as error:
        # an exception after Ctrl+C is the interrupt, wrapped by whichever library it landed in
        ended_by = KeyboardInterrupt() if was_interrupted() else error
        sys.exit(end_command(ended_by, sys.argv[1:]))


def _run_command() -> None:
    """Run what the command line asks for, and write out what it printed."""
    check_words(sys.argv[1:])
    try:
        application()
    finally:
        sys.stdout.flush()  # else a full disk is noticed when nobody listens any more
