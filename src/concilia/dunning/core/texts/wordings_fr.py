"""The texts of collections in French."""

# ruff: noqa: E501 - prose
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concilia.dunning.core.texts.keys import Key

LONG: Final[Mapping[Key, tuple[str, str]]] = {
    Key.COURTESY: (
        "Bientôt : {invoices}",
        """
Merci [de travailler avec nous|d’être notre client]. Pour que rien ne vous surprenne, voici ce qui arrive prochainement.

{items}

Si tout est en ordre, il n’y a rien d’autre à faire. Sinon, c’est le moment le plus simple pour nous le dire :

{options}

Merci, et bonne continuation.
""",
    ),
    Key.REMINDER: (
        "Un mot au sujet de : {invoices}",
        """
Merci [de travailler avec nous|d’être notre client]. Cela a pu passer inaperçu dans une semaine chargée : nous n’avons pas encore vu de règlement pour ce qui suit.

{items}

Y a-t-il quelque chose que nous devrions savoir ou corriger ?

Sinon, choisissez ce qui vous convient le mieux :

{options}

Si le règlement est déjà parti, ne tenez pas compte de ce message. Merci.
""",
    ),
    Key.QUESTION: (
        "{invoices} : que pouvons-nous faire ?",
        """
[Nous aimons travailler avec vous|Nous tenons à vous compter parmi nos clients], alors nous préférons demander que supposer. Ce qui suit est encore ouvert :

{items}

Qu’est-ce qui a retenu le règlement jusqu’ici ? Un clic suffit, et toute réponse est bonne à entendre :

{motives}

Si vous savez déjà comment vous souhaitez régler, choisissez ici :

{options}

? {holder} [suit votre compte|s’occupe de vous] et vous rappelle volontiers quand cela vous arrange.

Merci de votre réponse.
""",
    ),
    Key.FIRM: (
        "{invoices} : où nous en sommes",
        """
[Travailler avec vous compte pour nous|Vous compter parmi nos clients nous importe], et cela demande d’être clairs. Voici la situation à ce jour :

{items}

? Pour information : selon la loi, des intérêts de {interest} ont couru jusqu’au {interest_until}. Nous ne les demandons pas par ce message.

Que vous faudrait-il pour régler d’ici le {deadline} ?

Dites-le-nous, ou choisissez dès maintenant :

{options}

Sans nouvelles de votre part d’ici le {deadline}, l’étape suivante est une lettre formelle. Nous préférons de loin trouver une solution avec vous auparavant.

Merci de votre attention.
""",
    ),
    Key.FORMAL_NOTICE: (
        "Mise en demeure : {invoices}, règlement avant le {deadline}",
        """
Vous êtes client de {creditor}, et nous vous devons des mots clairs. Les montants suivants sont échus et n’ont pas été réglés :

{items}

Nous vous mettons en demeure de payer {asked} au plus tard le {deadline}.

{statute}

? Selon la loi, des intérêts de {interest} ont couru jusqu’au {interest_until}.

? La loi prévoit en outre une indemnité forfaitaire de {compensation}.

Voici ce que vous pouvez faire :

{options}

Si vous n’êtes pas d’accord avec tout ou partie, dites-nous pourquoi d’ici le {deadline}. Ce que vous contestez est d’abord vérifié et n’est pas demandé entre-temps ; le reste demeure à payer.

? {advice}

? Si ni règlement ni réponse ne nous sont parvenus d’ici le {deadline}, nous avons l’intention de confier le dossier à {next_holder}.

Merci de l’attention portée à cette lettre.
""",
    ),
    Key.LAST_CALL: (
        "{invoices} : entre nous jusqu’au {deadline}",
        """
Vous êtes notre client, et nous préférons de loin trouver une solution directement avec vous. Ce qui suit est encore ouvert :

{items}

Après le {deadline}, nous confierons le dossier à {next_holder}. D’ici là, chacune de ces démarches l’évite :

{options}

? {advice}

S’il s’est passé quelque chose que nous ignorons, un mot suffit et nous chercherons ensemble une voie. Merci.
""",
    ),
    Key.HANDED_OVER: (
        "{invoices} : {next_holder} est désormais votre interlocuteur",
        """
Merci du temps pendant lequel nous avons travaillé avec vous comme client. Comme annoncé, {next_holder} suit désormais pour nous ce qui suit :

{items}

? Son mandat : {mandate}

Pour tout paiement et toute question, adressez-vous désormais à {next_holder}, qui peut aussi convenir avec vous d’un paiement en plusieurs fois et examiner ce sur quoi vous n’êtes pas d’accord.

? Si quelque chose n’est pas exact dans ce passage de relais, écrivez-nous à {reply_to}.

? {advice}

Merci.
""",
    ),
    Key.THANKS: (
        "Merci : {amount} bien reçus",
        """
Merci, c’est un plaisir de [travailler avec vous|vous compter parmi nos clients]. Votre paiement de {amount} est arrivé le {day} et il est enregistré.

? Il règle : {invoices}.

Il n’y a rien d’autre à faire. Si vous souhaitez qu’à l’avenir les paiements se fassent d’eux-mêmes, par exemple par prélèvement, il suffit de répondre.

Merci, et à bientôt.
""",
    ),
    Key.PROMISE_NOTED: (
        "C’est noté : {amount} d’ici le {day}",
        """
Merci d’avoir trouvé une solution avec nous[, en partenaires|, comme client]. Nous avons noté que vous paierez {amount} d’ici le {day}.

? Il s’agit de : {invoices}.

D’ici là, nous ne vous écrirons plus à ce sujet. S’il survient quelque chose, dites-le-nous avant ce jour et nous en trouverons un autre :

{options}

Merci.
""",
    ),
    Key.PROMISE_DUE_SOON: (
        "Le {day} : {amount}, comme convenu",
        """
Merci [de travailler avec nous|d’être notre client]. Comme convenu avec vous, {amount} sont prévus pour le {day}.

? Il s’agit de : {invoices}.

Si tout est en ordre, il ne reste qu’à payer. Si la date ne convient plus, choisissez ici :

{options}

Merci.
""",
    ),
    Key.PROMISE_BROKEN: (
        "Le {day} est passé : que s’est-il passé ?",
        """
[Nous comptons sur le travail avec vous|Nous sommes heureux de vous compter parmi nos clients], alors nous demandons franchement. Nous étions convenus de {amount} d’ici le {day}, et nous n’avons pas trouvé le paiement.

Qu’est-ce qui s’est mis en travers ?

Si c’est payé entre-temps, dites-nous quel jour et nous le chercherons. Sinon, choisissez ce qui est possible maintenant :

{options}

? {holder} en parle volontiers avec vous.

Merci.
""",
    ),
    Key.PLAN_OFFERED: (
        "Une proposition de paiement en plusieurs fois",
        """
Merci [de travailler avec nous et de nous avoir dit où vous en êtes|d’être notre client et de nous avoir dit où vous en êtes]. Voici notre proposition pour payer {amount} en plusieurs fois :

{rows}

Elle vaut jusqu’au {until}. Vous pouvez l’accepter ou proposer autre chose :

{options}

Rien n’est convenu tant que vous n’avez pas dit oui. Merci.
""",
    ),
    Key.PLAN_AGREED: (
        "Votre échéancier est convenu",
        """
Merci [d’avoir travaillé avec nous à cette solution|d’être notre client et d’avoir trouvé avec nous cette solution]. L’échéancier sur {amount} est convenu :

{rows}

Tant qu’il se déroule comme prévu, nous ne demandons rien d’autre à ce titre. Si une échéance devient difficile, dites-le-nous avant sa date ; il y a presque toujours un moyen :

{options}

Merci.
""",
    ),
    Key.PLAN_ROW_DUE_SOON: (
        "Le {day} : prochaine échéance de {amount}",
        """
Merci [de travailler avec nous|d’être notre client]. La prochaine échéance de {amount} est prévue pour le {day}.

Si tout est en ordre, il ne reste qu’à payer. Sinon, dites-le-nous maintenant :

{options}

Merci.
""",
    ),
    Key.PLAN_ROW_LATE: (
        "L’échéance du {day} : tout va bien ?",
        """
[Nous sommes heureux de travailler avec vous|Nous sommes heureux de vous compter parmi nos clients], et l’échéancier montre que nous y tenons tous deux. L’échéance de {amount} du {day} ne nous est pas encore parvenue.

Quelque chose a-t-il changé pour vous ?

Vous pouvez la payer maintenant, la déplacer ou parler avec nous de l’échéancier :

{options}

Si c’est payé entre-temps, ne tenez pas compte de ce message. Merci.
""",
    ),
    Key.PLAN_COMPLETED: (
        "C’est fait : votre échéancier est terminé",
        """
Merci de rester notre client et d’avoir suivi l’échéancier jusqu’au bout. La dernière échéance est arrivée le {day} ; {amount} sont entièrement payés.

Le dossier est clos et il ne reste rien d’ouvert. Si vous le souhaitez, nous pouvons convenir de ce qui facilitera les paiements à l’avenir : une autre échéance, un relevé mensuel ou le prélèvement. Il suffit de répondre.

Merci, et à bientôt.
""",
    ),
    Key.SETTLEMENT_OFFERED: (
        "Une proposition pour clore le dossier : {offer} d’ici le {until}",
        """
Merci d’avoir parlé franchement avec nous[, en partenaires|, comme client]. {open} sont ouverts, et nous avons réfléchi à la manière de clore le dossier ensemble. Voici notre proposition :

- Vous payez {offer} d’ici le {until}.
- Une fois ce montant reçu, nous renonçons aux {waived} restants, et il ne reste rien d’ouvert.
- S’il n’est pas reçu en entier à cette date, la proposition tombe et le montant entier reste à payer, moins ce qui a été versé.

Cette renonciation peut avoir des effets fiscaux ; demandez à votre conseil.

Vous pouvez accepter ou proposer autre chose :

{options}

Rien n’est convenu tant que vous n’avez pas dit oui par écrit. Merci.
""",
    ),
    Key.DISPUTE_RECEIVED: (
        "{claim} : nous vérifions",
        """
Merci de nous l’avoir signalé[, comme entre partenaires|, comme client]. {holder} vérifie ce que vous avez indiqué, {claim}, et vous répondra d’ici le {until}.

Entre-temps, nous ne vous demandons pas {disputed}.

? Le reste, {asked}, n’est pas concerné et demeure à payer.

Vous pouvez ajouter des pièces, suivre l’avancement ou payer le reste :

{options}

Merci.
""",
    ),
    Key.INVOICE_COPY: (
        "De nouveau : {invoice}",
        """
Merci [de travailler avec nous|d’être notre client], et de l’avoir demandée. Voici la copie de {invoice} : {account_link}

Si ce n’est pas ce qu’il vous faut, ou si un point n’est pas exact, dites-le-nous et nous le corrigerons :

{options}

Merci.
""",
    ),
    Key.CONDOLENCE: (
        "Nos condoléances",
        """
Nous avons appris le décès de {customer}, qui était notre client. Nous en sommes très tristes, et nos pensées vous accompagnent.

Vous n’avez rien à faire maintenant. Tous les messages relatifs au compte ont été arrêtés. Personne dans la famille n’est appelé à payer de ses propres moyens.

Le moment venu, il nous aide de savoir qui s’occupe de la succession. {holder} est personnellement à votre disposition :

? Téléphone : {phone}

? E-mail : {reply_to}

Avec toute notre sympathie.
""",
    ),
    Key.VULNERABLE: (
        "Nous sommes là pour vous",
        """
Vous êtes notre client, et votre bien-être passe d’abord. Dès aujourd’hui, {holder} s’occupe personnellement de vous ; personne d’autre ne vous contactera à ce sujet.

Vous n’avez rien à faire maintenant. Nous ne demanderons rien avant le {until}, et ni intérêts ni frais ne s’ajoutent.

Quand ce sera le bon moment pour vous, nous regarderons ensemble ce qui est possible. Dites-nous comment vous préférez que nous vous contactions, et qui peut parler pour vous :

{options}

? {advice}

Prenez le temps qu’il vous faut. Merci de nous l’avoir dit.
""",
    ),
    Key.DATE_MOVED: (
        "Nouvelle date pour {invoices} : {new_day}",
        """
Merci d’avoir trouvé une solution avec nous[, en partenaires|, comme client]. Comme vous l’avez demandé, la nouvelle échéance est le {new_day} : {invoices}.

Il s’agit de {amount}. D’ici là, nous ne vous écrirons plus à ce sujet.

S’il vous faut autre chose, choisissez ici :

{options}

Merci.
""",
    ),
    Key.PAID_TWICE: (
        "{amount} sont à vous",
        """
Merci [de travailler avec nous|d’être notre client]. Votre paiement du {day} dépasse de {amount} ce qui était ouvert : ce montant est à vous.

Préférez-vous un remboursement, ou le garder pour la prochaine facture ?

Dites-nous sur quel compte l’envoyer, ou laissez-le chez nous :

- Le rembourser
- Le garder pour la prochaine facture

? Vous pouvez nous le dire ici : {account_link}

? Ou écrivez-nous à {reply_to}.

Merci.
""",
    ),
}
SHORT: Final[Mapping[Key, str]] = {
    Key.COURTESY: "{creditor} : cher client, merci. Voici ce qui vient : {account_link}",
    Key.REMINDER: "{creditor} : cher client, un oubli, ou un point à revoir ? Dites-le ou réglez ici : {account_link}",
    Key.QUESTION: "{creditor} : cher client, que pouvons-nous faire ? Dites-le ou choisissez un jour : {account_link}",
    Key.FIRM: "{creditor} : cher client, que vous faut-il pour régler ? A vous de choisir : {account_link}",
    Key.LAST_CALL: "{creditor} : cher client, réglons cela ensemble avant le {deadline} : {account_link}",
    Key.THANKS: "{creditor} : cher client, merci. Votre paiement est bien arrivé.",
    Key.PROMISE_NOTED: "{creditor} : merci de travailler avec nous. Noté pour le {day} : {account_link}",
    Key.PROMISE_DUE_SOON: "{creditor} : cher client, comme convenu le {day}. Payer ou changer : {account_link}",
    Key.PROMISE_BROKEN: "{creditor} : cher client, que s'est-il passé ? Choisissez le possible : {account_link}",
    Key.PLAN_OFFERED: "{creditor} : cher client, voici notre proposition, à accepter ou à changer : {account_link}",
    Key.PLAN_AGREED: "{creditor} : merci de travailler avec nous. Tout est convenu : {account_link}",
    Key.PLAN_ROW_DUE_SOON: "{creditor} : cher client, le plan prévoit le {day}. Payer ou changer : {account_link}",
    Key.PLAN_ROW_LATE: "{creditor} : cher client, tout va bien ? Payez, déplacez ou parlez-nous : {account_link}",
    Key.PLAN_COMPLETED: "{creditor} : merci de rester notre client. Tout est fini, il ne reste rien.",
    Key.DISPUTE_RECEIVED: "{creditor} : merci de travailler avec nous. {claim} est en cours, suivez ici : {account_link}",
    Key.INVOICE_COPY: "{creditor} : cher client, voici votre copie : {account_link}",
    Key.VULNERABLE: "{creditor} : cher client, vous passez avant tout. {holder} est là pour vous : {account_link}",
    Key.DATE_MOVED: "{creditor} : merci de travailler avec nous. Le nouveau jour est le {new_day} : {account_link}",
    Key.PAID_TWICE: "{creditor} : cher client, vous avez un avoir. Remboursé ou gardé ? {account_link}",
}
_OPENING: Final = """
1. Saluer, dire son nom et que l’on appelle de {creditor}. S’assurer de parler à {customer} ou à quelqu’un qui peut parler pour eux ; jusque-là, ne rien dire de l’objet.

2. Remercier [de travailler avec nous|d’être notre client] et demander si le moment convient. Sinon, convenir d’un autre.
"""
_CLOSING: Final = """
6. Répéter ce qui est convenu : quoi, combien, pour quel jour, et que cela suit par écrit. Remercier.

7. Noter le motif, ce qui est convenu et l’étape suivante : des faits seulement, aucun jugement, et rien sur la santé hors du champ protégé.
"""
GUIDES: Final[Mapping[Key, str]] = {
    Key.REMINDER: _OPENING
    + """
3. Demander, et écouter jusqu’au bout : « Notre facture vous est-elle parvenue, et tout y est-il exact ? »

4. Avoir sous la main : {invoices}, {asked}. Proposer d’envoyer une copie.

? Non demandé, car en cours de vérification : {disputed}

5. Proposer : un lien pour payer, un jour qui convient, ou que quelqu’un regarde ce qui ne va pas.
"""
    + _CLOSING,
    Key.QUESTION: _OPENING
    + """
3. Demander, et écouter jusqu’au bout : « Qu’est-ce qui a retenu le règlement jusqu’ici ? » Ne pas souffler la réponse.

4. Avoir sous la main : {invoices}, {asked}. Reprendre le motif avec leurs mots.

? Non demandé, car en cours de vérification : {disputed}

5. Proposer ce qui répond au motif : un jour, plusieurs fois, une copie, quelqu’un qui vérifie.
"""
    + _CLOSING,
    Key.FIRM: _OPENING
    + """
3. Demander, et écouter jusqu’au bout : « Que vous faudrait-il pour régler ? »

4. Dire les faits calmement : {invoices}, {asked}, et le jour espéré : {deadline}.

? Non demandé, car en cours de vérification : {disputed}

5. Proposer au moins deux voies : payer maintenant, un jour, plusieurs fois, ou vérifier ce qui ne va pas. Ne dire la suite que telle qu’elle sera vraiment.
"""
    + _CLOSING,
    Key.LAST_CALL: _OPENING
    + """
3. Demander, et écouter jusqu’au bout : « Y a-t-il quelque chose que nous ignorons encore ? »

4. Dire les faits calmement : {invoices}, {asked} ; après le {deadline}, {next_holder} prend le relais.

? Non demandé, car en cours de vérification : {disputed}

5. Dire ce qui l’évite : un paiement, un jour, plusieurs fois, un mot sur ce qui ne va pas. Indiquer où trouver un conseil gratuit.
"""
    + _CLOSING,
    Key.PROMISE_BROKEN: _OPENING
    + """
3. Demander, et écouter jusqu’au bout : « Nous étions convenus du {day}. Qu’est-ce qui s’est mis en travers ? »

4. Avoir sous la main : {amount} d’ici le {day}. Demander si c’est payé entre-temps, et de quel compte.

5. Proposer : un nouveau jour réaliste, une partie maintenant, ou plusieurs fois.
"""
    + _CLOSING,
    Key.PLAN_ROW_LATE: _OPENING
    + """
3. Demander, et écouter jusqu’au bout : « Quelque chose a-t-il changé depuis l’échéancier ? »

4. Avoir sous la main : l’échéance de {amount} du {day}.

5. Proposer : la payer maintenant, la déplacer une fois, ou revoir l’échéancier. Qui est en difficulté va aux spécialistes.
"""
    + _CLOSING,
}
