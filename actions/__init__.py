"""
The thin shell around the help: tracker in, one call into `actions.flow`, words out. Holds no rule about
consent.
"""
