"""Pupils that never were: where they live, with whom, what they have, and what is written of them."""
