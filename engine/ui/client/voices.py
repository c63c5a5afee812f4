"""Voices: recordings, draft voices and when their words are heard, as the api tells of them."""

from typing import Final

from api.schemas.assets import AssetOut
from api.schemas.voices import VoiceAsked, VoiceIn, VoiceMarkers, VoiceOut
from engine.ui.client.door import Door, on_revision

_RECORDING: Final = "audio/wav"


class Voices(Door):
    """Every method raises ApiProblem."""

    async def voice(self, take_id: str) -> VoiceOut:
        """A voice take with its words."""
        return await self.get(f"/takes/{take_id}/voice", VoiceOut)

    async def ask_voice(self, video_id: str, voice: VoiceIn, intent: str) -> VoiceAsked:
        """Have a voice made of a file, or said by this machine. Asked twice with one key, it is made once."""
        return await self.send("POST", f"/videos/{video_id}/voices", VoiceAsked, voice, {"Idempotency-Key": intent})

    async def ask_sync(self, take_id: str, intent: str) -> VoiceAsked:
        """Have the words found again."""
        return await self.send("POST", f"/takes/{take_id}/sync", VoiceAsked, None, {"Idempotency-Key": intent})

    async def save_markers(self, take_id: str, markers: VoiceMarkers, revision: int) -> VoiceOut:
        """Keep words at the places where a person put them."""
        return await self.send("PUT", f"/takes/{take_id}/voice", VoiceOut, markers, on_revision(revision))

    async def keep_recording(self, wav: bytes, file_name: str, client_id: str) -> AssetOut:
        """Store what was recorded in this app. wav: the whole file."""
        whose = {"type": "audio", "client_id": client_id}
        return await self.send_file("/assets", AssetOut, wav, _RECORDING, file_name=file_name, **whose)
