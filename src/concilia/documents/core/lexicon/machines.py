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
# What only mail servers say, whoever they call themselves.
SERVER_TITLE: Final = re.compile(
    r"undeliver(?:ed|able) mail|undeliverable:|mail delivery (?:failed|failure|sub)|delivery status notification|returned mail|failure notice|non-?delivery|"
    r"^dsn\b|avviso di mancata consegna|mancato recapito|mancata consegna|unzustellbarkeit|rapport de non-?remise|notificacion de estado de entrega|"
    r"message (?:blocked|rejected|delayed)|delayed mail|mail (?:blocked|rejected|returned)|postmaster"
)
SERVER_BODY: Final = re.compile(
    r"(?<![\d.])[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}\b|(?<![\d.,/-])5\.[1-7]\.\d{1,2}(?![\d.,/])|\b(?:status|action) ?: ?(?:5\.|failed)|nxdomain|qmail-send|"
    r"(?<![\w/-])(?:421|450|451|452|550|551|552|553|554)\b[^\d\n]{0,50}(?:user|mailbox|messag|host|smtp|nachricht|reject|transaction|spam|usuario|utente|utilisateur|unknown|quota|\bip\b|"
    r"connections?|adjunto|attach|no such|policy|rifiut|refus|sconosciut|inconnu|unbekannt)|"
    r"user unknown|no such user|unknown (?:user|recipient)|recipient unknown|utente sconosciuto|destinatario sconosciuto|usuario desconocido|utilisateur inconnu|empfanger unbekannt|"
    r"(?:mailbox|mail ?box|inbox|postfach|casella|boite|buzon)[^.\n]{0,40}(?:is |ist |e |est |esta )?(?:full|voll|piena|pleine|lleno|deshabilitad|disabilitat|desactive)|quota (?:is )?exceeded|quota depasse|over quota|"
    r"(?:speicherplatz|spazio)[^.\n]{0,40}(?:erschopft|uberschritten|esaurito|superato)|"
    r"(?:message|e-?mail|mail)\b[^.\n]{0,60}(?:could not|couldn't|wasn't|was not|has not been|cannot|can't|is) (?:be )?(?:delivered\b(?! to a person)|undeliverable)|(?:message|mail)[^.\n]{0,60}was undeliverable|"
    r"delivery to the following|delivery (?:delayed|attempts?)[^\n]{0,60}(?:keep trying|hours|resend)|keep trying for|"
    r"(?:messaggio|e-?mail|posta)[^.\n]{0,50}non (?:e stato|e|puo essere) (?:stato )?(?:consegnat|recapitat|recapitabile)|recapito non riuscito|errore-consegna|consegna in ritardo, continuer|"
    r"(?:votre|le) (?:message|courriel|mail)[^.\n]{0,60}(?:pas|n'a)[^.\n]{0,30}(?:pu etre remis|etre remis|ete remis|distribue)|pas pu distribuer|"
    r"(?:mensaje|correo)[^.\n]{0,60}no (?:se )?(?:ha podido|pudo|ha sido|ha)[^.\n]{0,15}entrega|entrega fallida|no se ha podido entregar a uno o mas destinatarios|correo[^.\n]{0,60}(?:rechazado por|no existe)|"
    r"(?:nachricht|e-?mail|mail)[^.\n]{0,60}(?:konnte|kann|wurde)[^.\n]{0,40}nicht (?:zugestellt|ubermittelt|ausgeliefert)|konnte (?:endgultig )?nicht zugestellt werden|nachricht nicht ausliefern|"
    r"(?:domain|domane|dominio|domaine)\b[^.\n]{0,40}(?:does not exist|doesn't exist|nicht gefunden|non esiste|no existe|introuvable|caducado|expired|no encontrado)|host o dominio|"
    r"(?:host|server|mx)\b[^.\n]{0,60}(?:refused|rifiuta|abgelehnt|hat die verbindung|refuse la|rechaz)|remote(?:-| )server|"
    r"(?:only accepts messages|akzeptiert nur|accetta messaggi solo|erlaubt nur interne|acepta mensajes? (?:solo )?(?:interno)?|solo acepta mensajes|expediteurs internes seulement)|"
    r"(?:account|konto|compte|cuenta)\b[^.\n]{0,60}(?:is disabled|disabilitato|deaktiviert|desactive|deshabilitad)|e-?mail-?adresse existiert nicht|direccion de correo no existe|l'adresse n'existe pas|"
    r"hop count|weiterleitungsschleife|boucle de messagerie|troppi passaggi|relay access denied|address rejected|indirizzo respinto|anhange uber \d|attachment type not|tipo di allegato non consentito|"
    r"(?:messag\w+|message|mensaje) (?:blocked|bloccato: tipo|bloqueado|rejete|rifiutato dal|rejected)|liste noire|sperrliste|in la lista de remitentes permitidos|zustellversuche|too long in the queue|been in the queue|troppo tempo in coda|"
    r"mensaje lleva \d+ horas en cola|nouvelles tentatives|noch? wird weiter versucht|es wird weiter versucht|sistema de correo|nicht zugestellt werden"
)
# What programs say for people who are not there.
ABSENT_TITLE: Final = re.compile(
    r"auto-?reply|autoreply|\[auto\]|\bauto ?:|automatico ?:|automatic(?:a|o)? (?:reply|response)|\(automati(?:sch|que|co|ca|c)\)|message automatique|automatische (?:bestatigung|nachricht|antwort)|"
    r"confirmation automatique|conferma automatica|acuse automatico|betriebsferien|messaggio automatico|mensaje automatico"
)
ABSENT_BODY: Final = re.compile(
    r"(?:mailbox|inbox|address|mail account) (?:is not|isn't|is no longer|isn't) (?:read|monitored|checked|in use)|mails? (?:is|are)(?: not|n't) (?:read|forwarded|monitored)|address (?:was|has been) replaced|"
    r"\bi(?:'m| am)? no longer (?:work|with)|(?:we|i) (?:only )?(?:check|read) (?:my |our )?(?:e-?)?mails? (?:only )?on|answers? (?:within|take longer|may take)|(?:reply|respond|answer) within \d+|"
    r"(?:your|the) (?:e-?mail|message|request|enquiry|query)[^.\n]{0,40}(?:has (?:been )?(?:received|reached|registered)|is queued|was given (?:the )?number)|we(?:'ve| have)? (?:got|received) your (?:e-?mail|message|request|enquiry)|"
    r"thanks? (?:you )?for (?:contacting|your (?:message|e-?mail|mail))(?:!|\.| with| us)[^\n]{0,80}(?:answer|reply|respond|within|portal|pdf|received|process)|this is a machine|machine speaking|you've reached the bot|"
    r"(?:annual|maternity|paternity|sick|parental) leave(?:\.|,| till| until)[^\n]{0,60}(?:back|until|till|further|forward|return|deputy|read)|little access to e-?mail|responses will be delayed|"
    r"ticket (?:you(?:'ve| have) opened|#?\S+ (?:was|has been)|\(#?\d+\)|\S+ (?:e stato|wurde|ha sido|a ete) )|(?:office|we)(?: is|'s|'re| are|'ve| have)? (?:shut|closed)(?: for| between| from| on|,)[^\n]{0,80}(?:reopen|urgent|emergenc|back|monday|christmas)|"
    r"office closed|on shift from|will answer (?:in|when|on|after)|"
    r"postfach wird nicht (?:mehr )?(?:gelesen|bearbeitet)|automatisch (?:beantwortet|versandt|verschickt|erstellt|erzeugt|generiert)|automatische (?:mitteilung|abwesenheit|nachricht|antwort)|hier antwortet unser|"
    r"meldet sich innerhalb|bearbeitungszeit betragt|nicht mehr (?:fur|bei) [^.\n]{0,40}(?:tatig|beschaftigt)|(?:ich bin|wir sind|machen|das ganze team)[^.\n]{0,50}(?:urlaub|betriebsferien|sabbatical)|schreibt mein computer|"
    r"antworten konnen sich[^.\n]{0,30}verzogern|vertretung siehe|ruht der betrieb|maschinell erfasst|nur (?:montags|dienstags|mittwochs|donnerstags|freitags)[^.\n]{0,30}besetzt|in den ferien nur|dass sie ein mensch sind|"
    r"casella (?:non e (?:piu )?(?:letta|presidiata)|di posta non)|rispond(?:iamo|eremo) entro|messaggio ricevuto dall|chiusi per (?:inventario|ferie)|non lavoro piu|uffici chiusi|sono in turno|sara elaborat|"
    r"leggo la posta|^(?:sono |siamo )?(?:in )?(?:ferie|malattia)\b[^\n]{0,50}(?:torno|sostitut|fino a|non vengono lette)|segreteria[^\n]{0,40}(?:aperta|chiusa)|sono il bot|e in coda, attesa|accesso limitato alla posta|risposte possono tardare|"
    r"indirizzo e stato sostituito|accettato dal sistema pec|oggi nessun pagamento|"
    r"boite (?:mail )?n'est (?:plus|pas) (?:relevee|lue|consultee)|generee? automatiquement|cree automatiquement|reponse auto\b|ici [^.\n]{0,20}l'assistant|repondra sous|n'ouvre que le|delai de traitement actuel|"
    r"reponses retardees|mon ordinateur qui vous ecrit|ne pas repondre|messages? non lus|(?:conges|arret maladie|deplacement)\b[^\n]{0,50}(?:remplac|non lus|je lis mes)|secretariat ouvert|confirmez que vous etes humain|foire aux questions|\(reponse auto|"
    r"buzon no se (?:revisa|lee|atiende)|(?:responde|respondemos|responderemos) en [a-z0-9]+ dias|soy un (?:contestador|asistente|robot)|ya no trabaja (?:aqui|en)|respondere a la vuelta|cerrado por (?:inventario|vacaciones)|me he jubilado|"
    r"(?:agente|asesor) le atendera|ha entrado en cola|acuse de recibo generado|acuse automatico|fuera de (?:oficina|horario)|ahora mismo no podemos contestar|me encuentro de (?:permiso|baja|vacaciones)|"
    r"ha sido recibida en el buzon|no leo el correo|conexion mala|se ha registrado de entrada|este correo se apagara"
)
# Programs also send what is no answer to anything; who says that it is none is believed.
NO_ANSWER: Final = re.compile(
    r"remittance|payment (?:run|notification|advice|was executed)|zahlungsavis|zahllauf|avviso di pagamento|giro pagamenti|aviso de pago|se ha emitido el pago|avis de (?:paiement|virement)|"
    r"password|contrasena|kennwort|mot de passe|newsletter|keine automatische|not an? auto|non e un messaggio automatico|n'est pas une reponse automatique|no es (?:un mensaje|una respuesta) automatic"
)
LURE: Final = re.compile(
    r"\bclick|klick|haga clic|\bclic\b|cliquez|clicchi|verify your|kartendaten"
)
