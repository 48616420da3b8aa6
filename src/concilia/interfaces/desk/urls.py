"""The addresses of the desk. One line for each page; its view lives in `views/PAGE.py`."""

from __future__ import annotations

from django.urls import path

from concilia.interfaces.desk.views import (
    audit,
    dashboard,
    documents,
    home,
    inbox,
    inbox_acts,
    session,
    settings,
)

app_name = "desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("mentions/<int:mention_id>/read/", home.mention_read, name="mention-read"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/export/", dashboard.export, name="dashboard-export"),
    path("dashboard/rows/<str:name>/", dashboard.export_rows, name="dashboard-rows"),
    path("login/", session.log_in, name="login"),
    path("logout/", session.log_out, name="logout"),
    path("language/", session.set_language, name="language"),
    path("theme/", session.set_theme, name="theme"),
    path("entity/", session.set_entity, name="entity"),
    path("palette/", session.palette, name="palette"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/export/", inbox.export, name="inbox-export"),
    path("inbox/batch/", inbox_acts.batch, name="inbox-batch"),
    path("inbox/upload/", inbox_acts.upload, name="inbox-upload"),
    path("inbox/<int:arrival_id>/", inbox.arrival, name="arrival"),
    path("inbox/<int:arrival_id>/file/", inbox.arrival_file, name="arrival-file"),
    path("inbox/<int:arrival_id>/correct/", inbox_acts.correct, name="arrival-correct"),
    path("inbox/<int:arrival_id>/act/", inbox_acts.act, name="arrival-act"),
    path("inbox/<int:arrival_id>/undo/", inbox_acts.undo, name="arrival-undo"),
    path("audit/", audit.audit, name="audit"),
    path("audit/chain/", audit.audit_chain, name="audit-chain"),
    path("audit/file/", audit.audit_file, name="audit-file"),
    path("settings/", settings.settings, name="settings"),
    path("settings/people/", settings.add_person, name="settings-add-person"),
    path("settings/people/<int:member_id>/", settings.change_person, name="settings-person"),
    path("settings/limits/", settings.limits, name="settings-limits"),
    path("settings/erp/", settings.erp, name="settings-erp"),
    path("settings/mailboxes/", settings.add_mailbox, name="settings-add-mailbox"),
    path(
        "settings/mailboxes/<int:mailbox_id>/end/",
        settings.end_mailbox,
        name="settings-end-mailbox",
    ),
    path("settings/folders/", settings.add_folder, name="settings-add-folder"),
    path("settings/folders/<int:folder_id>/end/", settings.end_folder, name="settings-end-folder"),
    path("settings/tokens/", settings.add_token, name="settings-add-token"),
    path("settings/tokens/<int:token_id>/end/", settings.end_token, name="settings-end-token"),
    path("documents/<int:document_id>/", documents.document, name="document"),
    path("documents/<int:document_id>/file/", documents.document_file, name="document-file"),
    path(
        "documents/<int:document_id>/pages/<int:page>/",
        documents.document_page,
        name="document-page",
    ),
]
