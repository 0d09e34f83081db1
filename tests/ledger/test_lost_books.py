"""A file that is no book, one that is damaged, and one that became shorter: told, left as it is, and cured."""

import random
import shlex
import shutil
from datetime import UTC, datetime

import pytest
from tests.ledger.books import acting, gift
from typer.testing import CliRunner

from phusong.cli import application
from phusong.ledger.backups import backup_ledger, restore_ledger
from phusong.ledger.book import create_ledger, open_ledger
from phusong.ledger.faults import Damaged, LedgerFault, Unavailable
from phusong.ledger.giving import pledge
from phusong.ledger.last_seen import read_last_seen
from phusong.ledger.queries import list_contributions
from phusong.ledger.verifying import verify_ledger

NOW = datetime(2021, 9, 25, 8, tzinfo=UTC)


@pytest.fixture
def kept(tmp_path):
    """A book of three gifts with a copy of it, closed."""
    path = tmp_path / "phusong.ledger"
    ledger = create_ledger(path)
    for n in range(3):
        pledge(ledger, gift(f"G{n}", donor=f"Công ty {n}"), acting=acting())
    backup_ledger(ledger, tmp_path / "copies", at=NOW)
    ledger.close()
    return path


def cure_of(fault):
    """The words of the command that a refusal names."""
    command = fault.cure.partition("phusong ")[2]
    assert command, fault
    return shlex.split(command)


def spoil(path, how):
    content = path.read_bytes()
    spoilt = {
        "0 bytes": b"", "garbage": b"So theo doi\n" * 400, "cut": content[: len(content) // 3],
        "head alone": content[:100], "holes": content[:4096] + bytes(len(content) - 4096),
    }[how]  # fmt: skip
    path.write_bytes(spoilt)
    return spoilt


@pytest.mark.parametrize("how", ["0 bytes", "garbage", "cut", "head alone", "holes"])
def test_a_spoilt_book_is_left_as_it_is_and_its_cure_cures(kept, how):
    spoilt = spoil(kept, how)
    for open_it in (open_ledger, create_ledger):
        with pytest.raises(Damaged) as refused:
            verify_ledger(open_it(kept))
        assert kept.read_bytes() == spoilt, "the file is left as it is"
    words = cure_of(refused.value)
    assert words[:2] == ["ledger", "restore"] and "copies" in words[2]
    assert CliRunner().invoke(application, words).exit_code == 0
    again = open_ledger(kept)
    assert verify_ledger(again).lines == 6
    again.close()
    (aside,) = kept.parent.glob("phusong.ledger.damaged-*")
    assert aside.read_bytes() == spoilt, "what was there is kept"


def test_another_database_is_no_book_and_stays_what_it_is(tmp_path):
    from phusong.access.register import open_register

    open_register(tmp_path / "phusong.access")
    before = (tmp_path / "phusong.access").read_bytes()
    for open_it in (open_ledger, create_ledger):
        with pytest.raises(Damaged, match="no book"):
            open_it(tmp_path / "phusong.access")
    assert (tmp_path / "phusong.access").read_bytes() == before


def test_a_shorter_book_is_noticed_and_a_longer_one_is_not(kept, tmp_path):
    shutil.copy(kept, tmp_path / "old")
    ledger = open_ledger(kept)
    pledge(ledger, gift("G9", donor="Công ty 9"), acting=acting())
    assert read_last_seen(kept).anchor == ledger.head()
    ledger.close()
    shutil.copy(tmp_path / "old", kept)
    with pytest.raises(Damaged, match="ends at line 6, and had line 8") as refused:
        open_ledger(kept)
    assert CliRunner().invoke(application, cure_of(refused.value)).exit_code == 0
    open_ledger(kept).close()


def test_another_book_in_the_place_is_noticed(kept, tmp_path):
    other = create_ledger(tmp_path / "other.ledger")
    for n in range(5):
        pledge(other, gift(f"X{n}", donor=f"Doanh nghiệp {n}"), acting=acting())
    other.close()
    shutil.copy(tmp_path / "other.ledger", kept)
    with pytest.raises(Damaged, match="line 6 of the book is not the one"):
        open_ledger(kept)


def test_a_book_whose_last_sight_is_lost_or_cannot_be_kept_is_opened(kept):
    seen = kept.with_name("phusong.ledger.seen")
    seen.write_text("{half")
    open_ledger(kept).close()
    seen.unlink()
    seen.mkdir()
    ledger = open_ledger(kept)
    pledge(ledger, gift("G9", donor="Công ty 9"), acting=acting())
    ledger.close()


def test_a_sound_book_is_never_set_aside(kept):
    copy = next((kept.parent / "copies").glob("*.ledger"))
    with pytest.raises(LedgerFault, match="not overwritten"):
        restore_ledger(copy, kept)
    assert not list(kept.parent.glob("*damaged*"))


def test_a_book_that_cannot_be_made_leaves_nothing(tmp_path):
    (tmp_path / "plain").write_text("x")
    with pytest.raises(Unavailable, match="no ledger can be made"):
        create_ledger(tmp_path / "plain" / "book.ledger")
    assert [p.name for p in tmp_path.iterdir()] == ["plain"]


def test_any_damage_is_a_verdict_or_a_refusal(kept):
    content, dice = kept.read_bytes(), random.Random(242)
    for _ in range(40):
        spoilt = bytearray(content)
        for _ in range(dice.randint(1, 60)):
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
        kept.write_bytes(bytes(spoilt))
        words = ["ledger", "verify", "--ledger", str(kept)]
        done = CliRunner().invoke(application, words)
        fault = done.exception
        assert isinstance(fault, LedgerFault | SystemExit | None), repr(fault)
        assert getattr(fault, "exit_code", done.exit_code) in (0, 2)


HIDDEN = ["X\n=1+1", "A\rB", "A\u2028B", "A\u200bB", "\u202eA", "A\x07", "\ufeffA", "A\u0085B"]


@pytest.mark.parametrize("text", [*HIDDEN, "x" * 201])
def test_a_name_is_one_line_of_signs_that_can_be_seen(file_book, text):
    before = file_book.head()
    for told in (gift(text), gift(donor=text)):
        with pytest.raises(LedgerFault, match="line breaks|longer than"):
            pledge(file_book, told, acting=acting())
    for who in ({"role": "focal_point"},):
        with pytest.raises(LedgerFault):
            type(acting())(organisation=text, why="x", at=NOW, **who)
    assert file_book.head() == before


def test_a_blank_that_does_not_break_and_every_letter_are_fine(file_book):
    donor = "Công\u00a0ty TNHH “Ánh Sáng” – chi nhánh № 2 · 株式会社"
    pledge(file_book, gift(donor=donor), acting=acting())
    assert list_contributions(file_book)["donor"].tolist() == [donor]
