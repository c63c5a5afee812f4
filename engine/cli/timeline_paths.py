"""Timeline paths: where a timeline's files lie, told from the timeline's own folder.

Called by engine.cli.make and .render.
Law: a folder that holds a film and its own files can be moved; files elsewhere are named by their whole path.
"""

from collections.abc import Callable
from pathlib import Path

from engine.render.timeline import CardSource, FontFile, MusicFile, Scene, Timeline


def timeline_from(timeline: Timeline, folder: Path) -> Timeline:
    """The timeline with relative paths read from `folder`."""
    return _with_paths(timeline, lambda path: folder / path)


def timeline_near(timeline: Timeline, folder: Path) -> Timeline:
    """The timeline with the paths of files in `folder` made relative to it."""
    return _with_paths(timeline, lambda path: path.relative_to(folder) if path.is_relative_to(folder) else path)


def _with_paths(timeline: Timeline, changed: Callable[[Path], Path]) -> Timeline:
    brand, voice, music = timeline.brand, timeline.voice, timeline.music
    if brand.logo is not None:
        brand = brand.model_copy(update={"logo": brand.logo.model_copy(update={"path": changed(brand.logo.path)})})
    fonts = brand.fonts
    files = {"display_file": fonts.display_file, "text_file": fonts.text_file}
    if own := {role: FontFile(path=changed(file.path)) for role, file in files.items() if file is not None}:
        brand = brand.model_copy(update={"fonts": fonts.model_copy(update=own)})
    if voice is not None:
        voice = voice.model_copy(update={"path": changed(voice.path)})
    if music is not None and isinstance(music.source, MusicFile):
        music = music.model_copy(update={"source": MusicFile(path=changed(music.source.path))})
    scenes = tuple(_scene(scene, changed) for scene in timeline.scenes)
    return timeline.model_copy(update={"brand": brand, "voice": voice, "music": music, "scenes": scenes})


def _scene(scene: Scene, changed: Callable[[Path], Path]) -> Scene:
    if isinstance(scene.source, CardSource):
        return scene
    source = scene.source.model_copy(update={"path": changed(scene.source.path)})
    return scene.model_copy(update={"source": source})
