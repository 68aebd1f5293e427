"""The file of agencies: what is read from it, and how a fault in it reads."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from auth.agencies import AgenciesAreFaulty, Agency, Claims, read_agencies
from graph_store.rights import Role

WHOLE = """
[agencies.sichuan]
issuer = "https://id.sast.example/realms/staff"
client_id = "bashu"
client_secret_env = "SAST_SECRET"
algorithms = ["ES256", "PS256"]
speaks_for = ["cd-institution-sast", "cd-institution-museum"]
name = "四川省科学技术协会"
name_en = "Sichuan Association for Science and Technology"
domains = ["sast.example"]
scopes = ["openid", "profile"]

[agencies.sichuan.claims]
institution = "org"
roles = "groups"

[agencies.sichuan.roles]
"hub admins" = "institution_admin"

[agencies.demo]
issuer = "http://127.0.0.1:9000"
client_id = "bashu"
client_secret_file = "secret"
speaks_for = ["cq-institution-cast"]
name = "重庆演示"
name_en = "Chongqing, a demonstration"
demonstration = true
"""

ENVIRONMENT = {"SAST_SECRET": "tell nobody"}


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def written(folder: Path, text: str) -> Path:
    (folder / "secret").write_text("from a file\n")
    (folder / "empty").write_text("\n")
    (folder / "key.pem").write_text(pem(ec.generate_private_key(ec.SECP256R1())))
    (folder / "weak.pem").write_text(pem(rsa.generate_private_key(65537, 1024)))  # noqa: S505 - must be refused
    place = folder / "agencies.toml"
    place.write_text(text)
    return place


def test_an_agency_is_read_with_its_secret_claims_and_roles(tmp_path: Path) -> None:
    agencies = read_agencies(written(tmp_path, WHOLE), ENVIRONMENT)
    assert agencies["sichuan"] == Agency(
        key="sichuan",
        issuer="https://id.sast.example/realms/staff",
        client_id="bashu",
        name="四川省科学技术协会",
        name_en="Sichuan Association for Science and Technology",
        speaks_for=("cd-institution-sast", "cd-institution-museum"),
        secret="tell nobody",
        algorithms=("ES256", "PS256"),
        scopes=("openid", "profile"),
        claims=Claims(institution="org", roles="groups"),
        roles={"hub admins": Role.INSTITUTION_ADMIN},
        domains=("sast.example",),
    )
    assert (agencies["demo"].secret, agencies["demo"].demonstration) == ("from a file", True)
    assert list(agencies) == ["sichuan", "demo"]


def test_no_secret_is_in_what_an_agency_prints(tmp_path: Path) -> None:
    agencies = read_agencies(written(tmp_path, WHOLE), ENVIRONMENT)
    assert "tell nobody" not in repr(agencies)
    assert "from a file" not in repr(agencies)


def test_a_private_key_takes_the_place_of_a_secret(tmp_path: Path) -> None:
    text = WHOLE.replace('client_secret_file = "secret"', 'private_key_file = "key.pem"')
    agency = read_agencies(written(tmp_path, text), ENVIRONMENT)["demo"]
    assert agency.private_key.startswith("-----BEGIN PRIVATE KEY-----")
    assert agency.secret == ""


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('"https://id.sast', '"http://id.sast', "[agencies.sichuan] `issuer` cannot be used"),
        ('"https://id.sast', '"https://me@id.sast', "`issuer` cannot be used"),
        ("realms/staff", "realms/staff?a=b", "`issuer` cannot be used"),
        ("http://127.0.0.1:9000", "https://id.sast.example/realms/staff/", "[agencies.sichuan], [agencies.demo] have one `issuer`"),
        ('["ES256", "PS256"]', '["HS256"]', "`algorithms` cannot be used: it must be a list of some of RS256"),
        ('["ES256", "PS256"]', '["none", "RS256"]', "`algorithms` cannot be used"),
        ('["ES256", "PS256"]', "[]", "`algorithms` cannot be used"),
        ('["cq-institution-cast"]', "[]", "[agencies.demo] `speaks_for` cannot be used"),
        ('["cq-institution-cast"]', '"everybody"', "`speaks_for` cannot be used"),
        ('name = "重庆演示"', "", "[agencies.demo] `name` is missing: give the agency's name in Chinese."),
        ('domains = ["sast.example"]', 'domain = ["sast.example"]', "`domain` is not a word of it; is `domains` meant?"),
        ('["openid", "profile"]', '["profile"]', "`scopes` cannot be used"),
        ('institution = "org"', "institution = 7", "`claims` cannot be used"),
        ('institution = "org"', 'phone = "tel"', "`claims.phone` is not a word of it"),
        ('"institution_admin"', '"platform_admin"', "`roles` cannot be used"),
        ("demonstration = true", 'demonstration = "yes"', "`demonstration` cannot be used: it must be true or false."),
        ('client_secret_file = "secret"', "", "must have exactly one of"),
        ('client_secret_file = "secret"', 'client_secret_file = "gone"', "names gone, which is no readable file"),
        ('client_secret_file = "secret"', 'client_secret_file = "empty"', "names empty, which is no readable file"),
        ('client_secret_file = "secret"', 'private_key_file = "secret"', "must be a private key in PEM"),
        ('client_secret_file = "secret"', 'private_key_file = "weak.pem"', "must be a private key in PEM"),
        ('"SAST_SECRET"', '"GONE"', "`client_secret_env` names GONE, which is not set"),
        ("[agencies.demo]", "[agencies.Demo_1]", "[agencies.Demo_1] is no key"),
        ("[agencies.sichuan]\n", "[agency.sichuan]\n", "`agency` is no part of it"),
        (WHOLE, "", "It must hold a table [agencies.KEY]"),
        (WHOLE, "agencies = 7", "It must hold a table [agencies.KEY]"),
        (WHOLE, "[agencies", "It must be a TOML file in UTF-8"),
    ],
)  # fmt: skip
def test_a_fault_names_the_agency_the_word_and_what_is_accepted(
    tmp_path: Path, was: str, becomes: str, told: str
) -> None:
    assert was in WHOLE
    with pytest.raises(AgenciesAreFaulty) as refusal:
        read_agencies(written(tmp_path, WHOLE.replace(was, becomes)), ENVIRONMENT)
    assert told in str(refusal.value)
    assert "agencies.toml (BASHU_AGENCIES) cannot be used" in str(refusal.value)
    assert "tell nobody" not in str(refusal.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = WHOLE.replace('"https://id.sast', '"http://id.sast').replace('name = "重庆演示"', "")
    with pytest.raises(AgenciesAreFaulty) as refusal:
        read_agencies(written(tmp_path, text), {})
    assert len(str(refusal.value).splitlines()) == 3


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(AgenciesAreFaulty, match="It must be a TOML file"):
        read_agencies(tmp_path / "nowhere.toml", {})
