"""
What runs inside Rasa's process: the launcher, the channels and the understanding of needs.

It imports no package of this project but `sealing`, holds no rule about consent, and must never see a stored
personal value.
"""
