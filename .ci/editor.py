"""Asks the YAML language server what an editor would show: python .ci/editor.py SERVER SCHEMA FILE...

SCHEMA is the schema for files without one of their own on their first line, or '-'. Prints each diagnostic as
FILE:LINE:COLUMN: MESSAGE and exits with 1 where there is any.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, BinaryIO


def send(stream: BinaryIO, **message: Any) -> None:
    """Send one message of the language server protocol."""
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    stream.flush()


def receive(stream: BinaryIO) -> dict[str, Any]:
    """Return the next message."""
    length = 0
    while line := stream.readline().strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    message: dict[str, Any] = json.loads(stream.read(length))
    return message


def diagnose(server: str, schema: str, files: list[Path]) -> list[str]:
    """Open all files in the server and return what it has to say."""
    settings = {"validate": True, "schemaStore": {"enable": False}, "schemas": {}}
    if schema != "-":
        settings["schemas"] = {Path(schema).resolve().as_uri(): [path.resolve().as_uri() for path in files]}
    found = []
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([server, "--stdio"], **pipes) as process:  # noqa: S603 - the server that CI installed
        assert process.stdin is not None
        assert process.stdout is not None
        client = {"processId": None, "rootUri": None, "capabilities": {"workspace": {"configuration": True}}}
        send(process.stdin, id=1, method="initialize", params=client)
        opened = {path.resolve().as_uri(): path for path in files}
        waiting = set(opened)
        while waiting:
            message = receive(process.stdout)
            if message.get("id") == 1 and "result" in message:
                send(process.stdin, method="initialized", params={})
                for uri, path in opened.items():
                    document = {"uri": uri, "languageId": "yaml", "version": 1, "text": path.read_text("utf-8")}
                    send(process.stdin, method="textDocument/didOpen", params={"textDocument": document})
            elif message.get("method") == "workspace/configuration":
                sections = [item.get("section") for item in message["params"]["items"]]
                send(process.stdin, id=message["id"], result=[settings if name == "yaml" else {} for name in sections])
            elif "id" in message and "method" in message:
                send(process.stdin, id=message["id"], result=None)
            elif message.get("method") == "textDocument/publishDiagnostics":
                uri = message["params"]["uri"]
                waiting.discard(uri)
                for item in message["params"]["diagnostics"]:
                    start = item["range"]["start"]
                    found.append(f"{opened[uri]}:{start['line'] + 1}:{start['character'] + 1}: {item['message']}")
        process.kill()
    return found


if __name__ == "__main__":
    lines = diagnose(sys.argv[1], sys.argv[2], [Path(name) for name in sys.argv[3:]])
    print(*lines, sep="\n", end="\n" if lines else "")
    sys.exit(1 if lines else 0)
