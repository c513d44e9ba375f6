"""Phrases that contradict a verdict, in plain English: a list that grows with what is seen in replies."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sitriage.words import Urgency

__all__ = ["CLAIMS", "CONDITIONS", "HEDGES", "NEGATIONS", "OTHER_EXERCISES", "PUSHES_ON", "SOFTENS"]

_EXERCISE_ANYWAY = tuple(
    f"{allowed} {act}"
    for allowed in (
        "you can", "you may", "you could", "you should", "safe to", "fine to", "ok to", "okay to", "free to",
        "can safely", "may safely", "continue to", "keep on", "go ahead and", "can still", "can also",
    )
    for act in ("exercise", "exercising", "work out", "train", "do the exercises", "do these exercises",
                "do your exercises", "stretch", "do some stretches", "do some gentle exercise")
)  # fmt: skip

_NOT_NEEDED = tuple(
    phrase
    for what in ("ambulance", "hospital", "emergency department", "emergency care", "emergency help")
    for phrase in (
        *(f"{need} {one}{what}"
          for need in ("dont need", "do not need", "wont need", "will not need", "no need for")
          for one in ("", "a ", "an ", "the ", "to call an ")),
        f"{what} isnt needed", f"{what} is not needed", f"no {what} needed", f"no {what} is needed",
    )
)  # fmt: skip
_NO_EMERGENCY = tuple(
    f"{isnt} {degree} emergency"
    for isnt in ("not", "isnt")
    for degree in ("really an", "actually an", "truly an", "exactly an", "necessarily an", "quite an",
                   "a real", "a true", "really a real", "a medical", "much of an", "such an", "any")
)  # fmt: skip
_SAFE_TO_WAIT = tuple(
    f"{safe} {wait}"
    for safe in ("safe to", "fine to", "ok to", "okay to", "alright to", "all right to", "can safely")
    for wait in ("wait", "hold off", "delay", "stay at home", "stay home")
)  # fmt: skip
_WEEKDAYS = tuple(
    f"{when} {day}" for when in ("on", "next", "until", "till", "by")
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
)  # fmt: skip
_IGNORE = tuple(
    f"{ignore} {what}" for ignore in ("ignore", "disregard")
    for what in ("the lines", "these lines", "those lines", "the text", "the rest", "the list", "the advice",
                 "this advice", "that advice", "the warning", "the warnings", "this warning",
                 "these warnings", "the message", "this message", "the verdict", "the result",
                 "this result", "what it says",
                 "what is below", "what is above", "the above", "the following", "everything below",
                 "everything above", "all of this", "the safety")
)  # fmt: skip

SOFTENS: Mapping[Urgency, tuple[str, ...]] = MappingProxyType(
    {
        Urgency.ROUTINE: (
            *_IGNORE, "stop worrying",
            *_EXERCISE_ANYWAY, "exercise is safe", "exercises are safe", "start exercising",
            "keep exercising", "keep training", "continue your exercises", "continue exercising",
            "carry on as normal", "carry on as usual", "try these exercises", "try some exercises",
            "try some gentle exercises", "try some stretches", "go to the gym", "nothing serious",
            "nothing dangerous", "nothing to worry about", "not serious", "not dangerous", "isnt serious",
            "isnt dangerous", "no cause for concern", "no reason to worry", "no need to worry",
            "dont worry", "do not worry", "harmless", "no need to see", "no need for a doctor",
            "no need to call", "dont need to see", "do not need to see", "dont need a doctor",
            "do not need a doctor", "you are fine", "youre fine", "youll be fine", "you will be fine",
            "probably fine", "just a strain", "just a muscle", "goes away by itself", "go away on its own",
            "goes away on its own", "go away by itself",
            "stretching", "stretches", "strengthening", "workout", "gentle exercise", "gentle exercises",
            "light exercise", "exercise gently", "gently exercise",
        ),
        Urgency.SOON: (
            "no need to rush", "no reason to rush", "no need to hurry", "monitor it at home",
            "monitor this at home", "manage it at home", "no rush", "no hurry",
            "not urgent", "isnt urgent", "non urgent", "not an emergency",
            "isnt an emergency", "wait and see", "watch and wait", "see how it goes", "see how you feel",
            "see if it gets better", "see if it improves", "give it time", "give it a few weeks", "can wait",
            "could wait",
            "next month", "in a few weeks", "in a couple of weeks", "a few weeks", "when you have time",
            "when it suits you", "at your convenience", "at some point", "when you get a chance",
            "whenever you can", "take your time",
        ),
        Urgency.SAME_DAY: (
            *_SAFE_TO_WAIT, *_WEEKDAYS,
            "next week", "this week", "in a week", "within a week", "in a few days", "within a few days",
            "in the next few days", "the coming days", "tomorrow", "sleep on it", "wait until morning",
            "wait overnight", "wait a day", "wait a few days", "after the weekend",
            "routine appointment", "regular appointment", "next appointment", "keep an eye on it",
            "rest for a few days", "couple of days", "in the morning", "keep moving", "stay active",
        ),
        Urgency.EMERGENCY: (
            *_NO_EMERGENCY, "hardly an emergency", "no emergency", *_NOT_NEEDED, "no hospital",
            "later today", "make an appointment", "book an appointment", "schedule an appointment",
            "book a visit", "when the surgery opens", "no ambulance", "drive yourself", "take a nap",
            "rest first", "wait a few hours", "for an hour or two",
            *(f"{need} {place}" for need in ("no need to go to", "dont need to go to", "do not need to go to",
                                             "dont have to go to", "do not have to go to")
              for place in ("hospital", "the hospital", "a hospital", "the emergency", "the er")),
        ),
    }
)  # fmt: skip
"""From this urgency on, a reply may not say these."""

PUSHES_ON = (
    "push through", "work through the pain", "through the pain", "ignore the pain", "no pain no gain",
    "even if it hurts", "the more the better", "as many as you can", "dont stop", "do not stop",
    "no need to stop",
)  # fmt: skip

OTHER_EXERCISES = (
    "deadlift", "squat", "sit up", "situp", "crunch", "push up", "pushup", "leg raise", "toe touch", "lunge",
    "cobra", "cobra pose", "childs pose", "cat cow", "cat camel", "downward dog", "superman",
    "hamstring stretch", "piriformis stretch", "hip flexor stretch", "burpee", "kettlebell swing", "pull up",
    "jumping jack", "mckenzie extension", "prone press up", "press up", "yoga", "pilates", "jogging",
    "weight lifting",
)  # fmt: skip
"""What is often advised and no rule knows; their plurals count too."""

CLAIMS = (
    "you have", "you have got", "youve got", "you are having", "you suffer from", "you are suffering from",
    "this is", "it is", "its", "thats", "that is", "your diagnosis is", "the diagnosis is", "diagnosed with",
    "sounds like", "looks like", "seems like", "seems to be", "appears to be", "you probably have",
    "you likely have", "most likely", "i diagnose", "caused by", "clearly", "definitely",
)  # fmt: skip
CONDITIONS = frozenset((
    "disc", "disk", "hernia", "herniation", "herniated", "slipped", "sciatica", "sacroiliitis",
    "arthritis", "osteoarthritis", "spondylitis", "spondyloarthritis", "spondylolisthesis", "fracture",
    "fractured", "cancer", "tumour", "tumor", "metastasis", "infection", "discitis", "abscess",
    "stenosis", "sprain", "sprained", "strain", "strained", "dysfunction", "osteoporosis", "aneurysm",
    "equina", "radiculopathy", "lumbago", "fibromyalgia", "endometriosis", "piriformis", "bursitis",
    "tendinopathy", "inflammation", "heartburn", "indigestion",
))  # fmt: skip

NEGATIONS = frozenset((
    "no", "not", "never", "dont", "doesnt", "cannot", "cant", "wont", "without", "avoid", "avoiding",
    "isnt", "arent", "shouldnt", "mustnt", "neither", "nor", "leave", "skip", "stop",
))  # fmt: skip
HEDGES = NEGATIONS | frozenset((
    "if", "whether", "may", "might", "could", "can", "maybe", "perhaps", "possibly", "possible", "when",
    "rule", "sign", "signs", "like",
))  # fmt: skip
