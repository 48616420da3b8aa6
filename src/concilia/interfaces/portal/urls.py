"""The addresses of the portal. What stands after `a/` is a secret: no log writes it down."""

from __future__ import annotations

from django.urls import path

from concilia.interfaces.portal import carriers, papers, views

app_name = "portal"
urlpatterns = [
    path("a/<str:token>", views.act, name="act"),
    path("a/<str:token>/", views.act),  # as some mail programs write it
    path("a/<str:token>/paper/<int:paper_id>", papers.paper, name="paper"),
    path("a/<str:token>/paper/<int:paper_id>/<int:page>", papers.page, name="page"),
    path("voice/<slug:code>/in", carriers.call_in, name="call_in"),
    path("voice/<slug:code>/turn/<int:call_id>/<int:serial>", carriers.call_turn, name="call_turn"),
    path("voice/<slug:code>/state", carriers.call_state, name="call_in_state"),
    path("voice/<slug:code>/state/<int:call_id>", carriers.call_state, name="call_state"),
    path("texts/<slug:code>", carriers.texts, name="texts"),
    path("chat/<slug:code>", carriers.chat, name="chat"),
]
