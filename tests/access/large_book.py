"""A province's worth of pupils and awards, put into the files at once: what they are worth is their number."""

import sqlite3

import numpy as np
import pandas as pd

from phusong.ledger.book import create_ledger
from phusong.ledger.engine import FILE_NAME
from phusong.store import read_table, write_table
from phusong.vocabulary.book import AwardState

STEPS = ["proposed", "approved", "handed_over", "confirmed"]
DAYS = ["2021-09-24", "2021-09-25", "2021-09-26", "2021-09-27"]


def multiply_pupils(folder, pupils):
    """Write so many pupils into the results of a run: those that are there, under other pseudonyms."""
    for name in ("students", "devices"):
        known = read_table(folder, name)
        times = -(-pupils // len(known))
        many = pd.concat([known] * times, ignore_index=True).iloc[:pupils].copy()
        many["student_key"] = [f"hs-{number:026d}" for number in range(pupils)]
        ranked = many["rank"].notna().to_numpy()
        many["rank"] = pd.array(np.where(ranked, np.cumsum(ranked), 0), "Int64")
        many.loc[~ranked, "rank"] = pd.NA
        write_table(many, name, folder)


def fill_book(folder, awards):
    """Make a book in a folder with so many awards, a quarter of them in each of four states."""
    create_ledger(folder / FILE_NAME).close()
    keys = read_table(folder, "students", columns=["student_key"])["student_key"].tolist()
    with sqlite3.connect(folder / FILE_NAME) as book:
        add_awards(book, keys, 1, awards)
    book.close()


def add_awards(book, keys, first, last):
    """Add awards of some numbers to a book, under one line of its journal."""
    numbers = range(first, last + 1)
    line, seal = book.execute("SELECT number + 1, hash FROM head").fetchone()
    mark = f"{line:064d}"
    told = (
        line,
        "2021-09-24T00:00:00+00:00",
        "focal_point",
        "Sở",
        "",
        "propose",
        "plan",
        "",
        "thử",
        "",
        "{}",
    )
    book.execute(
        f"INSERT INTO journal VALUES ({', '.join('?' * 16)})", (*told, None, None, None, seal, mark)
    )
    book.execute("UPDATE head SET number = ?, hash = ?", (line, mark))
    book.executemany(
        "INSERT INTO awards VALUES (?, ?, NULL, ?, NULL, 'T1', 'TH', 'thử', 0, NULL, 'a', ?, ?)",
        ((n, keys[n % len(keys)], f"LO-{n % 40:03d}", DAYS[0], line) for n in numbers),
    )
    moves = [(n, step) for n in numbers for step in range(n % len(STEPS) + 1)]
    (most,) = book.execute("SELECT coalesce(max(number), 0) FROM award_moves").fetchone()
    book.executemany(
        "INSERT INTO award_moves VALUES (?, ?, ?, ?, 'a', NULL, NULL, ?)",
        ((most + i + 1, n, STEPS[step], DAYS[step], line) for i, (n, step) in enumerate(moves)),
    )
    book.executemany(
        "INSERT INTO standing VALUES (?, ?, 'a', NULL, NULL)",
        ((n, STEPS[n % len(STEPS)]) for n in numbers),
    )


assert set(STEPS) <= {str(s) for s in AwardState}
