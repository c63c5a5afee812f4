"""Staff: Dutch, English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "staff.you": ("dat ben jij", "that is you"),
    "staff.has_codes": ("met codes", "with codes"),
    "staff.is_out": ("kan niet inloggen", "cannot sign in"),
    "staff.role_of": ("Rol van {name}", "Role of {name}"),
    "staff.role_changed": ("{name} is nu {role}.", "{name} is now {role}."),
    "staff.disable": ("Blokkeren", "Shut out"),
    "staff.disable_of": ("{name} blokkeren", "Shut {name} out"),
    "staff.disabled": (
        "{name} is overal uitgelogd en kan niet meer inloggen.",
        "{name} is signed out everywhere and cannot sign in any more.",
    ),
    "staff.enable": ("Weer toelaten", "Let in again"),
    "staff.enable_of": ("{name} weer toelaten", "Let {name} in again"),
    "staff.enabled": (
        "{name} kan weer inloggen, met hetzelfde wachtwoord.",
        "{name} can sign in again, with the same password.",
    ),
    "staff.new": ("Iemand toevoegen", "Add somebody"),
    "staff.name_missing": ("Vul een naam in.", "Fill in a name."),
    "may.producer": (
        "Maakt en levert video's; ziet geen sleutels en wijzigt geen budgetten.",
        "Makes and delivers videos; sees no keys and changes no budgets.",
    ),
    "may.owner": (
        "Mag alles: ook mensen, sleutels, prijzen en budgetten.",
        "May do everything: people, keys, prices and budgets too.",
    ),
    "staff.first_password": ("Eerste wachtwoord", "First password"),
    "staff.first_password_more": (
        "Neem dit of typ een ander. Na het inloggen kan het gewijzigd worden.",
        "Take this one or type another. It can be changed after signing in.",
    ),
    "staff.add": ("Toevoegen", "Add"),
    "staff.added": ("{name} kan inloggen", "{name} can sign in"),
    "staff.added_more": (
        "Geef dit door aan {name}. Het wachtwoord wordt alleen nu getoond.",
        "Pass this on to {name}. The password is shown only now.",
    ),
    "staff.passed_on": ("Doorgegeven", "Passed on"),
    "wrong.email": (
        "Dit is geen e-mailadres. Het ziet eruit als anna@bakkerij.example.",
        "This is not an e-mail address. It looks like anna@bakkerij.example.",
    ),
    "problem.email_in_use": (
        "Er is al iemand met dit e-mailadres. Er is niemand toegevoegd.",
        "There is somebody with this e-mail address already. Nobody was added.",
    ),
    "problem.last_owner": (
        "Dit is de enige eigenaar; zonder eigenaar beslist niemand over mensen en geld. Maak eerst iemand anders "
        "eigenaar.",
        "This is the only owner; without one nobody decides about people and money. Make somebody else an owner first.",
    ),
}
