"""
Measures of the consent store against the bare database, in one process and one run: `make bench`.

Timings are never tests: they depend on the machine and on what else runs on it.
"""
