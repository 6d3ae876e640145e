"""The catalogue out of its folder, and every check of it: its words, its code, what a program lacks."""
