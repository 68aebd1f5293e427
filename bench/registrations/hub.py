"""The whole hub as one worker.

python -m bench.registrations.hub bolt://127.0.0.1:7687 8123 folder
"""

import sys
from pathlib import Path

from app import build
from settings import Settings
from web.logs import set_up_logs
from web.server import HubServer


def main() -> None:
    """Serve until told to stop, as `bashu serve` does."""
    uri, port, folder = sys.argv[1:]
    set_up_logs("json", "warning")
    given = Settings(
        _env_file=None, neo4j_uri=uri, port=int(port), data_dir=Path(folder), query_timeout=120
    )
    HubServer(build(given), "127.0.0.1", int(port)).run()


if __name__ == "__main__":
    main()
