"""Numbers in full Chinese numerals, as documents spell them."""


def spelled(number: int) -> str:
    """Return a number below a hundred million in full Chinese numerals."""
    if number >= 10_000:
        rest = number % 10_000
        return spelled(number // 10_000) + "万" + ("零" * (0 < rest < 1000) + spelled(rest) if rest else "")
    digits, units = "零一二三四五六七八九", ("千", "百", "十", "")
    places = [int(place) for place in f"{number:04}"]
    text = "".join(digits[place] + unit if place else "零" for place, unit in zip(places, units, strict=True))
    while "零零" in text:
        text = text.replace("零零", "零")
    return text.strip("零") or "零"
