"""The cut in the wizard: what is chosen for the whole film, so that it saves itself and can be undone.

Called by the Preview and Export steps.
"""

from typing import Final

from api.schemas.cuts import CaptionChoice, CutChanges, CutOut, LogoChoice, MusicChoice
from engine.ui.client.bodies import checked
from engine.ui.pages.create.kept import Fields, Told
from engine.ui.pages.create.wizard import Wizard

CUT_KEY: Final = "cut"
CHOSEN: Final = ("captions", "music", "voice_level_db", "logo", "progress_bar", "intro_card", "end_card")
"""What of a cut is edited here."""


def hold_cut(wizard: Wizard, cut: CutOut) -> None:
    """Edit this cut in the wizard."""
    api, video_id = wizard.api, wizard.video_id

    async def save(fields: Fields, revision: int) -> Told:
        return _told(await api.change_cut(video_id, checked(CutChanges, fields), revision))

    async def load() -> Told:
        return _told(await api.cut(video_id))

    wizard.hold(CUT_KEY, _told(cut), save, load)


def captions_shown(wizard: Wizard) -> CaptionChoice | None:
    """How the words look on the screen; None: there are none."""
    chosen = wizard.shown(CUT_KEY, "captions")
    return None if chosen is None else CaptionChoice.model_validate(chosen)


def music_shown(wizard: Wizard) -> MusicChoice | None:
    """The music as the screen shows it; None: there is none."""
    chosen = wizard.shown(CUT_KEY, "music")
    return None if chosen is None else MusicChoice.model_validate(chosen)


def logo_shown(wizard: Wizard) -> LogoChoice | None:
    """Where the logo stands on the screen; None: nowhere."""
    chosen = wizard.shown(CUT_KEY, "logo")
    return None if chosen is None else LogoChoice.model_validate(chosen)


def change_captions(wizard: Wizard, captions: CaptionChoice | None) -> None:
    """Choose how the words look."""
    chosen = None if captions is None else captions.model_dump(mode="json")
    wizard.change(CUT_KEY, {"captions": chosen}, "captions")


def change_music(wizard: Wizard, music: MusicChoice | None) -> None:
    """Choose the music and how loud it is."""
    chosen = None if music is None else music.model_dump(mode="json")
    wizard.change(CUT_KEY, {"music": chosen}, "music")


def change_logo(wizard: Wizard, logo: LogoChoice | None) -> None:
    """Choose where the logo stands."""
    chosen = None if logo is None else logo.model_dump(mode="json")
    wizard.change(CUT_KEY, {"logo": chosen}, "logo")


def _told(cut: CutOut) -> Told:
    whole = cut.model_dump(mode="json")
    return Told({name: whole[name] for name in CHOSEN}, cut.revision)
