"""A mail server that takes mail and delivers it nowhere: it prints one line of JSON per mail.

The first line is its port. Whom a mail is for decides what happens: refuse@ is unknown here,
later@ should be tried later, hang@ gets no answer, anybody else gets the mail. The mail is read by
Python's own parser, so that what is compared was understood by somebody else than who wrote it.

With arguments it wants TLS and a password: `smtps` or `starttls`, then certificate and key.
"""

import asyncio
import email
import email.policy
import json
import logging
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult


def readable(content):
    """The mail as a person would see it: headers decoded, then every part."""
    mail = email.message_from_bytes(content, policy=email.policy.default)
    lines = []
    for part in mail.walk():
        lines += [f"{name}: {value}" for name, value in part.items()]
        if part.defects:
            lines += [f"DEFECT {defect!r}" for defect in part.defects]
        lines.append("")
        if not part.is_multipart():
            lines += part.get_content().splitlines()
            lines.append("-" * 8)
    return "\n".join(lines) + "\n"


class Sink:
    async def handle_RCPT(self, server, session, envelope, address, options):
        who = address.partition("@")[0]
        if who == "refuse":
            return f"550 5.1.1 {address}: user unknown"
        if who == "later":
            return f"451 4.7.1 {address}: try again later"
        if who == "hang":
            await asyncio.sleep(3600)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        line = {
            "hello": session.host_name,
            "tls": server.transport.get_extra_info("cipher") is not None,
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "ascii": envelope.content.isascii(),
            "longest": max(len(line) for line in envelope.content.split(b"\r\n")),
            "mail": readable(envelope.content),
        }
        print(json.dumps(line), flush=True)
        return "250 OK"


def knows(server, session, envelope, mechanism, data):
    """Who says the password may send."""
    known = (data.login, data.password) == (b"post", "ge:heim\u00e9".encode())
    return AuthResult(success=known, handled=False)


def settings(mode=None, certificate=None, key=None):
    """Arguments of the server, and its TLS from the first byte if it has that."""
    if mode is None:
        return {}, None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    # It takes TLS from the first byte for none, and warns of passwords in the open.
    warnings.simplefilter("ignore")
    logging.disable()
    wants = {"authenticator": knows, "auth_required": True}
    if mode == "starttls":
        return wants | {"tls_context": context, "require_starttls": True}, None
    return wants | {"auth_require_tls": False}, context


async def main():
    loop = asyncio.get_running_loop()
    wants, context = settings(*sys.argv[1:])
    server = await loop.create_server(
        lambda: SMTP(Sink(), enable_SMTPUTF8=True, **wants), "127.0.0.1", 0, ssl=context
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    # Ends with whoever started it.
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
