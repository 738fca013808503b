"""What is built is what was written: the wheel carries everything that the product reads."""

import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

#: Where the folders that are not packages lie in the wheel.
_MOVED = {
    "kpi_definitions": "pipelines/_data/kpi_definitions",
    "sample_data": "pipelines/_data/sample_data",
}


def test_the_wheel_holds_every_file_of_the_product_and_no_other(
    root: Path, files: list[Path], tmp_path: Path
) -> None:
    (wheel,) = WheelBuilder(str(root)).build(directory=str(tmp_path), versions=["standard"])

    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}

    names = [path.relative_to(root).as_posix() for path in files]
    expected = {
        f"{_MOVED.get(top, top)}/{rest}"
        for top, _, rest in (name.partition("/") for name in names)
        if top in {"dashboard", "pipelines", *_MOVED}
    }
    assert packed == expected
    assert {
        "dashboard/.streamlit/config.toml",
        "dashboard/py.typed",
        "pipelines/py.typed",
        "pipelines/store/migrations/0001_canonical.sql",
        "pipelines/_data/kpi_definitions/win_rate.toml",
    } <= packed
