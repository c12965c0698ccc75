"""Every setting, once: typed, with the words that explain it. `doorstep settings` prints this list."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class SecretMissing(Exception):
    """A secret that production must be given: the message names the setting and says what to do."""


class Settings(BaseSettings):
    """The settings of one installation, from the environment (prefix `DOORSTEP_`) or a `.env` file."""

    model_config = SettingsConfigDict(
        env_prefix="DOORSTEP_", env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    env: Literal["development", "production"] = Field(
        "development",
        description="`development` makes missing secrets by itself and serves /try; `production` does neither.",
    )
    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="The port to listen on.")
    public_url: str = Field(
        "",
        description="What providers call and sign: https://help.example.gov.uk, say. Defaults to the address served.",
    )
    proxies: int = Field(
        0,
        ge=0,
        description="How many proxies of yours stand before Doorstep. Each is believed about whom it speaks for.",
    )
    var: Path = Field(Path("var"), description="The folder where state lives.")
    content: Path | None = Field(
        None, description="A council's own content, laid over data/: a file of the same name replaces ours."
    )
    database_url: str = Field(
        "",
        description="SQLAlchemy's URL of the database. Defaults to a SQLite file under the folder of state.",
    )
    engine_url: str = Field(
        "",
        description="Where an engine already runs. Empty: the supervisor starts one on a free loopback port.",
    )
    engine_token: SecretStr = Field(
        SecretStr(""),
        description="What the gateway shows to the engine. The supervisor makes one at every start.",
    )
    actions_port: int = Field(
        0, ge=0, le=65535, description="The loopback port on which the engine calls our steps. 0: a free one."
    )
    engine_timeout_seconds: float = Field(8.0, gt=0, description="How long a turn waits for the engine.")
    twilio_account_sid: str = Field("", description="Twilio's account SID, for texts that we send first.")
    twilio_auth_token: SecretStr = Field(
        SecretStr(""),
        description="Twilio's auth token: it signs what Twilio sends us. Made up in development.",
    )
    twilio_api_url: str = Field(
        "https://api.twilio.com", description="Twilio's REST API; a stand-in's address in tests."
    )
    twilio_number: str = Field(
        "", description="The number that texts come from. Defaults to the council's text number."
    )
    open311_url: str = Field("", description="The GeoReport v2 server's base URL, up to and including /v2.")
    open311_api_key: SecretStr = Field(SecretStr(""), description="The GeoReport v2 server's API key.")
    open311_jurisdiction: str = Field(
        "", description="The GeoReport v2 jurisdiction_id, where the server wants one."
    )
    open311_honours_key: bool = Field(
        False,
        description="Whether the GeoReport server honours Idempotency-Key. If not, an ambiguous request is looked up.",
    )
    destinations: str = Field(
        "", description="Overrides where content sends a service: `pothole=open311,missed_bin=register`."
    )
    encryption_keys: SecretStr = Field(
        SecretStr(""),
        description=(
            "Fernet keys, newest first, with commas between: `doorstep keys new` prints one. "
            "Made up in development."
        ),
    )
    session_secret: SecretStr = Field(
        SecretStr(""),
        description="Signs the web chat's and the staff desk's cookies. Made up in development.",
    )
    worker_poll_seconds: float = Field(
        1.0, gt=0, description="How often the worker looks for deliveries that are due."
    )
    text_segments: int = Field(
        3, ge=1, le=10, description="The most segments that one reply by text may take."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")

    @field_validator("public_url", "twilio_api_url", "open311_url")
    @classmethod
    def _no_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @property
    def address(self) -> str:
        """What providers call: `public_url`, or the address served."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.var / 'doorstep.sqlite3'}"

    @property
    def development(self) -> bool:
        return self.env == "development"


REQUIRED_SECRETS = ("twilio_auth_token", "encryption_keys", "session_secret")


def load(**overrides: object) -> Settings:
    """The settings, complete: in development a missing secret is made and kept under `var/secrets/`; in
    production it raises SecretMissing."""
    settings = Settings(**overrides)  # type: ignore[arg-type]
    made: dict[str, SecretStr] = {}
    for name in REQUIRED_SECRETS:
        if getattr(settings, name).get_secret_value():
            continue
        if not settings.development:
            raise SecretMissing(
                f"DOORSTEP_{name.upper()} is not set, and production makes none up: "
                "set it in the environment or in .env, then start again."
            )
        made[name] = SecretStr(_kept(settings.var / "secrets" / name, name))
    return settings.model_copy(update=made)


def _kept(path: Path, name: str) -> str:
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    secret = _fernet_key() if name == "encryption_keys" else secrets.token_urlsafe(32)
    path.touch(mode=0o600)
    path.write_text(secret, encoding="ascii")
    return secret


def _fernet_key() -> str:
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode("ascii")
