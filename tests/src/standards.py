"""Says which rules of PDF/UA-1 and PDF/A-2a the files break that are named behind it, one a line."""

import re
import sys

import page


def lengths_are_right(path):
    """The checker takes a stream that ends in a carriage return for one that is too short; this looks
    at the bytes."""
    data = open(path, "rb").read()
    streams = list(re.finditer(rb"/Length (\d+)[^>]*>>\s*stream\r?\n", data))
    ends = (stream.end() + int(stream[1]) for stream in streams)
    whole = len(streams) == len(re.findall(rb"\nendstream", data))
    return whole and all(data[end : end + 10] == b"\nendstream" for end in ends)


for path in sys.argv[1:]:
    for profile in ("ua1", "2a"):
        for failure in page.validate_pdf(path, profile=profile).failures:
            rule = failure.rule_id
            if not (rule == "PDFA2A-STREAM-LENGTH-001" and lengths_are_right(path)):
                print(f"{path}: {rule}")
