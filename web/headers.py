"""What every page is sent with: a policy that allows this host and nothing inline."""


def policy(
    *,
    styles: str = "'self'",
    images: str = "'self'",
    fonts: str = "'self'",
    forms: str = "'none'",
    workers: str = "",
) -> str:
    """A content-security policy that allows this host and nothing inline."""
    more = f"worker-src {workers}; " if workers else ""
    return (
        f"default-src 'none'; script-src 'self'; style-src {styles}; img-src {images}; "
        f"font-src {fonts}; connect-src 'self'; {more}object-src 'none'; base-uri 'none'; "
        f"form-action {forms}; frame-ancestors 'none'"
    )


def page_headers(content_security_policy: str) -> dict[str, str]:
    """What every page is sent with."""
    return {
        "Content-Security-Policy": content_security_policy,
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-cache",
    }
