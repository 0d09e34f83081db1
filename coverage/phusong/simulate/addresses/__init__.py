"""Addresses as people and offices write them, each with what it truly means.

Written without a look at the matcher: nothing here knows how `places.addresses` reads.
"""

from phusong.simulate.addresses.drawing import simulate_addresses as simulate_addresses
