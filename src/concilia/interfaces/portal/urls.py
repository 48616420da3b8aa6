"""The addresses of the portal. What stands after `a/` is a secret: no log writes it down."""

from __future__ import annotations

from django.urls import path

from concilia.interfaces.portal import papers, survey, views

app_name = "portal"
urlpatterns = [
    path("v/<str:token>", survey.survey, name="survey"),
    path("v/<str:token>/", survey.survey),
    path("a/<str:token>", views.act, name="act"),
    path("a/<str:token>/", views.act),  # as some mail programs write it
    path("a/<str:token>/paper/<int:paper_id>", papers.paper, name="paper"),
    path("a/<str:token>/paper/<int:paper_id>/<int:page>", papers.page, name="page"),
]
