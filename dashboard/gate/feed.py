"""Somebody's calendar, read by a program that has its address and no login."""

from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard import data, session
from dashboard.access import feeds
from dashboard.access.access import Access
from dashboard.gate import rendering
from dashboard.gate.middleware import ADDRESS
from dashboard.gate.pace import Pace
from dashboard.gate.rendering import Notice
from dashboard.text import language_of

#: Programs look a few times an hour, for all who work behind one address.
_BURST, _SUSTAINED = 60, 1


class CalendarFeed:
    """Answers with the dates of whoever an address belongs to, and with nothing else."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._pace = Pace(burst=_BURST, sustained=_SUSTAINED)

    async def answer(self, request: Request) -> Response:
        """Return the calendar; whoever has no address that counts learns nothing."""
        if seconds := self._pace.wait(str(request.scope[ADDRESS])):
            refusal = rendering.notice(request, Notice.TOO_FAST)
            refusal.headers["Retry-After"] = str(seconds)
            return refusal
        content = await run_in_threadpool(self._content, request.path_params["token"])
        if content is None:
            return rendering.notice(request, Notice.MISSING)
        headers = {"Content-Disposition": 'inline; filename="cap90.ics"'}
        return Response(
            content, HTTPStatus.OK, headers=headers, media_type="text/calendar; charset=utf-8"
        )

    def _content(self, token: str) -> bytes | None:
        found = feeds.find(self._access, token)
        if found is None:
            return None
        # whoever's browser may be logged in beside it: the address decides whose dates they are
        with session.acting_as(found.visitor):
            own = found.visitor.language or session.served().workspace.settings.locale
            return data.own.calendar(found.calendar_id, language_of(own))
