"""How French files head their columns."""

from __future__ import annotations

from typing import Final

TERMS: Final = {
    "customer_number": "numero client|code client|client|id client|compte client|compte"
    "|compte tiers|code tiers|tiers|debiteur|numero debiteur|numero de compte|n client"
    "|no client|compte auxiliaire|donneur d ordre|payeur|ref client",
    "customers.name": "nom|nom client|enseigne|nom du client|denomination|nom tiers|intitule"
    "|intitule du compte|libelle tiers|raison sociale|nom abrege",
    "legal_name": "raison sociale|denomination sociale|nom legal|raison sociale complete",
    "contacts.name": "nom|contact|nom du contact|interlocuteur|personne|nom complet|nom prenom"
    "|nom contact",
    "products.name": "designation|libelle|nom|description|designation article|libelle article"
    "|nom du produit|produit",
    "promotions.name": "nom|libelle|promotion|operation|nom de la promotion|intitule"
    "|libelle promotion",
    "country": "pays|code pays|nation|code iso pays",
    "language": "langue|code langue|langue de correspondance",
    "vat_number": "numero de tva|tva intracommunautaire|n tva|identifiant tva|numero tva|no tva"
    "|numero tva intracommunautaire|tva intra|id tva",
    "parent_number": "client parent|maison mere|compte parent|client principal|siege|tiers parent"
    "|code parent|societe mere",
    "payer_group": "groupe payeur|groupement|groupe|centrale d achat|centrale|groupe de paiement"
    "|code groupe|centrale de paiement|groupe client",
    "payment_days": "delai de paiement|jours|delai|conditions de paiement|nombre de jours"
    "|delai paiement|jours de paiement|conditions reglement|echeance en jours|delai reglement",
    "discount_percent": "taux d escompte|escompte|pourcentage d escompte|remise|taux escompte"
    "|escompte pourcent|taux de remise",
    "promotions.discount_percent": "remise|taux de remise|pourcentage de remise|remise pourcent"
    "|taux remise",
    "discount_days": "jours d escompte|delai d escompte|jours escompte|delai escompte",
    "credit_limit": "plafond de credit|limite de credit|encours autorise|plafond|credit autorise"
    "|encours maximum|plafond d encours",
    "currency": "devise|code devise|monnaie|dev",
    "post_code": "code postal|cp",
    "segment": "segment|categorie|canal|famille client|type de client|circuit|classe"
    "|categorie client",
    "email_domains": "domaines e mail|domaine|domaines|domaine e mail|domaine email",
    "ibans": "iban|compte bancaire|coordonnees bancaires|rib|iban payeur",
    "email": "email|e mail|courriel|adresse e mail|mail|adresse email|adresse mel",
    "phone": "telephone|tel|numero de telephone|portable|mobile|n telephone",
    "role": "role|fonction|poste|service|qualite",
    "sku": "article|code article|reference article|reference|code produit|produit|ref article|ref"
    "|numero d article|sku",
    "unit": "unite|unite de mesure|unite de vente|um|u",
    "vat_rate": "taux de tva|taux tva|tva|pourcentage tva|code tva|tx tva",
    "unit_price": "prix unitaire|prix|prix net|prix unitaire ht|pu|pu ht|prix convenu|tarif"
    "|prix contrat|prix unitaire net|prix ht",
    "valid_from": "valable du|date debut|debut|du|date d effet|debut de validite|valide du"
    "|date de debut|a partir du",
    "valid_to": "valable au|date fin|fin|au|fin de validite|valide au|date de fin|jusqu au"
    "|valable jusqu au",
    "promotion_code": "code promotion|numero de promotion|code operation|numero operation"
    "|code promo|promotion|numero accord|no operation",
    "promotions.kind": "type|nature|type de promotion|mecanique|genre",
    "promo_price": "prix promotionnel|prix promo|prix special|prix operation",
    "starts": "debut|date debut|date de debut|du|debut promotion|debut operation",
    "ends": "fin|date fin|date de fin|au|fin promotion|fin operation",
    "budget": "budget|montant maximum|enveloppe|plafond",
    "order_number": "numero de commande|commande|n commande|code commande|notre commande"
    "|numero commande|no commande|commande de vente|ref commande|bon de commande",
    "customer_order_number": "numero de commande client|commande client|reference client"
    "|votre commande|ref client|commande acheteur|n commande client|votre reference"
    "|bon de commande client",
    "order_date": "date de commande|date commande|date|date document|commande le",
    "requested_date": "date demandee|date de livraison demandee|livraison souhaitee"
    "|date souhaitee|livraison demandee|date de livraison",
    "line": "ligne|numero de ligne|position|poste|n ligne|no ligne|pos",
    "quantity": "quantite|qte|quantite commandee|quantite livree|quantite facturee"
    "|quantite expediee|nombre|qte livree|qte commandee|qte facturee",
    "delivery_number": "numero de livraison|bon de livraison|bl|livraison|numero bl|n bl|no bl"
    "|expedition|numero d expedition|n bon de livraison",
    "shipped_date": "date d expedition|date expedition|date bl|date d envoi|expedie le|date"
    "|date depart|date de depart",
    "delivered_date": "date de livraison|date livraison|livre le|date d arrivee|date reception"
    "|date de reception",
    "carrier": "transporteur|transport|messager|expediteur",
    "pod_signed_by": "signe par|signature|recu par|signataire|receptionne par",
    "pod_date": "date de signature|date signature|date preuve de livraison|date emargement"
    "|signe le",
    "pod_quantity": "quantite recue|qte recue|quantite acceptee|recu",
    "pod_damaged": "abime|quantite abimee|quantite endommagee|avarie|qte avariee|endommages",
    "pod_reserve": "reserve|reserves|remarques|observations|reserves au bl|commentaires",
    "invoice_number": "numero de facture|facture|n facture|no facture|numero facture"
    "|numero de piece|piece|numero document|n piece|num facture|ref facture",
    "document_kind": "type de document|type de piece|type|nature|nature de piece|type piece"
    "|type document|journal",
    "issue_date": "date de facture|date facture|date de piece|date|date d emission|date piece"
    "|date document|emise le|date comptable",
    "due_date": "date d echeance|echeance|date echeance|echeance le|date de paiement|payable le",
    "credited_invoice": "facture d origine|facture creditee|facture de reference"
    "|ref facture origine|facture liee|sur facture|avoir sur facture",
    "description": "description|designation|libelle|libelle ligne|texte|detail|designation article",
    "net_amount": "montant ht|montant net|total ht|net|ht|montant ligne|montant hors taxe|net ht"
    "|montant ligne ht|base ht",
    "vat_amount": "montant tva|tva|montant de tva|total tva|taxe",
    "document_number": "numero de piece|piece|numero document|numero de facture|n facture|facture"
    "|n piece|no piece|reference|numero|num piece|numero facture|ref piece",
    "original_amount": "montant initial|montant facture|montant ttc|total ttc|ttc"
    "|montant d origine|montant|montant piece|montant total|montant de la facture"
    "|montant origine",
    "open_amount": "solde|montant ouvert|reste du|reste a payer|montant restant|solde du"
    "|restant du|solde ouvert|reste a regler|montant du|impaye|solde restant|encours|reste",
    "structured_reference": "reference structuree|reference rf|reference creancier"
    "|reference de paiement|communication structuree",
}
