"""
A real IMAP server (Dovecot) on a free port, with mailboxes that are folders of files.

`available()` says whether this machine has one; without it tests skip. Started by root it runs as
`nobody`, for Dovecot serves no mail of root's.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.world.smtp import free_port

PASSWORD = "olio-e-sale-1"
CONFIG = """\
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
{certificate}
disable_plaintext_auth = no
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{home}/mail/%u
mail_max_userip_connections = 50
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/users/%u
}}
service imap-login {{
  chroot =
  process_min_avail = 0
  inet_listener imap {{
    port = {plain_port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def available() -> str | None:
    """This will be the path of the server's program; None without one."""
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")


@dataclass
class ImapServer:
    """A running server. Every user exists, with the same password."""

    home: Path
    account: pwd.struct_passwd
    host: str
    plain_port: int
    tls_port: int
    password: str = PASSWORD

    def deliver(self, user: str, mail: bytes, folder: str = "INBOX") -> None:
        """This will put a mail into a mailbox, as a mail server does: written, then moved in."""
        home = self._folder(user, folder)
        name = f"{time.time():.6f}.{uuid4().hex}.test"
        self.own(home / "tmp" / name).write_bytes(mail)
        (home / "tmp" / name).rename(home / "new" / name)

    def renumber(self, user: str, folder: str = "INBOX") -> None:
        """This will number the messages anew, as after a restored backup: a new UIDVALIDITY."""
        home = self._folder(user, folder)
        for path in home.glob("dovecot*"):
            if path.is_file():
                path.unlink()
        for path in home.glob("cur/*"):
            path.rename(home / "new" / f"{time.time():.6f}.{uuid4().hex}.test")
        self.own(home / "dovecot-uidlist").write_text(
            f"3 V{int(time.time()) + 1000} N1 G{uuid4().hex}\n"
        )

    def count(self, user: str, flag: str = "") -> int:
        """This will be how many messages are in the inbox, or how many with a flag (`S` = seen)."""
        home = self._folder(user, "INBOX")
        names = [path.name for part in ("new", "cur") for path in (home / part).iterdir()]
        return sum(1 for name in names if flag in name.partition(":2,")[2])

    def log(self) -> str:
        """This will be what the server says of itself."""
        path = self.home / "dovecot.log"
        return path.read_text() if path.exists() else "Dovecot said nothing."

    def make(self, name: str, *, is_folder: bool = False) -> Path:
        """This will be a path the server may use, made with its folders."""
        path = self.home
        os.chown(path, self.account.pw_uid, self.account.pw_gid)
        parts = Path(name).parts
        for part in parts if is_folder else parts[:-1]:
            path /= part
            path.mkdir(exist_ok=True)
            os.chown(path, self.account.pw_uid, self.account.pw_gid)
        return path if is_folder else self.own(path / parts[-1])

    def own(self, path: Path) -> Path:
        """This will make an empty file that belongs to the server's user."""
        path.touch()
        os.chown(path, self.account.pw_uid, self.account.pw_gid)
        return path

    def _folder(self, user: str, folder: str) -> Path:
        home = f"mail/{user}" if folder == "INBOX" else f"mail/{user}/.{folder}"
        for part in ("tmp", "new", "cur"):
            self.make(f"{home}/{part}", is_folder=True)
        return self.home / home


@contextmanager
def running(certificate: tuple[Path, Path] | None = None) -> Iterator[ImapServer]:
    """
    This will run a server for as long as the block runs.

    :param certificate: files of a certificate and its key; without one there is no encryption
    """
    program = available()
    assert program is not None, "ask available() first"
    # Its sockets' paths must be short, and open to the user it runs as.
    home = Path(tempfile.mkdtemp(prefix="dovecot-"))
    account = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    server = ImapServer(
        home=home, account=account, host="127.0.0.1", plain_port=free_port(), tls_port=free_port()
    )
    config = server.make("dovecot.conf")
    config.write_text(_config(server, certificate))
    process = subprocess.Popen(
        [program, "-F", "-c", str(config)],
        start_new_session=True,
        user=account.pw_uid if os.getuid() == 0 else None,
        group=account.pw_gid if os.getuid() == 0 else None,
        extra_groups=[] if os.getuid() == 0 else None,
    )
    try:
        _wait_for(server, process)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        shutil.rmtree(home, ignore_errors=True)


def _config(server: ImapServer, certificate: tuple[Path, Path] | None) -> str:
    files = ""
    if certificate:
        copies = [server.make(path.name) for path in certificate]
        for path, copy in zip(certificate, copies, strict=True):
            copy.write_bytes(path.read_bytes())
        files = f"ssl_cert = <{copies[0]}\nssl_key = <{copies[1]}"
    for part in ("run", "state", "mail", "users"):
        server.make(part, is_folder=True)
    return CONFIG.format(
        home=server.home,
        ssl="yes" if certificate else "no",
        certificate=files,
        user=server.account.pw_name,
        group=grp.getgrgid(server.account.pw_gid).gr_name,
        uid=server.account.pw_uid,
        gid=server.account.pw_gid,
        password=PASSWORD,
        plain_port=server.plain_port,
        tls_port=server.tls_port if certificate else 0,
    )


def a_certificate(folder: Path) -> tuple[Path, Path]:
    """This will make a certificate for `localhost` that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "imap.crt", folder / "imap.key"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


def _wait_for(server: ImapServer, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        assert process.poll() is None, server.log()
        try:
            with socket.create_connection((server.host, server.plain_port), timeout=1) as probe:
                if probe.recv(100).startswith(b"* OK"):
                    return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(server.log())
