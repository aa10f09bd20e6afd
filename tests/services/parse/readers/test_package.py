"""Packages: what is damaged, encrypted or made to exhaust is refused, quickly and by name."""

import io
import random
import zipfile

import pytest

from services.parse.document import Unreadable
from services.parse.readers.package import Package, parse_xml
from shared.testing.archives import zipped


def code_of(refused, *arguments):
    """Return the code with which something is refused."""
    with pytest.raises(Unreadable) as why:
        refused(*arguments)
    return why.value.code


def test_members_are_found_as_word_finds_them():
    """Case, a leading stroke and Windows strokes do not matter; what is not there is None."""
    package = Package.of(zipped({"/Word\\Document.XML": b"<a/>"}))
    assert package.read("word/document.xml") == b"<a/>"
    assert package.xml("word/styles.xml") is None


def test_relationships_lead_from_the_part_that_names_them():
    """Targets count from the part's folder or from the root; an outside address stays as it is."""
    rels = """<Relationships xmlns="p"><Relationship Id="a" Type="http://x/styles" Target="../s.xml"/>
    <Relationship Id="b" Type="http://x/image" Target="/media/1.png"/><!-- c -->
    <Relationship Id="c" Type="http://x/hyperlink" Target="https://a.example/x" TargetMode="External"/></Relationships>"""
    package = Package.of(zipped({"word/_rels/document.xml.rels": rels.encode()}))
    related = package.related("word/document.xml")
    assert {name: tuple(part) for name, part in related.items()} == {
        "a": ("styles", "s.xml"),
        "b": ("image", "media/1.png"),
        "c": ("hyperlink", "https://a.example/x"),
    }
    assert package.related("other.xml") == {}
    assert package.main_part("word/document.xml") == "word/document.xml"


def test_a_damaged_package_says_so():
    """Cut off, or with a member that does not unpack to its checksum."""
    whole = zipped({"a": random.Random(1).randbytes(5000)})
    assert code_of(Package.of, whole[:3000]) == "damaged"
    broken = bytearray(whole)
    broken[2000] ^= 1
    assert code_of(Package.of(bytes(broken)).read, "a") == "damaged"


def test_an_encrypted_member_says_so():
    """The flag in the directory is enough."""
    whole = bytearray(zipped({"a": b"x"}))
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    assert code_of(Package.of(bytes(whole)).read, "a") == "encrypted"


def test_a_member_that_unpacks_to_too_much_is_not_unpacked():
    """Neither the stated size nor the packed one is believed: what is read is counted."""
    assert code_of(Package.of(zipped({"a": bytes(50_000_000)})).read, "a") == "refused_structure"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a", bytes(41 * 1024 * 1024))
    assert code_of(Package.of(packed.getvalue()).read, "a") == "refused_structure"


def test_all_members_together_are_bounded():
    """What is read of a package in all is counted too."""
    package = Package.of(zipped({"a": bytes(30 * 1024 * 1024)}, packed=False))
    assert [len(package.read("a") or b"") for _ in range(2)] == [30 * 1024 * 1024] * 2
    assert code_of(package.read, "a") == "refused_structure"


def test_too_many_members_are_refused():
    """More members than any report, and more than are even listed."""
    assert code_of(Package.of, zipped({str(number): b"" for number in range(2001)})) == "refused_structure"
    assert code_of(Package.of, b"PK\x03\x04" + b"PK\x01\x02" * 20_001) == "refused_structure"


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1/x"><a/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'.encode("utf-16"),
        b"<a>" * 300 + b"</a>" * 300,
        b"<a>" + b"x" * 10_000_001 + b"</a>",
        b"<a>" + b"<b/>" * 3_000_000 + b"</a>",
        b"<a>" + b"<b c='' d='' e=''/>" * 800_000 + b"</a>",
    ],
    ids=["entity", "outside", "file in UTF-16", "depth", "long text", "elements", "attributes"],
)
def test_xml_that_only_harms_is_refused(data):
    """No document types, no depth, no size beyond a report's."""
    assert code_of(parse_xml, data) == "refused_structure"


@pytest.mark.parametrize("data", [b"", b"x", b"<a><b></a>", b"<a>&x;</a>", b"\xff\xfe<"])
def test_broken_xml_is_damaged(data):
    """What is no XML says so."""
    assert code_of(parse_xml, data) == "damaged"


def test_many_attributes_of_one_element_end():
    """300 000 attributes of one tag take no quadratic time."""
    root = parse_xml(b"<a " + b" ".join(b'b%d=""' % number for number in range(300_000)) + b"/>")
    assert len(root.attrib) == 300_000
