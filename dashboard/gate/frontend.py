"""Streamlit's own files, which browsers fetch: which there are, and what its page carries in itself."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

import streamlit

_STATIC = Path(streamlit.__file__).parent / "static"
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@cache
def files() -> frozenset[str]:
    """Return the addresses of its files; for any other one it would answer with its page."""
    return frozenset(
        f"/{path.relative_to(_STATIC).as_posix()}"
        for path in (_STATIC / "static").rglob("*")
        if path.is_file()
    )


@cache
def script_hashes() -> tuple[str, ...]:
    """Return the hashes of the scripts within its page, as a content security policy names them."""
    index = _STATIC / "index.html"
    page = index.read_text(encoding="utf-8") if index.is_file() else ""
    return tuple(
        f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
        for script in _INLINE.findall(page)
    )
