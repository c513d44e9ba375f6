# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # First steps
#
# `triage` takes the answers of a person and returns one of two things: a programme of exercises, or a
# referral that says how soon, to whom and why. **No clinician has signed these rules yet**, and this is no
# medical device.

# %%
from sitriage import Interview, load_rules, none_of, triage, would_change

verdict = triage({"low_back_pain": True, "pain_severity": 4, "fever": True})
verdict

# %% [markdown]
# What was not asked is never a no. So this verdict is provisional: it names the urgencies that the missing
# answers still allow, and the questions that are open.

# %%
print(verdict.provisional, [str(each) for each in verdict.urgency_range])
print(len(verdict.open_questions), "open, such as", *verdict.open_questions[:3])

# %% [markdown]
# ## Why?
#
# Each reason has the rule it comes from, the answers that made it hold, and its sources.

# %%
for reason in verdict.reasons:
    print(f"{reason.rule}: {reason.sentence}", f"({', '.join(reason.sources)})" if reason.sources else "")

# %% [markdown]
# The way through the rules, lit in the tree. The whole tree is `load_rules().tree`.

# %%
load_rules().tree.lit(verdict.path)

# %% [markdown]
# ## A programme
#
# Somebody who saw every list and said "none of these", and told us a few things more. `none_of` is what that
# button sends: call it only for lists that the person has really seen.

# %%
groups = [group.id for group in load_rules().groups]
person = none_of(*groups) | {
    "sex": "female", "age": 40, "age_at_onset": 38, "si_region_pain": True, "pain_side": "left",
    "pain_severity": 3, "duration_days": 10, "stiffness": True,
}  # fmt: skip
programme = triage(person)
programme

# %% [markdown]
# ## What would change it?
#
# The fewest other answers that lead to each other urgency. For this person, one new answer is enough for any
# of them. Who takes back the one sign of an emergency gets a routine referral, since all the rest was not
# asked.

# %%
nearest = {}
for other in would_change(programme):
    nearest.setdefault(str(other.urgency), []).append(dict(other.changes))
for urgency, ways in nearest.items():
    print(f"{urgency}: {len(ways)} ways, such as {ways[0]}")

for other in would_change(triage({"saddle_numbness": True})):
    print(f"from an emergency to {other.urgency}: {dict(other.changes)}")

# %% [markdown]
# ## Question by question
#
# An interview asks the most dangerous things first and stops when nothing can change the verdict any more.
# Here it asks the person from above; an app would show `question.text` and its items.

# %%
interview = Interview()
while interview.question:
    asked = interview.question.items
    interview = interview.answer({item: person[item] for item in asked})
    print(interview.progress.answered, *asked)
print(interview.why_stop.sentence if interview.why_stop else "")

# %%
assert interview.verdict.prescriptions == programme.prescriptions
interview.verdict
