"""A made-up province, hamlet- to nation-sized, as its offices would deliver it.

Real are only the names, codes, populations and rough positions of communes, from the register. Ground,
hills, hamlets, masts, fibre, roads and schools are invented, by seed, and every file says so.
"""
