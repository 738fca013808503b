"""``cap90.toml``: every error names its key and what to do."""

from pathlib import Path

import pytest

from dashboard.text import render
from pipelines.errors import WorkspaceError
from pipelines.periods import Calendar, Weekday
from pipelines.settings import (
    Locale,
    Settings,
    WeekStart,
    document,
    load,
    save,
    settings_from,
    usual_currency,
    usual_timezone,
)


def written(folder: Path, text: str) -> Path:
    path = folder / "cap90.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(path: Path) -> list[str]:
    with pytest.raises(WorkspaceError) as refusal:
        load(path)
    return [str(problem) for problem in refusal.value.problems]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    settings = Settings(
        company='Ébénisterie "Côté" \\ fils',
        locale=Locale.FR_CA,
        currency="CAD",
        province="QC",
        week_start=WeekStart.SUNDAY,
        fiscal_year_start=4,
    )

    assert load(written(tmp_path, document(settings))) == settings


def test_settings_without_a_province_are_read_again(tmp_path: Path) -> None:
    settings = Settings(country="FR", currency="EUR", timezone="Europe/Paris")

    assert load(written(tmp_path, document(settings))) == settings


def test_the_file_explains_itself_in_the_companys_language() -> None:
    text = document(Settings(), lambda message: render(message, "fr"))

    assert "# Le premier jour de la semaine : monday (lundi) ou sunday" in text.replace("\xa0", " ")
    assert 'week_start = "monday"' in text


def test_an_empty_file_means_the_defaults(tmp_path: Path) -> None:
    assert load(written(tmp_path, "")) == Settings()


def test_the_calendar_follows_the_settings_and_never_the_language() -> None:
    settings = settings_from({"week_start": "sunday", "fiscal_year_start": 4, "locale": "fr"})

    assert settings.calendar == Calendar(Weekday.SUNDAY, 4)
    assert settings_from({"locale": "fr-CA"}).calendar == Calendar(Weekday.MONDAY, 1)


def test_every_wrong_key_is_named_at_once_with_what_to_do(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        compny = "Érable"
        locale = "de"
        currency = "cad"
        timezone = "Europe/Pari"
        province = "Quebec"
        week_start = "lundi"
        fiscal_year_start = 13
        """,
    )

    assert sorted(problems_of(path)) == [
        "cap90.toml [compny]: There is no setting of this name. Did you mean 'company'?",
        "cap90.toml [currency]: 'cad' is not known. Did you mean 'CAD'?",
        (
            "cap90.toml [fiscal_year_start]: '13' is not possible here. "
            "Write the month's number, from 1 to 12, without quotes."
        ),
        "cap90.toml [locale]: 'de' is not possible here. Write one of: en, fr, fr-CA.",
        (
            "cap90.toml [province]: 'Quebec' is not known. Write one of: "
            "AB, BC, MB, NB, NL, NS, NT, NU, ON, PE, QC, SK, YT."
        ),
        "cap90.toml [timezone]: 'Europe/Pari' is not known. Did you mean 'Europe/Paris'?",
        "cap90.toml [week_start]: 'lundi' is not possible here. Write one of: monday, sunday.",
    ]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('company = ""', "company"),
        ('company = "   "', "company"),
        ('company = "a\\nb"', "company"),
        ("company = 5", "company"),
        ('country = "XX"', "country"),
        ("country = []", "country"),
        ("fiscal_year_start = true", "fiscal_year_start"),
        ('fiscal_year_start = "1"', "fiscal_year_start"),
        ("nonsense = 1", "nonsense"),
        ("[week_start]", "week_start"),
    ],
)
def test_a_wrong_value_names_its_key_and_gives_a_hint(tmp_path: Path, line: str, key: str) -> None:
    with pytest.raises(WorkspaceError) as refusal:
        load(written(tmp_path, line))

    (problem,) = refusal.value.problems
    assert problem.where == f"cap90.toml [{key}]"
    assert problem.hint is not None


def test_a_province_needs_a_country_that_has_some() -> None:
    with pytest.raises(WorkspaceError, match="not a province of FO"):
        settings_from({"country": "FO", "province": "QC"})


def test_a_file_that_is_not_toml_names_the_line(tmp_path: Path) -> None:
    (problem,) = problems_of(written(tmp_path, 'locale = "fr"\ncompany Érable\n'))

    assert problem.startswith("cap90.toml: Line 2 cannot be understood.")


def test_a_file_that_breaks_off_names_its_last_line(tmp_path: Path) -> None:
    (problem,) = problems_of(written(tmp_path, 'locale = "fr"\n\ncompany = "Érable'))

    assert problem.startswith("cap90.toml: Line 3 cannot be understood.")


def test_a_file_of_another_encoding_says_how_to_save_it(tmp_path: Path) -> None:
    path = tmp_path / "cap90.toml"
    path.write_bytes('company = "Érable"'.encode("cp1252"))

    (problem,) = problems_of(path)

    assert problem.endswith("The file is not UTF-8 text. Save it as UTF-8 in your editor.")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "cap90.toml"
    path.write_text('company = "Érable"', encoding="utf-8-sig")

    assert load(path).company == "Érable"


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "cap90.toml")

    assert "The file cannot be read." in problem


@pytest.mark.parametrize(
    ("country", "currency", "timezone"),
    [
        ("CA", "CAD", "America/Montreal"),
        ("FR", "EUR", "Europe/Paris"),
        ("US", "USD", None),  # several: somebody has to say
        ("XX", None, None),
    ],
)
def test_a_country_suggests_its_currency_and_its_only_time_zone(
    country: str, currency: str | None, timezone: str | None
) -> None:
    assert usual_currency(country) == currency
    assert usual_timezone(country) == timezone


def test_changing_a_setting_keeps_what_somebody_wrote_around_it(tmp_path: Path) -> None:
    file = tmp_path / "cap90.toml"
    file.write_text(
        '# Louise asked for this name\ncompany = "Érable"  # since 2019\nlocale = "fr-CA"\n',
        encoding="utf-8",
    )
    settings = load(file)

    save(file, settings.model_copy(update={"company": "Érable & fils"}))

    text = file.read_text(encoding="utf-8")
    assert "# Louise asked for this name\n" in text
    assert 'company = "Érable & fils"' in text
    assert "# since 2019" in text
    assert load(file) == settings.model_copy(update={"company": "Érable & fils"})


def test_a_setting_that_is_taken_back_leaves_the_file(tmp_path: Path) -> None:
    file = tmp_path / "cap90.toml"
    file.write_text('province = "QC"\n[mail]\nhost = "smtp.example.org"\n', encoding="utf-8")

    save(file, Settings())

    assert load(file) == Settings()
    assert "QC" not in file.read_text(encoding="utf-8")
    assert "smtp" not in file.read_text(encoding="utf-8")


def test_settings_that_cannot_be_written_leave_the_old_ones(tmp_path: Path) -> None:
    file = tmp_path / "cap90.toml"
    file.write_text('company = "Érable"\n', encoding="utf-8")
    (tmp_path / ".cap90.toml.part").mkdir()  # in the way

    with pytest.raises(WorkspaceError, match="could not be written"):
        save(file, Settings(company="Autre"))

    assert load(file).company == "Érable"


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("[login]\nidle_minutes = 0", "[login.idle_minutes]", "from 1 to 1440"),
        ("[mail]\nhosts = 'a'", "[mail.hosts]", "Did you mean 'host'?"),
        ("[salespeople]\nmargins = 'yes'", "[salespeople.margins]", "true or false"),
        ("[meetings]\nfirst_on = 'soon'", "[meetings.first_on]", "2026-11-24"),
        ("[meetings]\nweekday = 'tues'", "[meetings.weekday]", "tuesday"),
        ("[meetings]\nstarts_at = '9h'", "[meetings.starts_at]", "09:00"),
        ("[meetings]\nstarts_at = '24:00'", "[meetings.starts_at]", "09:00"),
        ("[meetings]\nminutes = 5", "[meetings.minutes]", "from 10 to 240"),
        ("[meetings]\nmonthly_week = 5", "[meetings.monthly_week]", "1, 2 or 3"),
        ("[meetings]\nquarterly_week = 13", "[meetings.quarterly_week]", "from 1 to 12"),
        (
            "[login.providers.google]\nname = 'Google'\nissuer = 'https://accounts.google.com'",
            "[login.providers.google.client_id]",
            "calls this application",
        ),
        (
            "[login.providers.google]\nname='G'\nissuer='ftp://x'\nclient_id='c'",
            "[login.providers.google.issuer]",
            "the provider's address",
        ),
        ("languages = ['de']", "[languages.0]", "Write some of these"),
        ("logo = '../secret.png'", "[logo]", "in this folder"),
    ],
)
def test_a_wrong_key_in_a_table_is_named_with_its_table(
    tmp_path: Path, text: str, place: str, hint: str
) -> None:
    file = tmp_path / "cap90.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(WorkspaceError) as refused:
        load(file)

    problem = refused.value.problems[0]
    assert problem.where.endswith(place)
    assert hint in str(problem.hint)


def test_every_table_is_written_and_read_again(tmp_path: Path) -> None:
    settings = Settings.model_validate(
        {
            "salespeople": {"margins": True},
            "login": {
                "providers": {
                    "google": {
                        "name": "Google",
                        "issuer": "https://accounts.google.com",
                        "client_id": "abc",
                    }
                }
            },
            "mail": {"host": "smtp.example.org", "security": "tls", "port": 465},
            "meetings": {"first_on": "2026-11-24"},
        }
    )
    file = tmp_path / "cap90.toml"

    file.write_text(document(settings), encoding="utf-8")

    assert load(file) == settings


@pytest.mark.parametrize("key", ["Google", "my_company", "a/b", "", "-a", "é", "a" * 41])
def test_the_key_of_a_provider_fits_into_an_address(tmp_path: Path, key: str) -> None:
    path = tmp_path / "cap90.toml"
    path.write_text(
        f"[login.providers.'{key}']\nname='G'\nissuer='https://x.example'\nclient_id='c'",
        encoding="utf-8",
    )

    with pytest.raises(WorkspaceError, match="cannot be the key of a provider") as refused:
        load(path)

    assert "login.providers" in refused.value.problems[0].where
