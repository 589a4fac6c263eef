"""Every mishap of the specification: what comes of it, on which line, and what the reader is told to do.

The codes are those of the table of mishaps in the data specification, R01 to R47. The expected outcomes are copied
from its third column.
"""

import gzip
import io
import pickle
import sqlite3
import zipfile

import pytest
from tests.intake.corpus import File
from tests.intake.corpus.address_books import ANN, LINKEDIN
from tests.intake.corpus.graphs import AB, NET, A, B, ml

from tertius.errors import ReadError
from tertius.intake import Limits, read

NOT_IN_EDGE_LISTS = {
    "R19",  # a person listed twice: an edge list lists no people
    "R20",
    "R34",  # dates: an edge list has none
    "R35",
    "R37",  # counts that a file declares: a CSV declares none
    "R39",  # hyperedges and nested graphs: a CSV has none; parallel ties are R24
    "R41",  # a file of people beside the file of ties
}


def zip_of(*members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for member in members:
            archive.writestr(member, "content")
    return stream.getvalue()


def database():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE ties (source TEXT, target TEXT)")
    return connection.serialize()


HEADER = "source,target,weight\n"
GOOD = "".join(f"P{k},P{k + 1},2\n" for k in range(9))  # lines 2 to 10 below a header

REFUSED = [
    # code, what, content, settings, line, words of the message
    ("R02", "no bytes", b"", {}, None, ["empty", "saved"]),
    ("R02", "only a mark", b"\xef\xbb\xbf\r\n", {}, None, ["empty"]),
    ("R02", "only separators", b",,\n,,\n", {}, None, ["empty"]),
    ("R02", "only a separator named", "sep=;\n\n", {}, None, ["no line with content"]),
    ("R02", "header only", HEADER, {}, 1, ["header and nothing below", "line for each tie"]),
    ("R02", "nothing but self-ties", HEADER + "A,A,1\nB,B,2\n", {}, None, ["No tie is left", "2 tie to oneself"]),
    ("R03", "web page", "<!DOCTYPE html>\n<html><body>Sign in</body></html>", {}, None, ["web page", "log in"]),
    ("R03", "web page, whatever the call says", "<html></html>", {"kind": "edge_csv"}, None, ["web page"]),
    ("R04", "workbook", zip_of("[Content_Types].xml", "xl/workbook.xml"), {}, None, ["Excel", "CSV UTF-8"]),
    ("R04", "document", zip_of("word/document.xml"), {}, None, ["document", "source and target"]),
    ("R04", "Slack", zip_of("users.json", "channels.json"), {}, None, ["Slack"]),
    ("R04", "zip", zip_of("one.csv", "two.csv"), {}, None, ["which file", "Unpack"]),
    ("R04", "old Excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), {}, None, ["old Office", "CSV UTF-8"]),
    ("R05", "PDF", b"%PDF-1.7\n%\xe2\xe3", {}, None, ["PDF", "CSV"]),
    ("R05", "Outlook mailbox", b"!BDN" + bytes(60), {}, None, ["Outlook", "Export"]),
    ("R05", "PNG", b"\x89PNG\r\n\x1a\n" + bytes(20), {}, None, ["picture", "source and target"]),
    ("R05", "JPEG", b"\xff\xd8\xff\xe0" + bytes(20), {}, None, ["picture"]),
    ("R05", "SVG", "<?xml version='1.0'?><svg></svg>", {}, None, ["drawing"]),
    ("R05", "gzip", gzip.compress(b"source,target\nA,B\n"), {}, None, ["compressed", "Unpack"]),
    ("R05", "SQLite", database(), {}, None, ["database", "Export"]),
    *(
        ("R05", f"pickle {protocol}", pickle.dumps({"a": [1, 2]}, protocol), {}, None, ["pickle", "never"])
        for protocol in (2, 3, 4, 5)
    ),
    ("R07", "header or not", "Ann,Bo\n", {}, 1, ["names the columns or is a tie", "header=True", "header=False"]),
    ("R07", "two pairs", "source,target,from,to\nA,B,C,D\n", {}, 1, ["'from' and 'to'", 'source="source"']),
    ("R07", "two weights", "source,target,value,count\nA,B,1,2\n", {}, 1, ["'value' and 'count'", 'weight="value"']),
    ("R07", "UCINET", "dl n=4 format=edgelist1\n", {}, None, ["UCINET"]),
    ("R07", "half an e-mail", "Received: from x\nTo: ann@example.org\n", {}, None, ["single e-mail", "mbox"]),
    ("R07", "Kumu", '{"elements": [], "connections": []}', {}, None, ["Kumu", "connections as CSV"]),
    ("R07", "LinkedIn's invitations", "From,To,Sent At,Message,Direction\nAnn,Me,1/2/24,hi,INCOMING\n", {}, None,
     ["invitations", "Connections.csv"]),
    ("R07", "messages", "From,To,Date,Subject,Content\nAnn,Me,2017-01-02,x,y\n", {}, None, ["messages", "count"]),
    ("R07", "a table of Network Canvas", "nodeID,networkCanvasUUID,name\n1,a,Ann\n", {}, None, ["whole export"]),
    ("R07", "LDIF", "dn: cn=Ann Lee,mail=ann@example.org\ncn: Ann Lee\n", {}, None, ["LDIF", "vCard"]),
    ("R07", "an unknown address book", "Etunimi;Sukunimi;Sähköposti\nA;B;a@example.org\n", {}, 1,
     ["address book", "vCard"]),
    ("R07", "another, told to be ties", "Vezetéknév,E-mail cím\nA,a@example.org\n", {"kind": "edge_csv"}, 1,
     ["address book"]),
    ("R07", "a third, with several addresses", "Nazwa;Firma;Poczta e-mail;e-mail 2\nA;B;a@example.org;\n", {}, 1,
     ["address book"]),
    ("R14", "two people with addresses", "Sender name,Sender mail,Recipient name,Recipient mail\nA,a@b.org,B,b@b.org\n",
     {}, 1, ["which two columns"]),
    ("R07", "an e-mail from its second line", "From: a@example.org\nTo: b@example.org\n\nhi\n", {}, None,
     ["single e-mail"]),
    ("R07", "who takes part in what", ",E1,E2\nAnn,1,0\nBo,x,1\n", {}, 1, ["takes part", "a line for each cell"]),
    ("R07", "several contacts in a line", "name,contact1,contact2\nAnn,Bo,Cy\nBo,Cy,\n", {}, 1, ["several contacts"]),
    ("R07", "answers to a form", 'Timestamp,Your name,Whom do you ask?\n2024-01-01,Ann,"Bo;Cy"\n', {}, 1,
     ["form", "a line for each"]),
    ("R07", "people with details", "name,department,age\nAnn,x,3\nBo,y,4\n", {}, 1, ["list of people"]),
    ("R07", "XML", "<?xml version='1.0'?><opml/>", {}, None, ["file of tags"]),
    ("R07", "matrix, as an edge list", ",A,B,C\nA,0,1,0\nB,1,0,2\nC,0,2,0\n", {"kind": "edge_csv"}, 1,
     ["matrix", 'kind="adjacency_csv"']),
    ("R07", "WhatsApp", "12/03/2024, 10:15 - Ann: hello\n", {}, None, ["WhatsApp"]),
    ("R07", "people", "id,label,group\nA,Ann,x\nB,Bo,y\n", {}, 1, ["list of people", "file of ties"]),
    ("R07", "several relations", "source,target,relation\nA,B,advice\nA,B,trust\n", {}, None, ["2 networks apart"]),
    ("R07", "bytes", bytes(range(1, 9)) * 40, {}, None, ["no text"]),
    ("R08", "neither UTF-8 nor cp1252", b"source,target\nA,B\nC\x81,D\n", {}, 3, ["neither UTF-8", "encoding="]),
    ("R08", "not what the call says", "source,target\nA,Zoë\n".encode("cp1252"), {"encoding": "utf-8"}, 2,
     ['encoding="utf-8" does not fit', "CSV UTF-8"]),
    ("R08", "UTF-16 without mark", (HEADER + "A,B,1\n").encode("utf-16-le"), {}, None, ['encoding="utf-16-le"']),
    ("R10", "NUL in a name", HEADER + "A,B,1\nC\0c,D,1\n", {}, 3, ["column source", "neither seen nor typed", "anew"]),
    ("R10", "only NUL", HEADER + "A,B,1\n\0,D,1\n", {}, 3, ["neither seen nor typed"]),
    ("R10", "line separator", HEADER + "A,B,1\nC,D\u2028d,1\n", {}, 3, ["column target"]),
    ("R11", "two separators", "A,B|C\nB,C|A\n", {}, None, ["a comma or a bar", 'delimiter=","']),
    ("R11", "one cell a line", "Ann Bo\nBo Cy\n", {}, None, ["one cell in each line", 'delimiter=" "']),
    ("R11", "wrong separator told", "Ann,Bo\nBo,Cy\n", {"delimiter": ";"}, 1, ["semicolon", "one cell"]),
    ("R13", "unclosed quote", HEADER + 'A,B,1\n"C,D,1\nE,F,1\n', {}, 3, ["swallows everything up to line 4", "Close"]),
    ("R13", "quote closed by the next", HEADER + 'A,B,1\n"C,D,1\n"E,F,1\n', {}, 3, ["quotation mark opens here"]),
    ("R13", "quote closed later", HEADER + 'A,B,1\n"C\nD",E,1\nF,G,1\n', {}, 3, ["swallows", "column source"]),
    ("R14", "typing mistake", "sorce,target,weight\nA,B,1\n", {}, 1,
     ["'sorce', 'target', 'weight'", "'sorce' is close to 'source'", 'source="sorce", target="target"']),
    ("R14", "typing mistake in two columns", "source,tagret\nA,B\n", {}, 1, ["'tagret' is close to", "header=False"]),
    ("R14", "other names", "Name,Friend,since\nAnn,Bo,x\n", {}, 1, ["'Name', 'Friend', 'since'", 'source="Name"']),
    ("R14", "no header, four columns", "A,B,x,y\nB,C,x,y\n", {}, 1, ["no header", "source and target"]),
    ("R14", "column not there", HEADER + "A,B,1\n", {"weight": "weihgt"}, 1, ["'weihgt'", "nearest is 'weight'"]),
    ("R14", "one column twice", HEADER + "A,B,1\n", {"source": "source", "target": "source"}, 1, ["same column"]),
    ("R14", "rating without weights", "source,target\nA,B\n", {"unit": "rating"}, None, ["no weights", "weight="]),
    ("R15", "one name twice", "source,target,weight,weight\nA,B,1,2\n", {}, 1, ["column weight", "2 columns"]),
    ("R18", "spreadsheet damage", HEADER + "A,B,1\n1.2E+11,B,1\n", {}, 3, ["'1.2E+11'", "as text"]),
    ("R18", "spreadsheet damage with a comma", "source;target\nA;1,2E+11\n", {}, 2, ["'1,2E+11'", "column target"]),
    ("R24", "unequal ratings", HEADER + "A,B,1\nC,D,3\nA,B,2\n", {"directed": True}, 4,
     ["weight 2 here and 1 on line 2", 'unit="count"']),
    ("R25", "unequal directions", HEADER + "A,B,1\nC,D,3\nB,A,2\n", {"directed": False}, 4,
     ["weight 2 here and 1 on line 2", "other way round", "directed=True"]),
    ("R26", "word", HEADER + "A,B,1\nB,C,often\nC,D,often\n", {}, 3, ["'often' (and 1 more like it)", "not a number"]),
    ("R26", "NA", HEADER + "A,B,1\nB,C,NA\n", {}, 3, ["'NA'", "leave the cell empty"]),
    ("R26", "currency", HEADER + "A,B,€5\n", {}, 2, ["not a number"]),
    ("R26", "underscore", HEADER + "A,B,1_000\n", {}, 2, ["not a number"]),
    ("R26", "point where a comma was said", "source;target;weight\nA;B;0.5\n", {"decimal": ","}, 2, ["decimal=','"]),
    ("R26", "fraction of a contact", HEADER + "A,B,1.5\n", {"unit": "count"}, 2, ["whole number", 'unit="rating"']),
    ("R27", "NaN", HEADER + "A,B,1\nB,C,NaN\n", {}, 3, ["'NaN'", "finite"]),
    ("R27", "infinite", HEADER + "A,B,-inf\n", {}, 2, ["finite"]),
    ("R27", "too large for a number", HEADER + "A,B,1e999\n", {}, 2, ["finite"]),
    ("R27", "too large for a count", HEADER + "A,B,1\nA,C,1e300\n", {"unit": "count"}, 3, ["that many"]),
    ("R28", "negative", HEADER + "A,B,1\nB,C,-2\n", {}, 3, ["'-2'", "file of their own"]),
    ("R28", "negative with a typographic minus", HEADER + "A,B,\u22122\n", {}, 2, ["negative"]),
    ("R30", "some missing", HEADER + "A,B,1\nB,C,\nC,D,\n", {}, 3,
     ["2 of 3 ties have no weight", "missing_weight=1", 'missing_weight="drop"']),
    ("R30", "missing, with its cell", HEADER + GOOD + "A,B\n", {}, 11,
     ["1 of 10 ties has no weight", "missing_weight=1"]),
    ("R32", "ambiguous comma", 'source;target;weight\nA;B;1\nB;C;1,500\n', {}, 3,
     ["column weight: I found '1,500'. It could mean 1.5 or 1500.", 'decimal=","', 'decimal="."']),
    ("R32", "ambiguous point", "source;target;weight\nA;B;0,5\nB;C;1.500\n", {}, 3, ["1.5 or 1500"]),
    ("R32", "both ways", "source;target;weight\nA;B;0,5\nB;C;2.5\n", {}, 2, ["'2.5'", "one way"]),
    ("R33", "outside the scale", HEADER + "A,B,3\nB,C,6\n", {"scale_max": 5}, 3, ["ends at 5", "scale_max=6.0"]),
    ("R33", "too small to tell from 0", HEADER + "A,B,1e300\nB,C,1e-300\n", {"unit": "rating"}, 3, ["too small"]),
    ("R36", "a fifth and more lost", HEADER + GOOD + "A\n,B,1\nC,\n", {}, 11,
     ["3 of 12 lines", "more than a fifth",
      "row of another length (1 line, first on line 11)", "empty name (2 lines, first on line 12)"]),
    ("R36", "decimal commas between commas", HEADER + "A,B,0,5\nB,C,1,5\n", {}, 2, ["semicolons"]),
    ("R38", "cut in mid-letter", HEADER.encode("utf-16")[:-1], {}, 1, ["end is missing", "Download"]),
    ("R38", "cut zip", zip_of("a.csv")[:40], {}, None, ["ends too early", "again"]),
    ("R40", "both orders", "source,target\nA,B\nB,C\nB,A\n", {}, 4, ["on line 2", "directed=True", "directed=False"]),
    ("R40", "mixed", "Source,Target,Type\nA,B,Directed\nB,C,Undirected\n", {}, None,
     ["column Type", "some undirected", "directed=False"]),
    ("R42", "not there", HEADER + GOOD, {"me": "Zed"}, None, ["'P1' on line 2 (2 ties)", "exactly as in the file"]),
    ("R42", "other capitals", HEADER + GOOD, {"me": "p3"}, None, ["nearest name, 'P3', stands on line 4"]),
    ("R44", "error in a weight", HEADER + "A,B,1\nB,C,#REF!\n", {}, 3, ["'#REF!'", "formula"]),
    ("R44", "error in a name", HEADER + "A,B,1\n#DIV/0!,C,1\n", {}, 3, ["column source", "formula"]),
    ("R45", "large file", HEADER + GOOD, {"limits": Limits(megabytes=0.00005)}, None, ["MB", "megabytes="]),
    ("R45", "many people", HEADER + GOOD, {"limits": Limits(nodes=4)}, 5, ["4 people", "nodes=8"]),
    ("R45", "many ties", HEADER + GOOD, {"limits": Limits(ties=4)}, 6, ["4 lines", "ties=8"]),
    ("R45", "long cell", HEADER + "A,B,1\nA," + "x" * 99 + ",1\n", {"limits": Limits(field_characters=50)}, 3,
     ["50 characters", "field_characters="]),
    ("R45", "long name", HEADER + "A,B,1\nA," + "x" * 201 + ",1\n", {}, 3, ["200 characters", "cannot be raised"]),
    ("R46", "too slow", HEADER + GOOD, {"limits": Limits(seconds=0)}, None, ["longer than 0 seconds", "seconds="]),
]  # fmt: skip

ACCEPTED = [
    # code, severity, what, content, settings, line, words, ties (source, target, weight; None: no weight)
    ("R08", "warning", "cp1252", "source,target\nA,B\nA,Zoë\n".encode("cp1252"), {}, 3, ["'…oë…'", "encoding="],
     [("A", "B", None), ("A", "Zoë", None)]),
    ("R08", "warning", "letters lost before", "source,target\nA,M\ufffdller\n", {}, 2, ["lost a letter"],
     [("A", "M\ufffdller", None)]),
    ("R09", "note", "UTF-8 with mark", "source,target\nA,Zoë\n".encode("utf-8-sig"), {}, None, ["UTF-8"],
     [("A", "Zoë", None)]),
    ("R09", "note", "UTF-16", "source,target\nA,Zoë\n".encode("utf-16"), {}, None, ["UTF-16"], [("A", "Zoë", None)]),
    ("R09", "note", "UTF-32", "source,target\nA,Zoë\n".encode("utf-32"), {}, None, ["UTF-32"], [("A", "Zoë", None)]),
    ("R09", "note", "CR alone", "source,target\rA,B\rB,C\r", {}, None, ["Macintosh"],
     [("A", "B", None), ("B", "C", None)]),
    ("R10", "warning", "mark that turns text", "source,target\nA,B\nA,C\u202ed\n", {}, 3, ["label"],
     [("A", "B", None), ("A", "C\u202ed", None)]),
    *(
        ("R11", "note", word, f"source{mark}target{mark}weight\nA{mark}B{mark}2\n", {}, None, [word], [("A", "B", 2)])
        for mark, word in ((";", "semicolon"), ("\t", "tab"), ("|", "bar"))
    ),
    ("R12", "note", "empty cells at the end", HEADER + "A,B,2,,\nB,C,3\n", {}, 2, ["ignored"],
     [("A", "B", 2), ("B", "C", 3)]),
    ("R12", "note", "cells missing at the end", "source,target,remark,since\nA,B,hm\nB,C\nC,D,hm,2024\n", {}, 2,
     ["are missing", "took them for empty"], [("A", "B", None), ("B", "C", None), ("C", "D", None)]),
    ("R12", "note", "a weight missing, as told", HEADER + "A,B\n" + GOOD, {"missing_weight": 1}, 2, ["are missing"],
     [("A", "B", 1), *((f"P{k}", f"P{k + 1}", 2) for k in range(9))]),
    ("R12", "warning", "one person alone", "weight,source,target\n2,A\n" + "".join(
        f"2,P{k},P{k + 1}\n" for k in range(9)), {}, 2, ["left it out (1 such line)", "separator"],
     [(f"P{k}", f"P{k + 1}", 2) for k in range(9)]),
    ("R12", "warning", "more cells than columns", HEADER + "A,B,1,9\n" + GOOD, {}, 2, ["left it out (1 such line)"],
     [(f"P{k}", f"P{k + 1}", 2) for k in range(9)]),
    ("R16", "warning", "empty name", HEADER + GOOD + "A, ,2\n", {}, 11, ["lacks one of its two people", "Fill in"],
     [(f"P{k}", f"P{k + 1}", 2) for k in range(9)]),
    ("R17", "note", "NA, None and null", "source,target\nNA,None\nnull,nan\n", {}, 2, ["'NA' (and 3 more", "name"],
     [("NA", "None", None), ("null", "nan", None)]),
    ("R18", "note", "zeros and long numbers", "source,target\n007,7\n7,123456789012345678\n", {}, 2, ["every digit"],
     [("007", "7", None), ("7", "123456789012345678", None)]),
    ("R21", "warning", "capitals, spaces, accents", "source,target\nAnn Lee,José\nBo,ann  lee\nBo,Jose\n", {}, 3,
     ["2 pairs", "'An…' on line 2 and 'an…' on line 3", "in one way"],
     [("Ann Lee", "José", None), ("Bo", "ann  lee", None), ("Bo", "Jose", None)]),
    ("R22", "note", "people from ties", "source,target\nA,B\n", {}, None, ["2 people"], [("A", "B", None)]),
    ("R23", "warning", "self-tie", HEADER + "A,A,9\nA,B,2\n", {}, 2, ["1 line from a person to the same person"],
     [("A", "B", 2)]),
    ("R24", "warning", "counts added", HEADER + "A,B,20\nA,C,5\nA,B,30\n", {}, 4, ["added up"],
     [("A", "B", 50), ("A", "C", 5)]),
    ("R24", "warning", "equal ratings", HEADER + "A,B,2\nA,C,5\nA,B,2\n", {}, 4, ["kept each tie once"],
     [("A", "B", 2), ("A", "C", 5)]),
    ("R24", "warning", "ties without weight", "source,target\nA,B\nA,B\n", {}, 3, ['unit="count"'], [("A", "B", None)]),
    ("R24", "warning", "lines counted", "source,target\nA,B\nA,B\n", {"unit": "count"}, 3, ["added"], [("A", "B", 2)]),
    ("R25", "warning", "both ways, equal", HEADER + "A,B,2\nA,C,5\nB,A,2\n", {"directed": False}, 4, ["one of the two"],
     [("A", "B", 2), ("A", "C", 5)]),
    ("R29", "warning", "zero", HEADER + "A,B,2\nA,C,0\n", {}, 3, ["means no tie"], [("A", "B", 2)]),
    ("R30", "warning", "missing filled", HEADER + "A,B,2\nA,C,\n", {"missing_weight": 3}, 3, ["read 3, as you said"],
     [("A", "B", 2), ("A", "C", 3)]),
    ("R30", "warning", "missing dropped", HEADER + "A,B,2\nA,C,\n", {"missing_weight": "drop"}, 3, ["left them out"],
     [("A", "B", 2)]),
    ("R31", "note", "all missing", HEADER + "A,B,\nA,C,\n", {}, None, ["column of weights is empty"],
     [("A", "B", None), ("A", "C", None)]),
    ("R31", "note", "no weights", "source,target\nA,B\n", {}, None, ["no column holds weights"], [("A", "B", None)]),
    ("R32", "warning", "decimal comma", "source;target;weight\nA;B;0,5\nA;C;1,500\nA;D;2\n", {}, 2,
     ["'0,5' (and 1 more like it)", "read it as 0.5"], [("A", "B", 0.5), ("A", "C", 1.5), ("A", "D", 2)]),
    ("R32", "warning", "thousands", 'source,target,weight\nA,B,"1,234,567"\nA,C,"1,500"\n', {}, 2, ["as 1.23457e+06"],
     [("A", "B", 1234567), ("A", "C", 1500)]),
    ("R40", "warning", "undeclared", "source,target\nB,A\n", {}, None, ["shared by both", "directed=True"],
     [("B", "A", None)]),
    ("R43", "warning", "contacts only", "source,target\nA,B\nA,C\nD,A\n", {}, None, ["one person's contacts"],
     [("A", "B", None), ("A", "C", None), ("A", "D", None)]),
    ("R07", "note", "no header", "A,B,2\nB,C,3\n", {}, 1, ["no header", "header=True"], [("A", "B", 2), ("B", "C", 3)]),
    ("N01", "note", "unit", HEADER + "A,B,2\n", {}, None, ["ratings", 'unit="count"'], [("A", "B", 2)]),
    ("N02", "note", "other columns", "source,target,trust,notes\nA,B,2,hm\n", {}, None,
     ["'trust', 'notes'", 'weight="trust"'], [("A", "B", None)]),
]  # fmt: skip


ELSEWHERE = [
    # code, severity, what, name of the file, content (a mapping: a folder), settings, line, words of the message
    ("R19", "warning", "somebody twice alike", "n.graphml", ml(A, A, B, AB), {}, 6,
     ["twice with the same", "kept once"]),
    ("R19", "warning", "a contact twice", "c.csv", LINKEDIN + ANN + ANN, {}, 3, ["1 entry of people listed before"]),
    ("R20", "reject", "an id with other details", "n.graphml",
     ml(A, A.replace("/>", "><data key='d0'>X</data></node>"), B), {}, 6,
     ["'a'", "on line 5 with other details", "an id of its own"]),
    ("R20", "reject", "a code with other details", "own", {"people.csv": "code,group\nA,x\nB,x\nA,y\n", "ties.csv": ""},
     {}, 4, ["on line 2 with other details", "a code of their own"]),
    ("R34", "reject", "day or month", "c.csv",
     LINKEDIN + ANN + ANN.replace("annlee", "x").replace("12 Mar 2024", "1/2/2020"), {}, 3,
     ["column Connected On: I found '1/2/2020'", 'date_order="dmy"', 'date_order="mdy"']),
    ("R34", "reject", "a day in other order", "own", {"people.csv": "code\nA\nB\n",
     "ties.csv": "source,target,last_contact\nA,B,31.1.2026\n"}, {}, 2, ["'31.1.2026'", "like 2026-01-31"]),
    ("R35", "warning", "a date that cannot be", "c.csv", LINKEDIN + ANN.replace("12 Mar", "31 Feb"), {}, 2,
     ["'31 Feb 2024'", "kept 1 record without a date"]),
    ("R37", "reject", "more people than declared", "n.net", NET.replace("3", "2", 1) + "*Edges\n1 2\n", {}, 4,
     ["'3'", "numbers 1 to 2", "Save the network again"]),
    ("R39", "reject", "a tie among three", "n.graphml", ml(A, B, '<hyperedge><endpoint node="a"/></hyperedge>'), {},
     7, ["more than two people", "Turn it into ties between two"]),
    ("R39", "reject", "a network within a person", "n.graphml",
     ml('<node id="a"><graph edgedefault="directed"/></node>'), {}, 5,
     ["one within another", "Save each in a file of its own"]),
    ("R41", "warning", "people without ties", "own", {"people.csv": "code\nA\nB\n"}, {}, None,
     ["no ties.csv beside it", "Fill in who knows whom"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "severity", "what", "name", "content", "settings", "line", "words"),
    ELSEWHERE,
    ids=[f"{row[0]}-{row[2]}" for row in ELSEWHERE],
)
def test_what_happens_in_other_files_only_has_outcome_line_and_hint_too(
    tmp_path, code, severity, what, name, content, settings, line, words
):
    path = File("", "", what, content, name, "").write(tmp_path)
    if severity == "reject":
        with pytest.raises(ReadError) as caught:
            read(path, **settings)
        report = caught.value.report
    else:
        report = read(path, **settings).report
        with pytest.raises(ReadError, match="strict=True"):
            read(path, strict=True, **settings)
    (problem,) = [problem for problem in report.of(severity) if problem.code == code]
    assert problem.row == line
    for word in words:
        assert word in str(problem)


@pytest.mark.parametrize(
    ("code", "what", "content", "settings", "line", "words"), REFUSED, ids=[f"{row[0]}-{row[1]}" for row in REFUSED]
)
def test_is_refused_with_code_line_and_hint(refused, code, what, content, settings, line, words):
    problem = refused(content, **settings)
    assert (problem.code, problem.row) == (code, line)
    for word in words:
        assert word in str(problem)


@pytest.mark.parametrize(
    ("code", "severity", "what", "content", "settings", "line", "words", "ties"),
    ACCEPTED,
    ids=[f"{row[0]}-{row[2]}" for row in ACCEPTED],
)
def test_is_accepted_and_told_with_line_and_hint(reading, code, severity, what, content, settings, line, words, ties):
    network = reading(content, **settings)
    told = [problem for problem in network.report.problems if (problem.code, problem.severity) == (code, severity)]
    assert len(told) == 1, [str(problem) for problem in network.report.problems]
    assert told[0].row == line
    for word in words:
        assert word in str(told[0])
    weights = [None if weight != weight else weight for weight in network.ties["weight"]]
    assert list(zip(network.ties["source"], network.ties["target"], weights, strict=True)) == ties


@pytest.mark.parametrize(
    ("code", "severity", "what", "content", "settings", "line", "words", "ties"),
    [row for row in ACCEPTED if row[1] == "warning"],
    ids=[f"{row[0]}-{row[2]}" for row in ACCEPTED if row[1] == "warning"],
)
def test_strict_refuses_what_would_be_a_warning(refused, code, severity, what, content, settings, line, words, ties):
    declared = {} if code == "R40" else {"directed": True}  # or else R40 would be the first of two
    problem = refused(content, strict=True, **{**declared, **settings})
    assert (problem.code, problem.row) == (code, line)
    assert "strict=True" in str(problem)


def test_every_code_that_can_happen_in_an_edge_list_has_a_test():
    elsewhere = {"R01", "R06", "R47"}  # test_reading.py: they need a folder, another name, a hub
    tested = {row[0] for row in REFUSED} | {row[0] for row in ACCEPTED} | elsewhere
    assert {f"R{k:02}" for k in range(1, 48)} - tested == NOT_IN_EDGE_LISTS


def test_every_other_code_has_a_test_of_its_own():
    assert {row[0] for row in ELSEWHERE} == NOT_IN_EDGE_LISTS
