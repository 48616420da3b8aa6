# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""How mails quote, forward, close and sign, in five languages."""

from __future__ import annotations

import re
from typing import Final

HEADER_WORDS: Final = (
    r"from|da|de|von|sent|inviato|envoy[eé]|enviado(?: el)?|gesendet|date|data|fecha|datum|to|a|à|para|an"
    r"|subject|oggetto|objet|asunto|betreff|cc|reply-to"
)
OUTLOOK_HEADER: Final = re.compile(
    r"^[^\S\n]*[*_]{0,2}(?:from|da|de|von|expéditeur)\s?[*_]{0,2}\s?:\s?.*\n(?:.*\n){0,2}?"
    rf"\s*[*_]{{0,2}}(?:{HEADER_WORDS})[*_]{{0,2}}\s?:.*\n(?:.*\n){{0,3}}?"
    r"\s*[*_]{0,2}(?:subject|oggetto|objet|asunto|betreff)\s?[*_]{0,2}\s?:",
    re.IGNORECASE | re.MULTILINE,
)
# What headers go on with below the subject.
HEADER_LEFT: Final = re.compile(
    r"(?:[^\S\n]*[*_]{0,2}(?:cc|bcc|ccn|cci|cco|priority|importance|priorit[aàeé]|wichtigkeit|importancia|attachments?|allegat[oi]|pi[eè]ces? jointes?|"
    r"adjuntos?|anlagen?|anh[aä]nge|date|data|fecha|datum|sent|inviato|envoy[eé](?: le)?|enviado(?: el)?|gesendet|to|a|à|para|an)[*_]{0,2}\s?:[^\n]*\n)+",
    re.IGNORECASE,
)
DIVIDER: Final = re.compile(
    r"^[ \t>]*[-_=*]{2,}[ ]?(?:original message|original appointment|messaggio originale|message d'origine|"
    r"message original|mensaje original|urspr[uü]ngliche nachricht|urspr[uü]ngliche e-?mail|reply message|"
    r"reply above this line|inoltrato da.*|messaggio inoltrato|weitergeleitete nachricht|"
    r"forwarded message|message transf[ée]r[ée]|mensaje reenviado|forwarded by.*|mensaje original)"
    r"\s?[-_=*]*[ \t]*$|^_{20,}\s{0,40}$(?=\s{0,40}(?:from|da|de|von)\s?:)",
    re.IGNORECASE | re.MULTILINE,
)
FORWARDED: Final = re.compile(
    r"forwarded message|messaggio inoltrato|message transf[ée]r[ée]|mensaje reenviado|"
    r"weitergeleitete nachricht|begin forwarded message|inizio messaggio inoltrato|"
    r"anfang der weitergeleiteten|d[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée])|"
    r"inicio del mensaje reenviado",
    re.IGNORECASE,
)
ATTRIBUTION: Final = re.compile(
    r"^[ \t]*(?:"
    r"(?:on|op)\s.{4,160}?(?:wrote|schreef)\s?:|"
    r"il (?:giorno )?.{4,160}?(?:ha scritto|scrisse)\s?:|"
    r"le\s.{4,160}?a [ée]crit\s?:|"
    r"el\s.{4,160}?(?:escribi[oó]|ha escrito)\s?:|"
    r"am\s.{4,160}?schrieb.{0,80}?:|"
    r"[^\n]{4,120}(?:wrote|ha scritto|a [ée]crit|escribi[oó]|schrieb)(?: on [^\n]{4,60})?\s?:|"
    r"\d{4}[-/]\d\d[-/]\d\d.{0,60}<[^>\n]+@[^>\n]+>\s?:"
    r")[ \t]*$",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
SIGNATURE_MARK: Final = re.compile(r"^(?:-- ?|--|__+|—)[ \t]*$", re.MULTILINE)
MOBILE: Final = re.compile(
    r"^[ \t]*(?:sent from my \S+|sent from (?:outlook|yahoo|mail|samsung|gmail|windows).*|"
    r"inviato da(?:l mio| )?\s?(?:iphone|ipad|smartphone|cellulare|telefono|android|outlook|samsung).*|"
    r"envoy[ée] (?:de|depuis) mon .*|envoy[ée] (?:de|depuis|avec) (?:outlook|yahoo|iphone).*|"
    r"enviado desde mi .*|enviado (?:desde|con) (?:outlook|yahoo|iphone|samsung).*|"
    r"von meinem .{2,30} gesendet.*|gesendet (?:von|mit) (?:meinem|outlook|iphone|der|android).*|"
    r"get outlook for .*|(?:scarica|obtenir|obtener|holen sie sich) outlook .*|"
    r"sent via .{2,30}|enviado do meu .*)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
CLOSING: Final = re.compile(
    r"^[ \t]*(?:(?:with |my |our )?(?:best|kind|kindest|warm|warmest) ?(?:regards|wishes)?|regards|rgds|br|"
    r"yours (?:sincerely|faithfully|truly)|sincerely(?: yours)?|many thanks|thanks(?: and regards| again| a lot)?|"
    r"thank you(?: and (?:best|kind) regards| in advance| very much)?|cheers|thx|"
    r"(?:un |i miei |i nostri |i pi[uù] )?(?:cordiali?|distinti|migliori) saluti?|saluti(?: cordiali)?|"
    r"cordialmente|grazie(?: e (?:saluti|cordiali saluti|buona giornata|buon lavoro)| mille| anticipatamente| in anticipo)?"
    r"|buona giornata|buon lavoro|in fede|distintamente|un saluto|"
    r"(?:bien )?cordialement|(?:meilleures |sinc[eè]res |respectueuses )?salutations(?: distingu[ée]es)?|"
    r"bien [àa] vous|merci(?: d'avance| beaucoup| par avance)?|bonne (?:journ[ée]e|r[ée]ception)|"
    r"veuillez (?:agr[ée]er|recevoir|croire).*|dans l'attente de.*salutations.*|cdt|cdlt|sinc[eè]rement|"
    r"(?:un )?(?:cordial )?saludos?(?: cordiales?| cordial)?|atentamente|atte|un abrazo|muchas gracias|gracias(?: y saludos| de antemano)?|"
    r"reciba(?:n)? un cordial saludo|quedamos a (?:la espera|su disposici[oó]n).*|le saluda atentamente|"
    r"(?:mit )?(?:freundlichen|freundlichem|besten|herzlichen|vielen|lieben|sch[oö]nen)?\s?"
    r"(?:gr[uü](?:ß|ss)e?n?|gru(?:ß|ss))(?: aus .*)?|mfg|hochachtungsvoll|vielen dank(?: im voraus)?|"
    r"danke(?: und (?:gru(?:ß|ss)|viele gr[uü](?:ß|ss)e)| im voraus| sch[oö]n)?|viele gr[uü](?:ß|ss)e|vg|lg|"
    r"besten dank(?: im voraus)?)\s*[,.!]*[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
DISCLAIMER: Final = re.compile(
    r"^.{0,80}?(?:this (?:e-?mail|message|communication)[^\n]{0,80}(?:confidential|intended|privileged)|"
    r"confidentiality notice|disclaimer\b|(?:the )?information (?:contained|transmitted) in this|"
    r"(?:questo|il presente|la presente) (?:messaggio|e-?mail|comunicazione)[^\n]{0,80}(?:riservat|confidenzial|destinat)|"
    r"le informazioni contenute|avviso di riservatezza|ai sensi (?:del|dell'art).{0,40}(?:196|679|gdpr)|"
    r"ce (?:message|courriel|courrier|mail)[^\n]{0,80}(?:confidentiel|destin|exclusive)|les informations contenues dans ce|"
    r"este (?:mensaje|correo|e-?mail)[^\n]{0,80}(?:confidencial|dirigid|destin)|la informaci[oó]n contenida en este|"
    r"aviso legal|diese (?:e-?mail|nachricht|mail)[^\n]{0,80}(?:vertraulich|bestimmt)|"
    r"der inhalt dieser (?:e-?mail|nachricht)|"
    r"(?:please )?(?:consider|think of) the environment|pensa all'ambiente|pensez [àa] l'environnement|"
    r"antes de imprimir|bitte denken sie an die umwelt|avant d'imprimer|prima di stampare)",
    re.IGNORECASE | re.MULTILINE,
)
EMPTY_WORDS: Final = re.compile(
    r"^(?:fyi|f\.y\.i\.?|fwd|see below|please see below|below|per conoscenza|p\.?c\.?|vedi sotto|"
    r"vedere sotto|in allegato|ti giro|vi giro|inoltro|giro|pour info(?:rmation)?|voir ci-dessous|ci-dessous|pvi|"
    r"para (?:su|tu|vuestra) (?:informaci[oó]n|conocimiento)|ver abajo|reenv[ií]o|os paso|"
    r"z\.?\s?k\.?|zur (?:info|information|kenntnis|bearbeitung|kl[aä]rung)|siehe unten|s\.u\.?|weiterleitung|"
    r"hi|hello|hallo|ciao|bonjour|hola|buongiorno|salve)[\s.,!:]*$",
    re.IGNORECASE,
)
# Few words that make a mail below one's own; folded.
BELOW: Final = re.compile(
    r"\b(?:see(?: the)?(?: mail| message| e-?mail| note)? below|as below|(?:mail|message|note|e-?mail|detail\w*|report\w*|complaint) below|below (?:from|is|are)|forward(?:ing|ed)?|passing (?:this )?on|fyi|"
    r"(?:vedi|vedere|veda|vedete|leggi|riporto|giro|giriamo|inoltro|inoltriamo) (?:qui )?(?:sotto|di seguito|quanto)|qui sotto|sotto riportat\w+|di seguito|(?:vi |ti |le )?(?:inoltro|giro|inoltriamo|giriamo)|quanto (?:segnala\w*|scrive|sotto)|mail sotto|"
    r"(?:voir )?ci-?(?:dessous|apres)|(?:je |nous )?(?:vous |te )?(?:transfere|transferons|transmets|transmettons|fais suivre|faisons suivre)|mail plus bas|"
    r"(?:ver|vea|vean|mira|mirad|lea) (?:mas )?abajo|(?:mas |de )?abajo|(?:te|os|le|les) (?:reenvio|paso|reenviamos|pasamos)|reenvio|a continuacion|correo de (?:abajo|mas abajo)|"
    r"(?:siehe|s\.|vgl\.?|wie) (?:unten|u\.|nachstehend|weiter unten)|s\. ?u\.|(?:nachricht|mail|e-?mail) (?:unten|von unten)|unten(?:stehend\w*)?|nachstehend\w*|(?:leite|leiten|gebe|geben) (?:ich|wir)?.{0,40}weiter|weiterleit\w*|weitergeleitet\w*)\b"
)
SALUTATION: Final = re.compile(
    r"^[^\S\n]*(?:dear |hello|hi\b|good (?:morning|afternoon)|to whom|egregi|buongiorno|salve|bonjour|cher |"
    r"buenos dias|buenas tardes|hola|guten tag|hallo|liebe)|"
    r"\b(?:dear (?:sir|madam|mr|ms)|gentil[ei] |spett\.? ?le|madame,? monsieur|estimad[oa]s? |muy senor|"
    r"sehr geehrte)",
    re.MULTILINE,
)
