"""What may stand in the catalogue's files: the schemas of programs, items and wordings."""
