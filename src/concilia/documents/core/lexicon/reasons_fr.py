# ruff: noqa: E501 - a phrase book is read by its columns, not by its line length
"""French phrases for the 67 claim reasons. The number before the colon is their weight."""

from __future__ import annotations

from typing import Final

REASONS_FR: Final[dict[str, str]] = {
    "CO-01": """
        6: promo* (non|pas) (appliqu*|pris*|déduit*|repris*|accord*|factur*|mentionn*|respect*|report*); (remise|prix|tarif|offre|condition*|op|opération) promo* .. (non|pas|oubli*|manqu*|absent*|omis*) ; (oubli*|absence|manque|sans|omis*) .. (promo*|remise promo*|prix promo*|offre); (prix|tarif) (plein|normal|fort|de base|catalogue) .. (lieu|promo*|pendant|alors|opération); pas (été)? (appliqu*|déduit*|repris*) .. (promo*|offre|opération)
        5: (au lieu du|à la place du|et non) (prix|tarif) (promo*|op|prospectus|remis*); prix promo*; tarif promo*; remise promo*; pendant .. (promo*|opération promo*); prix prospectus; accord promo*; promo .. (facture|manqu*)
        3: promotionnel*; en promotion; période promo*; op promo; tract
        2: promo*; offre
        7: (en promotion|en promo) .. (plein tarif|prix normal|plein pot)
    """,
    "CO-02": """
        7: nip; (sell|sel) ?out; (soutien|participation|budget|prime|contribution|aide|remise) .. (sell out|sorties? (de)? caisse*|écoulement|aux ventes consommateur*|revente); (sortie*|passage*|données|ventes) (de|en)? caisse*; nouveaux instruments promo*; scan ?back; bill ?back
        4: scann*; (unités|uvc) (vendues|scannées|sorties|passées); bons? immédiats?; bri; lot* virtuel*; cagnott*; ticket* de caisse
    """,
    "CO-03": """
        7: (participation|contribution|budget|frais|coopération|prestation|support|insertion|parution) .. (publicit*|publi promo*|prospectus|catalogue|tract*|dépliant|affich*|radio|tv|presse|magazine); coopération (commerciale|publicitaire); publicité (coopérative|commune|mutualisée|sur|lieu de vente .. contribution); parution (prospectus|catalogue|tract|magazine); (page|encart|insertion|espace*) .. (prospectus|catalogue|tract*|publicit*|magazine|journal)
        3: prospectus; publicité; publicitaire*; catalogue; tract publicitaire; affichage
    """,
    "CO-04": """
        7: (budget|fonds|participation|contribution|aide|plan|support|prestation*) (de)? (marketing|marge|trade marketing|category|catégorie|de marge|webmarketing|digital*); (compensation|garantie|complément|manque|soutien|perte) (de|à la)? marge; trade marketing; contribution (à la)? marge; retail media; services? (marketing|internation*)
        3: marketing; action commerciale
    """,
    "CO-05": """
        8: rfa; remise* (de)? (fin d année|fin d exercice|annuel*|quantitativ*|sur objectif*|arrière|de volume|différée*|conditionnel* de fin); ristourne*; (bonus|prime) (annuel*|de fin d année|volume*|quantitativ*|d objectif*|sur objectif*|de croissance|trimestriel*|de fidélité|sur chiffre|de volume|sur volume*|progression); (objectif*|palier*|seuil*|tranche) .. (atteint*|dépass*|franchi*|chiffre d affaires|ca)
        4: chiffre d affaires annuel; (remise|prime) .. (fin d année|objectif*|volume*|progression|croissance); marge* arrière*
    """,
    "CO-06": """
        8: démarque* (connue|inconnue|sur|saison*|participation|prise en charge|de)?; (participation|prise en charge|contribution|soutien|aide) .. (démarque*|sold*|déstock*|écoulement|invendu*|fin de (saison|série)|liquidation du stock); mark ?down*; déstockage; fin de (série|saison); soldes; (rotation lente|faible rotation)
    """,
    "CO-07": """
        8: référencement; (droit*|frais|budget|participation|contribution) .. (référencement|entrée|nouveaut*|nouvelle* référence*|assortiment|gamme|listing|listage|linéaire nouveau); (nouveauté*|nouvelle* référence*|nouveaux produits) .. (droit*|participation|budget|entrée|lancement|intro*|contribution); introduction (de)? (produit*|nouveaut*|gamme|référence*); slotting; listing; entrée en (assortiment|gamme)
        2: nouveauté*; assortiment
    """,
    "CO-08": """
        8: tête* de gondole; tg; (mise en avant|mises en avant|présentoir*|plv|box|îlot*|ilot*|linéaire*|implantation*|vitrine|double exposition|meuble*|tgo|podium) .. ; (location|frais|participation|contribution|budget|prestation) .. (emplacement*|linéaire|espace*|tg|gondole|présentoir*|merchandis*|rayon|tête|mise en avant|plv|vitrine|exposition|implantation); merchandis*; tenue de rayon; mise en rayon; facing; emplacement* (privilégi*|préférentiel*|promo*); plan merch*
    """,
    "CO-09": """
        8: ouverture* (de|d|du)? (magasin*|nouveau*|un|point*|agence|boutique|commande|supermarch*|hypermarch*|.. (participation|remise|contribution|budget)); (nouveau*|nouvel|nouvelle) (magasin*|point de vente|boutique|établissement|enseigne|franchisé); (participation|contribution|remise|budget) .. (ouverture*|inauguration*|agrandissement*|réouverture*|rénovation*|première implantation|première commande); inauguration*; réouverture; commande d (ouverture|implantation); première implantation; remise (d)? ?ouverture; agrandissement
    """,
    "CO-10": """
        8: (protection|garantie) (de|du|des|sur)? (stock*|prix|tarif*|baisse); (baisse*|diminution|réduction|chute) (de|du|des)? (prix|tarif*) .. (stock*|inventaire*|compens*|protection|dédommag*); (stock*|inventaire) .. (ancien (prix|tarif)|baisse|compens*|dévaloris*|dépréci*|revalorisation|au prix fort); compensation (de)? stock*; floor stock; reprise (de|du)? différentiel .. stock*; dépréciation .. stock*
    """,
    "CO-11": """
        8: (bon*|coupon*) (de|d) (réduction|achat|remise|rembours*|cadeau*); coupon*; (carte*|chèque*) cadeau*; coupons? (de)? (réduction|remboursement); bons? d achat; chèques? (cadeau*|réduction*)
    """,
    "CO-12": """
        8: gratuit* .. (non|pas|manqu*|factur*|livr*|reç*|oubli*|absent*); (manqu*|oubli*|sans|absence|non livr*|pas reçu) .. gratuit*; (marchandise*|unité*|carton*|colis|bouteille*|produit*|pièce*|ug|articles?) (gratuit*|offert*); unité* gratuit*; ug; # (achet*)? .. # (gratuit*|offert*); (dotation*|franco gratuit|13 (à|pour) la douzaine|treize)
        4: gratuit*; offert*; gratuité*; prime marchandise
    """,
    "CO-13": """
        8: (remise*|participation|allocation|contribution|ristourne|prime|bonus|budget|avantage*|rémunération) .. (logistique*|entrepôt*|plateforme*|enlèvement*|camion complet|palette* complète*|départ|quai|massification|distribution|centralis*|franco|camions? complets?|couche*|préparation|tournée); remise (logistique|enlèvement|quai|camion|palette|plateforme|entrepôt); enlèvement (par|avec) nos (soins|moyens|camions); (enlèvement|départ usine) .. (remise|déduc*); camion* complet*; massification
        4: conditions logistiques; logistique .. (remise|participation|avantage)
    """,
    "CO-14": """
        8: (remise*|forfait*|allocation|taux|pourcentage|participation|provision|indemnité) .. (casse*|invendable*|avarie*|invendu* contract*|démarque|défectueu*|pertes?|retour*|périmés?|détérior*|freinte|freintes); (casse|freinte|invendable*) .. (contract*|forfait*|convention*|accord|taux|%|pour cent); invendable*; en lieu et place des retours; forfait (casse|retours?|démarque|périmés|avaries); freinte
    """,
    "CO-15": """
        8: ship and debit; (alignement*|soutien|compensation|aide|protection|support|adaptation) .. (concurren*|prix concur*|prix du marché|tarif* concur*|concurrentiel*); (concurrent*|concurrence) .. (prix|tarif*|align*|compens*|soutien) ; (prix|tarif*|cotation) (spécia*|dérogatoire*|projet|chantier) .. (client final|revente|chantier|projet|accord|affaire|dérog*|revendeur); dérogation* (tarif*|de prix|prix); prix dérogatoire*; prix chantier
    """,
    "NC-01": """
        7: manquant* (constat*|à la (livraison|réception)|sur|de|au|livraison|bl|noté|signal*|quantitatif*)?; (il)? (manque|manquait|manquent|manquaient) (#|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|des|plusieurs|encore|toute*|quelques|les|le|la) ; (colis|carton*|caisse*|palette*|pièce*|bouteille*|unité*|produit*|article*|marchandise*|boîte*|sac*|bac*|fût*|pots?|uvc|paquet*|rouleau*) (manquant*|non (livré*|reçu*|présent*)|en moins|absent*|pas (livré*|reçu*)|qui manqu*); # (colis|carton*|caisse*|palette*|pièce*|bouteille*|unité*|boîte*|sac*|bac*|cartons?|uvc|pots?) (de)? (manqu*|en moins|absent*|non)
        10: (reçu|livré*|compté*|réceptionné|eu|trouv*|arriv*|déchargé*) (que|seulement|uniquement) (#|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix); (n avons|n ai|n a|n ont|avons|ai|n avions) (reçu|été livré*|compté|eu|réceptionné) (que|seulement|qu) ; (seulement|uniquement) # .. (reçu*|livré*|colis|carton*|au lieu|sur|pièce*|palette*|caisse*); # (reçu*|livré*) (au lieu|sur|contre|pour) ; au lieu (de|des) # .. (command*|factur*|prév*|colis|carton*|reçu*|livr*|palette*|pièce*|bouteille*|annonc*)
        5: (livraison|réception|commande) (incompl*|partielle|non complète|pas complète); (écart|différence|erreur|litige|anomalie) (de|sur|en)? (la)? (quantit*|livraison|réception|qte|qté|bl); quantité* (livré*|reçu*|inférieur*|factur*|erron*|incorrect*|manqu*|non conform*|différent*); (factur*) # .. (reçu*|livr*|mais|alors|au lieu); (réserve*|noté*|mention*|émarg*|annot*) .. (bl|bon de livraison|lettre de voiture|cmr|manqu*|récépissé|bordereau); sous livraison; livré* en moins; incomplète*
        4: manque # ; manque*; reliquat* (non|jamais|pas); pas tout reçu; toute la marchandise .. pas; manquant
        2: quantité*; réserve*
        7: # (colis|cartons|caisses|palettes|pièces|bouteilles)? .. (déchargés?|reçus?|comptés?|livrés?) (que|seulement)? #; (facturé*|commandé*) # .. (reçu*|livré*|compté*|déchargé*)
        6: (colis|carton*|caisse*|palette*|pièce*|bouteille*|produit*|article*|bac*|sac*|boîte*) .. (manque*|manquant*|absent*|en moins|non livré*)
        7: (compté|trouvé|reçu|déchargé) # .. (bl|facture|indique|au lieu|alors) .. #; # au lieu (de|des) #; pas tous (les)? (colis|cartons|articles)
    """,
    "NC-02": """
        8: manquant* (caché*|occulte*|non apparent*|dissimul*|à l intérieur|dans les cartons|après (ouverture|déball*)); (à l ouverture|à l ouverture des|en ouvrant|au déballage|après (ouverture|déballage|contrôle)|lors (du déballage|de l ouverture)|une fois ouvert*|déballage|en déballant) .. (manqu*|colis|carton*|caisse*|palette*|constat*|seulement|que|vide*|moins|découv*|il|on|nous) ; (scellé*|fermé*|intact*|film*|cerclé*) .. (mais|manqu*|contenai*|intérieur|vide*|seulement|dedans|pourtant|moins); (carton*|colis|caisse*|boîte*) (vide*|incompl*)
        5: à l intérieur .. (carton*|colis|manqu*|que|palette*|seulement); (découvert*|constat*|aperçu*) .. (après|plus tard|déball*|ouvert*|inventaire|rangement|mise en (rayon|stock)); non (visible|décelable|apparent*) (à|lors|au|à la); vice caché .. quantité
    """,
    "NC-03": """
        8: (non|jamais|pas|toujours pas|pas encore|n (est|a|ont|avons|ai|sont) (jamais|pas|toujours pas)) .. (été)? (livré*|reçu*|arriv*|parven*|réceptionn*|expédi*) .. (marchandise*|commande*|colis|livraison|palette*|produit*|rien|matériel); (marchandise*|commande*|colis|livraison|palette*|produit*|matériel|envoi|expédition) .. (n|ne)? .. (jamais|non|pas|toujours pas|pas encore) (encore)? (été)? (livré*|reçu*|arriv*|parven*|réceptionn*|expédi*|honoré*|arrivé*) ; (non|défaut de|absence de) livraison; factur* (mais|et)? (non|jamais|pas) (livré*|expédi*|reçu*)
        7: (rien|aucune (marchandise|livraison)|aucun colis) .. (reçu*|livr*|arriv*|n est|n a|n avons|parven*) ; (n avons|n ai|n a|n ont|avons|ai) (jamais|rien|toujours rien|toujours pas|pas) (été livré*|reçu|eu|vu|réceptionn*) .. (marchandise*|commande|livraison|colis|rien|produit*|matériel|palette*|cette) ; (perdu*|égar*) .. (transport*|colis|palette*|marchandise*|livreur); non livr*; jamais (livr*|reçu*|arriv*); (attend*|attente) (toujours|encore|de)? .. (livraison|marchandise*|commande|colis) ; où (est|en est|sont) .. (commande|livraison|marchandise*|colis)
    """,
    "NC-04": """
        8: excédent*; (livré*|reçu*|envoy*|expédi*|factur*|livraison) .. (en trop|en plus|en excès|en excédent|en double|deux fois|non command*|trop|excédentaire*|supérieur* à (la|notre) commande|jamais command*); (non|jamais|pas|n avons (pas|jamais)|n avions (pas|jamais)|n ai (pas|jamais)) (été)? command*; # (colis|carton*|caisse*|palette*|pièce*|bouteille*|unité*|boîte*) (en trop|en plus|de trop|excédent*|supplément*|non command*); sans (bon de)? commande .. (livr*|reçu*|expéd*); (double livraison|livraison (en double|double|excédentaire)|surlivraison|sur livraison); (plus|davantage) que .. (command*|prévu)
        4: de trop; en trop; surplus; reprendre .. (excédent*|surplus|trop|non command*); repris* .. (excédent*|surplus|en trop)
    """,
    "NC-05": """
        8: avarie* (de|du|transport|constat*|à la)?; (dégât*|dommage*|casse*|endommag*|détérior*|abîm*|cassé*) (dû|due|dus|de|du|au|pendant|lors|par|durant|subi*|au cours)? .. (transport*|livraison|transit|livreur|chauffeur|manutention|déchargement|acheminement); (marchandise*|colis|carton*|palette*|bouteille*|caisse*|produit*|emballage*|pièce*|boîte*|pot*|bocaux|sac*|article*|verre*|unité*|fûts?|bidons?|seaux?) .. (endommagé*|abîmé*|abim*|cassé*|écrasé*|mouillé*|déchiré*|brisé*|éventré*|renversé*|percé*|choc*|enfoncé*|détérior*|fracass*|cabossé*|trempé*|gerbé*|effondr*|fêlé*|fuy*|explos*)
        6: (arriv*|livré*|reçu*|réceptionn*) .. (endommagé*|abîmé*|abim*|cassé*|écrasé*|mouillé*|déchiré*|brisé*|éventré*|renversé*|en mauvais état|détérior*|cabossé*|percé*); casse* (constat*|à la|livraison|transport|sur|de|#|bouteille*); rupture .. chaîne du froid; chaîne du froid; température .. (transport|camion|livraison|réception|arrivée); palette* .. (renvers*|effondr*|tombé*|écroul*); endommag*
        4: avarié*; abîm*; écras*; cassé*; mouillé*; brisé*; dégât*; dommage*; casse; détérior*; litige transport
        6: (écrasé*|éventré*|brisé*|renversé*)
        7: (arrivé*|livré*|reçu*) .. (mouillé*|cassé*|écrasé*|abîmé*|enfoncé*|déchiré*|inutilisable*)
    """,
    "NC-06": """
        8: défectueu*; (défaut*|problème*|souci*|réclamation|litige|non conformité*|anomalie*) (de|sur la)? (qualité|fabrication|conformité|produit|fonctionnement|soudure|étanchéité|couture|coloris); (mauvaise|piètre|qualité) (qualité|non conforme|insuffisante|médiocre|inférieure|déplorable|inacceptable|contest*|moyenne|décevante|douteuse|dégradée); non conform* .. (cahier|échantillon|spécif*|qualité|norme*|produit*|lot|attente*); (produit*|article*|lot*|marchandise*|pièce*) .. (défectueu*|non conform*|inutilisable*|invendable*|périmé*|moisi*|pourri*|avarié*|abîm* d origine|altéré*|impropre*|contaminé*|rance*|gâté*)
        7: (moisi*|pourri*|rance*|périmé*|corps étranger*|mauvaise* odeur*|mauvais goût|goût (anormal|bizarre|de)|insecte*|gonflé*|odeur (anormale|suspecte|forte)|fermenté*|contamin*|impropre* (à la|au)|larve*|tourné*); (dlc|ddm|dluo|date* (limite|de péremption|courte*)) .. (courte*|dépassé*|trop|insuffis*|proche*|périmé*|non|passé*|inférieur*|rest*|expir*); dates? courtes?; durée de vie .. (court*|insuffis*|restant*)
        4: défaut*; non conform*; qualité; ne (fonctionne*|marche*|tient|ferme*) (pas|plus|mal); contrôle qualité; lot .. (problème|défaut|bloqué|refusé|non); inutilisable*; fui* .. (bouch*|fuite|joint*); décolor*; rouill*; malfaçon*
        2: plaintes? .. (client*|consommateur*); fissur*
        6: (clients|consommateurs) .. (se plaignent|plainte*|mécontent*|rapportent|ramènent|retournent|reviennent); bouchonné*; (sent|goût de|odeur de) (le|la)? ; (se casse*|se décous*|se déchire*|tombe* en morceaux)
    """,
    "NC-07": """
        8: (erreur*|inversion) (de|d|dans|sur|la)? (l|le)? (produit*|article*|référence*|livraison|préparation|marchandise*|taille*|modèle*|coloris|couleur|code|expédition|picking|format*|goût|parfum*|colis); (mauvais*|erroné*|autre*) (produit*|article*|référence*|modèle*|taille*|coloris|couleur*|format*|marchandise*|code*|parfum*|version|pièce*|taille); (produit*|article*|référence*|marchandise*|modèle*) (erroné*|différent*|non (command*|conform* à la commande)|incorrect*|inversé*|qui ne correspond*|pas (le|la|les) bon*|substitué*|remplacé*)
        7: ne correspond* pas .. (command*|référence*|article*|bon|ce); pas (le|la|les|ce|ceux|celui|celle) (bon*|que|qui|qu|article*) .. (produit*|référence*|article*|command*|modèle*)?; substitu*; remplac* .. (par|sans|non) .. ; (livré|envoyé|reçu) (une|un|autre|d)? autre (produit*|référence*|article*|chose|modèle); trompé* .. (article*|référence*|produit*|modèle|colis)
        4: (reçu|livré|envoyé|expédié|livrés|livrée|livrées|arrivé) .. (au lieu|à la place|et non|plutôt que); (commandé*) .. (livré*|reçu|envoyé*)
        3: inversion; erroné*; se (sont|êtes) tromp*
        6: (reçu|livré|envoyé|arrivé) .. (avions|avons|ai) commandé; (commandé) .. (arrivé|reçu|livré|envoyé)
        7: (ne sont|n est|n étaient) pas (celles|ceux|celui|celle) (que|qu|demand*|command*|voulu*|prév*)
    """,
    "NC-08": """
        8: (écart*|erreur*|différence*|litige*|anomalie*|divergence*|problème*|discordance*|désaccord*|contestation*) (de|sur|du|dans|des|le|les|concernant)? (le|les)? (prix|tarif*|pu); (prix|tarif*|pu) (erroné*|factur*|incorrect*|non (conform*|respect*|valid*)|inexact*|différent*|trop (élevé*|cher*|haut*)|supérieur*|appliqu*|ne correspond*|pas (conform*|correct*|bon*|le bon|celui)|mauvais*|majoré*|est (faux|erroné*|incorrect*)|faux); (mauvais*|faux|ancien*) (prix|tarif*)
        7: (au lieu (de|du|des|d)|alors que|et non|contre|à la place (de|du)|vs) .. (prix|tarif*|convenu*|négocié*|contrat*|contractuel*|devis|command*|accord*|prévu*|€|eur) ; (prix|tarif*) (convenu*|négocié*|contractuel*|du contrat|contrat|de (la)? commande|commande|accordé*|devis|unitaire*|prévu*|de l offre|confirmé*|d achat|net*|en vigueur|signé*|référencé|catalogue); factur* (à|a|au) .. (au lieu|alors|et non|contre|contrairement|mais|convenu)
        5: (hausse*|augmentation*) .. (tarif*|prix|non|pas|sans|convenu*|accept*|annonc*|annonc*|valid*|prévenu*|négoci*|avant); tarif* (non|pas|ancien*|nouveau*|#|20*|en vigueur|à jour|erroné*); surfactur*; sur factur*; facturé (trop cher|plus cher); trop factur*
        3: prix; tarif*; devis; prix unitaire
        6: (devis|accord|contrat|commande|bon de commande|offre|tarif|catalogue|confirmation) (signé*|négocié*)? (indique|prévoit|mentionne|stipule|dit) ; factur* # .. (devis|contrat|accord|commande|offre|tarif)
        7: plus cher* .. (contrat|accord|devis|convenu|tarif|commande); (prix|tarif) .. pas (celui|le bon)
    """,
    "NC-09": """
        8: (remise*|rabais|réduction*|escompte* commercial*|discount*) (non|pas|oubli*|manqu*|absent*|erroné*|incorrect*|inexact*|convenu*|contractuel*|commerciale*|habituel*|client*|de (#|base)|sur facture|accordé*|négocié*|prévu*|conditionnel*|omis*|# |incompl*|insuffis*|trop faible*|appliqu*) ; (oubli*|absence|manque|sans|omis*|oublié*|n a pas|n ont pas|n avez pas|pas appliqu*|pas déduit*|pas tenu compte|non application|défaut) .. (la|de|des|les|notre|nos|cette|du)? (remise*|rabais|réduction*|ristourne sur facture); remise* .. (au lieu|non|pas|alors|manqu*|oubli*|erron*)
        3: remise*; rabais
    """,
    "NC-10": """
        8: erreur* (de|d|dans|du|sur)? (le|la|l)? (calcul*|addition*|total*|somme*|arithmétique*|multiplication*|totalisation*|cumul*|sous total); (calcul*|total*|addition*|somme*|montant total) (erroné*|faux|fausse*|incorrect*|inexact*|ne (correspond*|tombe*)|n est pas|est (faux|erroné*|incorrect*)|ne colle*); (ligne*|total*|somme*|montants?|quantité) .. ne (correspond*|tombe*|cadre*|colle*) pas; mal (calculé*|additionné*|totalis*); # (x|fois) # .. (fait|font|et non|=|donne*|soit)
        4: recalcul*; additionn*; arithmétique; mauvais total
    """,
    "NC-11": """
        8: retard* (de|d|dans|sur|à|la|important*|constat*)? (la|le|l|les)? (livraison*|expédition*|réception|approvisionnement|acheminement|arriv*); (livré*|reçu*|livraison*|arriv*|expédi*|commande*|réceptionn*) .. (en retard|tardiv*|trop tard|hors délai*|après la date|avec .. retard|# jours? (après|de retard)|au lieu du .. (date|initialement)|retard*|décal*); livraison* tardive*; # (jours|jour|semaines?|heures) de retard; (délai*|date) (de livraison|convenu*|annonc*) .. (non|pas|dépass*|respect*)
        4: hors délai*; délai* non respect*; trop tard; retard (important|de livraison); arrêt (de)? (ligne|production|chantier)
        2: retard*
        5: (prévu*|promis*|attendu*|annoncé*) (le|pour|lundi|mardi|mercredi|jeudi|vendredi) .. (arrivé*|livré*|reçu*)
        6: (arrivé*|livré*) .. (après|trop tard|en retard); (commandé*) pour (pâques|noël|le|la) .. (arrivé*|livré*)
    """,
    "NC-12": """
        8: pénalité* (logistique*|de retard (de)? livraison|taux de service|service|contractuelle*|livraison|otif|de service|pour (retard|non|livraison|rupture*)|ponctualité|de livraison|rupture*|pour manqu*|de non); taux de (service|rupture|disponibilité|livraison); otif; pénalité*; service rate; ponctualité; rupture* .. (pénal*|factur*|service); niveau de service
    """,
    "NC-13": """
        8: (étiquet*|code* barre*|ean|sscc|palettis*|emballage*|conditionnement|avis d expédition|desadv|asn|bl edi|colisage|marquage|gerbage|palette*|suremballage|identification) .. (non (conform*|reçu*|lisible*|transmis*|présent*|envoy*)|absent*|manquant*|illisible*|erroné*|incorrect*|mauvais*|trop haut*|tardiv*|hors|pénal*|refus*|défectueu*|frais|inexploit*); (frais|pénalité*|refacturation|coût*|forfait|amende) .. (non conform*|étiquet*|réétiquet*|reconditionn*|repalettis*|palettis*|emballage*|reconditionnement|cahier des charges|avis d expédition|desadv|rendez vous|créneau|manutention|tri|retraitement); (absence|défaut|manque|erreur) (d|de)? (l)? ?(étiquet*|avis d expédition|desadv|asn|sscc|code* barre*|rendez vous|marquage|gencod)
        5: non conformité* (logistique*|edi|réception|livraison|palette*|étiquet*|emballage); cahier des charges (logistique|.. non); rdv .. (non|manqu*|absence|sans); sans rendez vous; réétiquet*; repalettis*; reconditionn*; gencod
        3: étiquet*; code barre*
        7: sans .. (étiquet*|sscc|rendez vous|avis d expédition|code barre*)
    """,
    "NC-14": """
        8: retour* (autoris*|accord*|accept*|valid*|convenu*|de marchandise*|marchandise*|client|n|#|effectu*|produit*|sous|repris*|de|du|en accord|avec (votre)? accord|invendu* (accept*|accord*)|suite|fournisseur); (accord|autorisation|bon|numéro|n|demande|bordereau) (de|du|d|votre|pour)? (le|un)? retour*; (retourn*|renvoy*|repris*|reprise*|restitu*) .. (accord*|autoris*|rma|votre (commercial*|transporteur|chauffeur|représentant)|marchandise*|colis|palette*|carton*|produit*|bon|n|le|par (vos|votre)|pièces|convenu*|accept*); rma; reprise (de)? (marchandise*|produit*|stock|accept*|convenue); marchandise* (retourn*|reprise*|rendue*|restitu*|renvoy*)
        4: retour*; avoir (sur|pour|de|suite) .. (retour*|reprise*|marchandise* rendue*); renvoy*; reprise
    """,
    "NC-15": """
        8: retour* .. (sans (accord|autorisation|préavis|bon|votre)|non (autoris*|accept*|convenu*|prévu*)|invendu*|refus*); sans (accord|autorisation|rma|bon) .. (retour*|de retour); (refus*|refusé*) .. (marchandise*|livraison|colis|palette*|réception|quai|la commande|camion|de (réceptionn*|livr*|prendre)); (marchandise*|livraison|colis|palette*|commande) refus*; (nous (vous)? (retournons|renvoyons|allons (retourner|renvoyer)|souhaitons (retourner|renvoyer|rendre)|voulons (retourner|rendre))|désirons (retourner|rendre)|je (vous)? (retourne|renvoie)|souhait* (retourner|renvoyer|rendre)|avons décidé de (retourner|renvoyer)) .. ; invendu* .. (retour*|repren*|renvoy*|rend*); (ne se vend*|ne vend*|plus besoin|pas besoin) .. (retour*|repren*|renvoy*|rend*)
    """,
    "NC-16": """
        9: (rappel*) (de|du|des|produit*|lot*|consommateur*|sanitaire*|qualité|officiel*|volontaire*) .. (produit*|lot*|marchandise*|sanitaire|consommateur*|articles?)?; retrait* (de|du|des|produit*|lot*|rappel*|vente|de la vente|du marché|sanitaire*) ; rappel produit*; retrait rappel; (lot*|produit*) .. (rappel*|retiré* (de la vente|du marché|des rayons)); alerte (sanitaire|alimentaire|sécurité|qualité); (destruction|détruit*) .. (lot*|rappel*|retrait); salmonel*; listeri*; allergène*; retir* de la vente
    """,
    "NC-17": """
        9: double* (facturation*|facture*|emploi|débit* facture|comptabilisation|saisie); (factur*) .. (deux fois|en double|2 fois|en doublon|à deux reprises|double*|doublon*|une (deuxième|seconde) fois); (facture*) (en double|doublon*|double*|déjà (reçue*|factur*|émise*|comptabilis*|transmise*)|identique*|dupliqu*|émise* deux fois); déjà (été)? (factur*|comptabilis*) (sur|par|avec|dans|le|sous|en|à|lors) ; (même*) (marchandise*|livraison|commande|bl|prestation*|facture|montant|bon) .. (deux|double|déjà|2|autre facture|également); deux factures .. (même*|identique*|seule); doublon*; fait double emploi; doubl* .. (facture*|factur*)
        8: déjà (facturé*|reçu*|comptabilis*) .. (facture|sous|avec|numéro)
    """,
    "NC-18": """
        9: (ne (nous)? (concerne|est|appartient|sommes|correspond|revient) (pas|aucunement) .. (destin*|adress*|nous|facture*|société|client*|nôtre|établissement|concern*)?); (ne nous concerne*|pas (pour nous|à nous|la nôtre|le nôtre|notre (facture|société|commande)|concernés|votre client|destinataire*)|n est pas (la nôtre|à nous|pour nous|notre|adressée* à)); (erreur|mauvais*|mauvaise*|faux|erroné*|incorrect*) (de|d|sur|le|la)? (le|la|l)? (destinataire*|adresse (de)? facturation|raison sociale|entité*|société*|siret|siren|client|débiteur|tiers|adressage|établissement|n tva|numéro de tva|compte client); (raison sociale|adresse de facturation|entité|société|siret|destinataire|établissement|libellé*|adressé*|établie*|émise*|facture*) .. (erroné*|à tort|mauvais*|autre (société|entité|établissement|client)|au nom de|incorrect*|au mauvais|pas la bonne|à la mauvaise|une autre société|aurait dû être|doit être (adress*|établie|libell*|émise)|filiale|maison mère|société sœur)
        4: aucune relation .. (commercial*|avec); (refacturer|réémettre|rééditer) .. (au nom|à l ordre|société); à l attention de (la)? (mauvaise|autre); ne connaissons pas .. (société|facture|client)
    """,
    "NC-19": """
        9: commande* .. (annul*|résilié* avant|décommand*); annul* .. (commande*|par (mail|téléphone|courriel)|avant (expédition|livraison|l expédition|la livraison)|la livraison|notre|confirm*|écrit); annulation* (de|d|du|commande*|confirm*|envoy*|par); (malgré|après|suite à) .. annul*; décommand*
        4: annul*; annulation
    """,
    "NC-20": """
        9: tva (erroné*|incorrect*|non (applicable*|due|conform*)|à|au|appliqu*|factur*|intra*|inexact*|en trop|indu*|exonér*|de (#)|réduit*|pas|autoliquid*|manqu*|calcul*|sur|est|#); (erreur*|taux|exonér*|sans|hors|problème*|mauvais taux|franchise|facturé* (la|de la)?|régime|calcul) (de|d|sur|du|la|en|de la)? (la)? (tva|taxe*); (autoliquidation|autoliquid*|exonér*|intracommunautaire*|attestation (d)? ?(achat|exonér*)|ai2|contingent|taux (de)? (tva|taxe|réduit|normal)|livraison intra*|détaxe*|article 262|article 283)
        4: tva; taxe*
    """,
    "NC-21": """
        9: (frais|coût*|forfait|participation|montant) (de|d|du)? (port|transport*|livraison|expédition|acheminement|envoi|affrètement) ; franco (de port)?; (port|transport*|expédition) .. (factur*|offert*|gratuit*|franco|à (votre|notre) charge|inclus*|indu*|non (prévu|dû|convenu)|payé); incoterm*; dap; ddp; exw; cpt; port (dû|payé|gratuit|offert|factur*); seuil (de)? franco
        2: transport; port
    """,
    "NC-22": """
        9: palette* .. (europe|eur|epal|consign*|échang*|rendu*|restitu*|retourn*|non (rendu*|reprises?|crédit*|échang*)|solde|compte|factur*|déconsign*|repris*|lpr|chep|vides?|europes?|80x120); consign* (emballage*|palette*|bouteille*|fût*|non|de|des|bac*|facturé*|caisse*|factur*|rembours*|déduit*|à); déconsign*; emballage* (consign*|vide*|repris*|consigné*|repr*|restitu*|réutilis*|retour*); (bac*|caisse*|fût*|casier*|roll*|conteneur*|bouteille*) .. (vide*|consign*|rendu*|restitu*|retourn*|repris*); compte palette*; échange (de)? palette*; (rolls?|combis?) .. ; consignation*
        3: palette*; vides; emballages
    """,
    "NC-23": """
        9: (frais|coût*|supplément*|surcharge*|surcoût*|majoration*|ligne|poste|montant|taxe|participation) (non (convenu*|prévu*|contract*|command*|justifi*|accept*|demand*|négoci*|autoris*)|supplément*|annexe*|accessoire*|de (dossier|gestion|gazole|gasoil|carburant|énergie|emballage|facturation|manutention|traitement|minimum|petite commande|préparation|sécurité|stockage|mise en|douane)|imprévu*|injustifi*|jamais|indu*|énerg*|gazole|carburant|d (emballage|administr*|urgence|énergie)|additionnel*|administratif*|fixe*|facturé* (à tort|sans)|carburant); (surcharge*|supplément*|majoration*|surcoût*) .. ; (pas|jamais|non|ni) (été)? (convenu*|command*|prévu*|accept*|valid*|demand*|autoris*|négoci*|contract*) .. (frais|supplément*|ligne|poste|surcharge*|montant|prestation|majoration*) ; (frais|supplément*|poste|ligne|option) .. (pas|jamais|non) (été)? (convenu*|command*|prévu*|accept*|valid*|demand*|autoris*|au contrat|au devis); gasoil; taxe gazole; minimum de (commande|facturation); frais annexes
        3: supplément*; surcharge*; frais; majoration*
    """,
    "NC-24": """
        9: (numéro*|n|no|num|référence*|réf|bon) (de|du|d)? (notre|votre|la)? (commande*|bc|po|cde|engagement|bon de commande|marché) (manquant*|absent*|erroné*|non (indiqu*|mentionn*|reconnu*|valide*|renseign*|précis*|report*|trouv*)|incorrect*|obligatoire*|inexistant*|à (indiquer|mentionner|rappeler)|invalide*|pas|est|manque|clôtur*|inconnu*|inexact*|ne figure*|n apparaît|fait défaut) ; (manque*|absence|sans|oubli*|indiqu*|mentionn*|précis*|rappel*|ajout*|pas de|faux|mauvais|omis*|défaut) .. (numéro*|n|no|num|référence*|réf|bon) (de|du|d)? (notre|votre|la)? (commande*|bc|po|cde|engagement|marché); numéro d engagement; numéro de commande; n de commande; référence commande
        5: pas de (bon de)? commande; bon de commande .. (manqu*|absent*|obligat*|non); commande (inconnue|introuvable|non référenc*)
    """,
    "NC-25": """
        9: (preuve*|justificatif*|attestation*|confirmation) (de|d|des|du)? (la)? (livraison*|réception|remise|dépôt); pod; (bl|bon* de livraison|lettre* de voiture|cmr|récépissé*|bordereau de livraison) (émarg*|sign*|tamponn*|cachet*|contresign*); (copie*|transmettre|envoyer|fournir|absence|sans|besoin|joindre|transmet*|manque) (le|la|du|de|d|un|une|les|nous|copie|moi)? (le|la|du|de|les)? (bl|bon* de livraison|cmr|lettre* de voiture|émargé*|pod|preuve* de livraison|récépissé); (émarg*|signature* du (client|réceptionn*|destinataire|magasin)); qui a (signé|réceptionné)
    """,
    "NC-26": """
        9: facture* .. (non|pas|jamais|n|ne|pas encore|toujours pas) (encore|été|nous|est|avons|ai|pas|jamais|a)? .. (reçu*|parven*|arriv*|trouv*|enregistr*|transmise*|en (notre|ma) possession|retrouv*|réceptionn*|comptabilis*|intégr*|connaissance|saisie*); (non|jamais|pas|n avons (pas|jamais)|n ai (pas|jamais)|toujours pas|ne (trouv*|retrouv*|dispos*|voy*|retrouvons) (pas|plus)) (encore|été|trouve|de)? .. (reçu*|eu|parven*|trace*|trouv*|retrouv*|vu|en possession|dispos*|connaissance) .. (facture*|duplicata|fac|original) ; facture* (manquante*|non (reçue*|parvenue*)|introuvable*|égarée*|perdue*|pas (reçue*|parvenue*)|absente*)
        8: (envoyer|transmettre|adresser|faire parvenir|renvoyer|fournir|recevoir|faire suivre|avoir|obtenir|envoyez|transmettez|adressez|renvoy*|retransmettre|demande*|besoin|merci de|pouvez vous|communiquer|joindre|il (me|nous) faut(drait)?|manque*) .. (duplicata*|copie*|la facture*|les factures|une facture|cette facture|ces factures|pdf|double de la facture|facture* (originale*|en pdf)|sa facture); duplicata*; copie* (de|des|de la|d)? (la|votre|vos|cette)? facture*; double (de|de la) facture .. (svp|merci|envoy*|mail)
        4: facture manqu*; sans facture; chorus
    """,
    "NC-27": """
        9: mention* (obligatoire*|légale*|manquante*|absente*|erroné*|obligat*); (manque*|absence|sans|omis*|défaut|n indique pas|ne (comporte|mentionne|figure) (pas|aucun*)|oubli*|incompl*) .. (mention*|siret|siren|iban|rib|code fournisseur|code service|numéro de tva|n tva|numéro fournisseur|données|date de livraison|pays d origine|numéro de bl|code article|adresse|nomenclature|code douanier|rum|numéro de lot|numéro de contrat|numéro de marché|engagement|informations? (obligatoire*|légale*)|coordonnées bancaires|code imputation|centre de coût*) ; facture* (non (conform*|valide*|recevable*|exploitable*|lisible*)|incomplète*|irrégulière*|irrecevable*|rejet* (chorus|portail|par (chorus|le portail|notre système|la plateforme|le système)|pour (motif|absence|donnée*))|illisible*); rejet (chorus|portail|plateforme|de la facture|sur); non conform* (aux)? (mention*|exigence* légale*|fiscal*|réglement*)
        3: données manquantes; code fournisseur; rib
        7: factures? rejetée*; (siret|siren|code service|iban|rib|tva intra*|engagement) .. (absent*|manquant*|erroné*|incorrect*)
    """,
    "NC-28": """
        9: (échéance*|condition* de (règlement|paiement)|délai* de (règlement|paiement)|date* d échéance|mode de règlement|modalité* de (règlement|paiement)|terme* de paiement) .. (erroné*|incorrect*|non (conform*|respect*|correct*)|pas (conform*|correct*|celle*|celui|la bonne|respect*|les bonnes)|convenu*|contract*|au lieu|différent*|anticip*|ne correspond*|négoci*|à (30|45|60|90)|sont|est|trop|mauvais*|inexact*|contest*|accord*|à (corriger|modifier)|modifi*|rectifi*|fin de mois|(30|45|60|90) jours); (mauvais*|erreur*|faux|fausse) (de|d|sur|la|date|l)? .. (échéance*|délai* de (paiement|règlement)|condition* de (paiement|règlement)); (n est|ne sont|n étant) pas (encore)? (échue*|exigible*|due*|à échéance|arrivée* à échéance); pas (encore)? (échue*|exigible*|à échéance); (30|45|60|90) jours (fin de mois|fdm|nets?|date|au lieu|et non|le|fin)
        4: échéance*; fin de mois; délai de paiement; conditions de règlement; lcr
    """,
    "NC-29": """
        9: (prestation*|service*|intervention*|travaux|entretien|maintenance|nettoyage|installation|montage|conseil|formation|pose|dépannage|abonnement|gardiennage|location|chantier|ménage) .. (non (réalis*|effectu*|exécut*|fourni*|rendu*|conform*|achev*|termin*|assur*|satisf*|respect*|honor*|complèt*)|mal (réalis*|effectu*|exécut*|fait*|rendu*)|jamais (réalis*|effectu*|eu lieu|venu*|fourni*|exécut*|fait*|rendu*|assur*)|incompl*|partiel*|insatisf*|inachev*|pas (été)? (réalis*|effectu*|exécut*|fait*|fourni*|satisf*|termin*|conform*|rendu*|assur*|eu lieu|à la hauteur)|défaillan*|interromp*|insuffis*|bâcl*|déplorable|interrupt*|inexist*|médiocre*|non|mauvais*); (technicien*|intervenant*|équipe*|installateur*|prestataire*|agent*|ouvrier*|personnel) .. (jamais|pas|non|absent*|retard) (venu*|présent*|intervenu*|déplac*|pass*)?; (heures|jours|vacations) .. (non|pas) (effectu*|réalis*|travaill*|faites|fournies); mauvaise exécution; malfaçon*; service (déplorable|non rendu|insuffisant)
        4: prestation*; intervention*; service*; travaux
        8: (société|équipe|technicien|agents?|femme de ménage|prestataire) .. (venu*|passé*|intervenu*) .. (que|seulement)
    """,
    "NC-30": """
        9: (en|tombé* en|tombe* en|la|une|cette) panne*; panne*; dysfonctionnement*; (machine*|appareil*|équipement*|moteur*|pompe*|chaudière*|compresseur*|frigo*|réfrigérateur*|congélateur*|imprimante*|système*|routeur*|ligne|box|four|vitrine*|climatis*|chariot*|balance*|matériel|ascenseur|lave*|modem|caisse enregistreuse|automate) .. (en panne|ne (fonctionne*|marche*|démarre*|refroidit|chauffe) (pas|plus)|hors (service|d usage)|défectueu*|dysfonction*|cass*|répar*|à l arrêt|bloqu*|tombé*|arrêt*|hs|fuit); (sous|en) garantie; (réparation*|dépannage*|répar*) .. (non|pas|toujours|même|garantie|factur*|mal|encore|coût|inefficace|à nouveau|deux fois); problème technique; (défaut|incident|défaillance) technique; hors service
        4: ne (fonctionne*|marche*) (pas|plus); réparation*; garantie; sav; technicien
    """,
    "NC-31": """
        9: (écart*|différence*|erreur*|manque*|perte*|anomalie*|litige*|freinte) (de|du|sur|le)? (le)? poids; poids (inférieur*|erroné*|factur*|constat*|réel*|net*|brut*|livré*|différent*|reçu*|incorrect*|non conform*|pes*|annonc*|vérifi*|à la pesée|égoutté|insuffis*|ne correspond*); (kg|kilo*|tonne*|quinta*|kgs) (de|en)? (moins|manqu*|au lieu|factur*|reçu*|livré*|constat*|d écart|pesé*|net|et non|réel*|alors); # (kg|kilos|tonnes|t|kgs) (de|en)? (moins|manqu*|au lieu|en moins|d écart|factur*|reçus?|contre|seulement); pesée* ; pesé* .. ; ticket* de pesée; pont bascule; bascule; tare
        3: poids; kg; pesé*
    """,
    "NC-32": """
        9: consignation (stock|marchandise*|vente); (stock|dépôt|marchandise*|contrat|vente|en|mise) (en|de)? (dépôt vente|consignation|dépôt|consigne client) ; dépôt vente; (non|pas) (encore)? vendu* .. (factur*|dépôt|consign*|stock); (stock|marchandise*) déport*; invendu* .. (dépôt|consign*|factur*)
    """,
    "NC-33": """
        9: (compteur*|relev*|index|consommation*|kwh|m3|mètres cubes|auto ?relev*) .. (erroné*|estim*|incorrect*|réel*|anormal*|trop (élevé*|fort*)|excessi*|non conform*|faux|invers*|ne correspond*|pas (le bon|correct*|réel*)|surestim*|défectueu*|aberrant*|élevé*|doublé*|en panne|surévalu*|contest*|disproportionn*|différent*); (relevé*|index) (de|du)? (compteur*|estim*|réel*|consommation); auto ?relev*; auto relev*; compteur*; facture* (estim*|d (eau|électricité|énergie)|de (gaz|régularis*)); consommation* (estim*|anormal*|réelle*|factur*|excessi*|élevé*|d (eau|électr*|énergie)|de gaz); fuite* d eau
        4: consommation*; relevé*; estimation; index
        4: kwh; mètres cubes
    """,
    "NC-34": """
        9: tarif* (contractuel* non|appliqué* (ne|n)|non (conform*|respect*|prévu*) au (contrat|abonnement)|souscrit*|abonnement|forfait|électr*|énerg*|gaz) .. ; (abonnement*|forfait*|contrat* (d)? ?(énergie|électricité|gaz|téléph*|mobile|internet|assurance)?|offre souscrite|option tarifaire|condition* (contractuelle*|du contrat|tarifaire*)|prix (bloqué*|fixe*|garanti*)) .. (non (respect*|appliqu*|conform*)|pas (respect*|appliqu*|conform*|celui|celle*|correspond*)|modifi*|augment*|différent*|chang*|au lieu|unilatéral*|plus cher*|supérieur*|promis*|ne correspond*|erroné*|mauvais*|non souscrit*); (conseiller*|commercial|vendeur|démarcheur|agent|téléconseil*) .. (promis|annonc*|dit|assur*|garanti|propos*|certifi*) .. ; (hors forfait|itinérance|roaming); modification unilatérale; prix bloqué; (bonus|remise) (de)? bienvenue
        4: forfait; abonnement; option tarifaire; grille tarifaire
        9: prix (fixe|bloqué|garanti); prix du kwh; kwh .. (contrat|signé|souscrit|fixe)
    """,
    "NC-35": """
        9: usurpation* (d)? ?identité; usurp*; (jamais|pas|n ai (jamais|pas)|n avons (jamais|pas)|aucun) (été)? (sign*|souscri*|conclu*|demand*|autoris*|contract*|activ*|accept*|ouvert*|passé*) .. (contrat*|abonnement*|souscription*|offre*|ligne*|activation|service*|compte*|chez vous|rien|crédit); (contrat*|abonnement*|souscription*|compte*|ligne) .. (inconnu*|jamais (sign*|souscri*|ouvert*|demand*)|non (sign*|souscri*|sollicit*|reconnu*|demand*)|frauduleu*|à mon insu|que je ne (connais|reconnais)|pas (sign*|souscri*)|sans mon (accord|consentement)); (fraud*|faux|fausse*|falsifi*|imit*) .. (contrat*|signature*|document*|identité|souscription|rib|commande) ; à (mon|notre) insu; sans (mon|notre) (accord|consentement) .. (contrat*|abonn*|souscri*|activ*|ligne)?; (dépôt de)? plainte .. (police|gendarmerie|fraude|usurp*|dépos*|commissariat); démarchage abusif; arnaque*; escroquerie*; victime d
    """,
    "FI-01": """
        9: escompte* (de|pour|règlement|paiement|#|déduit*|appliqu*|convenu*|comptant|d|conformément|accord*|selon|sous|pris|dans|conditions)?; (remise|réduction|déduction) (pour)? (de)? (paiement (comptant|anticip*|rapide|sous|immédiat)|règlement (comptant|anticip*|rapide|sous|immédiat)); paiement (comptant|anticip*) .. (remise|déduc*|#); skonto
    """,
    "FI-02": """
        10: escompte* .. (indu*|hors délai*|tardiv*|en retard|dépass*|après|à tort|bien que|malgré|non (acquis|justifi*|dû|due)|exceptionnel*|geste|trop élevé|délai (dépass*|expir*|passé)|expir*|quand même|même si|passé); (bien que|malgré|même si|quoique) .. (retard|délai|dépass*|après|tard*|échéance) .. escompte*; délai .. escompte .. (dépass*|expir*|passé|échu); retard .. escompte
    """,
    "FI-03": """
        9: (frais|commission*|coût*|agios) (de|d)? (la|notre|votre|nos)? (banque*|bancaire*|virement*|swift|transfert*|change bancaire|banque intermédiaire|correspondant*); (banque|établissement) .. (prélev*|déduit*|retenu*|intermédiaire|correspondante); frais (bancaires|our|sha|ben|partag*|de virement|interbancaire*)
    """,
    "FI-04": """
        9: (écart*|différence*|perte*|gain*|variation*|taux|cours|différentiel) (de|du|sur|le)? (change*|conversion*|devise*|monnaie); (conversion|converti*) .. (cours|taux|eur|usd|gbp|chf|en); (taux|cours) du jour; parité; cours (de|du)? (la)? bce
    """,
    "FI-05": """
        9: arrondi*; (écart*|différence*|solde*|reliquat*) .. (centime*|minime*|petit*|infime*|négligeable*|quelques|dérisoire*); centime* .. (écart*|différence*|arrondi*|manqu*|près|solde); petite* (différence*|écart*|somme*); petit (écart|solde|reliquat)
        3: centime*
    """,
    "FI-06": """
        9: (retenue*|prélèvement*) (à|a) la source; (retenue*) .. (source|fiscal*|impôt*|#|attestation|convention) ; (attestation|certificat) .. (retenue*|prélèvement*); impôt* retenu*; (précompte|withholding); convention fiscale
    """,
    "FI-07": """
        9: split payment; paiement scindé; (tva) .. (scind*|versée* directement (au trésor|à l état)|trésor public|reversée* directement|retenue par|fractionn*); paiement fractionné de (la)? tva; article 17 ter
    """,
    "FI-08": """
        9: déjà (été|fait l objet d|bien)? (payé*|réglé*|acquitté*|soldé*|vir*|honor*|effectu*|encaiss*|versé*|un règlement); (a|ont|avons|ai|est|sont|avait|avions|fut|étant) (bien|déjà|été|déjà été|bien été|intégralement)? (été)? (payé*|réglé*|acquitté*|soldé*|viré*|honoré*|prélevé*) (le|en|par|la|cette|ces|les|intégralement|via|au|depuis|il y a|#|totalité|directement|à|avec|dans|lors|votre|vos|celle) ; (virement|paiement|règlement|chèque) (a été|effectu*|émis|du|déjà|parti|fait|envoy*|en date|réalis*|n|de|encaiss*|bien|débité|est parti|ordonné|transmis|adressé) ; (preuve|justificatif*|avis|ordre|copie|confirmation|attestation) (de|du|d)? (virement*|paiement*|règlement*|débit*); (traite|lcr|effet|prélèvement) .. (payé*|débité*|encaissé*|honor*)
        4: payé*; réglé*; soldé*; acquitté*
    """,
    "FI-09": """
        5: compens*
        9: compens* .. (avoir*|facture*|créance*|dette*|solde*|débit); (notre|nos) (facture*|avoir*|créance*|refacturation*) .. (compens*|dédui*|imput*|retenu*|due|non (réglé*|payé*|sold*)|impayé*|en attente|sur vous|à votre|ouverte*) ; note* de débit .. (dédui*|compens*|imput*|non (réglé*|payé*)|retenu*) ; (avoir*|crédit*) .. (déduit*|non (reçu*|comptabilis*|parvenu*|établi*)|en attente|à (recevoir|valoir|venir)|attend*|imput*|promis|toujours|jamais|manquant*|pas (encore)? (reçu*|comptabilis*|établi*)|ouvert*); avoir* à recevoir; (vous nous (devez|deviez)|créance* (sur|envers|réciproque*)|solde créditeur|en notre faveur|contre créance*|dette* réciproque*) ; imput* (sur|de|l avoir|cet avoir|nos)
    """,
    "FI-10": """
        9: (intérêt*|pénalité*|frais|indemnité*|majoration*) (moratoire*|de (retard|recouvrement|relance|mise en demeure|rejet)|forfaitaire*|de retard de paiement|légaux|pour (frais|retard de paiement)) ; (indemnité|40 euros|40 €|40 eur) .. (recouvrement|forfait*)?; pénalités de retard (de paiement|.. (conteste*|annul*|factur*|exonér*|remise|geste)); (annul*|contest*|supprim*|exonér*|remise gracieuse|refus*|renonc*) .. (intérêt*|pénalité* de retard|frais de (relance|recouvrement|retard)|indemnité*)
    """,
    "FI-11": """
        9: (commission*|frais|ristourne*|retenue*|rémunération|cotisation*|prélèvement*) .. (agent*|ducroire|du croire|centrale (de)? (paiement|règlement|achat*|référencement)|affactur*|factor*|plateforme|marketplace|groupement|mandataire*|central*|courtage|adhérent*|apporteur*); ducroire; commission* (d|de|du|sur|centrale*|retenu*|déduit*|affactur*|#|convenu*); commissions?
    """,
    "FI-12": """
        10: (redressement|liquidation|sauvegarde|procédure) (judiciaire*|collective*|de sauvegarde|accélérée|amiable); (mandataire|liquidateur|administrateur) judiciaire*; dépôt de bilan; déclaration de créance*; faillite*; cessation (de|des) paiements?; insolvab*; plan de (sauvegarde|redressement|continuation); bodacc; liquidateur*; déclarer .. créance*; surendettement
    """,
    "FI-13": """
        9: (paiement*|règlement*|versement*|virement*) (partiel*|en (deux|plusieurs|trois) (fois|parties)|acompte|à compte|échelonn* .. reste); (acompte*|premier (versement|virement|paiement)|première (partie|moitié)|moitié) .. (solde|reste*|suivra|restant|complément|aujourd hui|reliquat|ce jour|semaine|mois|fin|deuxième|autre); (solde|reste*|reliquat|complément|deuxième moitié|le restant) .. (suivra*|à suivre|sera|prochain*|sous|fin|d ici|réglé*|payé*|versé*|vir*|ultérieur*|semaine*|mois|la suite|au plus tard); à valoir; une partie .. (payé*|réglé*|versé*|aujourd hui)
    """,
    "FI-14": """
        9: anticip* (de|sur|du)? .. (paiement|règlement|intérêt*|escompte|déduc*|#) ; (intérêt*|bonification*|rémunération) .. (paiement|règlement) anticip*; paiement anticip* .. (intérêt*|bonif*|rémunér*|agio*|retenu*|taux); payé* (en avance|d avance|par anticipation|# jours avant|avant (l)? ?échéance) .. (intérêt*|dédui*|escompt*|retenu*|bonif*|rémunér*); affacturage inversé; escompte dynamique; agios? d anticipation
    """,
    "FI-15": """
        9: trop perçu*; trop ?vers*; trop pay*; trop payé*; (payé*|réglé*|vir*|versé*|paiement*|règlement*) .. (deux fois|en double|en trop|par erreur|à tort|trop|2 fois|doublon*|une (deuxième|seconde) fois|indûment); double (paiement*|règlement*|virement*|prélèvement*); (rembours*|restitu*|avoir|revers*) .. (trop|double (paiement|règlement|virement)|surplus|excédent|indu|solde créditeur|somme versée|payé en trop|différence versée); (solde|crédit) (créditeur|en notre faveur|en ma faveur) ; paiement (en double|indu)
        8: deux (virements|paiements|règlements|chèques) .. (même|seule)
        8: (payé*|réglé*|viré*|versé*) .. (par erreur|deux fois|en double|une seconde fois|en trop)
    """,
    "FI-16": "",
    "FI-17": "",
}
