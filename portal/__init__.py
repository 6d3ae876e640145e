"""
The website side: Harbour Bank's pages, the files of the chat widget, and the API for a person's rights.

It must never load anything from another address, and never answer anything about a person but to themself.
"""
