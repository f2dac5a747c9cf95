"""Terms from somebody's own table."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from network.thesaurus.models import Domain, Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "terms.csv"
        path.write_bytes(text.encode(encoding))
        return path

    Domain.objects.create(code="habitat", names={"en": "Habitats"})
    return write


def run(path, **options):
    out = StringIO()
    call_command("import_terms", path, stdout=out, **options)
    return out.getvalue()


def test_a_spreadsheets_table_is_taken_and_may_be_taken_again(table):
    path = table(
        "Domain;Code;Parent;EN;FR\nhabitat;reef;water;Reef;Récif\nhabitat;water;;Water;Eau\n", "cp1252"
    )
    assert "habitat: 2 added, 0 changed" in run(path)
    reef = Term.objects.get(domain="habitat", code="reef")
    assert reef.names == {"en": "Reef", "fr": "Récif"}
    assert reef.parent.code == "water"
    assert not reef.shipped
    assert "habitat: 0 added, 0 changed, 2 unchanged" in run(path)


def test_a_dry_run_changes_nothing(table):
    out = run(table("domain,code,en\nhabitat,reef,Reef\n"), dry_run=True)
    assert "1 added" in out
    assert "dry run" in out
    assert not Term.objects.filter(domain="habitat").exists()


def test_rows_that_cannot_be_taken_are_told_with_line_and_reason(table):
    out = run(
        table(
            "domain,code,parent,en\n"
            "nowhere,a,,A\n"
            "habitat,,,No code\n"
            "country,KE,,Kenia\n"
            "habitat,reef,,Reef\n"
            "habitat,reef,,Reef again\n"
            "habitat,bog,,\n"
            "habitat,fen,mire,Fen\n"
            'habitat,karst,un-region:africa,"Karst, caves"\n'
        )
    )
    for line, reason in {
        2: "no vocabulary 'nowhere'",
        3: "is not one",
        4: "comes with the network",
        6: "stands on line 5",
        7: "no name",
        8: "no broader term 'mire'",
    }.items():
        assert any(text.startswith(f"Line {line}:") and reason in text for text in out.splitlines()), (
            line,
            out,
        )
    assert "8 rows read, 6 rejected." in out
    assert set(Term.objects.filter(domain="habitat").values_list("code", flat=True)) == {"reef", "karst"}
    assert Term.objects.get(domain="country", code="KE").name == "Kenya"


@pytest.mark.parametrize(
    ("text", "reason"), [("a,b\n1,2\n", "no column code"), ("domain,code\nx,y\n", "no language")]
)
def test_a_table_without_the_columns_is_refused(table, text, reason):
    with pytest.raises(CommandError, match=reason):
        run(table(text))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(CommandError, match="no file"):
        run(tmp_path / "none.csv")
