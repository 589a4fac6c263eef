"""Mailboxes, in one file and in folders."""

from tests.intake.corpus import MARKER, File

ME = "me@example.com"


def letter(sender, to, day="Tue, 12 Mar 2024 10:00:00 +0000", number=None, text=MARKER, **headers):
    lines = [f"From: {sender}", f"To: {to}", f"Date: {day}", f"Subject: {MARKER}"]
    lines += [f"Message-ID: <{number}@example.net>"] if number else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\n".join([*lines, "", text, ""])


def mailbox(*letters):
    return "".join(f"From somebody@example.net Tue Mar 12 10:00:00 2024\n{one}\n" for one in letters)


OUT = letter(ME, "Ann Lee <ann@example.org>", number=1)
IN = letter("Ann Lee <ann@example.org>", ME, "Wed, 13 Mar 2024 10:00:00 +0100", number=2)
GROUP = letter("bo@example.org", f"{ME}, ann@example.org, Cy <cy@example.org>", number=3)


def mbox(state, what, content, gives, tells=(), name="mail.mbox", me=ME, **settings):
    return File("mbox", state, what, content, name, gives, tells, {"me": me, **settings} if me else settings)


def maildir(state, what, letters, gives, tells=(), me=ME, **settings):
    content = {f"cur/{k}.host:2,S": one for k, one in enumerate(letters)} if isinstance(letters, tuple) else letters
    if isinstance(letters, tuple):
        content["new/last"] = content.pop(f"cur/{len(letters) - 1}.host:2,S")
    return File("maildir", state, what, content, "Maildir", gives, tells, {"me": me, **settings} if me else settings)


def eml(state, what, content, gives, tells=(), name="mail.eml", me=ME, **settings):
    return File("eml", state, what, content, name, gives, tells, {"me": me, **settings} if me else settings)


def to_many(n):
    return letter(ME, ", ".join(f"p{k}@example.org" for k in range(n)))


FILES = [
    mbox("well-formed", "three messages", mailbox(OUT, IN, GROUP), (4, 5)),
    mbox("well-formed", "of several own addresses", mailbox(OUT, letter("me@work.example", "bo@example.org")), (3, 2),
         me=(ME, "me@work.example")),
    mbox("odd", "a sentence that begins with From, after an empty line", mailbox(
         letter(ME, "ann@example.org", text=f"{MARKER}\n\nFrom here on 10:00 2024 all is well\n\nFrom me\nTo: you")), (2, 1)),
    mbox("odd", "no empty line between two messages", mailbox(OUT, GROUP).replace("\n\nFrom", "\nFrom"), (4, 5)),
    mbox("odd", "from Thunderbird, with nothing between two messages", f"From \n{OUT}\nFrom \n{GROUP}", (4, 5), name="Inbox"),
    mbox("odd", "drafts, spam and trash in the labels of Gmail in four languages, and a label about drafts", mailbox(
         letter(ME, "ann@example.org", X_Gmail_Labels="Sent,Book drafts"), *(letter(ME, "w@example.org", X_Gmail_Labels=one)
         for one in ("=?UTF-8?Q?Entw=C3=BCrfe?=", "Bozze", "Opened,Corbeille", "=?UTF-8?B?UmFzY3VuaG9z?="))), (2, 1), ("N06",)),
    mbox("odd", "lists, blasts, robots, drafts and copies", mailbox(
         OUT, OUT, letter("x@example.org", ME, List_Id="<x>"), letter("no-reply@example.org", ME), to_many(26),
         letter("y@example.org", ME, Auto_Submitted="auto-replied"), letter("z@example.org", ME, Precedence="bulk"),
         letter(ME, "w@example.org", X_Gmail_Labels="Drafts"), letter(ME, ME)), (2, 1), ("N06",)),
    mbox("odd", "names in coded words, with a comma in them", mailbox(
         letter("=?utf-8?q?Lee=2C_Ann_=3Cx=40example=2Eorg=3E?= <ann@example.org>", ME)), (2, 1)),
    mbox("odd", "one name beside two addresses", mailbox(OUT, letter("Ann Lee <lee@example.com>", ME)), (3, 2), ("N04",)),
    mbox("odd", "the same, joined on request", mailbox(OUT, letter("Ann Lee <lee@example.com>", ME)), (2, 1), ("N04",),
         merge=[["ann@example.org", "lee@example.com"]]),
    mbox("odd", "+tags, capitals and dots of Gmail", mailbox(letter(ME, "A.nn+x@Gmail.com"),
         letter("ann@googlemail.com", "Me+y@Example.com")), (2, 1)),
    mbox("odd", "Windows line ends, folded headers", mailbox(OUT.replace("To: ", "To:\n  "), IN).replace("\n", "\r\n"), (2, 1)),
    mbox("odd", "letters in Latin-1 without a word about it", mailbox(letter("Zoë <zoe@example.org>", ME)).encode("cp1252"),
         (2, 1)),
    mbox("odd", "the rarest hidden on request", mailbox(OUT, IN, letter("rare@example.org", ME)), (2, 1), ("N05",),
         min_contacts=2),
    mbox("odd", "a message from the year 2099 and one from 1970", mailbox(*[OUT.replace("<1@", f"<{k}@") for k in range(9)],
         letter("f@example.org", ME, "Thu, 1 Jan 2099 10:00:00 +0000"),
         letter("p@example.org", ME, "Thu, 1 Jan 1970 00:00:00 +0000")), (2, 1), ("R35",)),
    mbox("odd", "a folder of Apple's mail program", {"mbox": mailbox(OUT, GROUP), "table_of_contents": b"\0\1"}, (4, 5),
         name="Work.mbox"),
    mbox("odd", "a folder of Google's takeout", {"Mail/All mail.mbox": mailbox(OUT, GROUP), "Mail/User Settings/a.json": "{}",
         "archive_browser.html": "<html>"}, (4, 5), name="Takeout"),
    mbox("odd", "a folder of several mailboxes, with drafts and trash beside", {"Inbox": mailbox(IN, GROUP), "Inbox.msf": "// x",
         "Sent": mailbox(OUT, IN), "Drafts": mailbox(letter(ME, "w@example.org")),
         "Trash.mbox/mbox": mailbox(letter("x@example.org", ME))}, (4, 5), ("N02", "N06"), name="Local Folders"),
    mbox("broken", "a folder of mailboxes and e-mails", {"a.mbox": mailbox(OUT), "b.eml": IN}, "R07", name="mail"),
    mbox("broken", "without a word of who its owner is", mailbox(OUT, IN), "R42", me=None),
    mbox("broken", "cut within headers", mailbox(*[OUT.replace("<1@", f"<{k}@") for k in range(9)])
         + "From x Tue Mar 12 10:00:00 2024\nFrom: a", (2, 1)),
    mbox("broken", "dates that none can read", mailbox(OUT, *[letter("a@example.org", ME, "yesterday")] * 9), "R36"),
    mbox("broken", "only lists", mailbox(letter("x@example.org", ME, List_Id="<x>")), "R02"),
    mbox("broken", "another's mailbox", mailbox(letter("a@example.org", "b@example.org")), "R42"),
    mbox("hostile", "headers of a megabyte", mailbox(*[OUT.replace("<1@", f"<{k}@") for k in range(9)],
         letter("a@example.org", ME, Cc="x@example.org, " * 70_000)), (2, 1), ("N06",)),
    mbox("hostile", "a line of four megabytes", mailbox(letter(ME, "ann@example.org", text="x" * 4_000_000), IN), (2, 1)),
    mbox("hostile", "markup, formulas and NUL as names", mailbox(letter('"<script>alert(1)</script>" <a@example.org>', ME),
         letter('"=cmd|x!A0" <b@example.org>', ME), letter('"\0\u202e" <c@example.org>', ME)), (4, 3)),
    mbox("hostile", "nested comments and quotes in an address", mailbox(OUT, letter("(" * 5_000 + "a@example.org", ME),
         *[OUT.replace("<1@", f"<x{k}@") for k in range(9)]), (2, 1)),
    eml("well-formed", "one e-mail", GROUP, (4, 4)),
    eml("well-formed", "a folder of them", {"1.eml": OUT, "more/2.eml": GROUP, "more/notes.txt": MARKER}, (4, 5), name="mails"),
    eml("odd", "from Apple's mail program", f"412       \n{GROUP}<?xml version='1.0'?><plist>{MARKER}</plist>", (4, 4),
        name="1.emlx"),
    eml("odd", "Windows line ends, and headers of every kind first", ("DKIM-Signature: v=1;\n a=rsa\nX-Y: z\n" + GROUP).replace(
        "\n", "\r\n"), (4, 4)),
    eml("odd", "without its ending", GROUP, (4, 4), ("R06",), name="mail.csv"),
    eml("broken", "without a word of who its owner is", OUT, "R42", me=None),
    eml("broken", "nobody in it", "From: nobody\nTo: nobody\nDate: today\n\n", "R36"),
    eml("broken", "a folder with one that cannot be read", {"a.eml": b"", "b.eml": OUT}, "R36", name="mails"),
    eml("hostile", "headers of a megabyte", {"a.eml": "From: a@example.org\n" + "X: y\n" * 200_000, **{f"{k}.eml": OUT.replace(
        "<1@", f"<{k}@") for k in range(9)}}, (2, 1), ("N06",), name="mails"),
    maildir("odd", "of mbsync, with folders alone", {"INBOX/cur/1:2,S": IN, "Sent/cur/2:2,S": OUT, "Sent/new/3": GROUP}, (4, 5)),
    maildir("well-formed", "three messages", (OUT, IN, GROUP), (4, 5)),
    maildir("well-formed", "with folders in it", {"cur/1:2,S": IN, "new/2": GROUP, ".Sent/cur/3:2,S": OUT,
            ".Sent/new/4": letter(ME, "di@example.org")}, (5, 6)),
    maildir("odd", "drafts and rubbish beside", {"cur/1:2,S": IN, "cur/2:2,D": letter(ME, "di@example.org"), "new/3": OUT,
            ".Trash/cur/4": letter(ME, "ed@example.org"), ".Drafts/cur/5": letter(ME, "fy@example.org")}, (2, 1)),
    maildir("odd", "folders in one another, and drafts under a German name", {"cur/1:2,S": IN, "new/2": GROUP, "Sent/cur/3:2,S":
            OUT, "Archive/2023/new/4": letter(ME, "di@example.org, gus@example.org"), "Trash/Old/cur/5": letter(ME, "ed@example.org"),
            ".Entw&APw-rfe/cur/6": letter(ME, "fy@example.org")}, (6, 8)),
    maildir("odd", "as Windows and macOS keep it", {"cur/1;2,S": IN, "cur/2;2,DS": letter(ME, "di@example.org"), "cur/3!2,ST":
            letter(ME, "ed@example.org"), "cur/.DS_Store": b"\0\0\0\1Bud1", "new/4": OUT, "new/dovecot.index": b"\0"}, (2, 1)),
    maildir("broken", "no message", {"cur/.keep": "", "new/.keep": ""}, "R02"),
    maildir("broken", "without a word of who its owner is", {"cur/1": IN, "new/2": OUT}, "R42", me=None),
    maildir("hostile", "a message without an end of headers", {"cur/1:2,S": IN, **{f"cur/{k}:2,S": OUT.replace("<1@", f"<{k}@")
            for k in range(2, 9)}, "new/9": "X: y\n" * 100_000}, (2, 1), ("N06",)),
]  # fmt: skip
