"""How well needs are understood: the trained model on queries that it never saw, beside stock Rasa."""
