"""The wizard's Audio step: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "audio.lacks": ("nog geen stem", "no voice yet"),
    "audio.voice": ("Stem", "Voice"),
    # a new voice
    "audio.first_voice": ("Geef de video een stem", "Give the video a voice"),
    "audio.other_voice": ("Andere stem", "Another voice"),
    "audio.record": ("Opnemen", "Record"),
    "audio.from_library": ("Uit bibliotheek", "From the library"),
    "audio.upload": ("Bestand kiezen", "Choose a file"),
    "audio.draft": ("Gratis proefstem", "Free draft voice"),
    "audio.no_script": (
        "Schrijf eerst een script: een stem wordt op de woorden gelegd.",
        "Write a script first: a voice is laid on its words.",
    ),
    "audio.uploading": ("Bestand uploaden", "Uploading the file"),
    # recording
    "audio.asking": ("Sta in je browser de microfoon toe…", "Allow the microphone in your browser…"),
    "audio.recording": ("Opname loopt", "Recording"),
    "audio.keeping": ("Opname bewaren…", "Keeping the recording…"),
    "audio.stop": ("Stoppen en bewaren", "Stop and keep"),
    "audio.level": ("Geluidsniveau", "Sound level"),
    "audio.refused": (
        "De microfoon is niet beschikbaar. Sta hem toe bij het slotje in de adresbalk, of kies een bestand.",
        "The microphone is not available. Allow it at the lock in the address bar, or choose a file.",
    ),
    "audio.disk": (
        "De schijf is vol of niet te beschrijven. Wat al was opgenomen is er nog; maak ruimte en probeer het opnieuw.",
        "The disk is full or cannot be written. What was recorded so far is kept; make room and try again.",
    ),
    "audio.too_short": (
        "Er was niets te horen in die opname. Neem opnieuw op.",
        "Nothing was heard in that recording. Record again.",
    ),
    "audio.cut_off": (
        "De microfoon viel weg. Wat je tot dan zei staat hieronder.",
        "The microphone went away. What you said until then stands below.",
    ),
    "audio.too_long": (
        "De opname is na een kwartier gestopt en bewaard.",
        "The recording was stopped after a quarter of an hour, and kept.",
    ),
    "audio.recording_name": ("Opname {time}", "Recording {time}"),
    "audio.recording_unreadable": (
        "De opname is niet te lezen van de schijf. Hij is niet weggegooid.",
        "The recording cannot be read from the disk. It was not thrown away.",
    ),
    "audio.left_behind": (
        "Opname van {time} ({length}), nog niet bewaard als stem",
        "Recording of {time} ({length}), not kept as a voice yet",
    ),
    "audio.left_keep": ("Bewaren", "Keep"),
    "audio.left_drop": ("Weggooien", "Throw away"),
    # the waveform
    "audio.board": ("Golfvorm van de stem met {words} woorden", "Waveform of the voice with {words} words"),
    "audio.scene_short": ("Scène {number}", "Scene {number}"),
    "audio.scene": ("scène {number}", "scene {number}"),
    "audio.no_scene": ("niet meer in het script", "no longer in the script"),
    "audio.zoom_in": ("Groter", "Larger"),
    "audio.zoom_out": ("Kleiner", "Smaller"),
    "audio.no_words": (
        "In deze stem zijn geen woorden gevonden.",
        "No words were found in this voice.",
    ),
    "audio.word_of": ("Woord {number} van {count}, {scene}", "Word {number} of {count}, {scene}"),
    "audio.word_before": ("Vorig woord", "Word before"),
    "audio.word_after": ("Volgend woord", "Next word"),
    "audio.listen_word": ("Woord", "Word"),
    "audio.listen_scene": ("Scène", "Scene"),
    "audio.word_start": ("Woord van (ms)", "Word from (ms)"),
    "audio.word_end": ("Woord tot (ms)", "Word to (ms)"),
    "audio.speech_start": ("Stem van (ms)", "Voice from (ms)"),
    "audio.speech_end": ("Stem tot (ms)", "Voice to (ms)"),
    "audio.earlier": ("{what}: 10 ms eerder", "{what}: 10 ms earlier"),
    "audio.later": ("{what}: 10 ms later", "{what}: 10 ms later"),
    "audio.no_place": ("Geen tijd, zoals 1240 of 1,24", "No time, such as 1240 or 1.24"),
    "audio.keys": (
        "Toetsen: pijltjes kiezen een woord, komma en punt verschuiven het 10 ms, met Shift 50 ms. "
        "Slepen klikt vast aan stiltes en de afspeelkop.",
        "Keys: arrows choose a word, comma and full stop move it by 10 ms, with Shift by 50 ms. "
        "Dragging snaps to silences and the playhead.",
    ),
    # how well the words were found
    "audio.outdated": (
        "Het script is gewijzigd na deze opname. Zoek de woorden opnieuw, of neem opnieuw op.",
        "The script was changed after this recording. Find the words again, or record again.",
    ),
    "audio.sync_again": ("Woorden opnieuw zoeken", "Find the words again"),
    "voice_quality.unsure": (
        "Niet alle woorden zijn zeker gevonden. Kijk de plekken met een vraagteken na.",
        "Not all words were found for certain. Check the places with a question mark.",
    ),
    "voice_quality.spread": (
        "Het script is in deze stem niet herkend. De woorden zijn verdeeld over wat er te horen is; versleep ze.",
        "The script was not recognised in this voice. Its words are spread over what is heard; drag them.",
    ),
    # the takes
    "audio.takes": ("Alle stemmen", "All voices"),
    "audio.take_draft": ("Proefstem", "Draft voice"),
    "audio.chosen": ("Gekozen", "Chosen"),
    "audio.choose": ("Kiezen", "Choose"),
    "audio.choose_take": ("{name} kiezen", "Choose {name}"),
    "audio.play_take": ("{name} afspelen", "Play {name}"),
    "audio.pause_take": ("{name} pauzeren", "Pause {name}"),
    # jobs, undo, two windows
    "job.draft_voice": ("Proefstem maken", "Making a draft voice"),
    "job.take_in_voice": ("Stem verwerken", "Taking in a voice"),
    "job.sync_voice": ("Woorden zoeken in de stem", "Finding the words of a voice"),
    "stage.speaking": ("script uitspreken", "saying the script"),
    "stage.listening": ("woorden zoeken", "finding the words"),
    "did.marker": ("moment van een woord", "time of a word"),
    "did.voice": ("keuze van de stem", "choice of voice"),
    "field.places": ("Momenten van de woorden", "Times of the words"),
    "field.speech": ("Begin en eind van de stem", "Beginning and end of the voice"),
    "field.take_id": ("Gekozen stem", "Chosen voice"),
}
