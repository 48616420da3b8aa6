"""`concilia import`: one's own records and files, from a folder, an archive, a workbook."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from concilia.intake.actions import ArrivalRefused, entity_for
from concilia.intake.actions.imports import hand_to_inbox, import_folder, rehearse_import
from concilia.intake.core.imports.labels import dataset_label
from concilia.intake.models import ImportFile
from concilia.intake.queries.imports import notes_of, problems_csv, problems_of
from concilia.kernel.languages import LANGUAGES

HELP = "import your own records: a folder, ZIP, XLSX, CSV, bank files, e-invoices"
NEEDS_DJANGO = True

PROBLEMS_TOLD = 20
DONE = frozenset({"SAVED", "KNOWN", "INBOX", "CANCELLED"})


def configure(parser: argparse.ArgumentParser) -> None:
    """This will add the files and how to take them."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="FOLDER|ZIP|XLSX|FILE")
    parser.add_argument("--entity", default="", metavar="CODE", help="for which entity")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would happen, change nothing"
    )
    parser.add_argument(
        "--language", choices=LANGUAGES, default="en", help="of what is said (default: en)"
    )
    parser.add_argument(
        "--errors", type=Path, metavar="FOLDER", help="write rows to put right here, one CSV a file"
    )


def run(options: argparse.Namespace) -> int:
    """This will import and tell what became of each file; 1 if one of them waits or failed."""
    try:
        entity = entity_for(options.entity)
        uploads = list(_uploads(options.paths))
    except (ArrivalRefused, OSError) as problem:
        print(f"concilia: {problem}", file=sys.stderr)
        return 1
    at = datetime.now(UTC)
    seen: list[ImportFile] = []

    def tell(file: ImportFile) -> None:
        seen.append(file)
        _tell(file, options.language, options.errors)

    if options.dry_run:
        for file in rehearse_import(entity_id=entity.pk, folder=uploads, at=at):
            tell(file)
        print("Nothing was changed.")
    else:
        run = import_folder(entity_id=entity.pk, folder=uploads, at=at, on_file=tell)
        for refused in hand_to_inbox(run_id=run.pk, at=at):
            print(f"concilia: {refused}", file=sys.stderr)
    return 0 if all(file.state in DONE for file in seen) else 1


def _uploads(paths: Sequence[Path]) -> list[tuple[str, Path]]:
    """Files by their names; a folder gives all it holds, hidden files left out."""
    found: list[tuple[str, Path]] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if each.is_file())
            names = [(each.relative_to(path), each) for each in inside]
            found += [
                (name.as_posix(), each)
                for name, each in names
                if not any(part.startswith(".") for part in name.parts)
            ]
        else:
            path.stat()
            found.append((path.name, path))
    return found


def _tell(file: ImportFile, language: str, errors: Path | None) -> None:
    name = f"{file.filename} [{file.sheet}]" if file.sheet else file.filename
    what = dataset_label(file.dataset, language) if file.dataset else ""
    counts = (
        f"{file.new_rows} new, {file.changed_rows} changed, {file.same_rows} as before"
        + (f", {file.left_out_rows} left out" if file.left_out_rows else "")
        if file.state == "SAVED"
        else ""
    )
    print("  ".join(part for part in (f"{file.state:9}", name, what, counts) if part))
    for text in notes_of(file, language):
        print(f"           {text}")
    problems = list(problems_of(file, language))
    for problem in problems[:PROBLEMS_TOLD]:
        likely = f" ({problem.repair}?)" if problem.repair else ""
        where = f"row {problem.row}, {problem.column}: “{problem.value}”"
        print(f"           {where} {problem.text}{likely}")
    if problems:
        print(f"           {file.error_rows} rows to put right; nothing of this file was saved.")
    if problems and errors:
        errors.mkdir(parents=True, exist_ok=True)
        name = "".join(char if char.isalnum() or char in "._- " else "_" for char in name)
        place = errors / f"{name}.errors.csv"
        place.write_bytes(problems_csv(file, language))
