"""The canary: a word that cannot be mistaken, in every form in which it may try to pass."""

import base64
from urllib.parse import quote

#: No analyser stems it, no encoder splits it, no text holds it by chance.
CANARY = "zqvanarx7kolibri"


def traces(canary: str = CANARY) -> list[str]:
    """The forms in which the canary may try to pass, in lower case."""
    plain = canary.encode()
    forms = {
        canary,
        canary[::-1],
        plain.hex(),
        quote(canary),
        "".join(f"%{byte:02x}" for byte in plain),
        "".join(f"&#{byte};" for byte in plain),
        "".join(f"&#x{byte:x};" for byte in plain),
        "".join(f"\\u{byte:04x}" for byte in plain),
    }
    for shift in range(3):  # base64 looks different at each of three offsets; its ends depend on neighbours
        encoded = base64.b64encode(b"x" * shift + plain).decode()
        forms.add(encoded[4 if shift else 0 : len(encoded) // 4 * 4 - 4])
    return sorted(form.lower() for form in forms)


def shows(output: str, canary: str = CANARY) -> bool:
    seen = output.lower()
    return any(form in seen for form in traces(canary))
