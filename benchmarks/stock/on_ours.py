"""Starts stock Rasa in our environment, with the stand-ins that it needs there and nothing else of ours."""

from __future__ import annotations

from engine import serving, standins

if __name__ == "__main__":
    serving.install()
    standins.logistic_regression()
    from rasa.__main__ import main

    main()
