"""Starts stock Rasa in our environment, with the stand-ins that it needs there and nothing else of ours."""

from __future__ import annotations

from typing import Any

from engine import standins


def _former_logistic_regression() -> None:
    """Rasa gives a choice that scikit-learn no longer has: what was chosen is now all there is."""
    from rasa.nlu.classifiers import logistic_regression_classifier as classifier

    current = classifier.LogisticRegression

    def made(*, multi_class: str, **options: Any) -> Any:  # noqa: ARG001
        return current(**options)

    classifier.LogisticRegression = made


if __name__ == "__main__":
    standins.serve_on_current_sanic()
    _former_logistic_regression()
    from rasa.__main__ import main

    main()
