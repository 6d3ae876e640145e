"""WhatsApp and SMS over Twilio: how requests prove themselves, what they say, how something is said there."""
