"""What mail programs call the folders and labels of what was not sent, or not wanted, in the languages they speak."""

from __future__ import annotations

import csv
import re
import unicodedata
from base64 import b64decode
from binascii import Error

_DRAFTS_SPAM_AND_TRASH = """
Draft, Drafts, Spam, Junk, Junk E-mail, Junk Email, Junk Mail, Bulk Mail, Trash, Bin, Deleted Items, Deleted Messages,
Entwürfe, Papierkorb, Gelöschte Elemente, Gelöschte Objekte, Junk-E-Mail, Unerwünschte Werbung,
Brouillons, Corbeille, Éléments supprimés, Messages supprimés, Indésirables, Courrier indésirable, Pourriel,
Bozze, Cestino, Posta eliminata, Posta indesiderata, Borradores, Papelera, Elementos eliminados, Correo no deseado,
Rascunhos, Lixeira, Lixo, Itens Excluídos, Itens Eliminados, Lixo Eletrônico, Lixo Eletrónico,
Concepten, Prullenbak, Verwijderde items, Ongewenste e-mail, Utkast, Papperskorgen, Skräppost, Borttagna objekt,
Kladder, Papirkurv, Uønsket mail, Slettet post, Søppelpost, Slettede elementer, Luonnokset, Roskakori, Roskaposti,
Poistetut, Wersje robocze, Szkice, Kosz, Wiadomości-śmieci, Elementy usunięte, Koncepty, Koš, Odstraněná pošta,
Nevyžádaná pošta, Kôš, Piszkozatok, Kuka, Lomtár, Levélszemét, Törölt elemek, Ciorne, Mesaje nefinalizate,
Coș de gunoi, Taslaklar, Çöp Kutusu, Çöp, Esborranys, Paperera, Correu brossa, Nacrti, Otpad, Osnutki, Koš za smeti,
Черновики, Корзина, Спам, Удаленные, Чернетки, Кошик, Чернови, Кошче, Πρόχειρα, Κάδος, Ανεπιθύμητα,
下書き, 迷惑メール, ゴミ箱, 草稿, 草稿箱, 垃圾邮件, 垃圾郵件, 垃圾桶, 已删除邮件, 已刪除郵件, 임시보관함, 스팸함, 휴지통
"""

_OF_FOLDERS_ALONE = """
Templates, Outbox, Unsent Messages, Deleted, Vorlagen, Postausgang, Gelöscht, Modèles, Boîte d'envoi, Modelli,
Posta in uscita, Plantillas, Bandeja de salida, Modelos, Caixa de saída, Sjablonen, Postvak UIT, Utkorgen
"""
"""Words for folders of mail programs that a label, made by somebody for another reason, may be called too."""


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold().replace("_", " ")


def _words(text: str) -> frozenset[str]:
    return frozenset(_plain(word) for word in text.replace("\n", " ").split(",") if word.strip())


_LABELS = _words(_DRAFTS_SPAM_AND_TRASH)
_FOLDERS = _LABELS | _words(_OF_FOLDERS_ALONE)


def is_label_aside(name: str) -> bool:
    """Whether a label of Gmail is that of drafts, spam or trash. One that only has such a word in it is not.

    Examples
    --------
    >>> [is_label_aside(name) for name in ("Drafts", "[Gmail]/Corbeille", "Book drafts", "Projects/Drafts")]
    [True, True, False, False]
    """
    return _plain(re.sub(r"^\[(?:Gmail|Google Mail)\]/", "", name)) in _LABELS


def is_folder_aside(name: str) -> bool:
    """Whether a folder is one of drafts, spam, trash, or mail not yet sent.

    Examples
    --------
    >>> [is_folder_aside(name) for name in ("Entwürfe", "Outbox", "Deleted_Items", "Inbox")]
    [True, True, True, False]
    """
    return _plain(name) in _FOLDERS


def labels(text: str) -> list[str]:
    """The labels in a list that is parted by commas; one that has a comma in it stands in quotation marks.

    Examples
    --------
    >>> labels('Inbox,"Paris, drafts",Opened')
    ['Inbox', 'Paris, drafts', 'Opened']
    """
    try:
        return next(csv.reader([text.replace("\n", " ").replace("\r", " ")], skipinitialspace=True), [])
    except csv.Error:
        return text.split(",")


def from_utf7(name: str) -> str:
    """The name of a folder as mail servers store it, in the UTF-7 of IMAP (RFC 3501, section 5.1.3).

    Examples
    --------
    >>> from_utf7("Entw&APw-rfe"), from_utf7("R&-D"), from_utf7("A & B")
    ('Entwürfe', 'R&D', 'A & B')
    """
    return re.sub(r"&([A-Za-z0-9+,]*)-", _letters, name)


def _letters(coded: re.Match[str]) -> str:
    if not coded[1]:
        return "&"
    try:
        padded = coded[1].replace(",", "/") + "=" * (-len(coded[1]) % 4)
        return b64decode(padded).decode("utf-16-be")
    except (Error, UnicodeDecodeError):
        return coded[0]
