"""The commands, one group a file; thin: name the person, call the store once, show what it says."""
