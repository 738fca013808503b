"""A question that the values of a column cannot answer."""

from dataclasses import dataclass

from pipelines.errors import Message


@dataclass(frozen=True)
class Undecided:
    """What a person has to say before a column can be read.

    Attributes:
        question: About the column, without naming it.
        options: The possible answers, as a mapping file takes them.
        examples: Values as written that leave the question open, or that contradict each other.
        mapping_key: The key of a mapping file that answers it.
        contradiction: The values contradict each other; after an answer, those that do not fit it
            are rejected. Otherwise every value fits every option.
    """

    question: Message
    options: tuple[str, ...]
    examples: tuple[str, ...]
    mapping_key: str
    contradiction: bool = False
