"""``ledger``: make the book, write in it, prove it, copy it."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from phusong.cli.answering import answer_lines, choose_language
from phusong.cli.book_lots import add_lots
from phusong.cli.book_money import Pieces, Value, Vnd, add_money
from phusong.cli.book_options import Where, in_book, on_book
from phusong.cli.book_pupils import add_pupils
from phusong.cli.book_services import add_services
from phusong.cli.book_steps import add_steps
from phusong.cli.book_tables import table_lines
from phusong.cli.checking import parse_answers
from phusong.cli.output import write_json
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.reader_pool import check_in_child
from phusong.ledger.acting import Acting
from phusong.ledger.as_of import BookAsOf
from phusong.ledger.backups import backup_ledger, restore_ledger
from phusong.ledger.book import create_ledger
from phusong.ledger.chain import Anchor
from phusong.ledger.giving import pledge as pledge_gift
from phusong.ledger.giving import receive as receive_gift
from phusong.ledger.imports import IMPORTS
from phusong.ledger.lots import judge_lots as keep_fit
from phusong.ledger.lots import list_missing_lots
from phusong.ledger.money import Amount
from phusong.ledger.queries import count_awards, list_stock, sum_contributions
from phusong.ledger.stories import follow_gift, follow_lot, follow_pupil
from phusong.ledger.telling import tell_story
from phusong.ledger.verifying import SHOWN, Verdict, verify_ledger
from phusong.pipeline.admission import seal_options
from phusong.pipeline.province import key_path, read_province
from phusong.plans.devices import judge_lots
from phusong.vocabulary.book import LEDGER_NAME
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.parameters import Parameters, load_parameters

application = typer.Typer(help="The programme's book.", no_args_is_help=True, add_completion=False)
#: The register whose things are judged as they come.
LOTS = "lots"
#: What a story can be about.
STORIES = {"pupil": follow_pupil, "lot": follow_lot, "gift": follow_gift}
Language = Annotated[str, typer.Option(help="vi or en")]
Json = Annotated[
    Path | None, typer.Option("--json", help="also write it here, for machines; - for the screen")
]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="the last day told of; nothing later counts"),
]
Contribution = Annotated[str, typer.Argument(metavar="CONTRIBUTION", help="number of the gift")]


@application.command()
def init(ledger_url: Where = LEDGER_NAME) -> None:
    """Make the book, or bring an older one up to this edition."""
    ledger = create_ledger(ledger_url)
    print(f"{ledger.engine.url.render_as_string(hide_password=True)}  {ledger.head()}")
    ledger.close()


@application.command(name="import")
@in_book
def import_register(
    ledger: Any,
    acting: Any,
    dated: str,
    kind: Annotated[str, typer.Argument(help=f"one of {', '.join(IMPORTS)}")],
    file: Annotated[Path, typer.Argument(help="the register as it was delivered")],
    sheet: Annotated[str | None, typer.Option(help="sheet of a workbook")] = None,
    encoding: Annotated[str | None, typer.Option(help="encoding of a text file")] = None,
    read: Annotated[
        list[str] | None, typer.Option(help="which column a heading is, as HEADING=COLUMN")
    ] = None,
    province: Annotated[
        Path | None,
        typer.Option(
            metavar="PROVINCE.toml",
            help="province file whose key hashes persons and serials; without it they are left out",
        ),
    ] = None,
) -> None:
    """Take a register in through the door: the same file again changes nothing."""
    if kind not in IMPORTS:
        raise ParameterFault(f"“{kind}” is no register; there are: {', '.join(IMPORTS)}")
    if kind == LOTS:
        acting.check_may("store")
    options, parameters = ReadOptions(sheet=sheet, encoding=encoding), load_parameters()
    options = replace(options, read=parse_answers(read or []))
    if province is not None:
        settings = read_province(province)
        parameters = load_parameters(settings.parameters)
        options = seal_options(options, key_path(province, settings))
    checked = check_in_child(kind, file, options, parameters)
    print("\n".join(answer_lines(checked.diagnosis, choose_language(None))))
    if checked.accepted is None or checked.diagnosis.exit_code:
        raise typer.Exit(checked.diagnosis.exit_code)
    described = [] if kind != LOTS else checked.accepted["lot_id"].tolist()
    missing = list_missing_lots(ledger, described)
    done = IMPORTS[kind](ledger, checked.accepted, acting=acting)
    print(f"new {done.new}, changed {done.changed}, known {done.same}")
    for name, doubt in done.doubts.items():
        print(f"  {name}: not counted ({doubt})")
    for lot_id in missing:
        print(
            f"  {lot_id}: có trong sổ, không có trong tệp này; giữ nguyên, hãy kiểm tra · in the book, "
            "not in this register: kept, check it"
        )
    if kind == LOTS:
        used = checked.accepted[~checked.accepted["lot_id"].isin(list(done.doubts))]
        _set_aside(ledger, used, parameters, dated, acting)


def _set_aside(
    ledger: Any, lots: pd.DataFrame, parameters: Parameters, dated: str, acting: Acting
) -> None:
    """Set aside what is not fit for lessons, so that nobody is given it."""
    fit = judge_lots(lots, devices=parameters.devices).set_index("lot_id")["allocable"]
    described = {str(lot_id): int(count) for lot_id, count in fit.items()}
    own = replace(acting, key="")  # the key is the import's; doing this again changes nothing
    for lot_id in keep_fit(ledger, described, dated=dated, acting=own):
        print(f"  {lot_id}: {described[lot_id]} fit to be given, the rest set aside")


@application.command()
@in_book
def pledge(
    ledger: Any,
    acting: Any,
    dated: str,
    contribution_id: Contribution,
    donor: Annotated[str, typer.Option(help="organisation that gives; persons stay unnamed")],
    form: Annotated[
        str, typer.Option(help="money, devices, tariff, state_budget or fund")
    ] = "money",
    donor_kind: Annotated[str, typer.Option(help="kind of donor")] = "enterprise",
    vnd: Vnd = None,
    pieces: Pieces = None,
    value: Value = None,
    what: Annotated[str | None, typer.Option(help="what is given in kind")] = None,
) -> None:
    """Write down what somebody promises to give."""
    described = {
        "contribution_id": contribution_id, "donor": donor, "donor_kind": donor_kind, "form": form,
        "given_on": dated, "as_of": dated, "pledged_vnd": vnd, "quantity": pieces, "value_vnd": value,
        "in_kind": what,
    }  # fmt: skip
    answer = pledge_gift(ledger, described, acting=acting)
    note = f" (not counted: {answer['doubt']})" if answer["doubt"] else ""
    print(f"{answer['contribution_id']}: {answer['status']}{note}")


@application.command()
@in_book
def receive(
    ledger: Any,
    acting: Any,
    dated: str,
    contribution_id: Contribution,
    vnd: Vnd = None,
    pieces: Pieces = None,
    value: Value = None,
    beyond: Annotated[
        bool,
        typer.Option("--beyond-pledge", help="more has come than was promised, and that is right"),
    ] = False,
) -> None:
    """Write down that a promised sum, or things other than devices, have come."""
    amount = Amount(vnd=vnd, pieces=pieces, value_vnd=value)
    number = receive_gift(
        ledger, contribution_id, amount, dated=dated, acting=acting, beyond=beyond
    )
    print(f"entry {number}")


add_money(application)
add_steps(application)
add_lots(application)
add_pupils(application)
add_services(application)


@application.command()
@on_book
def balance(
    ledger: Any,
    campaign: Annotated[
        str | None, typer.Option(help="part the sums by this campaign's window")
    ] = None,
    as_of: AsOf = None,
    language: Language = "vi",
    json_file: Json = None,
) -> None:
    """Show each form and source by itself, what lies in store, and how many awards are in which state."""
    ledger = ledger if as_of is None else BookAsOf(ledger, as_of.date())
    frames = {
        "sums": sum_contributions(ledger, campaign),
        "stock": list_stock(ledger),
        "awards": count_awards(ledger).query("awards > 0"),
    }
    print("\n\n".join("\n".join(table_lines(f, language)) for f in frames.values()))
    write_json(json_file, {name: f.to_dict("records") for name, f in frames.items()})


@application.command()
@on_book
def story(
    ledger: Any,
    about: Annotated[str, typer.Argument(help=", ".join(STORIES))],
    key: Annotated[str, typer.Argument(help="pseudonym, lot or number of the gift")],
    as_of: AsOf = None,
    language: Language = "vi",
) -> None:
    """Answer a complaint from the log: everything the book says of a pupil, a lot or a gift."""
    if about not in STORIES:
        raise ParameterFault(f"“{about}”: a story is about {', '.join(STORIES)}")
    if as_of is not None:
        ledger = BookAsOf(ledger, as_of.date(), with_journal=True)
    steps = STORIES[about](ledger, key)
    if steps.empty:
        raise ParameterFault(f"the book says nothing of {about} {key}")
    for line in tell_story(steps, language):
        print(line)


@application.command()
@on_book
def verify(
    ledger: Any,
    anchor: Annotated[
        str | None, typer.Option(metavar="NUMBER:HASH", help="line that an older report cites")
    ] = None,
    json_file: Json = None,
) -> None:
    """Prove the book against itself: every seal, every row, every balance; 2 if something is wrong."""
    verdict = verify_ledger(ledger, Anchor.of(anchor) if anchor else None)
    _tell_verdict(verdict)
    described = {**asdict(verdict), "anchor": str(verdict.anchor), "sound": verdict.sound}
    write_json(json_file, described)
    if not verdict.sound:
        raise typer.Exit(2)


def _tell_verdict(verdict: Verdict) -> None:
    """Print a verdict."""
    for fault in verdict.faults[:SHOWN]:
        print(f"✗ {fault}")
    if len(verdict.faults) > SHOWN:
        print(f"✗ and {len(verdict.faults) - SHOWN} more")
    for step in verdict.disorder[:SHOWN]:
        print(f"! {step}")
    if len(verdict.disorder) > SHOWN:
        print(f"! and {len(verdict.disorder) - SHOWN} more days out of order")
    back = (
        f"; the clock went back {verdict.clock_steps_back} times"
        if verdict.clock_steps_back
        else ""
    )
    print(
        f"{'sound' if verdict.sound else 'NOT sound'}: {verdict.lines} lines, {verdict.anchor}{back}"
    )


@application.command()
@on_book
def backup(
    ledger: Any, folder: Annotated[Path, typer.Argument(help="where the copy goes")]
) -> None:
    """Write a verified copy that its owner alone can read."""
    path, verdict = backup_ledger(ledger, folder, at=datetime.now(UTC))
    print(path)
    _tell_verdict(verdict)


@application.command()
def restore(
    copy: Annotated[Path, typer.Argument(help="a copy of `backup`")],
    ledger_url: Where = LEDGER_NAME,
) -> None:
    """Make the book out of a copy, where none is yet."""
    ledger, verdict = restore_ledger(copy, ledger_url)
    _tell_verdict(verdict)
    ledger.close()
