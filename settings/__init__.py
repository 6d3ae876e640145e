"""
What the environment and `.env` say about this place: folders, addresses, times, the website.

Every process reads it here, when it asks. What we offer is the catalogue's part; secrets are files in
`keys/`.
"""

from settings.model import PREFIX, ROOT, Settings, SettingsInvalid
from settings.reading import environment, read_settings

__all__ = ["PREFIX", "ROOT", "Settings", "SettingsInvalid", "environment", "read_settings"]
