# SPDX-License-Identifier: MIT
"""As much of Tcl as the directives in gcc's tests use: words, and regular expressions."""
import re

ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "b": "\b", "a": "\a"}
CLASSES = {"alnum": r"a-zA-Z0-9", "alpha": r"a-zA-Z", "digit": r"0-9", "space": r"\s", "xdigit": r"0-9a-fA-F", "upper": r"A-Z",
           "lower": r"a-z", "blank": r" \t", "punct": r"!-/:-@\[-`{-~", "print": r" -~"}


class Malformed(Exception):
    """The text is no list of Tcl words."""


def braced(text: str, start: int) -> int:
    """Where the brace that opens at `start` closes."""
    depth, at = 0, start
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == "{":
            depth += 1
        elif text[at] == "}":
            depth -= 1
            if depth == 0:
                return at
        at += 1
    raise Malformed(f"a brace is not closed: {text}")


def unescaped(text: str, start: int, ends: str) -> tuple[str, int]:
    """Text with backslashes replaced up to one of `ends`, and where that is."""
    found, at = [], start
    while at < len(text) and text[at] not in ends:
        if text[at] == "\\" and at + 1 < len(text):
            at += 1
            found.append(ESCAPES.get(text[at], text[at]))
        else:
            found.append(text[at])
        at += 1
    return "".join(found), at


def words(text: str) -> list[str]:
    """{raw}, "with backslashes replaced" and bare words, without what encloses them."""
    found, at = [], 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at == len(text):
            return found
        if text[at] == "{":
            end = braced(text, at)
            word, at = text[at + 1:end], end + 1
        elif text[at] == '"':
            word, at = unescaped(text, at + 1, '"')
            at += 1
        else:
            word, at = unescaped(text, at, " \t\n")
        found.append(word)


def pattern(expression: str) -> str:
    """An advanced regular expression of Tcl as one of Python, to be used with re.DOTALL."""
    found = re.sub(r"\[:(\w+):\]", lambda name: CLASSES[name[1]], expression)
    return found.replace(r"\y", r"\b").replace(r"\m", r"\b").replace(r"\M", r"\b")
