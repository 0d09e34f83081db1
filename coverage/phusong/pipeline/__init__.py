"""The flow, declared as data; what is stale is run again, and nothing else."""
