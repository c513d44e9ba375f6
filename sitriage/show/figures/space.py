"""Points and turns in three dimensions, as plain tuples; written out, since each picture makes thousands."""

from __future__ import annotations

from math import cos, dist, radians, sin

__all__ = ["STILL", "Matrix", "Vector", "about", "along", "apart", "plus", "times"]

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

STILL: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def about(axis: str, degrees: float) -> Matrix:
    """Returns the turn about x, y or z, against the clock as seen from the end of that axis."""
    if not degrees:
        return STILL
    c, s = cos(radians(degrees)), sin(radians(degrees))
    if axis == "x":
        return ((1.0, 0.0, 0.0), (0.0, c, -s), (0.0, s, c))
    if axis == "y":
        return ((c, 0.0, s), (0.0, 1.0, 0.0), (-s, 0.0, c))
    return ((c, -s, 0.0), (s, c, 0.0), (0.0, 0.0, 1.0))


def along(turn: Matrix, point: Vector) -> Vector:
    """Returns the point after the turn."""
    x, y, z = point
    (a, b, c), (d, e, f), (g, h, i) = turn
    return a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z


def times(*turns: Matrix) -> Matrix:
    """Returns one turn for several, of which the last is made first."""
    whole = STILL
    for turn in turns:
        if turn is not STILL:
            whole = _after(whole, turn)
    return whole


def _after(one: Matrix, other: Matrix) -> Matrix:
    (a, b, c), (d, e, f), (g, h, i) = other
    left, middle, right = (
        (x * a + y * d + z * g, x * b + y * e + z * h, x * c + y * f + z * i) for x, y, z in one
    )
    return left, middle, right


def plus(one: Vector, other: Vector, share: float = 1.0) -> Vector:
    """Returns the sum of one and a share of the other."""
    return one[0] + share * other[0], one[1] + share * other[1], one[2] + share * other[2]


def apart(one: Vector, other: Vector) -> float:
    """Returns the distance between two points."""
    return dist(one, other)
