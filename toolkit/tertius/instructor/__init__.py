"""For those who teach and write lessons: notebooks and a guide are built from ``lessons/source`` and checked.

The command line is ``tertius lessons build`` and ``tertius lessons check``. This room needs the extra ``instructor``.
"""

from tertius.instructor.build import Built, build, check
from tertius.instructor.source import Cell, Lesson, read_lesson

__all__ = ["Built", "Cell", "Lesson", "build", "check", "read_lesson"]
