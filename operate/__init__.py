"""
Set up, start, watch and check Ask First on one machine: what `make` calls.

Must never hold a rule about consent or a personal value, and never end a process that it did not start.
"""
