"""证书 | Mutations on certificates."""

from __future__ import annotations

from graph_store.commands.certificates import ISSUE_CERTIFICATE, REVOKE_CERTIFICATE
from schema.mutations.moves import moves

NOUN = "Certificate"

CERTIFICATES = (
    moves(
        ISSUE_CERTIFICATE,
        NOUN,
        "CertificateIssued",
        "为一名出席者颁发证书，以其报名标识 | Issue the certificate of one who attended, by the registration's id",
    ),
    moves(
        REVOKE_CERTIFICATE,
        NOUN,
        "CertificateRevoked",
        "撤销证书，核验者随即可见 | Revoke a certificate; whoever verifies it is told",
        reasoned=True,
    ),
)
