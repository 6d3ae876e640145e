"""
The channels that people and servers reach the assistant by. They carry words and buttons and decide nothing.
"""
