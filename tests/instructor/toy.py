"""A small lesson that keeps every rule, and a way to spoil it."""

from __future__ import annotations

from pathlib import Path

from tertius.instructor import Lesson, read_lesson

CASE = """
[case]
who = "Ann"
[data]
numbers = [1, 2, 3]
"""

TEXT = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
---

+++ {"name": "L01-head", "tags": ["head"]}

# A toy

About 32 minutes.

+++ {"name": "L01-setup-notes", "tags": ["setup", "teach"]}

For teachers only.

```{code-cell} python
:name: L01-setup
:tags: [setup]

# Load the numbers
numbers = {{ data.numbers }}
```

+++ {"name": "L01-case", "tags": ["case"]}

**Anecdote**; the data are synthetic. {{ case.who }} adds numbers.

+++ {"name": "L01-objectives", "tags": ["objectives"]}

- add numbers

+++ {"name": "L01-E1-concept", "tags": ["concept"]}

A sum is what you get.

```{code-cell} python
:name: L01-E1-run
:tags: [run]

# Add the numbers
print("The sum is", end=" ", flush=True)
print(sum(numbers))
```

+++ {"name": "L01-E1-explain", "tags": ["explain"]}

They add up.

+++ {"name": "L01-limits", "tags": ["limits"]}

A sum hides its parts (**Exact**).

+++ {"name": "L01-vary", "tags": ["vary"]}

Take other numbers.

```{code-cell} python
:name: L01-X1-exercise
:tags: [exercise, answer]

# What is twice the sum?
double = 2
answer = double * sum(numbers)
```

```{code-cell} python
:name: L01-mine
:tags: [mine]

# Your own numbers
sum(numbers)
```

+++ {"name": "L01-act", "tags": ["act"]}

Add something today.

+++ {"name": "L01-recap", "tags": ["recap"]}

Sums add up.
"""


def write(folder: Path, text: str = TEXT, case: str = CASE, stem: str = "01-toy") -> Path:
    """Write the toy's two files; return the lessons folder."""
    source = folder / "lessons" / "source"
    source.mkdir(parents=True, exist_ok=True)
    (source / f"{stem}.md").write_text(text, encoding="utf-8")
    (source / f"{stem}.toml").write_text(case, encoding="utf-8")
    return folder / "lessons"


def lesson(folder: Path, text: str = TEXT, case: str = CASE, stem: str = "01-toy") -> Lesson:
    """Write the toy's two files and read them."""
    return read_lesson(write(folder, text, case, stem) / "source" / f"{stem}.md")


def spoiled(old: str, new: str) -> str:
    """Return the toy's text with one thing changed."""
    assert TEXT.count(old) == 1, f"{old!r} stands {TEXT.count(old)} times in the toy"
    return TEXT.replace(old, new)


RECORDING = spoiled(
    "print(sum(numbers))",
    """import tertius
learner = tertius.Learner.open()
learner.reflect("L01-R1", "I added.")
learner.save()
print(len(learner.reflections))""",
)
"""The toy with a cell that writes into the learner's file, and says how much of this is in there."""


def code_cell(name: str, tags: str, code: str) -> str:
    """A code cell as it stands in a source."""
    return f"```{{code-cell}} python\n:name: {name}\n:tags: [{tags}]\n\n{code}\n```\n"
