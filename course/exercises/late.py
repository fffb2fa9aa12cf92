"""What is observed of a mistake that takes too long, without the wait."""


def no_answer_in_time() -> None:
    """End as a function does that is interrupted.

    Its own `raise TimeoutError` would be another answer: one that the function gives by itself.
    """
    (_ for _ in ()).throw(TimeoutError)
