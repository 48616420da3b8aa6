"""The addresses of the desk. One line for each page; its view lives in `views/PAGE.py`."""

from __future__ import annotations

from django.urls import path

from concilia.interfaces.desk.views import documents, session

app_name = "desk"

urlpatterns = [
    path("login/", session.log_in, name="login"),
    path("logout/", session.log_out, name="logout"),
    path("language/", session.set_language, name="language"),
    path("theme/", session.set_theme, name="theme"),
    path("entity/", session.set_entity, name="entity"),
    path("palette/", session.palette, name="palette"),
    path("documents/<int:document_id>/", documents.document, name="document"),
    path("documents/<int:document_id>/file/", documents.document_file, name="document-file"),
    path(
        "documents/<int:document_id>/pages/<int:page>/",
        documents.document_page,
        name="document-page",
    ),
]
