"""Every test that asks for `book` runs on both databases."""

import pytest
from sqlalchemy import make_url
from tests.ledger.books import Server, find_server

from phusong.ledger.book import create_ledger, open_ledger

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def server():
    programs = find_server()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here (apt-get install postgresql)")
    running = Server(programs).start()
    yield running
    running.clear()


@pytest.fixture(scope="session")
def template(request):
    """The name of a database in which the tables have been made, to be copied."""
    running = request.getfixturevalue("server")
    url = running.make_database()
    create_ledger(url).close()
    return make_url(url).database


@pytest.fixture(params=DATABASES)
def place(request, tmp_path):
    """Where an empty book lies: a file, or the URL of a database."""
    if request.param == "sqlite":
        create_ledger(tmp_path / "book.ledger").close()
        return str(tmp_path / "book.ledger")
    return request.getfixturevalue("server").make_database(request.getfixturevalue("template"))


@pytest.fixture
def book(place):
    """An empty book."""
    ledger = open_ledger(place)
    yield ledger
    ledger.close()


@pytest.fixture
def file_book(tmp_path):
    """An empty book in a file."""
    ledger = create_ledger(tmp_path / "book.ledger")
    yield ledger
    ledger.close()
