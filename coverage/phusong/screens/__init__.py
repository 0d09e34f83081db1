"""What a browser shows: thin pages over the results."""
