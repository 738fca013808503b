"""The scripts of the components: written as modules, fetched as one file."""

import re
from pathlib import Path

import pytest

from dashboard import scripts
from dashboard.components.assets import asset

FOLDER = Path(scripts.__file__).parent / "components"
MODULES = sorted(path.name for path in FOLDER.glob("*.js") if path.name != "load.js")
ABOUT_OTHERS = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)
UNDERSTOOD = re.compile(
    r'import \{ \w+(?:, \w+)* \} from "\./(\w+)\.js";'
    r"|export default function \(.*"
    r"|export (?:async function|function|const|class) \w+.*"
)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_what_it_takes_and_gives_in_the_forms_that_can_be_joined(name: str) -> None:
    for line in ABOUT_OTHERS.findall(asset(name)):
        found = UNDERSTOOD.fullmatch(line)
        assert found, line
        assert found[1] is None or f"{found[1]}.js" in MODULES


def test_every_component_has_a_module_of_its_name_that_shows_it() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py"))
    components = set(re.findall(r'v2\.component\(\s*"cap90_(\w+)"', code))

    showing = {name for name in MODULES if "export default function (" in asset(name)}
    assert {f"{name}.js" for name in components} == showing


def test_a_joined_module_keeps_its_names_to_itself_and_hands_over_what_it_exports() -> None:
    code = 'import { b } from "./b.js";\nexport const a = 1;\nexport default function (c) {}\n'

    assert scripts.in_a_function(code) == (
        'const { b } = from("b");\nconst a = 1;\nfunction $show(c) {}\nreturn { a, $show };\n'
    )


def test_what_is_sent_along_with_a_component_is_short_and_names_the_file() -> None:
    assert f'"{scripts.address()}"' in scripts.loader()
    assert len(scripts.loader()) < 500
    assert re.fullmatch(r"/scripts/[0-9a-f]{16}\.js", scripts.address())
