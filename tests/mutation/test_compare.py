"""The comparer of mutants: what no test kills is found, and so is a listed mutant that is no more."""

from __future__ import annotations

import pytest

from tests.mutation.compare import Mutant, compare, listed_in, mutant_of, statuses_in

RESULTS = """    sitriage.sides.x_side_of__mutmut_1: killed
    sitriage.sides.x_side_of__mutmut_12: killed
    sitriage.conditions.xǁWithinǁvalue__mutmut_3: no tests
"""
DIFF = """# sitriage.conditions.xǁWithinǁvalue__mutmut_3: no tests
--- sitriage/conditions.py
+++ sitriage/conditions.py
@@ -1,4 +1,4 @@
 def value(self, answers):
-    number = answers[self.finding]
-    return -1
+    number = None
     return number
"""
PLANTED = Mutant(
    "sitriage.conditions", "Within.value", "number = answers[self.finding]\nreturn -1", "number = None"
)
MODULES = ["sitriage.conditions", "sitriage.sides"]
LISTED = """[[equivalent]]
module = "sitriage.conditions"
function = "Within.value"
original = "number = answers[self.finding]\\nreturn -1"
mutated = "number = None"
"""


def test_a_mutant_is_known_by_its_function_and_its_text() -> None:
    assert mutant_of("sitriage.conditions.xǁWithinǁvalue__mutmut_3", DIFF) == PLANTED
    assert mutant_of("sitriage.sides.x_side_of__mutmut_12", DIFF).function == "side_of"
    assert mutant_of("sitriage.sides.x__form__mutmut_9", DIFF).function == "_form"


def test_every_status_is_read() -> None:
    assert [*statuses_in(RESULTS).values()] == ["killed", "killed", "no tests"]


def test_a_survivor_that_is_not_listed_is_found() -> None:
    report = compare(MODULES, statuses_in(RESULTS), [PLANTED], [])
    assert not report.fine
    assert report.left == (PLANTED,)
    assert "no test fails for sitriage.conditions.Within.value\n  - number = answers" in str(report)


def test_a_listed_survivor_is_fine() -> None:
    report = compare(MODULES, statuses_in(RESULTS), [PLANTED], listed_in(LISTED + 'because = "it is."'))
    assert report.fine
    assert [row.split() for row in str(report).splitlines()] == [
        ["module", "mutants", "killed", "equivalent", "left"],
        ["sitriage.conditions", "1", "0", "1", "0"],
        ["sitriage.sides", "2", "2", "0", "0"],
        ["all", "3", "2", "1", "0"],
    ]


def test_the_same_change_twice_is_listed_twice() -> None:
    assert compare(MODULES, statuses_in(RESULTS), [PLANTED] * 2, [PLANTED]).left == (PLANTED,)


def test_a_listed_mutant_that_does_not_survive_is_stale() -> None:
    report = compare(MODULES, statuses_in(RESULTS), [], [PLANTED])
    assert not report.fine
    assert report.stale == (PLANTED,)
    assert "no mutant that survives: sitriage.conditions.Within.value" in str(report)


def test_a_module_without_a_mutant_is_not_fine() -> None:
    assert not compare([*MODULES, "sitriage.sidse"], statuses_in(RESULTS), [], []).fine


@pytest.mark.parametrize("because", ["", 'because = " "'])
def test_a_listed_mutant_says_why(because: str) -> None:
    with pytest.raises(ValueError, match="needs `because`"):
        listed_in(LISTED + because)
