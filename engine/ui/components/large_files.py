"""Large files: the way from the app to the page that takes them.

Called by pages where a file is brought in.
"""

from urllib.parse import urlencode

import flet as ft

from engine.ui.desk import Desk


def large_file_action(desk: Desk, *, client_id: str, use: str) -> ft.Control:
    """Opens the page for files of gigabytes, beside this one. use: an asset's type, such as `clip`."""
    asked = urlencode({"lang": desk.words.language, "client_id": client_id, "use": use, "back": desk.address})
    return ft.TextButton(
        desk.words("uploads.open"),
        icon=ft.Icons.OPEN_IN_NEW,
        on_click=lambda _: ft.context.page.run_task(ft.UrlLauncher().launch_url, f"/uploads?{asked}"),
    )
