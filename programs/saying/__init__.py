"""From what a help function found to words: sentences filled with values as a person reads them."""
