"""Awards proposed: one pupil or a whole plan in one transaction, once per pupil whatever the pseudonym."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import insert

from phusong.ledger.acting import Acting
from phusong.ledger.book import Ledger
from phusong.ledger.faults import AlreadyAwarded, LedgerFault, OutOfStock
from phusong.ledger.holds import cite_award, find_held, find_homes, hold, list_tokens
from phusong.ledger.pupil_changes import find_barring, refuse_changed
from phusong.ledger.refusals import record_refusal
from phusong.ledger.stock import LOT, PACKAGE, count_free, find_stock, move_stock, read_stock
from phusong.ledger.tables import AWARD_MOVES, AWARD_TOKENS, AWARDS, STANDING, STOCK_MOVES
from phusong.ledger.writing import Row, Writing
from phusong.vocabulary.book import AwardState


@dataclass(frozen=True)
class Wish:
    """Say what one pupil is to be given.

    Parameters
    ----------
    student_key : pseudonym of the pupil.
    lot_id, package_id : out of which lot and package; at least one of them.
    tokens : keyed hashes of the pupil's numbers, and of name with date of birth.
    household_key : pseudonym of the household.
    tier, level, policy : of the plan that says so.
    """

    student_key: str
    lot_id: str | None = None
    package_id: str | None = None
    tokens: tuple[str, ...] = ()
    household_key: str | None = None
    tier: str | None = None
    level: str | None = None
    policy: str | None = None


def propose(
    ledger: Ledger,
    wishes: Iterable[Wish],
    *,
    dated: str,
    acting: Acting,
    per_household: bool = False,
    skip_awarded: bool = False,
) -> Row:
    """Propose awards, all of them in one transaction.

    Parameters
    ----------
    ledger : the book.
    wishes : who is to be given what.
    dated : day of the proposal.
    acting : who, why, when.
    per_household : a household may have one award only.
    skip_awarded : leave out pupils who cannot be served: who have an award already (each such refusal is kept
        in the journal), whose family declines, who have left, and for whom nothing lies in store any more;
        otherwise the first of them refuses the whole plan.

    Returns
    -------
    `awards`: pupil → number of the award; `refused`: pupil → why not.

    Raises
    ------
    AlreadyAwarded
        If a pupil has one already, by pseudonym, token or household.
    LedgerFault
        If a family declines, or a pupil has left the province.
    OutOfStock
        If a lot or package has fewer free.
    """
    listed = list(wishes)
    asked = {
        "wishes": [asdict(w) for w in listed],
        "dated": dated,
        "per_household": per_household,
        "skip_awarded": skip_awarded,
    }

    def _work(writing: Writing) -> Row:
        batch = _Batch(writing, dated, per_household, skip_awarded)
        batch.admit(listed)
        record_refusal(writing, *batch.faults)
        batch.write()
        return {"awards": batch.numbers, "refused": batch.refused}

    return dict(ledger.run("propose", acting, asked, _work))


class _Batch:
    """Put a plan's awards together, so that each table is written once."""

    def __init__(
        self, writing: Writing, dated: str, per_household: bool, skip_awarded: bool
    ) -> None:
        self.writing, self.dated = writing, dated
        self.per_household, self.skip_awarded = per_household, skip_awarded
        self.numbers: dict[str, int] = {}
        self.refused: dict[str, str] = {}
        self.faults: list[AlreadyAwarded] = []
        self._admitted: list[tuple[int, Wish, list[str]]] = []

    def admit(self, wishes: list[Wish]) -> None:
        """Let in every wish whose tokens nobody holds, neither in the book nor earlier in the plan."""
        held_by = [self._tokens_of(w) for w in wishes]
        known = find_held(self.writing.connection, {t for tokens in held_by for t in tokens})
        if self.per_household:  # an award of the time before that policy serves its household too
            homes = {w.household_key for w in wishes if w.household_key}
            known = {**find_homes(self.writing.connection, homes), **known}
        barring = find_barring(self.writing.connection, {t for tokens in held_by for t in tokens})
        left = self._count_left(wishes) if self.skip_awarded else {}
        inside: dict[str, int] = {}
        for wish, tokens in zip(wishes, held_by, strict=True):
            fault = (
                self._find_fault(wish, tokens, known, inside)
                or refuse_changed(wish.student_key, tokens, barring)
                or _find_shortage(wish, left)
            )
            if fault is None:
                self._let_in(wish, tokens, inside, left)
            elif self.skip_awarded:
                self._note(wish, fault)
            else:
                raise fault

    def _count_left(self, wishes: list[Wish]) -> dict[str, int]:
        """Return how many pieces are free of everything that is wished for; 0 of what the book never saw."""
        items = {item for wish in wishes for item in items_of(wish)}
        stock = read_stock(self.writing.connection, items)
        return {item: count_free(stock[item]) if item in stock else 0 for item in items}

    def _let_in(
        self, wish: Wish, tokens: list[str], inside: dict[str, int], left: dict[str, int]
    ) -> None:
        """Give a wish its number, and remember what it holds and takes."""
        number = self.writing.take_number(AWARDS)
        self.numbers[wish.student_key] = number
        self._admitted.append((number, wish, tokens))
        inside.update(dict.fromkeys(tokens, number))
        left.update({item: left[item] - 1 for item in items_of(wish) if item in left})

    def _tokens_of(self, wish: Wish) -> list[str]:
        """Return what a wish would hold."""
        if not (wish.lot_id or wish.package_id):
            raise LedgerFault(f"{wish.student_key} is to be given neither device nor package")
        return list_tokens(wish.student_key, wish.tokens, wish.household_key, self.per_household)

    def _find_fault(
        self, wish: Wish, tokens: list[str], known: dict[str, int], inside: dict[str, int]
    ) -> AlreadyAwarded | None:
        """Return why a wish cannot be let in."""
        for token in tokens:
            if token in known:
                return cite_award(self.writing.connection, known[token], wish.student_key, token)
        for token in tokens:
            if token in inside:
                first = self._admitted[inside[token] - self._admitted[0][0]][1]
                return AlreadyAwarded(
                    wish.student_key,
                    award=inside[token],
                    dated=self.dated,
                    lot_id=first.lot_id or "",
                    state=AwardState.PROPOSED,
                    because=token.partition(":")[0].replace("home", "household"),
                )
        return None

    def _note(self, wish: Wish, fault: LedgerFault) -> None:
        """Name who is left out, and go on; a second award that was tried is kept in the journal."""
        self.refused[wish.student_key] = str(fault)
        if isinstance(fault, AlreadyAwarded):
            self.faults.append(fault)

    def write(self) -> None:
        """Take the devices and packages out of store, and write the awards."""
        self._take_stock()
        states, holds = [], []
        for number, wish, tokens in self._admitted:
            write_award(self.writing, number, wish, tokens, self.dated, self.per_household)
            states.append(stand(self.writing, number))
            holds += [{"token": t, "award": number} for t in tokens]
        if states:
            self.writing.connection.execute(insert(STANDING), states)
            hold(self.writing, holds)

    def _take_stock(self) -> None:
        """Take what the plan gives, one move for each lot and package."""
        wanted = Counter(item for _, wish, _ in self._admitted for item in items_of(wish))
        moves = []
        for item, pieces in sorted(wanted.items()):
            find_stock(self.writing.connection, item)
            moves.append(
                move_stock(
                    self.writing,
                    item,
                    {"taken": pieces},
                    reason="proposed",
                    dated=self.dated,
                    line=False,
                )
            )
        if moves:
            rows = [m for m in moves if m is not None]
            self.writing.record("plan", f"{len(self._admitted)} awards", {STOCK_MOVES: rows})


def _find_shortage(wish: Wish, left: dict[str, int]) -> OutOfStock | None:
    """Return why a wish cannot be met from what is left; nothing is known of items that are not counted."""
    short = [item for item in items_of(wish) if left.get(item, 1) < 1]
    if not short:
        return None
    return OutOfStock(f"{wish.student_key}: none of {short[0]} is left in store")


def items_of(wish: Wish) -> list[str]:
    """Return what a wish takes out of store."""
    lots = [LOT + wish.lot_id] if wish.lot_id else []
    return [*lots, PACKAGE + wish.package_id] if wish.package_id else lots


def write_award(
    writing: Writing,
    number: int,
    wish: Wish,
    tokens: list[str],
    dated: str,
    per_household: bool,
    replaces: int | None = None,
) -> None:
    """Write an award with its tokens and its first state."""
    told: dict[str, Any] = {k: v for k, v in asdict(wish).items() if k != "tokens"}
    award = {
        **told,
        "award": number,
        "per_household": int(per_household),
        "replaces": replaces,
        "proposed_by": writing.acting.actor,
        "proposed_on": dated,
    }
    rows = {
        AWARDS: [award],
        AWARD_TOKENS: [{"award": number, "token": t} for t in tokens],
        AWARD_MOVES: [tell_move(writing, number, AwardState.PROPOSED, dated)],
    }
    writing.record("award", str(number), rows)


def tell_move(
    writing: Writing,
    award: int,
    state: str,
    dated: str,
    record: str | None = None,
    serial: str | None = None,
) -> Row:
    """Return the row that says into which state an award has come."""
    number = writing.take_number(AWARD_MOVES)
    told = {"number": number, "award": award, "state": str(state), "dated": dated}
    return {**told, "actor": writing.acting.actor, "record": record, "serial": serial}


def stand(writing: Writing, award: int) -> Row:
    """Return how a new award stands."""
    proposer = writing.acting.actor
    state = str(AwardState.PROPOSED)
    return {
        "award": award,
        "state": state,
        "proposed_by": proposer,
        "approved_by": None,
        "serial": None,
    }
