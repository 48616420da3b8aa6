# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""What mail servers and absent people's programs say, on folded text."""

from __future__ import annotations

import re
from typing import Final

BOUNCE_SENDER: Final = re.compile(
    r"mailer-daemon|postmaster|mail delivery (?:sub)?system|mdaemon", re.I
)
BOUNCE_SUBJECT: Final = re.compile(
    r"undeliver|delivery (?:status notification|failure|has failed|notification)|returned mail|"
    r"mail delivery failed|delivery failed|failure notice|non recapitabile|mancato recapito|"
    r"non remis|echec de (?:la )?(?:remise|distribution)|no se puede entregar|no entregado|"
    r"error de entrega|unzustellbar|nicht zugestellt|zustellung fehlgeschlagen|mail system error|"
    r"warning: could not send|message not delivered|could not be delivered|notification d'echec|"
    r"impossibile recapitare|notifica sullo stato del recapito|delayed mail|returning message to sender|"
    r"remise impossible|zustellfehler|rejected: |fehlgeschlagene zustellung"
)
BOUNCE_BODY: Final = re.compile(
    r"(?:this is (?:an automatically generated|the mail (?:system|delivery))[^\n]*(?:status|host|notification)?|"
    r"delivery to the following recipients? (?:has been|failed)|"
    r"the following address(?:es)? (?:had|failed)|permanent fatal errors|"
    r"i'm (?:sorry|afraid) (?:to have to inform|i wasn't able)|message could not be delivered|"
    r"user unknown|mailbox (?:unavailable|full|not found)|recipient address rejected|"
    r"diagnostic-code:|final-recipient:|reporting-mta:|550[ -]5\.\d\.\d|"
    r"feedback-type: abuse|abuse report for an email message|"
    r"your message (?:to .{1,120}|wasn't delivered|couldn't be delivered|did not reach)|"
    r"il (?:suo )?messaggio non (?:e stato|puo essere) (?:recapitato|consegnato)|"
    r"votre message n'a pas (?:pu etre|ete) (?:remis|distribue)|"
    r"(?:su|el) mensaje no (?:se )?(?:ha podido|pudo|ha sido) (?:ser )?entrega|"
    r"ihre nachricht (?:konnte|wurde) (?:nicht|an))"
)
AUTO_SUBJECT: Final = re.compile(
    r"^(?:re: ?)?(?:auto(?:matic(?:ally generated)?|mated)?[ :-]?\s?(?:reply|response|re)\b|autoreply|auto:|"
    r"out of (?:the )?office|ooo\b|vacation|away from|on (?:leave|vacation|holiday)|"
    r"risposta automatica|fuori (?:ufficio|sede)|assenza|assente|reponse automatique|absence|absent|"
    r"message d'absence|respuesta automatica|fuera de (?:la )?oficina|ausencia|ausente|"
    r"automatische antwort|abwesenheit|abwesend|nicht im (?:buro|haus)|autoantwort|eingangsbestatigung|"
    r"conferma (?:di )?(?:ricezione|lettura)|accuse de reception|acuse de recibo|lesebestatigung|read: |"
    r"letto: |lu : |gelesen: |leido: |thank you for contacting|we have received your|ticket received|"
    r"\[?ticket[ #:]|case (?:received|created)|delivery receipt|read receipt|abwesenheitsnotiz)"
)
AUTO_BODY: Final = re.compile(
    r"(?:i am|i'm|i will be) (?:currently )?(?:out of (?:the )?office|on (?:annual leave|vacation|holiday|leave)|away)|"
    r"(?:this is an )?automat(?:ic|ed) (?:reply|response|message)|no longer monitored|"
    r"do not reply to this (?:e-?mail|message)|i will (?:respond|reply) (?:to your (?:e-?mail|message) )?(?:when|upon|on) my return|"
    r"sono (?:attualmente )?(?:fuori (?:ufficio|sede)|assente|in ferie)|saro (?:assente|in ferie|fuori)|"
    r"messaggio (?:generato )?automatic|risposta automatica|rispondero al mio rientro|non rispondere a questo messaggio|"
    r"je suis (?:actuellement )?(?:absent|en conges?|en vacances)|je serai (?:absent|de retour)|"
    r"message (?:genere )?automatique|reponse automatique|ne pas repondre a ce (?:message|mail)|"
    r"estoy (?:actualmente )?(?:fuera de la oficina|de vacaciones|ausente)|estare (?:fuera|ausente|de vacaciones)|"
    r"mensaje automatico|respuesta automatica|no responda a este (?:mensaje|correo)|"
    r"ich bin (?:derzeit|zur zeit|momentan|vom|bis|ab)[^\n.]{0,60}(?:nicht im (?:buro|haus)|abwesend|urlaub|nicht erreichbar)|"
    r"bin ich (?:nicht im (?:buro|haus)|abwesend|im urlaub|nicht erreichbar)|"
    r"automatisch(?:e antwort| (?:generiert|erstellt|erzeugt))|nicht auf diese (?:e-?mail|nachricht)"
)
AUTO_SUBMITTED: Final = re.compile(r"auto-(?:replied|generated|notified)", re.I)
NO_REPLY: Final = re.compile(r"no-?reply|do-?not-?reply|noresponder|donotreply", re.I)
