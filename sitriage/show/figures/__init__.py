"""Pictures of exercises, drawn from the joint angles in rules/poses."""

from sitriage.show.figures.picture import Picture, picture

__all__ = ["Picture", "picture"]
