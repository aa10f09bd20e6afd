import pathlib

import pytest

from services.reading import read, refused
from shared.documents import PROBLEMS, Found

SAMPLES = pathlib.Path(__file__).parents[2] / "shared" / "testing" / "samples"


@pytest.mark.parametrize("problem", list(PROBLEMS))
def test_every_problem_of_finding_is_a_document(problem: str):
    """Whatever keeps a document from being read, it is a document with that code."""
    document = refused(Found("a", problem=problem, bytes=3))  # type: ignore[arg-type]
    assert (document.status, document.reason and document.reason.code, document.bytes) == ("unreadable", problem, 3)


def test_worker_processes_read_as_this_process_does():
    """Whoever reads, the documents are the same, in the same order."""
    assert read([str(SAMPLES)], in_parallel=True) == read([str(SAMPLES)])
