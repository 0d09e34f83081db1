"""The analysts' shelf: a few functions over the rooms below, for notebooks and short scripts."""
