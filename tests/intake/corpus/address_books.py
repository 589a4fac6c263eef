"""Address books: LinkedIn, Google, Outlook, vCard."""

import io
import struct
import zipfile

from tests.intake.corpus import MARKER, File

LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ANN = "Ann,Lee,https://www.linkedin.com/in/annlee,,Acme,Director,12 Mar 2024\n"
BO = "Bo,Katz,https://www.linkedin.com/in/bokatz,bo@example.org,Acme,Engineer,01 Jan 2020\n"
CY = "Cy,Noor,https://www.linkedin.com/in/cynoor,,Beta,Nurse,31 Dec 2021\n"
NOTES = 'Notes:\n"When you export your connections, some may miss an e-mail address, for their privacy."\n\n'

GOOGLE = (
    "First Name,Middle Name,Last Name,Organization Name,Organization Title,Notes,Labels,E-mail 1 - Label,"
    "E-mail 1 - Value\n"
)
GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
    "Organization 1 - Name\n"
)
OUTLOOK = '"First Name","Last Name","Company","Job Title","E-mail Address","E-mail 2 Address","Notes","Categories"\n'


def linkedin(state, what, content, gives, tells=(), name="Connections.csv", **settings):
    return File("linkedin_connections", state, what, content, name, gives, tells, settings)


def google(state, what, content, gives, tells=(), name="contacts.csv", **settings):
    return File("google_contacts", state, what, content, name, gives, tells, settings)


def outlook(state, what, content, gives, tells=(), name="contacts.csv", **settings):
    return File("outlook_contacts", state, what, content, name, gives, tells, settings)


def vcard(state, what, content, gives, tells=(), name="contacts.vcf", **settings):
    return File("vcard", state, what, content, name, gives, tells, settings)


def card(*lines, version="3.0"):
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


ANN_CARD = card("FN:Ann Lee", "N:Lee;Ann;;;", "ORG:Acme;Research", "EMAIL;TYPE=WORK:ann@example.org", f"NOTE:{MARKER}")
BO_CARD = card("FN:Bo Katz", "N:Katz;Bo;;;", "EMAIL:bo@example.org")


def archive(members, compress=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compress) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return stream.getvalue()


def lying(claimed=b"\x10\x00\x00\x00"):
    """A zip whose list of members says that a large one is small."""
    data = archive({"Connections.csv": LINKEDIN + ANN * 200_000})
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 24] + claimed + data[at + 28 :]


def linked():
    """A zip with a link in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as zipped:
        link = zipfile.ZipInfo("Connections.csv")
        link.external_attr = 0o120777 << 16
        zipped.writestr(link, "/etc/passwd")
    return stream.getvalue()


def nameless():
    """A zip with a second member that has no name."""
    data = archive({"Connections.csv": LINKEDIN + ANN, "Q.csv": ""})
    data = data.replace(b"Q.csv", b"").replace(b"\5\0\0\0", b"\0\0\0\0")
    at = data.rindex(b"PK\5\6") + 12
    size, offset = struct.unpack_from("<2L", data, at)
    return data[:at] + struct.pack("<2L", size - 5, offset - 5) + data[at + 8 :]


def encrypted():
    """A zip that says of its member that it is encrypted."""
    data = bytearray(archive({"Connections.csv": LINKEDIN + ANN}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    return bytes(data)


MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
)
URL = "https://www.linkedin.com/in/"


def message(sender, recipients, day, folder="INBOX", content=MARKER):
    urls = ",".join(URL + one for one in recipients.split())
    return f'c1,,{sender.title()} Name,{URL}{sender},x,"{urls}",{day} 10:00:00 UTC,{MARKER},"{content}",{folder}\n'


TALK = message("me", "annlee", "2024-03-12") + message("annlee", "me", "2024-03-13") + message("me", "bo", "2023-01-01")


def messages(state, what, content, gives, tells=(), name="messages.csv", **settings):
    return File("linkedin_messages", state, what, content, name, gives, tells, settings)


def zipped(state, what, content, gives, tells=(), name="Basic_LinkedInDataExport.zip", **settings):
    return File("linkedin_archive", state, what, content, name, gives, tells, settings)


FILES = [
    linkedin("well-formed", "as exported, after notes", NOTES + LINKEDIN + ANN + BO + CY, (4, 3), ("R43",)),
    linkedin("well-formed", "without notes, with a mark of UTF-8", (LINKEDIN + ANN + BO).encode("utf-8-sig"), (3, 2)),
    linkedin("odd", "without the column of profiles", "First Name,Last Name,Company,Position,Connected On\n"
             "Ann,Lee,Acme,CEO,12 Mar 2024\nBo,Katz,Beta,CTO,01 Jan 2020\n", (3, 2), ("N03",)),
    linkedin("odd", "German headers and months, semicolons", "Vorname;Nachname;URL;E-Mail-Adresse;Firma;Position;"
             "Verbunden am\nJörg;Groß;https://www.linkedin.com/in/jg;;Acme;Leiter;12. März 2024\n", (2, 1)),
    linkedin("odd", "Italian headers, the date in a column of an unknown name", "Nome,Cognome,URL,Indirizzo e-mail,Azienda,Posizione,"
             "Data di collegamento\nGio,Rossi,https://www.linkedin.com/in/gio,,Acme,Capo,21 ago 2024\n", (2, 1)),
    linkedin("odd", "a closed account without a name", LINKEDIN + ANN + BO + CY + ",,,,,,05 May 2019\n", (4, 3), ("R16",)),
    linkedin("odd", "somebody twice", LINKEDIN + ANN + BO + ANN, (3, 2), ("R19",)),
    linkedin("odd", "a date that cannot be", LINKEDIN + ANN + BO.replace("01 Jan 2020", "31 Feb 2020"), (3, 2), ("R35",)),
    linkedin("odd", "dates of numbers that show their order", LINKEDIN + ANN.replace("12 Mar 2024", "3/25/2024")
             + BO.replace("01 Jan 2020", "1/2/2020"), (3, 2)),
    linkedin("odd", "the owner's own entry", LINKEDIN + ANN + BO, (2, 1), me=URL + "annlee"),
    linkedin("broken", "dates of numbers that do not", LINKEDIN + BO.replace("01 Jan 2020", "1/2/2020"), "R34"),
    linkedin("broken", "header only", NOTES + LINKEDIN, "R02"),
    linkedin("broken", "cut in the middle of a quoted cell", NOTES + LINKEDIN + ANN + '"Bo,Katz', "R13"),
    linkedin("broken", "cells that have moved", LINKEDIN + ANN + ANN.replace("Acme", "Acme, Inc, Ltd"), "R36"),
    linkedin("hostile", "markup and formulas as names", LINKEDIN + "<script>alert(1)</script>,=1+1,"
             "https://www.linkedin.com/in/x,,<img src=x onerror=alert(1)>,@SUM(A1),12 Mar 2024\n", (2, 1)),
    linkedin("hostile", "a company of a million characters", LINKEDIN + ANN.replace("Acme", "A" * 1_100_000), "R45"),
    messages("well-formed", "two people", MESSAGES + TALK, (3, 2), ("N07",)),
    messages("well-formed", "a conversation of four", MESSAGES + TALK + message("annlee", "me bo cy", "2024-04-01"), (4, 5)),
    messages("odd", "drafts and advertisements", MESSAGES + TALK + message("me", "cy", "2024-04-01", "DRAFT")
             + message("", "me", "2024-04-01").replace(f"{URL},", ","), (3, 2), ("N06",)),
    messages("odd", "text over several lines", MESSAGES + TALK + message("me", "cy", "2024-04-01", content="a\n\nb, c"),
             (4, 3)),
    messages("broken", "nobody stands on every message", MESSAGES + TALK + message("annlee", "bo", "2024-04-01"), "R42"),
    messages("broken", "the same, told", MESSAGES + TALK + message("annlee", "bo", "2024-04-01"), (3, 3), me=URL + "me"),
    messages("broken", "header only", MESSAGES, "R02"),
    messages("broken", "without recipients", MESSAGES.replace("RECIPIENT PROFILE URLS", "OTHERS") + TALK, "R14"),
    messages("hostile", "formulas as profiles", MESSAGES + TALK + message("=cmd|' /C calc'!A0", "me", "2024-04-01"),
             (4, 3)),
    zipped("well-formed", "connections and messages", archive({"Connections.csv": NOTES + LINKEDIN + ANN + BO,
           "messages.csv": MESSAGES + TALK, "Profile.csv": MARKER}), (4, 4), ("R43", "N07")),
    zipped("odd", "connections alone, in a folder", archive({"export/Connections.csv": LINKEDIN + ANN + BO}), (3, 2)),
    zipped("odd", "unpacked into a folder", {"Connections.csv": NOTES + LINKEDIN + ANN + BO, "Skills.csv": MARKER}, (3, 2),
           name="Basic_LinkedInDataExport"),
    zipped("odd", "under another name", archive({"Connections.csv": LINKEDIN + ANN + BO}), (3, 2), ("R06",),
           name="Connections.csv"),
    zipped("broken", "cut", archive({"Connections.csv": LINKEDIN + ANN + BO})[:-30], "R38"),
    zipped("broken", "a letter changed", archive({"Connections.csv": LINKEDIN + ANN}, zipfile.ZIP_STORED).replace(
           b"Director", b"Dictator"), "R38"),
    zipped("hostile", "a bomb: it unpacks to a thousand times its size", archive({"Connections.csv": b"0" * 60_000_000}),
           "R45"),
    zipped("hostile", "sizes that lie", lying(), "R38"),
    zipped("hostile", "a path that leads out", archive({"../Connections.csv": LINKEDIN + ANN}), "R45"),
    zipped("hostile", "an absolute path", archive({"/x/Connections.csv": LINKEDIN + ANN}), "R45"),
    zipped("hostile", "a file without a name beside", nameless(), (2, 1)),
    zipped("hostile", "a link", linked(), "R45"),
    zipped("hostile", "encrypted", encrypted(), "R45"),
    zipped("hostile", "an archive within", archive({"Connections.csv": LINKEDIN + ANN, "more.zip": b"PK"}), "R45"),
    google("well-formed", "headers since 2024", GOOGLE + f"Ann,,Lee,Acme,CEO,{MARKER},* myContacts ::: Friends,Work,"
           "ann@example.org\nBo,,Katz,,,,,,bo@example.org\n", (3, 2), ("R43",)),
    google("well-formed", "headers before 2024", GOOGLE_OLD + f"Ann Lee,Ann,,Lee,{MARKER},* Friends,*,ann@example.org,Acme\n"
           "Bo Katz,Bo,,Katz,,,,,\n", (3, 2), ("N03",)),
    google("odd", "several addresses in a cell", GOOGLE + "Ann,,Lee,,,,,,ann@example.org ::: ann@example.com\n", (2, 1)),
    google("odd", "an organisation, and a number without a name", GOOGLE + ",,,Acme,,,,,\n,,,,,,,,\nBo,,Katz,,,,,,\n",
           (3, 2)),
    google("odd", "remarks over several lines", GOOGLE + f'Ann,,Lee,,,"a\n{MARKER},\nb",,,ann@example.org\n', (2, 1)),
    google("odd", "UTF-16", (GOOGLE + "Zoë,,Lee,,,,,,zoe@example.org\n").encode("utf-16"), (2, 1), ("R09",)),
    google("odd", "two entries of one address", GOOGLE + "Ann,,Lee,,,,,,ann@example.org\nA,,L,,,,,,Ann+x@Example.org\n",
           (2, 1), ("R19",)),
    google("broken", "header only", GOOGLE, "R02"),
    google("broken", "nobody has a name", GOOGLE + ",,,,,,Friends,,\n", "R02"),
    google("broken", "an open quotation mark", GOOGLE + '"Ann,,Lee,,,,,,\nBo,,Katz,,,,,,\n', "R13"),
    google("hostile", "marks that turn the text, and NUL", GOOGLE + "Ann\u202e\0,,Lee,,,,,,a@example.org\n", (2, 1)),
    outlook("well-formed", "as exported", OUTLOOK + f'"Ann","Lee","Acme","CEO","ann@example.org","","{MARKER}","Friends"\n',
            (2, 1), ("R43",)),
    outlook("odd", "Western European letters", (OUTLOOK + '"Zoë","Lee","","","zoe@example.org","","",""\n').encode("cp1252"),
            (2, 1), ("R08",)),
    outlook("odd", "a directory entry instead of an address", OUTLOOK + '"Ann","Lee","Acme","","/o=Acme/cn=ann","","",""\n',
            (2, 1), ("N03",)),
    outlook("odd", "German headers", '"Vorname","Nachname","Firma","Position","E-Mail-Adresse"\n"Ann","Groß","A","B",'
            '"ann@example.org"\n', (2, 1)),
    outlook("odd", "French headers, two of them Titre", '"Titre","Prénom","Nom","Société","Titre","Adresse de messagerie"\n"M.","Éric",'
            '"Roux","Acme","PDG","eric@example.org"\n', (2, 1)),
    outlook("odd", "Thunderbird's headers", "First Name,Last Name,Display Name,Primary Email,Organization\nAnn,Lee,Ann Lee,"
            "ann@example.org,Acme\n", (2, 1)),
    outlook("broken", "header only", OUTLOOK, "R02"),
    outlook("broken", "lines cut into pieces", OUTLOOK + "a,b,c,d,e,f,g,h,i,j\n" * 3, "R36"),
    outlook("hostile", "a formula as address", OUTLOOK + '"Ann","Lee","","","=HYPERLINK(""x@y"")","","",""\n', (2, 1)),
    vcard("well-formed", "two cards of version 3.0", ANN_CARD + BO_CARD, (3, 2), ("R43",)),
    vcard("well-formed", "version 4.0", card("FN:Ann Lee", "KIND:individual", "EMAIL:ann@example.org", version="4.0"), (2, 1)),
    vcard("odd", "version 2.1 in quoted-printable", card("N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg=",
          "=20Otto;;;", "TEL;HOME:1", version="2.1"), (2, 1), ("N03",)),
    vcard("odd", "no FN, folded lines, a picture", card("N:Lee;Ann;;;", "EMAIL:ann@", " example.org",
          "PHOTO;ENCODING=b:" + "A" * 300_000), (2, 1)),
    vcard("odd", "an organisation", card("FN:Acme", "ORG:Acme", "KIND:org", version="4.0") + BO_CARD, (3, 2)),
    vcard("odd", "groups and places", ANN_CARD + card("FN:Friends", "X-ADDRESSBOOKSERVER-KIND:group") + card("KIND:location", "FN:Hall"),
          (2, 1), ("N06",)),
    vcard("odd", "two people of one address", ANN_CARD + card("FN:Bob Lee", "EMAIL:ann@example.org"), (3, 2), ("N04",)),
    vcard("odd", "UTF-16", (ANN_CARD + BO_CARD).encode("utf-16"), (3, 2), ("R09",)),
    vcard("odd", "the owner's own card", ANN_CARD + BO_CARD, (2, 1), me="ann@example.org"),
    vcard("broken", "one bad card among good ones", ANN_CARD + BO_CARD + card("FN:C", "EMAIL:c@example.org")
          + card("FN:D", "EMAIL:d@example.org") + "BEGIN:VCARD\r\nFN:E\r\n" + card("FN:F", "EMAIL:f@example.org"), (6, 5),
          ("R12",)),
    vcard("broken", "cut in its last card", (BO_CARD * 9 + ANN_CARD)[:-40], (2, 1), ("R38", "R12")),
    vcard("broken", "nothing but beginnings", "BEGIN:VCARD\r\n" * 9, "R36"),
    vcard("broken", "a card that names nobody", card("TEL:1"), "R02"),
    vcard("hostile", "a card of a megabyte", card("FN:" + "A" * 1_000_000) + BO_CARD * 9, (2, 1), ("R12",)),
    vcard("hostile", "markup as a name", card("FN:<script>alert(1)</script>", "EMAIL:x@example.org"), (2, 1)),
]  # fmt: skip
