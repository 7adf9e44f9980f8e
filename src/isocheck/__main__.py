"""The entry of the command line, kept so small that `isocheck --version` loads nothing else."""

from __future__ import annotations

import sys

from isocheck import __version__


def main() -> None:
    """Run the command line and exit with 0, 1 or 2."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        try:
            print(f"isocheck {__version__}", flush=True)
        except OSError:
            pass  # told below
        else:
            return
    # A run is short and keeps nearly all it makes: collecting garbage costs up to 0.7 of the time and frees nothing.
    import gc
    import os

    gc.disable()
    # pydantic would look for plugins in the metadata of every installed package; a check is to be the same everywhere.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    from isocheck.cli.run import run

    code = run(sys.argv[1:])
    # For the same reason nothing is taken apart at the end: the process goes, and all its memory with it.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
