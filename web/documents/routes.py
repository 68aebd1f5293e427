"""The addresses of documents."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from web.documents.calendars import class_calendar, feed, nobody, whose
from web.documents.certificates import certificate
from web.documents.imports import import_registrations
from web.documents.roll import roll
from web.documents.serving import for_anybody, for_viewer
from web.documents.tables import table
from web.documents.template import template

REGISTRATIONS = "/training/classes/{id}/registrations"


def document_routes() -> list[BaseRoute]:
    """All of them, by GET and HEAD but for lists and tables that are sent."""
    return [
        Route(REGISTRATIONS, for_viewer(import_registrations), methods=["POST"]),
        Route(f"{REGISTRATIONS}.xlsx", for_viewer(template)),
        Route("/training/classes/{id}/roll.xlsx", for_viewer(roll)),
        Route("/documents/table.xlsx", for_viewer(table), methods=["POST"]),
        Route("/calendar/classes/{id}.ics", for_anybody(class_calendar, nobody)),
        Route("/calendar/feeds/{secret}.ics", for_anybody(feed, whose)),
        Route("/certificates/{number}.pdf", for_viewer(certificate)),
    ]
