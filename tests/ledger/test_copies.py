"""Copies, restores and editions: a copy of one moment, a book that moves, tables up and down with what is in them."""

import stat
import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from tests.ledger.books import acting, award, gift, lot, stock

from phusong.ledger.backups import backup_ledger, restore_ledger
from phusong.ledger.book import EDITION, create_ledger, migrate_ledger, open_ledger
from phusong.ledger.campaign import set_window
from phusong.ledger.faults import Damaged, LedgerFault, Unavailable
from phusong.ledger.giving import pledge
from phusong.ledger.inventory import list_commitments, list_windows
from phusong.ledger.queries import list_awards, list_contributions, list_stock
from phusong.ledger.services import take_commitments
from phusong.ledger.verifying import verify_ledger
from phusong.persons.vault import Vault

NOW = datetime(2021, 9, 25, 8, tzinfo=UTC)


def test_a_copy_is_whole_while_others_write_and_can_be_restored_anywhere(book, place, tmp_path):
    stock(book, lot(quantity=1_000))
    stop = threading.Event()

    def _write():
        writer = open_ledger(place)
        for n in range(200):
            if stop.is_set():
                break
            award(writer, f"hs-{n}")
        writer.close()

    thread = threading.Thread(target=_write)
    thread.start()
    path, verdict = backup_ledger(book, tmp_path / "copies", at=NOW)
    stop.set()
    thread.join()
    assert verdict.sound
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    restored, again = restore_ledger(path, tmp_path / "restored.ledger")
    assert (again.anchor, again.sound) == (verdict.anchor, True)
    count = len(list_awards(restored))
    assert list_stock(restored)["taken"].tolist() == [count]
    award(restored, "hs-after")
    restored.close()
    assert verify_ledger(book, verdict.anchor).sound, "the copy's last line is in the book"


def test_a_book_moves_from_a_file_to_a_server_and_back(file_book, server, template, tmp_path):
    stock(file_book)
    award(file_book, "hs-a")
    path, verdict = backup_ledger(file_book, tmp_path, at=NOW)
    there, _ = restore_ledger(path, server.make_database(template))
    award(there, "hs-b")
    back_path, _ = backup_ledger(there, tmp_path / "back", at=NOW)
    back, last = restore_ledger(back_path, tmp_path / "again.ledger")
    assert list_awards(back)["student_key"].tolist() == ["hs-a", "hs-b"]
    assert verify_ledger(back, verdict.anchor).anchor == last.anchor
    there.close()
    back.close()


def test_a_book_is_never_overwritten_and_a_bad_copy_never_restored(file_book, tmp_path):
    pledge(file_book, gift(), acting=acting())
    path, _ = backup_ledger(file_book, tmp_path, at=NOW)
    with pytest.raises(LedgerFault, match="not overwritten"):
        restore_ledger(path, file_book.engine.url.database)
    with pytest.raises(LedgerFault, match="very second"):
        backup_ledger(file_book, tmp_path, at=NOW)
    content = path.read_bytes()
    path.write_bytes(content.replace("Công ty A".encode(), "Công ty B".encode()))
    with pytest.raises(Damaged):
        restore_ledger(path, tmp_path / "new.ledger")


def test_a_copy_that_cannot_be_written_leaves_nothing(file_book, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable):
        backup_ledger(file_book, tmp_path / "file" / "below", at=NOW)


def test_editions_go_up_and_down_with_what_stands_in_the_book(place, tmp_path):
    book = create_ledger(place)
    stock(book)
    award(book, "hs-a")
    anchor = book.head()
    migrate_ledger(book, "0001")
    with pytest.raises(Unavailable, match="edition 0001"):
        open_ledger(place)
    migrate_ledger(book, "head")
    again = open_ledger(place)
    assert verify_ledger(again, anchor).sound
    assert len(list_awards(again)) == 1
    set_window(
        again, "C", opens_on="2021-09-21", closes_on="2021-09-26", basis="KH", acting=acting()
    )
    migrate_ledger(again, "0001")
    migrate_ledger(again, EDITION)
    assert list_windows(again)["closes_on"].tolist() == ["2021-09-26"], "the journal brings it back"
    assert verify_ledger(again).sound
    with pytest.raises(RuntimeError):
        migrate_ledger(again, "base")
    again.close()
    book.close()


def test_an_edition_of_a_promise_outlives_a_step_down(place):
    book = create_ledger(place)
    told = {"operator": "VIETTEL", "hamlet": "Thôn A", "technology": "4G", "state": "planned"}
    dated = {"commune_code": "08914", "edition": "2025-07-01"}
    promises = [{"commitment_id": "C1", **told, **dated}, {"commitment_id": "C2", **told}]
    take_commitments(book, promises, acting=acting())
    for revision in ("0003", "0001"):
        migrate_ledger(book, revision)
        migrate_ledger(book, EDITION)
        listed = list_commitments(book).set_index("commitment_id")["edition"]
        assert listed["C1"] == "2025-07-01"
        assert listed.isna().tolist() == [False, True]
    writing = book.engine.connect().execution_options(writes=True)
    with writing, writing.begin(), pytest.raises(DatabaseError, match="append-only"):
        writing.execute(text("UPDATE commitments SET edition = '2021-01-01'"))
    assert verify_ledger(book).sound
    book.close()


def test_making_a_book_again_changes_nothing(place):
    book = create_ledger(place)
    pledge(book, gift(), acting=acting())
    create_ledger(place).close()
    assert EDITION == "0004"
    assert list_contributions(book)["contribution_id"].tolist() == ["G1"]
    book.close()


def test_a_pupil_who_is_erased_leaves_the_book_whole(file_book, tmp_path):
    import pandas as pd

    vault = Vault(tmp_path / "personal")
    pupils = pd.DataFrame(
        {"student_key": ["hs-a", "hs-b"], "full_name": ["Nguyễn Thị Hạ", "Trần Văn Xuân"]}
    )
    vault.write("pupils", pupils)
    stock(file_book)
    award(file_book, "hs-a", "hs-b")
    vault.erase(["hs-a"], who="administrator", why="đề nghị xóa", when=NOW)
    assert vault.read("pupils")["student_key"].tolist() == ["hs-b"]
    assert verify_ledger(file_book).sound
    assert len(list_awards(file_book)) == 2, "counts stay; whom they were for is known to nobody"
