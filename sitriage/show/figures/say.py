from __future__ import annotations
from sitriage.model import Exercise
from sitriage.poses import Scene
from sitriage.words import Side
def alt_text(exercise: Exercise, rung: str, side: Side, sore: Side | None) -> str:
    return exercise.rung[rung].label or exercise.label
def description_text(exercise: Exercise, rung: str, scene: Scene, side: Side, sore: Side | None) -> str:
    return alt_text(exercise, rung, side, sore)
