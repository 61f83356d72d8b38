"""What the kernel's library does not reach is told so, without Coq."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from marks import heavy

from bounds.certify.errors import Inconclusive
from bounds.critical.large_delta import limit_certificate, shape_certificate_from
from bounds.kernel import export
from bounds.lower.slope_certificates import any_set_certificate, limit_certificates


@pytest.mark.parametrize(
    ("certificate", "told"),
    [
        (lambda: limit_certificate(12), "zeros of one unknown"),
        heavy(shape_certificate_from, "does not reach this claim"),
        (any_set_certificate, "does not reach this claim"),
        (lambda: limit_certificates()["limit-slope-1"], "do not evaluate"),
    ],
)
def test_what_is_not_reached_is_undecided(
    certificate: Callable[[], dict[str, Any]], told: str, tmp_path: Path
) -> None:
    path = tmp_path / "certificate.json"
    path.write_text(json.dumps(certificate()))
    with pytest.raises(Inconclusive, match=told):
        export(path)
