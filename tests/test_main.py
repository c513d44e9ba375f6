"""The command line as a process: arguments, exit codes, pipes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from sitriage import Referral, triage
from sitriage.__main__ import main

ROOT = Path(__file__).parent.parent


def process(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sitriage", *words],
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )


def test_triage_reads_standard_input_and_its_json_reads_back() -> None:
    done = process("triage", "-", "--json", given='{"saddle_numbness": true}')
    assert (done.returncode, done.stderr) == (0, "")
    assert Referral.from_dict(json.loads(done.stdout)) == triage({"saddle_numbness": True})


def test_unreadable_answers_end_with_two_and_no_verdict() -> None:
    done = process("triage", "-", given='{"fever": "canary-7731"}')
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == 'fever: expected true, false or "unsure"\n'


def test_ask_at_the_end_of_its_input_ends_with_130_and_a_verdict() -> None:
    done = process("ask", "--region", "us", given="0\n")
    assert done.returncode == 130
    assert "Stopped. This is the verdict for the answers so far; nothing was stored." in done.stdout
    assert "Call 911" in done.stdout
    assert done.stderr == ""


def test_a_reader_that_closes_the_pipe_is_no_error() -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "sitriage", "findings"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    error = running.stderr.read()
    running.stderr.close()
    assert running.wait(timeout=60) == 0
    assert "BrokenPipe" not in error


def test_the_output_may_be_taken_by_whoever_calls() -> None:
    with redirect_stdout(io.StringIO()) as out:
        assert main(["findings", "saddle"]) == 0
    assert "saddle_numbness" in out.getvalue()


def test_help_names_every_command_and_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    out = capsys.readouterr().out
    assert all(
        f"\n    {word} " in out for word in ("triage", "why", "check", "findings", "ask", "tree", "schema")
    )
    assert all(f"\n  {code} " in out for code in ("0", "1", "2", "130"))


@pytest.mark.parametrize(
    "words", [[], ["nothing"], ["triage"], ["triage", "a", "b"], ["why"], ["ask", "x"], ["--unknown"]]
)
def test_arguments_that_cannot_be_used_end_with_two(words, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    assert "usage: sitriage" in capsys.readouterr().err


def test_completion_in_the_shell_is_a_plus_that_may_be_absent(monkeypatch, capsys) -> None:
    monkeypatch.setitem(sys.modules, "argcomplete", None)
    assert main(["findings", "saddle"]) == 0
    assert "saddle_numbness" in capsys.readouterr().out


def test_a_mistake_of_the_rules_is_two_and_never_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text("name = 3")
    done = process("--rules", str(tmp_path), "triage", "-", given="{}")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "rules/texts.toml: is missing" in done.stderr or "rules/manifest.toml:1" in done.stderr
