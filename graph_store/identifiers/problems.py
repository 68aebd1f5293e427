"""What is wrong with an identifier and what would be right, in Chinese and in English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault, told twice; never more than one character of the text is quoted, however long it was."""

    zh: str
    en: str


class IdentifierError(ValueError):
    """The text is no identifier of its scheme; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.en)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The characters that may stand in one place, and how to name them to a person."""

    characters: str
    zh: str
    en: str

    def __contains__(self, character: str) -> bool:
        return character in self.characters


DIGIT = Alphabet("0123456789", "数字 0–9", "a digit 0-9")
DIGIT_OR_X = Alphabet("0123456789X", "数字 0–9 或 X", "a digit 0-9 or X")


def fits(text: str, layout: tuple[Alphabet, ...]) -> bool:
    """Whether each character stands where the layout, one alphabet a place, allows it."""
    return len(text) == len(layout) and all(
        c in place for c, place in zip(text, layout, strict=True)
    )


def misfit(text: str, layout: tuple[Alphabet, ...]) -> Problem | None:
    """The first way in which the text departs from the layout: its length, then a character."""
    if len(text) != len(layout):
        return Problem(
            f"应为 {len(layout)} 位，实为 {len(text)} 位",
            f"expected {len(layout)} characters, found {len(text)}",
        )
    for index, (character, place) in enumerate(zip(text, layout, strict=True)):
        if character not in place:
            return wrong_character(text, index, place)
    return None


def wrong_character(text: str, index: int, allowed: Alphabet) -> Problem:
    """The character at `index`, counted from 0 here and from 1 in the sentences, may not stand there."""
    shown = _shown(text[index])
    return Problem(
        f"第 {index + 1} 位是 {shown}，应为{allowed.zh}",
        f"character {index + 1} is {shown}, expected {allowed.en}",
    )


def wrong_check(text: str, index: int, right: str) -> Problem:
    """`right` is what belongs at `index` if all the characters it is reckoned from are right."""
    found = text[index : index + len(right)]
    first, last = index + 1, index + len(right)
    zh_places, en_verb, en_them = f"第 {first} 位", f"character {first} is", "it"
    if last > first:
        zh_places = f"第 {first}–{last} 位"
        en_verb, en_them = f"characters {first}–{last} are", "them"
    return Problem(
        f"校验码（{zh_places}）是 {found}，按前面各位应为 {right}：请核对是否有一位抄错或两位颠倒",
        f"{en_verb} {found}, but what precedes {en_them} gives {right}: "
        "a character is wrong, or two are swapped",
    )


def _shown(character: str) -> str:
    return character if character.isprintable() and character != " " else f"U+{ord(character):04X}"
