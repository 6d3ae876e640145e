"""What several helps compute with: sections of bank.yml that more than one reads, and calendars. Pure."""
