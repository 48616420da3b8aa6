"""A program that calls the API with a token."""

from __future__ import annotations

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.world.builders import NOON, a_member

from concilia.identity.actions import SCOPES, issue_token
from concilia.identity.models import Membership


def a_file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


class Program:
    """A program that calls with a token."""

    def __init__(self, member: Membership, scopes=SCOPES) -> None:
        is_admin = member.role == "admin"
        admin = member if is_admin else a_member(member.entity, "Sara Costa", role="admin")
        self.admin = admin
        self.token, self.secret = issue_token(
            member_id=member.pk, name="test", scopes=scopes, by=admin, at=NOON
        )
        self.client = Client()

    def get(self, path: str, **asked: object):
        return self.client.get(f"/api/v1{path}", asked, headers=self.headers())

    def send(self, path: str, *files: SimpleUploadedFile, name: str = "file", **headers: str):
        """Files as a form."""
        return self.client.post(
            f"/api/v1{path}", {name: list(files)}, headers=self.headers() | headers
        )

    def post(self, path: str, body=None, **headers):
        return self.client.post(
            f"/api/v1{path}",
            json.dumps(body or {}),
            content_type="application/json",
            headers=self.headers() | headers,
        )

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}
