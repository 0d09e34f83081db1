"""Who is left out, and why."""
