"""Scripts: how a text would be split into scenes, while it is being written."""

from fastapi import APIRouter

from api.deps import SignedInStaff
from api.routes import StudioRoute
from api.schemas.scripts import ScriptIn, ScriptSplitOut, SplitSceneOut
from engine.core.scripts import ScriptEmpty, reading_time_ms, split_script, spoken_words
from engine.core.texts import clean_prose
from engine.core.videos import LONGEST_SCRIPT

router = APIRouter(prefix="/scripts", tags=["videos"], route_class=StudioRoute)


@router.post("/split", summary="Split a text into scenes")
def split(body: ScriptIn, _me: SignedInStaff) -> ScriptSplitOut:
    """As saving it would; nothing is kept."""
    text = clean_prose(body.script, "script", longest=LONGEST_SCRIPT)
    try:
        texts = [scene.text for scene in split_script(text, body.language)]
    except ScriptEmpty:
        texts = []
    scenes = [
        SplitSceneOut(text=text, words=len(spoken_words(text)), reading_ms=reading_time_ms(text, body.language))
        for text in texts
    ]
    return ScriptSplitOut(
        scenes=scenes,
        characters=sum(len(text) for text in texts),
        words=sum(scene.words for scene in scenes),
        reading_ms=sum(scene.reading_ms for scene in scenes),
    )
