"""The open deals of a landing, as whoever asks may see them."""

import numpy as np
from numpy.typing import NDArray

from pipelines.context import Context
from pipelines.landing.columns import Columns, number_of
from pipelines.landing.deciding import money, of_cents
from pipelines.landing.forecast import Forecast
from pipelines.landing.model import Landing, OpenDeal
from pipelines.landing.reading import read_details
from pipelines.landing.words import reason, rests_on_few
from pipelines.people.names import read_names

#: More open deals than anybody reads are counted, not listed.
_MOST_LISTED = 1_000


class Listed:
    """The open deals that whoever asks may see, those that add most first."""

    def __init__(
        self,
        context: Context,
        found: Landing,
        columns: Columns,
        ahead: Forecast,
        *,
        is_money: bool,
    ) -> None:
        self._columns, self._ahead, self._is_money = columns, ahead, is_money
        self._until = number_of(found.until)
        self._expected = ahead.expected
        people = context.actor.scope.people
        order = np.argsort(-(ahead.chance * ahead.worth), kind="stable")
        asked = order[:_MOST_LISTED] if people is None else order
        self._details = read_details(context, self._keys(asked), found.until)
        mine = None if people is None else read_names(context.store).shown_names(people)
        seen = [
            int(place)
            for place in asked
            if mine is None or self._details[self._key(int(place))].owner in mine
        ]
        self._seen = frozenset(seen)
        self.unseen = 0 if mine is None else len(order) - len(seen)
        self.deals = tuple(self.deal(place) for place in seen[:_MOST_LISTED])

    @property
    def vanished(self) -> int:
        """How many of all open deals a full export no longer held."""
        gone = self._columns.deals.vanished[self._ahead.open.deal] <= self._until
        return int(np.count_nonzero(gone))

    def sees(self, place: int) -> bool:
        """Tell whether a deal may be seen; those that add most always are among the listed."""
        return place in self._seen

    def deal(self, place: int) -> OpenDeal:
        """Return one of the open deals."""
        ahead, deal = self._ahead, int(self._ahead.open.deal[place])
        details = self._details[self._key(place)]
        closed = int(self._columns.deals.closed[deal])
        stage = self._columns.labels[int(ahead.open.stage[place])]
        return OpenDeal(
            source=details.source,
            external_id=details.external_id,
            name=details.name,
            account=details.account,
            owner=details.owner,
            stage=stage or None,
            days_there=int(ahead.open.days_there[place]),
            amount=money(int(ahead.amount[place])) if ahead.priced[place] else None,
            chance=float(ahead.chance[place]),
            alike=int(ahead.alike[place]),
            expected=of_cents(int(self._expected[place])),
            vanished=bool(self._columns.deals.vanished[deal] <= self._until),
            reason=reason(ahead, place, stage, closed, money=self._is_money),
            currency=details.currency,
            few=rests_on_few(ahead, place),
        )

    def _key(self, place: int) -> int:
        return int(self._columns.deals.key[self._ahead.open.deal[place]])

    def _keys(self, places: NDArray[np.intp]) -> list[int]:
        keys: list[int] = self._columns.deals.key[self._ahead.open.deal[places]].tolist()
        return keys
