"""`POST /feedback`: a mark on a result, from a form of the results page or from its script."""

from collections.abc import Mapping

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from corpus.errors import TracuuError
from web.feedback import Feedback
from web.forms import read_form
from web.templating import Templates

__all__ = ["add_feedback"]


def add_feedback(app: FastAPI, feedback: Feedback, templates: Templates) -> None:
    """Let the pages of `app` take marks, and say on every page that they do."""
    templates.always(feedback=feedback.token)

    async def endpoint(request: Request) -> Response:
        scripted = request.headers.get("Accept", "") != "" and "text/html" not in request.headers["Accept"]
        try:
            form = await read_form(request, feedback.token)
            kept = await run_in_threadpool(_keep, feedback, form)
        except TracuuError:
            if not scripted:
                raise
            return Response(status_code=422)
        if scripted:
            return Response(status_code=204)
        return templates.page("thanks.html", kept=kept, back=_back(form.get("back", "")))

    app.add_route("/feedback", endpoint, methods=["POST"], include_in_schema=False)


def _keep(feedback: Feedback, form: Mapping[str, str]) -> bool:
    return feedback.keep(
        form.get("q", ""), form.get("passage", ""), form.get("mark", ""), form.get("rank", "")
    )


def _back(address: str) -> str:
    """The results page that the form stood on: an address of ours or the first page, nothing else."""
    ours = address.startswith("/search?") and address.isprintable() and "\\" not in address
    return address if ours else "/"
