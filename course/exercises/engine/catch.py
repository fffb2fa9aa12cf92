"""What a hunt's examples catch: which suspects, by what they do, and what there is to say of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# The property that hunts are judged by, and the words that count its parts.
HUNTED_BY = "suspects_caught"
COUNTED = "suspects caught"


@dataclass(frozen=True)
class Example:
    """One example of a hunt: its arguments, or why it doesn't count.

    args: the arguments by name, read.
    fault: why it doesn't count; "" if it does.
    told: what else a notebook may say of the fault: the right answer.
    catches: the letters of the suspects that give themselves away on it.
    """

    args: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""
    told: str = ""
    catches: tuple[str, ...] = ()


class Catch(dict):
    """Whether each suspect is caught, by its letter and what it does: the answer that is judged.

    examples: the examples, in order.
    habit: the known mistake that the examples have in common and suspects escape by, if any.
    remarks: what is wrong with the list as a whole.
    """

    def __init__(
        self,
        caught: Mapping[str, bool],
        examples: Sequence[Example] = (),
        habit: str | None = None,
        remarks: Sequence[str] = (),
    ):
        super().__init__(caught)
        self.examples, self.habit, self.remarks = tuple(examples), habit, tuple(remarks)

    @property
    def how_many(self) -> str:
        """How many examples there are, in words."""
        return "one example" if len(self.examples) == 1 else f"{len(self.examples)} examples"

    @property
    def at_large(self) -> list[str]:
        """The suspects that are not caught."""
        return [suspect for suspect, caught in self.items() if not caught]

    def in_full(self) -> Iterator[str]:
        """Say of each example what it catches or why it doesn't count, and who is at large."""
        yield from self.remarks
        for number, example in enumerate(self.examples):
            if example.fault:
                told = f" {example.told}" if example.told else ""
                yield f"Example {number} doesn't count: {example.fault}.{told}"
            elif example.catches:
                yield f"Example {number} catches {', '.join(example.catches)}."
            else:
                yield f"Example {number} catches no suspect."
        yield from (f"✗ Still at large: {suspect}." for suspect in self.at_large)

    def in_brief(self) -> str:
        """Say in a sentence or two who is at large and which examples don't count."""
        faults = [
            f"Example {number} doesn't count: {example.fault}."
            for number, example in enumerate(self.examples)
            if example.fault
        ]
        free = [f"Still at large: {'; '.join(self.at_large)}."] * bool(self.at_large)
        return " ".join([*self.remarks, *faults, *free])
