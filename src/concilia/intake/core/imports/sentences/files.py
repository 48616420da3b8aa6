"""Sentences about a whole file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FILES: Final[Mapping[str, tuple[str, str, str, str, str]]] = {
    "empty_file": (
        "The file has no rows.",
        "Il file non ha righe.",
        "Le fichier n'a pas de lignes.",
        "El archivo no tiene filas.",
        "Die Datei hat keine Zeilen.",
    ),
    "no_header": (
        "No row names the columns.",
        "Nessuna riga dà un nome alle colonne.",
        "Aucune ligne ne nomme les colonnes.",
        "Ninguna fila da nombre a las columnas.",
        "Keine Zeile benennt die Spalten.",
    ),
    "unknown_dataset": (
        "It is not clear what these rows are: say it, and which column is what.",
        "Non è chiaro che cosa siano queste righe: indicalo, e quale colonna è che cosa.",
        "On ne voit pas ce que sont ces lignes: dites-le, et quelle colonne est quoi.",
        "No está claro qué son estas filas: dígalo, y qué columna es cada cosa.",
        "Es ist unklar, was diese Zeilen sind: sagen Sie es, und was jede Spalte ist.",
    ),
    "missing_columns": (
        "No column was found for: {fields}.",
        "Nessuna colonna trovata per: {fields}.",
        "Aucune colonne trouvée pour: {fields}.",
        "No se encontró columna para: {fields}.",
        "Keine Spalte gefunden für: {fields}.",
    ),
    "columns_to_confirm": (
        "Columns to confirm: {columns}.",
        "Colonne da confermare: {columns}.",
        "Colonnes à confirmer: {columns}.",
        "Columnas por confirmar: {columns}.",
        "Zu bestätigende Spalten: {columns}.",
    ),
    "too_many_columns": (
        "A row has more than {most} cells.",
        "Una riga ha più di {most} celle.",
        "Une ligne a plus de {most} cellules.",
        "Una fila tiene más de {most} celdas.",
        "Eine Zeile hat mehr als {most} Zellen.",
    ),
    "broken_row": (
        "Row {row} has no end: a quotation mark is missing there.",
        "La riga {row} non ha fine: manca una virgoletta.",
        "La ligne {row} n'a pas de fin: il y manque un guillemet.",
        "La fila {row} no tiene fin: falta una comilla.",
        "Zeile {row} hat kein Ende: dort fehlt ein Anführungszeichen.",
    ),
    "too_large_file": (
        "The file is larger than the {most} MB that are read.",
        "Il file supera i {most} MB leggibili.",
        "Le fichier dépasse les {most} Mo lisibles.",
        "El archivo supera los {most} MB legibles.",
        "Die Datei ist größer als die {most} MB, die gelesen werden.",
    ),
    "damaged": (
        "The file is damaged and cannot be opened.",
        "Il file è danneggiato e non si apre.",
        "Le fichier est endommagé et ne s'ouvre pas.",
        "El archivo está dañado y no se abre.",
        "Die Datei ist beschädigt und lässt sich nicht öffnen.",
    ),
    "encrypted": (
        "The file is protected by a password: take it off and drop the file again.",
        "Il file è protetto da password: toglila e trascina di nuovo il file.",
        "Le fichier est protégé par un mot de passe: retirez-le et déposez-le à nouveau.",
        "El archivo está protegido con contraseña: quítela y suéltelo otra vez.",
        "Die Datei ist mit einem Kennwort geschützt: nehmen Sie es weg und legen sie neu ab.",
    ),
    "too_costly": (
        "The file takes more time or memory to open than a file may.",
        "Aprire il file richiede più tempo o memoria del consentito.",
        "Ouvrir le fichier prend plus de temps ou de mémoire que permis.",
        "Abrir el archivo requiere más tiempo o memoria de lo permitido.",
        "Das Öffnen der Datei kostet mehr Zeit oder Speicher als erlaubt.",
    ),
    "too_many_files": (
        "The archive holds more than {most} files.",
        "L'archivio contiene più di {most} file.",
        "L'archive contient plus de {most} fichiers.",
        "El archivo comprimido contiene más de {most} archivos.",
        "Das Archiv enthält mehr als {most} Dateien.",
    ),
    "too_many_rows": (
        "The file has more than {most} rows: split it.",
        "Il file ha più di {most} righe: dividilo.",
        "Le fichier a plus de {most} lignes: divisez-le.",
        "El archivo tiene más de {most} filas: divídalo.",
        "Die Datei hat mehr als {most} Zeilen: teilen Sie sie.",
    ),
    "in_use": (
        "Something here refers to a line that the file leaves out; nothing was saved.",
        "Qualcosa qui si riferisce a una riga che il file omette; nulla è stato salvato.",
        "Quelque chose ici renvoie à une ligne que le fichier omet; rien n'a été enregistré.",
        "Algo aquí se refiere a una línea que el archivo omite; no se guardó nada.",
        "Etwas hier bezieht sich auf eine Zeile, die die Datei auslässt; nichts gespeichert.",
    ),
    "refused": (
        "The database refused the file ({constraint}); nothing was saved.",
        "La base dati ha rifiutato il file ({constraint}); nulla è stato salvato.",
        "La base de données a refusé le fichier ({constraint}); rien n'a été enregistré.",
        "La base de datos rechazó el archivo ({constraint}); no se guardó nada.",
        "Die Datenbank hat die Datei abgelehnt ({constraint}); nichts gespeichert.",
    ),
}
