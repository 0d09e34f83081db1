"""What things are called, measured in, and allowed to be."""
