"""
Messages of messaging apps on their way: kept, sealed, from being taken until they are answered and sent.

What is guaranteed, and what is not, stands in docs/channels/README.md.
"""
