"""The box in which a notebook shows a message: a coloured bar on its left."""

GREEN, AMBER, GREY = "#1b7f4d", "#b35900", "#6b7280"


def style(colour: str) -> str:
    """Return the box's CSS, with a bar of this colour."""
    return f"border-left:4px solid {colour};padding:.4em .8em;margin:.3em 0;max-width:60em"
