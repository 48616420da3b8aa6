"""
The customers of Molino Aurora as data, and how each of them orders and pays. All of them are
invented.

A row: slug | name | legal name | city | street | segment | parent | payer group | payer | days |
discount basis points | discount days | weight | lateness in days | how it pays. `shop` rows order
little and often.
"""
# ruff: noqa: E501 - a customer is one row

from __future__ import annotations

from concilia.interfaces.cli.company.contacts import people_of
from concilia.interfaces.cli.company.registers import iban_of, vat_number_of
from concilia.interfaces.cli.company.shapes import Customer

LANGUAGES = {"IT": "it", "DE": "de", "FR": "fr", "ES": "es", "GB": "en"}
FIELDS = 15

ROWS: dict[str, tuple[str, ...]] = {
    "IT": (
        "valdarno|Consorzio Valdarno|Consorzio Valdarno Società Cooperativa|Arezzo|Via dei Gelsi 41|wholesaler||VALDARNO|valdarno|60|0|0|5|4|structured",
        "figline|Valdarno Figline|Valdarno Figline S.r.l.|Figline|Via Fiorentina 212|retailer|valdarno|VALDARNO|valdarno|60|0|0|4|4|structured",
        "montevarchi|Valdarno Montevarchi|Valdarno Montevarchi S.r.l.|Montevarchi|Viale Diaz 88|retailer|valdarno|VALDARNO|valdarno|60|0|0|4|4|structured",
        "sangiovanni|Valdarno San Giovanni|Valdarno San Giovanni S.r.l.|San Giovanni|Via Lavagnini 7|retailer|valdarno|VALDARNO|valdarno|60|0|0|3|4|structured",
        "bonfanti|Alimentari Bonfanti|Alimentari Bonfanti S.p.A.|Bergamo|Via Borgo Canale 118|retailer|||bonfanti|60|0|0|7|6|several",
        "bonfanti-log|Bonfanti Logistica|Bonfanti Logistica S.r.l.|Treviglio|Via del Lavoro 3|wholesaler|bonfanti||bonfanti-log|60|0|0|3|6|several",
        "sestri|Panificio Sestri|Panificio Sestri S.r.l.|Sestri Levante|Vico del Forno 4|shop|||sestri|15|0|0|5|3|mute",
        "pontalto|Supermercati Pontalto|Supermercati Pontalto S.p.A.|Verona|Via Basso Acquar 52|retailer|||pontalto|30|200|10|7|2|several",
        "rivabella|Gastronomia Rivabella|Gastronomia Rivabella S.n.c. di Neri e Pozzi|Rimini|Via Toscanelli 19|shop|||rivabella|15|0|0|5|2|exact",
        "montescuro|Drogheria Montescuro|Drogheria Montescuro di L. Oddone|Torino|Via Baretti 33|shop|||montescuro|15|0|0|5|1|exact",
        "brentaverde|Cash Brentaverde|Cash Brentaverde S.r.l.|Padova|Via Svezia 9|wholesaler|||brentaverde|30|300|8|6|5|terse",
        "calamarina|Ingrosso Calamarina|Ingrosso Calamarina S.r.l.|Catania|Via Passo Martino 80|wholesaler|||calamarina|60|0|0|4|22|exact",
        "valsorda|Bottega Valsorda|Bottega Valsorda S.r.l.|Trento|Via Suffragio 26|shop|||valsorda|15|0|0|4|0|sdd",
        "lambrate|Ristorazione Lambrate|Ristorazione Collettiva Lambrate S.p.A.|Milano|Via Ventura 14|foodservice|||lambrate|60|0|0|6|9|remittance",
        "castelvero|Forno Castelvero|Forno Castelvero S.n.c.|Asti|Via Cavour 61|shop|||castelvero|15|0|0|4|4|exact",
        "lungoparma|Pasticceria Lungoparma|Pasticceria Lungoparma S.r.l.|Parma|Viale Toscanini 8|shop|||lungoparma|15|0|0|4|2|rf",
        "garda|Forniture Garda|Hotel Forniture Garda S.r.l.|Peschiera|Via Venezia 102|foodservice|||garda|30|0|0|4|7|statement",
        "dispensa|Dispensa Toscana Online|Dispensa Toscana Online S.r.l.|Firenze|Via Pistoiese 144|e-shop|||dispensa|15|0|0|6|0|rf",
        "greco|Minimarket Portanuova|Minimarket Portanuova di A. Greco|Napoli|Via Foria 77|shop|||greco|15|0|0|4|18|mute",
        "pardi|Sorelle Pardi|Alimentari Sorelle Pardi S.n.c.|Lucca|Via Fillungo 150|shop|||pardi|15|0|0|4|3|exact",
        "salentino|Emporio Salentino|Emporio Salentino S.r.l.|Lecce|Via Taranto 45|retailer|||salentino|30|0|0|4|12|exact",
        "abruzzo|Grossisti Riuniti Abruzzo|Grossisti Riuniti Abruzzo S.c. a r.l.|Pescara|Via Tirino 12|wholesaler|||abruzzo|60|0|0|5|8|several",
        "sila|Spaccio Sila|Spaccio Biologico Sila S.r.l.|Cosenza|Via Popilia 203|shop|||sila|15|0|0|3|5|sdd",
        "mense|Mense Piemonte Ovest|Mense Scolastiche Piemonte Ovest S.c.|Pinerolo|Corso Torino 90|foodservice|||mense|30|0|0|4|14|exact",
    ),
    "DE": (
        "frischmarkt|Frischmarkt Nord|Frischmarkt Nord eG|Hamburg|Billhorner Deich 71|retailer|||frischmarkt|30|200|10|8|2|several",
        "lindner|Grossmarkt Lindner|Grossmarkt Lindner GmbH|München|Schleißheimer Straße 214|wholesaler|||lindner|30|200|10|8|1|terse",
        "kornhaus|Kornhaus Bio|Kornhaus Bio GmbH|Freiburg|Lehener Straße 40|retailer|||kornhaus|30|200|14|6|0|several",
        "nordhanse|Nordhanse Zentralregulierung|Nordhanse Zentralregulierung GmbH|Bremen|Am Wall 196|wholesaler||NORDHANSE|nordhanse|30|0|0|1|2|structured",
        "behn|Feinkost Behn|Feinkost Behn OHG|Bremen|Ostertorsteinweg 12|shop|nordhanse|NORDHANSE|nordhanse|30|0|0|4|2|structured",
        "oltmann|Kaufhaus Oltmann|Kaufhaus Oltmann KG|Oldenburg|Lange Straße 55|retailer|nordhanse|NORDHANSE|nordhanse|30|0|0|4|2|structured",
        "wiebe|Backhaus Wiebe|Backhaus Wiebe GmbH|Lübeck|Hüxstraße 31|shop|nordhanse|NORDHANSE|nordhanse|30|0|0|4|2|structured",
        "amselgrund|Delikatessen Amselgrund|Delikatessen Amselgrund GmbH|Stuttgart|Rotebühlstraße 103|shop|||amselgrund|30|300|10|4|1|exact",
        "rheinfels|Gastro Rheinfels|Gastro Rheinfels GmbH|Köln|Venloer Straße 380|foodservice|||rheinfels|30|0|0|4|10|exact",
        "sonnleite|Biomarkt Sonnleite|Biomarkt Sonnleite GmbH|Nürnberg|Fürther Straße 174|retailer|||sonnleite|30|200|10|5|0|rf",
        "kessler|Italia Import Kessler|Italia Import Kessler e.K.|Leipzig|Karl-Heine-Straße 29|wholesaler|||kessler|30|0|0|4|6|exact",
    ),
    "FR": (
        "dorval|Maison Dorval|Maison Dorval SAS|Lyon|14 rue des Remparts d'Ainay|wholesaler|||dorval|30|0|0|7|5|several",
        "dorval-sud|Dorval Méditerranée|Dorval Méditerranée SAS|Marseille|88 boulevard de la Corderie|wholesaler|dorval||dorval-sud|30|0|0|4|5|several",
        "marceau|Épicerie Marceau|Épicerie Marceau SAS|Paris|27 avenue Marceau|retailer|||marceau|30|0|0|6|4|remittance",
        "brissac|Comptoir Brissac|Comptoir Brissac SARL|Angers|5 rue Boisnet|shop|||brissac|30|0|0|4|8|exact",
        "vauclerc|Halles de Vauclerc|Les Halles de Vauclerc SAS|Dijon|61 rue Monge|retailer|||vauclerc|30|0|0|5|3|several",
        "castelnaud|Primeurs Castelnaud|Primeurs Castelnaud SARL|Toulouse|9 place du Ravelin|shop|||castelnaud|30|0|0|4|6|exact",
        "lavandou|Bio du Lavandou|Bio du Lavandou SARL|Toulon|130 avenue de la République|shop|||lavandou|30|0|0|3|11|exact",
        "henonville|Traiteur Hénonville|Traiteur Hénonville SARL|Lille|44 rue de Gand|foodservice|||henonville|30|0|0|4|7|exact",
        "ormesson|Centrale Ormesson|Centrale d'achats Ormesson SA|Nantes|2 quai de la Fosse|wholesaler|||ormesson|45|0|0|7|2|structured",
        "kerouan|Pâtes Kerouan|Épices et Pâtes Kerouan SARL|Rennes|18 rue Saint-Hélier|shop|||kerouan|30|0|0|4|3|rf",
    ),
    "ES": (
        "laribera|Supermercados La Ribera|Supermercados La Ribera S.A.|Zaragoza|Avenida de Ranillas 48|retailer|||laribera|60|0|0|7|5|statement",
        "laribera-val|La Ribera Levante|La Ribera Levante S.L.|Valencia|Camí Reial 19|retailer|laribera||laribera-val|60|0|0|4|5|statement",
        "peralta|Distribuciones Peralta|Distribuciones Peralta S.L.|Madrid|Calle de Embajadores 231|wholesaler|||peralta|45|0|0|7|3|several",
        "cantalar|Ultramarinos Cantalar|Ultramarinos Cantalar S.L.|Bilbao|Calle Iturribide 52|shop|||cantalar|30|0|0|4|4|exact",
        "miramonte|Hostelería Miramonte|Hostelería Miramonte S.L.|Málaga|Paseo de Reding 30|foodservice|||miramonte|30|0|0|4|15|exact",
        "torrevega|Alimentación Torrevega|Alimentación Torrevega S.A.|Santander|Calle Castilla 77|retailer|||torrevega|45|200|10|5|3|remittance",
        "bellprat|Colmado Bellprat|Colmado Bellprat S.L.|Barcelona|Carrer de Verdi 116|shop|||bellprat|30|0|0|4|2|rf",
        "guadalviar|Mayorista Guadalviar|Mayorista Guadalviar S.L.|Teruel|Polígono La Paz, parcela 91|wholesaler|||guadalviar|45|0|0|4|9|exact",
        "almazora|Tiendas Almazora|Tiendas Almazora S.L.|Castellón|Calle Navarra 63|retailer|||almazora|30|0|0|4|4|exact",
    ),
    "GB": (
        "hartley|Hartley & Sons Foods|Hartley & Sons Foods Ltd|Leeds|22 Kirkstall Road|retailer|||hartley|45|0|0|7|3|remittance",
        "thornbury|Thornbury Wholesale|Thornbury Wholesale Ltd|Bristol|7 Feeder Road|wholesaler|||thornbury|30|0|0|6|4|several",
        "pennywick|Pennywick Delicatessen|Pennywick Delicatessen Ltd|York|9 Fossgate|shop|||pennywick|30|0|0|4|5|exact",
        "caldermoor|Caldermoor Farm Shops|Caldermoor Farm Shops Ltd|Halifax|The Old Tannery, Gibbet Street|shop|||caldermoor|30|0|0|4|3|exact",
        "abbotrowe|Abbot & Rowe Provisions|Abbot & Rowe Provisions Ltd|London|31 Bermondsey Street|shop|||abbotrowe|30|0|0|4|2|rf",
        "locharden|Loch Arden Stores|Loch Arden Stores Ltd|Inverness|3 Academy Street|shop|||locharden|30|0|0|3|9|exact",
        "mapleford|Mapleford Catering|Mapleford Catering Ltd|Birmingham|Unit 5, Lawley Middleway|foodservice|||mapleford|30|0|0|4|6|exact",
    ),
}  # fmt: skip

CREDIT_LIMITS = {
    "retailer": 12_000_000,
    "wholesaler": 15_000_000,
    "foodservice": 6_000_000,
    "e-shop": 4_000_000,
    "shop": 1_500_000,
}


def all_customers() -> dict[str, Customer]:
    """Give every customer of the main company by its slug, parents before their children."""
    customers: dict[str, Customer] = {}
    for country, rows in ROWS.items():
        for row in rows:
            customer = _customer(
                country, row.split("|"), serial=len(customers) + 1, known=customers
            )
            customers[customer.slug] = customer
    return customers


def _customer(
    country: str, parts: list[str], *, serial: int, known: dict[str, Customer]
) -> Customer:
    assert len(parts) == FIELDS, parts
    slug, name, legal, city, street, segment, parent, group, payer = parts[:9]
    days, discount, discount_days, weight, lateness = (int(part) for part in parts[9:14])
    domain = f"{slug}.example"
    return Customer(
        number=f"{70200 + serial}",
        slug=slug,
        name=name,
        legal_name=legal,
        country=country,
        language=LANGUAGES[country],
        segment=segment,
        city=city,
        street=street,
        vat_number=vat_number_of(country, 100 + serial * 7),
        parent_number=known[parent].number if parent else "",
        payer_group=group,
        payer_slug=payer,
        payment_days=days,
        discount_bp=discount,
        discount_days=discount_days,
        credit_limit=CREDIT_LIMITS[segment],
        currency="EUR",
        domain=domain,
        iban=iban_of(country, 10_000_000 + (serial * 7_919_317) % 89_000_000),
        weight=weight,
        lateness=lateness,
        pays=parts[14],
        people=people_of(slug, country, domain, serial),
    )
