"""The programme's book: what was given, what lies in store, who was awarded what, and who decided it.

Everything that happens is a line of the ``journal``, which only grows and in which every line seals the
one before. A line carries the rows that it adds to the other tables; ``balances``, ``stock``, ``standing``
and the ``holds`` are what follows from them, kept by the database under constraints. ``book`` opens the
ledger and runs commands; ``giving``, ``lots``, ``awards``, ``award_steps``, ``services`` and ``campaign``
are the commands; ``imports`` takes the tables that the door has accepted; ``verifying`` proves the book
against itself; ``backups`` copies it; ``queries``, ``inventory`` and ``stories`` read it, and ``telling``
says a story in words. Pupils and households stand in it under pseudonyms only.
"""
