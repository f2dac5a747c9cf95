"""Who gets what at the addresses of django-allauth and at Wagtail's doors: one column for each of ``CAST``.

200 a page, 302 elsewhere (mostly to sign in), 404 does not exist for her. Our own addresses stand in
``tests/alarms/matrix.py``, those of the CMS in ``test_libraries.py``.
"""

CAST = ("stranger", "member", "editor", "steward", "secretariat", "administrator")

LIBRARIES = {
    "/_util/authenticate_with_password/": "404 404 404 404 404 404",
    "/accounts/inactive/": "403 403 403 403 403 403",
    "/accounts/login/": "200 302 302 302 302 302",
    "/accounts/logout/": "302 200 200 200 200 200",
    "/accounts/signup/": "200 302 302 302 302 302",
    "/accounts/reauthenticate/": "302 200 200 200 200 200",
    "/accounts/email/": "302 200 200 200 200 200",
    "/accounts/confirm-email/": "302 302 302 302 302 302",
    "/accounts/password/change/": "302 200 200 200 200 200",
    "/accounts/password/set/": "302 302 302 302 302 302",
    "/accounts/password/reset/": "200 200 200 200 200 200",
    "/accounts/login/code/confirm/": "302 302 302 302 302 302",
    "/accounts/password/reset/key/done/": "200 200 200 200 200 200",
    "/accounts/password/reset/done/": "200 200 200 200 200 200",
    "/accounts/signup/passkey/": "200 302 302 302 302 302",
    "/accounts/login/code/": "200 302 302 302 302 302",
    "/accounts/2fa/": "302 200 200 200 200 200",
    "/accounts/2fa/authenticate/": "302 302 302 302 302 302",
    "/accounts/2fa/reauthenticate/": "302 302 302 200 200 200",
    "/accounts/2fa/totp/activate/": "302 302 302 302 302 302",
    "/accounts/2fa/totp/deactivate/": "302 404 404 302 302 302",
    "/accounts/2fa/recovery-codes/": "302 404 404 404 404 404",
    "/accounts/2fa/recovery-codes/generate/": "302 302 302 302 302 302",
    "/accounts/2fa/recovery-codes/download/": "302 404 404 404 404 404",
    "/accounts/2fa/webauthn/": "302 200 200 200 200 200",
    "/accounts/2fa/webauthn/add/": "302 302 302 302 302 302",
    "/accounts/2fa/webauthn/reauthenticate/": "302 302 302 302 302 302",
    "/accounts/2fa/webauthn/login/": "302 302 302 302 302 302",
    "/accounts/2fa/webauthn/signup/": "302 302 302 302 302 302",
    "/accounts/sessions/": "302 200 200 200 200 200",
    "/accounts/identities/": "302 200 200 200 200 200",
    "/accounts/identities/signup/": "302 302 302 302 302 302",
    "/accounts/identities/login/cancelled/": "200 200 200 200 200 200",
    "/accounts/identities/login/error/": "401 401 401 401 401 401",
    "/accounts/orcid/login/": "404 404 404 404 404 404",
    "/accounts/orcid/login/callback/": "404 404 404 404 404 404",
    "/_util/login/": "302 302 302 302 302 302",
}
