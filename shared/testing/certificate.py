"""A certificate for this machine that only those trust who are given it."""

import pathlib
import subprocess


def self_signed(folder: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path]:
    """Return a new certificate for 127.0.0.1 and localhost, and its key, as PEM files; FileNotFoundError without openssl."""
    certificate, key = folder / "cert.pem", folder / "key.pem"
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost")
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    files = ("-keyout", str(key), "-out", str(certificate))
    subprocess.run(["openssl", "req", "-x509", "-days", "2", *curve, *names, *files], check=True, capture_output=True)
    return certificate, key
