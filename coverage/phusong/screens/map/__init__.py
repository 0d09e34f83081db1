"""The map of the front end: a component of our own, and what is asked and told through it."""
