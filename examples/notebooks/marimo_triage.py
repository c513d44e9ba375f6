"""A triage that follows every click: `marimo edit examples/notebooks/marimo_triage.py`, or `marimo run`."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium")


@app.cell
def _():
    import marimo as mo

    from sitriage import load_rules, none_of, triage

    rules = load_rules()
    return mo, none_of, rules, triage


@app.cell
def _(mo):
    mo.md("""
    # One person, and what each answer does

    Everything else is answered as by somebody who saw every list and said "none of these". No clinician has
    signed these rules, and this is no medical device.
    """)
    return


@app.cell
def _(mo, rules):
    _asked = ["fever", "saddle_numbness", "getting_worse", "stiffness", "hip_replacement"]
    _options = {"no": False, "unsure": "unsure", "yes": True}
    signs = mo.ui.dictionary(
        {
            name: mo.ui.radio(_options, value="no", label=rules.findings[name].question, inline=True)
            for name in _asked
        }
    )
    severity = mo.ui.slider(0, 10, value=3, label=rules.findings["pain_severity"].question, show_value=True)
    _sides = [each for each in rules.findings["pain_side"].choices if each != "unsure"]
    side = mo.ui.dropdown(_sides, value="left", label=rules.findings["pain_side"].question)
    mo.vstack([*signs.values(), severity, side])
    return severity, side, signs


@app.cell
def _(none_of, rules, severity, side, signs, triage):
    nothing = none_of(*(group.id for group in rules.groups))
    person = {"sex": "female", "age": 40, "age_at_onset": 40, "si_region_pain": True, "duration_days": 10}
    answers = nothing | person | signs.value | {"pain_severity": severity.value, "pain_side": side.value}
    verdict = triage(answers)
    return (verdict,)


@app.cell
def _(mo, verdict):
    mo.as_html(verdict)
    return


@app.cell
def _(mo, rules, verdict):
    # where the verdict comes from; with a scroll bar, since the tree is large
    lit = rules.tree.lit(verdict.path)
    mo.accordion({"The way through the rules": lit, "As mermaid": mo.mermaid(lit.mermaid())})
    return


if __name__ == "__main__":
    app.run()
