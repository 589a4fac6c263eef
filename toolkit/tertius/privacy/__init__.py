"""Code names for the people in a learner's own files: the key that makes them, and the names behind them, kept apart.

``key`` keeps 32 random bytes in the learner's own configuration folder; ``codes`` makes code names with it; ``names``
remembers in memory who is behind them. Nothing here is part of a network, so no table, report or saved file can carry
a name by accident.
"""
