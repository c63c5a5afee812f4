"""Films of nothing but words and cards, for tests of what stands beside a film."""

from collections.abc import Sequence

from engine.render.timeline import CardSource, Scene, Timeline, Word


def film_with(words: Sequence[Word], frames: int = 3000, scenes: int = 1) -> Timeline:
    """A film of equal scenes with these words."""
    made = tuple(
        Scene(id=str(number), source=CardSource(heading="x"), duration_frames=frames // scenes)
        for number in range(scenes)
    )
    return Timeline(title="Zomer", scenes=made, words=tuple(words))


def word(text: str, start_ms: int, end_ms: int) -> Word:
    """A word."""
    return Word(text=text, start_ms=start_ms, end_ms=end_ms)
