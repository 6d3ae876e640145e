"""
The command line `askfirst`, for those who keep the consent store.

Must never print a key or the id that a person has in a channel, and a value only in the person's export.
"""
