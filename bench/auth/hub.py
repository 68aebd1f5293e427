"""The whole hub as one worker, under the public address of the first.

python -m bench.auth.hub bolt://127.0.0.1:7687 8123 http://127.0.0.1:8123 agencies.toml
"""

import sys
from pathlib import Path

from app import build
from settings import Settings
from web.logs import set_up_logs
from web.server import HubServer


def settings(uri: str, port: int, public_url: str, agencies: Path) -> Settings:
    """Of a worker; the developer's own are not read."""
    return Settings(
        _env_file=None,
        neo4j_uri=uri,
        port=port,
        public_url=public_url,
        agencies=str(agencies),
        data_dir=agencies.parent,
        query_timeout=60,
    )


def main() -> None:
    """Serve until told to stop, as `bashu serve` does."""
    uri, port, public_url, agencies = sys.argv[1:]
    set_up_logs("json", "info")
    given = settings(uri, int(port), public_url, Path(agencies))
    HubServer(build(given), "127.0.0.1", int(port)).run()


if __name__ == "__main__":
    main()
