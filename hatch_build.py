"""Puts each pack into the wheel as JSON too, read and checked here once instead of on every run."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackHook(BuildHookInterface):
    """Compiles the packs; a pack that does not hold together ends the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled packs to a wheel; an editable installation reads the YAML, which may change any time."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from isocheck.standard.packs import COMPILED, compile_pack

        self.made = tempfile.TemporaryDirectory()
        for pack in root.glob("clauses/*/pack.yaml"):
            name = pack.parent.name
            made = Path(self.made.name, f"{name}.json")
            made.write_bytes(compile_pack(pack.parent))
            build_data["force_include"][str(made)] = f"isocheck/clauses/{name}/{COMPILED}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was made."""
        if version != "editable":
            self.made.cleanup()
