"""The entries: what was promised, received, set apart, handed over and confirmed, by form and source.

An entry holds money, or pieces with their estimated value, never both. Nothing is corrected: a wrong entry
is reversed by another one. The database keeps received − handed over ≥ 0 for every source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from phusong.ledger.chronology import check_entry
from phusong.ledger.faults import LedgerFault
from phusong.ledger.tables import BALANCES, ENTRIES
from phusong.ledger.writing import Row, Writing
from phusong.vocabulary.book import ContributionForm

#: The five stages, and the column of `balances` that each one fills.
STAGES = {
    "pledge": "pledged",
    "receipt": "received",
    "allocation": "allocated",
    "hand_over": "handed_over",
    "confirmation": "confirmed",
}
#: The stage that must have come before, as far as one goes.
BEFORE = {"allocation": "receipt", "hand_over": "allocation", "confirmation": "hand_over"}
MEASURES = {"vnd": "amount_vnd", "pieces": "pieces", "value_vnd": "value_vnd"}
IN_KIND_FORMS = frozenset({ContributionForm.DEVICES, ContributionForm.TARIFF})


@dataclass(frozen=True)
class Amount:
    """Hold a sum of money, or things with their estimated value.

    Parameters
    ----------
    vnd : money [VND].
    pieces : things.
    value_vnd : what the things are estimated to be worth [VND]; never added to money.
    """

    vnd: int | None = None
    pieces: int | None = None
    value_vnd: int | None = None

    def __post_init__(self) -> None:
        if (self.vnd is None) == (self.pieces is None):
            raise LedgerFault("an entry holds either a sum of money or a number of pieces")
        if (self.vnd or self.pieces or 0) <= 0:
            raise LedgerFault(
                "an entry holds more than nothing", cure="reverse a wrong one instead"
            )

    @property
    def columns(self) -> Row:
        """Return the amount as an entry's columns."""
        return {"amount_vnd": self.vnd, "pieces": self.pieces, "value_vnd": self.value_vnd}


def add_entry(
    writing: Writing, stage: str, amount: Amount, *, form: str, source_code: str, **more: Any
) -> Row:
    """Add an entry, with its own line of the journal, and return it.

    Parameters
    ----------
    writing : the command at work.
    stage : a word of `STAGES`.
    amount : how much.
    form, source_code : whose money or things; sources are never mixed.
    more : any of `contribution_id`, `item`, `purpose`, `dated`.

    Raises
    ------
    LedgerFault
        If more would leave the source than lies in it, or the day lies before that of the stage it follows.
    """
    if form in IN_KIND_FORMS and amount.vnd is not None:
        raise LedgerFault(f"the form {form} is counted in pieces, never in money")
    row = {
        "number": writing.take_number(ENTRIES),
        "stage": stage,
        "form": form,
        "source_code": source_code,
        "reverses": None,
        **amount.columns,
        **more,
    }
    return _put(writing, row)


def reverse_entry(writing: Writing, number: int, dated: str | None) -> Row:
    """Reverse an entry by another one that names it, and return the new one."""
    known = writing.connection.execute(select(ENTRIES).where(ENTRIES.c.number == number))
    entry = known.mappings().one_or_none()
    if entry is None:
        raise LedgerFault(f"there is no entry {number}")
    if entry["reverses"] is not None:
        raise LedgerFault(f"entry {number} is itself a reversal", cure="enter the sum once more")
    undone = select(ENTRIES.c.number).where(ENTRIES.c.reverses == number)
    by = writing.connection.execute(undone).scalar_one_or_none()
    if by is not None:
        raise LedgerFault(f"entry {number} has been reversed by entry {by}")
    turned = {n: None if entry[n] is None else -entry[n] for n in MEASURES.values()}
    row = {**entry, **turned, "number": writing.take_number(ENTRIES), "reverses": number}
    return _put(writing, {**row, "dated": dated or entry["dated"]})


def _put(writing: Writing, row: Row) -> Row:
    """Write an entry and move the balances of its source."""
    check_entry(writing.connection, row)
    writing.record("entry", str(row["number"]), {ENTRIES: [row]}, action=row["stage"])
    writing.flush()
    column = STAGES[row["stage"]]
    for measure, name in MEASURES.items():
        if row[name]:
            _move(writing, row, measure, column, row[name])
    return row


def _move(writing: Writing, row: Row, measure: str, column: str, amount: int) -> None:
    """Move one balance, which the database refuses where it would fall below what is allowed."""
    key = {"form": row["form"], "source_code": row["source_code"], "measure": measure}
    place = [BALANCES.c[name] == value for name, value in key.items()]
    known = writing.connection.execute(select(BALANCES).where(*place)).mappings().one_or_none()
    before = dict(known) if known else {**key, **dict.fromkeys(STAGES.values(), 0)}
    after = {**before, column: before[column] + amount}
    if measure != "value_vnd":
        _check_order(after, measure, row["source_code"])
    if known is None:
        writing.connection.execute(insert(BALANCES), [after])
    else:
        writing.connection.execute(update(BALANCES).where(*place).values({column: after[column]}))


def _check_order(balance: Row, measure: str, source_code: str) -> None:
    """Say in words what the database would refuse: no stage holds more than the one before."""
    for stage, earlier in BEFORE.items():
        has, had = balance[STAGES[stage]], balance[STAGES[earlier]]
        if has > had:
            unit = "VND" if measure == "vnd" else "pieces"
            raise LedgerFault(
                f"{source_code}: {has:,} {unit} would be {STAGES[stage].replace('_', ' ')}, "
                f"but only {had:,} {STAGES[earlier].replace('_', ' ')}",
                cure="look: phusong ledger balance",
            )


def list_standing_entries(
    writing: Writing, stage: str, *, contribution_id: str | None = None, item: str | None = None
) -> list[Row]:
    """Return the entries of one stage about a contribution or an item that nobody has reversed."""
    about = ENTRIES.c.contribution_id == contribution_id if item is None else ENTRIES.c.item == item
    asked = select(ENTRIES).where(ENTRIES.c.stage == stage, about).order_by(ENTRIES.c.number)
    if item is None:
        asked = asked.where(ENTRIES.c.item.is_(None))
    rows = [dict(r) for r in writing.connection.execute(asked).mappings()]
    reversed_ones = {r["reverses"] for r in rows}
    return [r for r in rows if r["reverses"] is None and r["number"] not in reversed_ones]


def settle_total(
    writing: Writing, stage: str, total: Amount | None, *, form: str, source_code: str, **more: Any
) -> None:
    """Bring what stands under a contribution or item to a total, by one more entry or by reversals.

    Parameters
    ----------
    writing : the command at work.
    stage : ``pledge`` or ``receipt``.
    total : what should stand; None for nothing.
    form, source_code : whose.
    more : `contribution_id` or `item`, and `dated`.
    """
    standing = list_standing_entries(
        writing, stage, contribution_id=more.get("contribution_id"), item=more.get("item")
    )
    same = all(r["form"] == form and r["source_code"] == source_code for r in standing)
    has = {n: sum(r[n] or 0 for r in standing) for n in MEASURES.values()}
    wanted = {n: (total.columns[n] or 0) if total else 0 for n in MEASURES.values()}
    if same and has == wanted:
        return
    rest = {n: wanted[n] - has[n] for n in wanted}
    grows = same and not has["pieces"] and rest["amount_vnd"] > 0 and not wanted["pieces"]
    amount = Amount(vnd=rest["amount_vnd"]) if grows else total
    if amount is not None:
        add_entry(writing, stage, amount, form=form, source_code=source_code, **more)
    for row in [] if grows else standing:
        reverse_entry(writing, row["number"], more.get("dated"))
