"""Settings: what is accepted, how a refusal reads, and that the table for people is true."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from settings import Settings, SettingsError, accepted, environment_name, read_settings

TABLE = Path(__file__).parent.parent / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A process without settings, in a folder without a file of them."""
    for field in Settings.model_fields:
        monkeypatch.delenv(environment_name(field), raising=False)
    monkeypatch.delenv("BASHU_SETTINGS_FILE", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("BASHU_PORT", "8123", "port", 8123),
        ("BASHU_HOST", "::1", "host", "::1"),
        ("BASHU_BASE", "cq", "base", "cq"),
        (
            "BASHU_NEO4J_URI",
            "neo4j+s://graph.example:7687",
            "neo4j_uri",
            "neo4j+s://graph.example:7687",
        ),
        ("BASHU_NEO4J_URI", "bolt+ssc://127.0.0.1", "neo4j_uri", "bolt+ssc://127.0.0.1"),
        ("BASHU_INTROSPECTION", "off", "introspection", False),
        ("BASHU_RATE_LIMIT", "none", "rate_limit", 0),
        ("BASHU_RATE_LIMIT", "600", "rate_limit", 600),
        ("BASHU_QUERY_TIMEOUT", "2.5", "query_timeout", timedelta(seconds=2.5)),
        ("BASHU_NEO4J_HEAP", "1G", "neo4j_heap", "1g"),
        ("BASHU_PUBLIC_URL", "https://hub.example/", "public_url", "https://hub.example"),
        ("BASHU_NEO4J_PASSWORD", "word", "neo4j_password", SecretStr("word")),
    ],
)
def test_a_setting_is_read_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, field: str, expected: object
) -> None:
    monkeypatch.setenv(name, value)
    assert getattr(read_settings(), field) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASHU_PORT", "0"),
        ("BASHU_PORT", ""),
        ("BASHU_HOST", "0.0.0.0"),  # noqa: S104 - must be refused
        ("BASHU_HOST", "hub.example"),
        ("BASHU_BASE", "sc"),
        ("BASHU_NEO4J_URI", "http://127.0.0.1:7474"),
        ("BASHU_NEO4J_URI", "bolt://"),
        ("BASHU_NEO4J_USER", ""),
        ("BASHU_NEO4J_HEAP", "lots"),
        ("BASHU_PAGE_SIZE_MAX", "0"),
        ("BASHU_INTROSPECTION", "perhaps"),
        ("BASHU_RATE_LIMIT", "-1"),
        ("BASHU_QUERY_TIMEOUT", "nan"),
        ("BASHU_QUERY_TIMEOUT", "1e300"),
        ("BASHU_DEMO_SCALE", "-0.5"),
        ("BASHU_LOG_FORMAT", "xml"),
        ("BASHU_TRUSTED_DOCUMENTS", "nowhere"),
        ("BASHU_PUBLIC_URL", "hub.example"),
    ],
)
def test_a_refusal_names_the_setting_its_value_and_what_is_accepted(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refusal:
        read_settings()
    field = name.removeprefix("BASHU_").lower()
    assert str(refusal.value) == f"{name} is {value!r}: it must be {accepted(field)}."


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASHU_CURSOR_KEY", "too-short-to-sign"),
        ("BASHU_METRICS_TOKEN", "too-short-to-sign"),
        ("BASHU_NEO4J_URI", "bolt://neo4j:too-short-to-sign@127.0.0.1"),
    ],
)
def test_a_refusal_never_shows_a_secret(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as refusal:
        read_settings()
    assert "too-short-to-sign" not in str(refusal.value)


def test_only_trusted_documents_need_a_registry(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BASHU_ONLY_TRUSTED", "on")
    with pytest.raises(SettingsError, match="BASHU_TRUSTED_DOCUMENTS names no documents"):
        read_settings()
    monkeypatch.setenv("BASHU_TRUSTED_DOCUMENTS", str(tmp_path))
    assert read_settings().only_trusted


def test_the_hub_listens_beyond_this_machine_only_where_people_can_sign_on_safely(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "agencies.toml").write_text("")
    given = {"HOST": "10.0.0.7", "AGENCIES": "agencies.toml", "PUBLIC_URL": "https://hub.example"}
    for missing in ("AGENCIES", "PUBLIC_URL"):
        for name, value in given.items():
            monkeypatch.setenv(f"BASHU_{name}", "" if name == missing else value)
        with pytest.raises(
            SettingsError, match=r"BASHU_HOST is '10\.0\.0\.7': it must be localhost"
        ):
            read_settings()
    monkeypatch.setenv("BASHU_PUBLIC_URL", "https://hub.example")
    monkeypatch.setenv("BASHU_AGENCIES", "agencies.toml")
    assert read_settings().host == "10.0.0.7"


def test_all_refusals_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASHU_PORT", "no")
    monkeypatch.setenv("BASHU_BASE", "no")
    with pytest.raises(SettingsError) as refusal:
        read_settings()
    assert [line.split()[0] for line in str(refusal.value).splitlines()] == [
        "BASHU_PORT",
        "BASHU_BASE",
    ]


def test_the_file_in_the_working_folder_is_read_and_the_environment_goes_before_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bashu.env").write_text("BASHU_PORT=8111\nBASHU_BASE=cq\n")
    monkeypatch.setenv("BASHU_PORT", "8222")
    settings = read_settings()
    assert (settings.port, settings.base) == (8222, "cq")


def test_a_named_file_is_read_instead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bashu.env").write_text("BASHU_PORT=8111\n")
    (tmp_path / "other").write_text("BASHU_BASE=cq\n")
    monkeypatch.setenv("BASHU_SETTINGS_FILE", str(tmp_path / "other"))
    settings = read_settings()
    assert (settings.port, settings.base) == (8000, "cq")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"BASHU_PROT=8111\n", "BASHU_PROT is not a setting; is BASHU_PORT meant?"),
        (b"COLOUR=red\n", "COLOUR is not a setting; docs/settings.md has all of them."),
        ("BASHU_BASE=成都\n".encode("gb18030"), "bashu.env is not a UTF-8 text file of settings."),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    (tmp_path / "bashu.env").write_bytes(content)
    with pytest.raises(SettingsError) as refusal:
        read_settings()
    assert str(refusal.value) == sentence


def test_a_named_file_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASHU_SETTINGS_FILE", "nowhere.env")
    with pytest.raises(SettingsError, match=r"BASHU_SETTINGS_FILE is 'nowhere\.env'"):
        read_settings()


def test_settings_cannot_be_changed_nor_secrets_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASHU_NEO4J_PASSWORD", "deep-secret")
    settings = read_settings()
    assert "deep-secret" not in repr(settings)
    with pytest.raises(ValidationError, match="frozen"):
        settings.port = 1  # type: ignore[misc]  # the very thing that must fail


def test_the_table_of_settings_is_true() -> None:
    assert (
        TABLE.read_text(encoding="utf-8").partition("| Setting ")[2]
        == _table().partition("| Setting ")[2]
    )


def _table() -> str:
    rows = ["| Setting | Default | Accepts | What it is |", "|---|---|---|---|"]
    for name, field in Settings.model_fields.items():
        cells = (
            f"`{environment_name(name)}`",
            _shown(field.default),
            accepted(name),
            field.description,
        )
        rows.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(rows) + "\n"


def _shown(default: Any) -> str:
    match default:
        case SecretStr() | "":
            return "empty"
        case bool():
            return "`on`" if default else "`off`"
        case timedelta():
            return f"`{default.total_seconds():g}`"
        case _:
            return f"`{default}`"
