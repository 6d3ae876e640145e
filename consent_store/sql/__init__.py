"""
Everything of the consent store that speaks SQL.

Must never decide anything: rules are in the pure modules.
"""
