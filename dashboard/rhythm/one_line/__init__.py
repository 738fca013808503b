"""An action typed in one line, understood: what is done, by whom, by when. Pure."""

from dashboard.rhythm.one_line.parts import Known
from dashboard.rhythm.one_line.understanding import Part, Read, Understood, understand

__all__ = ["Known", "Part", "Read", "Understood", "understand"]
