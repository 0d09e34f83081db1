"""Which pupils are left out: need, eligibility, tier, rank, and how many there are where."""
