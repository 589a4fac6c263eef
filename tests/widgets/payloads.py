"""What people may be called in a file or by somebody who means harm: text, wherever it is shown."""

PAYLOADS = {
    "image": "<img src=x onerror=alert(1)>",
    "script": "</script><script>alert(1)</script>",
    "attribute": '"><svg onload=alert(1)>',
    "formula": "$\\frac{",
    "hyperlink": '=HYPERLINK("http://127.0.0.1:9/","click")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "turned": "Zoë \N{RIGHT-TO-LEFT OVERRIDE}dniheb",
    "controls": "be\a\N{ESCAPE}ll",
    "torn": "torn \ud83d",
    "long": "a very long name " * 3,
}
"""Each short enough to be typed as a code."""
