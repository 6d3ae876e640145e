"""
The website side: Harbour Bank's page and the files of the chat widget.

It must never hold or answer anything about a person, and never load anything from another address.
"""
