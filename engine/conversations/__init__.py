"""
Where Rasa keeps conversations: sealed with each person's own key, in the consent store's database.

Erasing a person erases them too. Must never write a text, a value or a channel's id in plain, nor log one.
"""
