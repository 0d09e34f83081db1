"""The one room in which a child has a name: who is who, who lives together, and what is kept closed.

Records come in with their hamlet and leave as pupils under a pseudonym. Numbers go through ``numbers``,
everything that can be compared through ``traits``; ``linking`` says which records are one pupil, ``merging``
makes one of them, ``households`` and ``poverty`` say with whom and how poor a pupil lives. ``keys`` makes the
pseudonyms and ``vault`` keeps what names a person; ``tokens`` are
all that a pupil may turn up under again.
"""
