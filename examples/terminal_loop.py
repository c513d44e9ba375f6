"""A loop in the terminal over an interview; `sitriage ask` is the same with more comfort.

Run it with `python examples/terminal_loop.py`, and answer, or type `why`, `back` or nothing to leave it open.
"""

from sitriage import Interview, Question
from sitriage.interview.question import Item

HOW = {"yes_no": "y, n or ?", "number": "a whole number or ?", "choice": "the number of your answer or ?"}


def show(question: Question, asked: tuple[Item, ...]) -> None:
    if len(asked) == 1:
        choices = [label for _, label in asked[0].choices] if asked[0].kind == "choice" else []
        print(asked[0].text, asked[0].help, *(f"\n{at:3}. {label}" for at, label in enumerate(choices, 1)))
        print(HOW[asked[0].kind])
        return
    print(question.text)
    for at, part in enumerate(asked, 1):
        # some questions are about the list in their help: it must be seen
        print(f"{at:3}. {part.text}", part.help if "\n" in part.help else "")
    print("n if none of these fit, else the numbers of those that do, with a ? where you are not sure: 1 3?")


def read(said: str, question: Question, asked: tuple[Item, ...]) -> dict[str, bool | int | str]:
    """Returns what was typed as answers; raises KeyError if it cannot be read."""
    part, places = asked[0], {str(at): each.id for at, each in enumerate(asked, 1)}
    if len(asked) > 1:
        marked = said.split() if said != "n" else []
        # who typed this has read the whole list: what is not marked is a no
        return {
            **question.none,
            **{places[w.removesuffix("?")]: "unsure" if "?" in w else True for w in marked},
        }
    if said == "?":
        return {part.id: "unsure"}
    if part.kind == "yes_no":
        return {part.id: {"y": True, "n": False}[said]}
    if part.kind == "choice":
        return {part.id: {str(at): answer for at, (answer, _) in enumerate(part.choices, 1)}[said]}
    return {part.id: {str(number): number for number in range(part.min, part.max + 1)}[said]}


def main() -> None:
    interview = Interview()
    while (question := interview.question) is not None:
        # of a form of numbers and choices the first now, the rest next time
        asked = question.parts if question.parts[0].kind == "yes_no" else question.parts[:1]
        show(question, asked)
        try:
            said = input("> ").strip().lower()
        except EOFError:
            break
        if said == "why":
            print(question.why)
        elif said == "back":
            interview = interview.back()
        elif not said:
            interview = interview.skip(*(part.id for part in asked))
        else:
            try:
                interview = interview.answer(read(said, question, asked))
            except KeyError:
                print("That cannot be read.")
    print(interview.verdict)


if __name__ == "__main__":
    main()
