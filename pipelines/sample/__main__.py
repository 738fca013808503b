"""Write the sample company's files: ``python -m pipelines.sample sample_data``."""

import sys
from datetime import date
from pathlib import Path

from pipelines.sample import SHIPPED_DAY, generate


def main(folder: str, day: str = SHIPPED_DAY.isoformat()) -> None:
    """Write the files of a day into a folder that exists, over those of the same name."""
    for file in generate(date.fromisoformat(day)):
        (Path(folder) / file.name).write_bytes(file.content)


if __name__ == "__main__":
    main(*sys.argv[1:])
