"""Where one managed server lives: its folders, its files and how much memory it may have."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from graph_store.local_server.jars import VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The place of one server; several may share the jars, each has its own home."""

    jars: Path
    home: Path
    heap: str = "2g"
    """Of the JVM, as Neo4j writes sizes: "512m", "2g"."""
    pagecache: str = "512m"

    @classmethod
    def under(cls, data_folder: Path, *, heap: str = "2g", pagecache: str = "512m") -> Self:
        """The hub's own server within its data folder (`BASHU_DATA_DIR`)."""
        folder = data_folder.resolve() / "neo4j"
        return cls(
            jars=folder / VERSION / "lib", home=folder / "server", heap=heap, pagecache=pagecache
        )

    @property
    def configuration(self) -> Path:
        """The folder of neo4j.conf."""
        return self.home / "conf"

    @property
    def logs(self) -> Path:
        """The folder of neo4j.log, debug.log and console.log."""
        return self.home / "logs"

    @property
    def data(self) -> Path:
        """The folder of the databases."""
        return self.home / "data"

    @property
    def password(self) -> Path:
        """The file of the generated password of user `neo4j`, readable by its owner only."""
        return self.home / "password"

    @property
    def state(self) -> Path:
        """The file that says which process serves here and at which port."""
        return self.home / "state.json"

    @property
    def lock(self) -> Path:
        """The file held by whoever starts or stops the server."""
        return self.home / "lock"
