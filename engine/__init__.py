"""
What runs inside Rasa's process: the launcher, the channels and the understanding of needs.

It holds no rule about consent, and must never see a stored personal value.
"""

from engine import standins

standins.install()  # before anything of Rasa's is imported, whoever imports it
