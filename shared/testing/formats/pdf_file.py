"""PDF files put together by hand, so that a test can have on a page whatever it wants to."""

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

A4 = (595, 842)
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_PERMISSIONS = 0xFFFFFFFC
_IDENTITY = b"0123456789abcdef"
_FONTS = {
    # A type of the program that shows the file; its characters are named by Unicode, Latin ones are half as wide.
    "F": "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype"
    "/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500]>>]>>",
    # Glyph numbers that nothing gives names to.
    "N": "<</Type/Font/Subtype/Type0/BaseFont/Nameless/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype"
    "/CIDFontType2/BaseFont/Nameless/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>]>>",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its content, size, rotation, and what else its dictionary says (annotations); `form` draws it by a form."""

    content: str
    size: tuple[float, float] = A4
    rotate: int = 0
    form: bool = False
    fields: Sequence[tuple[tuple[float, float, float, float], str]] = ()  # filled-in fields: box, content
    image: bool = False  # a grey picture over the whole page, under the content


def text(x: float, y: float, size: float, printed: str, font: str = "F") -> str:
    """Return the operators that print a text from (x, y), the left end of its base line, counted from below."""
    return f"BT /{font} {size:g} Tf {x:g} {y:g} Td <{printed.encode('utf-16-be').hex()}> Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """Return the operators that draw a line."""
    return f"{x0:g} {y0:g} m {x1:g} {y1:g} l S\n"


def filled(x: float, y: float, width: float, height: float) -> str:
    """Return the operators that fill a rectangle."""
    return f"{x:g} {y:g} {width:g} {height:g} re f\n"


def stroked(x: float, y: float, width: float, height: float) -> str:
    """Return the operators that draw the outline of a rectangle."""
    return f"{x:g} {y:g} {width:g} {height:g} re S\n"


def picture(x: float, y: float, width: float, height: float) -> str:
    """Return the operators that paint a grey picture upon a rectangle."""
    return f"q {width:g} 0 0 {height:g} {x:g} {y:g} cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x60 EI Q\n"


@dataclass(slots=True)
class _File:
    """Objects by number; the first two are the catalogue and the tree of pages."""

    objects: list[bytes] = field(default_factory=lambda: [b"", b""])

    def add(self, content: str | bytes) -> int:
        self.objects.append(content.encode("latin-1") if isinstance(content, str) else content)
        return len(self.objects)

    def stream(self, content: bytes, dictionary: str = "", key: bytes | None = None) -> int:
        number = len(self.objects) + 1
        data = zlib.compress(content)
        if key is not None:
            data = rc4(hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10], data)
        head = f"<<{dictionary}/Filter/FlateDecode/Length {len(data)}>>stream\n".encode("latin-1")
        return self.add(head + data + b"\nendstream")

    def written(self, trailer: str = "") -> bytes:
        parts, at, places = [b"%PDF-1.6\n"], 9, []
        for number, content in enumerate(self.objects, 1):
            part = b"%d 0 obj\n%b\nendobj\n" % (number, content)
            places.append(at)
            parts.append(part)
            at += len(part)
        table = "".join(f"{place:010} 00000 n \n" for place in places)
        size = len(self.objects) + 1
        end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{at}\n%%EOF\n"
        return b"".join(parts) + end.encode("latin-1")


def document(sheets: Iterable[Sheet], *, password: str | None = None) -> bytes:
    """Return a file of these pages; `password` locks it ("" for one that anybody may open)."""
    file = _File()
    key, trailer = _lock(file, password) if password is not None else (None, "")
    fonts = "".join(f"/{name} {file.add(font)} 0 R" for name, font in _FONTS.items())
    resources = f"/Font<<{fonts}>>"
    pages = [_page(file, sheet, resources, key) for sheet in sheets]
    file.objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    kids = " ".join(f"{page} 0 R" for page in pages)
    file.objects[1] = f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode("latin-1")
    return file.written(trailer)


def _page(file: _File, sheet: Sheet, resources: str, key: bytes | None) -> int:
    wide, high = sheet.size
    box = f"[0 0 {wide:g} {high:g}]"
    content, objects = sheet.content, ""
    if sheet.form:
        half = f"/Type/XObject/Subtype/Form/BBox[0 0 {2 * wide:g} {2 * high:g}]/Matrix[.5 0 0 .5 0 0]/Resources<<{resources}>>"
        form = file.stream(f"2 0 0 2 0 0 cm\n{content}".encode("latin-1"), half, key)
        content, objects = "/X Do\n", f"/X {form} 0 R"
    if sheet.image:
        image = file.stream(
            b"\xc8", "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", key
        )
        content, objects = f"q {wide:g} 0 0 {high:g} 0 0 cm /I Do Q\n{content}", f"{objects}/I {image} 0 R"
    stream = file.stream(content.encode("latin-1"), "", key)
    notes = " ".join(f"{_field(file, place, shown, resources, key)} 0 R" for place, shown in sheet.fields)
    return file.add(
        f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Rotate {sheet.rotate}/Contents {stream} 0 R/Annots[{notes}]"
        f"/Resources<<{resources}/XObject<<{objects}>>>>>>"
    )


def _field(file: _File, box: tuple[float, float, float, float], shown: str, resources: str, key: bytes | None) -> int:
    left, bottom, right, top = box
    looks = f"/Type/XObject/Subtype/Form/BBox[0 0 {right - left:g} {top - bottom:g}]/Resources<<{resources}>>"
    form = file.stream(shown.encode("latin-1"), looks, key)
    place = f"[{left:g} {bottom:g} {right:g} {top:g}]"
    return file.add(f"<</Type/Annot/Subtype/Widget/FT/Tx/F 4/Rect{place}/AP<</N {form} 0 R>>>>")


def rc4(key: bytes, data: bytes) -> bytes:
    """Return the data encrypted, or decrypted, as the oldest protection of PDF does it (ISO 32000-1, 7.6.2)."""
    state = list(range(256))
    mixed = 0
    for number in range(256):
        mixed = (mixed + state[number] + key[number % len(key)]) % 256
        state[number], state[mixed] = state[mixed], state[number]
    result = bytearray()
    one = other = 0
    for byte in data:
        one = (one + 1) % 256
        other = (other + state[one]) % 256
        state[one], state[other] = state[other], state[one]
        result.append(byte ^ state[(state[one] + state[other]) % 256])
    return bytes(result)


def _lock(file: _File, password: str) -> tuple[bytes, str]:
    """Return the key of a file and what its trailer says of it (ISO 32000-1, algorithms 2 to 4, revision 2)."""
    padded = (password.encode("latin-1") + _PADDING)[:32]
    owner = rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + _PERMISSIONS.to_bytes(4, "little") + _IDENTITY).digest()[:5]
    user = rc4(key, _PADDING)
    rights = _PERMISSIONS - 2**32
    lock = file.add(f"<</Filter/Standard/V 1/R 2/O<{owner.hex()}>/U<{user.hex()}>/P {rights}>>")
    return key, f"/Encrypt {lock} 0 R/ID[<{_IDENTITY.hex()}><{_IDENTITY.hex()}>]"


def bomb(megabytes: int) -> bytes:
    """Return a small file whose page unpacks twice to so many megabytes of blanks."""
    file = _File()
    file.objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    data = zlib.compress(zlib.compress(b" " * (megabytes * 1024 * 1024), 9), 9)
    stream = file.add(b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%b\nendstream" % (len(data), data))
    page = file.add(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {stream} 0 R>>")
    file.objects[1] = f"<</Type/Pages/Count 1/Kids[{page} 0 R]>>".encode("latin-1")
    return file.written()
