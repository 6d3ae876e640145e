"""
The portal's API: tokens for the widget, and a person's rights over the web.

It must never tell or change anything of a person but the one whose token came along.
"""
