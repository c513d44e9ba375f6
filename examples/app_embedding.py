"""How an app embeds the library: JSON in, JSON out, and nothing is kept.

Run it with answers on standard input: `python examples/app_embedding.py < examples/person.json`.
"""

import json
import sys

from sitriage import AnswerError, triage


def handle(body: str) -> tuple[int, str]:
    """Returns an HTTP-like status and a JSON text for a JSON text of answers."""
    try:
        answers = json.loads(body)
        verdict = triage(answers)
    except json.JSONDecodeError:
        return 400, json.dumps({"error": ["the body is not JSON"]})
    except AnswerError as error:
        # each fault names the finding and what would be readable, never the value
        return 400, json.dumps({"error": [str(fault) for fault in error.faults]})
    shown = verdict.to_dict() | {"text": verdict.text(region="gb")}
    return 200, json.dumps(shown)


if __name__ == "__main__":
    status, reply = handle(sys.stdin.read())
    try:
        print(f"{status}\n{reply}", flush=True)
    except BrokenPipeError:
        # whoever read the reply has gone; closed here, so that Python does not write again at its end
        sys.stderr.close()
