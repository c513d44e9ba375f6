"""Laws of the questions: none is idle, and none that matters is overlooked while it is unanswered.

The search for open questions (questions.py) goes by boxes, the least restrictions of answers that make a
condition hold or fail. It overlooks nobody if the boxes of each condition hold exactly the people of its
diagram: this is shown over every state. Besides, the engine itself is asked about somebody for each question.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from sitriage.completions import completions_of
from sitriage.conditions import Answer, Condition, boxes, findings_in
from sitriage.evidence import unanswered
from sitriage.placed import conditions_of
from sitriage.prove.law import Breach, Checked, Law
from sitriage.prove.pairs import decided_otherwise, left_out, told_otherwise
from sitriage.prove.people import People
from sitriage.prove.space import Space
from sitriage.questions import outlook

__all__ = ["ASKED"]

# tried until one leaves a question open that another answer does not settle
MOST_PAIRS = 12

_NOT_DECIDING = (
    "definitions/", "promises/", "causes/", "adjuncts/", "stop_rules.toml", "activities.toml", "advice.toml",
)  # fmt: skip


def _nothing_is_overlooked(space: Space) -> Iterator[Checked]:
    deciding = {
        each.condition: each.file
        for each in conditions_of(space.rules)
        if not each.file.startswith(_NOT_DECIDING)
    }
    for condition, file in deciding.items():
        yield _found_by_boxes(space, file, condition)
    people = People(space)
    for name in space.rules.findings:
        yield from _is_open(people, name)


def _found_by_boxes(space: Space, file: str, condition: Condition) -> Checked:
    """The people who reach or miss each goal of a condition, by its boxes and by its diagram."""
    store, ref = space.store, space.store.of(condition)
    read = findings_in(condition)
    given = {name: tuple(each for each in store.domains[name] if not unanswered(each)) for name in read}
    answered, found = space.answered(read), list[Breach]()
    for goal, holds in product((Answer.UNSURE, Answer.YES), (True, False)):
        by_boxes = store.highest(
            space.inside(box) for box in boxes(condition, goal, holds, given.__getitem__)
        )
        by_diagram = store.mapped(ref, [int((place >= goal) == holds) for place in Answer].__getitem__)
        missed = store.calmest(store.lowest([answered, store.differing(by_boxes, by_diagram)]), bool)
        if missed is not None:
            found.append(Breach(file, "the search for open questions overlooks somebody", (missed,)))
    return Checked(file, space.states(ref), tuple(found[:1]))


def _is_open(people: People, finding: str) -> Iterator[Checked]:
    """Asks the engine about somebody who was not asked a question that decides, nor answered it elsewhere."""
    rules, pairs = people.space.rules, islice(decided_otherwise(people, finding), MOST_PAIRS)
    for asked in (left_out(rules, person, finding) for pair in pairs for person in pair):
        if (evidence := people.read(asked)).missing(finding):
            what = f"`{finding}` was not asked, would change the verdict, and is not named as open"
            fine = finding in outlook(completions_of(rules, evidence)).open
            yield Checked(finding, 1, () if fine else (Breach(f"findings/{finding}.toml", what, (asked,)),))
            return


def _every_question_matters(space: Space) -> Iterator[Checked]:
    people = People(space)
    for name, states in space.store.domains.items():
        pair = next(decided_otherwise(people, name), None) or next(told_otherwise(people, name), None)
        what = f"whatever is answered to `{name}`, everybody gets the same verdict"
        yield Checked(name, len(states), () if pair else (Breach(f"findings/{name}.toml", what),))


ASKED = (
    Law("P8", "no question is overlooked",
        "The search for open questions overlooks nobody for whom a rule turns.", _nothing_is_overlooked),
    Law("P34", "every question matters",
        "For each question two people who differ in its answer hear other words.", _every_question_matters),
)  # fmt: skip
