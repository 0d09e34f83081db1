"""Every table in the project, as a schema: what was accepted at the door, and what was found out."""

from phusong.vocabulary.schema import Table
from phusong.vocabulary.tables.accepted import ACCEPTED
from phusong.vocabulary.tables.book import BOOK
from phusong.vocabulary.tables.persons import PERSONAL
from phusong.vocabulary.tables.results import RESULTS

#: Every table by name.
TABLES: dict[str, Table] = {
    t.name: t for t in (*ACCEPTED.values(), *BOOK.values(), *PERSONAL.values(), *RESULTS)
}
