"""PDF answers: a certificate on paper, as staff and contacts get it.

Called by api.routers.reviews and api.routers.portal_reviews.
"""

from typing import Final
from urllib.parse import quote

from fastapi import Response

from api.openapi import Responses
from api.schemas.portal import CertificateOut
from api.services.certificates import certificate_pdf
from engine.core.file_names import safe_name

PDF: Final[Responses] = {
    200: {
        "description": "One or more pages, in the language of the one who asks and the client's own time.",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}


def pdf_answer(certificate: CertificateOut, language: str, time_zone: str, *, is_attachment: bool) -> Response:
    """The certificate to save, or to look at."""
    name = quote(safe_name(f"{certificate.video_title} {certificate.version_number}.pdf"), safe="")
    how = "attachment" if is_attachment else "inline"
    return Response(
        certificate_pdf(certificate, language, time_zone),
        media_type="application/pdf",
        headers={"content-disposition": f"{how}; filename*=UTF-8''{name}"},
    )
