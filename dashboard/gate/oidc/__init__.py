"""Somebody else vouches for people: login by OpenID Connect, with Microsoft, Google or another.

The authorization code flow with PKCE, state and nonce; what a provider says is believed only after
``id_token`` has checked it. Afterwards people have an ordinary login session of ours, which ends
like any other: idle, logged out, disabled. Their account must exist before: nobody gets one by
logging in elsewhere. A second factor is then the provider's to ask for, ours protects the password.

Left out: back-channel logout. It needs an address of ours that the provider can reach, which the
computer of a small company seldom has; a session that ends at the provider ends here when it is idle.
"""
