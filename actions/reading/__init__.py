"""What a short answer means. Only a clear yes is a yes; nothing here stores or grants anything."""
