"""No line ends within an amount or a date."""

import pytest

from dashboard.report.unbroken import unbroken


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("signé 62 000 $ après", "signé 62~000~$ après"),
        ("1 234 567 $", "1~234~567~$"),
        ("−3,6 pts", "−3,6~pts"),
        ("30,7 k$ sur 108 k$", "30,7~k$ sur 108~k$"),
        ("32 % de 12 min", "32~% de 12~min"),
        ("le 19 nov. 2026, Luc", "le 19~nov.~2026, Luc"),
        ("mardi 1er décembre 2026", "mardi 1er~décembre~2026"),
        ("Tuesday, November 17, 2026", "Tuesday, November~17,~2026"),
        ("Nov 12, 2026", "Nov~12,~2026"),
        ("dans 5 jours", "dans 5 jours"),
        ("devis 1042 et 1043", "devis 1042 et 1043"),
        ("un minimum", "un minimum"),
        ("20 minutes", "20 minutes"),
        ("", ""),
    ],
)
def test_a_number_stays_with_its_unit_and_a_date_in_one_piece(written: str, shown: str) -> None:
    assert unbroken(written).replace("\N{NO-BREAK SPACE}", "~") == shown
