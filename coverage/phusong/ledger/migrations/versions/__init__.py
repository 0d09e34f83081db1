"""One file an edition."""
