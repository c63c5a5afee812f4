"""The wizard's Preview step: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "preview.empty": ("Er is nog niets te zien", "There is nothing to see yet"),
    "preview.empty_more": (
        "Schrijf een script; elke scène daarvan komt in de film.",
        "Write a script; each of its scenes becomes a part of the film.",
    ),
    "preview.stage": ("Voorbeeld van de film in {format}", "Preview of the film in {format}"),
    "preview.making": ("Voorbeeld bijwerken", "Updating the preview"),
    "preview.to_step": ("Naar {step}", "Go to {step}"),
    "cut_problem.video_empty": ("Er is nog geen scène.", "There is no scene yet."),
    "cut_problem.picture_missing": (
        "Scènes zonder beeld zijn nu titelkaarten.",
        "Scenes without a picture are title cards now.",
    ),
    "cut_problem.voice_missing": ("De film heeft nog geen stem.", "The film has no voice yet."),
    "cut_problem.voice_outdated": (
        "Het script is gewijzigd na de opname. Exporteren kan pas als de stem weer klopt.",
        "The script was changed after the recording. An export waits until the voice fits again.",
    ),
    "cut_problem.voice_unsure": (
        "Niet alle woorden zijn zeker gevonden in de stem.",
        "Not all words were found in the voice for certain.",
    ),
    "cut_problem.other": ("Er klopt iets nog niet.", "Something is not right yet."),
    # playing
    "preview.scene_back": ("Naar het begin van de scène", "Back to the beginning of the scene"),
    "preview.scene_on": ("Naar de volgende scène", "On to the next scene"),
    "preview.frame_back": ("Eén beeld terug", "One frame back"),
    "preview.frame_on": ("Eén beeld verder", "One frame on"),
    "preview.frame": ("beeld {number}", "frame {number}"),
    "preview.loop": ("Deze scène herhalen", "Loop this scene"),
    "preview.loop_end": ("Niet meer herhalen", "Loop no more"),
    "preview.strip": (
        "Tijdlijn met {count} scènes; sleep een grens om een snede te verschuiven",
        "Timeline with {count} scenes; drag a border to move a cut",
    ),
    "preview.keys": (
        "Toetsen: K speelt en pauzeert, J en L springen een seconde, komma en punt gaan een beeld terug en verder. "
        "Sleep in de tijdlijn een grens om een snede te verschuiven.",
        "Keys: K plays and pauses, J and L jump a second, comma and full stop go a frame back and on. "
        "Drag a border in the timeline to move a cut.",
    ),
    "preview.zone": ("Veilige zone", "Safe zone"),
    "preview.no_zone": ("Geen", "None"),
    "platform.tiktok": ("TikTok", "TikTok"),
    "platform.reels": ("Reels", "Reels"),
    "platform.shorts": ("Shorts", "Shorts"),
    "platform.feed": ("Feed", "Feed"),
    "platform.youtube": ("YouTube", "YouTube"),
    "panel.scenes": ("Timing", "Timing"),
    "panel.captions": ("Ondertitels", "Captions"),
    "panel.music": ("Geluid", "Sound"),
    # timing
    "preview.timing_more": (
        "Elke snede volgt de stem. Verschuif hem in milliseconden; min is eerder.",
        "Each cut follows the voice. Move it in milliseconds; minus is earlier.",
    ),
    "preview.play_scene": ("Scène {number} afspelen", "Play scene {number}"),
    "preview.shift": ("Snede {number} (ms)", "Cut {number} (ms)"),
    "preview.earlier": ("Snede naar scène {number} 40 ms eerder", "Cut into scene {number} 40 ms earlier"),
    "preview.later": ("Snede naar scène {number} 40 ms later", "Cut into scene {number} 40 ms later"),
    "preview.no_shift": ("Zoals -120", "Such as -120"),
    # captions
    "preview.captions_on": ("Ondertitels in beeld", "Captions in the picture"),
    "preview.caption_style": ("Stijl", "Style"),
    "preview.caption_position": ("Plaats", "Place"),
    "preview.caption_size": ("Grootte", "Size"),
    "preview.uppercase": ("Hoofdletters", "Capitals"),
    "caption_style.plain": ("Eenvoudig", "Plain"),
    "caption_style.box": ("In een vlak", "In a box"),
    "caption_style.highlight": ("Woord uitgelicht", "Word highlighted"),
    "caption_style.large": ("Groot", "Large"),
    "caption_position.bottom": ("Onder", "Bottom"),
    "caption_position.middle": ("Midden", "Middle"),
    "caption_position.top": ("Boven", "Top"),
    # music
    "preview.music": ("Muziek", "Music"),
    "preview.no_music": ("Geen muziek", "No music"),
    "preview.upload_music": ("Eigen muziek kiezen", "Choose your own music"),
    "preview.music_level": ("Niveau van de muziek", "Level of the music"),
    "preview.duck": ("Zachter onder spraak", "Quieter under speech"),
    "preview.voice_level": ("Niveau van de stem", "Level of the voice"),
    "preview.licence": ("Licentie: waar komt dit vandaan, wat mag ermee", "Licence: where from, and for what use"),
    "preview.licence_missing": (
        "Noteer de licentie voordat deze muziek naar een klant gaat.",
        "Note the licence before this music goes to a client.",
    ),
    "bed.calm": ("Rustig (van ons)", "Calm (ours)"),
    "bed.warm": ("Warm (van ons)", "Warm (ours)"),
    "bed.bright": ("Helder (van ons)", "Bright (ours)"),
    "bed.pulse": ("Pulserend (van ons)", "Pulsing (ours)"),
    "bed.night": ("Nacht (van ons)", "Night (ours)"),
    # undo, two windows
    "did.cut_shift": ("moment van een snede", "time of a cut"),
    "did.captions": ("ondertitels", "captions"),
    "did.music": ("muziek", "music"),
    "did.voice_level": ("niveau van de stem", "level of the voice"),
    "field.captions": ("Ondertitels", "Captions"),
    "field.music": ("Muziek", "Music"),
    "field.voice_level_db": ("Niveau van de stem", "Level of the voice"),
    "field.progress_bar": ("Voortgangsbalk", "Progress bar"),
}
