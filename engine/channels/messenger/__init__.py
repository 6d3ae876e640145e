"""Facebook Messenger: how its requests prove themselves, what they say, and how something is said there."""
