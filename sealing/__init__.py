"""
The small shared module for keys, person ids, widget tokens, button seals and sealed conversations.

Everything may import it, so it imports no other package of this project. It must
never write a key, log one, or put one into an error.
"""
