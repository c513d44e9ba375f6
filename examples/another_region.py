"""The same engine with other rules: a made-up pack for a sore ankle."""

from pathlib import Path

from sitriage import Programme, load_rules, triage

RULES = Path(__file__).parent / "ankle_rules"


def main() -> None:
    rules = load_rules(RULES)
    person = {"sore_ankle": "right", "days": 10, "cannot_take_four_steps": False, "numb_foot": False}

    swollen = triage(person | {"swollen_ankle": True}, rules=rules)
    assert isinstance(swollen, Programme)
    for each in swollen.prescriptions:
        print(each.exercise, each.rung, each.side)
    for left_out in swollen.withheld:
        print("left out:", left_out.exercise, "-", left_out.reasons[0].sentence)

    broken = triage(person | {"cannot_take_four_steps": True}, rules=rules)
    print(broken.urgency, broken.reasons[0].sentence)


if __name__ == "__main__":
    main()
