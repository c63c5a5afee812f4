"""Flaws: what can be wrong with a file, each by a code that never changes once it is out.

Named by every refusal of engine.render.media and of those who use it; api.services.intake hands them on as a problem's
code, and the words of engine.ui say them in the reader's language.
Law: a new way to refuse a file is a new line here, which has words in both languages (a test holds them together).
"""

from enum import StrEnum


class Flaw(StrEnum):
    """Why a file cannot be used."""

    MISSING = "file_missing"
    FOLDER = "file_is_folder"
    UNOPENABLE = "file_unopenable"
    EMPTY = "file_empty"
    PLAYLIST = "file_is_playlist"
    DRAWING = "file_is_drawing"
    TEXT = "file_is_text"
    UNKNOWN = "file_unknown"
    DAMAGED = "file_damaged"
    INCOMPLETE = "file_incomplete"
    TOO_HEAVY = "file_too_heavy"

    IS_PICTURE = "file_is_picture"
    IS_CLIP = "file_is_clip"
    IS_SOUND = "file_is_sound"
    OTHER_KIND = "file_other_kind"
    NO_PICTURE = "file_no_picture"
    NO_SOUND = "file_no_sound"
    NOTHING_HEARD = "file_nothing_heard"
    SILENT = "file_silent"
    NOTHING_IN_IT = "file_holds_nothing"
    NO_LENGTH = "file_no_length"
    TRIMMED_PAST_END = "file_trimmed_past_end"
    TOO_MANY_PIXELS = "file_too_many_pixels"
    FILM_TOO_LARGE = "file_film_too_large"
    PICTURE_CODEC = "file_picture_codec"
    SOUND_CODEC = "file_sound_codec"
    DOLBY_VISION = "file_dolby_vision"
    TRANSPARENT = "file_transparent"

    NO_DRAWING = "file_no_drawing"
    DRAWING_TOO_LARGE = "file_drawing_too_large"
    DRAWING_TOO_COMPLEX = "file_drawing_too_complex"
    DRAWING_ENTITIES = "file_drawing_entities"
    DRAWING_ACTIVE = "file_drawing_active"
    DRAWING_SCRIPT = "file_drawing_script"
    DRAWING_ELSEWHERE = "file_drawing_elsewhere"
    DRAWING_TEXT = "file_drawing_text"
    DRAWING_PICTURE = "file_drawing_picture"
    DRAWING_STYLES = "file_drawing_styles"
    DRAWING_UNSIZED = "file_drawing_unsized"
    DRAWING_UNDRAWABLE = "file_drawing_undrawable"
    DRAWING_BLANK = "file_drawing_blank"

    NO_TYPEFACE = "file_no_typeface"
    TYPEFACE_TOO_LARGE = "file_typeface_too_large"
    TYPEFACE_COLLECTION = "file_typeface_collection"
    TYPEFACE_INCOMPLETE = "file_typeface_incomplete"
    TYPEFACE_NO_OUTLINES = "file_typeface_no_outlines"
    TYPEFACE_NO_LETTERS = "file_typeface_no_letters"
    TYPEFACE_UNDRAWABLE = "file_typeface_undrawable"
