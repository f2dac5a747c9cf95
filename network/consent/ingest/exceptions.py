"""How cleaning says no."""


class NotClean(Exception):
    """The file is of the right kind but cannot be cleaned; ``sentence`` says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
