"""Starts stock Rasa in our environment, with the stand-ins that it needs there and nothing else of ours."""

from __future__ import annotations

from engine import standins

if __name__ == "__main__":
    standins.serve_on_current_sanic()
    from rasa.__main__ import main

    main()
