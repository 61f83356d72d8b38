"""The audits that are text files end as recorded; a few claims of each by default."""

import sys
from pathlib import Path

import pytest

from bounds.cli import main
from proofs_check import decide
from proofs_check.audit.paper import load_folder

EXAMPLES = Path(__file__).parents[2] / "examples"
SOME = {
    "handbook": ("log-tangent", "jordan", "growing-as-read-half"),
    "chebyshev_theta": ("summand-sum", "table-14-upper", "table-12-32", "lemma-6-as-read"),
    "sub_gaussian": ("n-at-least-one", "regime-two-theorem", "figure-1-variance", "roots-chain"),
}


@pytest.mark.heavy
@pytest.mark.parametrize(("name", "ids"), SOME.items(), ids=SOME)
def test_some_claims_end_as_recorded(name: str, ids: tuple[str, ...]) -> None:
    audit = load_folder(EXAMPLES / name)
    claims = {claim.id: claim for claim in audit.find_claims()}
    for one in ids:
        assert decide(claims[one]).verdict.value == audit.recorded()[one]


@pytest.mark.campaign
@pytest.mark.parametrize("name", SOME)
def test_the_audit_ends_as_recorded(name: str) -> None:
    assert main(["audit", "--jobs", "1", str(EXAMPLES / name)]) in (0, 3)


@pytest.mark.heavy
def test_the_certified_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLES / "sub_gaussian"))
    sys.modules.pop("proxy_variance", None)
    import proxy_variance  # type: ignore[import-not-found]

    found = proxy_variance.proxy_variance(proxy_variance.EXAMPLES[3])
    assert 0.242348 < found.lower <= found.upper < 0.24235
    assert len(found.proofs) == 2
