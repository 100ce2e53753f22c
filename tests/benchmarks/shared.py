"""Practice material that lies beside this repository; the benchmarks say so where it is missing."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parent.parent.parent
SHARED = ROOT.parent / "shared"
CORPUS = SHARED / "corpus"
TOOLS = SHARED / "tools"

CORPUS_FILES = ("notices", "responses", "rules", "mta_notices", "mta_logs")


def rows_of(name: str) -> list[dict[str, Any]]:
    """Read the rows of one file of the corpus: none where there is no corpus."""
    path = CORPUS / f"{name}.jsonl"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def tool(name: str) -> ModuleType:
    """Load one of the shared scripts as a module."""
    specification = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    if not specification or not specification.loader:
        raise ImportError(name)
    module = importlib.util.module_from_spec(specification)
    sys.dont_write_bytecode = True  # that folder is not ours
    specification.loader.exec_module(module)
    return module
