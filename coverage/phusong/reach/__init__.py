"""Who is reached by what, how well, and how sure we are."""
