"""The commands: thin, each one screen of code over the storeys below.

Exit codes: 0 done; 1 a fault of ours; 2 input or arguments refused; 3 a person must answer.
"""

from __future__ import annotations

import sys

import typer

from phusong.cli.commands import LateGroup
from phusong.vocabulary.errors import PhusongError

application = typer.Typer(
    name="phusong",
    cls=LateGroup,
    help="Phủ Sóng: which hamlets and which pupils are left out, and what is the best next đồng.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@application.callback()
def _stand_above() -> None:
    """Make a group of it: the commands are added when they are called."""


def main() -> None:
    """Run the console script: a fault on purpose prints its message and gives its exit code."""
    try:
        application()
    except PhusongError as fault:
        print(f"phusong: {fault}", file=sys.stderr)
        sys.exit(fault.exit_code)
