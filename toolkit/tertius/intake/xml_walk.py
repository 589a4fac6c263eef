"""Files in XML, walked through once with the line of each element; document types and entities are refused."""

from __future__ import annotations

from typing import Protocol
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from tertius.errors import ReadError
from tertius.intake.report import Draft

CHUNK = 64 * 1024
DEEPEST = 100


class Visitor(Protocol):
    """What is told of a file's elements, in their order. Names come without their namespace."""

    def start(self, name: str, said: dict[str, str], line: int) -> None:
        """An element begins, with its attributes."""

    def end(self, name: str, text: str, line: int) -> None:
        """An element ends; the text is what stands in it, without that of elements within."""


def local(name: str) -> str:
    """A name without its namespace.

    Examples
    --------
    >>> local("{http://example.org/x}node"), local("node")
    ('node', 'node')
    """
    return name.rpartition("}")[2]


class _Target:
    def __init__(self, visitor: Visitor, draft: Draft) -> None:
        self.visitor, self.draft = visitor, draft
        self.parser: DefusedXMLParser | None = None
        self.texts: list[list[str]] = []

    @property
    def line(self) -> int:
        return self.parser.parser.CurrentLineNumber

    def start(self, name: str, said: dict[str, str]) -> None:
        if len(self.texts) >= DEEPEST:
            told = f"Elements lie more than {DEEPEST} deep in each other."
            self.draft.refuse("R45", told, "This limit cannot be raised; no network needs it.", row=self.line)
        self.texts.append([])
        self.visitor.start(local(name), {local(key): value for key, value in said.items()}, self.line)

    def end(self, name: str) -> None:
        self.visitor.end(local(name), "".join(self.texts.pop()), self.line)

    def data(self, text: str) -> None:
        if self.texts:
            self.texts[-1].append(text)

    def close(self) -> None:
        pass


def walk(data: bytes, visitor: Visitor, draft: Draft) -> None:
    """Tell the visitor of each element of a file.

    Raises
    ------
    ReadError
        If the file declares a document type or entities, is not well formed, or ends too early.
    """
    target = _Target(visitor, draft)
    position = 0
    parser = target.parser = DefusedXMLParser(target=target, forbid_dtd=True)
    try:
        for position in range(0, len(data), CHUNK):
            parser.feed(data[position : position + CHUNK])
            draft.check_time()
        parser.close()
    except ReadError:
        raise
    except DefusedXmlException:
        draft.refuse(
            "R45",
            "The file declares a document type or entities of its own, which can be used to do harm.",
            "This cannot be allowed. Open it in the program that made it and save it again.",
        )
    except ParseError as error:
        line = error.position[0]
        if error.code in (3, 5, 13) and position + CHUNK >= len(data):
            told = f"The file ends too early; I read up to line {line}."
            draft.refuse("R38", told, "Save or download it again.", row=line)
        draft.refuse("R07", "Here it is no well-formed XML.", "Save it again from the program that made it.", row=line)
    except (LookupError, ValueError):
        draft.refuse("R08", "It names an encoding that I do not know.", "Save it again as UTF-8.", row=1)
