"""`replay vp242`: the campaign of September to December 2021, day by day, on made-up pupils."""
