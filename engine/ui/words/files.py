"""What is wrong with a file that was added, by its flaw: Dutch, English. The page for large uploads says them too."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "problem.file_missing": (
        "“{name}” is er niet. Kijk de naam en de map na.",
        "“{name}” is not there. Check the name and the folder.",
    ),
    "problem.file_is_folder": (
        "“{name}” is een map. Kies één bestand eruit.",
        "“{name}” is a folder. Choose one file in it.",
    ),
    "problem.file_unopenable": (
        "“{name}” kan niet worden geopend. Kijk of je het mag lezen.",
        "“{name}” cannot be opened. Check that you may read it.",
    ),
    "problem.file_empty": (
        "“{name}” is leeg. Kopieer of exporteer het opnieuw.",
        "“{name}” is empty. Copy or export it again.",
    ),
    "problem.file_is_playlist": (
        "“{name}” is een afspeellijst of webpagina die alleen naar andere bestanden wijst. Voeg de film zelf toe.",
        "“{name}” is a playlist or page that only points at other files. Add the film itself.",
    ),
    "problem.file_is_drawing": (
        "“{name}” is een SVG-tekening. Exporteer het als PNG en voeg dat toe.",
        "“{name}” is an SVG drawing. Export it as PNG and add that.",
    ),
    "problem.file_is_text": (
        "“{name}” is tekst, geen beeld, film of geluid. Kies een ander bestand.",
        "“{name}” is text, not a picture, film or sound. Choose another file.",
    ),
    "problem.file_unknown": (
        "“{name}” is geen beeld, film of geluid dat we kunnen lezen. Exporteer als JPEG, PNG, MP4, MOV, WAV of MP3.",
        "“{name}” is no picture, film or sound that we can read. Export it as JPEG, PNG, MP4, MOV, WAV or MP3.",
    ),
    "problem.file_damaged": (
        "“{name}” is beschadigd of niet compleet. Kopieer of exporteer het opnieuw.",
        "“{name}” is damaged or not complete. Copy or export it again.",
    ),
    "problem.file_incomplete": (
        "“{name}” is niet compleet: van de {count} beelden staan er maar {there} in. Kopieer of exporteer het opnieuw.",
        "“{name}” is not complete: only {there} of its {count} pictures are in it. Copy or export it again.",
    ),
    "problem.file_too_heavy": (
        "“{name}” openen kost te veel tijd of geheugen. Zet het om naar een gewone MP4, JPEG of WAV.",
        "“{name}” takes too long or too much memory to open. Convert it to a plain MP4, JPEG or WAV.",
    ),
    "problem.file_is_picture": (
        "“{name}” is een stilstaand beeld, en dat past hier niet. Kies een ander bestand.",
        "“{name}” is a still picture, which does not fit here. Choose another file.",
    ),
    "problem.file_is_clip": (
        "“{name}” is een videofragment, en dat past hier niet. Kies een ander bestand.",
        "“{name}” is a clip, which does not fit here. Choose another file.",
    ),
    "problem.file_is_sound": (
        "“{name}” heeft alleen geluid, en dat past hier niet. Kies een ander bestand.",
        "“{name}” is only sound, which does not fit here. Choose another file.",
    ),
    "problem.file_other_kind": (
        "“{name}” is een ander soort bestand dan de scène zegt. Kies een ander bestand.",
        "“{name}” is another kind of file than its scene says. Choose another file.",
    ),
    "problem.file_no_picture": (
        "“{name}” is geen beeld dat we kunnen lezen. Gebruik een JPEG, PNG, WebP of HEIC.",
        "“{name}” is not a picture that can be read. Use a JPEG, PNG, WebP or HEIC.",
    ),
    "problem.file_no_sound": (
        "“{name}” heeft geen geluid. Kies een ander bestand.",
        "“{name}” has no sound. Choose another file.",
    ),
    "problem.file_nothing_heard": (
        "In “{name}” is niets te horen: het is leeg of beschadigd. Exporteer het opnieuw.",
        "There is no sound to be heard in “{name}”: it is empty or damaged. Export it again.",
    ),
    "problem.file_silent": (
        "“{name}” is stil van begin tot eind. Neem het opnieuw op, of kies een ander bestand.",
        "“{name}” is silent from start to end. Record it again, or choose another file.",
    ),
    "problem.file_holds_nothing": (
        "In “{name}” zit geen beeld en geen geluid. Exporteer het opnieuw.",
        "“{name}” has neither pictures nor sound in it. Export it again.",
    ),
    "problem.file_no_length": (
        "“{name}” duurt 0 seconden. Exporteer het opnieuw.",
        "“{name}” is 0 seconds long. Export it again.",
    ),
    "problem.file_trimmed_past_end": (
        "“{name}” is korter dan het punt waar de scène begint. Laat de scène eerder beginnen.",
        "“{name}” ends before its scene begins. Begin the scene earlier.",
    ),
    "problem.file_too_many_pixels": (
        "“{name}” is {width} × {height} pixels; het maximum is {most_megapixels} megapixel. Verklein het en voeg het "
        "opnieuw toe.",
        "“{name}” is {width} × {height} pixels; {most_megapixels} megapixels is the most. Make it smaller and add it "
        "again.",
    ),
    "problem.file_film_too_large": (
        "“{name}” is {width} × {height} pixels, te groot om hier te monteren. Exporteer het in 4K of kleiner.",
        "“{name}” is {width} × {height} pixels, too large to edit here. Export it at 4K or less.",
    ),
    "problem.file_picture_codec": (
        "Het beeld van “{name}” is in een formaat dat we niet kunnen lezen. Exporteer het als H.264.",
        "The pictures of “{name}” are in a format that we cannot read. Export it as H.264.",
    ),
    "problem.file_sound_codec": (
        "Het geluid van “{name}” is in een formaat dat we niet kunnen lezen. Exporteer het als AAC.",
        "The sound of “{name}” is in a format that we cannot read. Export it as AAC.",
    ),
    "problem.file_dolby_vision": (
        "“{name}” is in Dolby Vision profiel 5, met kleuren die alleen een speler met licentie kan tonen. Exporteer "
        "het als HDR10, HLG of gewone video.",
        "“{name}” is in Dolby Vision profile 5, whose colours only a licensed player can show. Export it as HDR10, "
        "HLG or ordinary video.",
    ),
    "problem.file_transparent": (
        "“{name}” is helemaal doorzichtig. Kies een ander bestand.",
        "“{name}” is wholly transparent. Choose another file.",
    ),
    "problem.file_no_drawing": (
        "“{name}” is geen SVG. Exporteer het opnieuw.",
        "“{name}” is no SVG. Export it again.",
    ),
    "problem.file_drawing_too_large": (
        "“{name}” is groter dan de {most_mb} MB die een tekening mag hebben. Vereenvoudig het, of bewaar het als PNG.",
        "“{name}” is larger than the {most_mb} MB that a drawing may have. Simplify it, or save it as PNG.",
    ),
    "problem.file_drawing_too_complex": (
        "“{name}” heeft meer dan {most} onderdelen. Vereenvoudig het, of bewaar het als PNG.",
        "“{name}” has more than {most} parts. Simplify it, or save it as PNG.",
    ),
    "problem.file_drawing_entities": (
        "“{name}” gebruikt entiteiten, die een tekening niet nodig heeft. Bewaar het als gewone SVG.",
        "“{name}” declares entities, which drawings do not need. Save it as plain SVG.",
    ),
    "problem.file_drawing_active": (
        "In “{name}” zit een <{part}>, die een logo niet nodig heeft. Bewaar het als gewone SVG of als PNG.",
        "“{name}” has a <{part}> in it, which a logo does not need. Save it as plain SVG or PNG.",
    ),
    "problem.file_drawing_script": (
        "In “{name}” zit een script ({part}). Bewaar het als gewone SVG of als PNG.",
        "“{name}” has a script in it ({part}). Save it as plain SVG or PNG.",
    ),
    "problem.file_drawing_elsewhere": (
        "“{name}” verwijst naar iets buiten zichzelf. Sluit dat in en bewaar het opnieuw, of als PNG.",
        "“{name}” points to something outside itself. Embed that and save it again, or as PNG.",
    ),
    "problem.file_drawing_text": (
        "In “{name}” zit tekst. Zet de tekst om in contouren en bewaar het opnieuw.",
        "“{name}” has text in it. Turn the text into outlines and save it again.",
    ),
    "problem.file_drawing_picture": (
        "In “{name}” zit een foto. Bewaar het als PNG met een doorzichtige achtergrond.",
        "“{name}” has a picture in it. Save it as PNG with a transparent ground.",
    ),
    "problem.file_drawing_styles": (
        "“{name}” heeft stijlregels die we niet kunnen tekenen. Bewaar het met de stijl in de onderdelen zelf, of als "
        "PNG.",
        "“{name}” has a style sheet that we cannot draw. Save it with presentation attributes, or as PNG.",
    ),
    "problem.file_drawing_unsized": (
        "“{name}” zegt niet hoe groot het is. Geef het een viewBox en bewaar het opnieuw.",
        "“{name}” does not say how large it is. Give it a viewBox and save it again.",
    ),
    "problem.file_drawing_undrawable": (
        "“{name}” kan niet worden getekend. Exporteer het opnieuw, of als PNG.",
        "“{name}” cannot be drawn. Export it again, or as PNG.",
    ),
    "problem.file_drawing_blank": (
        "Op “{name}” is niets te zien. Exporteer het opnieuw, of als PNG.",
        "“{name}” shows nothing. Export it again, or as PNG.",
    ),
    "problem.file_no_typeface": (
        "“{name}” is geen lettertype, of het is beschadigd. Kies een TTF-, OTF- of WOFF2-bestand.",
        "“{name}” is not a typeface, or it is damaged. Choose a TTF, OTF or WOFF2 file.",
    ),
    "problem.file_typeface_too_large": (
        "“{name}” is groter dan de {most_mb} MB die een lettertype mag hebben. Kies een ander bestand.",
        "“{name}” is larger than the {most_mb} MB that a typeface may have. Choose another file.",
    ),
    "problem.file_typeface_collection": (
        "In “{name}” zitten meer lettertypes. Kies een bestand met één lettertype.",
        "“{name}” holds several typefaces. Choose a file with one.",
    ),
    "problem.file_typeface_incomplete": (
        "In “{name}” ontbreekt {tables}. Exporteer het lettertype opnieuw.",
        "“{name}” lacks {tables}. Export the typeface again.",
    ),
    "problem.file_typeface_no_outlines": (
        "“{name}” heeft geen contouren om letters mee te tekenen. Kies een ander bestand.",
        "“{name}” has no outlines to draw letters with. Choose another file.",
    ),
    "problem.file_typeface_no_letters": (
        "“{name}” heeft geen letters, alleen tekens. Kies een lettertype voor tekst.",
        "“{name}” has no letters, only signs. Choose a typeface for text.",
    ),
    "problem.file_typeface_undrawable": (
        "Met “{name}” kan niet worden getekend. Kies een ander bestand van dit lettertype.",
        "“{name}” cannot be drawn with. Choose another file of this typeface.",
    ),
    "problem.file_document_too_large": (
        "“{name}” is groter dan de {most_mb} MB die een document mag hebben. Maak het kleiner.",
        "“{name}” is larger than the {most_mb} MB that a document may have. Make it smaller.",
    ),
    "problem.file_no_document": (
        "“{name}” is geen PDF en geen gewone tekst. Bewaar het als een van die twee.",
        "“{name}” is neither a PDF nor plain text. Save it as one of those.",
    ),
    "notice.upload_refused": ("“{file_name}” is niet bewaard. {why}", "“{file_name}” was not kept. {why}"),
    "notice.upload_taken_in": (
        "“{file_name}” uit de inbox staat in de bibliotheek.",
        "“{file_name}” from the inbox is in the library.",
    ),
}
