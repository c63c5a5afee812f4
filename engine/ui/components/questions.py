"""Questions: what only a person can clear up about a paid call, answered where its job stands.

Called by the jobs drawer. Law: nothing is bought by answering; a wrong answer is refused by the api, and what was typed
stays.
"""

import flet as ft

from api.schemas.costs import AnswerIn, QuestionOut
from api.schemas.jobs import JobOut
from engine.ui.client import ApiProblem
from engine.ui.components.states import Trouble, said_of, skeleton
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.theme import Role, space


@ft.component
def Questions(job: JobOut) -> ft.Control:
    """Those that this job waits for."""
    desk = use_desk()
    match use_loaded(desk.api.questions, job.updated_at):
        case Waiting():
            return skeleton(desk.words, rows=2)
        case Failed() as failed:
            return Trouble(failed)
        case Loaded(page):
            asked: list[ft.Control] = [Question(question) for question in page.items if question.job_id == job.id]
            return ft.Column(asked, spacing=space(3))


@ft.component
def Question(question: QuestionOut) -> ft.Control:
    """What to look up at the vendor, and the two things that can be found there."""
    desk = use_desk()
    words = desk.words
    order_id, set_order_id = ft.use_state("")
    problem, set_problem = ft.use_state("")
    is_busy, set_busy = ft.use_state(False)

    async def answer(found: AnswerIn) -> None:
        if is_busy:
            return
        set_busy(True)
        try:
            await desk.api.answer_question(question.id, found)
            set_problem("")
        except ApiProblem as met:
            if not desk.meet(met):
                set_problem(said_of(met, words))
        set_busy(False)

    async def adopt() -> None:
        if order_id.strip():
            await answer(AnswerIn(adopt=order_id.strip()))
        else:
            set_problem(words("question.order_missing"))

    async def void() -> None:
        await answer(AnswerIn(void=True))

    looks = Looks(label=words("question.order"), max_length=200, is_dense=True, error=problem)
    field = TypedField(looks, order_id, set_order_id)
    run = ft.context.page.run_task
    actions = ft.Row(
        [
            ft.FilledButton(words("question.adopt"), disabled=is_busy, on_click=lambda _: run(adopt)),
            ft.OutlinedButton(words("question.void"), disabled=is_busy, on_click=lambda _: run(void)),
        ],
        wrap=True,
    )
    hint = text(words("question.hint"), "caption", Role.MUTED)
    return ft.Column([text(question.text), hint, field, actions], spacing=space(2))
