"""Prints Sources/Gupy/CountryCodes.swift: libphonenumber's metadata, as far as gatilho needs it.

    pip install phonenumbers && python3 Tests/Phones/generate.py > Sources/Gupy/CountryCodes.swift
"""

import re
import textwrap

import phonenumbers
from phonenumbers.data import _COUNTRY_CODE_TO_REGION_CODE as CODES

# Kinds of numbers that a person may have; freephone and the like can receive nothing.
KINDS = ("mobile", "fixed_line", "voip", "personal_number", "pager")
# What people dial before a national number.
TRUNKS = ("0", "1", "01", "06", "8", "80")
# Written for decades, and abolished in 2019: an address book does not know.
BESIDE = {52: ["1", "01", "044", "045"]}


def metadata(code, region):
    if region == "001":
        return phonenumbers.PhoneMetadata.metadata_for_nongeo_region(code)
    return phonenumbers.PhoneMetadata.metadata_for_region(region)


def row(code, regions):
    lengths, trunks = set(), set(BESIDE.get(code, []))
    for data in (metadata(code, region) for region in regions):
        for kind in filter(None, (getattr(data, kind) for kind in KINDS)):
            lengths |= {n for n in kind.possible_length if n > 0}
        prefix = data.national_prefix_for_parsing
        trunks |= {t for t in TRUNKS if prefix and re.fullmatch(prefix, t)}
    lengths = {n for n in lengths if len(str(code)) + n <= 15}
    if not lengths:
        return None
    longest = sorted(trunks, key=lambda trunk: (-len(trunk), trunk))
    return ":".join([str(code), ",".join(map(str, sorted(lengths)))] + longest)


rows = filter(None, (row(code, regions) for code, regions in sorted(CODES.items())))
print(f"""\
/// Made by `Tests/Phones/generate.py` from phonenumbers {phonenumbers.__version__}, libphonenumber's metadata.
extension Country {{
  /// A row a country code: how many digits may follow it, and what is dialed before them at home.
  static let rows: StaticString = \"\"\"""")
print(textwrap.indent(textwrap.fill(" ".join(rows), 94), "    "))
print("""    \"\"\"
}""")
