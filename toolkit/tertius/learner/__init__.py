"""The learner's file: what was predicted, answered, written, planned and measured, kept so that nothing is lost.

`Learner` is the door, and ``keeper`` what gets its content to the disk and back. ``files`` keeps the file on the disk
safe; ``content`` reads, merges and writes what stands in it; ``shape`` says what that must look like, as does
``learner.schema.json`` for other programs; ``values`` checks what is recorded; ``maps`` keeps a network in it; and
``hub`` knows a computer that strangers share. Only the standard library is used, until a map is kept.
"""

from tertius.learner.files import NAME
from tertius.learner.hub import is_shared
from tertius.learner.learner import Learner
from tertius.learner.shape import SCHEMA, STATUSES

__all__ = ["NAME", "SCHEMA", "STATUSES", "Learner", "is_shared"]
