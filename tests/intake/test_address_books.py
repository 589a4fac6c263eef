"""What is read of an entry in an address book: the right part, of the right person, in every language that is known."""

import pytest
from tests.intake.corpus.address_books import LINKEDIN, MESSAGES, URL, archive, card, message

from tertius.errors import Caveat

PARTS = ["label", "organisation", "role", "group", "location"]

TABLES = {
    "French, with the work after the company": (
        '"Titre","Prénom","Nom","Société","Service","Titre","Ville (bureau)","Adresse de messagerie","Catégories"\n'
        '"M.","Éric","Roux","Acme","","PDG","Lyon","eric@example.org","Amis"\n',
        ["Éric Roux", "Acme", "PDG", "Amis", "Lyon"],
    ),
    "French, with the salutation after the name": (
        "Prénom,Nom,Titre,Adresse e-mail,Société,Fonction\nÉric,Roux,M.,eric@example.org,Acme,PDG\n",
        ["Éric Roux", "Acme", "PDG", "", ""],
    ),
    "French, with a salutation only": (
        "Titre,Prénom,Nom,Société,Adresse de messagerie\nM.,Éric,Roux,Acme,eric@example.org\n",
        ["Éric Roux", "Acme", "", "", ""],
    ),
    "Italian": (
        "Titolo,Nome,Cognome,Società,Posizione,Città (uff.),Indirizzo posta elettronica,Categorie\n"
        "Dott.,Gio,Rossi,Acme,Capo,Roma,gio@example.org,Amici\n",
        ["Gio Rossi", "Acme", "Capo", "Amici", "Roma"],
    ),
    "Portuguese": (
        "Título,Nome,Segundo Nome,Sobrenome,Empresa,Cargo,Endereço de Email\nSr,Zé,,Sá,Acme,Chefe,ze@example.org\n",
        ["Zé Sá", "Acme", "Chefe", "", ""],
    ),
    "Thunderbird": (
        "First Name,Last Name,Display Name,Primary Email,Secondary Email,Job Title,Organization\n"
        "Ann,Lee,Ann,,ann@example.org,Chair,Acme\n",
        ["Ann Lee", "Acme", "Chair", "", ""],
    ),
    "Yahoo": (
        "First,Middle,Last,Nickname,Email,Category\nAnn,,Lee,,ann@example.org,\n",
        ["Ann Lee", "", "", "", ""],
    ),
}


def shown(network):
    """Everybody but the owner, with names."""
    with pytest.warns(Caveat, match="real names"):
        return network.with_names().nodes.iloc[1:]


@pytest.mark.parametrize(("content", "expected"), TABLES.values(), ids=TABLES)
def test_each_part_of_an_entry_is_found_in_its_column(reading, content, expected):
    network = reading(content, "contacts.csv")
    assert network.report.kind == "outlook_contacts"
    assert shown(network)[PARTS].iloc[0].tolist() == expected
    assert "N03" not in [problem.code for problem in network.report.problems], "the address was not found"


def test_the_second_address_is_read_in_spanish(reading):
    head = "Nombre,Apellidos,Dirección de correo electrónico,Dirección del correo electrónico 2\n"
    network = reading(head + "Iñigo,Ruiz,,i@example.org\n", "contactos.csv")
    assert "N03" not in [problem.code for problem in network.report.problems]


@pytest.mark.parametrize(
    ("head", "day", "expected"),
    [
        ("Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Connexion le", "21 févr. 2024", "2024-02-21"),
        ("Förnamn,Efternamn,URL,E-postadress,Företag,Befattning,Ansluten den", "3 maj 2024", "2024-05-03"),
        ("Imię,Nazwisko,URL,Adres e-mail,Firma,Stanowisko,Data", "21 sie 2024", "2024-08-21"),
        ("Ad,Soyad,URL,E-posta,Şirket,Unvan,Tarih", "21 Ağu 2024", "2024-08-21"),
        ("First Name,Last Name,URL,Email Address,Company,Position,Since", "2024年5月3日", "2024-05-03"),
    ],
)
def test_connections_in_other_languages_have_their_day(reading, head, day, expected):
    network = reading(f"{head}\nÉa,Öz,https://www.linkedin.com/in/x,,Acme,Chair,{day}\n", "Connections.csv")
    assert network.report.kind == "linkedin_connections"
    assert network.ties["first_contact"].tolist() == [expected]
    assert shown(network)[["label", "organisation", "role"]].iloc[0].tolist() == ["Éa Öz", "Acme", "Chair"]


def test_connections_without_a_day_that_can_be_read_are_told(reading):
    head = "Nome,Cognome,URL,Azienda,Posizione,Data\n"
    network = reading(f"{head}Gio,Rossi,https://www.linkedin.com/in/x,Acme,Capo,ieri\n", "Connections.csv")
    assert network.ties["first_contact"].tolist() == [""]
    assert "R35" in [problem.code for problem in network.report.of("warning")]


def test_labels_of_google_and_cards_of_groups_are_nobody(reading):
    ann = card("FN:Ann", "EMAIL:ann@example.org", "CATEGORIES:myContacts,starred,* myContacts,Team")
    groups = card("FN:Team", "item1.X-ADDRESSBOOKSERVER-KIND:group") + card("KIND;X=1:Location", "FN:Hall")
    network = reading(ann + groups, "c.vcf")
    assert shown(network)[["label", "group"]].to_numpy().tolist() == [["Ann", "Team"]]
    assert network.report.skipped == {"card of a group or a place": 2}


def test_what_goes_on_in_a_remark_is_no_property(reading):
    remark = ("NOTE;ENCODING=QUOTED-PRINTABLE:met at=", "EMAIL:other@example.org=", "ORG:Beta", "ORG:Acme")
    network = reading(card("FN:Ann", *remark, version="2.1"), "c.vcf")
    assert shown(network)[["label", "organisation"]].to_numpy().tolist() == [["Ann", "Acme"]]
    assert "N03" in [problem.code for problem in network.report.problems]


def test_two_people_of_one_address_stay_two_unless_told(reading):
    cards = "".join(
        card(f"FN:{name}", "EMAIL:lee@example.org") for name in ("Ann Lee", "Bob Lee", "Lee\\, A.", "Bob Lee")
    )
    network = reading(cards, "c.vcf")
    assert shown(network)["label"].tolist() == ["Ann Lee", "Bob Lee"]
    assert network.report.skipped == {"entry of somebody listed before": 2}
    (warning,) = (problem for problem in network.report.of("warning") if problem.code == "N04")
    both = network.nodes["id"].tolist()[1:]
    assert f"merge=[{both}]" in str(warning)
    assert len(reading(cards, "c.vcf", merge=[both]).nodes) == 2


def test_messages_of_who_shares_an_address_go_to_their_own_profile(reading):
    entries = LINKEDIN + "".join(
        f"{first},Lee,{URL}{first.lower()},lee@example.org,Acme,Chair,12 Mar 2024\n" for first in ("Ann", "Bob")
    )
    talk = MESSAGES + message("me", "bob", "2024-03-12") + message("me", "cy", "2024-03-12")
    network = reading(archive({"Connections.csv": entries, "messages.csv": talk}), "a.zip")
    of = {name: network.ties.loc[network.ties["relation"] == name, "target"].tolist() for name in ("listed", "contact")}
    ann, bob = of["listed"]
    assert bob in of["contact"]
    assert ann not in of["contact"]
