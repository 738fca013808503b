"""What the package carries is found wherever it lies."""

from pipelines.resources import shipped


def test_the_shipped_folders_are_found() -> None:
    assert (shipped("kpi_definitions") / "win_rate.toml").is_file()
    assert list(shipped("sample_data").glob("*.csv"))
