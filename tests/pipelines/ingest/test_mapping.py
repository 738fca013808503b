from pathlib import Path

import pytest

from pipelines.errors import ImportRefused
from pipelines.ingest.mapping import MappingFile, read_mapping


def mapping(folder: Path, text: str) -> MappingFile:
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def test_a_mapping_file_says_what_columns_do_not(tmp_path: Path) -> None:
    said = mapping(
        tmp_path,
        'source = "generic"\nentity = "deals"\ndelimiter = ";"\nencoding = "cp1252"\n'
        'date_format = "DD/MM/YYYY"\ndecimal = ","\ncurrency = "EUR"\ntax = "14,975 %"\n'
        '[columns]\namount = "Montant"\n[stages]\n"Fini" = "won"\n[owners]\n"jr" = "Julie Roy"\n',
    )

    assert said.tax == pytest.approx(0.14975)
    assert said.columns == {"amount": "Montant"}
    assert said.stages == {"Fini": "won"}


def test_every_problem_of_a_mapping_file_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refusal:
        mapping(
            tmp_path,
            'sources = "hubspot"\nentity = "deal"\ndecimal = ";"\ntax = "a lot"\n[stages]\n"Fini" = "gagné"\n',
        )

    sentence = str(refusal.value)
    assert len(refusal.value.problems) == 5
    assert "Did you mean 'source'?" in sentence
    assert "Did you mean 'deals'?" in sentence
    assert "A stage is open, won, lost or neither." in sentence
    assert "mapping.toml" in sentence


def test_an_unknown_column_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="Did you mean 'amount'"):
        mapping(tmp_path, 'entity = "deals"\n[columns]\namont = "Montant"\n')


def test_a_file_that_is_no_toml_or_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="not valid TOML"):
        mapping(tmp_path, "columns: amount")
    with pytest.raises(ImportRefused, match="cannot be read"):
        read_mapping(tmp_path / "nowhere.toml")
