"""Starts stock Rasa in our environment, with the stand-ins that it needs there and nothing else of ours."""

from __future__ import annotations

from engine import serving

if __name__ == "__main__":
    serving.install()
    from rasa.__main__ import main
    from rasa.engine.recipes.default_components import DEFAULT_COMPONENTS  # noqa: F401 (also where a model is loaded)

    main()
