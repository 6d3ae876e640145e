"""
Tells for each channel whether it is configured, reachable and verified: `askfirst channels check`.

Uses the very clients that send, and changes nothing. Must never print a secret, or what an app answers.
"""
