"""Where everybody is: the administrative map by edition, hamlets, their ground and test points."""
