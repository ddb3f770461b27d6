"""The plan documents, where a user has them: known by their hash, opened at the lines a value cites.

The documents are not part of the atlas. A folder that holds them is registered by an argument or by the
environment variable `ZONES_DOCUMENTS`; the name of a file does not matter, its hash does.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from zones.errors import InputError
from zones.issues import Issue, issue_frame
from zones.schema import Severity
from zones.statements.passages import LineRange, Source
from zones.statements.plans import Plan

DOCUMENTS_VARIABLE = "ZONES_DOCUMENTS"

Pages = Mapping[str, tuple[str, ...]]
"""Plan id to the lines of its document."""


def registered_folder() -> Path | None:
    """Return the folder that `ZONES_DOCUMENTS` names, or None."""
    named = os.environ.get(DOCUMENTS_VARIABLE)
    return Path(named) if named else None


def read_documents(folder: Path, plans: Mapping[str, Plan]) -> dict[str, tuple[str, ...]]:
    """Return the lines of each plan's document found in a folder, by plan id.

    A document is the file whose SHA-256 the plan file names; others are passed over.

    Raises
    ------
    InputError
        If the folder is missing, or a document with the right hash is not UTF-8.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; name the folder that holds the plan documents")
    wanted = {plan.plan.document.sha256: plan_id for plan_id, plan in plans.items()}
    found = {}
    for path in sorted(folder.iterdir()):
        content = path.read_bytes() if path.is_file() else b""
        plan_id = wanted.get(hashlib.sha256(content).hexdigest())
        if plan_id is not None:
            try:
                found[plan_id] = tuple(content.decode("utf-8").split("\n"))
            except UnicodeDecodeError as error:
                raise InputError(f"{path}: byte {error.start} is not UTF-8; restore the document") from None
    return found


def passage(pages: Pages, plan_id: str, span: LineRange) -> str:
    """Return the cited lines of a plan's document, or an empty text where the document is not at hand."""
    lines = pages.get(plan_id, ())
    return "\n".join(line for line in lines[span[0] - 1 : span[1]] if line.strip())


def check_sources(plans: Mapping[str, Plan], pages: Pages) -> tuple[pd.DataFrame, int]:
    """Return an issue for each locator that fails, and how many locators were checked.

    A locator holds when its lines lie within the document and each of its terms stands in one of them.
    """
    issues: list[Issue] = []
    checked = 0
    for plan_id, plan in plans.items():
        if plan_id not in pages:
            document = plan.plan.document
            message = f"no file there has the hash of {document.name}; its locators were not checked"
            field = "document"
            issues.append(Issue(plan_id, plan_id, field, Severity.ERROR, "no_document", document.sha256, message))
            continue
        for entry_id, source in _sources(plan):
            checked += len(source.lines)
            issues += _failures(plan_id, entry_id, source, pages[plan_id])
    return issue_frame(issues), checked


def _sources(plan: Plan) -> Iterator[tuple[str, Source]]:
    for scheme in plan.schemes:
        yield from ((scheme.scheme_id, source) for source in scheme.sources)
    for zone in plan.zones:
        yield from ((zone.zone_id, source) for source in zone.sources)
    for indicator in plan.indicators:
        yield indicator.indicator_id, indicator.source


def _failures(plan_id: str, entry_id: str, source: Source, lines: tuple[str, ...]) -> Iterator[Issue]:
    last = max(end for _, end in source.lines)
    if last > len(lines):
        message = f"cites line {last}, the document ends at {len(lines)}; correct the lines"
        yield Issue(plan_id, entry_id, "lines", Severity.ERROR, "beyond_document", str(last), message)
    held = [line for start, end in source.lines for line in lines[start - 1 : end]]
    for term in source.terms:
        if not any(term in line for line in held):
            where = ";".join(f"{start}-{end}" for start, end in source.lines)
            message = f"'{term}' does not stand in lines {where}; correct the term or the lines"
            yield Issue(plan_id, entry_id, "terms", Severity.ERROR, "term_not_found", term, message)
