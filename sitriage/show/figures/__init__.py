def picture(rules, exercise, rung, side, *, sore=None, dark=False, animated=False):
    return None
