"""`python -m programs check` names all that is missing at once and ends with 1."""

from __future__ import annotations

import pytest
import yaml
from typer.testing import CliRunner

from programs.__main__ import app

PROGRAMS = ("card_delivery", "debt_payoff", "lost_card")


@pytest.fixture
def project(copy):
    root = copy.root.parent
    for program in PROGRAMS:
        _write(root / "docs/how" / f"{program}.md", "# How")
        _write(root / "tests/unit/programs/cases" / f"{program}.yml", "cases: []")
        examples = "".join(f"- help me with it {n}\n" for n in range(12))
        nlu = {"version": "3.1", "nlu": [{"intent": f"need_{program}", "examples": examples}]}
        _write(root / "data/nlu" / f"{program}.yml", yaml.safe_dump(nlu))
    intents = ["greet", {"need_lost_card": {"use_entities": []}}, "need_card_delivery", "need_debt_payoff"]
    _write(root / "domain.yml", yaml.safe_dump({"intents": intents}))
    return root


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _check(project):
    return CliRunner().invoke(app, ["check", "--project", str(project)])


def test_a_whole_project_passes(project):
    result = _check(project)
    assert result.exit_code == 0
    assert "3 help programs, 0 faults" in result.stdout


def test_all_that_is_missing_is_named_at_once(project, copy):
    (project / "data/nlu/lost_card.yml").unlink()
    (project / "docs/how/debt_payoff.md").unlink()
    (project / "tests/unit/programs/cases/card_delivery.yml").unlink()
    _write(project / "domain.yml", "intents: [need_debt_payoff, need_lost_card]")
    _write(
        project / "data/nlu/debt_payoff.yml", "nlu: [{intent: need_debt_payoff, examples: '- pay it off'}]"
    )
    copy.edit("debt_payoff/program.yml", lambda p: p.update(purpose="serve you better and for marketing"))
    result = _check(project)
    assert result.exit_code == 1
    for words in (
        "data/nlu/lost_card.yml: file is missing",
        "docs/how/debt_payoff.md: file is missing",
        "tests/unit/programs/cases/card_delivery.yml: file is missing",
        "domain.yml: intents: lacks need_card_delivery",
        "data/nlu/debt_payoff.yml: nlu.need_debt_payoff: has 1 examples; at least 10",
        "programs/debt_payoff/program.yml: purpose: vague",
        "programs/debt_payoff/program.yml: purpose: bundled",
    ):
        assert words in result.stderr
    assert "3 help programs, 7 faults" in result.stdout or "faults" in result.stdout


def test_examples_of_another_need_do_not_count(project):
    _write(project / "data/nlu/lost_card.yml", "nlu: [{intent: need_other, examples: '- x'}]")
    assert "data/nlu/lost_card.yml: nlu: has no examples of need_lost_card" in _check(project).stderr


def test_a_program_with_faults_is_still_checked_outside(project, copy):
    copy.write("lost_card/program.yml", "id: [")
    (project / "docs/how/lost_card.md").unlink()
    result = _check(project)
    assert "programs/lost_card/program.yml: not valid YAML" in result.stderr
    assert "docs/how/lost_card.md: file is missing" in result.stderr
