# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Reviewing a change of a rule
#
# A line of TOML is quickly changed, and nobody sees from it who gets another verdict. So a change is reviewed
# in people. Here somebody thinks that a pain of 8 of 10 need not be seen by a doctor, only one of 9.

# %%
import shutil
import tempfile
from pathlib import Path

import sitriage
from sitriage import RulesError, load_rules
from sitriage.load import read_folder, ruleset_from
from sitriage.prove.diff_report import diff_markdown
from sitriage.prove.differences import differences

# the rules lie in the package, or in a checkout beside it
package = Path(sitriage.__file__).parent
shipped = next(each for each in (package / "rules", package.parent / "rules") if each.is_dir())

folder = Path(tempfile.mkdtemp()) / "rules"
shutil.copytree(shipped, folder)
rule = folder / "red_flags" / "severe_pain.toml"
print(rule.read_text(encoding="utf-8").split("[[level]]")[1])

# %% [markdown]
# ## The change

# %%
ONE, OTHER = '{ finding = "pain_severity", min = 8 }, {', '{ finding = "pain_severity", min = 9 }, {'
text = rule.read_text(encoding="utf-8")
assert text.count(ONE) == 1
rule.write_text(text.replace(ONE, OTHER), encoding="utf-8")

old, new = load_rules(), ruleset_from(read_folder(folder))

# %% [markdown]
# ## Who gets another verdict?
#
# Nobody is sampled: the rules that differ are compared for every way to answer. `OPENS` marks people who get
# less care, or exercises they did not get before. On the command line: `sitriage diff OLD NEW --markdown`.

# %%
changes = differences(old, new)


class Shown(str):
    def _repr_markdown_(self):
        return str(self)


Shown(diff_markdown(old, new, changes))

# %% [markdown]
# The least ill of them, as a person: what they get before and after.

# %%
worst = changes[0]
print(worst.who, "-", dict(worst.signs))
print("before:", worst.before.urgency, "-", worst.before.headline)
print("after: ", worst.after.urgency, "-", worst.after.headline)
worst.after

# %% [markdown]
# ## The net below
#
# The rules keep a second record of what their sources promise (`rules/promises/`). A pack that gives anybody
# less does not load, whoever forgot to look at the table above.

# %%
try:
    load_rules(folder)
except RulesError as error:
    print(error)
else:
    raise AssertionError("a pack that breaks a promise was loaded")

# %% [markdown]
# ## The careful way round
#
# Seeing a doctor from 7 on opens nothing. It still costs something: those who lose their exercises are in the
# table.

# %%
rule.write_text(text.replace(ONE, ONE.replace("8", "7")), encoding="utf-8")
careful = load_rules(folder)
changes = differences(old, careful)
print(any(each.opens for each in changes))
Shown(diff_markdown(old, careful, changes))

# %%
shutil.rmtree(folder.parent)
