"""The tables of the book, edition by edition, as Alembic makes and unmakes them."""
