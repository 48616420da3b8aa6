"""The forty articles Molino Aurora sells, and the two services its invoices may carry."""

from __future__ import annotations

from concilia.interfaces.cli.company.shapes import Product

UNITS = ("g", "kg")
FREIGHT, SURCHARGE = "SERV-TRA", "SERV-ENE"

ROWS = """
MA-1010|Spaghetti n. 5 500 g × 20|KT|400|1980|pasta
MA-1015|Spaghettoni trafilati al bronzo 500 g × 20|KT|400|2640|pasta
MA-1020|Linguine 500 g × 20|KT|400|1980|pasta
MA-1030|Penne rigate 500 g × 20|KT|400|2160|pasta
MA-1035|Penne lisce integrali 500 g × 20|KT|400|2380|pasta
MA-1040|Fusilli 500 g × 20|KT|400|2040|pasta
MA-1045|Fusilli di farro bio 500 g × 12|KT|400|2290|pasta
MA-1050|Rigatoni 500 g × 20|KT|400|2040|pasta
MA-1060|Orecchiette pugliesi 500 g × 16|KT|400|2210|pasta
MA-1070|Conchiglie giganti 500 g × 12|KT|400|1890|pasta
MA-1080|Ditalini 500 g × 20|KT|400|1960|pasta
MA-1110|Pappardelle all'uovo 250 g × 12|KT|400|2490|pasta
MA-1120|Tagliatelle all'uovo 250 g × 12|KT|400|2430|pasta
MA-1130|Lasagne all'uovo 500 g × 12|KT|400|2710|pasta
MA-1140|Tagliolini al limone 250 g × 12|KT|400|2680|pasta
MA-1210|Casarecce senza glutine 400 g × 10|KT|400|2560|pasta
MA-2010|Farina 00 1 kg × 10|KT|400|890|flour
MA-2015|Farina 00 professionale 25 kg|SC|400|1790|flour
MA-2020|Farina 0 Manitoba 1 kg × 10|KT|400|1140|flour
MA-2030|Farina integrale macinata a pietra 1 kg × 10|KT|400|1260|flour
MA-2040|Semola rimacinata 1 kg × 10|KT|400|1080|flour
MA-2050|Farina di farro bio 1 kg × 8|KT|400|1640|flour
MA-2060|Farina per pizza tipo 1 5 kg × 4|KT|400|1720|flour
MA-2070|Polenta bramata 1 kg × 10|KT|400|1150|flour
MA-3010|Frollini integrali 350 g × 12|KT|1000|2700|biscuits
MA-3020|Frollini al cacao 350 g × 12|KT|1000|2760|biscuits
MA-3030|Savoiardi 400 g × 10|KT|1000|2340|biscuits
MA-3040|Cantucci alle mandorle 250 g × 14|KT|1000|3820|biscuits
MA-3050|Amaretti morbidi 200 g × 16|KT|1000|3990|biscuits
MA-3060|Biscotti di meliga 300 g × 12|KT|1000|3310|biscuits
MA-3070|Grissini stirati 250 g × 18|KT|400|2420|biscuits
MA-3080|Krumiri 300 g × 12|KT|1000|3180|biscuits
MA-4010|Sugo al basilico 190 g × 12|KT|1000|2190|sauces
MA-4020|Pesto alla genovese 180 g × 12|KT|1000|3420|sauces
MA-4030|Ragù di manzo 180 g × 12|KT|1000|3180|sauces
MA-4040|Passata rustica 680 g × 12|KT|1000|1870|sauces
MA-4050|Crema di olive taggiasche 130 g × 12|KT|1000|3640|sauces
MA-4060|Sugo all'arrabbiata 190 g × 12|KT|1000|2190|sauces
MA-5010|Cesto regalo Aurora|PZ|2200|5000|gifts
MA-5020|Espositore da banco in cartone|PZ|2200|3400|gifts
"""

SERVICES = (
    Product(FREIGHT, "Contributo trasporto", "PZ", 2200, 0, "services"),
    Product(SURCHARGE, "Maggiorazione energia", "PZ", 2200, 0, "services"),
)


def all_products() -> dict[str, Product]:
    """Give the catalogue by article number."""
    products = {}
    for row in ROWS.strip().splitlines():
        sku, name, unit, vat, price, group = row.split("|")
        products[sku] = Product(sku, name, unit, int(vat), int(price), group)
    return products


def invoiceable() -> dict[str, Product]:
    """Give the catalogue and the services, as invoices may name them."""
    return all_products() | {service.sku: service for service in SERVICES}


def short_name(description: str) -> str:
    """Give an article's name without its packing: the words before the first weight."""
    words = description.split()
    weights = (n for n, unit in enumerate(words) if unit in UNITS)
    end = next(weights, len(words) + 1) - 1
    return " ".join(words[:end])
