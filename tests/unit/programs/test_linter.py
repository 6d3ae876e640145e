"""Unfair purpose texts are refused with the reason; fair ones pass. The examples are in cases/linter.yml."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from programs.linter import lint_purpose, lint_words

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "linter.yml").read_text())
KINDS = ("vague", "bundled", "steering", "vocabulary", "shape")
UNFAIR = [(kind, text) for kind in KINDS for text in CASES[kind]]


@pytest.mark.parametrize("text", CASES["fair"])
def test_a_fair_purpose_passes(text):
    assert lint_purpose(text) == ()


@pytest.mark.parametrize(("kind", "text"), UNFAIR)
def test_an_unfair_purpose_is_refused_with_words_and_reason(kind, text):
    findings = [finding for finding in lint_purpose(text) if finding.kind == kind]
    assert findings
    for finding in findings:
        assert finding.words.lower() in text.lower()
        assert finding.reason.endswith(".")


@pytest.mark.parametrize("text", CASES["fair_words"])
def test_plain_words_around_a_permission_pass(text):
    assert lint_words(text) == ()


@pytest.mark.parametrize("text", CASES["steering_words"])
def test_pressure_around_a_permission_is_refused(text):
    assert {finding.kind for finding in lint_words(text)} == {"steering"}


def test_the_programs_own_texts_pass(catalogue):
    for program in catalogue.programs.values():
        assert lint_purpose(program.purpose) == ()
        assert lint_purpose(program.remember_purpose) == ()
        for text in (program.general_help, program.first_steps or "", *program.sentences.values()):
            assert [f for f in lint_words(text) if f.kind == "steering"] == []
