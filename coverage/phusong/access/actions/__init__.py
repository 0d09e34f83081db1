"""The deeds: each takes who does it first, checks that it is theirs to do, and writes it down."""
