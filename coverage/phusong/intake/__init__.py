"""Let raw files in: read, checked, listed, and never silently repaired."""
