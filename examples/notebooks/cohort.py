# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # A cohort of made-up people
#
# What would happen to many people under these rules? Nobody here is real, and **the shares below follow from
# the mix that is typed in here**: they say how the rules act on such a mix, nothing about the world. Put your
# own counts in its place.

# %%
import random
from collections import Counter

from sitriage import Programme, load_rules, none_of, triage

rules = load_rules()
draw = random.Random(2026)  # the same people every time

# Random answers would send nearly everybody to an emergency: one of a hundred warning signs is soon there.
# So each person begins well, lives one of these lives, has one of these pains, and now and then a sign.
LIVES = {
    "nothing else": (12, {}),
    "18 weeks pregnant": (1, {"sex": "female", "pregnant": True, "pregnancy_week": 18}),
    "four weeks after a birth": (1, {"sex": "female", "birth_in_last_year": True, "weeks_since_birth": 4}),
    "thin bones": (1, {"age": 67, "osteoporosis": True}),
    "a new hip": (1, {"age": 70, "hip_replacement": True}),
}
PAINS = {
    "one side, ten days": (6, {"pain_side": "left", "duration_days": 10}),
    "both sides, stiff": (3, {"pain_side": "both", "duration_days": 30, "stiffness": True}),
    "after sitting": (3, {"pain_side": "right", "duration_days": 20, "sedentary": True}),
    "bad": (1, {"pain_side": "left", "duration_days": 5, "pain_severity": 7}),
}
SIGNS = {
    "none": (30, {}),
    "fever": (1, {"fever": True}),
    "unsure about a fever": (1, {"fever": "unsure"}),
    "numb between the legs": (1, {"saddle_numbness": True}),
    "losing weight": (1, {"unexplained_weight_loss": True}),
    "worse every day": (1, {"getting_worse": True}),
}

# %% [markdown]
# A name that the rules do not know, or an answer that does not fit, is an `AnswerError`: nothing is dropped.

# %%
NOTHING = none_of(*(group.id for group in rules.groups))


def one_of(mix):
    name = draw.choices(list(mix), [weight for weight, _ in mix.values()])[0]
    return name, mix[name][1]


def somebody():
    age = draw.randint(20, 60)
    known = {"sex": draw.choice(["female", "male"]), "age": age, "age_at_onset": age}
    known |= {"si_region_pain": True, "pain_severity": draw.randint(1, 5)}
    parts = [one_of(mix) for mix in (LIVES, PAINS, SIGNS)]
    answers = NOTHING | known
    for _, changed in parts:
        answers |= changed
    answers["age_at_onset"] = answers["age"]
    return [name for name, _ in parts], answers


PEOPLE = [somebody() for _ in range(400)]
VERDICTS = [triage(answers) for _, answers in PEOPLE]


def table(title, counts):
    print(f"{title:32} people   share")
    for name, count in counts.most_common():
        share = count / counts.total()
        print(f"{name!s:34} {count:4} {share:7.1%}  {'█' * round(40 * share)}")


table("urgency", Counter(verdict.urgency for verdict in VERDICTS))

# %% [markdown]
# Which programme people get who need nobody: the leaf of the tree that they come to.

# %%
titles = {leaf.id: leaf.label for leaf in rules.programmes.values()}
leaves = Counter(titles[each.path[-1]] for each in VERDICTS if isinstance(each, Programme))
table("programme", leaves)

# %% [markdown]
# Why the rest is sent on: the rules that spoke. One person can have several.

# %%
labels = {level.id: f"{flag.label} ({level.urgency})" for flag in rules.gated for level in flag.levels}
spoke = Counter(labels[code] for verdict in VERDICTS for code in verdict.path if code in labels)
for label, count in spoke.most_common(8):
    print(f"{count:5}  {label}")

# %% [markdown]
# By life and urgency. A row of few people says little.

# %%
URGENCIES = ["self_care", "routine", "soon", "same_day", "emergency"]
cells = Counter((names[0], str(each.urgency)) for (names, _), each in zip(PEOPLE, VERDICTS, strict=True))
print(" " * 26 + "".join(f"{word:>11}" for word in URGENCIES))
for life in LIVES:
    print(f"{life:26}" + "".join(f"{cells[life, word]:11}" for word in URGENCIES))

# %% [markdown]
# What a question is worth: the same people, had nobody asked about the bladder. Whoever got exercises before
# is now sent on, provisionally, because what was not asked is not a no.

# %%
unasked = [
    triage({name: answer for name, answer in answers.items() if name != "urinary_retention"})
    for _, answers in PEOPLE
]
table("urgency, bladder not asked", Counter(verdict.urgency for verdict in unasked))
print(sum(verdict.provisional for verdict in unasked), "of them are provisional")
