"""The portal's addresses. What stands after `a/` and `k/` is a secret: no log writes it down."""

from __future__ import annotations

from django.urls import path

from concilia.interfaces.portal import (
    account_acts,
    account_mandate,
    account_plan,
    account_views,
    carriers,
    no_mail,
    papers,
    payment_hooks,
    survey,
    views,
)

app_name = "portal"
urlpatterns = [
    path("v/<str:token>", survey.survey, name="survey"),
    path("v/<str:token>/", survey.survey),
    path("a/<str:token>", views.act, name="act"),
    path("a/<str:token>/", views.act),  # as some mail programs write it
    path("a/<str:token>/paper/<int:paper_id>", papers.paper, name="paper"),
    path("a/<str:token>/paper/<int:paper_id>/<int:page>", papers.page, name="page"),
    path("k/<str:token>", account_views.account, name="account"),
    path("k/<str:token>/", account_views.account),
    path("k/<str:token>/invoice/<int:item_id>", account_views.invoice, name="invoice"),
    path("k/<str:token>/invoice/<int:item_id>/paper", account_views.paper, name="invoice_paper"),
    path("k/<str:token>/case/<int:case_id>", account_views.case, name="case"),
    path("k/<str:token>/case/<int:case_id>/write", account_acts.write_in_case, name="case_write"),
    path("k/<str:token>/leave", account_views.leave, name="leave"),
    path("k/<str:token>/pay", account_acts.pay, name="pay"),
    path("k/<str:token>/pay/<str:reference>", account_acts.paying, name="paying"),
    path("k/<str:token>/pay/<str:reference>/online", account_acts.online, name="online"),
    path("hooks/payments/<slug:entity>/<slug:provider>", payment_hooks.heard, name="payment_hook"),
    path("k/<str:token>/later", account_acts.later, name="later"),
    path("k/<str:token>/plan", account_plan.plan, name="plan"),
    path("k/<str:token>/plan/<int:plan_id>/accept", account_plan.accept, name="plan_accept"),
    path("k/<str:token>/plan/<int:plan_id>/pay", account_plan.pay_row, name="plan_pay"),
    path("k/<str:token>/paid", account_acts.paid, name="paid"),
    path("k/<str:token>/cannot", account_acts.cannot, name="cannot"),
    path("k/<str:token>/wrong", account_acts.wrong, name="wrong"),
    path("k/<str:token>/wrong/<int:item_id>", account_acts.dispute, name="dispute"),
    path("k/<str:token>/write", account_acts.write, name="write"),
    path("k/<str:token>/mandate", account_mandate.mandate, name="mandate"),
    path("k/<str:token>/no-mail", no_mail.no_mail, name="no_mail"),
    path("k/<str:token>/wishes", account_acts.wishes, name="wishes"),
    path("voice/<slug:code>/in", carriers.call_in, name="call_in"),
    path("voice/<slug:code>/turn/<int:call_id>/<int:serial>", carriers.call_turn, name="call_turn"),
    path("voice/<slug:code>/state", carriers.call_state, name="call_in_state"),
    path("voice/<slug:code>/state/<int:call_id>", carriers.call_state, name="call_state"),
    path("texts/<slug:code>", carriers.texts, name="texts"),
    path("chat/<slug:code>", carriers.chat, name="chat"),
]
