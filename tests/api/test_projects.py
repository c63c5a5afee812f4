"""Projects: found, listed with what one wants to know, and told of whole."""

import httpx

from tests.api.studio import ApiStudio, assert_problem
from tests.api.test_work import asset_of, made, project_of, video_of


def names(client: httpx.Client, query: str) -> list[str]:
    """The projects of a list, in its order."""
    answer = client.get(f"/api/projects?{query}")
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["items"]]


def test_a_list_names_the_client_and_counts_the_videos_that_are_not_put_away(owner: httpx.Client) -> None:
    client = made(owner, "clients", name="O'Brien & Zn. B.V.")
    project = made(owner, "projects", client_id=client["id"], name="أهلا 🎂")
    videos = [made(owner, "videos", project_id=project["id"], title="Zelfde naam") for _ in range(3)]
    made(owner, f"videos/{videos[0]['id']}/archive")

    (listed,) = owner.get("/api/projects?search=obrien").json()["items"]

    assert (listed["client_name"], listed["name"], listed["video_count"]) == ("O'Brien & Zn. B.V.", "أهلا 🎂", 2)
    assert listed["possible_moves"] == ["in_progress"]


def test_a_search_goes_through_all_pages_and_keeps_its_filters(owner: httpx.Client) -> None:
    client = made(owner, "clients", name="Bakkerij Anna")
    for number in range(3):
        made(owner, "projects", client_id=client["id"], name=f"Kerst {number}")
    project_of(owner, "Kerst elders")
    query = f"search=kerst anna&client_id={client['id']}&sort=name"

    first = owner.get(f"/api/projects?{query}&limit=2").json()
    rest = owner.get(f"/api/projects?{query}&limit=2&cursor={first['next_cursor']}").json()

    assert [item["name"] for item in (*first["items"], *rest["items"])] == ["Kerst 0", "Kerst 1", "Kerst 2"]
    assert names(owner, "search=kerst%20zomer") == []
    other = owner.get(f"/api/projects?search=anna&sort=name&cursor={first['next_cursor']}")
    assert_problem(other, 422, "cursor_invalid")


def test_a_move_says_who_made_it_by_name_and_an_old_revision_shows_both_sides(
    studio: ApiStudio, owner: httpx.Client
) -> None:
    project = project_of(owner)
    moved = made(owner, f"projects/{project['id']}/moves", to="in_progress", reason="Akkoord per mail.")
    assert moved["possible_moves"] == ["review"]

    (move,) = owner.get(f"/api/projects/{project['id']}/moves").json()["items"]
    clash = owner.patch(f"/api/projects/{project['id']}", json={"name": "Juni"}, headers={"If-Match": '"1"'})

    assert move["by_name"] == "eigenaar@studio.example"
    problem = assert_problem(clash, 412, "revision_outdated")
    assert problem["facts"]["current"] == owner.get(f"/api/projects/{project['id']}").json()
    assert problem["facts"]["given"] == {"name": "Juni"}


def test_a_project_knows_the_files_that_its_videos_use(studio: ApiStudio, owner: httpx.Client) -> None:
    video = video_of(owner)
    mine = asset_of(studio, video["client_id"])
    asset_of(studio, video["client_id"])
    made(owner, f"videos/{video['id']}/takes", asset_id=mine, kind="image", scene_id=video["scenes"][0]["id"])

    files = owner.get(f"/api/projects/{video['project_id']}/files").json()["items"]

    assert [(file["id"], file["file_name"]) for file in files] == [(mine, "brood.png")]
    assert owner.get("/api/projects/nowhere/files").status_code == 404
