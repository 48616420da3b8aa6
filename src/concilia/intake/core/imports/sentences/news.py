"""Sentences about a file that was taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NEWS: Final[Mapping[str, tuple[str, str, str, str, str]]] = {
    "known": (
        "This very file was imported on {day}: nothing changed.",
        "Proprio questo file è stato importato il {day}: nulla è cambiato.",
        "Ce même fichier a été importé le {day}: rien n'a changé.",
        "Este mismo archivo se importó el {day}: nada cambió.",
        "Genau diese Datei wurde am {day} importiert: nichts hat sich geändert.",
    ),
    "for_the_inbox": (
        "Not a table: it goes to the inbox.",
        "Non è una tabella: va nella posta in arrivo.",
        "Ce n'est pas un tableau: il va dans la boîte de réception.",
        "No es una tabla: va a la bandeja de entrada.",
        "Keine Tabelle: sie geht in den Posteingang.",
    ),
    "sheet_left_out": (
        "This sheet holds none of the records that can be imported: it was left out.",
        "Questo foglio non contiene dati importabili: è stato tralasciato.",
        "Cette feuille ne contient rien d'importable: elle a été laissée de côté.",
        "Esta hoja no contiene nada que importar: se dejó fuera.",
        "Dieses Blatt enthält nichts, was importiert werden kann: es blieb außen vor.",
    ),
    "absent_items": (
        "{count} open items of earlier lists are not in this one; they were left as they are.",
        "{count} partite aperte di elenchi precedenti mancano in questo; restano come sono.",
        "{count} postes ouverts de listes précédentes n'y sont pas; ils restent tels quels.",
        "{count} partidas abiertas de listas anteriores no están en esta; quedan como están.",
        "{count} offene Posten früherer Listen fehlen in dieser; sie bleiben, wie sie sind.",
    ),
    "unknown_orders": (
        "{count} rows name an order that is not here; they were taken without it.",
        "{count} righe citano un ordine non presente; sono state prese senza.",
        "{count} lignes citent une commande absente; elles ont été prises sans elle.",
        "{count} filas citan un pedido que no está aquí; se tomaron sin él.",
        "{count} Zeilen nennen einen Auftrag, der nicht hier ist; sie kamen ohne ihn.",
    ),
    "unknown_deliveries": (
        "{count} rows name a delivery that is not here; they were taken without it.",
        "{count} righe citano una consegna non presente; sono state prese senza.",
        "{count} lignes citent une livraison absente; elles ont été prises sans elle.",
        "{count} filas citan una entrega que no está aquí; se tomaron sin ella.",
        "{count} Zeilen nennen eine Lieferung, die nicht hier ist; sie kamen ohne sie.",
    ),
    "unknown_invoices": (
        "{count} rows name an invoice that is not here; they were taken without it.",
        "{count} righe citano una fattura non presente; sono state prese senza.",
        "{count} lignes citent une facture absente; elles ont été prises sans elle.",
        "{count} filas citan una factura que no está aquí; se tomaron sin ella.",
        "{count} Zeilen nennen eine Rechnung, die nicht hier ist; sie kamen ohne sie.",
    ),
    "totals_left_out": (
        "{count} rows of totals were left out.",
        "{count} righe di totali sono state tralasciate.",
        "{count} lignes de totaux ont été laissées de côté.",
        "{count} filas de totales se dejaron fuera.",
        "{count} Summenzeilen wurden ausgelassen.",
    ),
    "disputed_here": (
        "Row {row}, {number}: left as it is, because {disputed} of it are disputed here.",
        "Riga {row}, {number}: lasciata com'è, perché qui {disputed} sono contestati.",
        "Ligne {row}, {number}: laissé tel quel, car {disputed} en sont contestés ici.",
        "Fila {row}, {number}: se deja como está, porque aquí {disputed} están en disputa.",
        "Zeile {row}, {number}: bleibt, wie sie ist, weil hier {disputed} strittig sind.",
    ),
    "moved_here": (
        "Row {row}, {number}: left as it is, because {open} of it are open here.",
        "Riga {row}, {number}: lasciata com'è, perché qui ne restano aperti {open}.",
        "Ligne {row}, {number}: laissé tel quel, car {open} en restent ouverts ici.",
        "Fila {row}, {number}: se deja como está, porque aquí quedan abiertos {open}.",
        "Zeile {row}, {number}: bleibt, wie sie ist, weil hier {open} davon offen sind.",
    ),
}
