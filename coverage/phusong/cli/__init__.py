"""The commands: thin, each one screen of code over the storeys below.

Exit codes: 0 done; 1 a fault of ours; 2 input or arguments refused; 3 a person must answer.
"""

from __future__ import annotations

import sys

import typer

from phusong.cli.accounting import application as accounts
from phusong.cli.benching import bench
from phusong.cli.checking import check
from phusong.cli.ledger import application as book
from phusong.cli.locating import locate
from phusong.cli.planning import application as planning
from phusong.cli.replaying import replay
from phusong.cli.reporting import report
from phusong.cli.requesting import kit
from phusong.cli.reviewing import review
from phusong.cli.running import demo, explain, run, status
from phusong.cli.serving import app as serve
from phusong.vocabulary.errors import PhusongError

application = typer.Typer(
    name="phusong",
    help="Phủ Sóng: which hamlets and which pupils are left out, and what is the best next đồng.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (demo, run, status, explain, check, locate, review, report, replay, kit, bench):
    application.command()(command)
application.command(name="app")(serve)
application.add_typer(planning, name="plan")
application.add_typer(book, name="ledger")
application.add_typer(accounts, name="accounts")


def main() -> None:
    """Run the console script: a fault on purpose prints its message and gives its exit code."""
    try:
        application()
    except PhusongError as fault:
        print(f"phusong: {fault}", file=sys.stderr)
        sys.exit(fault.exit_code)
