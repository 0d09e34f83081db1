"""Results as people read them: the map that anybody can open, and the lines of a summary."""
