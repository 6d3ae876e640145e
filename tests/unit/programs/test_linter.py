"""Unfair purpose texts are refused with the reason; fair ones pass. The examples are in cases/linter.yml."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from programs.loading.linter import lint_pressure, lint_purpose, lint_words

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
        if program.has_items:
            assert lint_purpose(program.purpose) == ()
            assert lint_purpose(program.remember_purpose) == ()
        finer = [text for need in program.finer_needs.values() for text in (need.need, need.first)]
        for text in (program.general_help, program.first_steps or "", *finer, *program.sentences.values()):
            assert lint_pressure(text) == ()


def test_help_may_speak_of_what_was_declined_but_not_press():
    assert lint_words("A payment was declined") != ()
    assert lint_pressure("A payment was declined") == ()
    assert [finding.words for finding in lint_pressure("Hurry, it was declined")] == ["Hurry"]
