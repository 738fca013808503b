"""One's own login."""

from functools import partial

import streamlit as st

from dashboard import data, session
from dashboard.access.rights import Capability
from dashboard.components import account_page
from dashboard.components.calendar_address import calendar_address
from dashboard.components.conflict import conflict_panel
from dashboard.components.messages import show_outcome
from dashboard.gestures import access as access_gestures
from dashboard.gestures import mine as mine_gestures
from dashboard.navigation import Place, title
from dashboard.state import selection

language = selection().language
st.title(title(Place.ACCOUNT, language), anchor=False)
show_outcome(language)
conflict_panel(data.access.timezone(), language)
if account := data.access.own_account():
    account_page.about(
        account,
        language,
        rename=partial(access_gestures.rename_self, language, account),
        speak=partial(access_gestures.speak, language, account),
    )
    account_page.password_form(language, change=partial(access_gestures.change_password, language))
    if codes := access_gestures.made_codes():
        account_page.recovery_codes(codes, language)
    account_page.second_factor(
        account,
        access_gestures.proposal(),
        data.access.recovery_codes_left(),
        language,
        propose=partial(access_gestures.propose_factor, language),
        confirm=partial(access_gestures.confirm_factor, language),
        renew=partial(access_gestures.renew_codes, language),
        remove=partial(access_gestures.remove_factor, language),
    )
    if session.visitor().may(Capability.DO_ACTIONS):
        calendar_address(
            data.access.calendar_made_at(),
            mine_gestures.made_calendar_address(),
            data.access.timezone(),
            language,
            make=partial(mine_gestures.make_calendar_address, language),
            end=partial(mine_gestures.end_calendar_address, language),
        )
    account_page.session_list(
        data.access.own_sessions(),
        session.visitor().session_id,
        data.access.timezone(),
        language,
        end=partial(access_gestures.end_session, language),
        end_all=partial(access_gestures.log_out_everywhere, language),
    )
else:
    account_page.no_account(session.visitor().name, language)
