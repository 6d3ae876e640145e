"""
The way of one conversation, step by step: need, general help, offer, permission, value, tailored help,
rights.
"""
