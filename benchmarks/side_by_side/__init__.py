"""A stock Rasa assistant and ours, started, talked to and weighed in one run by one client."""
