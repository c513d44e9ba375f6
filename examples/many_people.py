"""A loop over people: who may exercise, who is sent where, and what is still to be asked."""

from collections import Counter

from sitriage import Programme, load_rules, none_of, triage

RULES = load_rules()
WELL = none_of(*(group.id for group in RULES.groups)) | {
    "age": 40, "sex": "female", "age_at_onset": 40, "si_region_pain": True, "pain_side": "left",
    "pain_severity": 3, "duration_days": 6,
}  # fmt: skip

PEOPLE = {
    "an ache on the left, nothing else": WELL,
    "the same with a fever": WELL | {"fever": True},
    "the same, unsure about a fever": WELL | {"fever": "unsure"},
    "stiff on both sides": WELL | {"pain_side": "both", "stiffness": True},
    "30 weeks pregnant": WELL | {"pregnant": True, "pregnancy_week": 30},
    "a numb foot that slaps": WELL | {"foot_drop": True},
    "not asked about the bladder": {key: value for key, value in WELL.items() if key != "urinary_retention"},
}


def main() -> None:
    shares = Counter()
    for name, answers in PEOPLE.items():
        verdict = triage(answers)
        shares[str(verdict.urgency)] += 1
        if isinstance(verdict, Programme):
            what = ", ".join(each.exercise for each in verdict.prescriptions)
        else:
            what = f"see {verdict.who}" + (
                f"; ask {verdict.open_questions[0]}" if verdict.provisional else ""
            )
        print(f"{name}: {verdict.urgency}: {what}")
    print(dict(shares))


if __name__ == "__main__":
    main()
