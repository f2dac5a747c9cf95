"""What stands elsewhere comes in: BibTeX, DOIs, ORCID, cards and tables; and goes out again."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from network.experts import cards
from network.experts.bibliography import bibtex, works
from network.experts.enums import Field
from network.experts.models import ExpertProfile
from network.experts.values import value_of
from tests import people
from tests.experts.factories import published, term, write_profile

pytestmark = pytest.mark.django_db

BIBTEX = r"""
@article{a, title={Papyrus \& {\'e}tudes}, author={Wanjiru, Amina and Li, Xiaomei},
  year=2019, journal="J", doi={10.5555/ABC}}
@techreport{b, title={Reeds}, institution={UNEP}, date={2020-05}, url={javascript:alert(1)}}
@misc{c, note={no title}}
broken @@ {
"""
#: As pub.orcid.org answers, cut to what is read; nothing in it is a person's.
WORKS = {
    "group": [
        {
            "work-summary": [
                {
                    "title": {"title": {"value": "Papyrus margins"}},
                    "journal-title": {"value": "Journal of Imagined Wetlands"},
                    "publication-date": {"year": {"value": "2022"}, "month": None},
                    "external-ids": {
                        "external-id": [
                            {"external-id-type": "doi", "external-id-value": "https://doi.org/10.5555/PM"}
                        ]
                    },
                    "url": None,
                }
            ]
        },
        {"work-summary": [{"title": None, "external-ids": None}]},
    ]
}
EMPLOYMENTS = {
    "affiliation-group": [
        {
            "summaries": [
                {
                    "employment-summary": {
                        "department-name": "Ecology",
                        "role-title": "Scientist",
                        "organization": {"name": "Kenya Wetlands Observatory"},
                        "end-date": None,
                    }
                },
                {"employment-summary": {"organization": {"name": "Former"}, "end-date": {"year": None}}},
            ]
        }
    ]
}
CROSSREF = {
    "message": {
        "title": ["Reeds &amp; people"],
        "author": [{"family": "Wanjiru", "given": "Amina"}, {"name": "The Reed Group"}],
        "container-title": ["Reed Letters"],
        "issued": {"date-parts": [[2021, 3]]},
    }
}


class Recorded(BaseHTTPRequestHandler):
    """Answers as the services do; anything else is not found, and one path leads away."""

    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        answers = {
            "/v3.0/0000-0002-1825-0097/works": WORKS,
            "/v3.0/0000-0002-1825-0097/employments": EMPLOYMENTS,
            "/works/10.5555/reeds": CROSSREF,
        }
        if self.path == "/works/10.5555/away":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/secret")
            self.end_headers()
            return
        answer = answers.get(self.path)
        content = json.dumps(answer).encode() if answer else b""
        self.send_response(200 if answer else 404)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def service(settings):
    server = HTTPServer(("127.0.0.1", 0), Recorded)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    base = f"http://127.0.0.1:{server.server_port}"
    settings.ORCID_API_URL, settings.DOI_API_URL = f"{base}/v3.0", f"{base}/works"
    Recorded.asked = []
    yield Recorded
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def member(client: Client) -> Client:
    return people.sign_in(client, people.member())


def held() -> list[dict]:
    return value_of(ExpertProfile.objects.get(user=people.member()), Field.PUBLICATIONS)


def test_bibtex_is_read_as_managers_write_it() -> None:
    first, second = bibtex.read(BIBTEX)
    assert first["title"] == "Papyrus & études"
    assert first["authors"] == "Wanjiru, Amina; Li, Xiaomei"
    assert (first["year"], first["doi"], first["venue"]) == (2019, "10.5555/abc", "J")
    assert (second["year"], second["venue"], second["url"]) == (2020, "UNEP", "")
    assert bibtex.read("no entries \x00 @") == []


def test_what_is_written_is_read_again() -> None:
    rows = bibtex.read(BIBTEX)
    rows.append(works.work("hand", title="湿地 } {", authors="李晓梅", year=2021))
    again = bibtex.read(bibtex.write(rows))
    assert [row["title"] for row in again] == ["Papyrus & études", "Reeds", "湿地"]
    assert {row["doi"] for row in again} == {"10.5555/abc", ""}


def test_the_same_work_is_taken_once() -> None:
    rows = bibtex.read(BIBTEX)
    other = rows[0] | {"title": "PAPYRUS & ETUDES", "doi": ""}
    assert works.merged(rows, [other, rows[1]]) == rows


def test_she_chooses_from_what_a_file_holds(member: Client) -> None:
    page = member.post("/experts/me/publications/bring/", {"from": "bibtex", "bibtex": BIBTEX})
    assert page.status_code == 200
    assert not ExpertProfile.objects.filter(publications__isnull=False).exists()
    first = page.context["works"][0]["packed"]
    member.post("/experts/me/publications/keep/", {"work": [first]})
    member.post("/experts/me/publications/keep/", {"work": [first]})
    assert [row["title"] for row in held()] == ["Papyrus & études"]
    other = people.sign_in(Client(), people.expert())
    other.post("/experts/me/publications/keep/", {"work": [first]})
    assert not ExpertProfile.objects.filter(user=people.expert(), publications__isnull=False).exists()
    assert "@article" in member.get("/experts/me/publications.bib").content.decode()


def test_nothing_in_a_file_is_said(member: Client) -> None:
    page = member.post("/experts/me/publications/bring/", {"from": "bibtex", "bibtex": "hello"})
    assert page.status_code == 422
    assert "hello" in page.content.decode()


def test_orcid_is_asked_only_with_her_leave(member: Client, service) -> None:
    write_profile(people.member(), name="Mo", orcid="0000-0002-1825-0097")
    refused = member.post("/experts/me/publications/bring/", {"from": "orcid"})
    assert refused.status_code == 422
    assert service.asked == []
    page = member.post("/experts/me/publications/bring/", {"from": "orcid", "leave": "on"})
    assert [one["line"] for one in page.context["works"]] == [
        "(2022). Papyrus margins. Journal of Imagined Wetlands."
    ]
    assert len(page.context["posts"]) == 1
    sent = {"work": [page.context["works"][0]["packed"]], "post": page.context["posts"][0]["packed"]}
    member.post("/experts/me/publications/keep/", sent)
    profile = ExpertProfile.objects.get(user=people.member())
    assert (profile.affiliation, profile.department) == ("Kenya Wetlands Observatory", "Ecology")
    assert held()[0]["doi"] == "10.5555/pm"


def test_a_doi_is_looked_up_at_one_host_and_no_other(member: Client, service) -> None:
    page = member.post("/experts/me/publications/bring/", {"from": "doi", "dois": "doi:10.5555/Reeds"})
    line = page.context["works"][0]["line"]
    assert line == "Wanjiru, Amina; The Reed Group (2021). Reeds &amp; people. Reed Letters."
    for wrong in ("10.5555/away", "10.5555/unknown", "http://127.0.0.1/", "10.5555/../../x y"):
        answer = member.post("/experts/me/publications/bring/", {"from": "doi", "dois": wrong})
        assert answer.status_code == 422, wrong
    assert all(path.startswith("/works/10.5555/") for path in service.asked)


def test_a_service_that_is_down_is_said_so(member: Client, settings) -> None:
    settings.DOI_API_URL = "http://127.0.0.1:1/works"
    answer = member.post("/experts/me/publications/bring/", {"from": "doi", "dois": "10.5555/reeds"})
    assert answer.status_code == 422
    assert "does not answer" in answer.content.decode()


CARD = "\r\n".join(
    [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:العلوي;ليلى;;;",
        "FN:ليلى العلوي",
        "TITLE:Botanist",
        "ORG:Herbier;Mosses",
        "ADR:;;;Rabat;;;Maroc",
        "URL:https://orcid.org/0000-0002-1825-0097",
        "NOTE:Knows mosses.",
        "END:VCARD",
        "",
    ]
)


def upload(client: Client, content: bytes, name: str):
    return client.post("/experts/me/card/bring/", {"file": SimpleUploadedFile(name, content)})


def test_a_card_fills_in_what_she_ticks(member: Client) -> None:
    page = upload(member, CARD.encode(), "me.vcf")
    rows = {row["name"]: row for row in page.context["rows"]}
    assert rows["department"]["new"] == "Mosses"
    assert rows["country"]["new"] == "Morocco"
    chosen = [rows[name]["packed"] for name in ("name", "department", "country", "orcid")]
    member.post("/experts/me/card/keep/", {"field": chosen})
    profile = ExpertProfile.objects.select_related("user").get(user=people.member())
    assert profile.user.name == "ليلى العلوي"
    assert (profile.department, profile.orcid) == ("Mosses", "0000-0002-1825-0097")
    assert profile.country_id == term("country", "MA")
    assert profile.designation == ""


def test_a_table_with_one_row_does_too(member: Client) -> None:
    page = upload(member, "Nom;Pays;Langues\nÉlodie Ouédraogo;Burkina Faso;français\n".encode(), "moi.csv")
    told = {row["name"]: row["new"] for row in page.context["rows"]}
    assert told["country"] == "Burkina Faso"
    assert told["languages"] == "French"


@pytest.mark.parametrize("content", [b"", b"BEGIN:VCARD\nrubbish", b"\x00\x01", b"just words"])
def test_a_file_that_is_neither_is_refused(member: Client, content: bytes) -> None:
    assert upload(member, content, "x.vcf").status_code == 422


def test_her_card_holds_what_everyone_sees_and_her_address_only_if_she_asks(client: Client) -> None:
    published(people.expert(), name="Amina Wanjiru", designation="Hydrologist", seen_by={"designation": 2})
    people.sign_in(client, people.expert())
    plain = client.get("/experts/me/card/?get=card").content.decode()
    assert "Amina Wanjiru" in plain
    assert people.expert().email not in plain
    assert "Hydrologist" not in plain
    whole = client.get("/experts/me/card/?get=card&email=yes&all=yes").content.decode()
    assert people.expert().email in whole
    assert cards.read(whole.encode())["designation"] == "Hydrologist"
