# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""The small words that give a language away, on folded text."""

from __future__ import annotations

from typing import Final

SMALL_WORDS: Final[dict[str, frozenset[str]]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "an and are as at be been but by can dear did do does for from has have hello hi i invoice is it kindly my no not of on only our paid payment please received regards since still thank thanks that the their there they this to was we were which will with would yes you your",
        "it": "abbiamo ai al alla alle anche avete bonifico buonasera buongiorno che ci come con cordiali da dei del della delle di e ed fattura gentile gli grazie ho il invece la lo ma merce mi nel nella non nostra nostro pagamento per prego questa questo saluti salve si siamo sono spett stata stato sul sulla un una uno vi vostra vostro",
        "fr": "au aux avec avoir avons bonjour ce ces cette cordialement d dans deja des du elle en est et facture il je l la le les livraison madame mais merci monsieur n ne nos notre nous ont paiement par pas plus pour que qui reglement s sont suis sur svp un une veuillez vos votre vous",
        "es": "adjunto al buenas buenos como con de del dias el en es esta este estimados factura favor gracias ha han he hemos hola la las le les lo los mas me mercancia muy no nos nuestra nuestro pago para pedido pero por que saludos se sin son su sus tambien tardes un una usted ustedes y ya",
        "de": "aber am auch auf aus bei bitte damen das dass dem den der des die ein eine einen es freundlichen fur geehrte gruse gruss grussen guten haben hallo hat herren hiermit ich ihr ihre im ist lieferung mit nach nicht noch nur oder rechnung sehr sie sind tag und uns unser unsere vom von ware wir wurde wurden zu zum zur",
    }.items()
}
