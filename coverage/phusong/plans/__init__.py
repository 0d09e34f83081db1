"""What to build, in which order, and how far from the best that could be."""
